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
    use crate::lint::fixture::of_alerts;

    #[test]
    fn whom_it_calls_may_be_a_label_or_an_annotation() {
        let alerts = [
            ("Bare", "labels: {severity: critical}"),
            ("Label", "labels: {severity: critical, team: storage}"),
            ("Note", "labels: {severity: critical}\n    annotations: {owner: '@ada'}"),
            ("Empty", "labels: {severity: critical, team: ''}"),
            ("Ticket", "labels: {severity: info}"),
        ];
        let seen: Vec<_> = of_alerts(&RULE, "== wiki/a.md\n# A\n", &alerts);
        assert_eq!(seen[0], (3, 12, "'Bare' pages and does not say whom".to_owned()));
        assert_eq!((seen.len(), seen[1].2.as_str()), (2, "'Empty' pages and does not say whom"));
    }
}
