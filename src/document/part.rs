//! Parts: a heading with everything that belongs to it.

use super::{Document, Section, Span};

/// A heading with everything down to the next one that is not deeper.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    /// The section that the heading opens.
    pub section: &'a Section,
    /// From behind the heading's lines to its end.
    pub body: Span,
}

impl Document {
    /// All parts in file order, of the `text` that this was read from; a deeper
    /// one lies inside the one above it too.
    pub fn parts<'a>(&'a self, text: &str) -> Vec<Part<'a>> {
        let sections: Vec<&Section> = self.sections.iter().filter(|it| it.level > 0).collect();
        let part = |(at, section): (usize, &&'a Section)| {
            let next = sections[at + 1..].iter().find(|next| next.level <= section.level);
            let end = next.map_or(text.len(), |next| next.span.start as usize);
            Part { section, body: span(below_heading(text, section, end), end) }
        };
        sections.iter().enumerate().map(part).collect()
    }
}

/// A heading may be underlined; then two lines are its own.
fn below_heading(text: &str, section: &Section, end: usize) -> usize {
    let start = section.span.start as usize;
    let text = &text[start..end];
    let first = text.find('\n').map_or(text.len(), |at| at + 1);
    let second = text[first..].lines().next().unwrap_or_default();
    let is_line =
        !second.trim().is_empty() && second.trim().chars().all(|c| matches!(c, '=' | '-'));
    let marked = text.trim_start().starts_with('#');
    start + if is_line && !marked { (first + second.len() + 1).min(text.len()) } else { first }
}

fn span(start: usize, end: usize) -> Span {
    let offset = |at| u32::try_from(at).unwrap_or(u32::MAX);
    Span { start: offset(start), end: offset(end) }
}

#[cfg(test)]
mod tests {
    use crate::document::parse;
    use crate::repo_path::RepoPath;

    #[test]
    fn a_part_holds_its_deeper_headings_and_not_its_own_lines() {
        let text = "# P\n\nFixes\n-----\n\na\n\n### B\n\nb\n\n## C\n\nc\n";
        let (document, _) = parse(&RepoPath::root(), text.as_bytes());
        let parts = document.parts(text);
        let body = |at: usize| {
            text[parts[at].body.start as usize..parts[at].body.end as usize].trim().to_owned()
        };
        assert_eq!(body(1), "a\n\n### B\n\nb");
        assert_eq!(body(3), "c");
    }
}
