//! Findings as they lie on the branch.

use std::collections::BTreeMap;

use crate::hint::nearest;
use crate::inbox::merge::{Files, purged};
use crate::inbox::{BRANCH, Course, Event, FINDINGS, Finding, FindingId, Place};
use crate::ops::OpError;

/// A finding with what became of it.
#[derive(Debug, Clone)]
pub(super) struct Held {
    pub(super) id: FindingId,
    pub(super) finding: Finding,
    pub(super) course: Course,
}

/// All findings at one commit.
#[derive(Debug, Clone, Default)]
pub(super) struct Findings {
    pub(super) by_id: BTreeMap<FindingId, Held>,
    /// Files that cannot be understood, and why; nothing is hidden.
    pub(super) problems: Vec<String>,
}

impl Findings {
    pub(super) fn of(files: &Files) -> Self {
        let mut findings = Self::default();
        let gone = purged(files);
        let mut events: BTreeMap<&str, Vec<Event>> = BTreeMap::new();
        let mut texts = Vec::new();
        for (path, bytes) in files.iter().filter(|(path, _)| path.text().starts_with(FINDINGS)) {
            let text = String::from_utf8_lossy(bytes);
            match Place::of(path) {
                Some((id, Place::State(_))) if !gone.contains(id) => {
                    match Event::read(&path.text(), &text) {
                        Ok(event) => events.entry(id).or_default().push(event),
                        Err(error) => findings.problems.push(error.to_string()),
                    }
                }
                Some((id, Place::Text)) if !gone.contains(id) => texts.push((id, path, bytes)),
                _ => {}
            }
        }
        for (id, path, bytes) in texts {
            match held(id, &path.text(), bytes, events.remove(id).unwrap_or_default()) {
                Ok(held) => drop(findings.by_id.insert(held.id.clone(), held)),
                Err(problem) => findings.problems.push(problem),
            }
        }
        findings
    }

    /// The finding of this name.
    pub(super) fn get(&self, id: &FindingId) -> Result<&Held, OpError> {
        self.by_id.get(id).ok_or_else(|| {
            let near = nearest(id.as_str(), self.by_id.keys().map(FindingId::as_str));
            let list =
                "see what is there: prode finding list --all; fetch others': prode inbox sync";
            OpError::NotFound {
                message: format!("there is no finding '{id}' on {BRANCH}"),
                hint: near.map_or_else(|| list.into(), |near| format!("did you mean '{near}'?")),
            }
        })
    }
}

/// One file, held to its name.
fn held(id: &str, path: &str, bytes: &[u8], events: Vec<Event>) -> Result<Held, String> {
    let wrong = |why: String| format!("'{path}' cannot be read: {why}");
    let text = std::str::from_utf8(bytes).map_err(|_| wrong("it is not UTF-8".to_owned()))?;
    let id: FindingId = id.parse().map_err(|_| wrong("its folder is no id".to_owned()))?;
    let finding =
        Finding::read(text, &serde_json::Map::new()).map_err(|error| wrong(error.to_string()))?;
    if finding.id() != id {
        return Err(wrong(format!("what it says has the id {}, not {id}", finding.id())));
    }
    let course = Course::of(&finding, events);
    Ok(Held { id, finding, course })
}
