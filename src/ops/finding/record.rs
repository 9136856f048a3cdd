//! Writing an event, and what all of them need.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::held::Findings;
use crate::allowance::NOWHERE;
use crate::corpus::Reference;
use crate::git::{Draft, Edit, Message};
use crate::hint::{ErrorKind, Helpful};
use crate::inbox::{Answer, Course, Event, Evidence, FINDINGS, FindingId, Refusal, Subject};
use crate::ops::OpError;
use crate::ops::inbox_branch::Branch;
use crate::ops::redact::{Counts, Screen, hidden, safe, screen};
use crate::repo_path::RepoPath;
use crate::workspace::{Asked, Workspace};

/// An event that was recorded, and how the finding stands with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Recorded {
    /// `prode.finding_event/v1`.
    pub schema: String,
    /// The finding.
    pub id: String,
    /// `fixed`, `non-actionable`, `rejected`, `open`, `correct`, `close` or `reject`.
    pub event: String,
    /// `open`, `closed` or `rejected`.
    pub state: String,
    /// What a closed finding came to: `fixed`, `non-actionable` or `rejected`.
    pub resolution: Option<String>,
    /// As it is judged now.
    pub severity: String,
    /// Items that nobody answered yet, from 1.
    pub open: Vec<usize>,
    /// Who said it.
    pub by: String,
    /// The commit on the branch.
    pub commit: Option<String>,
}

/// Records `event` where the rules allow it; its turn is set here. `aliases`
/// are other names of whoever says it, held to the same rules.
pub(super) fn record(
    branch: &Branch<'_>,
    id: &FindingId,
    event: &Event,
    aliases: &[String],
) -> Result<Recorded, OpError> {
    let screen = screen(branch.workspace())?;
    let mut after = None;
    let commit = branch.grow(|contents| {
        let findings = Findings::of(&contents.files);
        let held = findings.get(id)?;
        let event = Event { turn: held.course.next_turn(), ..event.clone() };
        let names = aliases.iter().chain([&event.by]);
        for by in names {
            let said = Event { by: by.clone(), ..event.clone() };
            held.course.check(&said).map_err(|refusal| refused(id, &refusal))?;
        }
        let (digest, text) = event.file();
        let text = safe(&screen, NOWHERE, &text)?;
        let edit = Edit::write(below(id, &format!("events/{digest}")), text.as_str());
        let subject = format!("finding: {id} {}", event.name());
        let known = held.course.events.iter().map(|(event, _)| event.clone());
        after = Some(Course::of(&held.finding, known.chain([event]).collect()));
        Ok(Some(draft(subject, id, edit)))
    })?;
    let course = after.ok_or_else(|| refused(id, &Refusal::Nothing))?;
    let open = (1..).zip(&course.items).filter(|(_, item)| item.answer.is_none());
    Ok(Recorded {
        schema: "prode.finding_event/v1".to_owned(),
        id: id.to_string(),
        event: event.name().to_owned(),
        state: course.stage.name().to_owned(),
        resolution: course.resolution().map(Answer::name).map(str::to_owned),
        severity: course.severity.name().to_owned(),
        open: open.map(|(number, _)| number).collect(),
        by: event.by.clone(),
        commit: commit.map(|commit| commit.to_string()),
    })
}

/// A refusal, with the finding's own name in what to type next.
fn refused(id: &FindingId, refusal: &Refusal) -> OpError {
    let message = refusal.to_string();
    let hint = refusal.hints().concat().replace("F-\u{2026}", id.as_str());
    match refusal.kind() {
        ErrorKind::Waiting => OpError::Waiting { message, hint },
        ErrorKind::Conflict => OpError::Conflict { message, hint },
        ErrorKind::Usage => OpError::Usage { message, hint },
        _ => OpError::Invalid { message, hint },
    }
}

/// `--evidence`, redacted.
pub(super) fn evidence(screen: &Screen, texts: &[String]) -> Result<Vec<Evidence>, OpError> {
    let texts = texts.iter().map(|it| it.trim()).filter(|it| !it.is_empty());
    let one = |text: &str| -> Result<Evidence, OpError> {
        let reference = hidden(screen, NOWHERE, text, &mut Counts::new())?;
        Ok(Evidence { reference, ..Evidence::default() })
    };
    texts.map(one).collect()
}

/// A finding about a page is about one that is there.
pub(super) fn on_the_trunk(workspace: &Workspace, target: &Subject) -> Result<(), OpError> {
    let Subject::Page(page) = target else { return Ok(()) };
    let memory = workspace.memory(&Asked::Trunk)?;
    memory.catalogue()?.find(&Reference::parse(&page.to_string())?)?;
    Ok(())
}

/// A commit on the branch about one finding.
pub(super) fn draft(subject: String, id: &FindingId, edit: Edit) -> Draft {
    let trailers = vec![("Prode-Finding".to_owned(), id.to_string())];
    let message = Message { subject, body: String::new(), trailers };
    Draft { message, edits: vec![edit], ..Draft::default() }
}

/// A path below a finding's folder.
pub(super) fn below(id: &FindingId, rest: &str) -> RepoPath {
    RepoPath::from_git(format!("{FINDINGS}/{id}/{rest}"))
}
