//! `phase-without-check`

use super::outline::{Part, has_code, has_link, has_word, is_in_use, parts, said};
use super::prelude::*;
use super::shapes::tells;
use super::table::{Table, tables};

pub(super) static RULE: Rule = Rule {
    id: "phase-without-check",
    family: Family::Work,
    level: Severity::Warning,
    summary: "a phase has no command, no expected result, or no exit criteria",
    why: "\"Done\" is then a feeling. On pages that declare kind: plan or phase-spec each row of a table with a \
        command and what it must print fills in both; a phase with a heading of its own holds code and says what is \
        expected or when it is left; a phase-spec has exit criteria.",
    repair: "add the command, what it must print, and when the phase is over",
    fixes: false,
    check: Check::Page(check),
};

const COMMAND: &[&str] = &["command", "verification", "check", "verified"];
const EXPECTED: &[&str] = &["expect", "result", "prints", "passes"];
static EXIT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\bexpect|\bexit criteri|\bdone (?:when|if)|\bmust (?:print|show|be|pass|give|return)|\bprints\b|\bpasses\b|\[[ x]\]",
    )
});

fn check(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    if !is_in_use(subject, &["plan", "phase-spec"]) {
        return;
    }
    let tables = tables(subject, super::outline::body(subject));
    // Each table is judged, not only the first that holds phases.
    let has_rows = tables.iter().filter(|table| rows(subject, table, found)).count() > 0;
    let parts = parts(subject);
    let phases = parts.iter().filter(|part| is_phase(part));
    for phase in phases.filter(|_| !has_rows) {
        let text = said(subject, phase.body);
        let mut lacks = Vec::new();
        let has_command = has_code(subject, phase.body) || has_link(subject, phase.body);
        lacks.extend((!has_command).then_some("no command"));
        lacks.extend((!EXIT.is_match(&text)).then_some("no expected result"));
        report(subject, phase, &lacks, found);
    }
    let exits = |part: &&Part<'_>| part.is_about(&["exit", "done ", "definition of done"]);
    if is_in_use(subject, &["phase-spec"])
        && parts.iter().find(exits).is_none()
        && !tells(context, subject, &["exit criteria"])
    {
        found.push(super::key_place::of_key(subject, "kind", "the phase has no exit criteria"));
    }
}

/// A heading such as `Phase 2: Copy`, below the title.
pub(super) fn is_phase(part: &Part<'_>) -> bool {
    let rest = part.name.strip_prefix("phase ").unwrap_or_default();
    part.section.level > 1 && rest.starts_with(|c: char| c.is_ascii_digit())
}

/// Judges a table of phases; false where it is none.
fn rows(subject: &Subject<'_>, table: &Table, found: &mut Vec<Found>) -> bool {
    let first = table.head.first().map_or("", String::as_str);
    let is_phases = has_word(first, &["phase", "step", "slice"]);
    let (command, expected) = (table.column(COMMAND), table.column(EXPECTED));
    if !is_phases && (command.is_none() || expected.is_none()) {
        return false;
    }
    for row in table.rows.iter().filter(|row| !row.is_blank()) {
        let is_empty = |at: Option<usize>| at.is_none_or(|at| row.lacks(at));
        let mut lacks = Vec::new();
        lacks.extend(is_empty(command).then_some("no command"));
        lacks.extend(is_empty(expected).then_some("no expected result"));
        if !lacks.is_empty() {
            let message = format!("'{}' has {}", row.cell(0), lacks.join(", "));
            found.push(subject.found(row.span, message));
        }
    }
    is_phases
}

fn report(subject: &Subject<'_>, phase: &Part<'_>, lacks: &[&str], found: &mut Vec<Found>) {
    if !lacks.is_empty() {
        let message = format!("'{}' has {}", phase.section.heading, lacks.join(", "));
        found.push(subject.found(subject.heading_span(phase.section), message));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_phase_that_cannot_be_checked_is_found() {
        let messages = marked(
            &RULE,
            "== wiki/a.md\n---\nkind: plan\n---\n# A\n\n| Phase | What | Command | Expected |\n|---|---|---|---|\n\u{ab}| 1 | copy | `cp` | |\u{bb}\n| 2 | look | `ls` | one file |\n\
             == wiki/b.md\n---\nkind: plan\n---\n# B\n\n\u{ab}## Phase 1: Copy\u{bb}\n\nCopy it.\n\n## Phase 2\n\n`ls` prints one file.\n\
             == wiki/c.md\n---\n\u{ab}kind: phase-spec\u{bb}\n---\n# Phase 1\n\n| Command | Expected |\n|---|---|\n| `ls` | one |\n",
        );
        assert_eq!(messages[0], "'1' has no expected result");
        assert_eq!(messages[1], "'Phase 1: Copy' has no command, no expected result");
        assert_eq!(messages[2], "the phase has no exit criteria");
    }

    #[test]
    fn whole_phases_and_other_kinds_are_left_alone() {
        marked(
            &RULE,
            "== wiki/a.md\n---\nkind: phase-spec\n---\n# Phase 1\n\n## Verification\n\n| Command | Expected |\n|---|---|\n| `ls` | one |\n\n## Exit criteria\n\n- [ ] x\n\
             == wiki/b.md\n# B\n\n## Phase 1\n\nx\n",
        );
    }
}
