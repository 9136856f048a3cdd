//! Where a file writes what its links name: the bytes that change when a
//! target moves, and nothing around them.
//!
//! A place is given only where reading its bytes again gives the link's own
//! target, so that an odd escape or a quote's mark inside a link is left
//! alone and never edited wrongly.

use serde::Serialize;

use super::link::{self, Link, LinkKind};
use super::reader::{Definition, Reading, Written};
use super::section::Span;
use super::text::{Text, offset};
use super::{front_matter, html, reader};

/// How a destination is written, which decides what must be escaped in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Form {
    /// `[text](here)` and `[label]: here`.
    Bare,
    /// `[text](<here>)`, where spaces may stand.
    Angle,
    /// `<https://…>` and bare URLs.
    Auto,
    /// `href="here"`.
    Html,
    /// `[[here]]`.
    Wiki,
}

/// A link and the bytes that say where it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// The link; a definition (`[label]: here`) counts as one.
    pub link: Link,
    /// The destination's bytes alone: no brackets, quotes or title. `None`
    /// where the link has none of its own (a mention, `[text][label]`) or they
    /// cannot be told.
    pub span: Option<Span>,
    /// How it is written.
    pub form: Form,
}

impl Destination {
    /// The link that this would be if its bytes were `raw`.
    pub fn read_as(&self, raw: &str) -> Link {
        let dest = self.form.unescape(raw);
        let (target, fragment) = link::split_target(self.link.kind, &dest);
        Link { target, fragment, ..self.link.clone() }
    }

    fn checked(self, text: &str) -> Self {
        let is_right = |span: &Span| {
            let raw = text.get(span.start as usize..span.end as usize);
            raw.is_some_and(|raw| self.read_as(raw) == self.link)
        };
        let span = self.span.filter(is_right);
        Self { span, ..self }
    }
}

impl Form {
    /// What the bytes of a destination mean.
    pub fn unescape(self, raw: &str) -> String {
        match self {
            Self::Bare | Self::Angle => html::decode(&without_backslashes(raw)),
            Self::Auto => raw.to_owned(),
            Self::Html => html::decode(raw),
            Self::Wiki => raw.replace("\\|", "|"),
        }
    }
}

/// Every link of a file with its destination's place, in file order; `None`
/// where the file is not UTF-8, as such a file is never edited.
pub fn destinations(bytes: &[u8]) -> Option<Vec<Destination>> {
    let text = Text::new(bytes);
    if text.invalid.is_some() {
        return None;
    }
    let (front, _) = front_matter::read(&text);
    let Reading { links, written, definitions, .. } =
        reader::read(&text, front.body_start as usize);
    let source = text.as_str();
    let mut all: Vec<Destination> =
        links.into_iter().zip(written).map(|(link, it)| located(source, link, &it)).collect();
    all.extend(definitions.into_iter().map(|it| defined(&text, it)));
    all.sort_by_key(|it| it.link.span.start);
    Some(all.into_iter().map(|it| it.checked(source)).collect())
}

fn located(text: &str, link: Link, written: &Written) -> Destination {
    let end = link.span.end as usize;
    let (span, form) = match written {
        Written::Behind(at) => match text.get(*at..end).and_then(|rest| rest.find("](")) {
            Some(found) => inline(text, at + found + 2, end),
            None => (None, Form::Bare),
        },
        Written::At(span) if link.kind == LinkKind::Wiki => (Some(*span), Form::Wiki),
        Written::At(span) if link.kind == LinkKind::Html => (Some(*span), Form::Html),
        Written::At(span) => (Some(*span), Form::Auto),
        Written::Elsewhere => (None, Form::Bare),
    };
    Destination { link, span, form }
}

/// A definition as a link of its own.
fn defined(text: &Text<'_>, definition: Definition) -> Destination {
    let Definition { range, dest } = definition;
    let source = text.as_str();
    let (span, form) = match source[range.clone()].find("]:") {
        Some(found) => inline(source, range.start + found + 2, range.end),
        None => (None, Form::Bare),
    };
    let (target, fragment) = link::split_target(LinkKind::Markdown, &dest);
    let at = Span { start: offset(range.start), end: offset(range.end) };
    let line = text.line(at.start);
    let link =
        Link { kind: LinkKind::Markdown, target, fragment, text: String::new(), span: at, line };
    Destination { link, span, form }
}

/// The destination that follows `from`, behind blanks and one line end at most.
fn inline(text: &str, from: usize, end: usize) -> (Option<Span>, Form) {
    let Some(rest) = text.get(from..end) else { return (None, Form::Bare) };
    let start = from + rest.len() - rest.trim_start().len();
    let rest = &text[start..end];
    if let Some(inner) = rest.strip_prefix('<') {
        return (length(inner, |c, _| c == '>').map(|len| span(start + 1, len)), Form::Angle);
    }
    let len = length(rest, |c, depth| c.is_whitespace() || (c == ')' && depth == 0));
    (Some(span(start, len.unwrap_or(rest.len()))), Form::Bare)
}

/// Bytes before the first unescaped character that ends it; parentheses are counted.
fn length(text: &str, ends: impl Fn(char, usize) -> bool) -> Option<usize> {
    let (mut depth, mut escaped) = (0_usize, false);
    for (at, c) in text.char_indices() {
        if !escaped && ends(c, depth) {
            return Some(at);
        }
        match c {
            '(' if !escaped => depth += 1,
            ')' if !escaped => depth = depth.saturating_sub(1),
            _ => {}
        }
        escaped = c == '\\' && !escaped;
    }
    None
}

fn span(start: usize, len: usize) -> Span {
    Span { start: offset(start), end: offset(start + len) }
}

/// A backslash before punctuation means the punctuation.
fn without_backslashes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek() {
            Some(next) if c == '\\' && next.is_ascii_punctuation() => {
                out.push(*next);
                chars.next();
            }
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bytes of every destination that was found.
    fn places(text: &str) -> Vec<&str> {
        let all = destinations(text.as_bytes()).unwrap();
        let spans = all.into_iter().filter_map(|it| it.span);
        spans.map(|span| &text[span.start as usize..span.end as usize]).collect()
    }

    #[test]
    fn an_inline_destination_is_its_bytes_alone() {
        assert_eq!(places("[a](b.md#c 'T') ![d]( e.png )"), ["b.md#c", "e.png"]);
        assert_eq!(
            places("[a](<b c.md> \"T\") [x](y\\_z(1).md?q#f)"),
            ["b c.md", "y\\_z(1).md?q#f"]
        );
        assert_eq!(places("[![i](i.png)](to.md) [](e.md)"), ["to.md", "i.png", "e.md"]);
        assert_eq!(places("[`](x)`](a.md) [b\n](c.md) [*d*](\ne.md)"), ["a.md", "c.md", "e.md"]);
        assert_eq!(places("> [q](a%20b.md\n> 'T')"), ["a%20b.md"]);
    }

    #[test]
    fn a_definition_is_a_link_and_its_uses_are_not() {
        let text = "[a][r] [r] [r][]\n\n[r]: <x y.md> 'T'\n[u]:\n  z.md\n";
        assert_eq!(places(text), ["x y.md", "z.md"]);
    }

    #[test]
    fn html_and_wiki_and_addresses_have_places() {
        assert_eq!(places("<a href='b.md' id=x>t</a> <img\nsrc=c.png>"), ["b.md", "c.png"]);
        assert_eq!(places("<p>\n<a href=\"a&amp;b.md\">\n</p>"), ["a&amp;b.md"]);
        assert_eq!(
            places("[[A|B#c]] <https://x.y/z> https://u.v/w."),
            ["A|B#c", "https://x.y/z", "https://u.v/w"]
        );
        assert_eq!(places("| a |\n|---|\n| [[A\\|b]] |\n"), ["A\\|b"]);
    }

    #[test]
    fn code_and_mentions_have_none() {
        assert!(places("`[a](b.md)` ADR-12\n\n```\n[a](b.md)\n```\n\n    [c](d.md)\n").is_empty());
        assert_eq!(destinations(b"[a](b.md) \xff"), None);
    }

    #[test]
    fn other_bytes_are_read_as_another_link() {
        let all = destinations(b"[a](b.md#c)").unwrap();
        let read = all[0].read_as("d%20e.md#c");
        assert_eq!((read.target.as_str(), read.fragment.as_deref()), ("d e.md", Some("c")));
    }
}
