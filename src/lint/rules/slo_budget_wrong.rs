//! `slo-budget-wrong`

use std::sync::LazyLock;

use regex::Regex;

use crate::diagnostic::Severity;
use crate::lint::context::Context;
use crate::lint::finding::Found;
use crate::lint::rule::{Check, Family, Rule};
use crate::lint::subject::{Subject, span_of};

pub(super) static RULE: Rule = Rule {
    id: "slo-budget-wrong",
    family: Family::Work,
    level: Severity::Error,
    summary: "an SLO's error budget does not follow from its target and window",
    why: "The budget is what the alerts burn. For a target in per cent and a window in days it is \
        (100 % − target) × window; a budget in per cent is 100 % − target. Rows of a table with \
        the columns target, window and error budget are checked, with 2 % of tolerance for \
        rounding.",
    repair: "write the budget that follows, or mend the target",
    fixes: false,
    check: Check::Page(check),
};

static PERCENT: LazyLock<Regex> = LazyLock::new(|| pattern(r"(\d+(?:\.\d+)?)\s*%"));
static DAYS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(\d+)\s*-?(?:d|days?)\b"));
static SPAN: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(\d+(?:\.\d+)?)\s*(s|sec\w*|m|min\w*|h|hours?|d|days?)\b"));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a fixed pattern that a test compiles")
}

/// Places of the columns that matter.
struct Columns {
    target: usize,
    window: Option<usize>,
    budget: usize,
}

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    let text = subject.visible();
    // Few pages have the column at all.
    if !["budget", "Budget", "BUDGET"].iter().any(|word| text.contains(word)) {
        return;
    }
    let mut columns: Option<Columns> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        if trimmed.starts_with('|') {
            let cells: Vec<&str> = trimmed.trim_matches('|').split('|').map(str::trim).collect();
            match &columns {
                None => columns = Columns::of(&cells),
                Some(columns) => {
                    if let Some(message) = columns.wrong(&cells) {
                        let start = at + line.len() - line.trim_start().len();
                        let span = span_of(start, start + trimmed.len());
                        found.push(subject.found(span, message));
                    }
                }
            }
        } else {
            columns = None;
        }
        at += line.len();
    }
}

impl Columns {
    fn of(cells: &[&str]) -> Option<Self> {
        let place = |word: &str| cells.iter().position(|it| it.to_lowercase().contains(word));
        Some(Self { target: place("target")?, window: place("window"), budget: place("budget")? })
    }

    fn wrong(&self, cells: &[&str]) -> Option<String> {
        let target = number(&PERCENT, cells.get(self.target)?)?;
        let share = 100.0 - target;
        let text = cells.get(self.budget)?;
        if !(50.0..100.0).contains(&target) {
            return None;
        }
        if let Some(budget) = number(&PERCENT, text) {
            let message =
                || format!("the budget of {target} % is {} %, not {budget} %", tidy(share));
            return is_far(share, budget).then(message);
        }
        let days = number(&DAYS, cells.get(self.window?)?)?;
        let minutes = minutes(text)?;
        let right = share / 100.0 * days * 1_440.0;
        let message = || {
            format!(
                "{target} % over {days} days leaves {} minutes, not {}",
                tidy(right),
                tidy(minutes)
            )
        };
        is_far(right, minutes).then(message)
    }
}

fn number(pattern: &Regex, text: &str) -> Option<f64> {
    pattern.captures(text)?[1].parse().ok()
}

/// The sum of `7h 12m`, in minutes.
fn minutes(text: &str) -> Option<f64> {
    let parts = SPAN.captures_iter(text).map(|part| {
        let count: f64 = part[1].parse().unwrap_or_default();
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
}
