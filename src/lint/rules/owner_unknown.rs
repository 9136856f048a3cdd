//! `owner-unknown`

use super::key_place::of_key;
use super::prelude::*;
use crate::hint::nearest;

pub(super) static RULE: Rule = Rule {
    id: "owner-unknown",
    family: Family::Document,
    level: Severity::Warning,
    summary: "a page names an owner that neither CODEOWNERS nor people: knows",
    why: "The team was renamed, or the person left, and whoever asks gets no answer. Where there is neither list \
        nothing is judged.",
    repair: "name a team of CODEOWNERS, or add the owner to people: in prode.yaml",
    fixes: false,
    check: Check::Page(check),
};

fn check(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    let rules = context.catalogue.rules();
    let listed = rules.owners.everybody();
    if listed.is_empty() {
        return;
    }
    let bare = |name: &str| name.trim_start_matches('@').to_lowercase();
    for owner in &subject.page.front.owner {
        let is_listed = listed.iter().any(|known| bare(known) == bare(owner));
        if is_listed || rules.people.knows(owner) || rules.people.knows(&bare(owner)) {
            continue;
        }
        let message = format!("the owner '{owner}' is in no list");
        let here = of_key(subject, "owner", message);
        found.push(match nearest(owner, listed.iter().copied()) {
            Some(near) => here.hint(format!("did you mean {near}?")),
            None => here,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn an_owner_in_no_list_is_found() {
        marked(
            &RULE,
            "== CODEOWNERS\n* @org/payments\n== wiki/a.md\n---\n\u{ab}owner: \"@org/payment\"\u{bb}\n---\n# A\n\
             == wiki/b.md\n---\nowner: org/Payments\n---\n# B\n",
        );
    }

    #[test]
    fn without_a_list_nothing_is_judged() {
        marked(&RULE, "== wiki/a.md\n---\nowner: ada\n---\n# A\n");
    }
}
