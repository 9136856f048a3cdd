//! From what was typed to which file goes where, and what is refused.

use std::path::{Path, PathBuf};

use crate::corpus::{Catalogue, Named, Page, Reference};
use crate::edits::EditError;
use crate::git::GitError;
use crate::ops::OpError;
use crate::renaming::Moves;
use crate::repo_path::RepoPath;
use crate::workspace::{Memory, Workspace};

/// What was typed, understood.
pub(in crate::ops) struct Decided {
    /// The file or folder.
    pub(in crate::ops) old: RepoPath,
    /// Its new path.
    pub(in crate::ops) new: RepoPath,
    /// Every file of it, and the folders that go.
    pub(in crate::ops) moves: Moves,
    /// What the reader should know.
    pub(in crate::ops) notes: Vec<String>,
}

/// Where the work is done.
pub(in crate::ops) struct Ground<'a> {
    pub(in crate::ops) workspace: &'a Workspace,
    pub(in crate::ops) memory: &'a Memory,
    pub(in crate::ops) catalogue: &'a Catalogue,
    /// The top folder on disk.
    pub(in crate::ops) top: &'a Path,
}

/// The top folder on disk; a bare repository has none.
pub(in crate::ops) fn top(workspace: &Workspace) -> Result<PathBuf, OpError> {
    let git_dir = || workspace.repository().map(|it| it.git_dir().to_owned()).unwrap_or_default();
    let folder = workspace.folder().map(Path::to_owned);
    folder.ok_or_else(|| GitError::NoWorkTree(git_dir()).into())
}

/// Understands `old` and `new` as typed in the folder `current`.
pub(super) fn decide(
    ground: &Ground<'_>,
    old: &str,
    new: &str,
    current: &Path,
) -> Result<Decided, OpError> {
    let (old, base) = ground.old_path(old, current)?;
    if old.is_root() {
        return Err(invalid(
            "the top folder cannot move".to_owned(),
            "name a file or a folder below it".to_owned(),
        ));
    }
    let full = ground.top.join(&*old.text());
    let is_folder = full.symlink_metadata().is_ok_and(|found| found.is_dir());
    let new = ground.new_path(&old, new, &base, is_folder)?;
    ground.refuse(&old, &new, is_folder)?;
    if is_folder { ground.folder(old, new) } else { ground.file(old, new) }
}

impl Ground<'_> {
    /// The path that was named, and the folder from which paths are counted:
    /// the top first, as in every reference, then the one that one stands in.
    fn old_path(&self, typed: &str, current: &Path) -> Result<(RepoPath, RepoPath), OpError> {
        let top = RepoPath::root();
        let here = self.below_top(current).unwrap_or_default();
        let inside = self.below_top(Path::new(typed)).map(|path| (path, top.clone()));
        let from = |base: &RepoPath| base.join(typed).map(|path| (path, base.clone()));
        let relative = !typed.starts_with('/');
        let tried = [inside, from(&top).filter(|_| relative), from(&here).filter(|_| relative)];
        let found = tried.into_iter().flatten().find(|(path, _)| self.is_there(path));
        match found {
            Some(found) => Ok(found),
            None => Ok((self.referred(typed)?.path.clone(), top)),
        }
    }

    /// An absolute path below the top folder.
    fn below_top(&self, path: &Path) -> Option<RepoPath> {
        let top = self.top.canonicalize().unwrap_or_else(|_| self.top.to_owned());
        let rest = path.strip_prefix(self.top).or_else(|_| path.strip_prefix(&top)).ok()?;
        RepoPath::root().join(rest.to_str()?)
    }

    fn is_there(&self, path: &RepoPath) -> bool {
        path.is_root() || self.top.join(&*path.text()).symlink_metadata().is_ok()
    }

    /// What is no path on disk may be a decision, a skill, a title, an alias.
    fn referred(&self, typed: &str) -> Result<&Page, OpError> {
        let reference = Reference::parse(typed)?;
        if reference.anchor.is_some() || reference.commit.is_some() {
            return Err(OpError::Usage {
                message: format!("'{typed}' is a section or a revision, not a file"),
                hint: "name the page; its sections and their anchors go with it".to_owned(),
            });
        }
        match self.catalogue.find(&reference) {
            Ok(found) => Ok(found.page),
            Err(error) => match (&reference.what, error) {
                (Named::Path(path), crate::corpus::LookupError::Missing { near, .. })
                    if near.is_empty() =>
                {
                    Err(OpError::NotFound {
                        message: format!("'{path}' does not exist"),
                        hint: "see the pages: prode list".to_owned(),
                    })
                }
                (_, error) => Err(error.into()),
            },
        }
    }

    /// The new path of `old`; a folder that is there, or a slash, takes it in.
    fn new_path(
        &self,
        old: &RepoPath,
        typed: &str,
        base: &RepoPath,
        is_folder: bool,
    ) -> Result<RepoPath, OpError> {
        let outside = || OpError::from(crate::corpus::RefError::Outside(typed.to_owned()));
        let named = match self.below_top(Path::new(typed)) {
            Some(path) => path,
            None if typed.starts_with('/') => return Err(outside()),
            None => base.join(typed).ok_or_else(outside)?,
        };
        let full = self.top.join(&*named.text());
        let is_there = full.symlink_metadata().is_ok_and(|found| found.is_dir());
        // A case-only rename of a folder names the folder itself.
        let takes_in = named.is_root() || (is_there && !is_same_file(&full, &self.full(old)));
        if takes_in || (typed.ends_with('/') && !is_folder) {
            return named.join(old_name(old)).ok_or_else(outside);
        }
        if old.is_markdown() && !is_folder && !named.is_markdown() {
            return Err(OpError::Usage {
                message: format!("'{named}' is neither a folder nor the name of a page"),
                hint: format!("write '{named}.md', or '{named}/' for a new folder"),
            });
        }
        Ok(named)
    }

    fn full(&self, path: &RepoPath) -> PathBuf {
        self.top.join(&*path.text())
    }

    fn refuse(&self, old: &RepoPath, new: &RepoPath, is_folder: bool) -> Result<(), OpError> {
        let is_git =
            |path: &RepoPath| path.text().split('/').any(|it| it.eq_ignore_ascii_case(".git"));
        if is_git(old) || is_git(new) {
            return Err(EditError::NotAFile(if is_git(old) { old } else { new }.clone()).into());
        }
        if old == new {
            return Err(invalid(
                format!("'{old}' is that already"),
                "name another path".to_owned(),
            ));
        }
        if is_folder && new.is_below(old) {
            return Err(invalid(
                format!("'{old}' cannot move into itself"),
                "name a folder outside it".to_owned(),
            ));
        }
        if self.is_there(new) && !is_same_file(&self.full(old), &self.full(new)) {
            return Err(EditError::Taken(new.clone()).into());
        }
        match self.catalogue.page(old) {
            Some(page) => self.refuse_number(page, new),
            None => Ok(()),
        }
    }

    /// A decision keeps its number, and a log holds a number once.
    fn refuse_number(&self, page: &Page, new: &RepoPath) -> Result<(), OpError> {
        let Some(number) = page.adr.as_ref().and_then(|adr| adr.number) else { return Ok(()) };
        let in_name = |path: &RepoPath| leading_number(&path.file_stem());
        if in_name(&page.path) == Some(number) && in_name(new) != Some(number) {
            return Err(invalid(
                format!("'{new}' would change the number of decision {number}"),
                format!("keep the number in the name, or change it: prode adr renumber {number}"),
            ));
        }
        let log = self.catalogue.log_of(new);
        let others = self.catalogue.decisions(number, Some(&log));
        if let Some(other) = others.iter().find(|it| it.path != page.path) {
            return Err(invalid(
                format!("'{log}' has a decision {number} already: '{}'", other.path),
                format!("give this one another number first: prode adr renumber {number}"),
            ));
        }
        Ok(())
    }

    fn file(&self, old: RepoPath, new: RepoPath) -> Result<Decided, OpError> {
        if !self.full(&old).symlink_metadata().is_ok_and(|found| found.is_file()) {
            return Err(EditError::NotAFile(old).into());
        }
        let folders = self.emptied(&old, &new);
        let moves = Moves::new([(old.clone(), new.clone())], folders);
        let notes = self.leaves_roots(&old, &new).into_iter().collect();
        Ok(Decided { old, new, moves, notes })
    }

    fn folder(&self, old: RepoPath, new: RepoPath) -> Result<Decided, OpError> {
        let files = self.workspace.files_below(self.memory, &old)?;
        if files.is_empty() {
            return Err(invalid(
                format!("'{old}' holds no file that could move"),
                "files that Git ignores and symbolic links stay where they are".to_owned(),
            ));
        }
        let place = |path: &RepoPath| {
            let rest = &path.as_bytes()[old.as_bytes().len()..];
            (path.clone(), RepoPath::from_git([new.as_bytes(), rest].concat()))
        };
        let stays = self.stays(&old, &files);
        let mut folders = Vec::new();
        let mut notes = Vec::new();
        match stays.first() {
            None => {
                folders = self.emptied(&old, &new);
                folders.push((old.clone(), new.clone()));
            }
            Some(first) => notes.push(format!(
                "{} in '{old}' did not move, such as '{first}': ignored by Git, or no regular file",
                crate::ops::counted(stays.len(), "file")
            )),
        }
        let moves = Moves::new(files.iter().map(place), folders);
        Ok(Decided { old, new, moves, notes })
    }

    /// Files on disk below `folder` that are not among `files`.
    fn stays(&self, folder: &RepoPath, files: &[RepoPath]) -> Vec<String> {
        let walk = walkdir::WalkDir::new(self.full(folder)).into_iter().filter_map(Result::ok);
        let others = walk.filter(|entry| !entry.file_type().is_dir()).filter_map(|entry| {
            let path = entry.path().strip_prefix(self.top).ok()?.to_str()?.replace('\\', "/");
            let path = RepoPath::new(path).ok()?;
            files.binary_search(&path).is_err().then(|| path.text().into_owned())
        });
        others.collect()
    }

    /// Folders above `old` that hold nothing else, and where what they held goes.
    fn emptied(&self, old: &RepoPath, new: &RepoPath) -> Vec<(RepoPath, RepoPath)> {
        let mut gone = Vec::new();
        let mut folder = old.parent();
        while !folder.is_root() && !new.is_below(&folder) {
            let entries = std::fs::read_dir(self.full(&folder)).map_or(2, |it| it.take(2).count());
            if entries > 1 {
                break;
            }
            gone.push((folder.clone(), new.parent()));
            folder = folder.parent();
        }
        gone
    }

    fn leaves_roots(&self, old: &RepoPath, new: &RepoPath) -> Option<String> {
        let roots = self.memory.roots();
        let leaves = roots.classify(old).is_some() && roots.classify(new).is_none();
        leaves.then(|| format!("'{new}' lies outside every root: it is no page any more"))
    }
}

fn old_name(old: &RepoPath) -> Vec<u8> {
    old.as_bytes().rsplit(|&byte| byte == b'/').next().unwrap_or_default().to_vec()
}

fn leading_number(stem: &str) -> Option<u32> {
    let digits = stem.len() - stem.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    stem[..digits].parse().ok()
}

/// True where two names lead to one file, as on a disk that ignores case.
#[cfg(unix)]
pub(super) fn is_same_file(a: &Path, b: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |path: &Path| path.symlink_metadata().map(|found| (found.dev(), found.ino())).ok();
    id(a).is_some() && id(a) == id(b)
}

/// True where two names lead to one file, as on a disk that ignores case.
#[cfg(not(unix))]
pub(super) fn is_same_file(a: &Path, b: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().ok();
    real(a).is_some() && real(a) == real(b)
}

fn invalid(message: String, hint: String) -> OpError {
    OpError::Invalid { message, hint }
}
