//! `kind-unknown`

use super::key_place::of_key;
use super::prelude::*;
use crate::corpus::{KINDS, Kind};
use crate::hint::nearest;
use crate::template::Template;

pub(super) static RULE: Rule = Rule {
    id: "kind-unknown",
    family: Family::Document,
    level: Severity::Warning,
    summary: "a page's kind is none that prode or the templates know",
    why: "Filters, review intervals and the rules of a kind do not see it. A memory's own templates make kinds. \
        `type`, which other programs use for other things, is not judged.",
    repair: "write a known kind, or add a template that makes this one",
    fixes: false,
    check: Check::Page(check),
};

fn check(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    let Some(kind) = subject.page.front.text("kind") else { return };
    let word = kind.to_lowercase();
    let shapes = context.inputs.shapes.iter().map(|shape| &shape.template);
    let made = |it: &Template| it.kind.to_lowercase() == word || it.name.to_lowercase() == word;
    if Kind::named(&word).is_some() || shapes.into_iter().any(made) {
        return;
    }
    let here = of_key(subject, "kind", format!("the kind '{kind}' is not known"));
    found.push(match nearest(&word, KINDS.iter().map(|kind| kind.name)) {
        Some(near) => here.hint(format!("did you mean {near}?")),
        None => here,
    });
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::{Memory, marked_in, shape};

    #[test]
    fn a_kind_that_nobody_knows_is_found() {
        let mut memory = Memory::new(
            "== wiki/a.md\n---\n\u{ab}kind: runbok\u{bb}\n---\n# A\n== wiki/b.md\n---\nkind: Runbook\n---\n# B\n\
             == wiki/c.md\n---\ntype: Concept\n---\n# C\n== wiki/d.md\n---\nkind: drill\n---\n# D\n",
        );
        memory.inputs.shapes = vec![shape("drill", "")];
        marked_in(&RULE, &memory);
    }
}
