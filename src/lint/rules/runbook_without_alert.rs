//! `runbook-without-alert`

use super::prelude::*;
use super::runbooks::Runbooks;
use crate::document::Signal;

pub(super) static RULE: Rule = Rule {
    id: "runbook-without-alert",
    family: Family::Alerts,
    level: Severity::Info,
    summary: "no alert names this runbook",
    why: "Nobody is led to it when it is needed; or its alert was renamed or taken away. Looked at are runbooks that are neither \
        archived nor drafts, where `--alerts` names every file of rules and each could be read to its end.",
    repair: "name it in the runbook_url of its alert, write the alert into its signals, or archive it",
    fixes: false,
    check: Check::Memory(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    let Some(files) = &context.inputs.alerts else { return };
    if files.iter().any(|file| !file.is_whole) {
        return;
    }
    let named = Runbooks::new(context).named(files);
    for page in context.catalogue.pages() {
        let facts = context.catalogue.rules().facts(page, context.today);
        let stem = page.path.file_stem().to_lowercase();
        let is_index = ["index", "_index", "readme"].contains(&stem.as_str());
        let is_left = facts.kind != "runbook" || facts.archived || facts.draft || is_index;
        if is_left || named.contains(&page.path) {
            continue;
        }
        let alerts = page.front.signals.iter().filter_map(|signal| match signal {
            Signal::Alert(name) => Some(format!("'{name}'")),
            Signal::Error(_) | Signal::Regex(_) => None,
        });
        let alerts: Vec<String> = alerts.collect();
        let message = if alerts.is_empty() {
            "no alert names this runbook".to_owned()
        } else {
            format!("no alert is called {}", alerts.join(" or "))
        };
        found.push(Found::in_file(&page.path, message));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::of_alerts;

    #[test]
    fn a_runbook_that_no_alert_leads_to_is_found() {
        let page = |name: &str, front: &str| {
            format!("== wiki/runbooks/{name}.md\n---\n{front}\n---\n# X\n")
        };
        let pages = [
            page("by-name", "title: a"),
            page("by-address", "title: b"),
            page("by-signal", "signals: [{alert: Queue}]"),
            page("alone", "title: c"),
            page("renamed", "signals: [{alert: OldName}]"),
            page("draft", "status: draft"),
            page("index", "title: d"),
        ];
        let alerts = [
            ("ByName", "labels: {severity: info}"),
            ("Queue", "labels: {severity: info}"),
            ("Other", "annotations: {runbook_url: 'https://x/by-address'}"),
        ];
        let seen: Vec<_> =
            of_alerts(&RULE, &pages.concat(), &alerts).into_iter().map(|it| it.2).collect();
        assert_eq!(seen, ["no alert names this runbook", "no alert is called 'OldName'"]);
    }
}
