//! Finding what a reference names.

use std::convert::Infallible;
use std::ops::Deref;

use super::{Named, Reference};
use crate::corpus::{Catalogue, Names, Page};
use crate::hint::{ErrorKind, Helpful};
use crate::repo_path::RepoPath;

/// How many near names are offered.
const OFFERED: usize = 3;

/// The page and section that a reference names.
#[derive(Debug, Clone, Copy)]
pub struct Found<H> {
    /// The page, as who was asked holds it.
    pub page: H,
    /// The place of the section in `page.headings`; `None` for the whole page.
    pub heading: Option<usize>,
}

/// Why a reference names nothing, or too much.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LookupError {
    /// Nothing is called that.
    #[error("'{wanted}' does not exist")]
    Missing {
        /// What was asked for.
        wanted: String,
        /// References that are near it, nearest first.
        near: Vec<String>,
    },
    /// The page has no such section.
    #[error("'{path}' has no section '{anchor}'")]
    NoSection {
        /// The page.
        path: RepoPath,
        /// The anchor that was asked for.
        anchor: String,
        /// Anchors that are near it, nearest first.
        near: Vec<String>,
    },
    /// Several pages are called that.
    #[error("'{wanted}' is ambiguous")]
    Ambiguous {
        /// What was asked for.
        wanted: String,
        /// A reference for each that fits.
        candidates: Vec<String>,
    },
    /// Learnings are no pages of the trunk.
    #[error("'{0}' is a learning, which nobody reviewed into a page yet")]
    Learning(String),
}

impl Helpful for LookupError {
    fn kind(&self) -> ErrorKind {
        match self {
            Self::Missing { .. } | Self::NoSection { .. } | Self::Learning(_) => {
                ErrorKind::NotFound
            }
            Self::Ambiguous { .. } => ErrorKind::Invalid,
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Missing { near, .. } | Self::NoSection { near, .. } => {
                near.iter().map(|near| format!("did you mean '{near}'?")).collect()
            }
            Self::Ambiguous { candidates, .. } => {
                candidates.iter().map(|it| format!("write '{it}'")).collect()
            }
            Self::Learning(id) => vec![format!("see it: prode inbox show {id}")],
        }
    }
}

/// Pages are there to be looked up in.
impl From<Infallible> for LookupError {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

impl Catalogue {
    /// The page and section that `reference` names, as [`find`] says.
    ///
    /// # Errors
    /// If nothing, or more than one page, is called that.
    pub fn find(&self, reference: &Reference) -> Result<Found<&Page>, LookupError> {
        find(self, reference)
    }
}

/// The page and section that `reference` names. A path may leave out its
/// extension, and a bare name is looked for among titles and aliases.
///
/// # Errors
/// If nothing, or more than one page, is called that, or pages could not be looked up.
pub fn find<'a, N: Names, E>(pages: &'a N, reference: &Reference) -> Result<Found<N::Held<'a>>, E>
where
    E: From<N::Error> + From<LookupError>,
{
    let page = match &reference.what {
        Named::Decision { root, number } => find_decision::<N, E>(pages, root.as_ref(), *number)?,
        Named::Skill(name) => {
            let near = || Ok::<_, E>(near_names(name, "skill:", &pages.skill_names()?));
            one(&format!("skill:{name}"), pages.skills(name)?, near)?
        }
        Named::Template(name) => {
            let near = || Ok::<_, E>(near_names(name, "template:", &pages.template_names()?));
            one(&format!("template:{name}"), pages.templates(name)?, near)?
        }
        Named::Path(path) => find_path::<N, E>(pages, path)?,
        Named::Learning(id) => return Err(LookupError::Learning(id.clone()).into()),
    };
    let heading = reference.anchor.as_deref().map(|anchor| section(&page, anchor)).transpose()?;
    Ok(Found { page, heading })
}

fn find_decision<'a, N: Names, E>(
    pages: &'a N,
    root: Option<&RepoPath>,
    number: u32,
) -> Result<N::Held<'a>, E>
where
    E: From<N::Error> + From<LookupError>,
{
    let wanted = match root {
        Some(root) => format!("adr/{}/{number}", root.cite_text()),
        None => format!("adr/{number}"),
    };
    let mut found = pages.decisions(number, root)?;
    if found.len() > 1 {
        let candidates = decision_names(pages, &found);
        return Err(LookupError::Ambiguous { wanted, candidates }.into());
    }
    match found.pop() {
        Some(one) => Ok(one),
        None => Err(LookupError::Missing { wanted, near: logs_with(pages, number)? }.into()),
    }
}

/// By log where that tells them apart, else by path.
fn decision_names<'a, N: Names>(pages: &'a N, found: &[N::Held<'a>]) -> Vec<String> {
    let logs: Vec<RepoPath> = found.iter().map(|page| pages.log_of(&page.path)).collect();
    let name = |(page, log): (&N::Held<'a>, &RepoPath)| {
        let is_alone = logs.iter().filter(|other| *other == log).count() == 1;
        match page.adr.as_ref().and_then(|record| record.number).filter(|_| is_alone) {
            Some(number) if !log.is_root() => format!("adr/{}/{number}", log.cite_text()),
            _ => page.path.cite_text(),
        }
    };
    found.iter().zip(&logs).map(name).collect()
}

fn logs_with<N: Names>(pages: &N, number: u32) -> Result<Vec<String>, N::Error> {
    let found = pages.decisions(number, None)?;
    Ok(decision_names(pages, &found).into_iter().take(OFFERED).collect())
}

fn find_path<'a, N: Names, E>(pages: &'a N, path: &RepoPath) -> Result<N::Held<'a>, E>
where
    E: From<N::Error> + From<LookupError>,
{
    let with_md = RepoPath::from_git([path.as_bytes(), b".md"].concat());
    let front = path.join("index.md");
    for path in [Some(path), Some(&with_md), front.as_ref()].into_iter().flatten() {
        if let Some(page) = pages.page(path)? {
            return Ok(page);
        }
    }
    let other_case = pages.in_other_case(path)?;
    let found = if other_case.is_empty() { pages.named(&path.text())? } else { other_case };
    one(&path.cite_text(), found, || Ok(near_paths(&pages.paths()?, path)))
}

/// A slip in a folder or in the name: the whole path and the last name are compared.
fn near_paths(paths: &[RepoPath], wanted: &RepoPath) -> Vec<String> {
    let paths: Vec<(String, String)> =
        paths.iter().map(|path| (path.cite_text(), path.file_stem())).collect();
    let whole = wanted.cite_text();
    let by_path = nearest(&whole, paths.iter().map(|(path, _)| (path.as_str(), path.as_str())));
    let stem = wanted.file_stem();
    let by_stem = nearest(&stem, paths.iter().map(|(path, stem)| (stem.as_str(), path.as_str())));
    let mut near: Vec<String> = Vec::new();
    for path in by_path.into_iter().chain(by_stem) {
        if near.len() < OFFERED && !near.iter().any(|known| known == path) {
            near.push(path.to_owned());
        }
    }
    near
}

fn one<H: Deref<Target = Page>, E: From<LookupError>>(
    wanted: &str,
    mut found: Vec<H>,
    near: impl FnOnce() -> Result<Vec<String>, E>,
) -> Result<H, E> {
    let wanted = wanted.to_owned();
    if found.len() > 1 {
        let candidates = found.iter().map(|page| page.path.cite_text()).collect();
        return Err(LookupError::Ambiguous { wanted, candidates }.into());
    }
    match found.pop() {
        Some(page) => Ok(page),
        None => Err(LookupError::Missing { wanted, near: near()? }.into()),
    }
}

fn section(page: &Page, anchor: &str) -> Result<usize, LookupError> {
    let wanted = anchor.to_lowercase();
    let exact = page.headings.iter().position(|it| !it.anchor.is_empty() && it.anchor == wanted);
    exact.ok_or_else(|| {
        let anchors = page.headings.iter().map(|it| (it.anchor.as_str(), it.anchor.as_str()));
        let near = nearest(anchor, anchors.filter(|(anchor, _)| !anchor.is_empty()));
        LookupError::NoSection {
            path: page.path.clone(),
            anchor: anchor.to_owned(),
            near: near.into_iter().map(str::to_owned).collect(),
        }
    })
}

fn near_names(wanted: &str, prefix: &str, names: &[String]) -> Vec<String> {
    let near = nearest(wanted, names.iter().map(|name| (name.as_str(), name.as_str())));
    near.into_iter().map(|name| format!("{prefix}{name}")).collect()
}

/// The values whose names are nearest to what was typed. Names of another
/// length or of other letters are passed over uncompared, so that the cost
/// stays small on any corpus.
fn nearest<'a>(typed: &str, names: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<&'a str> {
    let allowed = 1 + typed.chars().count().min(40) / 5;
    if typed.len() > 255 {
        return Vec::new();
    }
    let letters = Letters::of(typed);
    let mut near: Vec<(usize, &str)> = names
        .filter(|(name, _)| name.len().abs_diff(typed.len()) <= allowed * 4)
        .filter(|(name, _)| letters.apart(name) <= allowed)
        .map(|(name, value)| (strsim::damerau_levenshtein(typed, name), value))
        .filter(|(distance, _)| *distance <= allowed)
        .collect();
    near.sort_unstable();
    near.dedup();
    near.into_iter().take(OFFERED).map(|(_, value)| value).collect()
}

/// How often each letter stands in a text; letters share a few slots.
#[derive(Clone, Copy)]
struct Letters([i16; Self::SLOTS]);

impl Letters {
    const SLOTS: usize = 64;

    fn of(text: &str) -> Self {
        let mut slots = [0; Self::SLOTS];
        for letter in text.chars() {
            slots[letter as usize % Self::SLOTS] += 1;
        }
        Self(slots)
    }

    /// So many edits at least lead from the one text to the other: each brings
    /// or takes one letter, or moves what is there.
    fn apart(mut self, other: &str) -> usize {
        for letter in other.chars() {
            self.0[letter as usize % Self::SLOTS] -= 1;
        }
        let of_sign = |sign: i16| -> usize {
            self.0.iter().map(|count| usize::try_from(count * sign).unwrap_or_default()).sum()
        };
        of_sign(1).max(of_sign(-1))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn letters_promise_no_more_edits_than_there_are(a in "[a-dA\u{e9}/]{0,12}", b in "[a-d/!]{0,12}") {
            prop_assert!(Letters::of(&a).apart(&b) <= strsim::damerau_levenshtein(&a, &b));
        }
    }
}
