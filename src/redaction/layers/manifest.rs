//! Secret manifests of Kubernetes: every value below `data` and `stringData`.

use std::sync::LazyLock;

use super::super::exempt::is_stand_in;
use super::super::pattern::Pattern;
use super::super::span::Match;
use super::super::text::{Text, unquoted};

/// How far a document is followed behind and before its kind, in bytes.
const AFTER: usize = 16 << 10;
const BEFORE: usize = 8 << 10;

/// Adds the values of the document that says `kind: Secret` before `at`; where
/// it ends.
pub(super) fn manifest(text: &Text<'_>, at: usize, found: &mut Vec<Match>) -> usize {
    if text.byte(at - 1) == b'"' {
        return object(text, at, found);
    }
    let is_sign = |c: char| matches!(c, '"' | ',' | '\r' | ' ' | '}');
    if text.line_from(at, 60).trim_matches(is_sign).len() > 1 {
        return at;
    }
    let (rest, before) = (text.from(at, AFTER), text.before(at, BEFORE));
    let end = rest.find("\n---").or_else(|| rest.find("\n```")).unwrap_or(rest.len());
    let begin = at - before.len() + before.rfind("\n---").map_or(0, |it| it + 1);
    let mut reader = Reader::default();
    let mut from = begin;
    for line in text.raw[begin..at + end].split_inclusive('\n') {
        reader.read(line, from, found);
        from += line.len();
    }
    reader.close(found);
    at + end
}

/// The same in JSON: the object whose kind it is has its data on either side.
fn object(text: &Text<'_>, at: usize, found: &mut Vec<Match>) -> usize {
    const KIND: &str = "\"kind\"";
    let before = text.before(at, BEFORE);
    let own = before.rfind(KIND).unwrap_or(before.len());
    let begin = before[..own].rfind(KIND).map_or(0, |it| it + KIND.len());
    let start = at - before.len();
    if values(&before[begin..own], start + begin, found) == 0 {
        let rest = text.from(at, AFTER);
        values(&rest[..rest.find(KIND).unwrap_or(rest.len())], at, found);
    }
    at
}

/// Every string below `"data"` and `"stringData"`; how many of them there are.
fn values(object: &str, start: usize, found: &mut Vec<Match>) -> usize {
    static DATA: LazyLock<Pattern> =
        LazyLock::new(|| Pattern::fixed(r#""(?:data|stringData)"\s*:\s*\{([^{}]*)"#));
    static VALUE: LazyLock<Pattern> =
        LazyLock::new(|| Pattern::fixed(r#":\s*"((?:[^"\\\n]|\\.)+)""#));
    let mut count = 0;
    for data in DATA.captures_iter(object).filter_map(|it| it.get(1)) {
        for value in VALUE.captures_iter(data.as_str()).filter_map(|it| it.get(1)) {
            if !is_stand_in(value.as_str()) {
                let from = start + data.start() + value.start();
                push(from, from + value.len(), found);
                count += 1;
            }
        }
    }
    count
}

/// What is known of a manifest line by line.
#[derive(Debug, Default)]
struct Reader {
    /// Indent of the `data:` that the line stands below.
    data: Option<usize>,
    /// A block of lines: its key's indent, its begin, its end.
    block: Option<(usize, usize, usize)>,
}

impl Reader {
    fn read(&mut self, line: &str, from: usize, found: &mut Vec<Match>) {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let content = line.trim();
        if let Some((key, start, end)) = &mut self.block {
            if content.is_empty() || indent > *key {
                if !content.is_empty() {
                    *start = if start == end { from + indent } else { *start };
                    *end = from + line.trim_end().len();
                }
                return;
            }
            self.close(found);
        }
        match self.data {
            Some(top) if indent > top && !content.is_empty() => {
                self.entry(line, indent, from, found);
            }
            _ if matches!(content, "data:" | "stringData:") => self.data = Some(indent),
            Some(_) if !content.is_empty() => self.data = None,
            _ => {}
        }
    }

    /// `key: value` below the data.
    fn entry(&mut self, line: &str, indent: usize, from: usize, found: &mut Vec<Match>) {
        let Some(colon) = line.find(':') else { return };
        let rest = &line[colon + 1..];
        let value = rest.trim();
        if value.starts_with(['|', '>']) && value.len() <= 2 {
            self.block = Some((indent, from, from));
            return;
        }
        let (open, bare) = unquoted(value);
        let start = from + colon + 1 + (rest.len() - rest.trim_start().len()) + open;
        if !is_stand_in(bare) {
            push(start, start + bare.len(), found);
        }
    }

    fn close(&mut self, found: &mut Vec<Match>) {
        if let Some((_, start, end)) = self.block.take() {
            push(start, end, found);
        }
    }
}

fn push(start: usize, end: usize, found: &mut Vec<Match>) {
    if start < end {
        found.push(Match::new("secret-manifest", "SECRET", start..end, 95));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found in a manifest that has `line` as its data.
    fn found_in(line: &str) -> Vec<String> {
        let text = format!("kind: Secret\ndata:\n{line}\n");
        let mut found = Vec::new();
        let mut reader = Reader::default();
        let mut from = 0;
        for line in text.split_inclusive('\n') {
            reader.read(line, from, &mut found);
            from += line.len();
        }
        reader.close(&mut found);
        found.iter().map(|it| text[it.span.clone()].to_owned()).collect()
    }

    #[test]
    fn a_value_is_what_stands_between_its_quotes_and_blanks() {
        for (line, expected) in [
            ("  a: bm9uZQ", vec!["bm9uZQ"]),
            ("  a: \"bm9uZQ\"", vec!["bm9uZQ"]),
            ("  a: \"'bm9uZQ'\"", vec!["bm9uZQ"]),
            (" :\"'\u{62c}", vec!["\u{62c}"]),
            (" \u{a0}\u{a0}a:\u{3000}\u{62c}'\u{a0}", vec!["\u{62c}"]),
            ("  a: \"'", vec![]),
            ("  a: |\n    bm9u\n    ZQ", vec!["bm9u\n    ZQ"]),
        ] {
            assert_eq!(found_in(line), expected, "{line:?}");
        }
    }
}
