//! `slo-incomplete`

use super::key_place::of_key;
use super::outline::{body, is_in_use, prose};
use super::prelude::*;
use super::table::{Asked, lacks, tables};

pub(super) static RULE: Rule = Rule {
    id: "slo-incomplete",
    family: Family::Slo,
    level: Severity::Warning,
    summary: "an SLO has no indicator, target, window or error budget",
    why: "Without one of the four nobody can say whether it was met. Pages that declare kind: slo are judged: each \
        table with a column for the target, and each of its rows; what the text states for all of them needs no \
        column, and a page without such a table is judged by its words.",
    repair: "write what is measured, the target, over which window, and the budget that is left",
    fixes: false,
    check: Check::Page(check),
};

const TARGET: &[&str] = &["target", "objective", "goal", "slo ."];
#[rustfmt::skip]
const ASKED: &[Asked] = &[
    Asked { name: "indicator",    stems: &["sli ", "slis ", "indicator", "measure", "what"] },
    Asked { name: "target",       stems: TARGET },
    Asked { name: "window",       stems: &["window", "period", "over"] },
    Asked { name: "error budget", stems: &["error budget", "budget"] },
];

/// What a page without a table must speak of.
static WORDS: LazyLock<Vec<(&str, Regex)>> = LazyLock::new(|| {
    vec![
        (
            "indicator",
            pattern(r"(?i)\bSLIs?\b|indicator|measured|share of|ratio|proportion|latency"),
        ),
        ("target", pattern(r"\d\s*%")),
        (
            "window",
            pattern(
                r"(?i)(?:\d+|one|two|three|four|six|twelve)[\s-]*(?:d|days?|weeks?|months?|quarters?)\b|\b(?:rolling|calendar|per) (?:\w+ )?(?:week|month|quarter)",
            ),
        ),
        ("error budget", pattern(r"(?i)budget")),
    ]
});

fn check(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    if !is_in_use(subject, &["slo"]) {
        return;
    }
    let mut tables = tables(subject, body(subject));
    tables.retain(|table| table.column(TARGET).is_some());
    let text = prose(subject);
    for table in &tables {
        // What all rows have in common may stand above them.
        let is_asked =
            |asked: &&Asked| table.column(asked.stems).is_some() || !states(asked, &text);
        let asked: Vec<Asked> = ASKED.iter().filter(is_asked).copied().collect();
        lacks(context, subject, table, &asked, found);
    }
    if tables.is_empty() {
        let absent: Vec<&str> = WORDS
            .iter()
            .filter(|(_, words)| !words.is_match(&text))
            .map(|(name, _)| *name)
            .collect();
        if !absent.is_empty() {
            found.push(of_key(subject, "kind", format!("it states no {}", absent.join(", no "))));
        }
    }
}

fn states(asked: &Asked, text: &str) -> bool {
    WORDS.iter().any(|(name, words)| *name == asked.name && words.is_match(text))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn what_an_slo_lacks_is_found() {
        let messages = marked(
            &RULE,
            "== wiki/a.md\n---\nkind: slo\n---\n# A\n\n\u{ab}| SLI | Target | Window |\u{bb}\n|---|---|---|\n\u{ab}| errors | 99.9 % | |\u{bb}\n\
             == wiki/b.md\n---\n\u{ab}kind: slo\u{bb}\n---\n# B\n\nBe up 99.9 % of the time.\n",
        );
        assert_eq!(messages[0], "the table has no column for error budget");
        assert_eq!(messages[1], "the row 'errors' does not say window");
        assert_eq!(messages[2], "it states no indicator, no window, no error budget");
    }

    #[test]
    fn a_whole_slo_and_foreign_tables_are_left_alone() {
        marked(
            &RULE,
            "== wiki/a.md\n---\nkind: slo\n---\n# A\n\n| Indicator | Objective | Period | Budget |\n|---|---|---|---|\n| errors | 99.9 % | 30 days | 43.2 min |\n\
             == wiki/b.md\n---\nkind: slo\n---\n# B\n\nThe share of good requests is 99.9 % over 30 days: a budget of 43.2 minutes.\n\
             == wiki/d.md\n---\nkind: slo\n---\n# D\n\nOver a four-week window. The error budget is what the objective leaves.\n\n| Category | SLI | SLO |\n|---|---|---|\n| API | share of good requests | 97 % |\n\
             == wiki/c.md\n# C\n\n| Target |\n|---|\n| x86 |\n",
        );
    }
}
