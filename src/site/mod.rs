//! The memory as a folder of plain files, for any host of files or none.
//!
//! [`build`] reads one commit through `ops::site`, makes the pages that a server shows
//! with the same functions of `web`, and puts them into a folder: all of them or none.
//! What a file says depends on the commit, the settings, the options and the version of
//! the program, so that the same of these give the same bytes. `sheets` are the pages,
//! `search` is what a script looks through, `feeds` is what programs read, `folder`
//! writes, and `manifest` knows what was written.

mod feeds;
mod folder;
mod manifest;
mod pictures;
mod search;
mod sheets;

use std::path::PathBuf;

use crate::ids::hex;
use crate::ops::OpError;
use crate::ops::site::{self, Answer, Broken, LeftOut, Material};
use crate::workspace::{Asked, Revision, Workspace};
use folder::Folder;
use sha2::{Digest as _, Sha256};

/// What is wanted.
#[derive(Debug, Clone)]
pub struct Options {
    /// Which revision.
    pub asked: Asked,
    /// The folder, from the disk's root.
    pub folder: PathBuf,
    /// The folder, as it was named.
    pub named: String,
    /// Where the folder will be for everybody: `http` or `https`, ends with a slash.
    pub base: Option<String>,
    /// What people call the memory; without one its front page says.
    pub title: Option<String>,
    /// Only say what would be done.
    pub dry_run: bool,
}

/// Makes the site. Where public pages hold links that lead nowhere, nothing is written
/// and [`Answer::broken`] names them. `told` hears how many of how many commits were
/// looked at.
///
/// # Errors
/// There is no commit; the folder is somebody else's, or another build writes it; a file
/// cannot be read or written. What was there stays as it was.
pub fn build(
    workspace: &Workspace,
    options: &Options,
    told: &dyn Fn(usize, usize),
) -> Result<Answer, OpError> {
    let revision = site::revision(workspace, &options.asked)?;
    let inputs = inputs(workspace, &revision, options);
    let folder = Folder::open(&options.folder, &options.named, options.dry_run)?;
    let mut answer = match folder.as_it_stands(&inputs) {
        Some(answer) => answer,
        None => match anew(workspace, options, &folder, &inputs, told)? {
            Ok(answer) => answer,
            Err(broken) => return Ok(refused(options, &revision, broken)),
        },
    };
    if options.base.is_none() {
        answer.notes.push(
            "without --base-url there is no sitemap.xml, links in feeds are relative, and 404.html \
             finds its way only at the top"
                .to_owned(),
        );
    }
    if !options.dry_run {
        answer.notes.extend(site::in_work_tree(workspace, &revision, &options.folder));
    }
    Ok(Answer { folder: options.named.clone(), dry_run: options.dry_run, ..answer })
}

/// Makes every file, or gives the links that lead nowhere.
fn anew(
    workspace: &Workspace,
    options: &Options,
    folder: &Folder,
    inputs: &str,
    told: &dyn Fn(usize, usize),
) -> Result<Result<Answer, Vec<Broken>>, OpError> {
    let title = options.title.as_deref();
    let material = match site::read(workspace, &options.asked, title, told)? {
        Ok(material) => material,
        Err(broken) => return Ok(Err(broken)),
    };
    let sink = folder.sink()?;
    sheets::write(&material, options.base.as_deref(), &sink)?;
    let mut answer = answered(options, &material);
    folder.finish(sink.made(), inputs, &mut answer)?;
    Ok(Ok(answer))
}

/// A digest of everything that files depend on.
fn inputs(workspace: &Workspace, revision: &Revision, options: &Options) -> String {
    let mut digest = Sha256::new();
    let mut take = |text: &str| {
        digest.update(text.len().to_le_bytes());
        digest.update(text);
    };
    take(env!("CARGO_PKG_VERSION"));
    crate::web::assets().for_each(|(name, _)| take(&name));
    for text in site::sources(workspace, revision) {
        take(&text);
    }
    take(options.base.as_deref().unwrap_or_default());
    take(options.title.as_deref().unwrap_or_default());
    hex(&digest.finalize())
}

fn answered(options: &Options, material: &Material) -> Answer {
    Answer {
        commit: material.commit.clone(),
        pages: material.list.total,
        left_out: material.left_out,
        warnings: material.warnings.clone(),
        notes: material.notes.clone(),
        ..blank(options)
    }
}

fn refused(options: &Options, revision: &Revision, broken: Vec<Broken>) -> Answer {
    let commit = revision.commit.map(|it| it.to_string()).unwrap_or_default();
    Answer { commit, broken, ..blank(options) }
}

fn blank(options: &Options) -> Answer {
    Answer {
        schema: "prode.site_build/v1".to_owned(),
        commit: String::new(),
        folder: options.named.clone(),
        dry_run: options.dry_run,
        pages: 0,
        files: 0,
        bytes: 0,
        search_bytes: 0,
        written: 0,
        unchanged: 0,
        removed: 0,
        left_out: LeftOut::default(),
        broken: Vec::new(),
        warnings: Vec::new(),
        notes: Vec::new(),
    }
}
