//! `--local`: what this machine alone knows of pages.
//!
//! Other clones know other things, so that nothing of it counts unless it is
//! asked for, and nothing of it is kept in the repository.

use jiff::civil::Date;

use super::answer;
use super::chronicle::{Chronicle, Reach, day_of};
use super::moves::stations;
use super::skip::{Skip, skip};
use crate::audit::Used;
use crate::ops::usage::WINDOW;
use crate::repo_path::RepoPath;
use crate::usage::{Known, Usage, Window};
use crate::workspace::Workspace;

/// Questions below which it says nothing that a page was never an answer.
const FEW: u64 = 10;

/// What is known.
pub(super) struct Local {
    /// False where nothing is counted.
    is_counted: bool,
    known: Known,
    window: Window,
    first: Date,
    /// Clones of other repositories are looked at as they were before this time.
    pub(super) before: Option<jiff::Timestamp>,
}

impl Local {
    /// The counts of the quarter of a year that ends with `today`.
    pub(super) fn of(workspace: &Workspace, today: Date, before: Option<jiff::Timestamp>) -> Self {
        let usage = workspace.usage();
        let known = usage.as_ref().map_or_else(|| Ok(Known::default()), Usage::read);
        // An audit says more than what was counted.
        let known = known.unwrap_or_else(|error| Known {
            damage: vec![format!("the counts cannot be read: {error}")],
            ..Known::default()
        });
        // So many whole days, and what of today is over.
        let first = today.checked_sub(jiff::ToSpan::days(WINDOW)).unwrap_or(Date::MIN);
        let window = known.counts.window(first, today);
        Self { is_counted: usage.is_some(), known, window, first, before }
    }

    /// As the answer tells it, with the clones that were looked at.
    pub(super) fn part(&self, repositories: Vec<answer::Clone>) -> answer::Local {
        answer::Local {
            since: self.known.counts.since.map(|day| day.to_string()),
            days: WINDOW,
            questions: self.window.questions,
            repositories,
        }
    }

    /// How the page at `path` was used, wherever it stood; `body` is its digest.
    pub(super) fn used(
        &self,
        chronicle: &Chronicle<'_>,
        path: &RepoPath,
        body: Option<&str>,
        reach: &Reach,
    ) -> Used {
        let stations = stations(chronicle, path, reach);
        let born = stations.iter().flat_map(|(_, steps)| steps).map(|&at| chronicle.step(at));
        let paths: Vec<String> =
            stations.iter().map(|(path, _)| path.text().into_owned()).collect();
        let paths = || paths.iter().map(String::as_str);
        let day = self.window.of(paths());
        Used {
            days: WINDOW,
            questions: self.window.questions,
            routed: day.routed,
            opened: day.opened,
            unhelpful: body.map_or(0, |body| self.window.marked(paths(), body)),
            is_telling: self.silence().is_none(),
            born: born.map(day_of).min(),
        }
    }

    /// Why nothing can be said of pages that were never an answer; `None` where it can.
    fn silence(&self) -> Option<String> {
        let questions = self.window.questions;
        Some(match self.known.counts.since {
            _ if !self.is_counted => "nothing is counted here: usage is off".to_owned(),
            None => "nothing was counted yet on this machine".to_owned(),
            Some(since) if since > self.first => {
                format!("this machine has counts since {since}, and {WINDOW} days are needed")
            }
            Some(_) if questions < FEW => format!(
                "{questions} questions in {WINDOW} days are too few to tell; {FEW} are needed"
            ),
            Some(_) => return None,
        })
    }

    /// What could not be looked at.
    pub(super) fn notes(&self) -> Vec<Skip> {
        let damage = self.known.damage.iter().map(|why| skip("usage", why.as_str()));
        damage.chain(self.silence().map(|why| skip("unused", why))).collect()
    }
}
