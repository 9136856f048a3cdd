//! Bodies that are shown as an outline, YAML and its like: keys that nest, a
//! line for each. Keys stay; where the outline is about somebody its values
//! go, on a line, in a list below a key, or in brackets.

use std::ops::Range;
use std::sync::LazyLock;

use super::super::super::pattern::Pattern;
use super::super::super::rules::cue;
use super::super::super::text::{self, Text, sign};
use super::{Finds, Line, hide, is_personal, is_telling};

/// The most lines of one outline.
const MOST: usize = 400;

/// Keys whose values are words of a standard and say nothing of anybody.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "resourceType", "system", "use", "url", "status", "active", "mode", "type", "kind", "apiVersion", "unit", "language", "gender", "intent", "priority", "category", "version", "versionId", "profile", "rank", "code", "coding", "meta", "lastUpdated",
];

/// Keys that hold what the key above them names.
const CARRIERS: &[&str] =
    &["value", "text", "line", "display", "reference", "valueString", "valueDate", "number"];

/// One value: its key, the key above that, and where it stands.
struct Leaf<'t> {
    key: &'t str,
    above: &'t str,
    span: Range<usize>,
}

pub(super) fn find(text: &Text<'_>, found: &mut Finds<'_>) {
    // Only what names somebody, or says of which kind it is, is read.
    let people = found.people().iter().map(|it| text.number(it.start));
    let mut tellers: Vec<usize> =
        people.chain(text.lines_with(&[const { cue("resourceType:") }])).collect();
    tellers.sort_unstable();
    let mut done = 0;
    for number in tellers {
        if number < done {
            continue;
        }
        let entries = around(text, number, done);
        done = number + 1;
        if let Some(last) = entries.last() {
            done = done.max(text.number(last.start) + 1);
        }
        if entries.len() < 3 {
            continue;
        }
        let leaves = leaves(&entries);
        let is_record = entries.iter().any(|it| it.key == "resourceType");
        if !is_record && !is_about_somebody(&entries, &leaves) {
            continue;
        }
        let personal = |it: &str| is_personal(it) || is_telling(it);
        for leaf in leaves.iter().filter(|it| !WORDS.contains(&it.key)) {
            let is_carried = CARRIERS.contains(&leaf.key) && !leaf.above.is_empty();
            if is_record || personal(leaf.key) || is_carried {
                hide(text, "copied-record", "VALUE", leaf.span.clone(), found);
            }
        }
    }
}

/// The lines of the outline that a line stands in, from a line on.
fn around<'t>(text: &Text<'t>, number: usize, from: usize) -> Vec<Entry<'t>> {
    let read = |line: &text::Line| entry(&Line::of(text, line));
    let above = text.lines[from..number].iter().rev().take(MOST);
    let above = above.take_while(|it| read(it).is_some()).count();
    text.lines[number - above..].iter().map_while(read).take(MOST).collect()
}

/// A line of an outline.
struct Entry<'t> {
    start: usize,
    text: &'t str,
    indent: usize,
    /// Empty for an item of a list that has none.
    key: &'t str,
    /// Where the value begins on the line.
    value: usize,
}

/// `key: value`, `- key: value`, `- value`.
fn entry<'t>(line: &Line<'t>) -> Option<Entry<'t>> {
    if line.signs & (sign::COLON | sign::DASH) == 0 {
        return None;
    }
    let indent = line.text.len() - line.text.trim_start_matches([' ', '-', '>', '|']).len();
    let rest = &line.text[indent..];
    let length = rest.bytes().take(48).take_while(|it| is_part(*it)).count();
    let is_key = length > 0
        && matches!(rest.as_bytes().get(length), Some(b':'))
        && matches!(rest.as_bytes().get(length + 1), None | Some(b' '));
    let is_item = line.text.trim_start_matches([' ', '>']).starts_with("- ");
    if !is_key && !is_item {
        return None;
    }
    let shown = line.text.split(" #").next().unwrap_or("").trim_end();
    let rest = shown.get(indent..)?;
    let (key, value) = if is_key { (&rest[..length], indent + length + 1) } else { ("", indent) };
    (is_key || is_item && !rest.is_empty() && rest.len() < 80).then_some(Entry {
        start: line.start,
        text: shown,
        indent,
        key,
        value,
    })
}

fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.') || byte >= 128
}

/// Every value below its keys.
fn leaves<'t>(entries: &[Entry<'t>]) -> Vec<Leaf<'t>> {
    let mut open: Vec<(usize, &'t str)> = Vec::new();
    let mut found = Vec::new();
    for it in entries {
        while open.last().is_some_and(|last| last.0 >= it.indent && !it.key.is_empty()) {
            open.pop();
        }
        let above = open.last().map_or("", |last| last.1);
        let value = it.text[it.value..].trim();
        if value.is_empty() && !it.key.is_empty() {
            open.push((it.indent, it.key));
            continue;
        }
        let start = it.start + (value.as_ptr() as usize - it.text.as_ptr() as usize);
        let key = if it.key.is_empty() { above } else { it.key };
        if value.starts_with(['{', '[']) {
            flow(value, start, key, &mut found);
        } else {
            let bare = value.trim_matches(['"', '\'']);
            let start = start + (bare.as_ptr() as usize - value.as_ptr() as usize);
            found.push(Leaf { key, above, span: start..start + bare.len() });
        }
    }
    found
}

/// `[Inge]`, `{system: phone, value: "…", use: home}`.
fn flow<'t>(value: &'t str, start: usize, above: &'t str, found: &mut Vec<Leaf<'t>>) {
    static PART: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(
            r#"(?:([A-Za-z][\w.-]*):\s*)?(?:"([^"\n]*)"|'([^'\n]*)'|([^\s,{}\[\]"'][^,{}\[\]\n]*))"#,
        )
    });
    for hit in PART.captures_iter(value) {
        let Some(shown) = hit.iter().skip(2).flatten().next() else { continue };
        let key = hit.get(1).map_or(above, |it| it.as_str());
        found.push(Leaf { key, above, span: start + shown.start()..start + shown.end() });
    }
}

/// Keys say so twice, and once in words that only people's data have.
fn is_about_somebody(entries: &[Entry<'_>], leaves: &[Leaf<'_>]) -> bool {
    let keys = || {
        let inner = leaves.iter().map(|it| it.key);
        let mut all: Vec<&str> = entries.iter().map(|it| it.key).chain(inner).collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    let is_nested = entries.iter().any(|it| it.indent > entries[0].indent);
    let telling = keys().into_iter().filter(|it| is_telling(it)).count();
    let personal = keys().into_iter().filter(|it| is_personal(it)).count();
    is_nested && telling >= 3 && personal >= 3
}

#[cfg(test)]
mod tests {
    use super::super::found::samples::found_beside_mails;
    use super::*;

    /// What is found where a mail was found before.
    fn values(raw: &str) -> Vec<&str> {
        found_beside_mails(raw, find)
    }

    #[test]
    fn values_of_somebody_go_however_deep() {
        assert_eq!(
            values(
                "resourceType: Patient   # as shown\nname:\n- family: Ott\n  given: [Inge]\ntelecom:\n- {system: phone, value: \"0421\", use: home}\nbirthDate: \"1978-04-12\"\n"
            ),
            ["Ott", "Inge", "0421", "1978-04-12"]
        );
        assert_eq!(
            values(
                "customer:\n  lastname: Ott\n  mail: i@o.de\n  address:\n    street: Am Deich 7\n    lines:\n    - x\n  retries: 3\n"
            ),
            ["Ott", "i@o.de", "Am Deich 7"]
        );
    }

    #[test]
    fn settings_stay() {
        for text in [
            "kind: Issuer\nspec:\n  acme:\n    email: i@o.de\n    server: x\n",
            "resources:\n- a\n- b\nnext: 1\n",
        ] {
            assert!(values(text).is_empty(), "{text}");
        }
    }
}
