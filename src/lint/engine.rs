//! One run: every page, every rule that is on, ignores, levels, order.

use std::collections::HashMap;

use super::context::{Context, Silent};
use super::finding::{Finding, Found};
use super::ignore::{Ignores, Wrong};
use super::levels::Levels;
use super::note::Note;
use super::rule::{Check, Rule};
use super::rules::{self, RULES};
use super::sketch::Sketch;
use super::subject::Subject;
use crate::corpus::{Page, RootKind};
use crate::document::{self, MAX_BYTES, Text};
use crate::repo_path::RepoPath;

/// What is looked at, and for what.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Ids of rules; empty is all.
    pub rules: Vec<String>,
    /// Files and folders; empty is everything.
    pub paths: Vec<RepoPath>,
}

/// What is looked at, and how much each rule counts where.
#[derive(Clone, Copy)]
pub struct Order<'a> {
    /// What is looked at.
    pub selection: &'a Selection,
    /// What settings say of rules.
    pub levels: &'a Levels,
}

/// A page that was not looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Which.
    pub path: RepoPath,
    /// Why.
    pub why: String,
}

/// What came of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Ordered by path, line, column and rule.
    pub findings: Vec<Finding>,
    /// Pages that were looked at.
    pub checked: usize,
    /// Rules that were on.
    pub rules: usize,
    /// Templates among the pages: they hold placeholders and are not looked at.
    pub templates: usize,
    /// Pages that could not be looked at.
    pub skipped: Vec<Skipped>,
    /// Rules that are on and could not look.
    pub silent: Vec<Silent>,
    /// Findings that comments ignore.
    pub ignored: usize,
}

/// Gives a page's bytes; `None` where they cannot be had.
pub type Bytes<'a> = dyn Fn(&Page) -> Option<Vec<u8>> + Sync + 'a;

/// What was seen of some pages: by one of several threads, or of all of them.
pub struct Share<'a> {
    run: Run<'a>,
    needs_words: bool,
    sketches: Vec<(RepoPath, Sketch)>,
    notes: Vec<Note>,
}

impl<'a> Share<'a> {
    /// Nothing was seen yet.
    pub fn new(context: &Context<'_>, order: Order<'a>) -> Self {
        let run = Run::new(context, order);
        let needs_words = run.rules.iter().any(|rule| rule.id == rules::NEEDS_WORDS);
        Self { run, needs_words, sketches: Vec::new(), notes: Vec::new() }
    }

    /// Looks at one page of the catalogue, where the order wants that. Time
    /// grows with its size.
    pub fn page(&mut self, context: &Context<'_>, page: &Page, bytes: &Bytes<'_>) {
        let is_wanted = self.run.is_wanted(&page.path);
        if is_template(page) {
            self.run.outcome.templates += usize::from(is_wanted);
            return;
        }
        if !is_wanted && !self.needs_words && !rules::is_noted(page) {
            return;
        }
        let wants = Wants { subject: is_wanted, words: self.needs_words };
        let kept = self.run.page(context, page, wants, bytes(page).as_deref());
        self.sketches.extend(kept.sketch.map(|sketch| (page.path.clone(), sketch)));
        self.notes.extend(kept.note);
    }
}

/// When every page was looked at: compares them, and joins what was found. The
/// outcome does not depend on who looked at what.
pub fn conclude<'a>(
    mut context: Context<'_>,
    order: Order<'_>,
    shares: impl IntoIterator<Item = Share<'a>>,
) -> Outcome {
    let mut run = Run::new(&context, order);
    for share in shares {
        context.sketches.extend(share.sketches);
        context.notes.extend(share.notes);
        run.join(share.run);
    }
    context.sketches.sort_by(|a, b| a.0.cmp(&b.0));
    context.notes.sort_by(|a, b| a.path.cmp(&b.path));
    for rule in run.rules.clone() {
        if let Check::Memory(check) = rule.check {
            let mut found = Vec::new();
            check(&context, &mut found);
            run.take(&context, rule, found);
        }
    }
    run.finish()
}

/// A template outside the roots of templates, by its name or its own word.
fn is_template(page: &Page) -> bool {
    let stem = page.path.file_stem().to_lowercase();
    let is_named = stem.split(['-', '_', '.', ' ']).next_back() == Some("template");
    (is_named && page.skill.is_none() && page.adr.as_ref().is_none_or(|it| it.number.is_none()))
        // Site generators name a file there.
        || page.front.text("template").is_some_and(|name| !name.contains(['.', '/']))
}

/// What reading a page reported under names that no rule has.
pub(super) fn unruled(page: &Page) -> Vec<Found> {
    let said = page.diagnostics.iter().filter(|said| rules::named(&said.rule).is_none());
    let found = said.map(|said| {
        let message = format!("{}: {}", said.rule, said.message);
        Found { column: said.column, ..Found::on_line(&page.path, said.line, message) }
    });
    found.collect()
}

/// What is wanted of one page.
#[derive(Clone, Copy)]
struct Wants {
    /// Findings on it.
    subject: bool,
    /// Its words, to be compared with those of others.
    words: bool,
}

/// What is kept of a page when it was looked at, so that pages can be compared.
#[derive(Default)]
struct Kept {
    sketch: Option<Sketch>,
    note: Option<Note>,
}

struct Run<'a> {
    order: Order<'a>,
    rules: Vec<&'static Rule>,
    ignores: HashMap<RepoPath, Ignores>,
    outcome: Outcome,
}

impl<'a> Run<'a> {
    fn new(context: &Context<'_>, order: Order<'a>) -> Self {
        let Order { selection, levels } = order;
        let is_named = |rule: &&Rule| {
            selection.rules.is_empty() || selection.rules.iter().any(|id| id == rule.id)
        };
        let rules: Vec<&Rule> =
            RULES.iter().copied().filter(is_named).filter(|rule| !levels.is_off(rule)).collect();
        let silent = context.inputs.silent.clone();
        let outcome = Outcome { rules: rules.len(), silent, ..Outcome::default() };
        Self { order, rules, ignores: HashMap::new(), outcome }
    }

    /// Takes in what another thread saw.
    fn join(&mut self, other: Run<'_>) {
        self.ignores.extend(other.ignores);
        let (all, theirs) = (&mut self.outcome, other.outcome);
        all.findings.extend(theirs.findings);
        all.skipped.extend(theirs.skipped);
        all.skipped.sort_by(|a, b| a.path.cmp(&b.path));
        all.checked += theirs.checked;
        all.templates += theirs.templates;
    }

    fn is_wanted(&self, path: &RepoPath) -> bool {
        let paths = &self.order.selection.paths;
        paths.is_empty() || paths.iter().any(|wanted| path.is_below(wanted))
    }

    /// Looks at one page, and gives what is kept of it.
    fn page(
        &mut self,
        context: &Context<'_>,
        page: &Page,
        wants: Wants,
        bytes: Option<&[u8]>,
    ) -> Kept {
        let is_wanted = wants.subject;
        if is_wanted {
            self.read_diagnostics(context, page);
        }
        let Some(bytes) = bytes else {
            if is_wanted {
                let why = if page.size > MAX_BYTES {
                    format!("it has {} bytes, and at most {MAX_BYTES} are read", page.size)
                } else {
                    "its content cannot be had, or changed while it was read".to_owned()
                };
                self.outcome.skipped.push(Skipped { path: page.path.clone(), why });
            }
            return Kept::default();
        };
        let text = Text::new(bytes);
        let (document, _) = document::understand(&text);
        let rules = context.catalogue.rules();
        let place = rules.roots.classify(&page.path);
        let compares =
            wants.words && place.as_ref().is_some_and(|place| place.kind == RootKind::Wiki);
        let words = document.sections.iter().map(|section| section.prose.as_str());
        let sketch = if compares { Sketch::of(words) } else { None };
        let facts = rules.facts(page, context.today);
        let subject = Subject::new(page, facts, place, document, text);
        if is_wanted {
            self.outcome.checked += 1;
            self.subject(context, &subject);
        }
        let note = rules::is_noted(page).then(|| rules::note(&subject)).flatten();
        Kept { sketch, note }
    }

    fn subject(&mut self, context: &Context<'_>, subject: &Subject<'_>) {
        let (ignores, wrong) = Ignores::read(subject);
        if !ignores.is_empty() {
            self.ignores.insert(subject.page.path.clone(), ignores);
        }
        for wrong in wrong {
            let (rule, found) = match wrong {
                Wrong::NoReason(found) => (&rules::IGNORE_WITHOUT_REASON, found),
                Wrong::UnknownRule(found) => (&rules::IGNORE_UNKNOWN_RULE, found),
            };
            if self.rules.iter().any(|on| on.id == rule.id) {
                self.take(context, rule, vec![found]);
            }
        }
        for rule in self.rules.clone() {
            if let Check::Page(check) = rule.check {
                let mut found = Vec::new();
                check(context, subject, &mut found);
                if !subject.is_text() {
                    for found in &mut found {
                        found.fix = None;
                    }
                }
                self.take(context, rule, found);
            }
        }
    }

    /// What reading the page reported, under the rules' names.
    fn read_diagnostics(&mut self, context: &Context<'_>, page: &Page) {
        for said in &page.diagnostics {
            let rule = self
                .rules
                .iter()
                .find(|rule| rule.id == said.rule && matches!(rule.check, Check::Reading));
            if let Some(rule) = rule {
                let found = Found::on_line(&page.path, said.line, said.message.clone());
                self.take(context, rule, vec![Found { column: said.column, ..found }]);
            }
        }
        if self.rules.iter().any(|on| on.id == rules::PAGE_PROBLEM.id) {
            self.take(context, &rules::PAGE_PROBLEM, unruled(page));
        }
    }

    fn take(&mut self, context: &Context<'_>, rule: &'static Rule, found: Vec<Found>) {
        for found in found {
            let Some(severity) = self.order.levels.level(rule, &found.path) else { continue };
            if !self.is_wanted(&found.path) && !context.inputs.is_named_apart(&found.path) {
                continue;
            }
            self.outcome.findings.push(Finding {
                rule: rule.id,
                severity,
                path: found.path,
                line: found.line,
                column: found.column,
                span: found.span,
                message: found.message,
                hint: found.hint.unwrap_or_else(|| rule.repair.to_owned()),
                fix: found.fix,
                known_by: found.known_by,
            });
        }
    }

    fn finish(self) -> Outcome {
        let Self { ignores, mut outcome, .. } = self;
        let before = outcome.findings.len();
        outcome.findings.retain(|finding| {
            let comments = ignores.get(&finding.path);
            !comments.is_some_and(|comments| comments.covers(finding.rule, finding.line))
        });
        outcome.ignored = before - outcome.findings.len();
        let key = |it: &Finding| (it.path.clone(), it.line, it.column, it.rule, it.message.clone());
        outcome.findings.sort_by_cached_key(key);
        outcome
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::fixture::{Memory, lint};
    use super::*;
    use crate::diagnostic::Severity;

    #[test]
    fn findings_come_in_order_with_their_levels() {
        let memory = Memory::new(
            "== wiki/b.md\n# B\n\n[x](gone.md) [y](no.md)\n== wiki/a.md\n# A\n\n[b](b.md#no)\n",
        );
        let outcome = lint(&memory, &json!({"rules": {"link-broken": "info"}}), &["links"]);
        let seen: Vec<_> = outcome
            .findings
            .iter()
            .filter(|it| it.rule != "link-orphan")
            .map(|it| (it.path.text().into_owned(), it.line, it.column, it.rule, it.severity))
            .collect();
        assert_eq!(
            seen,
            [
                ("wiki/a.md".to_owned(), 3, 1, "link-anchor", Severity::Warning),
                ("wiki/b.md".to_owned(), 3, 1, "link-broken", Severity::Info),
                ("wiki/b.md".to_owned(), 3, 14, "link-broken", Severity::Info),
            ]
        );
        assert_eq!(outcome.checked, 2);
    }

    #[test]
    fn an_ignored_finding_is_counted() {
        let memory = Memory::new(
            "== wiki/a.md\n# A\n\n<!-- prode-ignore link-broken: the file is made at release -->\n[x](gone.md)\n\n[y](gone.md)\n",
        );
        let outcome = lint(&memory, &json!({}), &["links"]);
        let broken: Vec<_> =
            outcome.findings.iter().filter(|it| it.rule == "link-broken").collect();
        assert_eq!((broken.len(), outcome.ignored), (1, 1));
    }

    #[test]
    fn a_template_among_pages_is_counted_and_left_alone() {
        let memory = Memory::new("== wiki/template.md\n# [title]\n\n[x](0005-example.md)\n");
        let outcome = lint(&memory, &json!({}), &["links"]);
        let found = outcome.findings.iter().filter(|it| it.rule == "link-broken").count();
        assert_eq!((found, outcome.checked, outcome.templates), (0, 0, 1));
    }

    #[test]
    fn a_page_without_bytes_is_skipped_and_said() {
        let memory = Memory::new("== wiki/a.md\n# A\n");
        let outcome = memory.run(&json!({}), &Selection::default(), true);
        assert_eq!((outcome.checked, outcome.skipped.len()), (0, 1));
    }
}
