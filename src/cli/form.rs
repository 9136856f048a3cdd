//! The two forms of an answer: text for people, one JSON document for programs.
//!
//! A command asks for the form before it does anything, so that one that does
//! not exist changes nothing, and hands it back with the answer. Commands that
//! know more formats than these ask `Context::format` themselves.

use serde::Serialize;

use super::context::Context;
use super::failure::Failure;

/// How an answer is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Lines for people, and notes beside them.
    Text,
    /// One document of a known schema.
    Json,
}

impl Context<'_> {
    /// The form asked for; text where nothing is said, a wrong command line for any other.
    pub fn form(&self) -> Result<Form, Failure> {
        let format = self.format(&["text", "json"])?;
        Ok(if format == "json" { Form::Json } else { Form::Text })
    }

    /// Gives `answer` in this form; `text` tells it to people.
    pub fn give<T: Serialize>(&mut self, form: Form, answer: &T, text: impl FnOnce(&mut Self, &T)) {
        match form {
            Form::Text => text(self, answer),
            Form::Json => self.ui.json(answer),
        }
    }
}
