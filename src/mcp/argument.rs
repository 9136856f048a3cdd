//! What a tool takes: one table that is both the schema which clients see and
//! the check that every call passes, so that the two cannot differ.

use serde_json::{Map, Value, json};

/// One argument of a tool.
#[derive(Debug)]
pub(super) struct Argument {
    /// Its key.
    pub name: &'static str,
    /// What it is for, written for an agent; empty where the name says it.
    pub about: &'static str,
    /// True if a call without it is refused.
    pub required: bool,
    /// What may stand there.
    pub kind: Kind,
}

/// What may stand in an argument.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    /// Text of 1 to so many characters.
    Text(usize),
    /// A whole number.
    Number {
        /// The smallest.
        least: u64,
        /// The largest.
        most: u64,
        /// What counts where nothing is given.
        usual: u64,
    },
    /// 1 to `most` texts of at most `length` characters each.
    Texts {
        /// How many.
        most: usize,
        /// How long each.
        length: usize,
    },
    /// Some of these words.
    Words(&'static [&'static str]),
    /// One of these words.
    Word(&'static [&'static str]),
    /// True or false; false where nothing is given.
    Flag,
    /// 1 to `most` JSON objects by name, of at most `bytes` together.
    Documents {
        /// How many.
        most: usize,
        /// How long all are as JSON.
        bytes: usize,
    },
}

impl Argument {
    /// An argument that every call gives.
    pub(super) const fn needed(name: &'static str, about: &'static str, kind: Kind) -> Self {
        Self { name, about, required: true, kind }
    }

    /// An argument that may be left out.
    pub(super) const fn optional(name: &'static str, about: &'static str, kind: Kind) -> Self {
        Self { name, about, required: false, kind }
    }

    /// Its JSON Schema.
    pub(super) fn schema(&self) -> Value {
        let mut schema = self.kind.schema();
        if !self.about.is_empty() {
            schema["description"] = self.about.into();
        }
        schema
    }

    /// What is wrong with `value`, in words that follow the argument's name.
    pub(super) fn complaint(&self, value: &Value) -> Option<String> {
        self.kind.complaint(value)
    }
}

/// The JSON Schema of a whole call.
pub(super) fn input_schema(arguments: &[Argument]) -> Map<String, Value> {
    let properties: Map<_, _> =
        arguments.iter().map(|one| (one.name.to_owned(), one.schema())).collect();
    let required: Vec<_> =
        arguments.iter().filter(|one| one.required).map(|one| one.name).collect();
    let mut schema = Map::new();
    schema.insert("type".to_owned(), "object".into());
    schema.insert("properties".to_owned(), properties.into());
    if !required.is_empty() {
        schema.insert("required".to_owned(), required.into());
    }
    schema.insert("additionalProperties".to_owned(), false.into());
    schema
}

impl Kind {
    fn schema(self) -> Value {
        match self {
            Self::Text(most) => json!({"type": "string", "minLength": 1, "maxLength": most}),
            Self::Number { least, most, usual } => {
                json!({"type": "integer", "minimum": least, "maximum": most, "default": usual})
            }
            Self::Texts { most, length } => json!({
                "type": "array", "minItems": 1, "maxItems": most,
                "items": Self::Text(length).schema(),
            }),
            Self::Words(words) => json!({
                "type": "array", "maxItems": words.len(), "items": {"enum": words},
            }),
            Self::Word(words) => json!({"enum": words}),
            Self::Flag => json!({"type": "boolean"}),
            Self::Documents { most, .. } => json!({
                "type": "object", "minProperties": 1, "maxProperties": most,
                "additionalProperties": {"type": "object"},
            }),
        }
    }

    fn complaint(self, value: &Value) -> Option<String> {
        match self {
            Self::Text(most) => text_complaint(value, most),
            Self::Number { least, most, .. } => match whole(value) {
                Some(number) if (least..=most).contains(&number) => None,
                _ => Some(format!("must be a whole number from {least} to {most}")),
            },
            Self::Texts { most, length } => match value.as_array() {
                Some(all) if (1..=most).contains(&all.len()) => {
                    let complaint = all.iter().find_map(|one| text_complaint(one, length));
                    complaint.map(|complaint| format!("holds an item that {complaint}"))
                }
                _ => Some(format!("must be a list of 1 to {most} texts")),
            },
            Self::Words(words) => {
                let is_known =
                    |word: &Value| word.as_str().is_some_and(|word| words.contains(&word));
                let fits = |all: &Vec<Value>| all.len() <= words.len() && all.iter().all(is_known);
                let is_fit = value.as_array().is_some_and(fits);
                (!is_fit).then(|| format!("must be a list of some of: {}", words.join(", ")))
            }
            Self::Word(words) => {
                let is_fit = value.as_str().is_some_and(|word| words.contains(&word));
                (!is_fit).then(|| format!("must be one of: {}", words.join(", ")))
            }
            Self::Flag => (!value.is_boolean()).then(|| "must be true or false".to_owned()),
            Self::Documents { most, bytes } => documents_complaint(value, most, bytes),
        }
    }
}

fn documents_complaint(value: &Value, most: usize, bytes: usize) -> Option<String> {
    let all = value.as_object().filter(|all| (1..=most).contains(&all.len()));
    let Some(all) = all.filter(|all| all.values().all(Value::is_object)) else {
        return Some(format!("must be an object of 1 to {most} objects, each under its name"));
    };
    let length: usize = all.iter().map(|(name, it)| name.len() + it.to_string().len()).sum();
    (length > bytes).then(|| format!("has {length} bytes; {bytes} are allowed"))
}

fn text_complaint(value: &Value, most: usize) -> Option<String> {
    let Some(text) = value.as_str() else { return Some("must be text".to_owned()) };
    // A schema counts characters; a text is never longer than its bytes.
    let length = if text.len() <= most { text.len() } else { text.chars().count() };
    match length {
        0 => Some("must not be empty".to_owned()),
        length if length > most => Some(format!("has {length} characters; {most} are allowed")),
        _ => None,
    }
}

/// A whole number, however a client wrote it: JSON knows no difference between
/// `5` and `5.0`.
pub(super) fn whole(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| {
        let number = value.as_f64().filter(|number| number.fract() == 0.0)?;
        format!("{number:.0}").parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Kind = Kind::Number { least: 1, most: 50, usual: 10 };

    #[test]
    fn numbers_are_whole_and_bounded() {
        for good in [json!(1), json!(50), json!(5.0)] {
            assert_eq!(LIMIT.complaint(&good), None, "{good}");
        }
        for bad in
            [json!(0), json!(51), json!(1.5), json!(-1), json!("5"), json!(null), json!(1e300)]
        {
            let complaint = LIMIT.complaint(&bad).unwrap();
            assert_eq!(complaint, "must be a whole number from 1 to 50", "{bad}");
        }
    }

    #[test]
    fn text_is_counted_in_characters() {
        assert_eq!(Kind::Text(2).complaint(&json!("\u{fc}\u{fc}")), None);
        let long = Kind::Text(2).complaint(&json!("\u{fc}\u{fc}\u{fc}"));
        assert_eq!(long.unwrap(), "has 3 characters; 2 are allowed");
        assert_eq!(Kind::Text(2).complaint(&json!("")).unwrap(), "must not be empty");
        assert_eq!(Kind::Text(2).complaint(&json!(["a"])).unwrap(), "must be text");
    }

    #[test]
    fn documents_are_objects_by_name_and_bounded_together() {
        let kind = Kind::Documents { most: 2, bytes: 40 };
        assert_eq!(kind.complaint(&json!({"a": {}, "b": {"c": 1}})), None);
        for bad in [json!({}), json!({"a": {}, "b": {}, "c": {}}), json!({"a": "{}"}), json!([{}])]
        {
            let complaint = kind.complaint(&bad).unwrap();
            assert_eq!(complaint, "must be an object of 1 to 2 objects, each under its name");
        }
        let long = kind.complaint(&json!({"a": {"b": "x".repeat(40)}})).unwrap();
        assert_eq!(long, "has 49 bytes; 40 are allowed");
    }

    #[test]
    fn one_word_and_a_flag_are_what_they_are() {
        assert_eq!(Kind::Word(&["new"]).complaint(&json!("new")), None);
        assert_eq!(Kind::Word(&["new"]).complaint(&json!(1)).unwrap(), "must be one of: new");
        assert_eq!(Kind::Flag.complaint(&json!(false)), None);
        assert_eq!(Kind::Flag.complaint(&json!("true")).unwrap(), "must be true or false");
    }

    #[test]
    fn lists_are_bounded_and_so_are_their_items() {
        let kind = Kind::Texts { most: 2, length: 3 };
        assert_eq!(kind.complaint(&json!(["abc", "d"])), None);
        assert!(kind.complaint(&json!([])).is_some());
        assert!(kind.complaint(&json!(["a", "b", "c"])).is_some());
        let item = kind.complaint(&json!(["abcd"])).unwrap();
        assert_eq!(item, "holds an item that has 4 characters; 3 are allowed");
        assert!(Kind::Words(&["drafts"]).complaint(&json!(["draughts"])).is_some());
        assert!(Kind::Words(&["drafts"]).complaint(&json!(["drafts", "drafts"])).is_some());
    }
}
