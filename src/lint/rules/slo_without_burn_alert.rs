//! `slo-without-burn-alert`

use super::key_place::of_key;
use super::outline::{body, is_in_use, said};
use super::prelude::*;
use super::table::tables;

pub(super) static RULE: Rule = Rule {
    id: "slo-without-burn-alert",
    family: Family::Slo,
    level: Severity::Warning,
    summary: "an SLO has no alert for a fast, or none for a slow burn of its budget",
    why: "One threshold is either late or noisy. A fast burn (2 % of the budget in 1 hour) wakes somebody, a slow one \
        (10 % in 6 hours, or in days) is a ticket: The Site Reliability Workbook, chapter 5. Pages that declare \
        kind: slo are judged: by their table of alerts and by code, or where there is neither by their words. An \
        alert is known by fast or slow beside burn, or by windows of at most 1 hour and of at least 6.",
    repair: "add the alert that is missing, with its expression",
    fixes: false,
    check: Check::Page(check),
};

static FAST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)fast[\s_-]*burn|burn\w*[\s_-]*fast|\b14\.4\b|\[(?:5m|1h)\]|\b1 ?h(?:ours?)?\b")
});
static SLOW: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)slow[\s_-]*burn|burn\w*[\s_-]*slow|\[(?:6h|1d|24h|3d)\]|\b(?:6|24) ?h(?:ours?)?\b|\b[13] ?d(?:ays?)?\b",
    )
});

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    if !is_in_use(subject, &["slo"]) {
        return;
    }
    let text = alerts(subject);
    let absent = [("fast", &FAST), ("slow", &SLOW)].into_iter();
    let absent: Vec<&str> =
        absent.filter(|(_, burn)| !burn.is_match(&text)).map(|(name, _)| name).collect();
    if !absent.is_empty() {
        let message = format!("no alert fires on a {} burn of the budget", absent.join(" or a "));
        found.push(of_key(subject, "kind", message));
    }
}

/// Rows of tables of alerts and code; the whole text where there is neither.
fn alerts(subject: &Subject<'_>) -> String {
    let whole = body(subject);
    let is_alerts = ["expression", "alert", "page or ticket", "burn"];
    let mut text = String::new();
    for table in tables(subject, whole).iter().filter(|table| table.column(&is_alerts).is_some()) {
        for row in &table.rows {
            text.extend([subject.slice(row.span), "\n"]);
        }
    }
    let blocks = subject.document.code.iter().map(|code| subject.slice(*code));
    text.extend(blocks.filter(|code| code.contains('\n')));
    if text.is_empty() { said(subject, whole) } else { text }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_burn_that_nobody_hears_of_is_found() {
        let messages = marked(
            &RULE,
            "== wiki/a.md\n---\n\u{ab}kind: slo\u{bb}\n---\n# A\n\nFast burn and slow burn alert.\n\n| Name | Expression |\n|---|---|\n| ErrorsHigh | `errors > 5` |\n\
             == wiki/b.md\n---\n\u{ab}kind: slo\u{bb}\n---\n# B\n\n| Alert | Expression |\n|---|---|\n| AFastBurn | `x > 14.4` |\n",
        );
        assert_eq!(messages[0], "no alert fires on a fast or a slow burn of the budget");
        assert_eq!(messages[1], "no alert fires on a slow burn of the budget");
    }

    #[test]
    fn both_burns_in_a_table_in_rules_or_in_words_are_left_alone() {
        marked(
            &RULE,
            "== wiki/a.md\n---\nkind: slo\n---\n# A\n\n| Name | Expression |\n|---|---|\n| AFastBurn | `x` |\n| ASlowBurn | `y` |\n\
             == wiki/b.md\n---\nkind: slo\n---\n# B\n\n```yaml\nexpr: rate(e[1h]) > 14.4\nexpr: rate(e[6h]) > 6\n```\n\
             == wiki/c.md\n---\nkind: slo\n---\n# C\n\n2 % in 1 hour pages, 10 % in 6 hours is a ticket.\n== wiki/d.md\n# SLO\n",
        );
    }
}
