//! A run for people.

use crate::cli::context::Context;
use crate::cli::form::Form;
use crate::cli::ui::{style, styled};
use crate::ops::triage;
use crate::rendering::{visible, visible_line};
use crate::triage::bundle::{Bundle, names};
use crate::triage::class::Decision;
use crate::triage::confidence::ClaimSum;
use crate::triage::effect::Sort;
use crate::triage::evidence::How;
use crate::triage::moving::Move;
use crate::triage::output::Wanted;
use crate::triage::run::Run;

/// How a run is shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Show {
    pub(super) form: Form,
    /// The hand-off instead of a summary.
    pub(super) handoff: bool,
}

impl Show {
    pub(super) fn run(self, context: &mut Context<'_>, run: &Run) {
        context.give(self.form, run, |context, run| match &run.handoff {
            Some(handoff) if self.handoff => context.ui.text(handoff),
            _ => told(context, run),
        });
    }
}

/// Prints a run: what was decided, on what, and what follows.
fn told(context: &mut Context<'_>, run: &Run) {
    let (ticket, title) = match &run.ticket {
        Some(ticket) => (ticket.id.as_str(), ticket.title.as_str()),
        None => ("", ""),
    };
    let name = styled(style::TITLE, &run.run);
    context.ui.line(format!("{name}  {}  {}", visible_line(ticket), visible_line(title)));
    let attempts =
        if run.attempts > 1 { format!(", attempt {}", run.attempts) } else { String::new() };
    let line = format!("{} · {}{attempts}", run.mode.name(), run.phase);
    context.ui.line(styled(style::FAINT, line));
    match &run.bundle {
        Some(bundle) => decided(context, run, bundle),
        None => context.ui.line("nothing is decided yet"),
    }
    change(context, run);
    effects(context, run);
    for note in &run.notes {
        context.ui.line(format!(
            "note of {}: {}",
            visible_line(&note.by),
            visible_line(&note.text)
        ));
    }
    if let Some(digest) = &run.bundle_digest {
        context.ui.line(styled(style::FAINT, format!("bundle {digest}")));
    }
}

/// The change that the run proposes, and what became of it.
fn change(context: &mut Context<'_>, run: &Run) {
    if let Some(pull) = &run.pr {
        let seen = run.monitor.as_ref().map(|it| format!("  {it}")).unwrap_or_default();
        context.ui.line(format!("\npull request {pull}{seen}"));
    }
    if let Some(why) = &run.turned_back {
        context.ui.line(format!("\nno change was proposed: {}", visible_line(why)));
        context.ui.note(format!("what was tried last: git show refs/prode/runs/{}", run.run));
    }
    if run.outcome.as_deref() == Some("change-by-hand") {
        let place = context.workspace().ok().and_then(|it| triage::work_tree(&it, &run.run));
        let place = place.map(|it| it.display().to_string()).unwrap_or_default();
        context.ui.line(format!(
            "\nmake the change in {}, then: prode triage resume {}",
            visible_line(&place),
            run.run
        ));
    }
}

fn decided(context: &mut Context<'_>, run: &Run, bundle: &Bundle) {
    let decision = match bundle.decision {
        Decision::Pr => styled(style::TITLE, "pr"),
        Decision::Handoff => styled(style::TITLE, "handoff"),
        Decision::Stop => styled(style::WARNING, "stop"),
    };
    let value = bundle.confidence.value;
    context.ui.line(format!("\n{decision}  {}  confidence {value} %", bundle.classification));
    for reason in &bundle.reasons {
        context.ui.line(format!("  {}: {}", reason.code(), reason.about()));
    }
    memory(context, bundle);
    questions(context, run);
    claims(context, bundle);
    for control in &bundle.negative_controls {
        let query = visible_line(&control.query).into_owned();
        let result = control.result.absence().map_or("found".to_owned(), |it| it.to_string());
        let source = &control.source;
        let line = format!("  control  {}: {query}  {result}", visible_line(source));
        context.ui.line(styled(style::FAINT, line));
    }
    for gap in &bundle.gaps {
        let needed = if gap.required { " (needed)" } else { "" };
        let line = format!("  gap  {}: {}{needed}", gap.specialist, gap.what);
        context.ui.line(styled(style::WARNING, visible_line(&line)));
    }
}

fn memory(context: &mut Context<'_>, bundle: &Bundle) {
    if bundle.memory.is_empty() {
        return context.ui.line(styled(style::FAINT, "no page of the memory fits"));
    }
    for page in &bundle.memory {
        let doubt = match (&page.superseded_by, page.stale) {
            (Some(newer), _) => format!("  superseded by {newer}"),
            (None, true) => "  stale".to_owned(),
            (None, false) => String::new(),
        };
        let line = format!("routed by {}{doubt}", short(&page.cite));
        context.ui.line(styled(style::FAINT, visible_line(&line)));
    }
}

/// A citation with as much of its commit as people read.
fn short(cite: &str) -> String {
    match cite.rsplit_once('@') {
        Some((place, commit)) if commit.len() > 12 => format!("{place}@{}", &commit[..12]),
        _ => cite.to_owned(),
    }
}

fn questions(context: &mut Context<'_>, run: &Run) {
    for question in &run.questions {
        let needed = if question.required { ", needed" } else { "" };
        let answered = format!("output:{}", question.name);
        let is_answered = run.artifacts.iter().any(|it| it.name == answered);
        let verb = if is_answered { "asked" } else { "wants" };
        let line = format!("{verb} {}: {}{needed}", question.name, question.because);
        context.ui.line(styled(style::FAINT, visible_line(&line)));
    }
}

fn claims(context: &mut Context<'_>, bundle: &Bundle) {
    for finding in &bundle.findings {
        let sum = bundle.confidence.claims.iter().find(|it| it.claim == finding.id);
        let total = sum.map_or_else(|| "  ".to_owned(), |it| format!("{:>2}", it.total));
        let claim = visible_line(&finding.claim).into_owned();
        context.ui.line(format!("  {total}  {}  {claim}", visible_line(&finding.id)));
        if let Some(sum) = sum {
            context.ui.line(styled(style::FAINT, format!("      {}", arithmetic(sum))));
        }
        let handed = bundle
            .receipts
            .iter()
            .any(|it| finding.receipts.contains(&it.id) && it.how == How::Attested);
        if handed {
            context.ui.line(styled(style::WARNING, "      handed in: it weighs nothing"));
        }
    }
}

fn arithmetic(sum: &ClaimSum) -> String {
    let parts = [
        (sum.captured, "captured"),
        (sum.second_source, "second source"),
        (sum.negative_control, "negative control"),
        (sum.correlation, "correlation"),
        (sum.reproduction, "reproduction"),
    ];
    let parts = parts.iter().filter(|(points, _)| *points > 0);
    let parts: Vec<String> = parts.map(|(points, what)| format!("{points} {what}")).collect();
    if parts.is_empty() { "nothing counts".to_owned() } else { parts.join(" + ") }
}

fn effects(context: &mut Context<'_>, run: &Run) {
    if !run.effects.is_empty() {
        context.ui.line("");
    }
    for made in &run.effects {
        let sort = serde_json::to_value(made.effect.sort).ok();
        let sort = sort.and_then(|it| it.as_str().map(str::to_owned)).unwrap_or_default();
        let why = made.why.as_ref().map(|why| format!(" ({why})")).unwrap_or_default();
        let (target, summary) = (&made.effect.target, &made.effect.summary);
        let line = format!("{}  {sort}  {target}: {summary}{why}", made.state);
        context.ui.line(visible_line(&line));
    }
    for (waiting, name) in run.waiting.iter().zip(names(&run.run, &run.waiting)) {
        let wanted = &waiting.wanted;
        let granted = run.approvals.iter().find(|it| it.request == name);
        let head = match granted {
            Some(it) => {
                format!("approved ({}): {} on {}", it.strength, wanted.action, wanted.target)
            }
            None => format!("waits for a person: {} on {}", wanted.action, wanted.target),
        };
        context.ui.line(styled(style::WARNING, visible_line(&head)));
        context.ui.line(visible(&format!("  {}", wanted.what)));
        let next = match granted {
            Some(_) if is_carried_out(run, wanted) => "  carried out".to_owned(),
            Some(_) => "  run by a person, not by prode".to_owned(),
            None => format!("  prode approve {name}"),
        };
        context.ui.line(styled(style::FAINT, next));
    }
}

/// True of the end of a ticket that the run made itself.
fn is_carried_out(run: &Run, wanted: &Wanted) -> bool {
    let mut moves = run.effects.iter().filter(|it| it.effect.sort == Sort::Move);
    let is_of = |it: &Move| it.to.action.as_ref() == Some(&wanted.action);
    moves.any(|it| it.state == "done" && it.effect.moves.as_ref().is_some_and(is_of))
}
