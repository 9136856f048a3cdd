//! Decisions as one JSON document.
//!
//! The shape holds each file's whole text, so that what was exported comes
//! back byte for byte. Beside it stand the fields of JSON-ADR 1, by their
//! names there, for programs that read that; a document that has only those
//! is read too, and becomes MADR.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Skipped;
use super::source::{Base, Found};
use crate::adr::{AdrStatus, Format, file_name};
use crate::ops::OpError;

/// The version of JSON-ADR whose names the fields have.
pub const JSON_ADR: &str = "1.0.0";

/// Every decision of a log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Export {
    /// `prode.adr_export/v1`; absent in a document of another program.
    #[serde(default)]
    pub schema: String,
    /// `1.0.0`: that of JSON-ADR.
    #[serde(default)]
    pub version: String,
    /// The commit that was read; null for files on disk.
    #[serde(default)]
    pub commit: Option<String>,
    /// Ordered by log and number.
    pub adrs: Vec<Decision>,
    /// Files that nobody could read.
    #[serde(default)]
    pub skipped: Vec<Skipped>,
}

/// One decision. Lists that hold nothing may be absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Decision {
    /// Null where its format has none.
    pub number: Option<u32>,
    /// Without its number.
    pub title: String,
    /// As `prode adr list` says it; null where the file states none.
    pub status: Option<String>,
    /// `YYYY-MM-DD`; null where the file states none.
    pub date: Option<String>,
    /// Who decided.
    pub deciders: Vec<String>,
    /// Who was asked.
    pub consulted: Vec<String>,
    /// Who was told.
    pub informed: Vec<String>,
    /// Topics.
    pub tags: Vec<String>,
    /// Where the file stands, from the top folder.
    pub path: Option<String>,
    /// `nygard`, `madr`, `log4brains`, `backlog` or `other`.
    pub format: Option<String>,
    /// The folder of its log; `.` is the top folder.
    pub log: Option<String>,
    /// Text below "Context", or what the format calls it.
    pub context: Option<String>,
    /// Text below "Decision" or "Decision Outcome", parts included.
    pub decision: Option<String>,
    /// Text below "Consequences".
    pub consequences: Option<String>,
    /// How it relates to others.
    pub links: Vec<Link>,
    /// Text of other sections, by heading.
    pub custom_sections: BTreeMap<String, String>,
    /// The whole file, line ends and byte order mark included.
    pub text: Option<String>,
}

/// One relation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Link {
    /// `supersedes` or `superseded-by`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The other one's number; null where it has none.
    pub target: Option<u32>,
    /// The other one's path, or how it is named where there is no such file.
    #[serde(default)]
    pub path: Option<String>,
}

/// Documents that hold decisions: many, one beside a version, one alone.
#[derive(Deserialize)]
#[serde(untagged)]
enum Shape {
    Many(Export),
    One { adr: Decision },
    Alone(Decision),
}

/// Reads a document; its files are taken to stand in its own folder.
pub(super) fn read(place: &Path) -> Result<Found, OpError> {
    let path = || place.display().to_string();
    let wrong = |reason: String| OpError::Invalid {
        message: format!("'{}' cannot be imported: {reason}", path()),
        hint:
            "name the folder that holds the decisions, or a document of prode adr export --to json"
                .to_owned(),
    };
    let bytes = fs::read(place)
        .map_err(|error| OpError::File { path: path(), reason: error.to_string() })?;
    let plain: serde_json::Value = serde_json::from_slice(&bytes)
        .map_err(|error| wrong(format!("it is no JSON document: {error}")))?;
    let no_list = || wrong("it holds no list `adrs` of decisions with titles".to_owned());
    let shape: Shape = serde_json::from_value(plain).map_err(|_| no_list())?;
    let (decisions, skipped) = match shape {
        Shape::Many(export) => (export.adrs, export.skipped),
        Shape::One { adr } | Shape::Alone(adr) => (vec![adr], Vec::new()),
    };
    let folder = place.parent().unwrap_or(place);
    let mut found = Found { skipped, base: Base::of(folder), ..Found::default() };
    let names: BTreeMap<u32, String> =
        decisions.iter().filter_map(|it| Some((it.number?, it.file_name()))).collect();
    for decision in &decisions {
        if decision.title.is_empty() && decision.text.is_none() {
            return Err(no_list());
        }
        let path = decision.path.clone().unwrap_or_else(|| decision.file_name());
        let text = decision.text.clone().unwrap_or_else(|| decision.as_madr(&names));
        let said = decision.text.is_none().then_some(Format::Madr);
        found.add_bytes(&folder.join(path), text.as_bytes(), said.or(decision.said()), None);
    }
    found.items.sort_by(|a, b| a.old().cmp(b.old()));
    Ok(found)
}

impl Decision {
    fn said(&self) -> Option<Format> {
        let format = self.format.clone()?;
        serde_json::from_value(serde_json::Value::String(format)).ok()
    }

    fn file_name(&self) -> String {
        let day = self.date.as_deref().and_then(crate::document::read_date).unwrap_or_default();
        file_name(Format::Madr, self.number.unwrap_or(0), 4, &self.title, day)
    }

    /// The text of a decision of which only fields are known.
    fn as_madr(&self, names: &BTreeMap<u32, String>) -> String {
        let quoted = |text: &str| serde_json::to_string(text).unwrap_or_default();
        let mut text = String::from("---\n");
        if let Some(status) = &self.status {
            let known = AdrStatus::read(status).filter(AdrStatus::is_known);
            let known = known.filter(|known| known.label().eq_ignore_ascii_case(status.trim()));
            let words = known.map_or_else(|| quoted(status), |known| known.label().to_owned());
            let _ = writeln!(text, "status: {words}");
        }
        if let Some(date) = &self.date {
            let day = crate::document::read_date(date);
            let words = day.map_or_else(|| quoted(date), |day| day.to_string());
            let _ = writeln!(text, "date: {words}");
        }
        for (key, names) in [
            ("decision-makers", &self.deciders),
            ("consulted", &self.consulted),
            ("informed", &self.informed),
            ("tags", &self.tags),
        ] {
            if !names.is_empty() {
                let _ =
                    writeln!(text, "{key}: {}", serde_json::to_string(names).unwrap_or_default());
            }
        }
        let _ = write!(text, "---\n\n# {}\n", crate::adr::heading(&self.title));
        for (heading, body) in [
            ("Context and Problem Statement", &self.context),
            ("Decision Outcome", &self.decision),
            ("Consequences", &self.consequences),
        ] {
            let signs = if heading == "Consequences" { "###" } else { "##" };
            if let Some(body) = body {
                let _ = write!(text, "\n{signs} {heading}\n\n{}\n", body.trim());
            }
        }
        for (heading, body) in &self.custom_sections {
            let _ = write!(text, "\n## {heading}\n\n{}\n", body.trim());
        }
        let lines: Vec<String> = self.links.iter().filter_map(|link| link.line(names)).collect();
        if !lines.is_empty() {
            let _ = write!(text, "\n## Links\n\n{}\n", lines.join("\n"));
        }
        text
    }
}

impl Link {
    fn line(&self, names: &BTreeMap<u32, String>) -> Option<String> {
        let mut words = self.kind.replace(['-', '_'], " ");
        words.get_mut(..1).map(str::make_ascii_uppercase);
        let number = self.target?;
        let name = names.get(&number);
        Some(match name {
            Some(name) => format!("* {words} [ADR-{number:04}]({name})"),
            None => format!("* {words} ADR-{number:04}"),
        })
    }
}
