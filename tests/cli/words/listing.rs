//! Every message of the source with its place, read from the source as text, so
//! that a message which no test raises is listed as well.

use std::fs;
use std::path::Path;

use regex::Regex;

/// One text that people read.
pub(super) struct Message {
    /// `src/hint.rs:12`.
    pub(super) place: String,
    pub(super) is_hint: bool,
    /// What is filled in stands as `{name}`.
    pub(super) text: String,
}

/// What stands before a text of what happened: the attribute, the field or the call.
const ERROR: &str = concat!(
    r"(?:#\[error\(\s*",
    r"|\b(?:message|summary|reason|why):\s*(?:format!\(\s*)?",
    r"|\blet (?:message|said|what|why) = (?:format!\(\s*)?",
    r"|\b(?:usage|refused|invalid|missing|malformed|conflict|waiting|not_found|wrong|bad|fault|failed|warning)",
    r"\((?:[^;()]*,\s*)?(?:format!\(\s*)?",
    r"|\bErr\((?:format!\(\s*)?",
    r"|\.(?:found|span|line|whole|at|on)\([^;()]*,\s*(?:format!\(\s*)?",
    r"|Error::(?:other|new)\((?:[^;()]*,)?\s*(?:format!\(\s*)?)$",
);

/// What stands before a text of what to do next.
const HINT: &str = concat!(
    r"(?:\b(?:hints?|repair):\s*(?:vec!\[\s*)?(?:format!\(\s*)?",
    r"|\blet (?:hints?|repair) = (?:format!\(\s*)?",
    r"|\.hint\(\s*(?:format!\(\s*)?)$",
);

/// What looks at a file's text.
struct Reader {
    text: Regex,
    error: Regex,
    hint: Regex,
    function: Regex,
}

/// How far before a text is looked for what it is.
const NEARBY: usize = 120;

/// All of them, by file and line.
pub(super) fn messages() -> Vec<Message> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let new = |pattern| Regex::new(pattern).unwrap();
    let reader = Reader {
        text: new(r#""((?:[^"\\]|\\(?s:.))*)""#),
        error: new(ERROR),
        hint: new(HINT),
        function: new(r"(?m)^( *)(?:pub(?:\([^)]*\))? )?fn \w*(?:hint|repair|advice)\w*\b"),
    };
    let mut all = Vec::new();
    for entry in walkdir::WalkDir::new(root.join("src")).sort_by_file_name() {
        let entry = entry.unwrap();
        let name = entry.path().strip_prefix(root).unwrap().display().to_string();
        if entry.path().extension().is_some_and(|it| it == "rs")
            && !["tests", "fixture", "examples"].iter().any(|it| name.contains(it))
        {
            reader.read(&name, &fs::read_to_string(entry.path()).unwrap(), &mut all);
        }
    }
    all
}

impl Reader {
    fn read(&self, name: &str, source: &str, all: &mut Vec<Message>) {
        let source = source.split("#[cfg(test").next().unwrap();
        let hints = self.functions_of_hints(source);
        for found in self.text.captures_iter(source) {
            let (whole, inside) = (found.get(0).unwrap(), found.get(1).unwrap());
            let before = &source[..whole.start()];
            let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
            if line.trim_start().starts_with("//") || !inside.as_str().contains(' ') {
                continue;
            }
            let mut from = before.len().saturating_sub(NEARBY);
            while !before.is_char_boundary(from) {
                from += 1;
            }
            let is_hint = self.hint.is_match(&before[from..])
                || hints.iter().any(|(begin, end)| (*begin..*end).contains(&whole.start()));
            // The reasons of lint's rules are sentences of a page.
            let is_prose = name.contains("lint/rules") && line.trim_start().starts_with("why:");
            if !is_prose && (is_hint || self.error.is_match(&before[from..])) {
                let place = format!("{name}:{}", before.matches('\n').count() + 1);
                all.push(Message { place, is_hint, text: unescaped(inside.as_str()) });
            }
        }
    }

    /// Where functions stand whose texts are hints.
    fn functions_of_hints(&self, source: &str) -> Vec<(usize, usize)> {
        let all = self.function.captures_iter(source).map(|found| {
            let begin = found.get(0).unwrap().start();
            let end = format!("\n{}}}\n", &found[1]);
            let end = source[begin..].find(&end).map_or(source.len(), |at| begin + at);
            (begin, end)
        });
        all.collect()
    }
}

/// As it is when the program runs.
fn unescaped(text: &str) -> String {
    let joined = Regex::new(r"\\\n\s*").unwrap().replace_all(text, "").into_owned();
    let ellipsis = joined.replace(r"\u{2026}", "…").replace(r"\u{20}", " ");
    ellipsis.replace(r#"\""#, "\"").replace(r"\n", "\n").replace(r"\\", "\\")
}
