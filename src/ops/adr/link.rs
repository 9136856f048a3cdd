//! `adr link`: how two decisions relate, in both files.

use super::change::Change;
use super::decisions::{Decisions, peer};
use super::supersede;
use crate::adr::{is_supersession, relations, reverse_of};
use crate::ops::OpError;
use crate::workspace::Workspace;

/// Which decision relates to which, and how.
#[derive(Debug, Clone)]
pub struct Options {
    /// The first decision.
    pub from: String,
    /// What it does to the second: `amends`, `depends on`, …
    pub relation: String,
    /// The second decision.
    pub to: String,
    /// What the second says of the first; known relations have one.
    pub reverse: Option<String>,
}

/// Writes the link into both files.
pub fn run(workspace: &Workspace, options: &Options) -> Result<Change, OpError> {
    if is_supersession(&options.relation) {
        let passive = options.relation.to_lowercase().trim_end().ends_with("by");
        let (old, new) =
            if passive { (&options.from, &options.to) } else { (&options.to, &options.from) };
        let options = supersede::Options { old: old.clone(), new: new.clone(), section: None };
        return supersede::run(workspace, &options);
    }
    let reverse = reverse(options)?;
    let decisions = Decisions::to_change(workspace)?;
    let (from_page, _) = decisions.find(&options.from)?;
    let log = decisions.catalogue.log_of(&from_page.path);
    let (to_page, _) = decisions.find_in(&options.to, Some(&log))?;
    if from_page.path == to_page.path {
        return Err(OpError::Invalid {
            message: format!("'{}' cannot relate to itself", from_page.path),
            hint: "name two decisions: prode adr link A TYPE B".to_owned(),
        });
    }
    let (mut from, mut to) = (decisions.draft(from_page)?, decisions.draft(to_page)?);
    let (seen_from, seen_to) = (peer(&to.text, &from.text), peer(&from.text, &to.text));
    let is_mutual = reverse.eq_ignore_ascii_case(&options.relation);
    if !is_mutual && from.text.has_link(&reverse, &seen_to) {
        return Err(OpError::Invalid {
            message: format!(
                "'{}' says '{reverse}' of '{}' already, so this would be a circle",
                from_page.path, to_page.path
            ),
            hint: "remove that line first if it is wrong".to_owned(),
        });
    }
    from.text.add_link(&options.relation, &seen_to)?;
    to.text.add_link(&reverse, &seen_from)?;
    let now = from.text.record().clone();
    let changed = decisions.apply(vec![from, to])?;
    Ok(Change::new("link", decisions.entry(from_page, &now), changed))
}

fn reverse(options: &Options) -> Result<String, OpError> {
    let known = || reverse_of(&options.relation).map(str::to_owned);
    options.reverse.clone().or_else(known).ok_or_else(|| OpError::Invalid {
        message: format!("the relation '{}' has no known other side", options.relation),
        hint: format!("name it with --reverse WORDS, or use one of: {}", relations().join(", ")),
    })
}
