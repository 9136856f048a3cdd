//! `show`: one page, section, decision, skill or template.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::error::OpError;
use super::hit::{heading_path, successor};
use super::located::Located;
use super::memories::wherever;
use crate::corpus::{Facts, Heading, Page, incoming, superseded_by};
use crate::document::MAX_BYTES;
use crate::rendering;
use crate::workspace::{Asked, Memory, Workspace};

/// What is shown.
#[derive(Debug, Clone)]
pub struct Options {
    /// `path#anchor@commit`, `adr/12`, `skill:name`, `template:name`, a title.
    pub reference: String,
    /// Which revision answers; the trunk leaves it to the reference's commit.
    pub asked: Asked,
}

/// A section below what is shown, to name next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Part {
    /// Its anchor.
    pub anchor: String,
    /// Its heading.
    pub title: String,
    /// 1 to 6.
    pub level: u8,
    /// First and last line, 1-based.
    pub lines: [u32; 2],
}

/// A page or one of its sections.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Shown {
    /// `prode.show/v1`.
    pub schema: String,
    /// The commit that was answered for; null for files outside Git.
    pub commit: Option<String>,
    /// True if files on disk count instead of the commit's.
    pub worktree: bool,
    /// The other memory that was asked; absent for this repository.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory: Option<String>,
    /// Where the page stands.
    pub path: String,
    /// The section; empty for the whole page.
    pub anchor: String,
    /// The page's title.
    pub title: String,
    /// Headings that lead to the section, outermost first; empty for a page.
    pub headings: Vec<String>,
    /// `runbook`, `adr`, `guide`, …
    pub kind: String,
    /// Who owns the page; empty where nobody is named.
    pub owner: Vec<String>,
    /// `active`, `accepted`, `superseded`, …
    pub status: String,
    /// Day of the last review; null if it was never reviewed.
    pub reviewed: Option<String>,
    /// The last day on which that review holds.
    pub due: Option<String>,
    /// True if the review is overdue, or the page is archived.
    pub stale: bool,
    /// Why the page is archived, where it says so.
    pub archived: Option<String>,
    /// The page that replaces this one.
    pub superseded_by: Option<String>,
    /// Git's name for the page's content.
    pub blob: String,
    /// First and last line of what is shown, 1-based.
    pub lines: [u32; 2],
    /// `path#anchor@commit`.
    pub cite: String,
    /// What is shown, as it is written; bytes that are not UTF-8 are replaced.
    /// Null for a file that is too large to be read.
    pub markdown: Option<String>,
    /// Sections of the page, or those below the section.
    pub sections: Vec<Part>,
    /// For a skill: every file of its package.
    pub files: Vec<String>,
    /// How many pages link to the page.
    pub backlinks: usize,
    /// What is shown, byte by byte.
    #[serde(skip)]
    pub bytes: Vec<u8>,
    /// How many of these bytes are front matter, a mark of the byte order included.
    #[serde(skip)]
    pub body_start: usize,
}

/// Finds and reads what was named.
pub fn run(workspace: &Workspace, options: &Options) -> Result<(Shown, Memory), OpError> {
    wherever(workspace, &options.reference, |workspace, typed| {
        here(workspace, typed, &options.asked)
    })
}

fn here(workspace: &Workspace, typed: &str, asked: &Asked) -> Result<(Shown, Memory), OpError> {
    let located = Located::find(workspace, typed, asked)?;
    let bytes = bytes(workspace, &located)?;
    let files = package(workspace, &located)?;
    let shown = shown(&located, bytes, files)?;
    Ok((shown, located.memory))
}

/// The bytes of the page or the section; `None` where the file is too large.
fn bytes(workspace: &Workspace, located: &Located) -> Result<Option<Vec<u8>>, OpError> {
    let page = &located.page;
    if page.size > MAX_BYTES {
        return Ok(None);
    }
    let all = workspace.bytes(&located.memory, page).ok_or_else(|| OpError::File {
        path: page.path.cite_text(),
        reason: format!("its content ({}) cannot be read, or changed just now", page.blob),
    })?;
    Ok(Some(match located.heading() {
        Some(heading) => cut(&all, heading).to_vec(),
        None => all,
    }))
}

/// The bytes of a section of a file.
pub(super) fn cut<'a>(all: &'a [u8], heading: &Heading) -> &'a [u8] {
    all.get(heading.span.start as usize..heading.span.end as usize).unwrap_or_default()
}

fn package(workspace: &Workspace, located: &Located) -> Result<Vec<String>, OpError> {
    let page = &located.page;
    let place = located.memory.roots().classify(&page.path);
    let is_manifest = place.is_some_and(|place| place.is_manifest(&page.path));
    if !is_manifest || located.section.is_some() {
        return Ok(Vec::new());
    }
    let files = workspace.files_below(&located.memory, &page.path.parent())?;
    Ok(files.iter().map(|path| path.text().into_owned()).collect())
}

fn shown(located: &Located, bytes: Option<Vec<u8>>, files: Vec<String>) -> Result<Shown, OpError> {
    let Located { memory, page, section } = located;
    let facts = memory.facts(page);
    let pages = memory.lookups();
    let newer = match superseded_by(&pages, &page.path)? {
        Some(path) => Some(memory.called(path.text().into_owned())),
        None => successor(memory, page, &facts)?,
    };
    let around = Around {
        commit: memory.revision.commit.map(|commit| commit.to_string()),
        worktree: memory.revision.on_disk,
        memory: memory.name.clone(),
        superseded_by: newer,
        cite: located.cite(),
        backlinks: incoming(&pages, page)?.len(),
        files,
    };
    Ok(told(page, *section, facts, around, bytes))
}

/// What is known of a page beyond its own bytes.
pub(super) struct Around {
    pub(super) commit: Option<String>,
    pub(super) worktree: bool,
    pub(super) memory: Option<String>,
    pub(super) superseded_by: Option<String>,
    pub(super) cite: String,
    pub(super) backlinks: usize,
    pub(super) files: Vec<String>,
}

/// A page, or one of its sections, with the bytes of what is shown.
pub(super) fn told(
    page: &Page,
    section: Option<usize>,
    facts: Facts,
    around: Around,
    bytes: Option<Vec<u8>>,
) -> Shown {
    let heading = section.and_then(|at| page.headings.get(at));
    Shown {
        schema: "prode.show/v1".to_owned(),
        commit: around.commit,
        worktree: around.worktree,
        memory: around.memory,
        path: page.path.text().into_owned(),
        anchor: heading.map(|heading| heading.anchor.clone()).unwrap_or_default(),
        title: page.title.clone(),
        headings: section.map(|at| heading_path(page, at)).unwrap_or_default(),
        kind: facts.kind,
        owner: facts.owner,
        status: facts.status,
        reviewed: facts.reviewed.map(|day| day.to_string()),
        due: facts.due.map(|day| day.to_string()),
        stale: facts.stale,
        archived: page.front.archived.clone(),
        superseded_by: around.superseded_by,
        blob: page.blob.to_string(),
        lines: heading.map_or_else(|| whole(page), |heading| heading.lines),
        cite: around.cite,
        markdown: bytes.as_deref().map(|bytes| String::from_utf8_lossy(bytes).into_owned()),
        sections: parts(page, section),
        files: around.files,
        backlinks: around.backlinks,
        bytes: bytes.unwrap_or_default(),
        body_start: if section.is_some() { 0 } else { page.front.body_start as usize },
    }
}

fn whole(page: &Page) -> [u32; 2] {
    [1, page.headings.last().map_or(1, |heading| heading.lines[1])]
}

/// All sections of a page; of a section those that stand deeper behind it.
fn parts(page: &Page, section: Option<usize>) -> Vec<Part> {
    let (from, above) = match section.map(|at| (at, page.headings[at].level)) {
        Some((at, level)) => (at + 1, level),
        None => (0, 0),
    };
    let part = |heading: &Heading| Part {
        anchor: heading.anchor.clone(),
        title: heading.title.clone(),
        level: heading.level,
        lines: heading.lines,
    };
    let below = page.headings[from..].iter().skip_while(|it| section.is_none() && it.level == 0);
    below.take_while(|heading| heading.level > above).map(part).collect()
}

impl Shown {
    /// The text without its front matter.
    pub fn body(&self) -> String {
        let body = self.bytes.get(self.body_start..).unwrap_or_default();
        String::from_utf8_lossy(body).into_owned()
    }

    /// As HTML that may be put into any page: headings carry the anchors of
    /// citations, the file's own HTML is text.
    pub fn html(&self) -> String {
        let anchors = self.anchors();
        let anchors = anchors.iter().map(|(line, anchor)| (*line, anchor.as_str()));
        rendering::html(&self.body(), anchors)
    }

    /// The lines of headings, 1-based in [`Shown::body`], and their anchors.
    pub fn anchors(&self) -> Vec<(usize, String)> {
        let front = &self.bytes[..self.body_start.min(self.bytes.len())];
        let above = front.split(|&byte| byte == b'\n').count() - 1;
        let above = u32::try_from(above).unwrap_or(u32::MAX);
        let first = self.lines[0].saturating_add(above);
        let own = (!self.anchor.is_empty()).then_some((self.lines[0], &self.anchor));
        let parts = self.sections.iter().map(|part| (part.lines[0], &part.anchor));
        let below = own.into_iter().chain(parts).filter_map(|(line, anchor)| {
            Some((line.checked_sub(first)? as usize + 1, anchor.clone()))
        });
        below.collect()
    }

    /// An error for a file that is listed and not read.
    pub fn expect_read(&self) -> Result<(), OpError> {
        if self.markdown.is_some() {
            return Ok(());
        }
        let at = self.commit.as_deref().unwrap_or("HEAD");
        let place = self.memory.as_ref().map(|name| format!("in the repository of '{name}', "));
        let place = place.unwrap_or_default();
        Err(OpError::Invalid {
            message: format!(
                "'{}' has more than {MAX_BYTES} bytes: it is listed, not read",
                self.path
            ),
            hint: format!("{place}read it with git show '{at}:{}'", self.path),
        })
    }
}
