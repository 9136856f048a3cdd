//! What Git is told to leave alone: `.gitignore` files, the repository's
//! `info/exclude` and the user's own list.
//!
//! Rules are a chain from a folder up to the user's list; the nearest one that
//! says anything wins. A folder that is ignored is not entered, so nothing
//! below it is ever asked about.

use std::path::Path;
use std::rc::Rc;

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder, gitconfig_excludes_path};

use crate::repo_path::RepoPath;

/// One file of rules and those that it overrules.
pub(super) struct Rules {
    here: Gitignore,
    above: Option<Rc<Rules>>,
}

impl Rules {
    /// Nothing is ignored.
    pub(super) fn none() -> Rc<Self> {
        Rc::new(Self { here: Gitignore::empty(), above: None })
    }

    /// What holds everywhere in the work tree `top` of a repository.
    pub(super) fn of_repository(git: &git2::Repository, top: &Path) -> Rc<Self> {
        let config = git.config().and_then(|mut config| config.snapshot());
        let own = config.and_then(|config| config.get_path("core.excludesfile")).ok();
        let mut rules = Self::none();
        if let Some(list) = own.or_else(gitconfig_excludes_path) {
            rules = rules.and(top, &list);
        }
        rules.and(top, &git.commondir().join("info/exclude"))
    }

    /// These rules and, before them, those of `file`, which hold below `folder`.
    /// A file that cannot be read has no rules; a bad line in it is skipped.
    pub(super) fn and(self: &Rc<Self>, folder: &Path, file: &Path) -> Rc<Self> {
        let mut builder = GitignoreBuilder::new(folder);
        builder.add(file);
        match builder.build() {
            Ok(here) if !here.is_empty() => Rc::new(Self { here, above: Some(Rc::clone(self)) }),
            _ => Rc::clone(self),
        }
    }

    /// True where Git leaves `path` alone; its folders are known not to be.
    pub(super) fn ignores(&self, path: &Path, is_folder: bool) -> bool {
        match self.here.matched(path, is_folder) {
            Match::Ignore(_) => true,
            Match::Whitelist(_) => false,
            Match::None => self.above.as_ref().is_some_and(|above| above.ignores(path, is_folder)),
        }
    }
}

/// True if `glob`, in the language of `.gitignore` and anchored at the top
/// folder, names `path` or a folder above it.
pub fn glob_names(glob: &str, path: &RepoPath) -> bool {
    let mut rules = GitignoreBuilder::new("");
    let anchored = format!("/{}", glob.trim_start_matches('/'));
    if rules.add_line(None, &anchored).is_err() {
        return false;
    }
    let text = path.text();
    rules.build().is_ok_and(|it| it.matched_path_or_any_parents(&*text, false).is_ignore())
}
