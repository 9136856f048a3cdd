//! Values written into front matter so that YAML reads them back.
//!
//! The front matter is first filled with marks that are plain in any
//! notation. Then every scalar that holds a mark is written anew.

use std::collections::BTreeMap;

use crate::yaml::{self, Layout, Malformed, Node, Notation, Shape};

/// A mark for each value; nothing for an empty one.
pub(super) fn marks<'a>(values: &BTreeMap<&'a str, String>) -> BTreeMap<&'a str, String> {
    let mark = |(at, (name, value)): (usize, (&&'a str, &String))| {
        (*name, if value.is_empty() { String::new() } else { mark(at) })
    };
    values.iter().enumerate().map(mark).collect()
}

fn mark(at: usize) -> String {
    format!("prodeMark{at}x")
}

/// `front`, with the values in place of their marks.
pub(super) fn written(front: &str, values: &BTreeMap<&str, String>) -> Result<String, Malformed> {
    let fill = |text: &str| {
        let pairs = values.values().enumerate();
        pairs.fold(text.to_owned(), |text, (at, value)| text.replace(&mark(at), value))
    };
    let mut edits: Vec<(usize, usize, String)> = Vec::new();
    if let Some(root) = yaml::read(front)? {
        root.walk(&mut |node| edits.extend(edit(node, &fill)));
        root.walk(&mut |node| {
            if let Some(split) = list_edit(node, &fill) {
                edits.retain(|edit| edit.0 != split.0);
                edits.push(split);
            }
        });
    }
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.0));
    let mut text = front.to_owned();
    for (start, end, scalar) in edits {
        text.replace_range(start..end, &scalar);
    }
    // What is left stands in comments.
    Ok(fill(&text))
}

fn edit(node: &Node, fill: &dyn Fn(&str) -> String) -> Option<(usize, usize, String)> {
    let Shape::Text(text, notation) = &node.shape else { return None };
    let filled = fill(text);
    if filled == *text || *notation == Notation::Block {
        return None;
    }
    let scalar = match notation {
        Notation::Plain => scalar(&filled),
        _ => quoted(&filled),
    };
    Some((node.span.0, node.span.1, scalar))
}

/// `[{{ services }}]` with `a, b` is a list of two.
fn list_edit(node: &Node, fill: &dyn Fn(&str) -> String) -> Option<(usize, usize, String)> {
    let Shape::List(items, Layout::Flow) = &node.shape else { return None };
    let [only] = items.as_slice() else { return None };
    let text = only.text()?;
    let is_mark = text.starts_with("prodeMark") && text.ends_with('x') && !text.contains(' ');
    let filled = fill(text);
    if !is_mark || !filled.contains(',') {
        return None;
    }
    let items = filled.split(',').map(str::trim).filter(|item| !item.is_empty());
    let list: Vec<String> = items.map(scalar).collect();
    Some((only.span.0, only.span.1, list.join(", ")))
}

/// Plain where every reader takes it for this text, else in quotes.
fn scalar(text: &str) -> String {
    let is_date = text.len() == 10
        && text
            .char_indices()
            .all(|(at, c)| if at == 4 || at == 7 { c == '-' } else { c.is_ascii_digit() });
    let is_word = text.starts_with(char::is_alphabetic)
        && text.chars().all(|c| c.is_alphanumeric() || " _-./".contains(c))
        && !text.ends_with(' ');
    let is_reserved = matches!(
        text.to_ascii_lowercase().as_str(),
        "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n"
    );
    if (is_word && !is_reserved) || is_date { text.to_owned() } else { quoted(text) }
}

/// JSON's quotes and escapes are YAML's, too.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
