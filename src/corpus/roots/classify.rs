//! Where a path stands among the roots: pure functions of the path.

use super::{Place, Root, RootKind, Roots};
use crate::repo_path::RepoPath;

/// Names that make a folder below a wiki a log of decisions.
const ADR_FOLDERS: &[&[u8]] = &[b"adr", b"adrs", b"decisions"];

/// Folders of other people's files: never a wiki's unless named as a root.
const FOREIGN: &[&[u8]] = &[b"node_modules", b"target", b"vendor"];

/// The manifest of a skill package.
const SKILL_FILE: &str = "SKILL.md";

impl Roots {
    /// Where the page `path` stands; `None` if it is no Markdown file or lies
    /// outside every root.
    pub fn classify(&self, path: &RepoPath) -> Option<Place> {
        if !path.is_markdown() {
            return None;
        }
        let folder = path.parent();
        let root = self.holding(&folder)?;
        let log = matches!(root.kind, RootKind::Wiki | RootKind::Adr)
            .then(|| deepest_log(&root.path, &folder))
            .flatten();
        Some(match log {
            Some(log) => Place { kind: RootKind::Adr, root: log },
            None => Place { kind: root.kind, root: root.path.clone() },
        })
    }

    /// True if a walk must enter the folder `path` to see every page.
    pub fn wants_folder(&self, path: &RepoPath) -> bool {
        self.deepest_first.iter().any(|root| root.path.is_below(path))
            || self.holding(path).is_some()
    }

    /// True if a walk must enter the folder `path` to see every page below roots of
    /// one kind.
    pub fn wants_folder_of(&self, kind: RootKind, path: &RepoPath) -> bool {
        let of_kind = |root: &&Root| root.kind == kind;
        self.deepest_first.iter().filter(of_kind).any(|root| root.path.is_below(path))
            || self.holding(path).is_some_and(|root| root.kind == kind)
    }

    /// The deepest root that holds `folder` and does not leave it out.
    fn holding(&self, folder: &RepoPath) -> Option<&Root> {
        let deepest = self.deepest_first.iter().find(|root| folder.is_below(&root.path))?;
        let left_out = deepest.path.is_root() && parts_below(&deepest.path, folder).any(is_foreign);
        (!left_out).then_some(deepest)
    }
}

impl Place {
    /// The skill package that holds the page `path`; `None` outside skills and
    /// for files that lie directly in the root.
    pub fn package(&self, path: &RepoPath) -> Option<RepoPath> {
        if self.kind != RootKind::Skill {
            return None;
        }
        let folder = path.parent();
        let name = parts_below(&self.root, &folder).next()?;
        self.root.join(name)
    }

    /// True if `path` is the manifest of a skill package.
    pub fn is_manifest(&self, path: &RepoPath) -> bool {
        path.file_name() == SKILL_FILE && self.package(path).as_ref() == Some(&path.parent())
    }
}

fn deepest_log(root: &RepoPath, folder: &RepoPath) -> Option<RepoPath> {
    let parts: Vec<&[u8]> = parts_below(root, folder).collect();
    let names_log = |part: &&[u8]| ADR_FOLDERS.iter().any(|name| part.eq_ignore_ascii_case(name));
    let last = parts.iter().rposition(names_log)?;
    root.join(parts[..=last].join(&b'/'))
}

fn parts_below<'a>(root: &RepoPath, folder: &'a RepoPath) -> impl Iterator<Item = &'a [u8]> {
    let parts = folder.as_bytes().split(|&byte| byte == b'/').filter(|part| !part.is_empty());
    parts.skip(root.depth())
}

fn is_foreign(part: &[u8]) -> bool {
    part.starts_with(b".") || FOREIGN.contains(&part)
}
