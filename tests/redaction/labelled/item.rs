//! One labelled document, as `tests/fixtures/redaction/README.md` describes it.
//! Values are joined in memory only; nothing here prints one.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::Deserialize;

pub(super) const SEEN: &str = "tests/fixtures/redaction";
pub(super) const UNSEEN: &str = "tests/fixtures/redaction/unseen";

/// What a redactor must hide and must not lose in one text.
pub(super) struct Item {
    pub(super) id: String,
    pub(super) kind: String,
    /// The pieces as they stand in the file.
    pub(super) parts: Vec<String>,
    /// The pieces joined.
    pub(super) text: String,
    /// Ordered by their starts, without overlap.
    pub(super) spans: Vec<Span>,
    /// What it would be a defect to lose.
    pub(super) keep: Vec<Range<usize>>,
    /// What the contract leaves open: hidden or not, both are right.
    pub(super) free: Vec<Range<usize>>,
    pub(super) settings: Settings,
    /// What cannot be bounded must not go on.
    pub(super) blocked: Option<Blocking>,
}

/// A value that must be hidden whole. Offsets are UTF-8 bytes.
pub(super) struct Span {
    pub(super) range: Range<usize>,
    pub(super) class: Class,
    /// What it is within its class, such as `email`.
    pub(super) type_: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    Secret,
    Identifier,
    Cell,
    Payload,
    Host,
    Policy,
}

/// Whether a redactor refuses to decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Blocking {
    Must,
    /// To hide the labelled spans is right too.
    May,
}

/// The team's own additions that an item is judged with.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Settings {
    /// Private domains: each with every name below it.
    pub(super) hosts: Vec<String>,
    /// The entries of a dictionary.
    pub(super) names: Vec<String>,
    /// Regular expressions by the placeholder's name.
    pub(super) patterns: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    id: String,
    kind: String,
    parts: Vec<String>,
    spans: Vec<(usize, usize, String)>,
    keep: Vec<(usize, usize)>,
    #[serde(default)]
    free: Vec<(usize, usize)>,
    #[serde(default)]
    settings: Settings,
    blocked: Option<Blocking>,
}

/// Every item that rules may be written for, in the order of the files' names.
pub(super) fn all() -> Vec<Item> {
    read(SEEN)
}

/// Items that tell how rules do on what they were not written for.
pub(super) fn unseen() -> Vec<Item> {
    read(UNSEEN)
}

fn read(folder: &str) -> Vec<Item> {
    let lines = files(folder).into_iter().flat_map(|file| {
        let text = std::fs::read_to_string(&file).unwrap();
        text.lines().map(|line| parse(&file, line)).collect::<Vec<_>>()
    });
    lines.collect()
}

/// The files of a folder of the set; none where Git keeps no empty folder.
pub(super) fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let entries = entries.map(|entry| entry.unwrap().path());
    let mut files: Vec<_> =
        entries.filter(|path| path.extension().is_some_and(|name| name == "jsonl")).collect();
    files.sort();
    files
}

fn parse(file: &Path, line: &str) -> Item {
    // The error would quote the line.
    let line: Line = serde_json::from_str(line)
        .unwrap_or_else(|error| panic!("{}: column {}", file.display(), error.column()));
    let ranges =
        |pairs: Vec<(usize, usize)>| pairs.into_iter().map(|(start, end)| start..end).collect();
    let span = |(start, end, label): (usize, usize, String)| {
        let (class, type_) = label.split_once(':').expect("class:type");
        Span { range: start..end, class: Class::of(class), type_: type_.to_owned() }
    };
    Item {
        text: line.parts.concat(),
        parts: line.parts,
        spans: line.spans.into_iter().map(span).collect(),
        keep: ranges(line.keep),
        free: ranges(line.free),
        settings: line.settings,
        blocked: line.blocked,
        id: line.id,
        kind: line.kind,
    }
}

impl Item {
    pub(super) fn value(&self, span: &Span) -> &str {
        &self.text[span.range.clone()]
    }
}

impl Class {
    fn of(name: &str) -> Self {
        match name {
            "secret" => Self::Secret,
            "identifier" => Self::Identifier,
            "cell" => Self::Cell,
            "payload" => Self::Payload,
            "host" => Self::Host,
            "policy" => Self::Policy,
            _ => panic!("no class '{name}'"),
        }
    }
}
