//! Files change whole: beside the old one first, then in its place.
//!
//! Several files change together or not at all. A new file never takes the
//! place of another.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile};

use super::error::AdrToolsError;

/// One file before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edit {
    pub(super) path: PathBuf,
    pub(super) before: String,
    pub(super) after: String,
}

/// Edits that are written, but not yet seen.
#[derive(Debug)]
pub(super) struct Staged(Vec<StagedEdit>);

#[derive(Debug)]
struct StagedEdit {
    edit: Edit,
    /// The file itself, where the edit's path is a link.
    real: PathBuf,
    file: NamedTempFile,
}

/// Writes the edits beside their files. Dropping the result undoes that.
pub(super) fn stage(edits: Vec<Edit>) -> Result<Staged, AdrToolsError> {
    let changed = edits.into_iter().filter(|edit| edit.before != edit.after);
    let staged = changed.map(|edit| {
        let wrong = |error| AdrToolsError::io("change", &edit.path)(error);
        // A link to a file stays one: the file that it leads to changes.
        let real = fs::canonicalize(&edit.path).map_err(wrong)?;
        let file = beside(&real, &edit.after).map_err(wrong)?;
        let mode = fs::metadata(&real).map_err(wrong)?.permissions();
        file.as_file().set_permissions(mode).map_err(wrong)?;
        Ok(StagedEdit { edit, real, file })
    });
    staged.collect::<Result<_, _>>().map(Staged)
}

impl Staged {
    /// Puts every edit in its place; where one cannot be, those before it are
    /// taken back.
    pub(super) fn apply(self) -> Result<(), AdrToolsError> {
        let mut done: Vec<Edit> = Vec::new();
        for StagedEdit { edit, real, file } in self.0 {
            if let Err(error) = file.persist(&real) {
                let failed = AdrToolsError::io("change", &edit.path)(error.error);
                take_back(done);
                return Err(failed);
            }
            done.push(edit);
        }
        Ok(())
    }
}

/// As far as the system lets us; the first error is the one that is told.
fn take_back(done: Vec<Edit>) {
    let back = |edit: Edit| Edit { before: edit.after, after: edit.before, ..edit };
    for edit in done.into_iter().map(back) {
        let _ = stage(vec![edit]).and_then(Staged::apply);
    }
}

/// Creates a file with `text`; false where something has its name.
pub(super) fn create(path: &Path, text: &str) -> Result<bool, AdrToolsError> {
    let wrong = |error| AdrToolsError::io("create", path)(error);
    match beside(path, text).map_err(wrong)?.persist_noclobber(path) {
        Ok(_) => Ok(true),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(wrong(error.error)),
    }
}

/// Writes a file, new or not.
pub(super) fn replace(path: &Path, text: &str) -> Result<(), AdrToolsError> {
    let wrong = |error| AdrToolsError::io("write", path)(error);
    let file = beside(path, text).map_err(wrong)?;
    file.persist(path).map(drop).map_err(|error| wrong(error.error))
}

fn beside(path: &Path, text: &str) -> io::Result<NamedTempFile> {
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    let mut builder = Builder::new();
    builder.prefix(".adr-").suffix(".tmp");
    // As any new file: what the user's mask leaves.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(path: PathBuf, before: &str, after: &str) -> Edit {
        Edit { path, before: before.to_owned(), after: after.to_owned() }
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn all_change_or_none() {
        let folder = tempfile::tempdir().unwrap();
        let [a, b] = ["a.md", "b.md"].map(|name| folder.path().join(name));
        fs::write(&a, "a").unwrap();
        fs::write(&b, "b").unwrap();
        let edits = || vec![edit(a.clone(), "a", "A"), edit(b.clone(), "b", "B")];

        let staged = stage(edits()).unwrap();
        assert_eq!(fs::read_to_string(&a).unwrap(), "a");
        fs::remove_file(&b).unwrap();
        fs::create_dir_all(b.join("in the way")).unwrap();
        assert!(matches!(staged.apply(), Err(AdrToolsError::Io { .. })));
        assert_eq!(fs::read_to_string(&a).unwrap(), "a");
        assert_eq!(names(folder.path()), ["a.md", "b.md"]);

        fs::remove_dir_all(&b).unwrap();
        assert!(stage(edits()).is_err());
        assert_eq!(
            (fs::read_to_string(&a).unwrap(), names(folder.path())),
            ("a".into(), vec!["a.md".into()])
        );

        fs::write(&b, "b").unwrap();
        stage(edits()).unwrap().apply().unwrap();
        assert_eq!([&a, &b].map(|path| fs::read_to_string(path).unwrap()), ["A", "B"]);
    }

    #[test]
    fn a_new_file_takes_no_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.md");
        assert!(create(&path, "one").unwrap());
        assert!(!create(&path, "two").unwrap());
        assert_eq!(fs::read_to_string(&path).unwrap(), "one");
        assert_eq!(names(folder.path()), ["a.md"]);
    }

    #[cfg(unix)]
    #[test]
    fn permissions_and_links_stay() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let [file, link] = ["file.md", "link.md"].map(|name| folder.path().join(name));
        fs::write(&file, "a").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink("file.md", &link).unwrap();
        stage(vec![edit(link.clone(), "a", "A")]).unwrap().apply().unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "A");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    }
}
