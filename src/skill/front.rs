//! The front matter of a `SKILL.md`, read as the reference validators read it.
//!
//! Both cut it at the characters `---`, wherever these stand; one then reads
//! `StrictYAML`, the other YAML 1.2. What only one of them takes is a warning
//! here, what neither takes an error.

use std::collections::HashSet;

use super::package::Finding;
use crate::yaml::{self, Layout, Node, Notation, Shape};

const FENCE: &str = "---";

/// What stands between the fences.
#[derive(Debug)]
pub(super) struct Front {
    /// In file order.
    pub(super) pairs: Vec<(Node, Node)>,
    /// What parsers do not agree on.
    pub(super) found: Vec<Finding>,
    /// Byte offset of the body in the file.
    pub(super) body: usize,
}

/// Reads the front matter; why not, where there is none to read.
pub(super) fn read(bytes: &[u8]) -> Result<Front, Finding> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let message = format!("byte {} is not UTF-8", error.valid_up_to());
        broken(0, message, "save the file as UTF-8")
    })?;
    let (content, body) = cut(text)?;
    if let Some(c) = content.chars().find(|&c| is_unprintable(c)) {
        let message = format!("the front matter holds the character U+{:04X}", u32::from(c));
        return Err(Finding::error("skill-yaml", 1, message, "remove it"));
    }
    let root = yaml::read(content).map_err(|error| {
        let message = format!("the front matter is no YAML: {error}");
        Finding::error("skill-yaml", error.line, message, "put texts with ': ' or '#' in quotes")
    })?;
    let no_mapping = || {
        let message = "the front matter is no mapping of `key: value` lines";
        broken(1, message, "begin it with name: and description:")
    };
    let root = root.ok_or_else(no_mapping)?;
    let Shape::Mapping(pairs, _) = &root.shape else { return Err(no_mapping()) };
    let pairs = pairs.clone();
    let mut found = repeated_keys(&root);
    found.extend(foreign_tags(&root));
    found.extend(tab(content));
    found.extend(disputed(&root));
    found.extend(early_end(content, text, body));
    Ok(Front { pairs, found, body })
}

fn broken(line: u32, message: impl Into<String>, repair: &str) -> Finding {
    Finding::error("skill-manifest", line, message, repair)
}

/// What stands between the first two fences, and where the body begins.
fn cut(text: &str) -> Result<(&str, usize), Finding> {
    if text.starts_with('\u{feff}') {
        let message = "the file begins with a byte order mark, not with ---";
        return Err(broken(1, message, "save the file as UTF-8 without a byte order mark"));
    }
    let Some(rest) = text.strip_prefix(FENCE) else {
        let message = "the file does not begin with front matter between --- lines";
        return Err(broken(1, message, "begin it with ---, name:, description: and ---"));
    };
    let Some(end) = rest.find(FENCE) else {
        return Err(broken(1, "the front matter is not closed", "add a line --- below its keys"));
    };
    Ok((&rest[..end], FENCE.len() + end + FENCE.len()))
}

/// Three dashes inside a value end the front matter, too.
fn early_end(content: &str, text: &str, body: usize) -> Option<Finding> {
    let is_line = content.is_empty() || content.ends_with(['\n', '\r']);
    let rest = text[body..].lines().next().unwrap_or_default();
    if is_line && rest.trim().is_empty() {
        return None;
    }
    let line = u32::try_from(content.lines().count().max(1)).unwrap_or(u32::MAX);
    let message = "--- stands inside a line, and ends the front matter there for some clients";
    Some(Finding::warning("skill-fence", line, message, "write other dashes in the value"))
}

/// YAML's own rule; both validators hold it.
fn is_unprintable(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{7f}'..='\u{84}'
        | '\u{86}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}')
}

/// Both refuse a key that stands twice in one mapping.
fn repeated_keys(root: &Node) -> Vec<Finding> {
    let mut found = Vec::new();
    root.walk(&mut |node| {
        let mut seen = HashSet::new();
        for key in node.pairs().unwrap_or_default().iter().map(|(key, _)| key) {
            if let Some(text) = key.text().filter(|text| !seen.insert((*text).to_owned())) {
                let message = format!("the key '{text}' stands twice");
                found.push(Finding::error("skill-yaml", key.line, message, "keep one of them"));
            }
        }
    });
    found
}

/// Types that YAML itself names; any other is refused by both.
const TAGS: &[&str] = &[
    "binary",
    "bool",
    "float",
    "int",
    "map",
    "merge",
    "null",
    "omap",
    "pairs",
    "seq",
    "set",
    "str",
    "timestamp",
];

fn foreign_tags(root: &Node) -> Vec<Finding> {
    let mut found = Vec::new();
    root.walk(&mut |node| {
        let Some(tag) = &node.tag else { return };
        if !tag.strip_prefix("!!").is_some_and(|name| TAGS.contains(&name)) {
            let message = format!("no client knows the type '{tag}'");
            found.push(Finding::error("skill-tag", node.line, message, "leave the tag out"));
        }
    });
    found
}

/// A tab between a key and its value is white space to one reader only.
fn tab(content: &str) -> Option<Finding> {
    let at = content.lines().position(|line| line.contains('\t'))?;
    let line = u32::try_from(at + 1).unwrap_or(u32::MAX);
    let message = "a tab stands in the front matter; some clients refuse it";
    Some(Finding::warning("skill-tab", line, message, "write spaces"))
}

/// Notations that one of the validators refuses.
fn disputed(root: &Node) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    let mut say = |rule, line, message: &str, repair: &str| {
        if !found.iter().any(|known| (known.rule, known.line) == (rule, line)) {
            found.push(Finding::warning(rule, line, message, repair));
        }
    };
    root.walk(&mut |node| {
        let flow =
            matches!(&node.shape, Shape::List(_, Layout::Flow) | Shape::Mapping(_, Layout::Flow));
        if flow && !node.anchored {
            let message = "lists and mappings in [ ] or { } are refused by some clients";
            say("skill-flow-style", node.line, message, "write them on lines of their own");
        }
        if node.anchored {
            let message = "anchors (&) and aliases (*) are refused by some clients";
            say("skill-alias", node.line, message, "write the value where it belongs");
        }
        if node.tag.is_some() {
            let message = "type tags (!) are refused by some clients";
            say("skill-tag", node.line, message, "leave the tag out");
        }
        let mut columns =
            node.pairs().unwrap_or_default().iter().filter_map(|(_, value)| {
                value.pairs().is_some().then_some((value.column, value.line))
            });
        let first = columns.next();
        if let Some((_, line)) = columns.find(|(column, _)| Some(*column) != first.map(|it| it.0)) {
            let message =
                "mappings side by side are indented differently; some clients refuse that";
            say("skill-indentation", line, message, "indent both by the same number of spaces");
        }
    });
    found
}

/// True where YAML 1.2 reads something else than the text that is written: a
/// number, a date, a boolean, nothing.
pub(super) fn is_typed(node: &Node) -> bool {
    let Shape::Text(text, Notation::Plain) = &node.shape else { return false };
    let is_word = matches!(
        text.to_ascii_lowercase().as_str(),
        "" | "~" | "null" | "true" | "false" | ".inf" | "-.inf" | "+.inf" | ".nan"
    );
    let digits = text.trim_start_matches(['-', '+']);
    let is_number = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && digits.chars().any(|c| c.is_ascii_digit())
        && (digits.chars().all(|c| c.is_ascii_digit() || "._eE+-:".contains(c))
            || digits.starts_with("0x")
            || digits.starts_with("0o")
            || digits.starts_with("0b"));
    let is_time = text.len() >= 10
        && text.as_bytes()[..4].iter().all(u8::is_ascii_digit)
        && text.as_bytes()[4] == b'-'
        && text.chars().all(|c| c.is_ascii_digit() || "-:.TtZz+ ".contains(c));
    is_word || is_number || is_time
}
