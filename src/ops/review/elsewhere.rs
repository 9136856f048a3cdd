//! What a reviewer sees of other repositories.

use super::answer::ElsewhereSeen;
use crate::corpus::Page;
use crate::document::Reviewed;
use crate::ops::elsewhere::{Clones, described, digest};
use crate::repo_path::RepoPath;
use crate::review::Elsewhere;

/// What one page describes there.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) told: Vec<ElsewhereSeen>,
    /// As a stamp says it; `None` where nothing was seen.
    pub(super) stamp: Option<String>,
}

/// Looks at the clones that are at hand; one that is not is told and not stamped.
pub(super) fn seen(clones: Option<&mut Clones>, page: &Page, last: Option<&Reviewed>) -> Seen {
    let Some(clones) = clones else { return Seen::default() };
    let before = last.and_then(|it| Elsewhere::read(it.elsewhere.as_deref()?)).unwrap_or_default();
    let (mut told, mut stamps) = (Vec::new(), Vec::new());
    for (repository, globs) in described(page) {
        let looked = clones.get(&repository).and_then(|found| {
            let files = found.files(&globs);
            let files = files.map_err(|error| format!("its clone cannot be read: {error}"))?;
            Ok((found.commit, files.len(), digest(&files)))
        });
        let (commit, files, changed, missing) = match looked {
            Ok((commit, files, sources)) => {
                let then = before.iter().find(|it| it.repository == repository);
                let changed = then.map(|it| it.sources != sources);
                stamps.push(Elsewhere { repository: repository.clone(), commit, sources });
                (Some(commit.to_string()), files, changed, None)
            }
            Err(why) => (None, 0, None, Some(why)),
        };
        told.push(ElsewhereSeen { repository, commit, files, changed, missing });
    }
    Seen { told, stamp: Elsewhere::written(&stamps) }
}

impl Seen {
    /// What the stamp says nothing of, one line each.
    pub(super) fn notes(&self, page: &RepoPath) -> Vec<String> {
        let missing = self.told.iter().filter_map(|it| {
            let why = it.missing.as_ref()?;
            let name = &it.repository;
            Some(format!("the stamp of {page} says nothing of {name}, which it describes: {why}"))
        });
        missing.collect()
    }
}
