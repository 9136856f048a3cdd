//! Rust text as words and signs: enough to see imports, paths and functions.
//!
//! Comments, strings and characters are left out, so that what they say is
//! never taken for code.

/// A word (identifier, keyword or number) or a single sign; `::` is one sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// As it is written.
    pub(super) text: String,
    /// 1-based.
    pub(super) line: usize,
}

impl Token {
    fn is_word(&self) -> bool {
        self.text.starts_with(|c: char| c.is_alphanumeric() || c == '_')
    }
}

/// The tokens of a file, in order.
pub(super) fn tokens(source: &str) -> Vec<Token> {
    let mut reader = Reader { rest: source, line: 1, tokens: Vec::new() };
    while !reader.rest.is_empty() {
        reader.step();
    }
    reader.tokens
}

struct Reader<'a> {
    rest: &'a str,
    line: usize,
    tokens: Vec<Token>,
}

impl Reader<'_> {
    fn step(&mut self) {
        let rest = self.rest;
        let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        if rest.starts_with("//") {
            self.skip(rest.find('\n').unwrap_or(rest.len()));
        } else if rest.starts_with("/*") {
            self.skip(block_comment(rest));
        } else if let Some(length) = raw_string(rest).or_else(|| string(rest)) {
            self.skip(length);
        } else if rest.starts_with('\'') {
            self.skip(character(rest));
        } else if word > 0 {
            self.take(word);
        } else if rest.starts_with("::") {
            self.take(2);
        } else if rest.starts_with(char::is_whitespace) {
            self.skip(rest.find(|c: char| !c.is_whitespace()).unwrap_or(rest.len()));
        } else {
            self.take(rest.chars().next().map_or(1, char::len_utf8));
        }
    }

    fn take(&mut self, length: usize) {
        self.tokens.push(Token { text: self.rest[..length].to_owned(), line: self.line });
        self.skip(length);
    }

    fn skip(&mut self, length: usize) {
        self.line += self.rest[..length].matches('\n').count();
        self.rest = &self.rest[length..];
    }
}

fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        match &rest.as_bytes()[at..] {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

/// The length of `r"…"`, `r#"…"#`, `br"…"` at the beginning of `rest`.
fn raw_string(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix('b').unwrap_or(rest).strip_prefix('r')?;
    let body = after.trim_start_matches('#');
    let hashes = after.len() - body.len();
    let body = body.strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let close = body.find(&end)? + end.len();
    Some(rest.len() - body.len() + close)
}

/// The length of `"…"` or `b"…"` at the beginning of `rest`.
fn string(rest: &str) -> Option<usize> {
    let body = rest.strip_prefix('b').unwrap_or(rest).strip_prefix('"')?;
    let mut escaped = false;
    let close = body.bytes().position(|byte| {
        let closes = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        closes
    });
    Some(rest.len() - body.len() + close? + 1)
}

/// The length of a character, or of a lifetime's quote.
fn character(rest: &str) -> usize {
    let mut chars = rest.char_indices().skip(1);
    match chars.next() {
        Some((_, '\\')) => rest[2..].find('\'').map_or(1, |at| match &rest[2..3] {
            "'" => 4,
            _ => at + 3,
        }),
        Some((at, c)) if rest[at + c.len_utf8()..].starts_with('\'') => at + c.len_utf8() + 1,
        _ => 1,
    }
}

/// Every path in the tokens, imports with braces taken apart:
/// `use a::{b, c::d}` gives `a::b` and `a::c::d`.
pub(super) fn paths(tokens: &[Token]) -> Vec<(Vec<String>, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let begins = tokens[at].is_word() && tokens.get(at + 1).is_some_and(|it| it.text == "::");
        if begins {
            at = tree(tokens, at, &[], &mut found);
        } else {
            at += 1;
        }
    }
    found
}

/// Reads one tree of an import, or one path; gives where it ends.
fn tree(
    tokens: &[Token],
    mut at: usize,
    before: &[String],
    found: &mut Vec<(Vec<String>, usize)>,
) -> usize {
    let mut path = before.to_vec();
    let line = tokens[at].line;
    while let Some(token) = tokens.get(at) {
        if token.text == "{" {
            return group(tokens, at + 1, &path, found);
        }
        if !token.is_word() {
            break;
        }
        path.push(token.text.clone());
        at += 1;
        if tokens.get(at).is_none_or(|it| it.text != "::") {
            break;
        }
        at += 1;
    }
    found.push((path, line));
    at
}

fn group(
    tokens: &[Token],
    mut at: usize,
    before: &[String],
    found: &mut Vec<(Vec<String>, usize)>,
) -> usize {
    while let Some(token) = tokens.get(at) {
        match token.text.as_str() {
            "}" => return at + 1,
            // A new name for what was just read.
            "as" => at += 2,
            _ if token.is_word() || token.text == "{" => at = tree(tokens, at, before, found),
            _ => at += 1,
        }
    }
    at
}

/// Every function with a body: its name, first line and number of lines.
pub(super) fn functions(tokens: &[Token]) -> Vec<(String, usize, usize)> {
    let starts =
        tokens.windows(2).enumerate().filter(|(_, pair)| pair[0].text == "fn" && pair[1].is_word());
    let function = |(at, pair): (usize, &[Token])| {
        let open = body(tokens, at)?;
        let close = closing(tokens, open)?;
        let lines = tokens[close].line - pair[0].line + 1;
        Some((pair[1].text.clone(), pair[0].line, lines))
    };
    starts.filter_map(function).collect()
}

/// The lines of every module that stands inside the file.
pub(super) fn modules(tokens: &[Token]) -> Vec<std::ops::RangeInclusive<usize>> {
    let starts = tokens.windows(3).enumerate();
    let starts = starts.filter(|(_, it)| it[0].text == "mod" && it[2].text == "{");
    let lines =
        |(at, _): (usize, &[Token])| Some(tokens[at].line..=tokens[closing(tokens, at + 2)?].line);
    starts.filter_map(lines).collect()
}

/// The brace that opens a function's body; none for a signature.
fn body(tokens: &[Token], from: usize) -> Option<usize> {
    let mut depth = 0_i32;
    for (at, token) in tokens.iter().enumerate().skip(from) {
        match token.text.as_str() {
            "(" | "[" => depth += 1,
            ")" | "]" => depth -= 1,
            "{" if depth == 0 => return Some(at),
            ";" if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

fn closing(tokens: &[Token], open: usize) -> Option<usize> {
    let mut depth = 0_i32;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.text.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(source: &str) -> Vec<String> {
        paths(&tokens(source)).into_iter().map(|(path, _)| path.join("::")).collect()
    }

    #[test]
    fn imports_are_taken_apart_and_prose_is_not_code() {
        let source = "// crate::not\nuse crate::a::{self, b::{C, D as E}};\n\
            fn f<'a>(x: &'a str) { crate::g(\"crate::not\", '\"', r#\"crate::not\"#, b'{', '\\'') }";
        assert_eq!(
            written(source),
            ["crate::a::self", "crate::a::b::C", "crate::a::b::D", "crate::g"]
        );
    }

    #[test]
    fn functions_are_measured_with_their_braces() {
        let source = "trait T {\n fn none(&self, x: [u8; 2]);\n}\nfn one() -> [u8; 1] {\n  match 1 { _ => [1] }\n}\n";
        assert_eq!(functions(&tokens(source)), [("one".to_owned(), 4, 3)]);
    }
}
