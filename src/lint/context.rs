//! What rules may ask: the catalogue, the link graph, the day, and what only
//! the outside knows.

use jiff::civil::Date;

use super::alerts::AlertFile;
use super::finding::Found;
use super::note::Note;
use super::sketch::Sketch;
use crate::allowance::Allowances;
use crate::corpus::{Catalogue, LinkGraph, Page, Target};
use crate::diagnostic::Diagnostic;
use crate::document::{Link, Span};
use crate::repo_path::RepoPath;
use crate::template::Template;

/// What rules may ask.
pub struct Context<'a> {
    /// Every page.
    pub catalogue: &'a Catalogue,
    /// The links between them.
    pub graph: &'a LinkGraph,
    /// The day of the answer.
    pub today: Date,
    /// True if a file or folder stands there, or may stand there behind a
    /// symbolic link or a submodule.
    pub exists: &'a (dyn Fn(&RepoPath) -> bool + Sync),
    /// What only the outside knows.
    pub inputs: &'a Inputs,
    /// Each page's words in short, ordered by path; the engine fills it.
    pub(super) sketches: Vec<(RepoPath, Sketch)>,
    /// What pages about work say of each other; the engine fills it.
    pub(super) notes: Vec<Note>,
}

/// What only the outside knows. What is `None` was not looked at, and the
/// rules that need it are silent.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// What is wrong with `prode.yaml`.
    pub settings: Vec<Diagnostic>,
    /// What is wrong with its section `lint`.
    pub level_problems: Vec<String>,
    /// Statuses that prode does not know are no finding.
    pub accept_unknown_status: bool,
    /// The CODEOWNERS file and what is wrong with it.
    pub owners: Option<(RepoPath, Vec<Diagnostic>)>,
    /// What is wrong with `.prode/reviews.yaml` and `.prode/dismissed.yaml`.
    pub records: Vec<RecordFault>,
    /// Route tests that failed.
    pub routes: Option<Vec<RouteFailure>>,
    /// Files below `scripts/` of skill packages.
    pub scripts: Option<Vec<Script>>,
    /// Where this repository is published.
    pub forge: Option<OwnForge>,
    /// What documents of a kind are held to: the memory's own templates, and
    /// the built-in ones behind them.
    pub shapes: Vec<Shape>,
    /// What is wrong with the memory's own templates.
    pub template_problems: Vec<(RepoPath, Diagnostic)>,
    /// Accepted decisions whose words changed since.
    pub changed: Option<Vec<DecisionFault>>,
    /// Decisions whose number another branch or work tree has too.
    pub taken: Option<Vec<DecisionFault>>,
    /// Where files that are no pages name decisions that no longer hold.
    pub code: Option<Vec<CodeMention>>,
    /// Files of alert rules.
    pub alerts: Option<Vec<AlertFile>>,
    /// What people let stand of what redaction finds; `None`: nothing.
    pub allowances: Option<Allowances>,
    /// Rules that could not look.
    pub silent: Vec<Silent>,
    /// Prompts as they were when their changelog's newest entry was written.
    pub earlier: Vec<(RepoPath, Vec<u8>)>,
}

/// What is wrong with a record of reviews or dismissals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordFault {
    /// The record.
    pub path: RepoPath,
    /// 1-based; 0 where it concerns the whole file.
    pub line: u32,
    /// 1-based, in characters; 0 where it concerns the whole line.
    pub column: u32,
    /// What is wrong with which value.
    pub message: String,
    /// True where nothing of the record can be read.
    pub is_malformed: bool,
}

impl RecordFault {
    pub(super) fn found(&self) -> Found {
        let here = Found::on_line(&self.path, self.line, self.message.clone());
        Found { column: self.column, ..here }
    }
}

/// A rule that is on and could not look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silent {
    /// Its id.
    pub rule: String,
    /// Why, and what to do about it.
    pub why: String,
}

impl Inputs {
    /// True if the path is that of a file that was named apart from the pages.
    pub(super) fn is_named_apart(&self, path: &RepoPath) -> bool {
        self.alerts.iter().flatten().any(|file| file.path == *path)
    }
}

/// A decision that is named in a file that is no page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeMention {
    /// The file.
    pub path: RepoPath,
    /// 1-based.
    pub line: u32,
    /// 1-based, in characters.
    pub column: u32,
    /// Its bytes.
    pub span: Span,
    /// The decision.
    pub decision: RepoPath,
    /// The whole line.
    pub text: String,
}

/// A template, as far as lint needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// Its rules.
    pub template: Template,
    /// True if the memory itself has it; false for a built-in one.
    pub is_own: bool,
}

/// What history, or another branch, says against a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionFault {
    /// The decision.
    pub path: RepoPath,
    /// 1-based line of what is wrong.
    pub line: u32,
    /// What is wrong, and with what.
    pub message: String,
}

/// A route test that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteFailure {
    /// The file that holds it.
    pub path: RepoPath,
    /// The ticket, or what is wrong with the file.
    pub ticket: String,
    /// What was expected and what came.
    pub message: String,
}

/// A file below a skill package's `scripts/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// Where it stands.
    pub path: RepoPath,
    /// True if it may be run.
    pub is_executable: bool,
    /// True if it begins with `#!`.
    pub has_shebang: bool,
}

/// Where a repository is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnForge {
    /// Such as `https://github.com/org/repo`, without a slash at its end.
    pub url: String,
    /// The trunk's name.
    pub trunk: String,
}

impl<'a> Context<'a> {
    /// The context of one run.
    pub fn new(
        catalogue: &'a Catalogue,
        graph: &'a LinkGraph,
        today: Date,
        exists: &'a (dyn Fn(&RepoPath) -> bool + Sync),
        inputs: &'a Inputs,
    ) -> Self {
        Self { catalogue, graph, today, exists, inputs, sketches: Vec::new(), notes: Vec::new() }
    }

    /// Where a link leads.
    pub(super) fn resolve(&self, page: &Page, link: &Link) -> Target {
        self.catalogue.resolve(page, link, self.exists)
    }

    /// True if the page is kept but no longer an answer.
    pub(super) fn is_archived(&self, page: &Page) -> bool {
        self.catalogue.rules().facts(page, self.today).archived
    }

    /// The end of the page's chain of successors, if it is still an answer.
    pub(super) fn live_successor(&self, path: &RepoPath) -> Option<&Page> {
        let successor = self.catalogue.page(self.graph.successor(path)?)?;
        (!self.is_archived(successor)).then_some(successor)
    }
}
