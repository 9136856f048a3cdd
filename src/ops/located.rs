//! What a person named, found at a revision: a page, and maybe one section.

use super::error::OpError;
use crate::corpus::{
    Catalogue, Found, Heading, LookupError, Named, Names, Page, Reference, RootKind, find,
};
use crate::git::GitError;
use crate::repo_path::RepoPath;
use crate::workspace::{Asked, Memory, Workspace, WorkspaceError};

/// A page of a revision, or one of its sections.
pub(super) struct Located {
    /// The memory that was asked.
    pub(super) memory: Memory,
    /// The page.
    pub(super) page: Page,
    /// The place of the section in the page's headings; `None` for the whole page.
    pub(super) section: Option<usize>,
}

impl Located {
    /// Finds what `typed` names. A commit in it decides the revision where
    /// nothing else was asked.
    pub(super) fn find(workspace: &Workspace, typed: &str, asked: &Asked) -> Result<Self, OpError> {
        let reference = Reference::parse(typed)?;
        if let Named::Learning(id) = &reference.what {
            return Err(LookupError::Learning(id.clone()).into());
        }
        let (memory, no_revision) = open(workspace, &reference, asked)?;
        let pages = memory.lookups();
        let (page, section) = match no_revision {
            Some(error) => named(&pages, typed)?.ok_or(error)?,
            None => in_memory(workspace, (&memory, &pages), &reference, typed)?,
        };
        Ok(Self { memory, page, section })
    }

    /// The section; for a whole page none.
    pub(super) fn heading(&self) -> Option<&Heading> {
        self.page.headings.get(self.section?)
    }

    /// Empty for a whole page.
    pub(super) fn anchor(&self) -> &str {
        self.heading().map_or("", |heading| heading.anchor.as_str())
    }

    /// `path#anchor@commit`.
    pub(super) fn cite(&self) -> String {
        self.memory.cite(&self.page, self.anchor())
    }
}

/// The page that `typed` names, or names a section of, in one memory: for who
/// changes pages, and so can take none of another commit.
pub(super) fn page_named(
    workspace: &Workspace,
    (memory, catalogue): (&Memory, &Catalogue),
    typed: &str,
) -> Result<Page, OpError> {
    let reference = Reference::parse(typed)?;
    if let Named::Learning(id) = &reference.what {
        return Err(LookupError::Learning(id.clone()).into());
    }
    if reference.commit.is_some() {
        return named(catalogue, typed)?.map(|(page, _)| page).ok_or_else(|| OpError::Usage {
            message: format!("'{typed}' names a commit, and a page is changed as it is now"),
            hint: "leave '@' and what follows out".to_owned(),
        });
    }
    in_memory(workspace, (memory, catalogue), &reference, typed).map(|(page, _)| page)
}

/// The memory at the asked revision. Where what stands behind `@` is no
/// revision, the error that says so: the whole may be the name of a page.
fn open(
    workspace: &Workspace,
    reference: &Reference,
    asked: &Asked,
) -> Result<(Memory, Option<OpError>), OpError> {
    let (Some(rev), Asked::Trunk) = (&reference.commit, asked) else {
        return Ok((workspace.memory(asked)?, None));
    };
    match workspace.memory(&Asked::Rev(rev.clone())) {
        Ok(memory) => Ok((memory, None)),
        Err(error) => match &error {
            WorkspaceError::Git(
                GitError::UnknownRevision { .. }
                | GitError::AmbiguousRevision(_)
                | GitError::NotACommit(_),
            ) => Ok((workspace.memory(asked)?, Some(error.into()))),
            _ => Err(error.into()),
        },
    }
}

/// A page, and maybe one section.
type Place = (Page, Option<usize>);

fn in_memory<N: Names>(
    workspace: &Workspace,
    (memory, pages): (&Memory, &N),
    reference: &Reference,
    typed: &str,
) -> Result<Place, OpError>
where
    OpError: From<N::Error>,
{
    if let Some(name) = &reference.memory {
        return named(pages, typed)?.ok_or_else(|| unknown_memory(workspace, name, typed));
    }
    if is_template(memory, reference) {
        let templates = Catalogue::new(workspace.templates(memory)?, memory.rules.clone());
        return match templates.find(reference) {
            Ok(Found { page, heading }) => Ok((page.clone(), heading)),
            Err(error) => {
                let pages = (memory, &templates);
                Err(explained::<Catalogue>(workspace, pages, reference, error))
            }
        };
    }
    match find(pages, reference) {
        Ok(Found { page, heading }) => Ok((Page::clone(&page), heading)),
        Err(OpError::Lookup(error)) => match named(pages, typed)? {
            Some(found) => Ok(found),
            None => Err(explained(workspace, (memory, pages), reference, error)),
        },
        Err(error) => Err(error),
    }
}

fn is_template(memory: &Memory, reference: &Reference) -> bool {
    match &reference.what {
        Named::Template(_) => true,
        Named::Path(path) => {
            let with_md = RepoPath::from_git([path.as_bytes(), b".md"].concat());
            let place = memory.roots().classify(path).or_else(|| memory.roots().classify(&with_md));
            place.is_some_and(|place| place.kind == RootKind::Template)
        }
        _ => false,
    }
}

/// Titles may hold what separates the parts of a reference (`C# style`).
fn named<N: Names>(pages: &N, typed: &str) -> Result<Option<Place>, N::Error> {
    Ok(match pages.named(typed)?.as_slice() {
        [one] => Some(((**one).clone(), None)),
        _ => None,
    })
}

/// The settings know none of that name, or the command asks no other.
fn unknown_memory(workspace: &Workspace, name: &str, typed: &str) -> OpError {
    let hint = match workspace.names_other(typed) {
        Some((_, rest)) => format!("ask in its repository: '{rest}' with --repo"),
        None => "name it in memories in your own settings, or leave the name and its colon out"
            .to_owned(),
    };
    OpError::NotFound {
        message: format!("'{typed}' names a memory '{name}', and only this repository is asked"),
        hint,
    }
}

/// The error of a look-up, with a next step where it has none of its own.
fn explained<N: Names>(
    workspace: &Workspace,
    (memory, pages): (&Memory, &N),
    reference: &Reference,
    error: LookupError,
) -> OpError
where
    OpError: From<N::Error>,
{
    let hint = match (&error, &reference.what) {
        (LookupError::Missing { .. }, Named::Path(path)) if workspace.exists(memory, path) => {
            return no_page(path);
        }
        (LookupError::Missing { near, .. }, what) if near.is_empty() => listing(what),
        (LookupError::NoSection { path, near, .. }, _) if near.is_empty() => {
            match pages.page(path) {
                Ok(page) => sections(page.as_deref()),
                Err(error) => return error.into(),
            }
        }
        _ => return error.into(),
    };
    OpError::NotFound { message: error.to_string(), hint }
}

/// A file that is no page is there all the same.
fn no_page(path: &RepoPath) -> OpError {
    OpError::NotFound {
        message: format!("'{}' is there, but it is no page", path.cite_text()),
        hint: "a page is a Markdown file below one of the roots; see them all: prode list"
            .to_owned(),
    }
}

fn listing(what: &Named) -> String {
    match what {
        Named::Decision { .. } => "see the decisions: prode list adr".to_owned(),
        Named::Skill(_) => "see the skills: prode list skill".to_owned(),
        Named::Template(_) => "see the templates: prode list template".to_owned(),
        Named::Path(_) | Named::Learning(_) => {
            "no page has that path, title or alias; see them all: prode list".to_owned()
        }
    }
}

/// How many sections a hint names.
const OFFERED: usize = 8;

fn sections(page: Option<&Page>) -> String {
    let headings = page.map(|page| page.headings.as_slice()).unwrap_or_default();
    let anchors = headings.iter().filter(|it| !it.anchor.is_empty());
    let anchors: Vec<String> = anchors.take(OFFERED).map(|it| format!("#{}", it.anchor)).collect();
    match anchors.as_slice() {
        [] => "the page has no headings; leave the section out".to_owned(),
        some => format!("its sections begin with {}", some.join(" ")),
    }
}
