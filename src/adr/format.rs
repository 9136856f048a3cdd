//! Is this file a decision, in which format, and what does it say?
//!
//! A name alone is not enough (proposals and notes are numbered too), nor is
//! a status alone: two signs must agree, of name, folder, status and headings.

use std::collections::HashSet;

use super::facts::{Facts, Line, bare_heading};
use super::name::{self, Name};
use super::reference::Relations;
use super::{AdrRecord, AdrStatus, Format};
use crate::document::{Document, read_date};
use crate::repo_path::RepoPath;

/// Folders that hold decisions, by name.
const LOGS: [&str; 6] =
    ["adr", "adrs", "decisions", "decision-records", "architecture-decisions", "decision-log"];

/// Headings that decisions have, in lower case.
const HEADINGS: [&str; 8] = [
    "context",
    "decision",
    "consequences",
    "context and problem statement",
    "decision outcome",
    "decision drivers",
    "considered options",
    "pros and cons of the options",
];

/// Keys of front matter that name who decided.
const DECIDERS: [&str; 4] = ["decision-makers", "deciders", "decision_makers", "decisionMakers"];

/// The decision that a file records; `None` where it does not read as one.
pub fn recognise(path: &RepoPath, document: &Document, bytes: &[u8]) -> Option<AdrRecord> {
    let file = File::read(path, document, bytes);
    file.is_decision().then(|| record(&file, file.format()))
}

/// The same for a file of which somebody says that it is a decision, and in
/// which format; `None` for a template, or a page of another kind.
pub fn recognise_as(
    path: &RepoPath,
    document: &Document,
    bytes: &[u8],
    format: Format,
) -> Option<AdrRecord> {
    let file = File::read(path, document, bytes);
    let is_other = file.kind() == Some(false) || file.is_template();
    (!is_other).then(|| record(&file, format))
}

fn record(file: &File<'_>, format: Format) -> AdrRecord {
    let relations = file.relations();
    let (in_title, title) = file.title();
    let number = file.name.number().or_else(|| file.number_key()).or(in_title);
    let mut status = file.status().or_else(|| format.silence_means());
    if matches!(status, Some(AdrStatus::Accepted | AdrStatus::Proposed))
        && !relations.superseded_by.is_empty()
    {
        status = Some(AdrStatus::Superseded);
    }
    AdrRecord {
        format,
        number,
        title,
        status,
        date: file.date(),
        deciders: file.deciders(),
        supersedes: relations.supersedes,
        superseded_by: relations.superseded_by.into_iter().next(),
    }
}

impl Format {
    /// The status of a decision that states none.
    fn silence_means(self) -> Option<AdrStatus> {
        (self == Self::Log4brains).then_some(AdrStatus::Accepted)
    }
}

/// The signs that a file gives.
struct File<'a> {
    path: &'a RepoPath,
    document: &'a Document,
    name: Name,
    facts: Facts,
    headings: HashSet<String>,
}

impl<'a> File<'a> {
    fn read(path: &'a RepoPath, document: &'a Document, bytes: &[u8]) -> Self {
        let headings = document.sections.iter().map(bare_heading);
        Self {
            path,
            document,
            name: Name::of(&path.file_stem()),
            facts: Facts::read(document, bytes),
            headings: headings.filter(|heading| HEADINGS.contains(&heading.as_str())).collect(),
        }
    }

    fn is_decision(&self) -> bool {
        match self.kind() {
            Some(is_decision) => return is_decision,
            None if self.is_template() => return false,
            None => {}
        }
        let has_status = self.status_text().is_some();
        let any_heading = !self.headings.is_empty();
        match self.name {
            Name::Explicit(_) => has_status || any_heading || self.in_log(),
            Name::Numbered(_) | Name::Dated(_) => {
                self.in_log() || self.has_shape() || (has_status && any_heading)
            }
            Name::Other => has_status && self.has_shape(),
        }
    }

    /// What the page says of its own kind, where that decides the matter.
    fn kind(&self) -> Option<bool> {
        let kind = self.document.front.kind.as_deref()?.to_lowercase();
        let words: Vec<_> = kind.split(|c: char| !c.is_alphanumeric()).collect();
        if words.iter().any(|word| ["adr", "decision"].contains(word)) {
            return Some(!self.is_template());
        }
        let other = [
            "runbook",
            "sop",
            "guide",
            "rfc",
            "skill",
            "service",
            "policy",
            "postmortem",
            "pattern",
        ];
        words.iter().any(|word| other.contains(word)).then_some(false)
    }

    fn is_template(&self) -> bool {
        let stem = self.path.file_stem().to_lowercase();
        let named = stem.split(['-', '_', ' ']).next_back() == Some("template")
            && self.name.number().is_none();
        let placeholder = self
            .document
            .h1
            .as_deref()
            .is_some_and(|h1| h1.starts_with(['{', '[', '<']) && h1.ends_with(['}', ']', '>']));
        named || placeholder || self.document.front.text("template").is_some()
    }

    fn in_log(&self) -> bool {
        LOGS.contains(&self.path.parent().file_name().to_lowercase().as_str())
    }

    /// Headings that stand together only in decisions.
    fn has_shape(&self) -> bool {
        let has = |name: &str| self.headings.contains(name);
        has("decision outcome")
            || has("context and problem statement")
            || (has("decision") && (has("context") || has("consequences")))
    }

    fn format(&self) -> Format {
        let front = &self.document.front;
        let bullet = self.facts.stated.iter().find_map(|fact| fact.bullet);
        let is_madr =
            self.has_shape() && (front.status.is_some() || !front.list(&DECIDERS).is_empty());
        if front.text("id").is_some_and(|id| id.starts_with("decision-")) {
            Format::Backlog
        } else if matches!(self.name, Name::Dated(_))
            && front.dialect.is_none()
            && self.facts.status.is_none()
        {
            Format::Log4brains
        } else if is_madr {
            Format::Madr
        } else if self.facts.status.is_some() {
            Format::Nygard
        } else if let Some(bullet) = bullet.filter(|_| self.has_madr_headings()) {
            let numbered = self.name.number().is_some();
            if bullet == '-' && !numbered { Format::Log4brains } else { Format::Madr }
        } else if self.has_madr_headings() && self.facts.stated.is_empty() {
            Format::Madr
        } else {
            Format::Other
        }
    }

    fn has_madr_headings(&self) -> bool {
        ["context and problem statement", "decision outcome"]
            .iter()
            .any(|name| self.headings.contains(*name))
    }

    /// The text that states the status, wherever it stands.
    fn status_text(&self) -> Option<&str> {
        let front = self.document.front.status.as_deref();
        front.or_else(|| self.facts.value(&["status"])).or_else(|| self.status_line())
    }

    /// In a "Status" section, the first line that is a known status, else the first.
    fn status_line(&self) -> Option<&str> {
        let lines = self.facts.status.as_ref()?;
        let known = |line: &&Line| {
            AdrStatus::read(bare(&line.text)).is_some_and(|status| status.is_known())
        };
        lines.iter().find(known).or(lines.first()).map(|line| bare(&line.text))
    }

    fn status(&self) -> Option<AdrStatus> {
        self.status_text().and_then(AdrStatus::read)
    }

    fn date(&self) -> Option<jiff::civil::Date> {
        let stated = self.document.front.text("date");
        let stated = stated.as_deref().or_else(|| self.facts.value(&["date", "decision date"]));
        stated.and_then(read_date).or_else(|| self.status_text().and_then(date_in)).or(
            match self.name {
                Name::Dated(date) => Some(date),
                _ => None,
            },
        )
    }

    fn deciders(&self) -> Vec<String> {
        let listed = self.document.front.list(&DECIDERS);
        if !listed.is_empty() {
            return listed;
        }
        let keys = ["deciders", "decider", "decision makers", "decision maker"];
        let text = self.facts.value(&keys).filter(|text| !text.starts_with(['[', '{']));
        let names = text.unwrap_or_default().split(',').map(str::trim);
        names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
    }

    fn number_key(&self) -> Option<u32> {
        self.document.front.text("number").and_then(|number| number.parse().ok())
    }

    fn title(&self) -> (Option<u32>, String) {
        let stated = self.document.front.title.as_deref().or(self.document.h1.as_deref());
        match stated.map(name::split_title) {
            Some((number, title)) if !title.is_empty() => (number, title.to_owned()),
            _ => (None, name::words(&self.path.file_stem())),
        }
    }

    fn relations(&self) -> Relations {
        let mut relations = Relations::default();
        let front = &self.document.front;
        Relations::read_list(&mut relations.supersedes, &front.supersedes);
        let by = front.list(&["superseded-by", "superseded_by", "supersededBy"]);
        Relations::read_list(&mut relations.superseded_by, &by);
        let stated = front.status.iter().map(String::as_str);
        let status = self.facts.stated.iter().filter(|fact| fact.key == "status");
        let lines = self.facts.status.iter().flatten().chain(&self.facts.links);
        let lines = lines.map(|line| line.text.as_str());
        for line in stated.chain(status.map(|fact| fact.value.as_str())).chain(lines) {
            relations.read_line(line);
        }
        relations
    }
}

/// A line without a list's or a quote's sign and without emphasis.
pub(super) fn bare(line: &str) -> &str {
    line.trim().trim_start_matches(['*', '-', '+', '>', '_', ' ']).trim_end_matches(['*', '_'])
}

/// A day inside a text, as in `accepted (2026-01-02)`.
pub(super) fn date_in(text: &str) -> Option<jiff::civil::Date> {
    text.split(|c: char| c.is_whitespace() || "()[],;".contains(c)).find_map(read_date)
}
