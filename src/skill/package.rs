//! A skill's package: the files of one folder, as values.
//!
//! A package holds regular files with relative paths and nothing else. Its
//! size is bounded, so that whatever is done with one ends.

use crate::diagnostic::Severity;

/// Most files of a package, as the Skills extension of MCP bounds it.
pub const MAX_FILES: usize = 512;
/// Most bytes of all files together, by the same source.
pub const MAX_TOTAL: u64 = 16 * 1024 * 1024;

/// The manifest's name; clients look for no other.
pub const MANIFEST: &str = "SKILL.md";

/// One regular file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Below the package's folder, `/`-separated.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
    /// Whether its owner may run it.
    pub executable: bool,
}

/// A folder that is, or should be, a skill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// The folder's own name.
    pub folder: String,
    /// Sorted by path, each path once.
    pub files: Vec<File>,
    /// Paths of what is not a regular file, such as symbolic links, or has no
    /// name that every system can hold. They were not read.
    pub left_out: Vec<String>,
    /// True if there is more than [`MAX_FILES`] or [`MAX_TOTAL`] allow; the
    /// rest was not read.
    pub over: bool,
}

/// What is wrong with a package, or may be with some client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Stable name in kebab case, such as `skill-name`.
    pub rule: &'static str,
    /// An error makes the package invalid; a warning does not.
    pub severity: Severity,
    /// The file in the package.
    pub path: String,
    /// 1-based line; 0 for the whole file.
    pub line: u32,
    /// What is wrong with which value: lower-case, no full stop.
    pub message: String,
    /// What to do about it, in the same style.
    pub repair: String,
}

impl Finding {
    pub(super) fn error(
        rule: &'static str,
        line: u32,
        message: impl Into<String>,
        repair: impl Into<String>,
    ) -> Self {
        let (message, repair) = (message.into(), repair.into());
        let path = MANIFEST.to_owned();
        Self { rule, severity: Severity::Error, path, line, message, repair }
    }

    pub(super) fn warning(
        rule: &'static str,
        line: u32,
        message: impl Into<String>,
        repair: impl Into<String>,
    ) -> Self {
        Self { severity: Severity::Warning, ..Self::error(rule, line, message, repair) }
    }

    pub(super) fn of(self, path: &str) -> Self {
        Self { path: path.to_owned(), ..self }
    }
}

impl Package {
    /// A package of `files`, in any order.
    pub fn new(folder: impl Into<String>, mut files: Vec<File>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self { folder: folder.into(), files, left_out: Vec::new(), over: false }
    }

    /// The file at `path`.
    pub fn file(&self, path: &str) -> Option<&File> {
        let at = self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        self.files.get(at)
    }

    /// The manifest: `SKILL.md`, or `skill.md` where only that is there.
    pub fn manifest(&self) -> Option<&File> {
        self.file(MANIFEST).or_else(|| self.file("skill.md"))
    }

    /// Bytes of all files together.
    pub fn size(&self) -> u64 {
        self.files.iter().map(|file| file.bytes.len() as u64).sum()
    }
}

/// Why `path`, as an archive or a folder gives it, may not be a file of a
/// package: it could leave the folder, or mean another file elsewhere.
pub fn unsafe_path(path: &str) -> Option<&'static str> {
    let parts = || path.split('/');
    let is_reserved = |part: &str| {
        let stem = part.split('.').next().unwrap_or_default().to_ascii_lowercase();
        let numbered = |name: &str| {
            stem.strip_prefix(name).is_some_and(|rest| rest.len() == 1 && rest != "0")
                && stem.ends_with(|c: char| c.is_ascii_digit())
        };
        matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
    };
    if path.is_empty() || path.starts_with('/') {
        Some("it is absolute or empty")
    } else if parts().any(|part| matches!(part, "" | "." | "..")) {
        Some("it has an empty part, '.' or '..'")
    } else if parts().any(|part| part.eq_ignore_ascii_case(".git")) {
        Some("it lies in a folder '.git'")
    } else if path.chars().any(|c| c.is_control() || matches!(c, '\\' | ':')) {
        Some("it holds a control character, '\\' or ':'")
    } else if parts().any(|part| part.ends_with(['.', ' ']) || is_reserved(part)) {
        Some("some systems give that name another meaning")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leaves_the_folder() {
        for path in [
            "",
            "/etc/passwd",
            "../x",
            "a/../x",
            "a//b",
            "./a",
            "a\\b",
            "C:x",
            "a\nb",
            ".git/hooks/x",
            "a/.GIT/x",
            "con",
            "a/nul.txt",
            "com1.md",
            "x.",
            "a /b",
        ] {
            assert!(unsafe_path(path).is_some(), "{path:?}");
        }
        for path in ["SKILL.md", "references/a b.md", ".hidden", "com10.md", "\u{e9}.md", "console"]
        {
            assert_eq!(unsafe_path(path), None, "{path:?}");
        }
    }

    #[test]
    fn a_manifest_has_one_name_before_the_other() {
        let file = |path: &str| File { path: path.to_owned(), bytes: vec![1], executable: false };
        let package = Package::new("x", vec![file("skill.md"), file("SKILL.md")]);
        assert_eq!(package.manifest().unwrap().path, "SKILL.md");
        assert_eq!((package.size(), package.file("a")), (2, None));
    }
}
