//! What every part of lint looks at, and paths by words alone.

use std::path::{Component, Path, PathBuf};

use super::Options;
use crate::lint::Levels;
use crate::workspace::{Asked, Memory, Workspace};

/// One revision that is looked at, and with which levels.
#[derive(Clone, Copy)]
pub(super) struct Side<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) options: &'a Options,
    pub(super) memory: &'a Memory,
    pub(super) asked: &'a Asked,
    pub(super) levels: &'a Levels,
}

/// Without `.` and `..`, by words alone.
pub(super) fn plain(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut plain, part| {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
        plain
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_path_loses_its_dots() {
        assert_eq!(plain(Path::new("/a/./b/../c")), Path::new("/a/c"));
    }
}
