//! Which files of a tree are source, and which names they have now.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

use super::Asked;
use crate::audit::{Runner, each_word};
use crate::git::{Repository, is_binary};
use crate::ids::BlobId;
use crate::ops::audit::drift::Files;
use crate::ops::error::OpError;
use crate::repo_path::RepoPath;

/// Larger files are data.
pub(super) const LARGEST: u64 = 1_000_000;
/// Bytes of source that are looked through; in a larger tree absence cannot be said.
const MOST: u64 = 1 << 30;
/// Folders of other people's code.
const VENDORED: &[&str] =
    &["vendor", "node_modules", "third_party", "third-party", "bower_components", "vendored"];
/// Ends of files that are documents: what they name is not there for it.
const DOCUMENTS: &[&str] = &["md", "markdown", "mdx", "rst", "adoc", "asciidoc", "org", "erb"];
/// Beginnings of files that tell what was.
const RECORDS: &[&str] =
    &["changelog", "changes", "history", "news", "license", "notice", "authors"];

/// Words of paths of tests and of examples.
const TESTS: &[&str] = &[
    "test",
    "tests",
    "testing",
    "testdata",
    "spec",
    "specs",
    "fixture",
    "fixtures",
    "mock",
    "mocks",
    "example",
    "examples",
    "sample",
    "samples",
    "tutorial",
    "tutorials",
    "demo",
    "benchmark",
    "benchmarks",
];
/// Files that name dependencies.
const MANIFESTS: &[&str] = &[
    "go.mod",
    "cargo.toml",
    "package.json",
    "pyproject.toml",
    "setup.py",
    "setup.cfg",
    "pipfile",
    "gemfile",
    "composer.json",
    "pom.xml",
    "build.gradle",
    "build.gradle.kts",
    "mix.exs",
    "build.sbt",
    "jsonnetfile.json",
    "package.swift",
    "pubspec.yaml",
    ".gitmodules",
    "module.bazel",
    "workspace",
    "flake.nix",
];

/// True in a folder of other people's code.
pub(super) fn is_vendored(path: &[u8]) -> bool {
    path.split(|&byte| byte == b'/').any(|part| VENDORED.iter().any(|it| it.as_bytes() == part))
}

/// True for a test or an example: it makes up the names that it needs.
pub(super) fn is_test(path: &RepoPath) -> bool {
    let text = path.text().to_lowercase();
    let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words.any(|word| TESTS.contains(&word))
}

/// True for a file that says which other people's code belongs to this one.
pub(super) fn is_manifest(path: &RepoPath) -> bool {
    let name = path.file_name().to_lowercase();
    let end = name.rsplit_once('.').map_or("", |(_, end)| end);
    MANIFESTS.contains(&name.as_str())
        || (name.starts_with("requirements") && end == "txt")
        || matches!(end, "csproj" | "gemspec")
}

/// True for a file whose names are there: no document and no record.
pub(super) fn is_source(path: &RepoPath) -> bool {
    let name = path.file_name().to_lowercase();
    let is_document =
        path.extension().is_some_and(|end| DOCUMENTS.iter().any(|it| end.eq_ignore_ascii_case(it)));
    let end = name.rsplit_once('.').map_or("", |(_, end)| end);
    let is_record = matches!(end, "" | "txt") && RECORDS.iter().any(|it| name.starts_with(it));
    !is_document && !is_record
}

/// The text of a source file; `None` for one that is too large, or of which the
/// size cannot be told, or that is no text.
pub(super) fn text_of(repository: &Repository, blob: BlobId) -> Result<Option<Vec<u8>>, OpError> {
    if repository.blob_size(blob).unwrap_or(LARGEST + 1) > LARGEST {
        return Ok(None);
    }
    let bytes = repository.blob(blob)?;
    Ok((!is_binary(&bytes)).then_some(bytes))
}

/// Numbers of words are spread already.
#[derive(Default)]
pub(super) struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

/// A set of such numbers.
pub(super) type Keys = HashSet<u64, BuildHasherDefault<AsItIs>>;

/// Which of `wanted` the source files of the tree have; the reason, where that
/// cannot be said.
pub(super) fn there(
    asked: &Asked<'_>,
    files: &Files,
    wanted: &HashSet<u64>,
) -> Result<Result<HashSet<u64>, String>, OpError> {
    let is_own = |path: &RepoPath| {
        !is_vendored(path.as_bytes())
            && is_source(path)
            && asked.look.catalogue.page(path).is_none()
    };
    found_in(asked.chronicle.repository, files, wanted, &is_own)
}

/// Which of `wanted` other people's code in the tree has.
pub(super) fn vendored(
    asked: &Asked<'_>,
    files: &Files,
    wanted: &HashSet<u64>,
) -> Result<HashSet<u64>, OpError> {
    let is_other = |path: &RepoPath| is_vendored(path.as_bytes()) && is_source(path);
    // Too much to look through: as if all of them were there.
    let found = found_in(asked.chronicle.repository, files, wanted, &is_other)?;
    Ok(found.unwrap_or_else(|_| wanted.clone()))
}

fn found_in(
    repository: &Repository,
    files: &Files,
    wanted: &HashSet<u64>,
    is_wanted: &dyn Fn(&RepoPath) -> bool,
) -> Result<Result<HashSet<u64>, String>, OpError> {
    let mut found = HashSet::new();
    let mut missing: Keys = wanted.iter().copied().collect();
    let mut read = 0;
    for (path, blob) in files.all().filter(|(path, _)| is_wanted(path)) {
        if missing.is_empty() {
            break;
        }
        let Some(text) = text_of(repository, blob)? else { continue };
        read += text.len() as u64;
        if read > MOST {
            let why = format!("more than {} MiB of source: names are not looked for", MOST >> 20);
            return Ok(Err(why));
        }
        let seed = Runner::of_file(&path.file_name()).map(Runner::seed);
        each_word(&text, &mut |key, _| {
            for key in [Some(key), seed.map(|seed| key ^ seed)].into_iter().flatten() {
                if missing.remove(&key) {
                    found.insert(key);
                }
            }
        });
    }
    Ok(Ok(found))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_records_and_other_peoples_code_keep_no_name() {
        for (path, expected) in [
            ("src/main.rs", true),
            ("Makefile", true),
            ("CMakeLists.txt", true),
            ("docs/a.MD", false),
            ("CHANGELOG.txt", false),
            ("pkg/history.go", true),
        ] {
            assert_eq!(is_source(&RepoPath::new(path).unwrap()), expected, "{path}");
        }
        assert!(is_vendored(b"a/vendor/b.go") && !is_vendored(b"src/vendors.go"));
    }
}
