//! Every command line of README, wiki, skills, templates and decisions parses.

use std::fs;
use std::path::Path;

use regex::Regex;

use super::{filled_in, refusal};
use crate::support::shell;

/// Texts that cannot be edited any more: file, what it has, why that stays.
const EXCUSED: &[(&str, &str, &str)] = &[(
    "adr/0015-adr-tools-by-the-name-of-the-program.md",
    "prode adr-tools …",
    "an option that was considered, and not chosen",
)];

/// A command that a page names.
struct Named {
    file: String,
    line: usize,
    text: String,
    /// In running text, where a command may be named without what it needs.
    is_mention: bool,
}

fn pages() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for top in ["README.md", "wiki", "skills", "templates", "adr"] {
        for entry in walkdir::WalkDir::new(root.join(top)).sort_by_file_name() {
            let entry = entry.unwrap();
            if entry.path().extension().is_none_or(|it| it != "md") {
                continue;
            }
            let text = fs::read_to_string(entry.path()).unwrap();
            let name = entry.path().strip_prefix(root).unwrap().display().to_string();
            if !text.contains("\nstatus: superseded") {
                found.push((name, text));
            }
        }
    }
    found
}

/// The commands of one page: of its blocks, then of its sentences.
fn named(file: &str, text: &str) -> Vec<Named> {
    let mut found = Vec::new();
    let (mut block, mut prose) = (None::<(String, usize, String)>, String::new());
    for (at, line) in text.lines().enumerate() {
        let bare = line.trim_start();
        let fence = bare.strip_prefix("```");
        match (&mut block, fence) {
            (None, Some(language)) => block = Some((language.to_owned(), at + 1, String::new())),
            (Some((language, begun, inside)), Some(_)) => {
                found.extend(typed(file, *begun, language, inside));
                block = None;
            }
            (Some((_, _, inside)), None) => *inside = format!("{inside}{line}\n"),
            (None, None) => prose.push_str(line),
        }
        prose.push('\n');
    }
    let span = Regex::new(r"`([^`]*)`").unwrap();
    for span in span.captures_iter(&prose) {
        let begun = span.get(1).unwrap();
        let code = begun.as_str().replace("\\|", "|").replace('\n', " ");
        let line = prose[..begun.start()].matches('\n').count() + 1;
        if code.contains("prode ") {
            found.push(Named { file: file.to_owned(), line, text: code, is_mention: true });
        }
    }
    found
}

/// The lines of a block that somebody types.
fn typed(file: &str, begun: usize, language: &str, inside: &str) -> Vec<Named> {
    let is_console = language == "console";
    let (mut found, mut goes_on, mut document) = (Vec::<Named>::new(), false, None::<String>);
    let here = Regex::new(r"<<-?\s*'?([A-Z]+)'?").unwrap();
    let step = Regex::new(r"^(- )?(run|entry|command): (?P<line>prode .*)$").unwrap();
    for (at, line) in inside.lines().enumerate() {
        if let Some(end) = &document {
            document = (line.trim() != end).then(|| end.clone());
            continue;
        }
        document = here.captures(line).map(|it| it[1].to_owned());
        let line = here.replace(line, "").into_owned();
        let own = line.trim_start().strip_prefix("$ ");
        let text = match (own, step.captures(line.trim_start())) {
            (Some(own), _) => own.to_owned(),
            (None, Some(step)) => step["line"].to_owned(),
            (None, None) if is_console && !goes_on => continue,
            (None, None) => line.trim_start().to_owned(),
        };
        let was_going_on = std::mem::replace(&mut goes_on, text.ends_with('\\'));
        if let Some(last) = found.last_mut().filter(|_| was_going_on) {
            last.text = format!("{}\n{text}", last.text);
        } else {
            let line = begun + at + 1;
            found.push(Named { file: file.to_owned(), line, text, is_mention: false });
        }
    }
    found
}

#[test]
#[allow(clippy::print_stdout, reason = "the figure is for the reader")]
fn commands_in_pages_are_commands_that_there_are() {
    let all: Vec<_> = pages().iter().flat_map(|(file, text)| named(file, text)).collect();
    let (mut wrong, mut lines, mut mentions) = (Vec::new(), 0, 0);
    let mut used = vec![false; EXCUSED.len()];
    for it in &all {
        let text = filled_in(&it.text);
        let text = if it.is_mention { text.replace(" …", "") } else { text };
        for words in shell::of_prode(&text) {
            *(if it.is_mention { &mut mentions } else { &mut lines }) += 1;
            let Some(why) = refusal(&words, it.is_mention) else { continue };
            let is_row = |row: &(&str, &str, &str)| row.0 == it.file && it.text.contains(row.1);
            match EXCUSED.iter().position(is_row) {
                Some(row) => used[row] = true,
                None => wrong.push(format!("{}:{}: {}\n    {why}", it.file, it.line, it.text)),
            }
        }
    }
    println!("{lines} lines that are typed, {mentions} mentions");
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), lines + mentions, wrong.join("\n"));
    let stale: Vec<_> = EXCUSED.iter().zip(used).filter(|(_, used)| !used).collect();
    assert!(stale.is_empty(), "nothing to excuse any more: {stale:?}");
}
