//! `signals`: what routes to a page exactly.
//!
//! A regular expression that cannot be used never leaves this file: it is
//! compiled here once, with a limit on its size, and reported otherwise.

use regex::RegexBuilder;
use serde_json::{Map, Value};

use super::Signal;
use super::values::text_of;
use crate::hint::nearest;

/// Bytes that a compiled expression may take.
const REGEX_SIZE_LIMIT: usize = 1 << 20;

/// Signals of one page that are read; each costs time when a ticket comes.
const MAX_SIGNALS: usize = 200;

/// The kinds of signal, as keys.
const KINDS: [&str; 3] = ["alert", "error", "regex"];

/// A signal that cannot be used, and why.
pub(super) struct Wrong {
    pub(super) rule: &'static str,
    pub(super) value: String,
    pub(super) message: String,
}

/// Reads the value of `signals`: a list of mappings with one key each.
pub(super) fn read(value: &Value) -> (Vec<Signal>, Vec<Wrong>) {
    let mut found = (Vec::new(), Vec::new());
    let items = match value {
        Value::Array(items) => items.as_slice(),
        one => std::slice::from_ref(one),
    };
    for item in items {
        match item {
            Value::Object(pairs) => read_pairs(pairs, &mut found),
            Value::Null => {}
            other => found.1.extend(text_of(other).map(without_kind)),
        }
    }
    found
}

fn read_pairs(pairs: &Map<String, Value>, found: &mut (Vec<Signal>, Vec<Wrong>)) {
    for (kind, value) in pairs {
        let texts = match value {
            Value::Array(items) => items.iter().filter_map(text_of).collect(),
            one => Vec::from_iter(text_of(one)),
        };
        if !KINDS.contains(&kind.as_str()) {
            found.1.push(unknown_kind(kind));
            continue;
        }
        for text in texts {
            if found.0.len() + found.1.len() == MAX_SIGNALS {
                found.1.push(too_many());
            }
            if found.0.len() + found.1.len() > MAX_SIGNALS {
                return;
            }
            match one(kind, text) {
                Ok(signal) => found.0.push(signal),
                Err(wrong) => found.1.push(wrong),
            }
        }
    }
}

fn one(kind: &str, text: String) -> Result<Signal, Wrong> {
    match kind {
        "alert" => Ok(Signal::Alert(text)),
        "error" => Ok(Signal::Error(text)),
        _ => match RegexBuilder::new(&text).size_limit(REGEX_SIZE_LIMIT).build() {
            Ok(_) => Ok(Signal::Regex(text)),
            Err(error) => Err(bad_regex(text, &error)),
        },
    }
}

fn bad_regex(value: String, error: &regex::Error) -> Wrong {
    let why = match error {
        regex::Error::CompiledTooBig(_) => "it is too large when compiled".to_owned(),
        other => other.to_string().lines().last().unwrap_or_default().replace("error: ", ""),
    };
    let message = format!("signal is no usable regular expression: '{value}': {why}");
    Wrong { rule: "signal-regex", value, message }
}

fn too_many() -> Wrong {
    let message = format!("the page has more than {MAX_SIGNALS} signals; the rest is not read");
    Wrong { rule: "signal-too-many", value: String::new(), message }
}

fn unknown_kind(kind: &str) -> Wrong {
    let hint = nearest(kind, KINDS).map_or(String::new(), |known| format!("; `{known}` is near"));
    let message = format!("signal kind '{kind}' is not one of alert, error, regex{hint}");
    Wrong { rule: "signal-unknown", value: kind.to_owned(), message }
}

fn without_kind(value: String) -> Wrong {
    let message = format!("signal '{value}' has no kind: write `alert:`, `error:` or `regex:`");
    Wrong { rule: "signal-unknown", value, message }
}
