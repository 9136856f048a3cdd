//! What a rule is: its words, its level, and how it looks.

use super::context::Context;
use super::finding::Found;
use super::subject::Subject;
use crate::diagnostic::Severity;

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Links between pages and to files.
    Links,
    /// One page: its form and its metadata.
    Document,
    /// What the templates ask of their kinds.
    Template,
    /// Decisions and their logs.
    Adr,
    /// Skill packages.
    Skill,
    /// What could harm a reader or an agent.
    Security,
    /// `prode.yaml`, CODEOWNERS and route tests.
    Settings,
    /// Runbooks, and services that need them.
    Runbook,
    /// What a service promises.
    Slo,
    /// Procedures and changes.
    Change,
    /// Plans, prompts, reviews and front pages.
    Work,
    /// Alert rules and their runbooks.
    Alerts,
    /// Lint's own comments.
    Ignore,
}

impl Family {
    /// Its name in settings and on the reference page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Links => "links",
            Self::Document => "document",
            Self::Template => "template",
            Self::Adr => "adr",
            Self::Skill => "skill",
            Self::Security => "security",
            Self::Settings => "settings",
            Self::Runbook => "runbook",
            Self::Slo => "slo",
            Self::Change => "change",
            Self::Work => "work",
            Self::Alerts => "alerts",
            Self::Ignore => "ignore",
        }
    }
}

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// Kebab case, stable.
    pub id: &'static str,
    /// What it is about.
    pub family: Family,
    /// Its level where settings say nothing.
    pub level: Severity,
    /// One line: what it reports.
    pub summary: &'static str,
    /// Why that is worth reporting, and what is left alone.
    pub why: &'static str,
    /// The repair, where a finding has no better one of its own.
    pub repair: &'static str,
    /// True if some of its findings can be mended by `--fix`.
    pub fixes: bool,
    /// How it looks.
    pub check: Check,
}

/// How a rule looks.
#[derive(Debug, Clone, Copy)]
pub enum Check {
    /// At one page at a time.
    Page(fn(&Context<'_>, &Subject<'_>, &mut Vec<Found>)),
    /// At all of them together, when every page was looked at.
    Memory(fn(&Context<'_>, &mut Vec<Found>)),
    /// Reading the page reports it, under the rule's id.
    Reading,
    /// The engine itself reports it.
    Engine,
}
