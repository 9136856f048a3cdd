//! The strict verdict on a `SKILL.md`.
//!
//! A package is valid where nothing here is an error. The verdict is that of
//! the two reference validators (`skills-ref` of Python and of Node) wherever these
//! agree; where they do not, something is said about the value, so that
//! nobody is surprised by another client.

use std::sync::LazyLock;

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

use super::front::{self, is_typed};
use super::package::{Finding, MANIFEST, Package};
use super::{KEYS, MAX_COMPATIBILITY, MAX_DESCRIPTION, MAX_NAME};
use crate::hint::nearest;
use crate::yaml::{Node, Shape};

/// Keys of one client's own, seen often.
const CLIENT_KEYS: &[&str] = &[
    "agent",
    "argument-hint",
    "context",
    "disable-model-invocation",
    "hooks",
    "model",
    "user-invocable",
];

/// Letters and digits beyond ASCII that both validators take: Latin with
/// accents, Cyrillic, Han.
static SHARED_LETTER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[\p{L}\p{N}&&[\u{c0}-\u{24f}\u{400}-\u{4ff}\u{3400}-\u{4dbf}\u{4e00}-\u{9fff}]]$")
        .expect("a fixed pattern that a test compiles")
});

/// Holds the manifest of `package` to the format's rules. The body's offset
/// comes beside the findings where the front matter could be read.
pub(super) fn judge(package: &Package) -> (Vec<Finding>, Option<usize>) {
    let Some(file) = package.manifest() else {
        let message = format!("there is no {MANIFEST} in '{}'", package.folder);
        let repair = format!("write {MANIFEST} with name and description: prode skill new NAME");
        return (vec![Finding::error("skill-manifest", 0, message, repair)], None);
    };
    let mut found = Vec::new();
    if file.path != MANIFEST {
        let message = format!(
            "the manifest is called '{}'; some clients look only for {MANIFEST}",
            file.path
        );
        found.push(Finding::warning("skill-case", 0, message, format!("rename it to {MANIFEST}")));
    }
    let front = match front::read(&file.bytes) {
        Ok(front) => front,
        Err(finding) => {
            found.push(finding);
            return (found.into_iter().map(|it| it.of(&file.path)).collect(), None);
        }
    };
    found.extend(front.found);
    found.extend(front.pairs.iter().filter_map(|(key, _)| unknown_key(key)));
    let value = |name: &str| {
        let mut pairs = front.pairs.iter().filter(|(key, _)| key.text() == Some(name));
        pairs.next().map(|(_, value)| value)
    };
    found.extend(name(value("name"), &package.folder));
    found.extend(description(value("description")));
    found.extend(value("compatibility").and_then(compatibility));
    found.extend(value("allowed-tools").and_then(tools));
    found.extend(value("metadata").map(metadata).unwrap_or_default());
    found.extend(front.pairs.iter().filter_map(|(key, value)| typed(key, value)));
    (found.into_iter().map(|it| it.of(&file.path)).collect(), Some(front.body))
}

/// Findings about how the front matter is written, not about what it says.
pub(super) fn notation(bytes: &[u8]) -> Vec<Finding> {
    match front::read(bytes) {
        Ok(front) => {
            let typed = front.pairs.iter().filter_map(|(key, value)| typed(key, value));
            typed.chain(front.found).collect()
        }
        Err(finding) => vec![finding],
    }
}

/// Name and description, trimmed; why not, where one is missing.
pub(super) fn offer(package: &Package) -> Result<(String, String), Finding> {
    let file = package.manifest().ok_or_else(|| {
        let message = format!("there is no {MANIFEST} in '{}'", package.folder);
        Finding::error("skill-manifest", 0, message, "name the folder of a skill")
    })?;
    let front = front::read(&file.bytes)?;
    let text = |name: &str| {
        let pair = front.pairs.iter().find(|(key, _)| key.text() == Some(name));
        let text = pair.and_then(|(_, value)| value.text()).map(str::trim).unwrap_or_default();
        match text {
            "" => {
                let message = format!("`{name}` is missing");
                Err(Finding::error("skill-manifest", 0, message, format!("write {name}: …")))
            }
            text => Ok(text.to_owned()),
        }
    };
    Ok((text("name")?, text("description")?))
}

fn unknown_key(key: &Node) -> Option<Finding> {
    let name = key.text().unwrap_or("?");
    if KEYS.contains(&name) && key.text().is_some() {
        return None;
    }
    let message = if CLIENT_KEYS.contains(&name) {
        format!("`{name}` is a key of one client, not of the format; others refuse it")
    } else {
        format!("`{name}` is not a key of the format")
    };
    let repair = match nearest(name, KEYS) {
        Some(near) => format!("did you mean '{near}'?"),
        None => "put it below `metadata:`, or leave it out".to_owned(),
    };
    Some(Finding::error("skill-key", key.line, message, repair))
}

fn name(node: Option<&Node>, folder: &str) -> Vec<Finding> {
    let error = |line, message: String, repair: String| {
        vec![Finding::error("skill-name", line, message, repair)]
    };
    let named = format!("write name: {folder}");
    let Some(node) = node else { return error(0, "`name` is missing".to_owned(), named) };
    let text = node.text().map(str::trim).filter(|text| !text.is_empty());
    let Some(text) = text else {
        return error(node.line, "`name` is not a text".to_owned(), named);
    };
    let text: String = text.nfkc().collect();
    let folder: String = folder.nfkc().collect();
    let length = text.chars().count();
    let mut found = Vec::new();
    if length > MAX_NAME {
        let message = format!("`name` has {length} characters, at most {MAX_NAME} are allowed");
        found.extend(error(node.line, message, "choose a shorter one".to_owned()));
    }
    let is_cased = text != text.to_lowercase();
    let is_letter =
        |c: char| c.is_ascii_alphanumeric() || SHARED_LETTER.is_match(c.encode_utf8(&mut [0; 4]));
    if is_cased || text.split('-').any(|part| part.is_empty() || !part.chars().all(is_letter)) {
        let message =
            format!("`name` '{text}' is not made of a-z, 0-9 and single '-' between them");
        found.extend(error(node.line, message, "rename the skill and its folder".to_owned()));
    } else if !text.is_ascii() {
        let message =
            format!("`name` '{text}' has letters beyond a-z; the format's text names only those");
        let repair = "use a-z, 0-9 and '-' to be safe";
        found.push(Finding::warning("skill-name-letters", node.line, message, repair));
    }
    if text != folder {
        let message = format!("`name` '{text}' is not the name of its folder, '{folder}'");
        found.extend(error(
            node.line,
            message,
            format!("{named}, or rename the folder to '{text}'"),
        ));
    }
    found
}

fn description(node: Option<&Node>) -> Vec<Finding> {
    let repair = "say what the skill does and when to use it, in one text";
    let Some(node) = node else {
        return vec![Finding::error("skill-description", 0, "`description` is missing", repair)];
    };
    match node.text().filter(|text| !text.trim().is_empty()) {
        None => {
            let message = "`description` is not a text";
            vec![Finding::error("skill-description", node.line, message, repair)]
        }
        Some(text) => length("skill-description", "description", text, MAX_DESCRIPTION, node.line),
    }
}

fn compatibility(node: &Node) -> Option<Finding> {
    match node.text() {
        None => {
            let message = "`compatibility` is not a text";
            Some(Finding::error("skill-compatibility", node.line, message, "write one text"))
        }
        Some(text) => {
            let found =
                length("skill-compatibility", "compatibility", text, MAX_COMPATIBILITY, node.line);
            found.into_iter().next()
        }
    }
}

/// Validators count characters, or the units of UTF-16.
fn length(rule: &'static str, key: &str, text: &str, max: usize, line: u32) -> Vec<Finding> {
    let (characters, units) = (text.chars().count(), text.encode_utf16().count());
    if characters > max {
        let message = format!("`{key}` has {characters} characters, at most {max} are allowed");
        vec![Finding::error(rule, line, message, "move the rest into the body")]
    } else if units > max {
        let message =
            format!("`{key}` has {units} units of UTF-16; some clients allow {max} of these");
        vec![Finding::warning("skill-length", line, message, "shorten it, or use fewer emoji")]
    } else {
        Vec::new()
    }
}

/// No validator looks at it, and clients split it at spaces.
fn tools(node: &Node) -> Option<Finding> {
    if node.text().is_some() && !node.is_null() {
        return None;
    }
    let message = "`allowed-tools` is not one text with spaces between the tools";
    Some(Finding::warning("skill-tools", node.line, message, "write allowed-tools: Read Grep"))
}

/// The format's text says a map of texts; no validator looks.
fn metadata(node: &Node) -> Vec<Finding> {
    let Some(pairs) = node.pairs() else {
        let message = "`metadata` is not a map of texts";
        return vec![Finding::warning(
            "skill-metadata",
            node.line,
            message,
            "write key: value lines below it",
        )];
    };
    let is_wrong = |value: &Node| value.text().is_none() || is_typed(value);
    let wrong = pairs.iter().filter(|(_, value)| is_wrong(value));
    wrong
        .map(|(key, value)| {
            let message = format!("`metadata.{}` is not a text", key.text().unwrap_or("?"));
            Finding::warning("skill-metadata", value.line, message, "put the value in quotes")
        })
        .collect()
}

/// A value that one reader takes for a number or for nothing.
fn typed(key: &Node, value: &Node) -> Option<Finding> {
    let name = key.text().filter(|name| KEYS.contains(name) && *name != "metadata")?;
    let is_text = matches!(value.shape, Shape::Text(..));
    if !is_text || !is_typed(value) {
        return None;
    }
    let message =
        format!("`{name}` is read as a number, a date, a yes or no, or nothing by some clients");
    Some(Finding::warning("skill-scalar", value.line, message, "put the value in quotes"))
}
