//! A new document from a template's body and values.
//!
//! Values are words of a person: in the front matter each is written so that
//! YAML reads it back as it is, whatever quotes, colons or line ends it holds.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::{Environment, UndefinedBehavior};

use super::{Template, scalars};
use crate::hint::{ErrorKind, Helpful};

/// Why a template makes no document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    /// The body is not written as the engine wants it.
    #[error("the template '{name}' cannot be filled in: {reason}")]
    Body {
        /// Which template.
        name: String,
        /// What the engine says.
        reason: String,
    },
    /// The front matter it would make is no YAML.
    #[error(
        "the template '{name}' makes front matter that is no YAML, in its line {line}: {reason}"
    )]
    Front {
        /// Which template.
        name: String,
        /// 1-based line in the new document.
        line: u32,
        /// What is wrong.
        reason: String,
    },
}

impl Helpful for RenderError {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Invalid
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Body { .. } => {
                vec!["mend what stands between {{ and }} in the template".to_owned()]
            }
            Self::Front { .. } => vec!["mend the template's second block between ---".to_owned()],
        }
    }
}

impl Template {
    /// Names of the values that the body asks for.
    pub fn prompts(&self) -> Result<BTreeSet<String>, RenderError> {
        let environment = environment();
        let template =
            environment.template_from_str(&self.body).map_err(|error| self.wrong(&error))?;
        Ok(template.undeclared_variables(false).into_iter().collect())
    }

    /// Makes a document. Every value that the body asks for must be given.
    pub fn render(&self, values: &BTreeMap<String, String>) -> Result<String, RenderError> {
        let values: BTreeMap<&str, String> =
            values.iter().map(|(name, value)| (name.as_str(), one_line(value))).collect();
        let (front, body) = halves(&self.body);
        let body = self.filled(body, &values)?;
        let Some(front) = front else { return Ok(ended(&body)) };
        let marked = scalars::marks(&values);
        let front = self.filled(front, &marked)?;
        let front = scalars::written(&front, &values).map_err(|error| RenderError::Front {
            name: self.name.clone(),
            line: error.line + 1,
            reason: error.message,
        })?;
        Ok(ended(&format!("---\n{}\n---\n{body}", front.trim_end())))
    }

    /// The body filled in as it is, for a text that is no document: no front
    /// matter, and values keep their lines.
    pub fn filled_in(&self, values: &BTreeMap<String, String>) -> Result<String, RenderError> {
        let values = values.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
        self.filled(halves(&self.body).1, &values)
    }

    fn filled(&self, text: &str, values: &BTreeMap<&str, String>) -> Result<String, RenderError> {
        environment().render_str(text, values).map_err(|error| self.wrong(&error))
    }

    fn wrong(&self, error: &minijinja::Error) -> RenderError {
        let place = error.line().map(|line| format!(" in line {line} of its body"));
        let reason = format!(
            "{}{}",
            error.detail().unwrap_or("it is no template"),
            place.unwrap_or_default()
        );
        RenderError::Body { name: self.name.clone(), reason }
    }
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment
}

/// The new document's front matter, where it begins with some, and the rest.
fn halves(body: &str) -> (Option<&str>, &str) {
    let cut = body.strip_prefix("---\n").and_then(|rest| {
        let end = rest.find("\n---\n")?;
        Some((&rest[..=end], &rest[end + 5..]))
    });
    cut.map_or((None, body), |(front, rest)| (Some(front), rest))
}

/// Line ends and control characters of a value would end a heading.
fn one_line(value: &str) -> String {
    let clean: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn ended(text: &str) -> String {
    text.trim_end().to_owned() + "\n"
}
