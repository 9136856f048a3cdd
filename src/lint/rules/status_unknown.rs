//! `status-unknown`

use super::key_place::of_key;
use super::prelude::*;
use crate::hint::nearest;

pub(super) static RULE: Rule = Rule {
    id: "status-unknown",
    family: Family::Document,
    level: Severity::Warning,
    summary: "a page's status is none that prode knows",
    why: "An unknown status is shown as written, and the page counts as an answer. Decisions have a rule of \
        their own; `lint.accept_unknown_status` turns both off. An RFC may have a decision's status.",
    repair: "write draft, active, deprecated or archived",
    fixes: false,
    check: Check::Page(check),
};

const KNOWN: &[&str] = &["draft", "active", "stable", "deprecated", "archived"];
const OF_RFC: &[&str] = &[
    "proposed",
    "accepted",
    "rejected",
    "superseded",
    "withdrawn",
    "implemented",
    "open",
    "closed",
];

fn check(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    if context.inputs.accept_unknown_status || subject.page.adr.is_some() {
        return;
    }
    let Some(status) = &subject.page.front.status else { return };
    let word = status.trim().to_lowercase();
    let is_rfc = matches!(subject.facts.kind.as_str(), "rfc" | "readiness-review" | "plan");
    if KNOWN.contains(&word.as_str()) || (is_rfc && OF_RFC.contains(&word.as_str())) {
        return;
    }
    let message = format!("the status '{status}' is not known");
    let here = of_key(subject, "status", message);
    found.push(match nearest(&word, KNOWN.iter().copied()) {
        Some(near) => here.hint(format!("did you mean {near}?")),
        None => here,
    });
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::RULE;
    use crate::lint::fixture::{Memory, lint, marked};

    #[test]
    fn a_status_that_nobody_knows_is_found() {
        marked(
            &RULE,
            "== wiki/a.md\n---\n\u{ab}status: activ\u{bb}\n---\n# A\n== wiki/b.md\n---\nstatus: Draft\n---\n# B\n\
             == wiki/c.md\n---\nkind: rfc\nstatus: accepted\n---\n# C\n== wiki/d.md\n# D\n",
        );
    }

    #[test]
    fn settings_may_accept_every_status() {
        let memory = Memory::new("== wiki/a.md\n---\nstatus: published\n---\n# A\n");
        let found = |accept: bool| {
            let outcome = lint(&memory, &json!({"accept_unknown_status": accept}), &["document"]);
            outcome.findings.iter().filter(|it| it.rule == RULE.id).count()
        };
        assert_eq!((found(false), found(true)), (1, 0));
    }
}
