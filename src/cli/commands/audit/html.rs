//! The report as one page of HTML.

use super::{cap, text};
use crate::audit::{Sheet, grouped, sheet};
use crate::ops::audit::{Past, Report};

pub(super) fn page(report: &Report, all: bool) -> String {
    let answer = &report.answer;
    let groups = grouped(&report.findings, cap(report, all));
    let commit = answer.commit.as_deref().map_or("no commit", |it| it.get(..12).unwrap_or(it));
    let skipped: Vec<String> =
        answer.skipped.iter().map(|it| format!("{}: {}", it.what, it.reason)).collect();
    let local = answer.local.as_ref().map(|it| format!(", {}", text::local(it)));
    sheet(&Sheet {
        of: &format!("{} at {commit}{}", answer.revision, local.unwrap_or_default()),
        day: &answer.as_of,
        quarter: &answer.quarter,
        checked: answer.checked,
        states: &report.states,
        groups: &groups,
        findings: &report.findings,
        skipped: &skipped,
        precision: &answer.precision.as_ref().map(Past::in_words).unwrap_or_default(),
        past: &answer.past_quarters(),
    })
}
