//! What a setting takes: one type per way of writing a value.

use serde_json::{Map, Value, json};

use super::yaml::{Node, Yaml, number, parse};

/// The levels of a lint rule.
pub(super) const LEVELS: &[&str] = &["off", "info", "warning", "error"];

/// What a setting takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// `true` or `false`.
    Bool,
    /// A whole number, both ends included.
    Integer(u64, u64),
    /// A number that is not negative.
    Number,
    /// Text.
    Text,
    /// Text that is never shown.
    Secret,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// Days between reviews: `90d`, `12w`, `6mo`, `1y`.
    Days,
    /// Texts; one alone may stand without a list.
    Texts,
    /// Folders of the repository; one alone may stand without a list.
    Folders,
    /// `{email, members, also}`.
    Person,
    /// A list of `{name, path or url, trunk}`.
    Memories,
    /// A mapping that its feature reads.
    Mapping,
}

impl Takes {
    /// What is expected, in words.
    pub fn expected(self) -> String {
        match self {
            Self::Bool => "true or false".to_owned(),
            Self::Integer(least, most) => format!("a whole number from {least} to {most}"),
            Self::Number => "a number that is not negative".to_owned(),
            Self::Text | Self::Secret => "text".to_owned(),
            Self::OneOf(words) => one_of(words),
            Self::Days => "days such as 90d, 12w, 6mo or 1y".to_owned(),
            Self::Texts => "a list of texts".to_owned(),
            Self::Folders => "a list of folders inside the repository".to_owned(),
            Self::Person => "a mapping of email, members and also".to_owned(),
            Self::Memories => "a list of {name, path or url, trunk}".to_owned(),
            Self::Mapping => "a mapping".to_owned(),
        }
    }

    /// The node as a value of this type, or `None`.
    pub(super) fn read(self, node: &Node) -> Option<Value> {
        match (self, &node.value) {
            (Self::Bool, Yaml::Bool(value)) => Some(json!(value)),
            (Self::Integer(least, most), Yaml::Number(text)) => {
                text.parse().ok().filter(|it: &u64| (least..=most).contains(it)).map(Value::from)
            }
            (Self::Number, Yaml::Number(text)) => {
                text.parse().ok().filter(|it: &f64| it.is_finite() && *it >= 0.0).map(Value::from)
            }
            (Self::OneOf(words), Yaml::Text(text)) => {
                words.contains(&text.as_str()).then(|| json!(text))
            }
            (Self::Days, Yaml::Text(text)) => days(text).map(Value::from),
            (Self::Text | Self::Secret, _) => scalar(node).map(Value::from),
            (Self::Texts, _) => texts(node).map(Value::from),
            (Self::Folders, _) => texts(node).filter(|it| it.iter().all(inside)).map(Value::from),
            (Self::Person, Yaml::Map(entries)) => person(entries),
            (Self::Memories, Yaml::List(items)) => items.iter().map(memory).collect(),
            (Self::Mapping, Yaml::Map(_)) => Some(to_json(node)),
            _ => None,
        }
    }

    /// A value that stands alone, in a variable or on the command line.
    pub(super) fn node_of(self, text: &str) -> Node {
        let flow = || parse(text.as_bytes()).unwrap_or_else(|_| Node::of(Yaml::Text(text.into())));
        let is_flow = text.starts_with(['[', '{']);
        match self {
            Self::Texts | Self::Folders if !is_flow => {
                let items = text.split(',').map(|it| Node::of(Yaml::Text(it.trim().to_owned())));
                Node::of(Yaml::List(items.collect()))
            }
            Self::Texts | Self::Folders | Self::Person | Self::Memories | Self::Mapping => flow(),
            Self::Bool if text == "true" || text == "false" => Node::of(Yaml::Bool(text == "true")),
            Self::Integer(..) | Self::Number => Node::of(number(text.to_owned())),
            _ => Node::of(Yaml::Text(text.to_owned())),
        }
    }

    /// The JSON Schema of what is written in a file.
    pub(super) fn schema(self) -> Value {
        match self {
            Self::Bool => json!({"type": "boolean"}),
            Self::Integer(least, most) => {
                json!({"type": "integer", "minimum": least, "maximum": most})
            }
            Self::Number => json!({"type": "number", "minimum": 0}),
            Self::Text | Self::Secret => json!({"type": "string"}),
            Self::OneOf(words) => json!({"enum": words}),
            Self::Days => json!({"type": "string", "pattern": "^[1-9][0-9]{0,3}(d|w|mo|y)$"}),
            Self::Texts | Self::Folders => json!({
                "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]
            }),
            Self::Person => {
                let names = Self::Texts.schema();
                json!({
                    "type": "object",
                    "properties": {"email": {"type": "string"}, "members": names, "also": names},
                    "additionalProperties": false
                })
            }
            Self::Memories => {
                let text = json!({"type": "string"});
                let one = |required: &str| json!({"required": ["name", required]});
                json!({
                    "type": "array",
                    "items": {
                        "type": "object",
                        "properties": {"name": text, "path": text, "url": text, "trunk": text},
                        "oneOf": [one("path"), one("url")],
                        "additionalProperties": false
                    }
                })
            }
            Self::Mapping => json!({"type": "object"}),
        }
    }
}

fn one_of(words: &[&str]) -> String {
    match words {
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
        [] => String::new(),
    }
}

fn days(text: &str) -> Option<u32> {
    let digits = text.find(|c: char| !c.is_ascii_digit())?;
    let count: u32 = text[..digits].parse().ok().filter(|count| (1..10_000).contains(count))?;
    let unit = match &text[digits..] {
        "d" => 1,
        "w" => 7,
        "mo" => 30,
        "y" => 365,
        _ => return None,
    };
    count.checked_mul(unit)
}

fn scalar(node: &Node) -> Option<String> {
    match &node.value {
        Yaml::Text(text) | Yaml::Number(text) => Some(text.clone()),
        Yaml::Bool(value) => Some(value.to_string()),
        Yaml::Null | Yaml::List(_) | Yaml::Map(_) => None,
    }
}

fn texts(node: &Node) -> Option<Vec<String>> {
    match &node.value {
        Yaml::List(items) => items.iter().map(scalar).collect(),
        _ => scalar(node).map(|text| vec![text]),
    }
}

fn inside(folder: &String) -> bool {
    use crate::repo_path::RepoPath;
    !folder.starts_with('/') && !folder.is_empty() && RepoPath::root().join(folder).is_some()
}

fn person(entries: &[(String, Node)]) -> Option<Value> {
    let mut person = Map::new();
    for (key, node) in entries {
        let value = match key.as_str() {
            "email" => json!(scalar(node)?),
            "members" | "also" => json!(texts(node)?),
            _ => return None,
        };
        person.insert(key.clone(), value);
    }
    Some(Value::Object(person))
}

fn memory(node: &Node) -> Option<Value> {
    let Yaml::Map(entries) = &node.value else { return None };
    let mut memory = Map::new();
    for (key, node) in entries {
        if !["name", "path", "url", "trunk"].contains(&key.as_str()) {
            return None;
        }
        memory.insert(key.clone(), json!(scalar(node)?));
    }
    let is_whole =
        memory.contains_key("name") && memory.contains_key("path") != memory.contains_key("url");
    is_whole.then_some(Value::Object(memory))
}

/// The node as JSON.
pub(super) fn to_json(node: &Node) -> Value {
    match &node.value {
        Yaml::Null => Value::Null,
        Yaml::Bool(value) => json!(value),
        Yaml::Number(text) => serde_json::from_str(text).unwrap_or_else(|_| json!(text)),
        Yaml::Text(text) => json!(text),
        Yaml::List(items) => items.iter().map(to_json).collect(),
        Yaml::Map(entries) => {
            entries.iter().map(|(key, node)| (key.clone(), to_json(node))).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(takes: Takes, yaml: &str) -> Option<Value> {
        takes.read(&parse(yaml.as_bytes()).ok().unwrap())
    }

    #[test]
    fn text_keeps_what_was_written() {
        assert_eq!(read(Takes::Text, "0012"), Some(json!("0012")));
        assert_eq!(read(Takes::Text, "1.10"), Some(json!("1.10")));
        assert_eq!(read(Takes::Text, "off"), Some(json!("off")));
        assert_eq!(read(Takes::Text, "[a]"), None);
    }

    #[test]
    fn levels_are_words_and_not_booleans() {
        assert_eq!(read(Takes::OneOf(LEVELS), "off"), Some(json!("off")));
        assert_eq!(read(Takes::OneOf(LEVELS), "false"), None);
        assert_eq!(Takes::OneOf(LEVELS).expected(), "off, info, warning or error");
    }

    #[test]
    fn days_have_a_unit() {
        assert_eq!(read(Takes::Days, "90d"), Some(json!(90)));
        assert_eq!(read(Takes::Days, "6mo"), Some(json!(180)));
        for wrong in ["90", "d", "0d", "99999999999d", "3 d", "-1d"] {
            assert_eq!(read(Takes::Days, wrong), None, "{wrong}");
        }
    }

    #[test]
    fn numbers_have_bounds() {
        assert_eq!(read(Takes::Integer(1, 10), "10"), Some(json!(10)));
        assert_eq!(read(Takes::Integer(1, 10), "11"), None);
        assert_eq!(read(Takes::Integer(1, 10), "\"5\""), None);
        assert_eq!(read(Takes::Number, "-0.5"), None);
        assert_eq!(read(Takes::Number, "1e999"), None);
    }

    #[test]
    fn folders_stay_inside() {
        assert_eq!(read(Takes::Folders, "docs/"), Some(json!(["docs/"])));
        assert_eq!(read(Takes::Folders, "[., a]"), Some(json!([".", "a"])));
        assert_eq!(read(Takes::Folders, "[a, ../b]"), None);
        assert_eq!(read(Takes::Folders, "/etc"), None);
    }

    #[test]
    fn a_person_has_no_keys_of_its_own() {
        assert_eq!(
            read(Takes::Person, "{email: a@b, also: '@x'}"),
            Some(json!({"email": "a@b", "also": ["@x"]}))
        );
        assert_eq!(read(Takes::Person, "{key: ssh-ed25519}"), None);
    }

    #[test]
    fn a_memory_is_a_path_or_a_url() {
        assert!(read(Takes::Memories, "[{name: a, path: /a}]").is_some());
        assert!(read(Takes::Memories, "[{name: a, path: /a, url: b}]").is_none());
        assert!(read(Takes::Memories, "[{path: /a}]").is_none());
    }

    #[test]
    fn a_variable_is_taken_literally_where_text_is_expected() {
        let text = |takes: Takes, text: &str| takes.read(&takes.node_of(text));
        assert_eq!(text(Takes::Secret, "{a: b"), Some(json!("{a: b")));
        assert_eq!(text(Takes::Folders, "docs, wiki"), Some(json!(["docs", "wiki"])));
        assert_eq!(text(Takes::Folders, "[docs, wiki]"), Some(json!(["docs", "wiki"])));
        assert_eq!(text(Takes::Bool, "true"), Some(json!(true)));
        assert_eq!(text(Takes::Integer(0, 9), "7"), Some(json!(7)));
    }
}
