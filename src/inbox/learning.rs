//! A learning: what a run found out, and where it should go.

use serde_json::{Map, Value, json};

use super::error::InboxError;
use super::evidence::Evidence;
use super::id::{LearningId, normalised};
use super::target::{Action, Target};
use super::yaml;
use crate::document;
use crate::repo_path::RepoPath;

/// Bytes that a body may have: some three thousand words.
pub const MAX_BODY: usize = 32 * 1024;

/// Where it was seen first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct First {
    /// The run; `None` where a person or an agent wrote it by hand.
    pub run: Option<String>,
    /// The ticket.
    pub ticket: Option<String>,
}

/// One learning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Learning {
    /// Where it should go.
    pub target: Target,
    /// What should happen there.
    pub action: Action,
    /// The kind of page, for one that is to be made.
    pub kind: Option<String>,
    /// Who shall own a page that is to be made, where somebody said so.
    pub owner: Option<String>,
    /// Services that it is about, with commas between them, where somebody said so.
    pub services: Option<String>,
    /// Where it was seen first.
    pub first: First,
    /// Per cent.
    pub confidence: Option<u8>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// What was hidden in it: the version of the rules, and how many of each type.
    pub redaction: Value,
    /// `{by, at}`.
    pub generated: Value,
    /// Markdown, normalised.
    pub body: String,
}

impl Learning {
    /// Its name.
    pub fn id(&self) -> LearningId {
        LearningId::of(&self.target, self.action, &self.body)
    }

    /// From Markdown with a head, or from a JSON object whose `body` is Markdown.
    /// What the head does not say, `given` does, and it wins over the head.
    pub fn read(text: &str, given: &Map<String, Value>) -> Result<Self, InboxError> {
        let (mut head, body) = parts(text, "the learning")?;
        head.extend(given.clone());
        let text_of = |key: &str| head.get(key).and_then(yaml::text);
        let target: Target = text_of("target").unwrap_or_default().parse()?;
        let action = text_of("action").map_or(Ok(Action::usual(&target)), |it| it.parse())?;
        action.fits(&target)?;
        let learning = Self {
            target,
            action,
            kind: text_of("kind"),
            owner: text_of("owner"),
            services: text_of("services"),
            first: first(&head),
            confidence: confidence(&head)?,
            evidence: evidence(&head)?,
            redaction: head.get("redaction").cloned().unwrap_or_default(),
            generated: head.get("generated").cloned().unwrap_or_default(),
            body: normalised(&body),
        };
        match learning.body.len() {
            0 => Err(InboxError::Empty),
            bytes if bytes > MAX_BODY => Err(InboxError::TooLong { bytes, limit: MAX_BODY }),
            _ => Ok(learning),
        }
    }

    /// The file `learning.md`.
    pub fn file(&self) -> String {
        let evidence: Vec<Value> = self.evidence.iter().map(Evidence::value).collect();
        let rows = [
            ("id", json!(self.id().as_str())),
            ("target", json!(self.target.to_string())),
            ("action", json!(self.action.name())),
            ("kind", json!(self.kind)),
            ("owner", json!(self.owner)),
            ("services", json!(self.services)),
            ("first", self.first.value()),
            ("confidence", json!(self.confidence)),
            ("evidence", if evidence.is_empty() { Value::Null } else { json!(evidence) }),
            ("redaction", self.redaction.clone()),
            ("generated", self.generated.clone()),
        ];
        yaml::file(rows, &self.body)
    }

    /// The first words, for a list.
    pub fn summary(&self) -> String {
        let mut lines = self.body.lines().map(words);
        lines.find(|line| !line.is_empty()).unwrap_or_default()
    }
}

/// A line of Markdown without the marks of headings, lists and emphasis.
fn words(line: &str) -> String {
    let is_mark = |c: char| matches!(c, '#' | '-' | '*' | '>' | '+' | ' ');
    let line = line.trim_start_matches(is_mark);
    let after_number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let item = after_number.strip_prefix(". ").or_else(|| after_number.strip_prefix(") "));
    let line = item.filter(|_| after_number.len() < line.len()).unwrap_or(line);
    line.replace("**", "").trim().to_owned()
}

impl First {
    fn value(&self) -> Value {
        let mut map = Map::new();
        let pairs = [("run", &self.run), ("ticket", &self.ticket)];
        for (key, value) in pairs {
            map.extend(value.as_ref().map(|value| (key.to_owned(), json!(value))));
        }
        if self.run.is_none() {
            map.insert("source".to_owned(), json!("manual"));
        }
        Value::Object(map)
    }
}

/// Head and body; what is wrong is told of `what`.
pub(super) fn parts(text: &str, what: &str) -> Result<(Map<String, Value>, String), InboxError> {
    if text.trim_start_matches('\u{feff}').trim_start().starts_with('{') {
        let wrong = |error: serde_json::Error| InboxError::File {
            path: what.to_owned(),
            why: format!(
                "it is no JSON object, from line {}, column {} on",
                error.line(),
                error.column()
            ),
        };
        let mut head: Map<String, Value> =
            serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(wrong)?;
        let body = head.remove("body").and_then(|body| yaml::text(&body)).unwrap_or_default();
        return Ok((head, body));
    }
    let (document, said) = document::parse(&RepoPath::root(), text.as_bytes());
    if let Some(said) = said.iter().find(|it| it.rule.contains("front-matter")) {
        let why = format!("line {}: {}", said.line, said.message);
        return Err(InboxError::File { path: what.to_owned(), why });
    }
    let body = text.get(document.front.body_start as usize..).unwrap_or_default();
    Ok((document.front.raw(), body.to_owned()))
}

/// `first: {run, ticket}`, or the two at the top.
fn first(head: &Map<String, Value>) -> First {
    let inner = head.get("first").and_then(Value::as_object);
    let text = |key: &str| {
        let own = inner.and_then(|inner| inner.get(key)).and_then(yaml::text);
        head.get(key).and_then(yaml::text).or(own)
    };
    First { run: text("run"), ticket: text("ticket") }
}

fn confidence(head: &Map<String, Value>) -> Result<Option<u8>, InboxError> {
    let Some(value) = head.get("confidence").filter(|it| !it.is_null()) else { return Ok(None) };
    let number = value
        .as_i64()
        .ok_or(InboxError::Field { key: "confidence", wanted: "a whole number of per cent" })?;
    let known = u8::try_from(number).ok().filter(|it| *it <= 100);
    known.map(Some).ok_or(InboxError::Confidence(number))
}

fn evidence(head: &Map<String, Value>) -> Result<Vec<Evidence>, InboxError> {
    match head.get("evidence") {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(items)) => items.iter().map(Evidence::read).collect(),
        Some(one) => Evidence::read(one).map(|it| vec![it]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "---\ntarget: wiki/queue.md#causes\nkind: pattern\nfirst: {run: R-1, ticket: ENG-1423}\n\
        confidence: 80\nevidence: [{source: aws, ref: \"cloudwatch:alarm/a\", at: 2026-11-03T04:10:00Z}]\n---\n\
        # Visibility\n\nThe time was too short.\n";

    fn read(text: &str) -> Learning {
        Learning::read(text, &Map::new()).unwrap()
    }

    #[test]
    fn a_file_reads_back_as_it_was_written() {
        let learning = read(FILE);
        let again = read(&learning.file());
        assert_eq!(again, learning);
        assert_eq!(again.id(), learning.id());
        assert_eq!(learning.summary(), "Visibility");
        insta::assert_snapshot!(learning.file(), @r#"
        ---
        id: L-4c3ea20e76c5
        target: "wiki/queue.md#causes"
        action: append
        kind: pattern
        first: {run: R-1, ticket: ENG-1423}
        confidence: 80
        evidence: [{source: aws, ref: "cloudwatch:alarm/a", at: "2026-11-03T04:10:00Z"}]
        ---

        # Visibility

        The time was too short.
        "#);
    }

    #[test]
    fn json_says_the_same() {
        let json = json!({
            "target": "wiki/queue.md#causes", "kind": "pattern", "run": "R-1", "ticket": "ENG-1423",
            "confidence": 80, "body": "# Visibility\n\nThe time was too short.",
            "evidence": [{"source": "aws", "ref": "cloudwatch:alarm/a", "at": "2026-11-03T04:10:00Z"}],
        });
        assert_eq!(read(&json.to_string()), read(FILE));
    }

    #[test]
    fn what_is_given_wins_over_the_head() {
        let mut given = Map::new();
        given.insert("target".to_owned(), json!("new:wiki/patterns/queue.md"));
        let learning = Learning::read(FILE, &given).unwrap();
        assert_eq!((learning.action, learning.target.is_new), (Action::New, true));
    }

    #[test]
    fn what_is_no_learning_says_why() {
        let why = |text: &str| Learning::read(text, &Map::new()).unwrap_err().to_string();
        assert_eq!(
            why("---\ntarget: wiki/a.md\n---\n\n \n"),
            "the learning says nothing: its body is empty"
        );
        assert_eq!(why("text"), "the target '' names no page");
        assert_eq!(
            why("---\ntarget: wiki/a.md\nconfidence: 120\n---\nx\n"),
            "the confidence 120 is not between 0 and 100"
        );
        assert_eq!(
            why("---\ntarget: wiki/a.md\nevidence: [4]\n---\nx\n"),
            "'evidence' is not a list of {source, ref, at, digest}"
        );
        assert_eq!(
            why("---\ntarget: wiki/a.md\naction: merge\n---\nx\n"),
            "there is no action 'merge'"
        );
        assert!(
            why("{\"target\": ").starts_with("'the learning' cannot be read: it is no JSON object")
        );
        let long = format!("---\ntarget: wiki/a.md\n---\n{}", "x".repeat(MAX_BODY + 1));
        assert!(why(&long).contains("bytes, and at most"));
    }
}
