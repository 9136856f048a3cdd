//! `plan-not-mirrored`

use std::collections::BTreeSet;

use super::prelude::*;
use crate::corpus::Page;
use crate::lint::note::Note;

pub(super) static RULE: Rule = Rule {
    id: "plan-not-mirrored",
    family: Family::Work,
    level: Severity::Warning,
    summary: "a plan, its prompts and its notes do not speak of the same phases",
    why: "The agent follows the prompts, people read the plan, and the notes say what happened: where they part, \
        nobody knows which one holds. Pages that declare kind: phase-prompts, phase-spec or work-notes name their \
        plan in `plan:`. The plan is there; prompts have each of its phases and no other; notes name no phase that \
        it does not have; a plan that has prompts has notes. A plan without numbered phases is left alone.",
    repair: "bring the plan, the prompts and the notes to the same phases",
    fixes: false,
    check: Check::Memory(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    for note in &context.notes {
        let Some(named) = note.plan.as_deref().filter(|_| note.kind != "plan") else { continue };
        match plan_of(context, note) {
            None => found.push(Found::in_file(&note.path, format!("there is no plan '{named}'"))),
            Some(plan) => compare(context, note, plan, found),
        }
    }
    for plan in context.notes.iter().filter(|note| note.kind == "plan") {
        let has = |kind: &str| {
            let mut of_kind = context.notes.iter().filter(|note| note.kind == kind);
            of_kind.any(|note| plan_of(context, note).is_some_and(|page| page.path == plan.path))
        };
        if has("phase-prompts") && !has("work-notes") {
            let message = "the plan has prompts and no work notes";
            let here = Found::in_file(&plan.path, message);
            found.push(
                here.hint("begin them: prode new work-notes, with plan: in the front matter"),
            );
        }
    }
}

fn compare(context: &Context<'_>, note: &Note, page: &Page, found: &mut Vec<Found>) {
    let Some(plan) = context.notes.iter().find(|it| it.path == page.path && it.kind == "plan")
    else {
        return;
    };
    if plan.phases.is_empty() || note.phases.is_empty() {
        return;
    }
    let list = |phases: Vec<&String>| {
        phases.into_iter().map(String::as_str).collect::<Vec<_>>().join(", ")
    };
    let difference = |a: &BTreeSet<String>, b: &BTreeSet<String>| {
        list(a.iter().filter(|phase| !b.contains(*phase)).collect())
    };
    let strange = difference(&note.phases, &plan.phases);
    if !strange.is_empty() {
        let message = format!("phase {strange} is not in {}", plan.path);
        found.push(Found::in_file(&note.path, message));
    }
    let missed = difference(&plan.phases, &note.phases);
    if note.kind == "phase-prompts" && !missed.is_empty() {
        let message = format!("it has no prompt for phase {missed} of {}", plan.path);
        found.push(Found::in_file(&note.path, message));
    }
}

/// The page that the note calls its plan: a path from the top, one from
/// beside it, or a name.
pub(super) fn plan_of<'a>(context: &'a Context<'_>, note: &Note) -> Option<&'a Page> {
    let named = note.plan.as_deref()?.split('#').next()?.trim();
    let catalogue = context.catalogue;
    let at = |path: Option<crate::repo_path::RepoPath>| catalogue.page(&path?);
    at(crate::repo_path::RepoPath::new(named).ok())
        .or_else(|| at(note.path.parent().join(named)))
        .or_else(|| catalogue.named(named).into_iter().next())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    const PLAN: &str = "---\nkind: plan\n---\n# Copy\n\n| Phase | Command | Expected |\n|---|---|---|\n| 1 | `a` | b |\n| 2 | `a` | b |\n";

    #[test]
    fn what_does_not_mirror_its_plan_is_found() {
        let messages = marked(
            &RULE,
            &format!(
                "== wiki/notes.md\n\u{ab}\u{bb}---\nkind: work-notes\nplan: wiki/gone.md\n---\n# N\n\
                 == wiki/plan.md\n\u{ab}\u{bb}{PLAN}== wiki/prompts.md\n\u{ab}\u{bb}\u{ab}\u{bb}---\nkind: phase-prompts\nplan: plan.md\n---\n# P\n\n1. For phase 1: x\n2. For phase 3: y\n"
            ),
        );
        assert_eq!(
            messages,
            [
                "there is no plan 'wiki/gone.md'",
                "the plan has prompts and no work notes",
                "it has no prompt for phase 2 of wiki/plan.md",
                "phase 3 is not in wiki/plan.md"
            ]
        );
    }

    #[test]
    fn mirrored_work_is_left_alone() {
        marked(
            &RULE,
            &format!(
                "== wiki/notes.md\n---\nkind: work-notes\nplan: wiki/plan.md\n---\n# N\n\nPhase 1 is over.\n\
                 == wiki/plan.md\n{PLAN}== wiki/prompts.md\n---\nkind: phase-prompts\nplan: plan.md\n---\n# P\n\n1. For phase 1: x\n2. For phase 2: y\n\
                 == wiki/other.md\n---\nplan: gone.md\n---\n# O\n"
            ),
        );
    }
}
