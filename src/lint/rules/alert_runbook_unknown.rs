//! `alert-runbook-unknown`

use super::prelude::*;
use super::runbooks::{Led, Runbooks, word};
use crate::corpus::Page;
use crate::hint::nearest;

pub(super) static RULE: Rule = Rule {
    id: "alert-runbook-unknown",
    family: Family::Alerts,
    level: Severity::Error,
    summary: "the runbook of an alert is no page of the memory",
    why: "Whoever is woken opens a dead link. An address is a page's where it ends as the page's path does (`…/runbooks/disk-full` \
        for `wiki/runbooks/disk-full.md`; case, `-` and `_` do not count); an address in this repository must be the path itself. \
        `{{ $labels.alertname }}` is filled in; an address with other values is left alone.",
    repair: "write the address of a page that is there",
    fixes: false,
    check: Check::Memory(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    let Some(files) = &context.inputs.alerts else { return };
    let runbooks = Runbooks::new(context);
    for file in files {
        for alert in &file.alerts {
            let Some(address) = &alert.runbook else { continue };
            let name = &alert.name.text;
            let problem = match runbooks.at(&address.text, name) {
                Led::Unknown => continue,
                Led::To(page) if !context.is_archived(page) => continue,
                Led::To(page) => {
                    format!("the runbook of '{name}' is {}, which is archived", page.path)
                }
                Led::Nowhere => format!("the runbook of '{name}' is no page: {}", address.text),
            };
            let here = Found::at(&file.path, address, problem);
            found.push(match meant(context, &runbooks, &address.text, name) {
                Some(page) => here.hint(format!("did you mean {}?", page.path)),
                None => here,
            });
        }
    }
}

/// The live page that was most likely meant.
fn meant<'a>(
    context: &Context<'_>,
    runbooks: &Runbooks<'a>,
    address: &str,
    alert: &str,
) -> Option<&'a Page> {
    let last = address.split(['#', '?']).next().unwrap_or_default();
    let last = word(last.trim_end_matches('/').rsplit('/').next().unwrap_or_default());
    let near = || {
        let found = nearest(&last, runbooks.stems().map(|(stem, _)| stem))?;
        runbooks.stems().find(|(stem, _)| *stem == found).map(|(_, page)| page)
    };
    runbooks.of(alert).or_else(near).filter(|page| !context.is_archived(page))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::of_alerts;

    #[test]
    fn an_address_that_ends_as_no_page_does_is_found() {
        let pages = "== wiki/runbooks/disk-full.md\n# D\n== wiki/runbooks/old.md\n---\nstatus: archived\n---\n# O\n";
        let url = |url: &str| format!("annotations: {{runbook_url: '{url}'}}");
        let alerts = [
            ("A", url("https://x.example/runbooks/DiskFull/")),
            ("DiskFull", url("https://x.example/{{ $labels.alertname }}.html")),
            ("C", url("https://x.example/{{ $labels.instance }}")),
            ("D", url("https://x.example/runbooks/disk-ful")),
            ("E", url("https://x.example/old")),
            ("F", url("https://x.example/")),
        ];
        let alerts: Vec<_> = alerts.iter().map(|(name, rest)| (*name, rest.as_str())).collect();
        let seen = of_alerts(&RULE, pages, &alerts);
        let messages: Vec<_> = seen.iter().map(|it| it.2.as_str()).collect();
        assert_eq!(
            messages,
            [
                "the runbook of 'D' is no page: https://x.example/runbooks/disk-ful",
                "the runbook of 'E' is wiki/runbooks/old.md, which is archived",
                "the runbook of 'F' is no page: https://x.example/",
            ]
        );
        assert_eq!((seen[0].0, seen[0].1), (14, 32), "the address's own place");
    }
}
