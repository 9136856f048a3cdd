//! `alert-without-runbook`

use super::prelude::*;
use super::runbooks::Runbooks;

pub(super) static RULE: Rule = Rule {
    id: "alert-without-runbook",
    family: Family::Alerts,
    level: Severity::Error,
    summary: "an alert pages somebody and has no runbook",
    why: "Whoever is woken starts from nothing. An alert pages where its label `severity` is page, critical, emergency, fatal, \
        p0, p1, sev0, sev1 or the like, or a label `page` is true. A runbook is an annotation `runbook_url` (or `runbook`, \
        `playbook_url`), or a page of the memory with the alert among its `signals` or as its name.",
    repair: "write a page with the signal alert: NAME, and add annotations.runbook_url",
    fixes: false,
    check: Check::Memory(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    let Some(files) = &context.inputs.alerts else { return };
    let runbooks = Runbooks::new(context);
    for file in files {
        let paging = file.alerts.iter().filter(|alert| alert.pages && alert.runbook.is_none());
        for alert in paging.filter(|alert| runbooks.of(&alert.name.text).is_none()) {
            let name = &alert.name.text;
            let here =
                Found::at(&file.path, &alert.name, format!("'{name}' pages and has no runbook"));
            let hint = format!(
                "write a page with the signal alert: {name}, and add annotations.runbook_url"
            );
            found.push(here.hint(hint));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::of_alerts;

    #[test]
    fn a_page_of_the_memory_counts_as_a_runbook_and_what_pages_nobody_needs_none() {
        let pages = "== wiki/runbooks/disk-full.md\n# D\n== wiki/b.md\n---\nsignals: [{alert: Queue}]\n---\n# Q\n";
        let alerts = [
            ("Bare", "labels: {severity: critical}"),
            ("DiskFull", "labels: {severity: critical}"),
            ("Queue", "labels: {severity: page}"),
            ("Linked", "labels: {severity: page, runbook_url: 'https://x'}"),
            ("Ticket", "labels: {severity: warning}"),
            ("Flag", "labels: {severity: warning, page: 'true'}"),
        ];
        let seen: Vec<_> = of_alerts(&RULE, pages, &alerts).into_iter().map(|it| it.2).collect();
        assert_eq!(seen, ["'Bare' pages and has no runbook", "'Flag' pages and has no runbook"]);
    }
}
