//! HTML inside Markdown, as far as a reader of text needs it: tags with
//! their attributes, comments, and the text between them.
//!
//! The scan is one pass: what never closes is text to the end.

use std::ops::Range;

/// A piece of HTML; ranges are bytes of the scanned text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Text between tags, entities not yet decoded.
    Text(Range<usize>),
    /// `<!-- … -->`, declarations and processing instructions.
    Comment(Range<usize>),
    /// An opening or closing tag.
    Tag {
        /// Lower-case.
        name: String,
        closing: bool,
        /// The whole tag.
        range: Range<usize>,
    },
    /// What stands inside `<script>` or `<style>`.
    Raw(Range<usize>),
}

/// Cuts `html` into pieces that cover it.
pub(super) fn pieces(html: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let (mut at, mut text) = (0, 0);
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        let Some(piece) = markup(html, start) else {
            if unclosed(html, start) {
                break;
            }
            at = start + 1;
            continue;
        };
        if text < start {
            pieces.push(Piece::Text(text..start));
        }
        at = push(&mut pieces, piece, html);
        text = at;
    }
    if text < html.len() {
        pieces.push(Piece::Text(text..html.len()));
    }
    pieces
}

/// Adds a piece, with the raw content behind a `<script>` or `<style>`; gives where it ends.
fn push(pieces: &mut Vec<Piece>, piece: Piece, html: &str) -> usize {
    let (end, raw) = match &piece {
        Piece::Tag { name, closing: false, range } => {
            (range.end, matches!(name.as_str(), "script" | "style").then(|| format!("</{name}")))
        }
        Piece::Text(range)
        | Piece::Comment(range)
        | Piece::Raw(range)
        | Piece::Tag { range, .. } => (range.end, None),
    };
    pieces.push(piece);
    let Some(close) = raw else { return end };
    let stop = find_ignoring_case(&html[end..], &close).map_or(html.len(), |found| end + found);
    if end < stop {
        pieces.push(Piece::Raw(end..stop));
    }
    stop
}

fn find_ignoring_case(text: &str, needle: &str) -> Option<usize> {
    text.as_bytes()
        .windows(needle.len())
        .position(|part| part.eq_ignore_ascii_case(needle.as_bytes()))
}

/// The comment or tag that begins at `start`.
fn markup(html: &str, start: usize) -> Option<Piece> {
    let rest = &html[start..];
    if let Some(body) = rest.strip_prefix("<!--") {
        let end = body.find("-->").map_or(html.len(), |found| start + 4 + found + 3);
        return Some(Piece::Comment(start..end));
    }
    if rest.starts_with("<!") || rest.starts_with("<?") {
        return rest.find('>').map(|found| Piece::Comment(start..start + found + 1));
    }
    let closing = rest.starts_with("</");
    let name_at = start + if closing { 2 } else { 1 };
    let name_len = html[name_at..]
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '-')
        .unwrap_or(html.len() - name_at);
    if !html[name_at..].starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let end = tag_end(html, name_at + name_len)?;
    let name = html[name_at..name_at + name_len].to_ascii_lowercase();
    Some(Piece::Tag { name, closing, range: start..end })
}

/// One past the `>` that closes a tag; a `>` inside quotes is none.
fn tag_end(html: &str, from: usize) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate().skip(from) {
        match (byte, quote) {
            (b'>', None) => return Some(at + 1),
            (b'"' | b'\'', None) => quote = Some(byte),
            (byte, Some(open)) if byte == open => quote = None,
            _ => {}
        }
    }
    None
}

/// True if the markup at `start` began like some but never ends: so will the next.
fn unclosed(html: &str, start: usize) -> bool {
    html[start + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c))
}

/// One attribute of a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attribute {
    /// Lower-case.
    pub(super) name: String,
    /// Decoded.
    pub(super) value: String,
    /// Where the value stands, without its quotes.
    pub(super) range: Range<usize>,
}

/// Attributes of a tag, in order.
pub(super) fn attributes(html: &str, tag: Range<usize>) -> Vec<Attribute> {
    let inner = html[tag.clone()].trim_end_matches('>').trim_end_matches('/');
    let mut rest = inner.trim_start_matches(['<', '/']);
    rest = rest.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-');
    let mut found = Vec::new();
    // What is left is always an end of `inner`.
    let place = |rest: &str| tag.start + inner.len() - rest.len();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let len = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        if rest.is_empty() {
            return found;
        }
        let name = rest[..len].to_ascii_lowercase();
        let after = rest[len..].trim_start();
        let Some(value) = after.strip_prefix('=') else {
            rest = if len == 0 { "" } else { after };
            found.push(Attribute { name, value: String::new(), range: 0..0 });
            continue;
        };
        let value = value.trim_start();
        let unquoted = value.strip_prefix(['"', '\'']).unwrap_or(value);
        let (text, behind) = attribute_value(value);
        let range = place(unquoted)..place(unquoted) + text.len();
        found.push(Attribute { name, value: decode(text), range });
        rest = behind;
    }
}

fn attribute_value(text: &str) -> (&str, &str) {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''));
    match quote {
        Some(quote) => text[1..].split_once(quote).unwrap_or((&text[1..], "")),
        None => text.split_at(text.find(char::is_whitespace).unwrap_or(text.len())),
    }
}

/// Decodes the entities that text between tags commonly holds.
pub(super) fn decode(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str) -> Vec<String> {
        let show = |piece| match piece {
            Piece::Text(range) => format!("text {}", &html[range]),
            Piece::Comment(range) => format!("comment {}", &html[range]),
            Piece::Raw(range) => format!("raw {}", &html[range]),
            Piece::Tag { name, closing, .. } => format!("{}{name}", if closing { "/" } else { "" }),
        };
        pieces(html).into_iter().map(show).collect()
    }

    #[test]
    fn html_falls_into_pieces() {
        assert_eq!(
            shown("a<B x='>'>c<!-- <i> -->d</b><script>1<2</SCRIPT>e"),
            [
                "text a",
                "b",
                "text c",
                "comment <!-- <i> -->",
                "text d",
                "/b",
                "script",
                "raw 1<2",
                "/script",
                "text e"
            ]
        );
    }

    #[test]
    fn what_never_closes_is_text() {
        assert_eq!(shown("a < b <c"), ["text a < b <c"]);
        assert_eq!(shown("x<!-- y"), ["text x", "comment <!-- y"]);
        assert_eq!(shown("<a \"<b>"), ["text <a \"<b>"]);
    }

    #[test]
    fn attributes_in_every_quoting() {
        let tag = "<a HREF='x y' id=z data-q=\"1&amp;2\" checked/>";
        let found = attributes(tag, 0..tag.len());
        let shown =
            found.iter().map(|it| (it.name.as_str(), it.value.as_str(), &tag[it.range.clone()]));
        let expected = [
            ("href", "x y", "x y"),
            ("id", "z", "z"),
            ("data-q", "1&2", "1&amp;2"),
            ("checked", "", ""),
        ];
        assert_eq!(shown.collect::<Vec<_>>(), expected);
        assert_eq!(attributes("<a = = =>", 0..9).len(), 2);
    }
}
