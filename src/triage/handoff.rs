//! What the next person needs, written from the bundle alone.

use std::fmt::Write;

use super::bundle::{Bundle, Waiting, names};
use super::class::Decision;
use super::evidence::How;
use super::gate::State;
use super::words::{cell, name, one_line};

/// The hand-off of a run, as Markdown; the same bundle gives the same text.
/// `waiting`: all that waits for a person. `proposed`: the run itself opens the
/// pull request.
pub fn handoff(run: &str, bundle: &Bundle, waiting: &[Waiting], proposed: bool) -> String {
    let mut text = String::new();
    let ticket = &bundle.ticket;
    section(&mut text, &format!("# Hand-off of {}: {}\n", ticket.id, one_line(&ticket.title)));
    status(&mut text, bundle);
    findings(&mut text, bundle);
    decisions(&mut text, bundle);
    questions(&mut text, bundle);
    next_step(&mut text, bundle, waiting, proposed);
    resume(&mut text, run, waiting, proposed);
    text
}

fn resume(text: &mut String, run: &str, waiting: &[Waiting], proposed: bool) {
    let look = format!(
        "`prode triage show {run}` shows the run, and `prode triage verify {run}` rebuilds it."
    );
    let mut words = format!("## How to resume\n\n{look}\n");
    let approvals = names(run, waiting);
    for request in &approvals {
        let _ = writeln!(words, "\n- `prode approve {request}` (a person, at a terminal)");
    }
    words.push_str(&if proposed {
        format!(
            "\n`prode triage resume {run}` looks whether it was merged, and watches what follows.\n"
        )
    } else if approvals.is_empty() {
        "The run is over: `prode triage run` with the ticket opens another one.\n".to_owned()
    } else {
        format!("\nThen, and not before, `prode triage resume {run}` goes on.\n")
    });
    section(text, &words);
}

fn section(text: &mut String, words: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(words);
}

fn status(text: &mut String, bundle: &Bundle) {
    let why: Vec<String> =
        bundle.reasons.iter().map(|it| format!("- `{}`: {}\n", it.code(), it.about())).collect();
    let words = format!(
        "## Status\n\n{} · {} · confidence {} % · window {} to {}\n\n{}",
        bundle.decision,
        bundle.classification,
        bundle.confidence.value,
        bundle.ticket.window.from,
        bundle.ticket.window.until,
        why.concat()
    );
    section(text, &words);
}

fn findings(text: &mut String, bundle: &Bundle) {
    let mut table = "## Findings\n\n".to_owned();
    if bundle.findings.is_empty() {
        table.push_str("Nobody found anything.\n");
        return section(text, &table);
    }
    table.push_str("| Claim | Seen by | When |\n|---|---|---|\n");
    for finding in &bundle.findings {
        let receipts = bundle.receipts.iter().filter(|it| finding.receipts.contains(&it.id));
        let seen: Vec<String> = receipts
            .map(|it| {
                let handed = if it.how == How::Attested { " (handed in)" } else { "" };
                format!("{} {}{handed}", it.id, cell(&it.source))
            })
            .collect();
        let seen = if seen.is_empty() { "nothing".to_owned() } else { seen.join(", ") };
        let _ = writeln!(
            table,
            "| `{}` {} | {seen} | {} |",
            name(&finding.id),
            cell(&finding.claim),
            finding.observed_at
        );
    }
    section(text, &table);
}

fn decisions(text: &mut String, bundle: &Bundle) {
    let mut words = "## Decisions\n\n".to_owned();
    for weighed in &bundle.hypotheses {
        let state = match weighed.state {
            State::Proposed => continue,
            State::Supported => "supported",
            State::Refuted => "refuted",
            State::Contradicted => "contradicted",
        };
        let by: Vec<String> =
            weighed.supported_by.iter().chain(&weighed.refuted_by).map(|it| cell(it)).collect();
        let id = cell(&weighed.hypothesis.id);
        let _ = writeln!(words, "- {id}: {state} ({})", by.join("; "));
    }
    for sum in &bundle.confidence.claims {
        let _ = writeln!(
            words,
            "- `{}`: captured {} + second source {} + negative control {} + correlation {} + reproduction {} = {}",
            name(&sum.claim),
            sum.captured,
            sum.second_source,
            sum.negative_control,
            sum.correlation,
            sum.reproduction,
            sum.total
        );
    }
    if let Some(cap) = bundle.confidence.capped_at {
        let _ = writeln!(words, "- capped at {cap}");
    }
    if words.ends_with("\n\n") {
        words.push_str("No explanation stands.\n");
    }
    section(text, &words);
}

fn questions(text: &mut String, bundle: &Bundle) {
    let mut words = "## Open questions\n\n".to_owned();
    for gap in &bundle.gaps {
        let needed = if gap.required { ", needed" } else { "" };
        let (whose, what) = (cell(&gap.specialist), one_line(&gap.what));
        let _ = writeln!(words, "- {whose}: {what} ({}{needed})", gap.absence);
    }
    for name in &bundle.conflicts {
        let _ = writeln!(words, "- what settles the contradiction about {}?", cell(name));
    }
    if words.ends_with("\n\n") {
        words.push_str("- None that anybody named.\n");
    }
    section(text, &words);
}

fn next_step(text: &mut String, bundle: &Bundle, waiting: &[Waiting], proposed: bool) {
    let mut words = "## Exact next step\n\n".to_owned();
    words.push_str(match bundle.decision {
        Decision::Pr if proposed => "Review the pull request of this run; a person merges it.\n",
        Decision::Pr => "Make the smallest change on a branch, with a test that fails before it.\n",
        Decision::Handoff => "The owner of the system that the findings name takes this over.\n",
        Decision::Stop if bundle.reasons.iter().any(|it| it.blocks()) => {
            "Get what the reasons above say is missing, then run the ticket again; until then nothing is changed.\n"
        }
        Decision::Stop => {
            "Nothing: nobody has to act. Nothing was suppressed, and no ticket was closed.\n"
        }
    });
    for waiting in waiting {
        let wanted = &waiting.wanted;
        let _ = writeln!(
            words,
            "\nA person decides on {} on {}: {}\n\n```\n{}\n```",
            cell(&wanted.action),
            cell(&wanted.target),
            one_line(&wanted.reason),
            wanted.what.replace("```", "'''")
        );
    }
    section(text, &words);
}
