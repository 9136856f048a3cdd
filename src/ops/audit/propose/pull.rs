//! The pull request of one owner's branch: one, whatever was lost on the way.
//!
//! Who is asked and which labels it has is said once, when it is opened. That it
//! was said stands in its own words: what does not stand there is done again.

use super::build::Built;
use super::ground::Bench;
use super::remote::Remote;
use super::text;
use crate::allowance::NOWHERE;
use crate::forge::{Forge, Proposed, Pull, Reviewers, Wanted, marker};
use crate::ids::CommitId;
use crate::ops::error::OpError;
use crate::ops::proposal::{PullRow, team_template};
use crate::ops::redact;
use crate::promotion::reviewers;
use crate::redaction::Redacted;

/// Stands in the description once the owner was asked. No reader sees it.
const ASKED: &str = "<!-- prode: asked -->";

/// What came of it.
pub(super) struct Opened {
    pub(super) row: PullRow,
    pub(super) how: &'static str,
    pub(super) notes: Vec<String>,
}

/// Opens it, or makes it say what the branch does; `None` without a forge.
pub(super) fn opened(
    bench: &Bench<'_>,
    remote: &Remote<'_>,
    (owner, branch, base): (&str, &str, CommitId),
    (built, there): (&Built<'_>, Option<&Pull>),
) -> Result<Option<Opened>, OpError> {
    let Some(forge) = &remote.forge else { return Ok(None) };
    let before = team_template(bench.git, &bench.screen, forge.place().kind, base)?;
    let opening = bench.workspace.opening()?;
    let trunk = bench.workspace.reviewed()?.name;
    let propose = |is_asked: bool, there: Option<&Pull>| {
        let words = words(bench, forge, (owner, branch), (built, there), is_asked)?;
        let wanted = Wanted {
            branch,
            base: &trunk,
            title: &words.0,
            body: &words.1,
            before: before.as_ref(),
            draft: opening.draft,
        };
        Ok::<_, OpError>(forge.propose(&wanted)?)
    };
    let was_asked = there.is_some_and(|it| it.body.contains(ASKED));
    let proposed = propose(was_asked, there)?;
    let (mut pull, how) = (proposed.pull().clone(), proposed.name());
    let mut notes = Vec::new();
    if matches!(proposed, Proposed::Over(_)) {
        return Err(OpError::Conflict {
            message: format!("{} was decided just now", forge.place().name_of(pull.number)),
            hint: "run it again".to_owned(),
        });
    }
    if !was_asked {
        let refused = forge.label(pull.number, &opening.labels)?;
        notes.extend(refused.iter().map(|it| format!("the forge has no label '{it}'")));
        notes.extend(ask(bench, forge, pull.number, owner)?);
        pull = propose(true, Some(&pull))?.pull().clone();
    }
    Ok(Some(Opened { row: PullRow::of(forge.place(), &pull), how, notes }))
}

/// Title and description; both passed redaction.
fn words(
    bench: &Bench<'_>,
    forge: &Forge,
    (owner, branch): (&str, &str),
    (built, there): (&Built<'_>, Option<&Pull>),
    is_asked: bool,
) -> Result<(Redacted, Redacted), OpError> {
    let title = text::title(bench, owner, &built.plan);
    let title = redact::run(&bench.screen, NOWHERE, &title)?.text;
    let (begin, end) = marker(branch, &title);
    let words = text::body(bench, (owner, branch), built);
    let kind = forge.place().kind;
    let words = kind.inert(words);
    let words = text::ticked(&words, there.map_or("", |it| it.body.as_str()));
    let asked = if is_asked { format!("\n\n{ASKED}") } else { String::new() };
    let body = format!("{begin}\n{}{asked}\n{end}", words.trim());
    let body = redact::run(&bench.screen, NOWHERE, &body)?.text;
    if body.starts_with(&begin) && body.ends_with(&end) {
        return Ok((title, body));
    }
    Err(OpError::Invalid {
        message: format!("redaction hides what tells the pull request of {branch} apart"),
        hint: "narrow the pattern that matches it: prode.yaml, redaction.patterns".to_owned(),
    })
}

/// Asks the owner; what of that was not possible.
fn ask(bench: &Bench<'_>, forge: &Forge, number: u64, owner: &str) -> Result<Vec<String>, OpError> {
    let own = forge.account()?;
    let asked = reviewers(&[owner.to_owned()], bench.people(), own.as_deref());
    let refused = forge.ask(number, &Reviewers { accounts: asked.accounts, teams: asked.teams })?;
    let unknown = asked.unknown.iter().map(|it| {
        format!(
            "no account of '{it}' is known: add it to people.<name>.also in prode.yaml, as '@name'"
        )
    });
    let refused = refused.iter().map(|it| format!("the forge does not let '@{it}' be asked"));
    Ok(unknown.chain(refused).collect())
}
