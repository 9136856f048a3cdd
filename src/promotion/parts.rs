//! The words of a learning, taken apart at their headings.

use super::headings::heading_end;
use crate::document;
use crate::repo_path::RepoPath;

/// What stands below one of the highest headings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part<'a> {
    /// The heading's text.
    pub(super) heading: String,
    /// Heading and words.
    pub(super) whole: &'a str,
    /// The words alone; deeper headings are among them.
    pub(super) words: &'a str,
}

/// What stands above the first heading, and a part for each of the highest.
pub(super) fn parts(words: &str) -> (&str, Vec<Part<'_>>) {
    let (document, _) = document::parse(&RepoPath::root(), words.as_bytes());
    let headings = || document.sections.iter().filter(|it| it.level > 0);
    let Some(highest) = headings().map(|it| it.level).min() else { return (words.trim(), vec![]) };
    let tops: Vec<_> = headings().filter(|it| it.level == highest).collect();
    let start = |at: usize| tops.get(at).map_or(words.len(), |it| it.span.start as usize);
    let part = |at: usize| {
        let (from, to) = (start(at), start(at + 1));
        Part {
            heading: tops[at].heading.clone(),
            whole: words[from..to].trim(),
            words: words[heading_end(words, from).min(to)..to].trim(),
        }
    };
    (words[..start(0)].trim(), (0..tops.len()).map(part).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_at_their_highest_headings() {
        let (above, parts) = parts("Why.\n\n## A\n\none\n\n### B\n\ntwo\n\nC\n---\n\nthree\n");
        let told: Vec<_> = parts.iter().map(|it| (it.heading.as_str(), it.words)).collect();
        assert_eq!(above, "Why.");
        assert_eq!(told, [("A", "one\n\n### B\n\ntwo"), ("C", "three")]);
        assert_eq!(parts[1].whole, "C\n---\n\nthree");
    }

    #[test]
    fn words_without_headings_are_one_piece() {
        assert_eq!(parts("a\n\n```\n# no heading\n```\n"), ("a\n\n```\n# no heading\n```", vec![]));
        assert_eq!(
            parts("## A"),
            ("", vec![Part { heading: "A".into(), whole: "## A", words: "" }])
        );
    }

    #[test]
    fn a_deeper_heading_above_the_first_is_part_of_what_stands_above() {
        let (above, parts) = parts("### deep\n\nx\n\n## A\n\ny");
        assert_eq!((above, parts.len()), ("### deep\n\nx", 1));
    }
}
