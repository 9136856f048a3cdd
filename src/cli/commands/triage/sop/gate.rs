//! A run of a procedure for people: the gate that it is at, and what is asked there.

use crate::cli::context::Context;
use crate::cli::ui::{style, styled};
use crate::ops::triage::sop::Act;
use crate::rendering::{visible, visible_line};
use crate::sop::event::Decision;
use crate::sop::run::{DecidedRow, GateRow, SopRun, StepRow};

/// Prints where a run is, and everything of the gate that it is at.
pub(super) fn told(context: &mut Context<'_>, run: &SopRun) {
    let name = styled(style::TITLE, &run.run);
    context.ui.line(format!("{name}  {}  {}", run.status, visible_line(&run.title)));
    let digest = run.gates_digest.get(..19).unwrap_or_default();
    let line = format!("{}, gates {digest}", run.sop);
    context.ui.line(styled(style::FAINT, visible_line(&line)));
    if run.outdated {
        let line = "the trunk has another version by now; a check will refuse this one";
        context.ui.line(styled(style::WARNING, line));
    }
    for gate in &run.gates {
        let is_at = Some(gate.number) == run.gate;
        head(context, gate, is_at);
        if is_at {
            body(context, gate);
        }
    }
    for refusal in &run.refusals {
        let line = format!("not passed: {refusal}");
        context.ui.line(styled(style::WARNING, visible_line(&line)));
    }
    if run.status == "done" {
        context.ui.line("every gate is passed; the record for the pull request:");
        context.ui.line(styled(
            style::HINT,
            format!("  prode triage sop start --run {} --record", run.run),
        ));
    }
    for next in &run.next {
        context.ui.line(styled(style::HINT, format!("  {}", visible_line(next))));
    }
}

fn head(context: &mut Context<'_>, gate: &GateRow, is_at: bool) {
    let decided = gate.decided.as_ref().map(how).unwrap_or_default();
    let heading = visible_line(&gate.heading).into_owned();
    let heading = if is_at { styled(style::TITLE, heading) } else { heading };
    context.ui.line(format!("{}  {:<7}  {heading}{decided}", gate.number, gate.state));
}

fn how(decided: &DecidedRow) -> String {
    let words = format!("  {} by {}, {}", decided.decision.name(), decided.by, decided.how.name());
    visible_line(&words).into_owned()
}

fn body(context: &mut Context<'_>, gate: &GateRow) {
    for step in &gate.steps {
        step_lines(context, step);
    }
    for stop in &gate.stops {
        let mark = if stop.marked { "IS SO" } else { "stop if" };
        let line = format!("   {mark} {}: {}", stop.number, stop.text);
        let line = visible_line(&line).into_owned();
        context.ui.line(if stop.marked { styled(style::WARNING, line) } else { line });
    }
    for (name, words) in [
        ("decision", Some(gate.decision.clone()).filter(|it| !it.is_empty())),
        ("hold_for", gate.hold_for.clone()),
        ("held until", gate.held_until.clone()),
    ] {
        if let Some(words) = words {
            context.ui.line(visible_line(&format!("   {name}: {words}")));
        }
    }
    for block in &gate.blocked_while {
        let is = match block.on {
            Some(true) => "it is so",
            Some(false) => "it is not so",
            None => "nobody said",
        };
        context.ui.line(visible_line(&format!("   blocked_while: {} ({is})", block.what)));
    }
}

fn step_lines(context: &mut Context<'_>, step: &StepRow) {
    let done = if step.outputs.is_empty() { ' ' } else { 'x' };
    let line = format!("   [{done}] {}. {}", step.number, step.step.text);
    context.ui.line(visible_line(&line));
    for line in step.step.command.iter().flat_map(|it| it.lines()) {
        context.ui.line(styled(style::PATH, format!("          {}", visible(line))));
    }
    if let Some(output) = step.outputs.last() {
        let line = format!("          {} bytes, excerpt {}", output.bytes, output.digest);
        context.ui.line(styled(style::FAINT, visible_line(&line)));
    }
}

/// What a person at the terminal says of the gate; nothing where nobody sits there.
pub(super) fn ask(context: &mut Context<'_>, run: &SopRun) -> Vec<Act> {
    let gate = run.gate.and_then(|it| run.gates.get(it as usize - 1));
    let Some(gate) = gate else { return Vec::new() };
    for stop in gate.stops.iter().filter(|it| !it.marked) {
        let question = format!("is it so, \"{}\"?", visible_line(&stop.text));
        match context.ui.ask(question) {
            None => return Vec::new(),
            Some(false) => {}
            Some(true) => {
                let why = context.ui.ask_text("why").unwrap_or_default();
                return vec![Act::Mark { condition: stop.number, holds: true, why }];
            }
        }
    }
    let question = format!("gate {}: go, stop, or nothing to leave it", gate.number);
    let decision = match context.ui.ask_text(question).as_deref() {
        Some("go") => Decision::Go,
        Some("stop") => Decision::Stop,
        _ => return Vec::new(),
    };
    let why = context.ui.ask_text("why").unwrap_or_default();
    vec![Act::Decide { decision, why }]
}
