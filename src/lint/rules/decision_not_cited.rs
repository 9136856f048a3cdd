//! `decision-not-cited`

use std::collections::HashSet;

use super::decisions;
use super::key_place::of_key;
use super::outline::{body, is_in_use, said};
use super::prelude::*;
use crate::adr::AdrStatus;
use crate::corpus::{Page, Target};
use crate::repo_path::RepoPath;

pub(super) static RULE: Rule = Rule {
    id: "decision-not-cited",
    family: Family::Change,
    level: Severity::Warning,
    summary: "a decision about the same service is neither cited nor said to agree",
    why: "Changes undo decisions that nobody remembered. An accepted decision whose `services:` share one with the \
        page is linked, named by number or title, or the page says that it agrees with all decisions. Where more \
        than five share it, the service tells little, and one of them is enough. Pages that declare kind: change or \
        sop are judged; decisions that name no services are left alone.",
    repair: "link the decision, and say that the change agrees with it",
    fixes: false,
    check: Check::Page(check),
};

/// More decisions than these about one service are more than a page can name.
const MANY: usize = 5;
static AGREES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:agrees?|compatible|in line|accord\w*) (?:with|to) (?:all|every|each|the)\b[^.]{0,30}\bdecisions?\b",
    )
});

fn check(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    let services = lower(&subject.page.front.services);
    if services.is_empty() || !is_in_use(subject, &["change", "sop"]) {
        return;
    }
    let text = said(subject, body(subject));
    let shares = |page: &Page| lower(&page.front.services).iter().any(|it| services.contains(it));
    let accepted = decisions::all(context).filter(|(page, record)| {
        matches!(record.status, Some(AdrStatus::Accepted)) && shares(page)
    });
    let about: Vec<&Page> = accepted.map(|(page, _)| page).collect();
    let cited = cited(context, subject);
    let lower = text.to_lowercase();
    let is_cited = |page: &&Page| {
        let title = page.title.trim().to_lowercase();
        cited.contains(&page.path) || (title.len() > 8 && lower.contains(&title))
    };
    let (named, missed): (Vec<&Page>, Vec<&Page>) = about.into_iter().partition(is_cited);
    let is_enough = !named.is_empty() && named.len() + missed.len() > MANY;
    let [first, rest @ ..] = missed.as_slice() else { return };
    if is_enough || AGREES.is_match(&text) {
        return;
    }
    let more = match rest.len() {
        0 => String::new(),
        more => format!(" (and {more} more)"),
    };
    let message = format!("{}{more} shares a service and is not cited", first.path);
    let here = of_key(subject, "services", message).known_by("not cited");
    found.push(here.hint(format!("link it and say that this agrees: prode show {}", first.path)));
}

fn lower(names: &[String]) -> Vec<String> {
    names.iter().map(|name| name.trim().to_lowercase()).collect()
}

fn cited(context: &Context<'_>, subject: &Subject<'_>) -> HashSet<RepoPath> {
    let links = subject.document.links.iter();
    let target = links.filter_map(|link| match context.resolve(subject.page, link) {
        Target::Page { path, .. } => Some(path),
        _ => None,
    });
    target.collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    const ADR: &str = "== adr/0001-one-queue.md\n---\nstatus: accepted\nservices: [Billing]\n---\n# One queue per tenant\n\n## Decision Outcome\n\nx\n";

    #[test]
    fn a_decision_that_nobody_remembered_is_found() {
        let messages = marked(
            &RULE,
            &format!(
                "{ADR}== wiki/a.md\n---\nkind: change\n\u{ab}services: [billing, x]\u{bb}\n---\n# A\n\nNo decision touches this.\n"
            ),
        );
        assert_eq!(messages, ["adr/0001-one-queue.md shares a service and is not cited"]);
    }

    #[test]
    fn cited_and_named_decisions_and_other_services_are_left_alone() {
        marked(
            &RULE,
            &format!(
                "{ADR}== adr/0002-old.md\n---\nstatus: rejected\nservices: [billing]\n---\n# Old\n\n## Decision Outcome\n\nx\n\
                 == wiki/a.md\n---\nkind: change\nservices: [billing]\n---\n# A\n\nAgrees with ADR-1.\n\
                 == wiki/b.md\n---\nkind: change\nservices: [billing]\n---\n# B\n\nAgrees with One queue per tenant.\n\
                 == wiki/e.md\n---\nkind: change\nservices: [billing]\n---\n# E\n\nIt agrees with all accepted decisions.\n\
                 == wiki/c.md\n---\nkind: change\nservices: [search]\n---\n# C\n== wiki/d.md\n---\nservices: [billing]\n---\n# D\n"
            ),
        );
    }

    #[test]
    fn of_many_decisions_one_is_enough() {
        let many: Vec<String> = (1..8)
            .map(|n| format!("== adr/000{n}-x.md\n---\nstatus: accepted\nservices: [a]\n---\n# Decision number {n}\n\n## Decision Outcome\n\nx\n"))
            .collect();
        let messages = marked(
            &RULE,
            &format!(
                "{}== wiki/a.md\n---\nkind: sop\n\u{ab}services: [a]\u{bb}\n---\n# A\n== wiki/b.md\n---\nkind: sop\nservices: [a]\n---\n# B\n\nADR-3\n",
                many.concat()
            ),
        );
        assert_eq!(messages, ["adr/0001-x.md (and 6 more) shares a service and is not cited"]);
    }
}
