//! Decisions as they lie in a folder of another tool.

use std::fs;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::{Item, Skipped, from_root};
use crate::adr::{AdrEditError, AdrText, Format};
use crate::document::MAX_BYTES;
use crate::ops::OpError;
use crate::repo_path::RepoPath;
use crate::yaml::{self, Node};

/// A log4brains project says here where its decisions are.
const LOG4BRAINS: &str = ".log4brains.yml";
/// Pages that stand beside decisions and are none, by their names.
const BESIDE: [&str; 4] = ["readme", "index", "template", "toc"];

/// What is wrong with a decision whose metadata would be lost.
pub(in crate::ops::adr) const NO_KEYS: &str = "its front matter does not read as keys and values";

/// What a folder holds.
#[derive(Debug, Default)]
pub(in crate::ops::adr) struct Found {
    /// Ordered by path.
    pub(in crate::ops::adr) items: Vec<Item>,
    /// Ordered by path.
    pub(in crate::ops::adr) skipped: Vec<Skipped>,
    /// What paths are shown from.
    pub(in crate::ops::adr) base: Base,
}

/// The folder from which files are named to people.
#[derive(Debug, Default)]
pub(in crate::ops::adr) struct Base(RepoPath);

impl Base {
    pub(super) fn of(folder: &Path) -> Self {
        Self(from_root(folder))
    }

    pub(in crate::ops::adr) fn of_root(folder: RepoPath) -> Self {
        Self(folder)
    }

    /// A path from the disk's root as one from that folder.
    pub(in crate::ops::adr) fn shown(&self, path: &str) -> String {
        let base = self.0.text();
        let rest = path.trim_start_matches('/').strip_prefix(&*base);
        rest.map_or(path, |rest| rest.trim_start_matches('/')).to_owned()
    }
}

/// Reads a folder, by its path as the disk has it. Every file of it is either
/// an item or skipped with a reason. `said` is the format of all files, where
/// somebody says one.
pub(super) fn read(place: &Path, said: Option<Format>) -> Result<Found, OpError> {
    let mut all = Found { base: Base::of(place), ..Found::default() };
    let project = place.join(LOG4BRAINS);
    if project.is_file() && matches!(said, None | Some(Format::Log4brains)) {
        for (folder, package) in folders(place, &project)? {
            all.add_folder(&folder, Some(Format::Log4brains), package.as_deref());
        }
    } else {
        all.add_folder(place, said, None);
    }
    all.items.sort_by(|a, b| a.old().cmp(b.old()));
    all.skipped.sort();
    for it in &mut all.skipped {
        it.path = all.base.shown(&it.path);
    }
    Ok(all)
}

impl Found {
    fn add_folder(&mut self, folder: &Path, said: Option<Format>, package: Option<&str>) {
        let is_seen = |entry: &DirEntry| {
            let name = entry.file_name().to_string_lossy();
            entry.depth() == 0 || !(name.starts_with('.') || name == "node_modules")
        };
        let walk = WalkDir::new(folder).sort_by_file_name().into_iter();
        for entry in walk.filter_entry(is_seen) {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) => self.add_file(&entry, said, package),
                Err(error) => {
                    let path = error.path().unwrap_or(folder).to_owned();
                    let why =
                        error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                    self.skip(&path, why, true);
                }
            }
        }
    }

    fn add_file(&mut self, entry: &DirEntry, said: Option<Format>, package: Option<&str>) {
        let path = entry.path();
        let stem = from_root(path).file_stem().to_lowercase();
        if entry.path_is_symlink() {
            return self.skip(path, "a symbolic link, which is not followed".to_owned(), false);
        }
        if !from_root(path).is_markdown() {
            return self.skip(path, "no Markdown".to_owned(), false);
        }
        if BESIDE.contains(&stem.as_str()) {
            return self.skip(path, "no decision by its name".to_owned(), false);
        }
        let size = entry.metadata().map_or(0, |found| found.len());
        if size > MAX_BYTES {
            return self.skip(path, format!("{size} bytes are more than {MAX_BYTES}"), true);
        }
        match fs::read(path) {
            Ok(bytes) => self.add_bytes(path, &bytes, said, package),
            Err(error) => self.skip(path, error.to_string(), true),
        }
    }

    /// One file's bytes, wherever they came from.
    pub(super) fn add_bytes(
        &mut self,
        path: &Path,
        bytes: &[u8],
        said: Option<Format>,
        package: Option<&str>,
    ) {
        let at = from_root(path);
        let text = match said {
            Some(format) => AdrText::read_as(&at, bytes, format),
            None => AdrText::read(&at, bytes),
        };
        match text {
            Ok(text) if !text.has_readable_front() => self.skip(path, NO_KEYS.to_owned(), true),
            Ok(text) => {
                let tags = package.map(str::to_owned).into_iter().collect();
                self.items.push(Item { text, tags });
            }
            Err(AdrEditError::NotUtf8 { at, .. }) => {
                self.skip(path, format!("not UTF-8 (byte {at})"), true);
            }
            Err(AdrEditError::NotADecision(_)) => {
                self.skip(path, "it does not read as a decision".to_owned(), false);
            }
            Err(error) => self.skip(path, error.to_string(), true),
        }
    }

    pub(super) fn skip(&mut self, path: &Path, why: String, unreadable: bool) {
        self.skipped.push(Skipped { path: path.display().to_string(), why, unreadable });
    }
}

/// The folders of a log4brains project: its own, and each package's by name.
fn folders(top: &Path, project: &Path) -> Result<Vec<(PathBuf, Option<String>)>, OpError> {
    let wrong = |reason: String| OpError::File { path: project.display().to_string(), reason };
    let text = fs::read_to_string(project).map_err(|error| wrong(error.to_string()))?;
    let node = yaml::read(&text).map_err(|error| wrong(format!("line {}: {error}", error.line)))?;
    let node = node.ok_or_else(|| wrong("it is empty".to_owned()))?;
    let settings = value(&node, "project").unwrap_or(&node);
    let folder = |node: &Node| {
        let folder = top.join(value(node, "adrFolder").and_then(Node::text)?);
        Some(folder.canonicalize().unwrap_or(folder))
    };
    let mut all: Vec<_> = folder(settings).map(|folder| (folder, None)).into_iter().collect();
    let packages = value(settings, "packages").and_then(Node::items).unwrap_or_default();
    for package in packages {
        let name = value(package, "name").and_then(Node::text).map(str::to_owned);
        all.extend(folder(package).map(|folder| (folder, name)));
    }
    // A folder may hold another one of the list, and is read once.
    all.retain(|(folder, _)| folder.is_dir());
    if all.is_empty() {
        return Err(wrong("it names no adrFolder that is there".to_owned()));
    }
    Ok(all)
}

fn value<'a>(node: &'a Node, key: &str) -> Option<&'a Node> {
    node.pairs()?.iter().find(|(name, _)| name.text() == Some(key)).map(|(_, value)| value)
}
