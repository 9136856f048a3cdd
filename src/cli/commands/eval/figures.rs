//! The table of figures: prode's, those of another revision, those of plain search.

use anstyle::Style;

use crate::cli::columns::{self, Cell};
use crate::cli::context::Context;
use crate::cli::ui::style;
use crate::ops::eval::{Figures, Intervals, Report};

const NAMES: [&str; 5] = ["recall@1", "recall@3", "recall@5", "MRR", "nDCG@10"];

pub(super) fn print(context: &mut Context<'_>, report: &Report) {
    if report.missed > 0 && report.missed_questions.is_none() {
        let count = report.missed;
        let (questions, have) =
            if count == 1 { ("question", "has") } else { ("questions", "have") };
        context.ui.line(format!(
            "{count} {questions} {have} no expected page among the first three; list them: --failed"
        ));
    }
    if report.measured == 0 {
        context.ui.line("nothing is measured: no example expects a page");
        return;
    }
    let titles = NAMES.into_iter().map(str::to_owned);
    let mut rows = vec![row(style::FAINT, "(95 %)", titles)];
    rows.push(measured("prode", &report.figures, report.intervals.as_ref()));
    if let Some(against) = &report.against {
        let there = format!("at {}", against.rev);
        rows.push(measured(&there, &against.figures, against.intervals.as_ref()));
        let difference = against.difference.named().map(|(_, value)| signed(value));
        rows.push(row(Style::new(), "difference", difference));
    }
    for it in report.baselines.iter().flatten() {
        rows.push(measured(&it.name, &it.figures, it.intervals.as_ref()));
    }
    columns::print(context, rows);
}

fn measured(name: &str, figures: &Figures, intervals: Option<&Intervals>) -> Vec<Cell> {
    let intervals = intervals.map(Intervals::values);
    let cells = figures.named().into_iter().enumerate().map(|(at, (_, value))| match intervals {
        Some(intervals) => format!("{value:.3} {}", brackets(intervals[at])),
        None => format!("{value:.3}"),
    });
    row(Style::new(), name, cells)
}

fn row(style: Style, name: &str, cells: impl IntoIterator<Item = String>) -> Vec<Cell> {
    let cells = cells.into_iter().map(|text| (style, text));
    std::iter::once((style, name.to_owned())).chain(cells).collect()
}

/// `(.80–.95)`: what is left of nought is left out.
fn brackets([least, most]: [f64; 2]) -> String {
    let short = |value: f64| {
        let text = format!("{value:.2}");
        text.strip_prefix('0').map_or_else(|| text.clone(), str::to_owned)
    };
    format!("({}\u{2013}{})", short(least), short(most))
}

/// `+0.012`, `-0.030`, `0.000`.
fn signed(value: f64) -> String {
    if value == 0.0 { "0.000".to_owned() } else { format!("{value:+.3}") }
}
