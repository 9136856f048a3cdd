//! Keys of a TOML block, changed in their own lines.
//!
//! Only what stands in one line above the first table can be named; what comes
//! of it is read again by whoever asked, so that a value which goes on in the
//! next line is noticed.

use std::ops::Range;

use crate::document::Reviewed;

/// A stamp as an inline table.
pub(super) fn stamp(stamp: &Reviewed) -> String {
    let quoted = |text: &String| serde_json::Value::from(text.as_str()).to_string();
    let part =
        |key: &str, value: Option<&String>| value.map(|it| format!("{key} = {}", quoted(it)));
    let parts = [
        part("by", stamp.by.as_ref()),
        Some(format!("at = {}", stamp.at)),
        part("body", stamp.body.as_ref()),
        part("sources", stamp.sources.as_ref()),
        part("elsewhere", stamp.elsewhere.as_ref()),
    ];
    format!("{{ {} }}", parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

/// The block with `key` holding `literal`; a key that is not there is added
/// above the first table.
pub(super) fn with(content: &str, key: &str, literal: &str, newline: &str) -> Option<String> {
    if value_of(content, key).is_some() {
        return changed(content, key, &|_| literal.to_owned());
    }
    let at = top_lines(content).last().map_or(0, |line| line.end);
    let mut new = content.to_owned();
    new.insert_str(at, &format!("{key} = {literal}{newline}"));
    Some(new)
}

/// The block with the value of `key` made another.
pub(super) fn changed(content: &str, key: &str, value: &dyn Fn(&str) -> String) -> Option<String> {
    let range = value_of(content, key)?;
    let mut new = content.to_owned();
    new.replace_range(range.clone(), &value(&content[range]));
    Some(new)
}

/// The block with one more item in the list of `key`.
pub(super) fn with_item(content: &str, key: &str, literal: &str, newline: &str) -> Option<String> {
    let Some(range) = value_of(content, key) else {
        return with(content, key, &format!("[{literal}]"), newline);
    };
    let inner = content[range].strip_prefix('[')?.strip_suffix(']')?.trim();
    let inner = inner.trim_end_matches(',');
    let joint = if inner.is_empty() { "" } else { ", " };
    let list = format!("[{inner}{joint}{literal}]");
    changed(content, key, &|_| list.clone())
}

/// The value of a key, without a comment behind it.
fn value_of(content: &str, key: &str) -> Option<Range<usize>> {
    top_lines(content).find_map(|line| {
        let text = content[line.clone()].trim_end();
        let bare = text.trim_start().trim_start_matches(['"', '\'']);
        let rest = bare.strip_prefix(key)?.trim_start_matches(['"', '\'']).trim_start();
        let value = rest.strip_prefix('=')?.trim_start();
        let start = line.start + text.len() - value.len();
        Some(start..start + without_comment(value).len())
    })
}

fn without_comment(value: &str) -> &str {
    let mut quote = None;
    let mut escaped = false;
    for (at, c) in value.char_indices() {
        match (quote, c) {
            (None, '#') => return value[..at].trim_end(),
            (None, '"' | '\'') => quote = Some(c),
            (Some('"'), '\\') if !escaped => {
                escaped = true;
                continue;
            }
            (Some(open), c) if open == c && !escaped => quote = None,
            _ => {}
        }
        escaped = false;
    }
    value
}

/// Lines above the first table, with their ends.
fn top_lines(content: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    let lines = content.split_inclusive('\n').map(move |line| {
        at += line.len();
        at - line.len()..at
    });
    lines.take_while(|line| !content[line.clone()].trim_start().starts_with('['))
}
