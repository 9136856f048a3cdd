//! What the tools about runs share: a run's name, its parts, and it in words.

use serde_json::Value;

use super::text::{self as words, items, texts};
use crate::hint::Helpful as _;
use crate::mcp::error::CallError;
use crate::mcp::portion::Slot;
use crate::ops::OpError;
use crate::run_id::{BadRunId, RunId};

/// What of a run, of its bundle or of a list of runs is dealt out, the hand-off first: it is
/// what the next person needs.
pub(super) const RUN_SLOTS: &[Slot] = &[
    Slot::List("/runs"),
    Slot::Text("/handoff"),
    Slot::List("/waiting"),
    Slot::List("/questions"),
    Slot::List("/bundle/findings"),
    Slot::List("/bundle/gaps"),
    Slot::List("/bundle/hypotheses"),
    Slot::List("/bundle/memory"),
    Slot::List("/bundle/receipts"),
    Slot::List("/bundle/negative_controls"),
    Slot::List("/bundle/timeline"),
    Slot::List("/bundle/inventory"),
    Slot::List("/bundle/waiting"),
    Slot::List("/effects"),
    Slot::List("/artifacts"),
    Slot::List("/notes"),
    Slot::List("/approvals"),
    Slot::List("/sources"),
];

/// A run that was named.
pub(super) fn id(typed: &str) -> Result<RunId, CallError> {
    typed.parse().map_err(|error: BadRunId| {
        let (message, hint) = (error.to_string(), error.hints().join("; "));
        OpError::Usage { message, hint }.into()
    })
}

/// A run: where it stands and why, what is missing, the hand-off.
pub(super) fn in_words(run: &Value) -> String {
    let told = |name| words::text(run, name);
    let mut lines = format!("{} {} (mode {})\n", told("run"), told("phase"), told("mode"));
    lines.push_str(&decided(run));
    for wait in items(run, "/waiting") {
        let (action, what) = (words::text(wait, "action"), words::text(wait, "what"));
        lines.push_str(&format!("waits for a person: {action}: {what}\n"));
    }
    lines.push_str(&evidence(&run["bundle"]));
    if !told("handoff").is_empty() {
        lines.push_str(&format!("\n{}\n", told("handoff").trim_end()));
    }
    lines
}

/// What a gate said, where it did: of a run, or of a bundle.
pub(super) fn decided(of: &Value) -> String {
    let Some(decision) = of["decision"].as_str() else {
        return "nothing is decided yet\n".to_owned();
    };
    // A run holds the number, a bundle the arithmetic.
    let confidence = of["confidence"].get("value").unwrap_or(&of["confidence"]);
    let classification = words::text(of, "classification");
    let reasons = texts(of, "reasons").join(", ");
    format!("{decision}: {classification}, confidence {confidence} %; {reasons}\n")
}

/// Claims with how they came, gaps, and the pages that routed.
pub(super) fn evidence(bundle: &Value) -> String {
    let mut lines = String::new();
    let receipts = items(bundle, "/receipts");
    for finding in items(bundle, "/findings") {
        let (id, claim) = (words::text(finding, "id"), words::text(finding, "claim"));
        let names = texts(finding, "receipts");
        let is_own = |it: &&Value| names.contains(&words::text(it, "id"));
        let mut how: Vec<_> =
            receipts.iter().filter(is_own).map(|it| words::text(it, "how")).collect();
        how.sort_unstable();
        how.dedup();
        let how = if how.is_empty() { "no receipt here".to_owned() } else { how.join(", ") };
        lines.push_str(&format!("claim {id} ({how}): {claim}\n"));
    }
    for gap in items(bundle, "/gaps") {
        let (who, what) = (words::text(gap, "specialist"), words::text(gap, "what"));
        lines.push_str(&format!("missing ({who}): {what}\n"));
    }
    for page in items(bundle, "/memory") {
        lines.push_str(&format!("{}: {}\n", words::text(page, "label"), words::text(page, "cite")));
    }
    lines
}
