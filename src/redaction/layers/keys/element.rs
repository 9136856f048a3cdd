//! The value of an element of a document in XML: `<Password>…</Password>`.

use super::super::super::text::Text;
use super::bounds::LONGEST;
use super::name::Name;
use super::value::{Joint, Value};

/// True for `<name>` and `<name attribute="…">`.
pub(super) fn is_element(text: &Text<'_>, name: &Name<'_>) -> bool {
    let before = text.before(name.start, 48);
    let start = before.rfind('<');
    let is_open = start.is_some_and(|at| {
        before[at + 1..]
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || matches!(it, b':' | b'_' | b'-'))
    });
    is_open
        && matches!(text.byte(name.end), b'>' | b' ')
        && text.line_from(name.end, 200).contains('>')
}

/// `<password value="…"/>`
fn attribute(text: &Text<'_>, at: usize, open: usize) -> Option<Value> {
    const NAME: &str = " value=\"";
    let tag = &text.line_from(at, 200)[..open];
    let from = tag.find(NAME)? + NAME.len();
    let length = tag[from..].find('"')?;
    let span = at + from..at + from + length;
    (length > 0).then_some(Value {
        span,
        is_quoted: true,
        joint: Joint::Assigned,
        is_below: false,
        is_phrase: false,
    })
}

/// Elements that hold the value of the one around them.
const WRAPPERS: &[&str] = &["Value", "value", "string", "String", "text", "PlainText", "v"];

/// The text of an element.
pub(super) fn element(text: &Text<'_>, at: usize) -> Option<Value> {
    let open = text.line_from(at, 200).find('>')?;
    if let Some(value) = attribute(text, at, open) {
        return Some(value);
    }
    let start = at + open + 1;
    let rest = text.from(start, LONGEST);
    let inner = &rest[..rest.find("</")?];
    let inner_start = inner.len() - inner.trim_start().len();
    let trimmed = inner.trim();
    let (skipped, trimmed) = match trimmed.strip_prefix("<![CDATA[") {
        Some(data) => (9, data.strip_suffix("]]>").unwrap_or(data)),
        None => (0, trimmed),
    };
    // `<Password><Value>…</Value>`: an element that only wraps the text.
    let (skipped, trimmed) = match trimmed.strip_prefix('<').and_then(|it| it.split_once('>')) {
        Some((name, inner)) if WRAPPERS.contains(&name) => (skipped + name.len() + 2, inner),
        _ => (skipped, trimmed),
    };
    if trimmed.is_empty() || trimmed.contains('<') {
        return None;
    }
    let start = start + inner_start + skipped;
    let span = start..start + trimmed.len();
    Some(Value { span, is_quoted: true, joint: Joint::Assigned, is_below: false, is_phrase: false })
}
