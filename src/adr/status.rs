//! Where a decision stands, read from the words that files use.

use std::sync::LazyLock;

use regex::Regex;

use super::AdrStatus;

static SUPERSEDED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\bsuper[sc]eded[- _]by\b").expect("a fixed pattern that a test compiles")
});

impl AdrStatus {
    /// Reads what a file says: case, punctuation, emoji and what follows the
    /// word (a date, a name) do not matter. `None` where the text says
    /// nothing or is a template's list of choices.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let is_choice = text.contains('|') || text.starts_with(['{', '<']);
        if is_choice || !text.contains(char::is_alphanumeric) {
            return None;
        }
        if SUPERSEDED.is_match(text) {
            return Some(Self::Superseded);
        }
        let word = text.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty())?;
        Some(Self::of_word(word).unwrap_or_else(|| Self::Unknown(text.to_owned())))
    }

    fn of_word(word: &str) -> Option<Self> {
        match word.to_lowercase().as_str() {
            "draft" => Some(Self::Draft),
            "proposed" => Some(Self::Proposed),
            "accepted" => Some(Self::Accepted),
            "rejected" => Some(Self::Rejected),
            "deprecated" => Some(Self::Deprecated),
            "superseded" | "superceded" => Some(Self::Superseded),
            _ => None,
        }
    }

    /// The word for it; an unknown status as it is written.
    pub fn label(&self) -> &str {
        match self {
            Self::Draft => "draft",
            Self::Proposed => "proposed",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::Deprecated => "deprecated",
            Self::Superseded => "superseded",
            Self::Unknown(text) => text,
        }
    }

    /// True for one of the six known ones.
    pub fn is_known(&self) -> bool {
        !matches!(self, Self::Unknown(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dress_does_not_matter() {
        for text in [
            "accepted",
            "Accepted (2024-01-02)",
            "**ACCEPTED**",
            "\u{2705} Accepted.",
            "`accepted`, by all",
        ] {
            assert_eq!(AdrStatus::read(text), Some(AdrStatus::Accepted), "{text}");
        }
        for text in [
            "superseded by ADR-0123",
            "Superceded by [3. X](0003-x.md)",
            "Superseded",
            "Accepted; superseded by [a](b)",
        ] {
            assert_eq!(AdrStatus::read(text), Some(AdrStatus::Superseded), "{text}");
        }
    }

    #[test]
    fn an_unknown_status_is_kept_as_written() {
        let status = AdrStatus::read(" Approved by the board. ").unwrap();
        assert_eq!((status.label(), status.is_known()), ("Approved by the board.", false));
        assert_eq!(AdrStatus::read("unaccepted").map(|status| status.is_known()), Some(false));
    }

    #[test]
    fn a_placeholder_says_nothing() {
        for text in [
            "",
            " - ",
            "{proposed | accepted}",
            "[draft | proposed | superseded by [x](y)]",
            "\u{2705}",
        ] {
            assert_eq!(AdrStatus::read(text), None, "{text}");
        }
    }

    #[test]
    fn a_label_reads_back() {
        for word in ["draft", "proposed", "accepted", "rejected", "deprecated", "superseded"] {
            assert_eq!(AdrStatus::read(word).unwrap().label(), word);
        }
    }
}
