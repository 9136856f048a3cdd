//! Finding roots in a tree that has no settings for them.

use super::{Root, RootKind, RootSettings, TreeLook};
use crate::repo_path::RepoPath;

const WIKI: &[&str] = &["wiki", "docs", "doc", "runbooks"];
const ADR: &[&str] = &["adr", "doc/adr", "docs/adr", "docs/decisions", "docs/adrs"];
const SKILLS: &[&str] = &["skills", ".agents/skills", ".claude/skills"];
const TEMPLATES: &[&str] = &["templates"];

/// The file in which adr-tools keeps the folder of its log.
const ADR_DIR: &str = ".adr-dir";

pub(super) fn roots(settings: &RootSettings, tree: &dyn TreeLook) -> Vec<Root> {
    let adr = settings.adr.as_ref().map_or_else(|| adr_candidates(tree), |named| folders(named));
    let mut roots = of_kind(RootKind::Adr, adr);
    for (kind, named, candidates) in [
        (RootKind::Wiki, &settings.wiki, WIKI),
        (RootKind::Skill, &settings.skills, SKILLS),
        (RootKind::Template, &settings.templates, TEMPLATES),
    ] {
        let paths = named.as_ref().map_or_else(|| existing(candidates, tree), |it| folders(it));
        roots.extend(of_kind(kind, paths));
    }
    let has_wiki = roots.iter().any(|root| root.kind == RootKind::Wiki);
    if settings.wiki.is_none() && !has_wiki {
        roots.push(Root { path: RepoPath::root(), kind: RootKind::Wiki });
    }
    roots
}

fn of_kind(kind: RootKind, paths: Vec<RepoPath>) -> Vec<Root> {
    paths.into_iter().map(|path| Root { path, kind }).collect()
}

fn adr_candidates(tree: &dyn TreeLook) -> Vec<RepoPath> {
    let mut found = existing(ADR, tree);
    found.extend(adr_tools_folder(tree).filter(|path| tree.is_folder(path)));
    found
}

/// `.adr-dir` holds nothing but a path, perhaps with a line end.
fn adr_tools_folder(tree: &dyn TreeLook) -> Option<RepoPath> {
    let bytes = tree.read(&RepoPath::new(ADR_DIR).ok()?)?;
    RepoPath::root().join(bytes.trim_ascii()).filter(|path| !path.is_root())
}

fn existing(candidates: &[&str], tree: &dyn TreeLook) -> Vec<RepoPath> {
    let paths = candidates.iter().filter_map(|name| RepoPath::new(name).ok());
    paths.filter(|path| tree.is_folder(path)).collect()
}

/// Named folders are taken whether they exist or not, so that a root that is
/// still empty is already one. What leaves the repository is dropped here and
/// reported where settings are read.
fn folders(named: &[String]) -> Vec<RepoPath> {
    let inside = |name: &String| match name.as_bytes().first() {
        Some(b'/') | None => None,
        Some(_) => RepoPath::root().join(name.trim()),
    };
    named.iter().filter_map(inside).collect()
}
