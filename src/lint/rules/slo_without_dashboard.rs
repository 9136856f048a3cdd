//! `slo-without-dashboard`

use super::key_place::of_key;
use super::outline::{has_link, is_in_use, parts_about, said};
use super::prelude::*;
use super::shapes::tells;

pub(super) static RULE: Rule = Rule {
    id: "slo-without-dashboard",
    family: Family::Slo,
    level: Severity::Warning,
    summary: "an SLO links to no dashboard",
    why: "Whoever is woken wants to see what is left of the budget. A link below a heading about dashboards is \
        enough, or one whose address or text says dashboard. Pages that declare kind: slo are judged.",
    repair: "link the dashboards: the SLO, the golden signals, the critical journey",
    fixes: false,
    check: Check::Page(check),
};

fn check(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    if !is_in_use(subject, &["slo"]) {
        return;
    }
    let below = parts_about(subject, &["dashboard"]);
    let is_below = below
        .iter()
        .any(|part| has_link(subject, part.body) || said(subject, part.body).contains("://"));
    let named = |text: &str| {
        let text = text.to_lowercase();
        text.contains("dashboard") || text.contains("grafana")
    };
    let is_linked =
        subject.document.links.iter().any(|link| named(&link.text) || named(&link.target));
    if !is_below && !is_linked && !tells(context, subject, &["dashboard"]) {
        let message = "it links to no dashboard";
        found.push(match below.first() {
            Some(part) => subject.found(subject.heading_span(part.section), message),
            None => of_key(subject, "kind", message),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn an_slo_that_shows_nothing_is_found() {
        marked(
            &RULE,
            "== wiki/a.md\n---\nkind: slo\n---\n# A\n\n\u{ab}## Dashboards\u{bb}\n\nLater.\n== wiki/b.md\n---\n\u{ab}kind: slo\u{bb}\n---\n# B\n\n[x](c.md)\n",
        );
    }

    #[test]
    fn one_link_is_enough() {
        marked(
            &RULE,
            "== wiki/a.md\n---\nkind: slo\n---\n# A\n\n## Dashboards\n\n[Budget](https://g.example/d/1)\n\
             == wiki/b.md\n---\nkind: slo\n---\n# B\n\n[The dashboard](https://g.example)\n== wiki/c.md\n# C\n",
        );
    }
}
