//! Route tests that failed, and questions that were missed.

use crate::cli::context::Context;
use crate::cli::ui::{style, styled};
use crate::ops::eval::{Case, Report};
use crate::rendering::visible_line;

/// Characters of a ticket or question that are shown.
const SHOWN: usize = 100;

/// The pages of a list that are shown.
const PAGES: usize = 3;

pub(super) fn print(context: &mut Context<'_>, report: &Report) {
    for case in &report.failed {
        let known = report.against.as_ref().filter(|against| {
            !against
                .moved
                .iter()
                .any(|it| it.regressed && it.file == case.file && it.text == case.text)
        });
        let there = known.map_or_else(String::new, |it| format!(" (at {} too)", it.rev));
        context.ui.line(format!("{}{there} {}", styled(style::ERROR, "failed"), brief(&case.text)));
        let expected = match case.expect.first() {
            None => "none (abstain)".to_owned(),
            Some(path) => format!("{} within {}: {}", visible_line(path), case.within, rank(case)),
        };
        context.ui.line(format!("  expected {expected}"));
        came(context, case);
    }
    for case in report.missed_questions.iter().flatten() {
        context.ui.line(format!("{} {}", styled(style::WARNING, "missed"), brief(&case.text)));
        context.ui.line(format!("  expected {}: {}", pages(&case.expect), rank(case)));
        came(context, case);
    }
}

/// Where the first page came of those that must.
fn rank(case: &Case) -> String {
    case.rank.map_or_else(|| "not among 10".to_owned(), |rank| format!("at rank {rank}"))
}

fn came(context: &mut Context<'_>, case: &Case) {
    let got = if case.abstained { "abstained; nearest " } else { "" };
    let pages = if case.got.is_empty() { "nothing".to_owned() } else { pages(&case.got) };
    context.ui.line(format!("  got {got}{pages}"));
}

/// A ticket on one line.
pub(super) fn brief(text: &str) -> String {
    let line = visible_line(text).replace('\n', " ");
    let mut shown: String = line.chars().take(SHOWN).collect();
    if shown.len() < line.len() {
        shown.push('\u{2026}');
    }
    shown
}

/// The first pages of a list.
pub(super) fn pages(paths: &[String]) -> String {
    let shown: Vec<_> = paths.iter().take(PAGES).map(|path| visible_line(path)).collect();
    shown.join(", ")
}
