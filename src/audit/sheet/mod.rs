//! The audit as one page of HTML that needs nothing else.
//!
//! Charts are drawn as SVG, and under each stand its numbers as a table. The page
//! holds no script and asks for nothing: its policy says so to the browser. Every
//! text is escaped by the template engine; the same input gives the same bytes.

mod charts;
mod shape;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior, context};
use serde::Serialize;

use super::finding::Finding;
use super::groups::Group;
pub use charts::charts;
pub use shape::{Chart, Shape};

/// What the page tells.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'a> {
    /// What was looked at, in a few words: `main at f7a476f6f7`.
    pub of: &'a str,
    /// The day.
    pub day: &'a str,
    /// The quarter, such as `2026Q4`.
    pub quarter: &'a str,
    /// How many pages were looked at.
    pub checked: usize,
    /// One for each page that people answer from; none where only a change was looked at.
    pub states: &'a [State],
    /// Findings by owner.
    pub groups: &'a [Group<'a>],
    /// Every finding, those that no group shows too.
    pub findings: &'a [Finding],
    /// What could not be looked at, a sentence each.
    pub skipped: &'a [String],
    /// What became of earlier findings, in a sentence.
    pub precision: &'a str,
    /// Past quarters, the oldest first.
    pub past: &'a [Past],
}

/// One page on the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Who owns it; empty where nobody does. The first one counts it.
    pub owner: Vec<String>,
    /// Its kind.
    pub kind: String,
    /// Days since its review; `None` where it never had one.
    pub age: Option<i64>,
    /// Days for which a review holds.
    pub every: i64,
}

/// A quarter that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Past {
    /// Such as `2026Q3`.
    pub quarter: String,
    /// Findings on its last day.
    pub findings: usize,
    /// Of these, those that led to a change until the next one's end.
    pub settled: Option<usize>,
    /// Those that somebody dismissed until then; both are not known yet while that
    /// quarter goes on.
    pub dismissed: Option<usize>,
}

/// How fresh a review is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Freshness {
    Fresh,
    Overdue,
    Never,
}

impl State {
    fn freshness(&self) -> Freshness {
        match self.age {
            None => Freshness::Never,
            Some(age) if age > self.every => Freshness::Overdue,
            Some(_) => Freshness::Fresh,
        }
    }
}

const TEMPLATE: &str = include_str!("sheet.html");
const STYLE: &str = include_str!("sheet.css");

/// A finding as the page shows it.
#[derive(Serialize)]
struct Shown<'a> {
    id: &'a str,
    title: &'a str,
    path: String,
    signal: String,
    kind: &'a str,
    risk: u32,
    parts: String,
    why: &'a str,
    changed: Vec<String>,
    more_changed: usize,
    settle: String,
}

#[derive(Serialize)]
struct ShownGroup<'a> {
    owner: &'a str,
    findings: Vec<Shown<'a>>,
    more: usize,
}

/// The page.
///
/// # Panics
/// Where the page's own template is wrong, which a test would have met.
pub fn sheet(sheet: &Sheet<'_>) -> String {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    environment.set_syntax(syntax.expect("the usual delimiters"));
    environment.add_template("sheet.html", TEMPLATE).expect("a fixed template that tests render");
    let template = environment.get_template("sheet.html").expect("it was just added");
    let groups: Vec<ShownGroup<'_>> = sheet.groups.iter().map(shown_group).collect();
    let pages: std::collections::BTreeSet<_> = sheet.findings.iter().map(|it| &it.path).collect();
    let page = context! {
        style => STYLE, of => sheet.of, day => sheet.day, quarter => sheet.quarter,
        checked => sheet.checked, count => sheet.findings.len(), pages => pages.len(),
        groups => Serde(groups), skipped => Serde(sheet.skipped),
        precision => sheet.precision, charts => Serde(charts(sheet.states, sheet.findings, sheet.past)),
    };
    template.render(page).expect("a fixed template with every value that it asks for")
}

fn shown_group<'a>(group: &'a Group<'a>) -> ShownGroup<'a> {
    let findings = group.findings.iter().map(|it| shown(it)).collect();
    ShownGroup { owner: &group.owner, findings, more: group.more }
}

fn shown(finding: &Finding) -> Shown<'_> {
    let risk = &finding.risk;
    let parts = [
        ("signal", risk.signal),
        ("kind", risk.kind),
        ("size", risk.size),
        ("age", risk.age),
        ("links", risk.links),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|it| it.1 > 0)
        .map(|(name, points)| format!("{name} {points}"))
        .collect();
    let changed = finding.changed.iter().map(|it| {
        let authors = it.authors.join(", ");
        let by = if authors.is_empty() { authors } else { format!(", by {authors}") };
        format!("{} +{} −{}{by}", it.path, it.added, it.removed)
    });
    let changed: Vec<String> = changed.collect();
    Shown {
        id: &finding.id,
        title: &finding.title,
        path: finding.path.to_string(),
        signal: finding.signal.replace('_', " "),
        kind: &finding.kind,
        risk: risk.total(),
        parts: parts.join(" + "),
        why: &finding.why,
        more_changed: finding.changed_total.saturating_sub(changed.len()),
        changed,
        settle: finding.settle.join("\n"),
    }
}

#[cfg(test)]
mod tests;
