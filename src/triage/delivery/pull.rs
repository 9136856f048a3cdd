//! What the pull request of a run says, for whoever reviews it.
//!
//! Written from what the run keeps and nothing else. Words of others call nobody
//! and end no code.

use std::fmt::Write;

use super::change::{Change, Maker};
use super::review::{Review, Word};
use super::verification::{Against, Verification};
use crate::triage::bundle::{Bundle, names};
use crate::triage::words::{cell, name, one_line};

/// Everything that it is written from.
#[derive(Debug, Clone, Copy)]
pub struct Pull<'a> {
    /// The run.
    pub run: &'a str,
    /// What opened the gate.
    pub bundle: &'a Bundle,
    /// SHA-256 of the bundle's bytes.
    pub digest: &'a str,
    /// What is proposed.
    pub change: &'a Change,
    /// What the commands said.
    pub verification: &'a Verification,
    /// What the last reader said.
    pub review: &'a Review,
    /// SOPs that routed: their citations, with their gates where they are known.
    pub sops: &'a [(String, Vec<String>)],
}

/// The title, and the description.
pub fn pull(pull: &Pull<'_>) -> (String, String) {
    let title = one_line(&pull.change.title);
    let mut text = String::new();
    summary(&mut text, pull);
    evidence(&mut text, pull);
    verified(&mut text, pull);
    reviewed(&mut text, pull);
    sops(&mut text, pull);
    let change = pull.change;
    let _ = write!(text, "\n## Rollback\n\n{}\n", prose(&change.rollback));
    let _ = write!(text, "\n## Monitoring\n\n{}\n", prose(&change.monitoring));
    rebuild(&mut text, pull);
    (title, text)
}

fn summary(text: &mut String, pull: &Pull<'_>) {
    let (ticket, change) = (&pull.bundle.ticket, pull.change);
    let by = match &change.by {
        Maker::Program(name) => format!("`{}`", self::name(name)),
        Maker::Hand => "a person, by hand".to_owned(),
    };
    let _ = write!(
        text,
        "## Summary\n\n{}\n\nFor {}: {}. Made by {by}.\n\n| File | Lines |\n|---|---|\n",
        prose(&change.summary),
        one_line(&ticket.id),
        one_line(&ticket.title),
    );
    for file in &change.files {
        let _ = writeln!(text, "| `{}` | +{} -{} |", name(&file.path), file.added, file.removed);
    }
}

fn evidence(text: &mut String, pull: &Pull<'_>) {
    let bundle = pull.bundle;
    let _ = write!(
        text,
        "\n## Evidence\n\n{}, confidence {} %.\n\n| Claim | Seen by | Worth |\n|---|---|---|\n",
        bundle.classification, bundle.confidence.value
    );
    for sum in &bundle.confidence.claims {
        let Some(finding) = bundle.findings.iter().find(|it| it.id == sum.claim) else { continue };
        let receipts = bundle.receipts.iter().filter(|it| finding.receipts.contains(&it.id));
        let seen: Vec<String> = receipts.map(|it| cell(&it.source)).collect();
        let _ =
            writeln!(text, "| {} | {} | {} % |", cell(&finding.claim), seen.join(", "), sum.total);
    }
    let cites: Vec<String> =
        bundle.memory.iter().map(|it| format!("`{}`", name(&it.cite))).collect();
    if !cites.is_empty() {
        let _ = write!(text, "\nRouted by {}: routing memory, not evidence.\n", cites.join(", "));
    }
    for waiting in names(pull.run, &bundle.waiting) {
        let _ = write!(text, "\nNot part of this: `{waiting}` waits for an approval of its own.\n");
    }
}

fn verified(text: &mut String, pull: &Pull<'_>) {
    text.push_str("\n## How it was verified\n\n| Command | On | Result |\n|---|---|---|\n");
    for ran in &pull.verification.commands {
        let on = match ran.on {
            Against::Base => "the base",
            Against::Test => "the base with the new test",
            Against::Change => "this change",
        };
        let result = if ran.passed { "passes" } else { "fails" };
        let _ = writeln!(text, "| `{}` | {on} | {result} |", name(&ran.command));
    }
    let tests: Vec<String> = pull.change.tests.iter().map(|it| format!("`{}`", name(it))).collect();
    let words = match (&pull.change.untestable, tests.is_empty()) {
        (Some(why), true) => format!("No test: {}", one_line(why)),
        _ => format!("The new test, {}, fails without the change.", tests.join(", ")),
    };
    let _ = write!(text, "\n{words}\n");
}

fn reviewed(text: &mut String, pull: &Pull<'_>) {
    let _ = write!(text, "\n## Review focus\n\nLooked at by `{}`:\n\n", name(&pull.review.by));
    for answer in &pull.review.answers {
        let mark = if answer.answer == Word::Yes { "x" } else { " " };
        let _ = writeln!(text, "- [{mark}] {}: {}", name(&answer.question), one_line(&answer.why));
    }
}

fn sops(text: &mut String, pull: &Pull<'_>) {
    if pull.sops.is_empty() {
        return;
    }
    text.push_str("\n## SOP\n");
    for (cite, gates) in pull.sops {
        // Right behind a list, a line would belong to its last item.
        let _ = writeln!(text, "\n`{}`", name(cite));
        if !gates.is_empty() {
            text.push('\n');
        }
        for gate in gates {
            let _ = writeln!(text, "- [ ] {}", one_line(gate));
        }
    }
}

fn rebuild(text: &mut String, pull: &Pull<'_>) {
    let _ = write!(
        text,
        "\n## Rebuild\n\nBundle `{}` of run `{run}`.\n\n```sh\nprode triage verify {run}\nprode triage export {run} -o {run}\n```\n\n\
         To merge it is a person's. Closed unmerged, the run ends and says so.\n",
        pull.digest,
        run = pull.run
    );
}

/// Paragraphs, each in one line.
fn prose(text: &str) -> String {
    let paragraphs = text.split("\n\n").map(one_line).filter(|it| !it.is_empty());
    paragraphs.collect::<Vec<_>>().join("\n\n")
}
