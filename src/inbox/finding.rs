//! A finding: what is wrong with a page, a proposal or a run, defect by defect.

use std::str::FromStr;

use serde_json::{Map, Value, json};

use super::error::InboxError;
use super::id::{FindingId, normalised};
use super::learning::{MAX_BODY, parts};
use super::subject::Subject;
use super::yaml;

/// Defects that one finding may enumerate.
pub const MAX_ITEMS: usize = 100;

/// How much harm it does, whatever the tone in which it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Following it does damage, or work stops.
    Blocker,
    /// It leads to the wrong place.
    High,
    /// It costs time.
    Medium,
    /// It is unpleasant to read.
    Low,
}

impl Severity {
    /// All of them, the worst first.
    pub const ALL: [Self; 4] = [Self::Blocker, Self::High, Self::Medium, Self::Low];

    /// As it is written.
    pub fn name(self) -> &'static str {
        match self {
            Self::Blocker => "blocker",
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }
}

impl FromStr for Severity {
    type Err = InboxError;

    fn from_str(typed: &str) -> Result<Self, InboxError> {
        let found = Self::ALL.into_iter().find(|it| it.name() == typed);
        found.ok_or_else(|| InboxError::NoSeverity(typed.to_owned()))
    }
}

/// One finding. Its text does not change; what becomes of it lies beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is about.
    pub target: Subject,
    /// By impact, as it was reported.
    pub severity: Severity,
    /// Each defect, one line; they are numbered from 1.
    pub items: Vec<String>,
    /// What was hidden in it: the version of the rules, and how many of each type.
    pub redaction: Value,
    /// `{by, at}`.
    pub generated: Value,
    /// Markdown, normalised; may be empty.
    pub body: String,
}

impl Finding {
    /// Its name.
    pub fn id(&self) -> FindingId {
        FindingId::of(&self.target, &self.items, &self.body)
    }

    /// From Markdown with a head, or from a JSON object whose `body` is Markdown.
    /// What is `given` wins over the head.
    ///
    /// # Errors
    /// Where no defect is enumerated, or no severity is said.
    pub fn read(text: &str, given: &Map<String, Value>) -> Result<Self, InboxError> {
        let (mut head, body) = parts(text, "the finding")?;
        head.extend(given.clone());
        let text_of = |key: &str| head.get(key).and_then(yaml::text).unwrap_or_default();
        let finding = Self {
            target: text_of("target").parse()?,
            severity: severity(&text_of("severity"))?,
            items: items(head.get("items"))?,
            redaction: head.get("redaction").cloned().unwrap_or_default(),
            generated: head.get("generated").cloned().unwrap_or_default(),
            body: normalised(&body),
        };
        let bytes = finding.items.iter().map(String::len).sum::<usize>() + finding.body.len();
        match finding.items.len() {
            0 => Err(InboxError::NoItems),
            count if count > MAX_ITEMS => Err(InboxError::ManyItems(count)),
            _ if bytes > MAX_BODY => Err(InboxError::LongFinding { bytes, limit: MAX_BODY }),
            _ => Ok(finding),
        }
    }

    /// The file `finding.md`.
    pub fn file(&self) -> String {
        let rows = [
            ("id", json!(self.id().as_str())),
            ("target", json!(self.target.to_string())),
            ("severity", json!(self.severity.name())),
            ("items", json!(self.items)),
            ("redaction", self.redaction.clone()),
            ("generated", self.generated.clone()),
        ];
        yaml::file(rows, &self.body)
    }
}

/// A list of texts, or one text; each on one line.
fn items(value: Option<&Value>) -> Result<Vec<String>, InboxError> {
    const WANTED: InboxError =
        InboxError::Field { key: "items", wanted: "a list of texts, one for each defect" };
    let line = |value: &Value| -> Result<String, InboxError> {
        let text = yaml::text(value).ok_or(WANTED)?;
        let words: Vec<&str> = text.split_whitespace().collect();
        Some(words.join(" ")).filter(|it| !it.is_empty()).ok_or(WANTED)
    };
    match value {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(all)) => all.iter().map(line).collect(),
        Some(one) => line(one).map(|it| vec![it]),
    }
}

fn severity(word: &str) -> Result<Severity, InboxError> {
    if word.is_empty() { Err(InboxError::SeverityMissing) } else { word.parse() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FILE: &str = "---\ntarget: wiki/queue.md#rollback\nseverity: high\nitems:\n  - step 2 names a host that \
        is gone\n  - \"no: stop condition\"\n---\n\nSeen at 04:10.\n";

    fn read(text: &str) -> Result<Finding, InboxError> {
        Finding::read(text, &Map::new())
    }

    #[test]
    fn a_file_reads_back_as_it_was_written() {
        let finding = read(FILE).unwrap();
        let again = read(&finding.file()).unwrap();
        assert_eq!((&again, again.id()), (&finding, finding.id()));
        insta::assert_snapshot!(finding.file(), @r#"
        ---
        id: F-3fc589669425
        target: "wiki/queue.md#rollback"
        severity: high
        items: ["step 2 names a host that is gone", "no: stop condition"]
        ---

        Seen at 04:10.
        "#);
    }

    #[test]
    fn json_and_options_say_the_same() {
        let json = json!({"target": "wiki/queue.md#rollback", "severity": "high", "body": "Seen at 04:10.",
            "items": ["step 2 names a host\nthat is gone", "no: stop condition"]});
        assert_eq!(read(&json.to_string()).unwrap(), read(FILE).unwrap());
        let given = json!({"severity": "low", "items": ["a dead link"]});
        let finding = Finding::read("", given.as_object().unwrap()).unwrap();
        assert_eq!((finding.target, finding.body.as_str()), (Subject::None, ""));
    }

    #[test]
    fn what_is_no_finding_says_why() {
        let why = |text: &str| read(text).unwrap_err().to_string();
        assert_eq!(why("---\nseverity: low\n---\nAll bad.\n"), "the finding enumerates no defect");
        assert_eq!(why("---\nitems: [a]\n---\n"), "the severity is missing");
        assert_eq!(
            why("---\nitems: [a]\nseverity: urgent\n---\n"),
            "there is no severity 'urgent'"
        );
        assert_eq!(
            why("---\nitems: [a, {b: c}]\nseverity: low\n---\n"),
            "'items' is not a list of texts, one for each defect"
        );
        let many = format!("---\nseverity: low\nitems: [{}]\n---\n", "a, ".repeat(MAX_ITEMS + 1));
        assert!(why(&many).starts_with("the finding enumerates 101 defects"));
        let long = format!("---\nseverity: low\nitems: [a]\n---\n{}", "x".repeat(MAX_BODY));
        assert!(why(&long).contains("bytes, and at most"));
    }

    proptest! {
        #[test]
        fn any_words_read_back(
            items in prop::collection::vec("[ -~]{0,20}[a-z:#\"'{}\\[\\]]", 1..5),
            body in "[a-z#:'\" \n]{0,40}",
        ) {
            let given = json!({"severity": "medium", "items": items});
            let text = format!("---\ntarget: none\n---\n\n{body}");
            let finding = Finding::read(&text, given.as_object().unwrap()).unwrap();
            prop_assert_eq!(read(&finding.file()).unwrap(), finding);
        }
    }
}
