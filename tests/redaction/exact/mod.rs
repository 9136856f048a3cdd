//! What exactly is hidden, and what exactly stays, case by case.
//!
//! Each line of a file of `tests/fixtures/redaction/exact` is a text with what
//! must be hidden marked in it, `‹KIND value›`, and nothing else may be. It
//! needs the model alone.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use prode::redaction::{Finding, Redactor, Settings};

static PLAIN: LazyLock<Redactor> = LazyLock::new(|| Redactor::new(&Settings::default()).unwrap());

const FOLDER: &str = "tests/fixtures/redaction/exact";

/// What a case says of a text that cannot be decided.
const BLOCKED: &str = "!! ";

#[test]
fn what_is_marked_is_hidden_and_nothing_else() {
    let (mut count, mut wrong) = (0, Vec::new());
    for file in files() {
        let text = std::fs::read_to_string(&file).unwrap();
        for case in text.lines().filter(|it| !it.is_empty() && !it.starts_with("# ")) {
            count += 1;
            let said = case.replace('¦', "");
            let shown = marked(&bare(&said));
            if shown != said {
                let name = file.file_stem().unwrap().to_string_lossy();
                wrong.push(format!("{name}\n  wanted {said}\n  is     {shown}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count > 1000, "{count}");
}

#[test]
fn what_is_hidden_stays_hidden_and_nothing_more_is() {
    for file in files() {
        let text = std::fs::read_to_string(&file).unwrap();
        for case in text.lines().filter(|it| !it.starts_with("# ")) {
            let Ok(redaction) = PLAIN.redact(&bare(&case.replace('¦', ""))) else { continue };
            let again = PLAIN.redact(&redaction.text).unwrap();
            assert_eq!((again.text, again.findings), (redaction.text, Vec::new()), "{case}");
        }
    }
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER);
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// The text of a case, without marks and with its signs resolved.
fn bare(case: &str) -> String {
    let case = match case.strip_prefix(BLOCKED) {
        Some(rest) => rest.split_once(' ').unwrap().1,
        None => case,
    };
    let mut text = String::new();
    let mut rest = case.chars();
    while let Some(c) = rest.next() {
        match c {
            '‹' => while rest.next().is_some_and(|it| it != ' ') {},
            '›' => {}
            '\\' => text.push(match rest.next() {
                Some('n') => '\n',
                Some('r') => '\r',
                Some('t') => '\t',
                Some(other) => other,
                None => '\\',
            }),
            _ => text.push(c),
        }
    }
    text
}

/// The case that a text makes by what is hidden in it.
fn marked(text: &str) -> String {
    let redaction = match PLAIN.redact(text) {
        Ok(redaction) => redaction,
        Err(blocked) => return format!("{BLOCKED}{} {}", blocked.reason.name(), signed(text)),
    };
    let (mut shown, mut at) = (String::new(), 0);
    for Finding { kind, start, end, .. } in &redaction.findings {
        shown += &signed(&text[at..*start]);
        shown += &format!("‹{kind} {}›", signed(&text[*start..*end]));
        at = *end;
    }
    shown + &signed(&text[at..])
}

fn signed(text: &str) -> String {
    text.replace('\\', r"\\").replace('\n', r"\n").replace('\r', r"\r").replace('\t', r"\t")
}
