//! A page of one state beside the same page of an earlier one.

use super::{Asking, reply};
use crate::ops::OpError;
use crate::ops::diff::{self, Diff};
use crate::ops::show;
use crate::repo_path::RepoPath;
use crate::web::address::Place;
use crate::web::layout::Shell;
use crate::web::pages;
use crate::web::reply::Reply;
use crate::workspace::Asked;

impl Asking<'_> {
    /// What changed of `path` since `since`, a commit or a day; since the commit before the
    /// one that is asked where nothing is said.
    pub(super) fn diff(
        &self,
        shell: &Shell,
        path: &RepoPath,
        since: Option<String>,
    ) -> Result<Reply, OpError> {
        let (reference, asked) = (self.reference(path)?, self.when.asked());
        let from = match since {
            Some(since) => since,
            None => match self.workspace.memory(&asked)?.revision.commit {
                Some(commit) => format!("{commit}^"),
                None => return Err(crate::web::request::nothing()),
            },
        };
        let options = diff::Options { reference, from, asked };
        let (diff, memory) = diff::run(self.workspace, &options, &|_, _| {})?;
        let texts = self.texts(&diff)?;
        let texts = texts.as_ref().map(|texts| texts.each_ref().map(String::as_str));
        let main = pages::diff::diff(shell, &diff, texts);
        let title = format!("Changes of {}", diff.title);
        Ok(reply(shell, (&title, Place::Diff(&diff.path)), &memory, &main))
    }

    fn texts(&self, diff: &Diff) -> Result<Option<[String; 2]>, OpError> {
        let Some(before) = &diff.from.path else { return Ok(None) };
        let at = |path: &str, asked: Asked| -> Result<String, OpError> {
            let reference = self.reference(&RepoPath::from_git(path))?;
            let (shown, _) = show::run(self.workspace, &show::Options { reference, asked })?;
            Ok(String::from_utf8_lossy(&shown.bytes).into_owned())
        };
        let then = Asked::Rev(diff.from.commit.id.clone());
        Ok(Some([at(before, then)?, at(&diff.path, self.when.asked())?]))
    }
}
