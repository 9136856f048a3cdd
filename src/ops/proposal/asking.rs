//! How a proposal's pull request stands: as it is on record, or as the forge
//! says when it is asked.

use super::found;
use super::pull::{PullRow, asked_for, on_record};
use crate::forge::{Forge, Pull};
use crate::inbox::{LearningId, State};
use crate::ops::OpError;
use crate::ops::inbox_branch::{Branch, Contents};
use crate::ops::ledger::{Asked, Reviews, change_between};
use crate::workspace::{Reviewed, Workspace};

/// Whom to ask, and what is on record.
pub(super) struct Asking<'a> {
    pub(super) workspace: &'a Workspace,
    contents: Contents,
    /// The forge, and the trunk's name there; `None`: nobody is asked.
    forge: Option<(Forge, String)>,
}

impl<'a> Asking<'a> {
    pub(super) fn new(workspace: &'a Workspace, online: bool) -> Result<Self, OpError> {
        let contents = Branch::of(workspace)?.contents()?;
        let asked = || Ok::<_, OpError>((forge(workspace)?, workspace.reviewed()?.name));
        let forge = online.then(asked).transpose()?;
        Ok(Self { workspace, contents, forge })
    }

    /// The pull request of a learning, and its reviews where the forge is asked.
    pub(super) fn pull(
        &self,
        id: &LearningId,
    ) -> Result<(Option<PullRow>, Option<Reviews>), OpError> {
        let name = self.contents.entries.get(id).and_then(on_record);
        let Some((forge, trunk)) = &self.forge else {
            return Ok((name.map(PullRow::on_record), None));
        };
        let Some(pull) = asked_for(forge, id, name)? else { return Ok((None, None)) };
        let reviews = reviews(forge, &pull, trunk)?;
        Ok((Some(PullRow::of(forge.place(), &pull)), reviews))
    }

    /// Where the learning stands, as the inbox says.
    pub(super) fn state(&self, id: &LearningId) -> Option<State> {
        self.contents.entries.get(id).map(|it| it.standing.state)
    }
}

fn forge(workspace: &Workspace) -> Result<Forge, OpError> {
    workspace.forge()?.ok_or_else(|| OpError::Invalid {
        message: "no forge is set up that could be asked".to_owned(),
        hint: "hand over a token, as PRODE_FORGE__TOKEN, and see what is known: prode doctor"
            .to_owned(),
    })
}

fn reviews(forge: &Forge, pull: &Pull, trunk: &str) -> Result<Option<Reviews>, OpError> {
    if pull.is_open() { Ok(Reviews::of(forge, pull, trunk)?) } else { Ok(None) }
}

/// The merges that open proposals ask for, each with the reviews of its pull
/// request as the forge gives them.
pub(in crate::ops) fn reviewed_proposals(
    workspace: &Workspace,
    reviewed: &Reviewed,
) -> Result<Vec<(Asked, Reviews)>, OpError> {
    let forge = forge(workspace)?;
    let contents = Branch::of(workspace)?.contents()?;
    let git = super::build::repository(workspace)?;
    let mut all = Vec::new();
    for found in found::all(workspace)? {
        let name = contents.entries.get(&found.id).and_then(on_record);
        let is_there = name.is_some() && !git.is_ancestor(found.tip, reviewed.commit)?;
        let pull = if is_there { asked_for(&forge, &found.id, name)? } else { None };
        if let Some(pull) = pull
            && let Some(reviews) = reviews(&forge, &pull, &reviewed.name)?
        {
            all.push((change_between(git, reviewed, &found.name, found.tip)?, reviews));
        }
    }
    Ok(all)
}
