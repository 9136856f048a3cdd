//! A package as it lies on disk.

use std::fs;
use std::path::Path;

use walkdir::{DirEntry, WalkDir};

use crate::ops::OpError;
use crate::skill::{File, MAX_FILES, MAX_TOTAL, Package, unsafe_path};

/// Reads the package in `folder`, links not followed. Reading stops at the
/// limits of a package, so that any folder can be named.
pub fn read_package(folder: &Path) -> Result<Package, OpError> {
    let failed = |reason: String| OpError::File { path: folder.display().to_string(), reason };
    let real = folder.canonicalize().map_err(|error| failed(error.to_string()))?;
    let name = real.file_name().map(|name| name.to_string_lossy().into_owned());
    let mut package = Package::new(name.unwrap_or_default(), Vec::new());
    let is_wanted = |entry: &DirEntry| {
        let is_foreign = entry.file_name() == ".git" || entry.file_name() == "node_modules";
        entry.depth() == 0 || !(entry.file_type().is_dir() && is_foreign)
    };
    let walk = WalkDir::new(&real).sort_by_file_name().into_iter();
    for entry in walk.filter_entry(is_wanted) {
        let entry = entry.map_err(|error| failed(error.to_string()))?;
        if entry.file_type().is_dir() {
            continue;
        }
        let relative = entry.path().strip_prefix(&real).unwrap_or(entry.path());
        let path = relative.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
        if !entry.file_type().is_file()
            || unsafe_path(&path).is_some()
            || relative.to_str().is_none()
        {
            package.left_out.push(path);
            continue;
        }
        let found = entry.metadata().map_err(|error| failed(error.to_string()))?;
        if package.files.len() == MAX_FILES || package.size() + found.len() > MAX_TOTAL {
            package.over = true;
            break;
        }
        let read = fs::read(entry.path());
        let bytes = read.map_err(|error| OpError::File {
            path: entry.path().display().to_string(),
            reason: error.to_string(),
        })?;
        package.files.push(File { path, bytes, executable: is_executable(&found) });
    }
    package.files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(package)
}

#[cfg(unix)]
fn is_executable(found: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    found.permissions().mode() & 0o100 != 0
}

#[cfg(not(unix))]
fn is_executable(_: &fs::Metadata) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn links_are_named_and_not_read() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let top = tempfile::tempdir().unwrap();
        let folder = top.path().join("triage");
        fs::create_dir_all(folder.join("scripts")).unwrap();
        fs::create_dir_all(folder.join("node_modules/x")).unwrap();
        fs::write(folder.join("node_modules/x/y.js"), "x").unwrap();
        fs::write(folder.join("SKILL.md"), "s").unwrap();
        fs::write(folder.join("scripts/run"), "#!").unwrap();
        fs::set_permissions(folder.join("scripts/run"), fs::Permissions::from_mode(0o755)).unwrap();
        symlink("/etc/passwd", folder.join("passwd")).unwrap();
        symlink(top.path(), folder.join("up")).unwrap();
        let package = read_package(&folder).unwrap();
        let files: Vec<_> =
            package.files.iter().map(|it| (it.path.as_str(), it.executable)).collect();
        assert_eq!(files, [("SKILL.md", false), ("scripts/run", true)]);
        assert_eq!(package.left_out, ["passwd", "up"]);
        assert_eq!((package.folder.as_str(), package.over), ("triage", false));
    }

    #[test]
    fn reading_ends_at_the_limits() {
        let top = tempfile::tempdir().unwrap();
        for number in 0..=MAX_FILES {
            fs::write(top.path().join(format!("{number}.md")), "x").unwrap();
        }
        let package = read_package(top.path()).unwrap();
        assert_eq!((package.files.len(), package.over), (MAX_FILES, true));
    }
}
