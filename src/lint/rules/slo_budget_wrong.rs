//! `slo-budget-wrong`

use super::outline::{body, is_in_use};
use super::prelude::*;
use super::table::{Row, Table, tables};

pub(super) static RULE: Rule = Rule {
    id: "slo-budget-wrong",
    family: Family::Slo,
    level: Severity::Error,
    summary: "an SLO's error budget does not follow from its target and window",
    why: "The budget is what the alerts burn. In time it is (100 % − target) × window: 99.9 % over 30 days leaves 43.2 \
        minutes; as a share, or in requests of so many, it is 100 % − target. Rows of a table with the columns \
        target, window and error budget are checked, and on pages that declare kind: slo sentences such as the \
        one above; 2 % of tolerance for rounding. Windows in months and quarters have no length and are left alone.",
    repair: "write the budget that follows, or mend the target",
    fixes: false,
    check: Check::Page(check),
};

static PERCENT: LazyLock<Regex> = LazyLock::new(|| pattern(r"(\d+(?:[.,]\d+)?)\s*%"));
static WINDOW: LazyLock<Regex> = LazyLock::new(|| pattern(r"(\d+)\s*-?(d|days?|w|weeks?)\b"));
static SPAN: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(\d+(?:[.,]\d+)?)\s*(s|sec\w*|m|min\w*|h|hours?|d|days?)\b"));
static REQUESTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(\d[\d,]*)\s*(?:of|in|out of|per|/)\s*(\d[\d,]*)\s*(?:requests|events|calls|jobs|messages|queries)",
    )
});
/// `99.9 % over 30 days leaves 43.2 minutes`
static SENTENCE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(\d+(?:[.,]\d+)?\s*%)\s+(?:over|in|for|of|per)\s+(\d+[\s-]*(?:days?|weeks?))\s+(?:leaves?|allows?|gives?|means|is)\s+(?:an? (?:error )?budget of\s+)?(\d+(?:[.,]\d+)?\s*(?:s|sec\w*|min\w*|h|hours?)\b)",
    )
});

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    if is_in_use(subject, &["slo"]) {
        for hit in SENTENCE.captures_iter(subject.visible()) {
            let (Some(whole), Some(slo)) = (hit.get(0), Slo::read(&hit[1], &hit[2], &hit[3]))
            else {
                continue;
            };
            let span = span_of(whole.start(), whole.end());
            found.extend(slo.wrong().map(|message| subject.found(span, message)));
        }
    }
    // Few pages speak of one, and reading tables costs a copy of the page.
    if !["udget", "UDGET"].iter().any(|word| subject.text.as_str().contains(word)) {
        return;
    }
    for table in tables(subject, body(subject)) {
        let Some(columns) = Columns::of(&table) else { continue };
        for row in &table.rows {
            let wrong = columns.slo(row).and_then(|slo| slo.wrong());
            found.extend(wrong.map(|message| subject.found(row.span, message)));
        }
    }
}

/// Places of the columns that matter.
struct Columns {
    target: usize,
    window: Option<usize>,
    budget: usize,
}

impl Columns {
    fn of(table: &Table) -> Option<Self> {
        let column = |word| table.column(&[word]);
        Some(Self {
            target: column("target")?,
            window: column("window"),
            budget: column("budget").or_else(|| column("error budget"))?,
        })
    }

    fn slo<'a>(&self, row: &'a Row) -> Option<Slo<'a>> {
        Slo::read(
            row.cell(self.target),
            self.window.map_or("", |at| row.cell(at)),
            row.cell(self.budget),
        )
    }
}

/// One target, its window and the budget that is written.
struct Slo<'a> {
    /// In per cent, at least 50 and below 100.
    target: f64,
    /// In days.
    window: Option<f64>,
    budget: &'a str,
}

impl<'a> Slo<'a> {
    fn read(target: &str, window: &str, budget: &'a str) -> Option<Self> {
        let target = number(&PERCENT.captures(target)?[1])?;
        let window = WINDOW.captures(window).and_then(|hit| {
            let days = if hit[2].starts_with('w') { 7.0 } else { 1.0 };
            Some(number(&hit[1])? * days)
        });
        (50.0..100.0).contains(&target).then_some(Self { target, window, budget })
    }

    /// What is wrong with the first of share, time and requests that is.
    fn wrong(&self) -> Option<String> {
        self.share().or_else(|| self.time()).or_else(|| self.requests())
    }

    /// What may fail, in per cent.
    fn left(&self) -> f64 {
        100.0 - self.target
    }

    fn share(&self) -> Option<String> {
        let written = number(&PERCENT.captures(self.budget)?[1])?;
        let message =
            format!("the budget of {} % is {} %, not {written} %", self.target, tidy(self.left()));
        is_far(self.left(), written).then_some(message)
    }

    fn time(&self) -> Option<String> {
        let (days, written) = (self.window?, minutes(self.budget)?);
        let right = self.left() / 100.0 * days * 1_440.0;
        let message = format!(
            "{} % over {days} days leaves {} minutes, not {}",
            self.target,
            tidy(right),
            tidy(written)
        );
        is_far(right, written).then_some(message)
    }

    fn requests(&self) -> Option<String> {
        let hit = REQUESTS.captures(self.budget)?;
        let count = |text: &str| text.replace(',', "").parse::<f64>().ok();
        let (written, all) = (count(&hit[1])?, count(&hit[2])?);
        let right = self.left() / 100.0 * all;
        let message =
            format!("{} % of {all} requests leaves {}, not {written}", self.target, tidy(right));
        is_far(right, written).then_some(message)
    }
}

/// A number with a point or a comma before its fraction.
fn number(text: &str) -> Option<f64> {
    text.replace(',', ".").parse().ok()
}

/// The sum of `7h 12m`, in minutes.
fn minutes(text: &str) -> Option<f64> {
    let parts = SPAN.captures_iter(text).map(|part| {
        let count = number(&part[1]).unwrap_or_default();
        match &part[2][..1] {
            "s" => count / 60.0,
            "h" => count * 60.0,
            "d" => count * 1_440.0,
            _ => count,
        }
    });
    let sum: f64 = parts.sum();
    (sum > 0.0).then_some(sum)
}

fn is_far(right: f64, written: f64) -> bool {
    (right - written).abs() > right * 0.02
}

fn tidy(number: f64) -> String {
    let text = format!("{number:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::marked;

    #[test]
    fn a_budget_that_does_not_follow_is_found() {
        let messages = marked(
            &RULE,
            "== wiki/slo.md\n# SLOs\n\n| SLI | Target | Window | Error budget |\n|---|---|---|---|\n\
             \u{ab}| a | 99.9 % | 30 days | 7h 12m |\u{bb}\n\u{ab}| b | 99.5% | 28d | 1 % |\u{bb}\n",
        );
        assert_eq!(messages[0], "99.9 % over 30 days leaves 43.2 minutes, not 432");
        assert_eq!(messages[1], "the budget of 99.5 % is 0.5 %, not 1 %");
    }

    #[test]
    fn what_follows_or_cannot_be_read_is_left_alone() {
        marked(
            &RULE,
            "== wiki/slo.md\n# SLOs\n\n| SLI | Target | Window | Error budget |\n|---|---|---|---|\n\
             | a | 99.9 % | 30 days | 43 min |\n| b | 99.5% | 28d | 3h 22m |\n| c | p99 < 300 ms | 28d | 5 % |\n\
             | d | 99.95 % | 7 days | 0.05 % |\n\nBudget of a target: 7 %\n",
        );
    }

    #[test]
    fn time_beside_a_share_requests_and_sentences_are_checked_too() {
        let messages = marked(
            &RULE,
            "== wiki/slo.md\n---\nkind: slo\n---\n# SLOs\n\n| SLI | Target | Window | Error budget |\n|---|---|---|---|\n\
             \u{ab}| a | 99.9 % | 30 days | 0.1 %, 432 minutes |\u{bb}\n\u{ab}| b | `99.9 %` | 4 weeks | 2,000 of 1,000,000 requests |\u{bb}\n\
             | c | 99,9 % | 4 weeks | 0,1 %, 40.3 min |\n| d | 99.9 % | 1 month | 1,000 of 1,000,000 requests |\n\n\
             Here \u{ab}99.9 % over 30 days leaves 4.32 minutes\u{bb}, and 99.9 % over 30 days leaves 43.2 minutes.\n\
             == wiki/other.md\n# O\n\n99.9 % over 30 days leaves 4 minutes.\n",
        );
        assert_eq!(messages[0], "99.9 % over 30 days leaves 43.2 minutes, not 432");
        assert_eq!(messages[1], "99.9 % of 1000000 requests leaves 1000, not 2000");
    }
}
