//! When a message is written: decisions that it mentions and pages that its
//! `Prode-…` trailers name exist: said, never refused. What redaction finds in
//! it is refused: Git keeps it for good.

use std::sync::LazyLock;

use regex::Regex;

use super::{Call, Finding, Level, Report};
use crate::allowance::NOWHERE;
use crate::corpus::{Catalogue, LookupError, Reference};
use crate::hint::Helpful;
use crate::ops::OpError;
use crate::ops::redact::screen;
use crate::redaction::Redactor;
use crate::workspace::{Asked, Workspace};

static DECISION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\bADR-([0-9]{1,6})\b").expect("a fixed pattern that a test compiles")
});

/// Behind this line Git shows the diff under `--verbose`.
const SCISSORS: &str = "# ------------------------ >8 ------------------------";

pub(super) fn run(workspace: &Workspace, call: &Call) -> Result<Report, OpError> {
    let Some(file) = call.words.first() else {
        return Err(OpError::Usage {
            message: "the message's file is missing".to_owned(),
            hint: "Git names it: prode hook run commit-msg .git/COMMIT_EDITMSG".to_owned(),
        });
    };
    let bytes = std::fs::read(file)
        .map_err(|error| OpError::File { path: file.clone(), reason: error.to_string() })?;
    let text = Redactor::text_of(bytes)?;
    let mut findings = secrets(workspace, &text)?;
    let named = named(&text);
    if named.is_empty() {
        return Ok(findings.into());
    }
    let catalogue = workspace.memory(&Asked::Staged)?.catalogue()?;
    findings.extend(named.iter().filter_map(|(line, name)| judge(&catalogue, *line, name)));
    Ok(findings.into())
}

/// What redaction finds in the lines that Git keeps. A message that cannot be
/// judged is refused.
fn secrets(workspace: &Workspace, text: &str) -> Result<Vec<Finding>, OpError> {
    let kept = text.lines().take_while(|line| *line != SCISSORS);
    let is_left_out = |line: &str| line.starts_with('#') || is_signature(line);
    let kept: Vec<&str> = kept.map(|line| if is_left_out(line) { "" } else { line }).collect();
    let screen = screen(workspace)?;
    let redaction = screen.redact(NOWHERE, &kept.join("\n"))?;
    let finding = |it: &crate::redaction::Finding| Finding {
        path: "commit message".to_owned(),
        line: it.line,
        level: Level::Error,
        rule: "message-redaction".to_owned(),
        message: format!("a value of kind {} stands here ({})", it.kind, it.rule),
    };
    Ok(redaction.findings.iter().map(finding).collect())
}

/// `Signed-off-by: Name <address>`: people put their own names there.
fn is_signature(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, _)| key.to_ascii_lowercase().ends_with("-by"))
}

/// What a message names, with its lines: mentions and values of trailers.
fn named(text: &str) -> Vec<(u32, String)> {
    let lines = text.lines().take_while(|line| *line != SCISSORS);
    let mut found = Vec::new();
    for (line, number) in lines.zip(1_u32..).filter(|(line, _)| !line.starts_with('#')) {
        match line.split_once(':') {
            Some((key, value)) if is_trailer(key) => found.push((number, value.trim().to_owned())),
            _ => found.extend(
                DECISION.captures_iter(line).map(|hit| (number, format!("adr/{}", &hit[1]))),
            ),
        }
    }
    found
}

fn is_trailer(key: &str) -> bool {
    let prefix = key.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("prode-"));
    prefix && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

fn judge(catalogue: &Catalogue, line: u32, name: &str) -> Option<Finding> {
    let warning = |rule: &str, message: String| {
        Some(Finding {
            path: "commit message".to_owned(),
            line,
            level: Level::Warning,
            rule: rule.to_owned(),
            message,
        })
    };
    let reference = match Reference::parse(name) {
        Ok(reference) => reference,
        Err(error) => return warning("message-reference", error.to_string()),
    };
    match catalogue.find(&reference) {
        Ok(found) => {
            let graph = catalogue.graph();
            let by = graph.successor(&found.page.path)?;
            warning("message-superseded", format!("'{name}' is superseded by '{by}'"))
        }
        // Learnings are no pages; whether one exists cannot be told here.
        Err(LookupError::Learning(_)) => None,
        Err(error) => {
            let hint = error.hints().into_iter().next().map(|it| format!("; {it}"));
            warning("message-reference", format!("{error}{}", hint.unwrap_or_default()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mentions_and_trailers_are_named_and_comments_are_not() {
        let text = format!(
            "Use ADR-12 not XADR-3\n\n# ADR-9\nProde-Decision: adr/4\nProde-Learning: L-0123abcd\n{SCISSORS}\nADR-8\n"
        );
        let found = named(&text);
        let expected = [(1, "adr/12"), (4, "adr/4"), (5, "L-0123abcd")];
        assert_eq!(found, expected.map(|(line, name)| (line, name.to_owned())));
    }
}
