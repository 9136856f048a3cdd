//! Why a text may not go on: the engine cannot say where its secret ends, or
//! could not look.
//!
//! A reason names a spot and never what stands there.

use crate::hint::{ErrorKind, Helpful};

/// What could not be bounded, or why nothing could be judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// A block such as a PEM key begins and does not end.
    UnclosedBlock,
    /// A quote opens behind a secret's name and does not close.
    UnclosedQuote,
    /// Encodings are nested deeper than is looked into.
    TooDeep,
    /// The text, or what it decodes to, is larger than is looked at.
    TooLarge,
    /// The bytes are no UTF-8 text.
    NoText,
    /// A layer of rules failed; its name.
    Fault(&'static str),
    /// Redacted text still holds something after every round.
    Unsettled,
}

impl Reason {
    /// Stable name in kebab case.
    pub fn name(self) -> &'static str {
        match self {
            Self::UnclosedBlock => "unclosed-block",
            Self::UnclosedQuote => "unclosed-quote",
            Self::TooDeep => "too-deep",
            Self::TooLarge => "too-large",
            Self::NoText => "no-text",
            Self::Fault(_) => "fault",
            Self::Unsettled => "unsettled",
        }
    }

    /// Those where the text is judged but for one stretch of it, so that a person
    /// can be asked about exactly that.
    pub const ALLOWABLE: [Self; 3] = [Self::UnclosedBlock, Self::UnclosedQuote, Self::TooDeep];

    /// True if it is one of them.
    pub fn may_be_allowed(self) -> bool {
        Self::ALLOWABLE.contains(&self)
    }

    /// What it means, in words.
    pub fn told(self) -> String {
        match self {
            Self::UnclosedBlock => "a key block begins and does not end".to_owned(),
            Self::UnclosedQuote => "a quoted secret does not end".to_owned(),
            Self::TooDeep => "encodings are nested too deeply".to_owned(),
            Self::TooLarge => "the text is too large to be judged".to_owned(),
            Self::NoText => "from here on it is not UTF-8".to_owned(),
            Self::Fault(layer) => format!("the rules of layer '{layer}' failed"),
            Self::Unsettled => "the redacted text still holds a finding".to_owned(),
        }
    }
}

/// A text that the engine refuses to let through.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("redaction cannot decide at line {line}, column {column}: {}", reason.told())]
pub struct Blocked {
    /// Why.
    pub reason: Reason,
    /// Where it begins, in bytes of the text that was given.
    pub start: usize,
    /// Where it ends by itself, if a person may let it stand; `None` where
    /// more is found within, and where nothing was judged.
    pub end: Option<usize>,
    /// 1-based.
    pub line: u32,
    /// 1-based, in characters.
    pub column: u32,
    /// What the text is called by whoever handed it over, if it is a file.
    pub file: Option<String>,
}

impl Blocked {
    /// The same of a text that is a file.
    #[must_use]
    pub fn of(self, file: &str) -> Self {
        Self { file: Some(file.to_owned()), ..self }
    }
}

impl Helpful for Blocked {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Waiting
    }

    fn hints(&self) -> Vec<String> {
        let hint = match self.reason {
            Reason::UnclosedBlock => "remove the block, or add its END line",
            Reason::UnclosedQuote => "close the quote, or remove the value",
            Reason::TooDeep => "decode the text by hand, or remove it",
            Reason::TooLarge => "hand over a shorter excerpt",
            Reason::NoText => "hand it over as UTF-8, such as by iconv; or leave the bytes out",
            Reason::Fault(_) | Reason::Unsettled => {
                "nothing was written; report the layer's name, and hand over a shorter excerpt"
            }
        };
        let Self { line, column, end, .. } = self;
        let file = self.file.as_deref().unwrap_or("FILE");
        let allow =
            format!("or let it stand: prode redact allow {file}:{line}:{column} --why … --until …");
        std::iter::once(hint.to_owned()).chain(end.map(|_| allow)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Reason; 7] = [
        Reason::UnclosedBlock,
        Reason::UnclosedQuote,
        Reason::TooDeep,
        Reason::TooLarge,
        Reason::NoText,
        Reason::Fault("keys"),
        Reason::Unsettled,
    ];

    #[test]
    fn names_are_stable_and_every_reason_says_something_of_its_own() {
        let names = ALL.map(Reason::name);
        let wanted = [
            "unclosed-block",
            "unclosed-quote",
            "too-deep",
            "too-large",
            "no-text",
            "fault",
            "unsettled",
        ];
        assert_eq!(names, wanted);
        let told: std::collections::HashSet<String> = ALL.map(Reason::told).into_iter().collect();
        assert!(told.len() == ALL.len() && told.iter().all(|it| it.len() > 10), "{told:?}");
        assert_eq!(ALL.map(Reason::may_be_allowed), [true, true, true, false, false, false, false]);
    }

    #[test]
    fn hints_say_how_to_let_it_stand_only_where_somebody_may() {
        let blocked = |reason, end| {
            let (line, column, file) = (3, 7, None);
            Blocked { reason, start: 40, end, line, column, file }
        };
        for reason in ALL {
            let hints = blocked(reason, None).hints();
            assert!(hints.len() == 1 && hints[0].len() > 10, "{hints:?}");
        }
        let asked = blocked(Reason::TooDeep, Some(60));
        let allow = |file: &str| {
            format!(
                "or let it stand: prode redact allow {file}:3:7 --why \u{2026} --until \u{2026}"
            )
        };
        assert_eq!(asked.hints()[1], allow("FILE"));
        assert_eq!(asked.of("wiki/a.md").hints()[1], allow("wiki/a.md"));
    }
}
