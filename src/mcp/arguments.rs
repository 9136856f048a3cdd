//! The arguments of one call, checked against the tool's table.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::argument::{Argument, Kind, whole};
use super::cursor::Digest;
use super::error::CallError;
use crate::hint::nearest;

/// Longest part of a client's own words that a message repeats.
const SHOWN: usize = 60;

/// Arguments that passed the check.
pub(super) struct Arguments {
    table: &'static [Argument],
    given: Map<String, Value>,
}

impl Arguments {
    /// Checks what a client gave.
    pub(super) fn check(
        table: &'static [Argument],
        given: Map<String, Value>,
    ) -> Result<Self, CallError> {
        for (name, value) in &given {
            let known = table.iter().find(|one| one.name == name);
            let argument = known.ok_or_else(|| unknown(table, name))?;
            if let Some(complaint) = argument.complaint(value) {
                return Err(wrong(argument, &complaint));
            }
        }
        match table.iter().find(|one| one.required && !given.contains_key(one.name)) {
            Some(missing) => Err(CallError::Argument {
                message: format!("the argument '{}' is missing", missing.name),
                hint: format!("give {}: {}", missing.name, missing.about),
            }),
            None => Ok(Self { table, given }),
        }
    }

    /// A text, if it was given.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.given.get(name)?.as_str()
    }

    /// Texts; none if none were given.
    pub(super) fn texts(&self, name: &str) -> Vec<String> {
        let given = self.given.get(name).and_then(Value::as_array).into_iter().flatten();
        given.filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// A flag; false if it was not given.
    pub(super) fn flag(&self, name: &str) -> bool {
        self.given.get(name).and_then(Value::as_bool).unwrap_or_default()
    }

    /// Documents by their names in small letters, as JSON; none if none were given.
    pub(super) fn documents(&self, name: &str) -> BTreeMap<String, String> {
        let given = self.given.get(name).and_then(Value::as_object).into_iter().flatten();
        given.map(|(name, document)| (name.to_lowercase(), document.to_string())).collect()
    }

    /// A number: the one given, else the table's usual one.
    pub(super) fn number(&self, name: &str) -> usize {
        let usual = self.table.iter().find(|one| one.name == name).map(|one| one.kind);
        let usual = if let Some(Kind::Number { usual, .. }) = usual { usual } else { 0 };
        let number = self.given.get(name).and_then(whole).unwrap_or(usual);
        usize::try_from(number).unwrap_or(usize::MAX)
    }

    /// What a cursor binds itself to: the tool and all arguments but the
    /// cursor, in whatever order they came.
    pub(super) fn digest(&self, tool: &str) -> Digest {
        let all: BTreeMap<_, _> = self.given.iter().filter(|(name, _)| *name != "cursor").collect();
        let text = serde_json::to_string(&(tool, all)).unwrap_or_default();
        Digest::of(text.as_bytes())
    }
}

fn unknown(table: &[Argument], name: &str) -> CallError {
    let names = table.iter().map(|one| one.name);
    let hint = match nearest(name, names.clone()) {
        Some(near) => format!("did you mean '{near}'?"),
        None => format!("the arguments are: {}", names.collect::<Vec<_>>().join(", ")),
    };
    let name: String = name.chars().take(SHOWN).collect();
    CallError::Argument { message: format!("there is no argument '{name}'"), hint }
}

fn wrong(argument: &Argument, complaint: &str) -> CallError {
    let hint = match argument.kind {
        Kind::Text(most) => format!("give 1 to {most} characters, or less of the text"),
        Kind::Number { usual, .. } => format!("leave it out for {usual}"),
        Kind::Texts { .. } => "split the list over several calls".to_owned(),
        Kind::Words(_) | Kind::Word(_) | Kind::Flag => {
            "leave it out for the usual answer".to_owned()
        }
        Kind::Documents { .. } => "give each document as an object under its name".to_owned(),
    };
    CallError::Argument { message: format!("the argument '{}' {complaint}", argument.name), hint }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::hint::Helpful;

    static TABLE: [Argument; 3] = [
        Argument::needed("query", "what to look for", Kind::Text(20)),
        Argument::optional("limit", "", Kind::Number { least: 1, most: 9, usual: 4 }),
        Argument::optional("cursor", "", Kind::Text(9)),
    ];

    fn check(given: Value) -> Result<Arguments, CallError> {
        let Value::Object(given) = given else { panic!("an object") };
        Arguments::check(&TABLE, given)
    }

    fn told(given: Value) -> (String, String) {
        let error = check(given).err().unwrap();
        (error.to_string(), error.hints().join("; "))
    }

    #[test]
    fn what_was_given_or_is_usual_comes_back() {
        let arguments = check(json!({"query": "disk full"})).unwrap();
        assert_eq!(arguments.text("query"), Some("disk full"));
        assert_eq!(arguments.number("limit"), 4);
        assert_eq!(check(json!({"query": "a", "limit": 7})).unwrap().number("limit"), 7);
    }

    #[test]
    fn what_is_wrong_is_named_with_a_way_out() {
        let (message, hint) = told(json!({"qeury": "a"}));
        assert_eq!(message, "there is no argument 'qeury'");
        assert_eq!(hint, "did you mean 'query'?");
        let (_, hint) = told(json!({"verbosity": 1}));
        assert_eq!(hint, "the arguments are: query, limit, cursor");
        let (message, hint) = told(json!({}));
        assert_eq!(message, "the argument 'query' is missing");
        assert_eq!(hint, "give query: what to look for");
        let (message, hint) = told(json!({"query": "a", "limit": 10}));
        assert_eq!(message, "the argument 'limit' must be a whole number from 1 to 9");
        assert_eq!(hint, "leave it out for 4");
    }

    #[test]
    fn a_long_name_is_not_repeated_whole() {
        let name = "x".repeat(10_000);
        let (message, _) = told(json!({ name: 1 }));
        assert!(message.len() < 100, "{message}");
    }

    #[test]
    fn the_digest_knows_the_question_but_not_the_order_or_the_cursor() {
        let digest = |given| check(given).unwrap().digest("query");
        let one = digest(json!({"query": "a", "limit": 2}));
        assert_eq!(one, digest(json!({"limit": 2, "query": "a", "cursor": "c"})));
        assert_ne!(one, digest(json!({"query": "a"})));
        assert_ne!(one, check(json!({"query": "a", "limit": 2})).unwrap().digest("route"));
    }
}
