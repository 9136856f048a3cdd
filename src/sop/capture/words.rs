//! The page's words, section by section, as the template of procedures has them.

use super::{QUESTIONS, Recorded, Said, Shape};

/// What stands where nothing was said.
const OPEN: &str = "Not said yet: see the open questions.";

/// Sections, and the answers that stand in each, in their order.
const SECTIONS: &[(&str, &[&str])] = &[
    ("Scope", &["design.scope"]),
    ("Dependencies", &["design.dependencies"]),
    ("Risks", &["design.risks", "design.stop", "design.decision"]),
    (
        "Implementation",
        &[
            "implementation.steps",
            "implementation.commands",
            "implementation.stop",
            "implementation.decision",
        ],
    ),
    ("Testing", &["testing.matrix", "testing.stop", "testing.decision"]),
    ("Checklist", &["pull_request.checklist"]),
    ("Review focus", &["pull_request.review_focus"]),
    ("Rollback", &["pull_request.rollback"]),
    ("Monitoring", &["pull_request.monitoring"]),
    ("Definition of done", &["pull_request.done", "pull_request.stop", "pull_request.decision"]),
    ("Why", &["why"]),
];

/// The words of the page, its title first.
pub fn body(said: &Said) -> String {
    let mut parts = vec![format!("# {}", one_line(&said.title)), intro(said)];
    for (heading, keys) in SECTIONS {
        let told: Vec<String> = keys.iter().filter_map(|key| told(said, key)).collect();
        let told = if told.is_empty() { OPEN.to_owned() } else { told.join("\n\n") };
        parts.push(format!("## {heading}\n\n{told}"));
    }
    let open: Vec<String> = said.open().map(|it| format!("- {}", it.text)).collect();
    let open = if open.is_empty() { "None open.".to_owned() } else { open.join("\n") };
    parts.push(format!("## Open questions\n\n{open}"));
    parts.join("\n\n") + "\n"
}

fn intro(said: &Said) -> String {
    said.answer("when").map_or_else(|| OPEN.to_owned(), apart)
}

/// An answer as it stands on the page, with what was recorded beside it. A
/// table, a stop condition and a decision have their place, said or not.
fn told(said: &Said, key: &str) -> Option<String> {
    let shape = QUESTIONS.iter().find(|it| it.key == key)?.shape;
    let answer = said.answer(key);
    let (gate, part) = key.split_once('.').unwrap_or(("", key));
    let told = match (shape, part) {
        (_, "stop") => Some(stop(answer)),
        (_, "decision") => Some(format!("**Decision.** {}", answer.map_or(OPEN.to_owned(), apart))),
        (Shape::Rows(columns), _) => Some(table(columns, answer)),
        (Shape::Words, _) => answer.map(apart),
        (Shape::List, _) => answer.map(|it| list(it, "- ")),
        (Shape::Boxes, _) => answer.map(|it| list(it, "- [ ] ")),
        (Shape::Commands, _) => answer.map(commands),
    };
    let at = said.recorded.iter().filter(|it| it.gate == gate && stands_at(gate) == part);
    let is_told = |it: &Recorded| answer.is_some_and(|answer| answer.contains(&it.command));
    let recorded: Vec<String> = at.map(|it| recorded(it, is_told(it))).collect();
    let all: Vec<String> = told.into_iter().chain(recorded).collect();
    (!all.is_empty()).then(|| all.join("\n\n"))
}

/// The answer of a gate that recorded commands stand below.
fn stands_at(gate: &str) -> &'static str {
    match gate {
        "design" => "scope",
        "implementation" => "commands",
        "testing" => "matrix",
        _ => "rollback",
    }
}

/// A command with what came out, and without its line where that stands there already.
fn recorded(it: &Recorded, is_told: bool) -> String {
    let came = format!("{} bytes came out, excerpt `{}`.", it.bytes, it.artifact);
    match (is_told, it.command.contains('\n')) {
        (true, false) => format!("`{}` was run when this was captured: {came}", it.command),
        (true, true) => format!("It was run when this was captured: {came}"),
        (false, _) => {
            format!("{}\n\nIt was run when this was captured: {came}", commands(&it.command))
        }
    }
}

fn stop(answer: Option<&str>) -> String {
    match answer {
        Some(answer) => format!("**Stop conditions.**\n\n{}", list(answer, "- ")),
        None => format!("**Stop conditions.** {OPEN}"),
    }
}

/// Words that somebody said. A heading of theirs would open a section of the page.
fn apart(words: &str) -> String {
    let line = |line: &str| {
        let bare = line.trim_start();
        if bare.starts_with('#') || bare.starts_with("===") || bare.starts_with("---") {
            format!("\\{bare}")
        } else {
            line.to_owned()
        }
    };
    let mut is_code = false;
    let lines = words.lines().map(|it| {
        let is_fence = it.trim_start().starts_with("```");
        is_code ^= is_fence;
        if is_code || is_fence { it.to_owned() } else { line(it) }
    });
    let mut text = lines.collect::<Vec<_>>().join("\n");
    if is_code {
        text.push_str("\n```");
    }
    text
}

fn list(answer: &str, mark: &str) -> String {
    let bare = |line: &str| {
        let line = line.trim().trim_start_matches(['-', '*', '+', ' ']);
        line.trim_start_matches("[ ]").trim().to_owned()
    };
    let items = answer.lines().map(bare).filter(|it| !it.is_empty());
    items.map(|it| format!("{mark}{it}")).collect::<Vec<_>>().join("\n")
}

fn commands(answer: &str) -> String {
    let inner = answer.trim().trim_start_matches("```sh").trim_matches('`').trim();
    let longest = inner.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}sh\n{inner}\n{fence}")
}

fn table(columns: &[&str], answer: Option<&str>) -> String {
    let row = |cells: &[String]| {
        let cells = (0..columns.len()).map(|at| cells.get(at).map_or("", String::as_str));
        format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
    };
    let head = format!("| {} |\n|{}", columns.join(" | "), "---|".repeat(columns.len()));
    let rows: Vec<String> = match answer {
        None => vec![row(&["not said yet".to_owned()])],
        Some(answer) => {
            let lines = answer.lines().filter(|it| !it.trim().is_empty());
            let cells = |it: &str| -> Vec<String> {
                it.trim().trim_matches('|').split('|').map(|it| it.trim().to_owned()).collect()
            };
            lines.map(|it| row(&cells(it))).collect()
        }
    };
    format!("{head}\n{}", rows.join("\n"))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
