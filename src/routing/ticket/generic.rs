//! Any JSON: its words are the strings under keys that tell something, else
//! all its strings; its labels are the values under keys with a known role.

use std::borrow::Cow;

use serde_json::Value;

use super::draft::Draft;
use super::field;
use super::label::{self, Role};

/// Keys whose strings are words, the likeliest title first.
const TELLING: &[&str] = &[
    "title",
    "summary",
    "subject",
    "name",
    "message",
    "msg",
    "text",
    "description",
    "reason",
    "details",
    "body",
    "exception",
    "error",
    "errormessage",
    "error_message",
    "stacktrace",
    "stack_trace",
    "stack",
    "traceback",
    "cause",
    "log",
];

/// Scalars that are looked at; a log dump has more than anybody ranks on.
const MAX_LEAVES: usize = 4_000;

/// A value longer than this is prose, whatever its key says.
const MAX_LABEL: usize = 120;

pub(super) fn read(value: &Value) -> Option<Draft> {
    let mut draft = Draft::default();
    let leaves = leaves(value);
    let title = TELLING.iter().find_map(|key| {
        leaves.iter().find(|leaf| leaf.key.eq_ignore_ascii_case(key)).map(|leaf| &leaf.text)
    });
    draft.title(title.map(|text| &**text));
    tell_leaves(&mut draft, &leaves);
    (!draft.is_empty()).then_some(draft)
}

/// Adds the words and labels of a free-form value.
pub(super) fn tell(draft: &mut Draft, value: &Value) {
    tell_leaves(draft, &leaves(value));
}

struct Leaf<'v> {
    key: &'v str,
    text: Cow<'v, str>,
    is_string: bool,
}

impl Leaf<'_> {
    fn is_telling(&self) -> bool {
        self.is_string && TELLING.iter().any(|key| self.key.eq_ignore_ascii_case(key))
    }
}

fn tell_leaves(draft: &mut Draft, leaves: &[Leaf<'_>]) {
    let some_tell = leaves.iter().any(Leaf::is_telling);
    if leaves.len() == MAX_LEAVES {
        draft.truncate();
    }
    for leaf in leaves {
        match label::role(leaf.key) {
            Role::Plain if leaf.is_telling() => draft.paragraph(&*leaf.text),
            Role::Plain if leaf.text.starts_with("http") => draft.label(leaf.key, &leaf.text),
            Role::Plain if leaf.is_string && !some_tell => draft.paragraph(&*leaf.text),
            Role::Plain | Role::Noise => {}
            _ if leaf.text.len() <= MAX_LABEL => {
                draft.label(leaf.key, &leaf.text);
                if leaf.is_telling() {
                    draft.paragraph(&*leaf.text);
                }
            }
            _ => draft.paragraph(&*leaf.text),
        }
    }
}

/// Every scalar with the nearest key above it, in the order of the input.
fn leaves(value: &Value) -> Vec<Leaf<'_>> {
    let mut leaves = Vec::new();
    collect("", value, &mut leaves);
    leaves
}

/// Recurses at most as deep as the parser let the input nest.
fn collect<'v>(key: &'v str, value: &'v Value, leaves: &mut Vec<Leaf<'v>>) {
    match value {
        _ if leaves.len() == MAX_LEAVES => {}
        Value::Object(members) => members.iter().for_each(|(key, value)| {
            collect(key, value, leaves);
        }),
        Value::Array(items) => items.iter().for_each(|item| collect(key, item, leaves)),
        scalar => {
            let is_string = scalar.is_string();
            leaves.extend(field::scalar(scalar).map(|text| Leaf { key, text, is_string }));
        }
    }
}
