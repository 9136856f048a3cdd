//! `skill show`: one package, what it says and what it holds.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::list;
use super::validate::{Finding, verdict};
use crate::corpus::Page;
use crate::ops::OpError;
use crate::skill::{File, Package, computed_hash};
use crate::workspace::{Asked, Memory, Workspace};

/// One file of the package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Part {
    /// Below the package's folder.
    pub path: String,
    /// In bytes.
    pub size: u64,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Answer {
    /// `prode.skill_show/v1`.
    pub schema: String,
    /// The commit that was answered for; null for files outside Git.
    pub commit: Option<String>,
    /// Its name.
    pub name: String,
    /// What it does and when to use it.
    pub description: String,
    /// The licence, as written.
    pub license: Option<String>,
    /// What it needs, as written.
    pub compatibility: Option<String>,
    /// What else its manifest says.
    pub metadata: Vec<(String, String)>,
    /// The package's folder.
    pub path: String,
    /// Who owns it.
    pub owner: Vec<String>,
    /// SHA-256 over paths and contents, as `skills-lock.json` records it; null
    /// where a file is too large to be read.
    pub computed_hash: Option<String>,
    /// Every file.
    pub files: Vec<Part>,
    /// What `skill validate` says.
    pub findings: Vec<Finding>,
    /// The instructions.
    pub body: String,
}

/// Finds the skill called `name`, or whose folder is `name`.
pub fn run(workspace: &Workspace, name: &str, asked: &Asked) -> Result<(Answer, Memory), OpError> {
    let memory = workspace.memory(asked)?;
    let page = list::named(&memory, name)?;
    let answer = of(workspace, &memory, &page)?;
    Ok((answer, memory))
}

/// The skill whose manifest is `page`.
pub(in crate::ops) fn of(
    workspace: &Workspace,
    memory: &Memory,
    page: &Page,
) -> Result<Answer, OpError> {
    let folder = page.path.parent();
    let mut files = Vec::new();
    let mut is_whole = true;
    for path in workspace.files_below(memory, &folder)? {
        let read = workspace.page_at(memory, &path)?;
        let below = path.text().get(folder.text().len() + 1..).unwrap_or_default().to_owned();
        let bytes = read.and_then(|read| read.bytes);
        is_whole &= bytes.is_some();
        let bytes = bytes.unwrap_or_default();
        files.push(File { path: below, bytes, executable: true });
    }
    let package = Package::new(folder.file_name().into_owned(), files);
    let bytes = package.manifest().map(|file| file.bytes.as_slice()).unwrap_or_default();
    let body = bytes.get(page.front.body_start as usize..).unwrap_or_default();
    let facts = memory.facts(page);
    let manifest = page.skill.clone();
    Ok(Answer {
        schema: "prode.skill_show/v1".to_owned(),
        commit: memory.revision.commit.map(|commit| commit.to_string()),
        name: manifest.as_ref().map(|it| it.name.clone()).unwrap_or_default(),
        description: manifest.as_ref().map(|it| it.description.clone()).unwrap_or_default(),
        license: manifest.as_ref().and_then(|it| it.license.clone()),
        compatibility: manifest.as_ref().and_then(|it| it.compatibility.clone()),
        metadata: manifest.map(|it| it.metadata).unwrap_or_default(),
        path: folder.text().into_owned(),
        owner: facts.owner,
        computed_hash: is_whole.then(|| computed_hash(&package)),
        files: package.files.iter().map(part).collect(),
        findings: verdict(&package, &folder.text()).findings,
        body: String::from_utf8_lossy(body).into_owned(),
    })
}

fn part(file: &File) -> Part {
    Part { path: file.path.clone(), size: file.bytes.len() as u64 }
}
