//! What was proposed to whom, for people.

use std::collections::BTreeMap;

use crate::cli::context::Context;
use crate::cli::ui::{style, styled};
use crate::ops::audit::{Left, Proposal, Proposed};
use crate::ops::counted;
use crate::rendering::visible_line;

/// Prints each owner's branch, and what is left.
pub(super) fn print(context: &mut Context<'_>, answer: &Proposed) {
    for proposal in &answer.proposals {
        one(context, proposal);
    }
    if !answer.unowned.is_empty() {
        let findings = counted(answer.unowned.len(), "finding");
        let title = styled(style::TITLE, "nobody");
        context.ui.line(format!(
            "{title}  {findings} without anybody to ask: prode audit --owner nobody"
        ));
    }
    if answer.proposals.is_empty() && answer.unowned.is_empty() {
        context.ui.line("nothing was found, and nothing is proposed");
    }
    for skipped in &answer.skipped {
        context
            .ui
            .note(visible_line(&format!("not looked at: {}: {}", skipped.what, skipped.reason)));
    }
}

fn one(context: &mut Context<'_>, proposal: &Proposal) {
    let Proposal { owner, branch, status, settled, .. } = proposal;
    let findings = counted(settled.len(), "finding");
    let pushed = proposal.remote.as_ref().map(|it| format!(", pushed to {it}")).unwrap_or_default();
    let verdict = match status.as_str() {
        "made" | "updated" => format!("{status} {branch}: {findings}{pushed}"),
        "same" => format!("{branch} holds it already: {findings}"),
        "nothing" => "nothing that could be settled without a person".to_owned(),
        status => format!("{branch} is left alone ({status})"),
    };
    let title = styled(style::TITLE, visible_line(owner));
    context.ui.line(format!("{title}  {}", visible_line(&verdict)));
    let is_written = matches!(status.as_str(), "made" | "updated" | "same");
    if is_written {
        for it in settled {
            let path = styled(style::PATH, visible_line(&it.path));
            context.ui.line(format!("  {} {path} {}: {}", it.id, it.signal, it.how));
        }
    }
    left(context, &proposal.left);
    if let Some(pull) = &proposal.pull {
        let how = proposal.pull_status.as_deref().or(pull.state.as_deref()).unwrap_or_default();
        let url = pull.url.as_deref().unwrap_or_default();
        context.ui.line(format!("  {how} {}  {}", pull.name, visible_line(url)));
    }
    for command in &proposal.next {
        context.ui.line(format!("  {}", visible_line(command)));
    }
    for note in &proposal.notes {
        context.ui.note(visible_line(&format!("{owner}: {note}")));
    }
}

/// How many are left, by the reason.
fn left(context: &mut Context<'_>, left: &[Left]) {
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for it in left {
        *reasons.entry(&it.why).or_default() += 1;
    }
    for (why, count) in reasons {
        let findings = counted(count, "finding");
        context.ui.line(format!("  {findings} left: {}", visible_line(why)));
    }
}
