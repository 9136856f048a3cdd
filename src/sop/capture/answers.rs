//! Answers in a file: YAML, of which JSON is a part.

use std::collections::BTreeMap;

use super::{QUESTIONS, Question, Shape, is_key};
use crate::hint::{ErrorKind, Helpful, nearest};
use crate::yaml::{self, Node};

/// A file that holds no answers.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadAnswers {
    /// It is no YAML.
    #[error("line {line}: it is no YAML: {reason}")]
    Malformed {
        /// Where, 1-based.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// It is no mapping.
    #[error("it is no mapping of questions to answers")]
    NoMapping,
    /// Nobody asked that.
    #[error("nobody asks for '{0}'")]
    Unknown(String),
    /// The answer is no text, list or table.
    #[error("the answer to '{0}' is neither a text nor a list")]
    Shape(String),
}

impl Helpful for BadAnswers {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Invalid
    }

    fn hints(&self) -> Vec<String> {
        let near = match self {
            Self::Unknown(key) => nearest(key, QUESTIONS.iter().map(|it| it.key)),
            _ => None,
        };
        let form = "see the form: prode triage sop capture --questions".to_owned();
        near.map(|it| format!("did you mean '{it}'?")).into_iter().chain([form]).collect()
    }
}

/// Reads answers by their keys. A part of a gate may stand below its gate, or
/// beside it as `gate.part`; what is empty or null is no answer.
///
/// # Errors
/// The text is no mapping of known questions to texts, lists or rows.
pub fn read(text: &str) -> Result<BTreeMap<String, String>, BadAnswers> {
    let node = yaml::read(text).map_err(|error| BadAnswers::Malformed {
        line: error.line as usize,
        reason: error.message.clone(),
    })?;
    let Some(node) = node else { return Ok(BTreeMap::new()) };
    let mut answers = BTreeMap::new();
    for (key, value) in node.pairs().ok_or(BadAnswers::NoMapping)? {
        let key = key.text().unwrap_or_default();
        if is_key(key) {
            take(&mut answers, key, value)?;
            continue;
        }
        let parts = value.pairs().ok_or_else(|| BadAnswers::Unknown(key.to_owned()))?;
        for (part, value) in parts {
            let key = format!("{key}.{}", part.text().unwrap_or_default());
            if !is_key(&key) {
                return Err(BadAnswers::Unknown(key));
            }
            take(&mut answers, &key, value)?;
        }
    }
    Ok(answers)
}

fn take(answers: &mut BTreeMap<String, String>, key: &str, value: &Node) -> Result<(), BadAnswers> {
    let text = said(value).ok_or_else(|| BadAnswers::Shape(key.to_owned()))?;
    if !text.trim().is_empty() {
        answers.insert(key.to_owned(), text);
    }
    Ok(())
}

/// A text as it is; a list as its lines; a row as its cells.
fn said(value: &Node) -> Option<String> {
    if value.is_null() {
        return Some(String::new());
    }
    if let Some(text) = value.text() {
        return Some(text.trim_end().to_owned());
    }
    let lines: Option<Vec<String>> = value.items()?.iter().map(row).collect();
    Some(lines?.join("\n"))
}

fn row(value: &Node) -> Option<String> {
    if let Some(text) = value.text() {
        return Some(one_line(text));
    }
    let cells: Option<Vec<String>> = match (value.pairs(), value.items()) {
        (Some(pairs), _) => pairs.iter().map(|(_, it)| cell(it)).collect(),
        (_, Some(items)) => items.iter().map(cell).collect(),
        _ => None,
    };
    Some(cells?.join(" | "))
}

fn cell(value: &Node) -> Option<String> {
    if value.is_null() {
        return Some(String::new());
    }
    value.text().map(|it| one_line(it).replace('|', "/"))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A file of all questions, to be filled in.
pub fn skeleton() -> String {
    let mut text = String::new();
    let mut gate = "";
    for question in QUESTIONS {
        let (own, part) = question.key.split_once('.').unwrap_or(("", question.key));
        if own != gate {
            text.push_str(own);
            text.push_str(":\n");
            gate = own;
        }
        let indent = if own.is_empty() { "" } else { "  " };
        text.push_str(&format!(
            "{indent}# {}\n{indent}{part}: {}\n",
            question.text,
            blank(question)
        ));
    }
    text
}

fn blank(question: &Question) -> String {
    match question.shape {
        Shape::Words | Shape::Commands => "\"\"".to_owned(),
        Shape::List | Shape::Boxes => "[]".to_owned(),
        Shape::Rows(columns) => format!("[]   # rows of [{}]", columns.join(", ")),
    }
}
