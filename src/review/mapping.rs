//! A mapping of scalars in a YAML text, changed in place.
//!
//! Whether it stands in braces or in lines of its own, only the values that
//! differ are written; pairs that this module is not told about stay, and so do
//! comments. What is written so that a place cannot be named is refused.

use std::ops::Range;

use super::record::scalar;
use crate::yaml::{Layout, Node, Notation, Shape};

/// A replacement of bytes.
type Edit = (Range<usize>, String);

/// The text with the mapping or the scalar `value` holding `pairs`: a text is
/// set, `None` goes. `None` where that cannot be done in place.
pub(super) fn changed(
    text: &str,
    value: &Node,
    pairs: &[(&str, Option<String>)],
) -> Option<String> {
    if value.anchored || value.tag.is_some() {
        return None;
    }
    let mut edits = match &value.shape {
        Shape::List(..) | Shape::Text(_, Notation::Block) => return None,
        Shape::Text(..) => vec![(value.span.0..value.span.1, in_braces(pairs))],
        Shape::Mapping(old, layout) => {
            let mapping = Mapping { text, start: value.span.0, old, layout: *layout };
            mapping.edits(pairs)?
        }
    };
    edits.sort_by_key(|(range, _)| range.start);
    let mut new = text.to_owned();
    for (range, with) in edits.into_iter().rev() {
        new.get(range.clone())?;
        new.replace_range(range, &with);
    }
    Some(new)
}

/// `{by: …, at: …}`.
pub(super) fn in_braces(pairs: &[(&str, Option<String>)]) -> String {
    let pairs = pairs.iter().filter_map(|(key, value)| Some(pair(key, value.as_deref()?)));
    format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
}

fn pair(key: &str, value: &str) -> String {
    format!("{key}: {}", scalar(value))
}

struct Mapping<'a> {
    text: &'a str,
    start: usize,
    old: &'a [(Node, Node)],
    layout: Layout,
}

impl Mapping<'_> {
    fn edits(&self, pairs: &[(&str, Option<String>)]) -> Option<Vec<Edit>> {
        let mut edits = Vec::new();
        let mut added = Vec::new();
        for (key, wanted) in pairs {
            let mut found = self.old.iter().filter(|(old, _)| old.text() == Some(*key));
            match (found.next(), wanted) {
                _ if found.next().is_some() => return None,
                (None, None) => {}
                (None, Some(wanted)) => added.push(pair(key, wanted)),
                (Some(old), None) => edits.push((self.whole(old)?, String::new())),
                (Some((_, old)), Some(wanted)) if old.text() == Some(wanted) => {}
                (Some(old), Some(wanted)) => edits.push(written(self.text, old, wanted)?),
            }
        }
        if !added.is_empty() {
            edits.push(self.addition(&added)?);
        }
        Some(edits)
    }

    /// Everything that goes with a pair.
    fn whole(&self, (key, value): &(Node, Node)) -> Option<Range<usize>> {
        let end = value_of(self.text, (key, value))?.end;
        if self.layout == Layout::Block {
            let start = self.text[..key.span.0].rfind('\n').map_or(0, |at| at + 1);
            let is_alone = self.text[start..key.span.0].trim().is_empty();
            let end = self.text[end..].find('\n').map_or(self.text.len(), |at| end + at + 1);
            return is_alone.then_some(start..end);
        }
        let behind = &self.text[end..];
        let comma = behind.trim_start().strip_prefix(',').map(str::trim_start);
        if let Some(next) = comma {
            return Some(key.span.0..self.text.len() - next.len());
        }
        let before = self.text[..key.span.0].trim_end();
        Some(before.strip_suffix(',').map_or(key.span.0, str::len)..end)
    }

    /// New pairs behind the last one.
    fn addition(&self, added: &[String]) -> Option<Edit> {
        let Some(last) = self.old.last() else {
            let inside = self.start + 1;
            return self.text[..inside].ends_with('{').then(|| (inside..inside, added.join(", ")));
        };
        let end = value_of(self.text, (&last.0, &last.1))?.end;
        if self.layout == Layout::Flow {
            return Some((end..end, format!(", {}", added.join(", "))));
        }
        let indent = " ".repeat(usize::try_from(last.0.column).ok()? - 1);
        let line_end = self.text[end..].find('\n').map_or(self.text.len(), |at| end + at);
        let at = line_end - usize::from(self.text[..line_end].ends_with('\r'));
        let newline = newline(self.text);
        let lines: Vec<String> =
            added.iter().map(|pair| format!("{newline}{indent}{pair}")).collect();
        Some((at..at, lines.concat()))
    }
}

/// A value in the quotes that it has.
fn written(text: &str, old: &(Node, Node), wanted: &str) -> Option<Edit> {
    let range = value_of(text, (&old.0, &old.1))?;
    let new = match &old.1.shape {
        Shape::Text(_, Notation::Single) => format!("'{}'", wanted.replace('\'', "''")),
        Shape::Text(_, Notation::Double) => serde_json::Value::from(wanted).to_string(),
        _ => scalar(wanted),
    };
    let space = if text[..range.start].ends_with(':') { " " } else { "" };
    Some((range, format!("{space}{new}")))
}

/// Where a scalar stands; behind the colon where nothing is written.
fn value_of(text: &str, (key, value): (&Node, &Node)) -> Option<Range<usize>> {
    if value.anchored || value.tag.is_some() || key.anchored || key.tag.is_some() {
        return None;
    }
    match &value.shape {
        Shape::Text(_, Notation::Block) => None,
        Shape::Text(words, Notation::Plain) if words.is_empty() => {
            let colon = key.span.1 + text[key.span.1..].find(':')? + 1;
            Some(colon..colon)
        }
        Shape::Text(..) => Some(value.span.0..value.span.1),
        _ => None,
    }
}

/// The text of a mapping with the scalar of one pair replaced by `new`, as it is.
pub(super) fn replaced(text: &str, (key, value): &(Node, Node), new: &str) -> Option<String> {
    let range = value_of(text, (key, value))?;
    let space = if text[..range.start].ends_with(':') { " " } else { "" };
    let mut changed = text.to_owned();
    changed.replace_range(range, &format!("{space}{new}"));
    Some(changed)
}

/// The text of a mapping with the value of one pair written anew.
pub(super) fn rewritten(text: &str, pair: &(Node, Node), wanted: &str) -> Option<String> {
    let (range, new) = written(text, pair, wanted)?;
    let mut changed = text.to_owned();
    changed.replace_range(range, &new);
    Some(changed)
}

/// The text, whose one document is the mapping `root` or nothing, with one line
/// `key: value` more at its end.
pub(super) fn with_line(
    text: &str,
    root: Option<&Node>,
    line: &str,
    newline: &str,
) -> Option<String> {
    let indent = match root {
        None => 0,
        Some(root) => match &root.shape {
            Shape::Mapping(pairs, Layout::Block) => {
                usize::try_from(pairs.first()?.0.column).ok()? - 1
            }
            _ => return None,
        },
    };
    let joint = if text.is_empty() || text.ends_with('\n') { "" } else { newline };
    Some(format!("{text}{joint}{}{line}{newline}", " ".repeat(indent)))
}

/// The text with an item more at the end of the list `old`; a text alone
/// becomes a list of both.
pub(super) fn with_item(text: &str, old: &Node, item: &str) -> Option<String> {
    if old.anchored || old.tag.is_some() {
        return None;
    }
    let (at, added) = match &old.shape {
        Shape::Text(_, Notation::Block) | Shape::Mapping(..) => return None,
        Shape::Text(..) => {
            let range = old.span.0..old.span.1;
            let was = text.get(range.clone()).filter(|was| !was.is_empty())?;
            let mut changed = text.to_owned();
            changed.replace_range(range, &format!("[{was}, {item}]"));
            return Some(changed);
        }
        Shape::List(items, Layout::Flow) => {
            let last = items.last().map(|last| end_of(text, last));
            match last {
                None => (old.span.0 + 1, item.to_owned()),
                Some(end) => (end?, format!(", {item}")),
            }
        }
        Shape::List(items, Layout::Block) => {
            let last = items.last()?;
            let line = text[..last.span.0].rfind('\n').map_or(0, |at| at + 1);
            let dash = line + text[line..last.span.0].find('-')?;
            let indent = &text[line..dash];
            let end = end_of(text, last)?;
            let end = text[end..].find('\n').map_or(text.len(), |at| end + at);
            let newline = newline(text);
            let at = end - usize::from(text[..end].ends_with('\r'));
            (at, format!("{newline}{indent}- {item}"))
        }
    };
    let mut changed = text.to_owned();
    changed.get(at..)?;
    changed.insert_str(at, &added);
    Some(changed)
}

/// Where a node ends; `None` where that cannot be told.
fn end_of(text: &str, node: &Node) -> Option<usize> {
    if node.anchored || node.tag.is_some() {
        return None;
    }
    let (last, close) = match &node.shape {
        Shape::Text(_, Notation::Block) => return None,
        Shape::Text(..) => return Some(node.span.1),
        Shape::List(items, layout) => (items.last(), (*layout == Layout::Flow).then_some(']')),
        Shape::Mapping(pairs, layout) => {
            (pairs.last().map(|(_, value)| value), (*layout == Layout::Flow).then_some('}'))
        }
    };
    let end = match last {
        Some(last) => end_of(text, last)?,
        None => node.span.0 + 1,
    };
    let Some(close) = close else { return Some(end) };
    let rest = &text[end..];
    let gap = rest.find(close)?;
    let is_blank = rest[..gap].chars().all(|c| c.is_whitespace() || c == ',');
    is_blank.then_some(end + gap + 1)
}

/// The line end of a text: that of its first line.
pub(super) fn newline(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}
