//! Where the gates of a procedure are.
//!
//! Headings that begin with "Gate" count; where there are none, all headings
//! of the page's highest level below its title. Each is known by a word.

use crate::document::{Document, Part};
use crate::template::{has_word, plain};

/// A gate that every procedure has, and beginnings of words that its heading has.
const GATES: &[(&str, &[&str])] = &[
    ("design review", &["design", "plan and review", "scope review"]),
    ("implementation", &["implement", "build", "prepare", "execut"]),
    ("testing", &["test", "verification", "staging"]),
    ("pull request", &["pull request", "pr ", "merge", "release", "rollout"]),
];

/// The four gates, each with its part of the page, in the gates' own order.
pub fn gates<'a>(document: &'a Document, text: &str) -> Vec<(&'static str, Option<Part<'a>>)> {
    let parts = candidates(document, text);
    let find = |stems: &[&str]| parts.iter().find(|it| is_about(it, stems)).copied();
    GATES.iter().map(|(name, stems)| (*name, find(stems))).collect()
}

/// Every gate that is walked, as the page has them: all headings that say
/// "Gate", else those of the four.
pub fn headings<'a>(document: &'a Document, text: &str) -> Vec<Part<'a>> {
    let mut parts = candidates(document, text);
    if !parts.iter().any(says_gate) {
        parts.retain(|part| GATES.iter().any(|(_, stems)| is_about(part, stems)));
    }
    parts
}

fn candidates<'a>(document: &'a Document, text: &str) -> Vec<Part<'a>> {
    let mut parts = document.parts(text);
    parts.retain(|part| part.section.level > 1);
    if parts.iter().any(says_gate) {
        parts.retain(says_gate);
    }
    let least = parts.iter().map(|part| part.section.level).min();
    parts.retain(|part| Some(part.section.level) == least);
    parts
}

fn says_gate(part: &Part<'_>) -> bool {
    is_about(part, &["gate "])
}

fn is_about(part: &Part<'_>, stems: &[&str]) -> bool {
    has_word(&plain(&part.section.heading), stems)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::parse;
    use crate::repo_path::RepoPath;

    fn found(text: &str) -> (Vec<Option<String>>, Vec<String>) {
        let (document, _) = parse(&RepoPath::root(), text.as_bytes());
        let name = |part: Part<'_>| part.section.heading.clone();
        let four = gates(&document, text).into_iter().map(|(_, part)| part.map(name)).collect();
        (four, headings(&document, text).into_iter().map(name).collect())
    }

    #[test]
    fn headings_that_say_gate_are_the_gates() {
        let (four, all) =
            found("# A\n\n## Build\n\n## Gate 1: Design\n\n### Gate notes\n\n## Gate 5: Audit\n");
        assert_eq!(four, [Some("Gate 1: Design".to_owned()), None, None, None]);
        assert_eq!(all, ["Gate 1: Design", "Gate 5: Audit"]);
    }

    #[test]
    fn without_them_a_word_of_the_heading_decides() {
        let (four, all) = found("# A\n\n## Design\n\n## Notes\n\n### Test\n\n## Rollout\n");
        assert_eq!(four, [Some("Design".to_owned()), None, None, Some("Rollout".to_owned())]);
        assert_eq!(all, ["Design", "Rollout"]);
    }
}
