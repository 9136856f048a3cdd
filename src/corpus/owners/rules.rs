//! The lines of a CODEOWNERS file.

use super::{CodeOwners, OwnersDialect, Pattern, Rule, Section};
use crate::diagnostic::Diagnostic;

/// The name under which everything wrong with the file is reported.
const RULE: &str = "codeowners";

pub(super) fn read(bytes: &[u8], dialect: OwnersDialect) -> (CodeOwners, Vec<Diagnostic>) {
    let mut reader = Reader {
        dialect,
        sections: vec![Section::default()],
        current: 0,
        defaults: Vec::new(),
        line: 0,
        diagnostics: Vec::new(),
    };
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    for line in bytes.split(|&byte| byte == b'\n') {
        reader.line += 1;
        reader.read_line(line.trim_ascii());
    }
    (CodeOwners { sections: reader.sections }, reader.diagnostics)
}

struct Reader {
    dialect: OwnersDialect,
    sections: Vec<Section>,
    /// Index of the section that lines belong to.
    current: usize,
    /// Owners of its lines that name none.
    defaults: Vec<String>,
    line: u32,
    diagnostics: Vec<Diagnostic>,
}

impl Reader {
    fn read_line(&mut self, line: &[u8]) {
        let is_header = line.starts_with(b"[") || line.starts_with(b"^[");
        if line.is_empty() || line.starts_with(b"#") {
            return;
        }
        if self.dialect == OwnersDialect::GitLab && is_header {
            return self.read_header(line.strip_prefix(b"^").unwrap_or(line));
        }
        let words = words(line);
        let Some((pattern, owners)) = words.split_first() else { return };
        let (excludes, text) = match (self.dialect, pattern.strip_prefix(b"!")) {
            (OwnersDialect::GitLab, Some(rest)) => (true, rest),
            _ => (false, *pattern),
        };
        match Pattern::compile(text, self.dialect) {
            Ok(pattern) => {
                let owners = self.owners_or_defaults(owners);
                self.sections[self.current].rules.push(Rule { pattern, owners, excludes });
            }
            Err(why) => {
                let shown: String = String::from_utf8_lossy(pattern).chars().take(60).collect();
                self.warn(format!("the pattern '{shown}' {why}"));
            }
        }
    }

    /// `[Name][2] @default @owners`; how many must approve is the forge's business.
    fn read_header(&mut self, line: &[u8]) {
        let Some(end) = line.iter().position(|&byte| byte == b']') else {
            return self.warn("the section has no closing bracket".to_owned());
        };
        let name = String::from_utf8_lossy(&line[1..end]).trim().to_lowercase();
        let mut rest = line[end + 1..].trim_ascii();
        if rest.starts_with(b"[") {
            let end = rest.iter().position(|&byte| byte == b']').unwrap_or(rest.len() - 1);
            rest = &rest[end + 1..];
        }
        self.defaults = self.checked(&words(rest));
        let known = self.sections.iter().position(|section| section.name == name);
        self.current = known.unwrap_or_else(|| {
            self.sections.push(Section { name, rules: Vec::new() });
            self.sections.len() - 1
        });
    }

    fn owners_or_defaults(&mut self, words: &[&[u8]]) -> Vec<String> {
        if words.is_empty() { self.defaults.clone() } else { self.checked(words) }
    }

    fn checked(&mut self, words: &[&[u8]]) -> Vec<String> {
        let owners: Vec<String> =
            words.iter().map(|word| String::from_utf8_lossy(word).into_owned()).collect();
        for owner in owners.iter().filter(|owner| !owner.contains('@')) {
            let shown: String = owner.chars().take(60).collect();
            self.warn(format!("the owner '{shown}' is no @user, @org/team or email"));
        }
        owners
    }

    fn warn(&mut self, message: String) {
        self.diagnostics.push(Diagnostic::warning(RULE, self.line, 0, message));
    }
}

/// Words between blanks; a backslash keeps a blank inside a word, and a word
/// that begins with `#` begins a comment.
fn words(line: &[u8]) -> Vec<&[u8]> {
    let mut words = Vec::new();
    let mut rest = line.trim_ascii_start();
    while !rest.is_empty() && rest[0] != b'#' {
        let mut is_escaped = false;
        let end = rest.iter().position(|&byte| {
            let ends = byte.is_ascii_whitespace() && !is_escaped;
            is_escaped = byte == b'\\' && !is_escaped;
            ends
        });
        let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
        words.push(word);
        rest = after.trim_ascii_start();
    }
    words
}
