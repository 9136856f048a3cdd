//! `alert-without-rotation`

use super::prelude::*;

pub(super) static RULE: Rule = Rule {
    id: "alert-without-rotation",
    family: Family::Alerts,
    level: Severity::Warning,
    summary: "an alert pages somebody and does not say whom",
    why: "It falls through to whatever receiver comes last, or to nobody. A rotation is a label or an annotation `team`, \
        `owner`, `rotation`, `receiver`, `oncall`, `squad`, `escalation`, `pagerduty`, `responder` or the like, on the rule or on \
        its group. The configuration of Alertmanager is not read.",
    repair: "add the label that your routing goes by, such as team: NAME",
    fixes: false,
    check: Check::Memory(check),
};

fn check(context: &Context<'_>, found: &mut Vec<Found>) {
    for file in context.inputs.alerts.iter().flatten() {
        for alert in file.alerts.iter().filter(|alert| alert.pages && !alert.has_rotation) {
            let message = format!("'{}' pages and does not say whom", alert.name.text);
            found.push(Found::at(&file.path, &alert.name, message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::alerts::AlertFile;
    use crate::lint::fixture::{Memory, findings};
    use crate::repo_path::RepoPath;

    /// What is found for alerts, each by its name and the lines below it.
    fn found(pages: &str, alerts: &[(&str, &str)]) -> Vec<(u32, u32, String)> {
        let mut text = "groups:\n- rules:\n".to_owned();
        for (name, rest) in alerts {
            text.push_str(&format!("  - alert: {name}\n    expr: x > 1\n    {rest}\n"));
        }
        let mut memory = Memory::new(pages);
        memory.inputs.alerts =
            Some(vec![AlertFile::read(RepoPath::from_git("rules/a.yaml"), text.as_bytes())]);
        let all = findings(&RULE, &memory);
        all.into_iter().map(|it| (it.line, it.column, it.message)).collect()
    }

    #[test]
    fn whom_it_calls_may_be_a_label_or_an_annotation() {
        let alerts = [
            ("Bare", "labels: {severity: critical}"),
            ("Label", "labels: {severity: critical, team: storage}"),
            ("Note", "labels: {severity: critical}\n    annotations: {owner: '@ada'}"),
            ("Empty", "labels: {severity: critical, team: ''}"),
            ("Ticket", "labels: {severity: info}"),
        ];
        let seen: Vec<_> = found("== wiki/a.md\n# A\n", &alerts);
        assert_eq!(seen[0], (3, 12, "'Bare' pages and does not say whom".to_owned()));
        assert_eq!((seen.len(), seen[1].2.as_str()), (2, "'Empty' pages and does not say whom"));
    }
}
