//! The report as Markdown, to paste into a ticket.

use std::fmt::Write as _;

use super::{cap, text};
use crate::audit::{Finding, grouped};
use crate::ops::audit::{Answer, Report};
use crate::ops::counted;
use crate::rendering::visible_line;

/// Files of one finding that are named.
const FILES: usize = 5;
/// Lines about what was not looked at.
const SKIPPED: usize = 20;

/// One page: a task for each finding, by owner.
pub(super) fn page(report: &Report, all: bool) -> String {
    let mut page = head(&report.answer);
    for group in grouped(&report.findings, cap(report, all)) {
        let count = counted(group.findings.len() + group.more, "finding");
        put(&mut page, format_args!("\n## {}: {count}\n\n", plain(&group.owner)));
        for finding in &group.findings {
            task(&mut page, finding);
        }
        if group.more > 0 {
            put(&mut page, format_args!("- {} more: `prode audit --all`\n", group.more));
        }
    }
    foot(&mut page, &report.answer);
    page
}

fn put(page: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = page.write_fmt(text);
}

fn head(answer: &Answer) -> String {
    let short = |id: &String| format!("`{}`", id.chars().take(12).collect::<String>());
    let commit = answer.commit.as_ref().map_or_else(|| "no commit".to_owned(), short);
    let inbox = answer.inbox.as_ref();
    let inbox = inbox.map_or_else(|| "no inbox".to_owned(), |id| format!("inbox {}", short(id)));
    let against = answer.against.as_ref().map(|rev| format!(", against {}", code(rev)));
    let local = answer.local.as_ref().map(|it| format!("\nThis is {}.\n", text::local(it)));
    format!(
        "# Audit {} as of {}\n\n{} at {commit}, {inbox}{}. {} on {}.\n{}",
        answer.quarter,
        answer.as_of,
        plain(&answer.revision),
        against.unwrap_or_default(),
        counted(answer.findings.len(), "finding"),
        counted(answer.checked, "page"),
        local.unwrap_or_default(),
    )
}

fn task(page: &mut String, finding: &Finding) {
    let path = code(&finding.path.text());
    let risk = finding.risk.total();
    put(
        page,
        format_args!("- [ ] **{risk}** {path} **{}**: {}", finding.signal, plain(&finding.why)),
    );
    if let Some(command) = finding.settle.first() {
        put(page, format_args!("; {}", code(command)));
    }
    put(page, format_args!(" ({})\n", finding.id));
    for file in finding.changed.iter().take(FILES) {
        let commits: Vec<String> = file.commits.iter().take(3).map(|it| it.short(7)).collect();
        let (path, added, removed) = (code(&file.place()), file.added, file.removed);
        put(page, format_args!("  - {path} +{added} -{removed} {}\n", commits.join(" ")));
    }
    let hidden = finding.changed_total.saturating_sub(finding.changed.len().min(FILES));
    if hidden > 0 {
        put(page, format_args!("  - and {}\n", counted(hidden, "more file")));
    }
}

fn foot(page: &mut String, answer: &Answer) {
    let mut lines = Vec::new();
    if answer.dismissed > 0 {
        lines.push(format!("{} dismissed and left out.", counted(answer.dismissed, "finding")));
    }
    lines.extend(answer.precision.as_ref().map(|it| format!("{}.", plain(&it.in_words()))));
    for skipped in answer.skipped.iter().take(SKIPPED) {
        lines.push(format!("Not looked at: {}: {}.", plain(&skipped.what), plain(&skipped.reason)));
    }
    if answer.skipped.len() > SKIPPED {
        lines.push(format!("Not looked at: {} more.", answer.skipped.len() - SKIPPED));
    }
    for line in lines {
        put(page, format_args!("\n{line}\n"));
    }
}

/// Text that means nothing to Markdown.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in visible_line(text).chars() {
        if "\\`*_{}[]<>#|~!".contains(c) {
            plain.push('\\');
        }
        plain.push(c);
    }
    plain
}

/// Text in a code span, whatever marks it holds.
fn code(text: &str) -> String {
    let text = visible_line(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let marks = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{marks}{space}{text}{space}{marks}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_page_says_becomes_markup() {
        assert_eq!(plain("a_b <x> [y](z)"), "a\\_b \\<x\\> \\[y\\](z)");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`"), "`` ` ``");
    }
}
