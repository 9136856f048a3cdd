//! `links`: where a page leads, and what leads to it.

mod chain;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::error::OpError;
use super::located::Located;
use super::memories::wherever;
use crate::corpus::{
    Leading, LookupError, MissingReason, Named, Page, Reference, Target, find, incoming, resolve,
};
use crate::document::{Link, LinkKind};
use crate::repo_path::RepoPath;
use crate::workspace::{Asked, Lookups, Memory, Workspace};

/// Whose links.
#[derive(Debug, Clone)]
pub struct Options {
    /// A page or a section, as for `show`.
    pub reference: String,
    /// Which revision answers.
    pub asked: Asked,
}

/// Where a link leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// To a page, and to the section that it names.
    Page,
    /// To a page that has no such section.
    NoSection,
    /// To a file or folder that is no page.
    File,
    /// Nowhere.
    Missing,
    /// To any of several pages.
    Ambiguous,
}

/// A link on the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Outgoing {
    /// 1-based line.
    pub line: u32,
    /// What a reader sees.
    pub text: String,
    /// `markdown`, `autolink`, `image`, `html`, `wiki`, `adr`.
    pub form: String,
    /// What it names, as written.
    pub target: String,
    /// Where it leads.
    pub state: State,
    /// The page or file that it leads to.
    pub path: Option<String>,
    /// The section that it names.
    pub anchor: Option<String>,
    /// Why it leads nowhere.
    pub reason: Option<String>,
    /// What it may have meant, nearest first.
    pub near: Vec<String>,
}

impl Outgoing {
    /// A link as it stands on its page, before it is known where it leads.
    pub(in crate::ops) fn of(link: &Link) -> Self {
        Self {
            line: link.line,
            text: link.text.clone(),
            form: form(link.kind).to_owned(),
            target: link.written(),
            state: State::Page,
            path: None,
            anchor: None,
            reason: None,
            near: Vec::new(),
        }
    }
}

/// A link on another page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Incoming {
    /// The page that holds it.
    pub path: String,
    /// That page's title.
    pub title: String,
    /// 1-based line.
    pub line: u32,
    /// What a reader sees.
    pub text: String,
    /// The section that it names.
    pub anchor: Option<String>,
}

/// A link out of the repository; nobody follows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct External {
    /// 1-based line.
    pub line: u32,
    /// Where it points.
    pub target: String,
}

/// All links of a page or section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Links {
    /// `prode.links/v1`.
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
    /// `path#anchor@commit`.
    pub cite: String,
    /// In the order of the page.
    pub outgoing: Vec<Outgoing>,
    /// By page and line.
    pub incoming: Vec<Incoming>,
    /// In the order of the page.
    pub external: Vec<External>,
    /// What the page replaced, the oldest first.
    pub supersedes: Vec<String>,
    /// What replaced the page, the newest last.
    pub superseded_by: Vec<String>,
}

/// Resolves the links of what was named.
pub fn run(workspace: &Workspace, options: &Options) -> Result<(Links, Memory), OpError> {
    wherever(workspace, &options.reference, |workspace, typed| {
        here(workspace, typed, &options.asked)
    })
}

fn here(workspace: &Workspace, typed: &str, asked: &Asked) -> Result<(Links, Memory), OpError> {
    let located = Located::find(workspace, typed, asked)?;
    let Located { memory, page, .. } = &located;
    let pages = memory.lookups();
    let is_file = |path: &RepoPath| workspace.exists(memory, path);
    let span = located.heading().map(|heading| heading.span);
    let is_here =
        |link: &&Link| span.is_none_or(|span| (span.start..span.end).contains(&link.span.start));
    let (mut outgoing, mut external) = (Vec::new(), Vec::new());
    for link in page.links.iter().filter(is_here) {
        match resolve(&pages, page, link, &is_file)? {
            Target::External => {
                external.push(External { line: link.line, target: link.written() });
            }
            target => outgoing.push(outgoing_link(&pages, link, target)?),
        }
    }
    let incoming = incoming(&pages, page)?.into_iter();
    let links = Links {
        schema: "prode.links/v1".to_owned(),
        commit: memory.revision.commit.map(|commit| commit.to_string()),
        worktree: memory.revision.on_disk,
        memory: memory.name.clone(),
        path: page.path.text().into_owned(),
        anchor: located.anchor().to_owned(),
        title: page.title.clone(),
        cite: located.cite(),
        outgoing,
        incoming: incoming.flat_map(|it| incoming_links(&located, &it.from, it.links)).collect(),
        external,
        supersedes: chain::older(&pages, &page.path)?,
        superseded_by: chain::newer(&pages, &page.path)?,
    };
    Ok((links, located.memory))
}

fn outgoing_link(pages: &Lookups<'_>, link: &Link, target: Target) -> Result<Outgoing, OpError> {
    let mut out = Outgoing::of(link);
    match target {
        Target::Page { path, anchor, anchor_found } => {
            if !anchor_found {
                out.state = State::NoSection;
                out.reason = Some("the page has no such section".to_owned());
                out.near = looked_up(pages, path.clone(), anchor.as_deref())?;
            }
            out.path = Some(path.text().into_owned());
            out.anchor = anchor;
        }
        Target::File(path) => {
            out.state = State::File;
            out.path = Some(path.text().into_owned());
        }
        Target::Missing { wanted, reason } => {
            out.state = State::Missing;
            out.reason = Some(why(&reason).to_owned());
            out.near = near(pages, &wanted, &reason)?;
        }
        Target::Ambiguous(paths) => {
            out.state = State::Ambiguous;
            out.reason = Some("several pages have the name".to_owned());
            out.near = paths.iter().map(|path| path.text().into_owned()).collect();
        }
        Target::External => {}
    }
    Ok(out)
}

pub(super) fn form(kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::Markdown => "markdown",
        LinkKind::Autolink => "autolink",
        LinkKind::Image => "image",
        LinkKind::Html => "html",
        LinkKind::Wiki => "wiki",
        LinkKind::Adr => "adr",
    }
}

pub(super) fn why(reason: &MissingReason) -> &'static str {
    match reason {
        MissingReason::NoFile => "no file is there",
        MissingReason::Case(_) => "a file is there whose name differs in case",
        MissingReason::Outside => "it leaves the repository",
        MissingReason::NoName => "no page has the name",
        MissingReason::NoDecision => "no decision has the number",
    }
}

fn near(pages: &Lookups<'_>, wanted: &str, reason: &MissingReason) -> Result<Vec<String>, OpError> {
    let path = match reason {
        MissingReason::Case(path) => return Ok(vec![path.text().into_owned()]),
        MissingReason::NoFile | MissingReason::NoName => RepoPath::new(wanted),
        MissingReason::Outside | MissingReason::NoDecision => return Ok(Vec::new()),
    };
    // No page is what a picture or a script was meant to be.
    let is_page = |path: &RepoPath| path.is_markdown() || !path.file_name().contains('.');
    match path.ok().filter(|path| matches!(reason, MissingReason::NoName) || is_page(path)) {
        Some(path) => looked_up(pages, path, None),
        None => Ok(Vec::new()),
    }
}

/// What the look-up of people's references offers for the same slip.
fn looked_up(
    pages: &Lookups<'_>,
    path: RepoPath,
    anchor: Option<&str>,
) -> Result<Vec<String>, OpError> {
    let reference = Reference {
        memory: None,
        what: Named::Path(path),
        anchor: anchor.map(str::to_owned),
        commit: None,
    };
    Ok(match find(pages, &reference) {
        Err(OpError::Lookup(error)) => match error {
            LookupError::Missing { near, .. } | LookupError::NoSection { near, .. } => near,
            LookupError::Ambiguous { candidates, .. } => candidates,
            LookupError::Learning(_) => Vec::new(),
        },
        Err(error) => return Err(error),
        Ok(found) => vec![found.page.path.text().into_owned()],
    })
}

/// Those of the links of the page `from` to the page asked for that lead to
/// what was named of it.
fn incoming_links(located: &Located, from: &Page, links: Vec<Leading>) -> Vec<Incoming> {
    let wanted = located.heading().map(|heading| heading.anchor.as_str());
    let link = |Leading { link, anchor }: Leading| {
        let names_it = wanted.is_none_or(|wanted| {
            anchor.as_deref().is_some_and(|anchor| anchor.eq_ignore_ascii_case(wanted))
        });
        let link = &from.links[link];
        names_it.then(|| Incoming {
            path: from.path.text().into_owned(),
            title: from.title.clone(),
            line: link.line,
            text: link.text.clone(),
            anchor,
        })
    };
    links.into_iter().filter_map(link).collect()
}
