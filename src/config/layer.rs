//! One layer of settings: values by path, checked against the table.

use serde_json::Value;

use super::keys::{self, Key, MayCome};
use super::origin::{Origin, Problem};
use super::takes::Takes;
use super::yaml::{self, Node, Yaml};
use crate::diagnostic::Diagnostic;
use crate::hint::nearest;

/// Names that would make a repository's file reach outside, wherever they
/// stand below a mapping that a feature reads.
const REFUSED: &[&str] = &[
    "command",
    "commands",
    "credential",
    "credentials",
    "endpoint",
    "password",
    "program",
    "secret",
    "signer",
    "signers",
    "store",
    "token",
    "url",
];

/// A value, where it stands in the tree of settings, and its row.
pub(super) struct Entry {
    pub(super) path: Vec<String>,
    pub(super) value: Value,
    pub(super) key: &'static Key,
}

/// The values of one origin, and what was wrong with the others.
pub(super) struct Layer {
    pub(super) origin: Origin,
    pub(super) entries: Vec<Entry>,
    pub(super) problems: Vec<Problem>,
}

impl Layer {
    /// The built-in defaults.
    pub(super) fn defaults() -> Self {
        let mut layer = Self::empty(Origin::Default);
        for key in keys::KEYS.iter().filter(|key| !key.default.is_empty()) {
            let path: Vec<String> = key.parts().map(str::to_owned).collect();
            layer.take(key, path, &key.takes.node_of(key.default));
        }
        layer
    }

    /// A settings file.
    pub(super) fn from_file(origin: Origin, bytes: &[u8]) -> Self {
        let mut layer = Self::empty(origin);
        match yaml::parse(bytes) {
            Ok(node) => layer.walk(&mut Vec::new(), &node),
            Err(diagnostic) => layer.report(diagnostic),
        }
        layer
    }

    /// One value that stands alone; a path may end inside a mapping.
    pub(super) fn from_text(origin: Origin, path: Vec<String>, text: &str) -> Self {
        let mut layer = Self::empty(origin);
        let mapping = (1..path.len())
            .filter_map(|length| Some((length, keys::find(&path[..length])?)))
            .find(|(_, key)| key.takes == Takes::Mapping);
        if let Some(key) = keys::find(&path) {
            layer.take(key, path, &key.takes.node_of(text));
        } else if let Some((length, key)) = mapping {
            let node = nested(&path[length..], text);
            layer.take(key, path[..length].to_vec(), &node);
        } else if keys::below(&path).next().is_some() {
            layer.walk(&mut path.clone(), &Takes::Mapping.node_of(text));
        } else {
            layer.unknown(&path, 0);
        }
        layer
    }

    fn empty(origin: Origin) -> Self {
        Self { origin, entries: Vec::new(), problems: Vec::new() }
    }

    fn walk(&mut self, path: &mut Vec<String>, node: &Node) {
        if let Some(key) = keys::find(path) {
            return self.take(key, path.clone(), node);
        }
        if keys::below(path).next().is_none() {
            return self.unknown(path, node.line);
        }
        if self.is_refused(path) {
            return self.refuse(&path.join("."), node.line);
        }
        match &node.value {
            Yaml::Null => {}
            Yaml::Map(entries) => {
                for (name, below) in entries {
                    path.push(name.clone());
                    self.walk(path, below);
                    path.pop();
                }
            }
            _ => self.wrong_type(path, node, "a mapping", false),
        }
    }

    fn take(&mut self, key: &'static Key, path: Vec<String>, node: &Node) {
        let is_foreign = self.origin == Origin::Repository;
        if is_foreign && key.may_come == MayCome::FromUser {
            return self.refuse(&path.join("."), node.line);
        }
        if matches!(node.value, Yaml::Null) {
            return;
        }
        let kept = if is_foreign && key.takes == Takes::Mapping {
            self.without_refused(&path.join("."), node)
        } else {
            node.clone()
        };
        match key.takes.read(&kept) {
            Some(value) => self.entries.push(Entry { path, value, key }),
            None => {
                self.wrong_type(&path, node, &key.takes.expected(), key.takes == Takes::Secret);
            }
        }
    }

    /// True if nothing below `path` may come from this layer.
    fn is_refused(&self, path: &[String]) -> bool {
        self.origin == Origin::Repository
            && keys::below(path).all(|key| key.may_come == MayCome::FromUser)
    }

    fn without_refused(&mut self, name: &str, node: &Node) -> Node {
        let value = match &node.value {
            Yaml::Map(entries) => {
                let mut kept = Vec::new();
                for (key, below) in entries {
                    let name = format!("{name}.{key}");
                    if REFUSED.contains(&key.to_lowercase().as_str()) {
                        self.refuse(&name, below.line);
                    } else {
                        kept.push((key.clone(), self.without_refused(&name, below)));
                    }
                }
                Yaml::Map(kept)
            }
            Yaml::List(items) => {
                Yaml::List(items.iter().map(|it| self.without_refused(name, it)).collect())
            }
            other => other.clone(),
        };
        Node { line: node.line, value }
    }

    fn refuse(&mut self, name: &str, line: u32) {
        let message = format!("'{name}' may not come from a repository; set it in your own file");
        self.report(Diagnostic::error("settings-refused", line, 0, message));
    }

    fn unknown(&mut self, path: &[String], line: u32) {
        let message = unknown_message(path);
        self.report(Diagnostic::warning("settings-unknown-key", line, 0, message));
    }

    fn wrong_type(&mut self, path: &[String], node: &Node, expected: &str, is_secret: bool) {
        let value = if is_secret { super::SHOWN.to_owned() } else { shown(node) };
        let message = format!("'{}' is {value}; expected {expected}", path.join("."));
        self.report(Diagnostic::error("settings-wrong-type", node.line, 0, message));
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.problems.push(Problem { origin: self.origin.clone(), diagnostic });
    }
}

fn nested(path: &[String], text: &str) -> Node {
    let leaf = yaml::parse(text.as_bytes()).unwrap_or_else(|_| Node::of(Yaml::Text(text.into())));
    path.iter().rev().fold(leaf, |node, name| Node::of(Yaml::Map(vec![(name.clone(), node)])))
}

/// The first part that is not known, and the nearest name in its place.
fn unknown_message(path: &[String]) -> String {
    let known = (0..path.len()).rev().find(|&length| keys::below(&path[..length]).next().is_some());
    let known = known.unwrap_or(0);
    let above = &path[..known];
    let wrong = path.get(known).map_or("", String::as_str);
    let name = path.join(".");
    match nearest(wrong, keys::names_below(above)) {
        Some(near) => {
            let near: Vec<&str> = above.iter().map(String::as_str).chain([near]).collect();
            format!("unknown setting '{name}'; did you mean '{}'?", near.join("."))
        }
        None => format!("unknown setting '{name}'"),
    }
}

/// A value in a message: short, and nothing of what stands inside it.
fn shown(node: &Node) -> String {
    match &node.value {
        Yaml::Null => "empty".to_owned(),
        Yaml::Bool(value) => value.to_string(),
        Yaml::Number(text) => text.chars().take(40).collect(),
        Yaml::Text(text) => format!("'{}'", text.chars().take(40).collect::<String>()),
        Yaml::List(_) => "a list".to_owned(),
        Yaml::Map(_) => "a mapping".to_owned(),
    }
}
