//! The names under which pages are looked up, whoever holds the pages.
//!
//! What a link or a person's reference means is decided once, over these
//! questions. A [`Catalogue`](super::Catalogue) answers them from all pages of a
//! tree; who keeps pages by their names answers them without reading others.

use std::borrow::Cow;
use std::convert::Infallible;
use std::ops::Deref;

use super::{Catalogue, Page, Rules};
use crate::repo_path::RepoPath;

/// A name that more pages share than this is ambiguous enough: look-ups give
/// the first so many by path, so that no link costs more.
pub const MOST_NAMED: usize = 50;

/// The pages of one tree by their names. Where several pages share one, an
/// answer holds all of them, ordered by path, up to [`MOST_NAMED`].
pub trait Names {
    /// A page, borrowed or shared.
    type Held<'a>: Deref<Target = Page>
    where
        Self: 'a;

    /// Why pages could not be looked up.
    type Error;

    /// What facts are worked out with.
    fn rules(&self) -> &Rules;

    /// The page at `path`.
    fn page(&self, path: &RepoPath) -> Result<Option<Self::Held<'_>>, Self::Error>;

    /// Pages whose path differs from `path` in case alone.
    fn in_other_case(&self, path: &RepoPath) -> Result<Vec<Self::Held<'_>>, Self::Error>;

    /// Pages with this title, alias or stem; case, `-` and `_` do not count.
    fn named(&self, name: &str) -> Result<Vec<Self::Held<'_>>, Self::Error>;

    /// Pages with this stem in a folder of this name.
    fn in_folder(&self, folder: &str, stem: &str) -> Result<Vec<Self::Held<'_>>, Self::Error>;

    /// Decisions with this number, of the log `root` or of every log.
    fn decisions(
        &self,
        number: u32,
        root: Option<&RepoPath>,
    ) -> Result<Vec<Self::Held<'_>>, Self::Error>;

    /// The manifests of skills with this name, however many.
    fn skills(&self, name: &str) -> Result<Vec<Self::Held<'_>>, Self::Error>;

    /// Templates that are called this, however many.
    fn templates(&self, name: &str) -> Result<Vec<Self::Held<'_>>, Self::Error>;

    /// Where all pages stand, ordered: for who looks for a near one.
    fn paths(&self) -> Result<Cow<'_, [RepoPath]>, Self::Error>;

    /// What all skills are called.
    fn skill_names(&self) -> Result<Vec<String>, Self::Error>;

    /// What all templates are called.
    fn template_names(&self) -> Result<Vec<String>, Self::Error>;

    /// The log that a decision belongs to: its root, else its folder.
    fn log_of(&self, path: &RepoPath) -> RepoPath {
        self.rules().roots.log_of(path)
    }
}

impl Names for Catalogue {
    type Held<'a> = &'a Page;
    type Error = Infallible;

    fn rules(&self) -> &Rules {
        Self::rules(self)
    }

    fn page(&self, path: &RepoPath) -> Result<Option<&Page>, Infallible> {
        Ok(Self::page(self, path))
    }

    fn in_other_case(&self, path: &RepoPath) -> Result<Vec<&Page>, Infallible> {
        Ok(Self::in_other_case(self, path))
    }

    fn named(&self, name: &str) -> Result<Vec<&Page>, Infallible> {
        Ok(Self::named(self, name))
    }

    fn in_folder(&self, folder: &str, stem: &str) -> Result<Vec<&Page>, Infallible> {
        Ok(Self::in_folder(self, folder, stem))
    }

    fn decisions(&self, number: u32, root: Option<&RepoPath>) -> Result<Vec<&Page>, Infallible> {
        Ok(Self::decisions(self, number, root))
    }

    fn skills(&self, name: &str) -> Result<Vec<&Page>, Infallible> {
        Ok(Self::skills(self, name))
    }

    fn templates(&self, name: &str) -> Result<Vec<&Page>, Infallible> {
        Ok(Self::templates(self, name))
    }

    fn paths(&self) -> Result<Cow<'_, [RepoPath]>, Infallible> {
        Ok(self.pages().iter().map(|page| page.path.clone()).collect())
    }

    fn skill_names(&self) -> Result<Vec<String>, Infallible> {
        let skills = self.pages().iter().filter_map(|page| page.skill.as_ref());
        Ok(skills.map(|skill| skill.name.clone()).collect())
    }

    fn template_names(&self) -> Result<Vec<String>, Infallible> {
        Ok(self.pages().iter().filter_map(|page| self.template_name(page)).collect())
    }
}

/// All names of a page that [`Names::named`] knows, folded; each once.
pub fn names_of(page: &Page) -> Vec<String> {
    let stem = page.path.file_stem();
    let aliases = page.front.aliases.iter().map(String::as_str);
    let names = [page.title.as_str(), stem.as_str()].into_iter().chain(aliases);
    let mut names: Vec<String> = names.map(folded_name).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Wikis write one name in several ways: `Queue Saturation`, `queue-saturation`.
pub fn folded_name(name: &str) -> String {
    let words = name.split(|c: char| c.is_whitespace() || c == '-' || c == '_');
    let words: Vec<String> = words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    words.join(" ")
}

/// A path as links in another case find it.
pub fn folded_path(path: &RepoPath) -> String {
    path.text().to_lowercase()
}
