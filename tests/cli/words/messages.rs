//! Messages keep to one voice (wiki/messages.md): the mechanical part of it.
//! `benches/run messages` prints them all, to be read.

use regex::Regex;

use super::listing::{Message, messages};
use super::{FILLED_IN, refusal};
use crate::support::{rounds, shell};

/// Names that are written with a capital.
const NAMES: &[&str] = &[
    "ADR-",
    "AGENTS.md",
    "CODEOWNERS",
    "Codex",
    "Git",
    "GitHub",
    "GitLab",
    "Gitea",
    "HEAD",
    "JSON",
    "Linear",
    "MCP",
    "PRODE_",
    "Rust",
    "SHA",
    "SKILL.md",
    "SLO",
    "SOP",
    "SQLite",
    "SSH",
    "TLS",
    "UTF-8",
    "URL",
    "YAML",
    "XDG_",
];

/// What nobody is told, and what is said instead.
const BANNED: &[(&str, &str)] = &[
    ("failed to", "cannot"),
    ("unable to", "cannot"),
    ("please", "say it without"),
    ("sorry", "say what to type next"),
    ("oops", "say what happened"),
    ("illegal", "say what is wrong with it"),
    ("not found", "'x' does not exist; there is no run 'x'"),
    ("is not there\"", "does not exist"),
    ("already exists", "is there already"),
    ("no utf-8", "is not UTF-8"),
    ("no regular file", "is not a regular file"),
    ("outside of the", "leaves the repository"),
    ("try again", "run it again"),
    ("run again", "run it again"),
    ("command again", "run it again"),
    ("no turn came", "was changed by others each time before this one"),
    ("no more than", "at most"),
    ("too many bytes", "has N bytes, and at most M are read"),
    ("bytes large", "has N bytes, and at most M are read"),
    ("e.g.", "such as"),
    ("i.e.", "say it"),
    ("etc.", "say it"),
    ("{:?}", "words"),
    ("{0:?}", "words"),
    ("{1:?}", "words"),
];

/// Where `prode` is the program and not the first word of a command.
const PROSE: &[&str] = &[
    "another prode is ",
    "a prode as new as ",
    "call prode from ",
    "defect in prode",
    "none that prode ",
    "' that prode has ",
    "prode never ",
    "this prode knows ",
    "which prode cannot ",
];

/// Texts that stand like messages and are none: the text, what it is.
const EXCUSED: &[(&str, &str)] = &[
    ("Your Name", "what a person replaces in a command"),
    ("chmod +x the file, and begin it with #!", "ends with what is typed"),
    ("Made by hand in the work tree of the run.", "a sentence of a pull request"),
];

#[test]
#[allow(clippy::print_stdout, reason = "the list is for the reader")]
fn every_message_keeps_to_one_voice() {
    let all = messages();
    let hints = all.iter().filter(|it| it.is_hint).count();
    if rounds("MESSAGES", 0) > 0 {
        for Message { place, is_hint, text } in &all {
            println!("{place}: {}: {text}", if *is_hint { "hint" } else { "error" });
        }
    }
    println!("{} messages, {hints} hints", all.len() - hints);
    assert!(all.len() > 900 && hints > 300, "the source is read otherwise now");
    let is_excused = |it: &&Message| EXCUSED.iter().any(|row| row.0 == it.text);
    let stale = EXCUSED.iter().filter(|row| !all.iter().any(|it| row.0 == it.text));
    assert_eq!(stale.collect::<Vec<_>>(), Vec::<&(&str, &str)>::new());
    let stale = PROSE.iter().filter(|row| !all.iter().any(|it| it.text.contains(*row)));
    assert_eq!(stale.collect::<Vec<_>>(), Vec::<&&str>::new());
    let wrong: Vec<_> = all.iter().filter(|it| !is_excused(it)).flat_map(faults).collect();
    assert!(wrong.is_empty(), "{} faults\n{}", wrong.len(), wrong.join("\n"));
}

/// What is wrong with one of them.
fn faults(message: &Message) -> Vec<String> {
    let Message { place, text, .. } = message;
    let mut found = Vec::new();
    let begins = text.chars().next().unwrap_or(' ');
    let is_name = NAMES.iter().any(|name| text.starts_with(name));
    if begins.is_uppercase() && !is_name && !place.contains("adr_tools") {
        found.push("begins with a capital".to_owned());
    }
    if text.ends_with('.') || text.ends_with('!') {
        found.push("ends with a full stop".to_owned());
    }
    let lower = text.to_lowercase();
    for (word, instead) in BANNED.iter().filter(|(word, _)| lower.contains(word)) {
        found.push(format!("says '{word}', not '{instead}'"));
    }
    found.extend(commands(text).into_iter().filter_map(|command| unknown(&command)));
    found.into_iter().map(|what| format!("{place}: {text}\n    {what}")).collect()
}

/// From each `prode` to the end of its clause.
fn commands(text: &str) -> Vec<String> {
    let filled = Regex::new(r"\{[^{}]*\}").unwrap().replace_all(text, FILLED_IN).into_owned();
    let clause = Regex::new(r"\bprode [a-z][^;,)\n]*").unwrap();
    let is_prose = |at: usize| {
        PROSE.iter().any(|it| {
            filled.match_indices(it).any(|(from, _)| (from..from + it.len()).contains(&at))
        })
    };
    let all = clause.find_iter(&filled).filter(|it| !is_prose(it.start()));
    all.map(|it| it.as_str().to_owned()).collect()
}

/// Why no beginning of the clause that has all its options is a command.
fn unknown(clause: &str) -> Option<String> {
    let words = shell::of_prode(clause).into_iter().next()?;
    let options = |words: &[String]| words.iter().filter(|it| it.starts_with("--")).count();
    let first = refusal(&words, true)?;
    let is_command = (2..words.len()).any(|many| {
        options(&words[..many]) == options(&words) && refusal(&words[..many], true).is_none()
    });
    (!is_command).then(|| format!("{clause}: {first}"))
}

#[test]
fn a_slip_in_a_message_is_found() {
    let said = |text: &str| {
        let message = Message { place: "src/x.rs:1".into(), is_hint: true, text: text.to_owned() };
        faults(&message).len()
    };
    for right in
        ["'{x}' does not exist", "see them: prode list sop", "CODEOWNERS has no line for it"]
    {
        assert_eq!(said(right), 0, "{right}");
    }
    for wrong in [
        "The page is gone",
        "it is gone.",
        "failed to read '{x}'",
        "see them: prode list --kind sop",
        "see it: prode lst",
        "read what prode lint --explane prints",
    ] {
        assert_eq!(said(wrong), 1, "{wrong}");
    }
}
