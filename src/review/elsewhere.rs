//! What of other repositories a reviewer saw.
//!
//! A stamp keeps, for each repository that a page describes files of and whose
//! clone was at hand, the commit that was looked at and the digest of these
//! files: `NAME@COMMIT sha256:…`, several behind commas. The digest is that of
//! [`sources_digest`](super::sources_digest), of one repository alone, so that
//! no path of another can be taken for one of this.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::digest::is_digest;
use crate::document::Source;
use crate::ids::CommitId;

/// What stands in a name as it is; `@`, commas and spaces part the whole.
const PLAIN: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'.').remove(b'_').remove(b'-').remove(b'/').remove(b'~').remove(b'+');

/// Ways in which Git writes a host and a path.
const SCHEMES: &[&str] = &["http", "https", "ssh", "git", "git+ssh", "ssh+git"];

/// One repository, as it was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere {
    /// As [`repository_name`] has it.
    pub repository: String,
    /// The commit that was looked at.
    pub commit: CommitId,
    /// The digest of the files that the page names there.
    pub sources: String,
}

impl Elsewhere {
    /// What a stamp says; `None` where that is not of its form.
    pub fn read(text: &str) -> Option<Vec<Self>> {
        let one = |text: &str| {
            let (place, sources) = text.trim().split_once(' ')?;
            let (name, commit) = place.split_once('@')?;
            let repository = percent_decode_str(name).decode_utf8().ok()?.into_owned();
            let commit = commit.parse().ok()?;
            let is_whole = !repository.is_empty() && is_digest(sources);
            is_whole.then(|| Self { repository, commit, sources: sources.to_owned() })
        };
        text.split(',').map(one).collect()
    }

    /// As a stamp says it; `None` where nothing was seen.
    pub fn written(all: &[Self]) -> Option<String> {
        let one = |it: &Self| {
            let name = utf8_percent_encode(&it.repository, PLAIN);
            format!("{name}@{} {}", it.commit, it.sources)
        };
        (!all.is_empty()).then(|| all.iter().map(one).collect::<Vec<_>>().join(", "))
    }
}

/// The name by which a repository is known, however its address is written:
/// host and path, else the path on disk. Users, passwords and ports are left out.
pub fn repository_name(address: &str) -> String {
    let address = address.trim();
    let named = match address.split_once("://") {
        Some(("file", path)) => path.to_owned(),
        Some((scheme, rest)) => {
            let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
            let host = authority.rsplit('@').next().unwrap_or_default();
            let host = host.split(':').next().unwrap_or_default().to_lowercase();
            let scheme =
                if SCHEMES.contains(&scheme) { String::new() } else { format!("{scheme}://") };
            format!("{scheme}{host}/{}", path.trim_start_matches('/'))
        }
        None => match address.split_once(':') {
            // `user@host:path`; a drive's letter and a path are none.
            Some((host, path)) if host.len() > 1 && !host.contains('/') => {
                let host = host.rsplit('@').next().unwrap_or_default().to_lowercase();
                format!("{host}/{}", path.trim_start_matches('/'))
            }
            _ => address.to_owned(),
        },
    };
    let named = named.trim_end_matches('/');
    named.strip_suffix(".git").unwrap_or(named).trim_end_matches('/').to_owned()
}

/// An address as it is written, without what stands before `@` in it.
pub fn without_user(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else { return address.to_owned() };
    let end = rest.find('/').unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let host = authority.rsplit('@').next().unwrap_or_default();
    format!("{scheme}://{host}{path}")
}

/// The repository and the glob of a source in another one; `None` for one in this
/// repository, and for an address.
pub fn foreign_glob(source: &Source) -> Option<(String, &str)> {
    let name = repository_name(source.repo.as_deref()?);
    let is_glob = !name.is_empty() && !source.path.trim().is_empty() && !leaves(&source.path);
    is_glob.then_some((name, source.path.as_str()))
}

fn leaves(glob: &str) -> bool {
    glob.contains("://") || glob.split('/').any(|part| part == "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_an_address_is_one_name_without_a_user() {
        for address in [
            "https://github.com/org/repo",
            "https://ada:hunter2@GitHub.com/org/repo.git/",
            "ssh://git@github.com:22/org/repo.git",
            "git@github.com:org/repo.git",
            "git@github.com:/org/repo",
        ] {
            assert_eq!(repository_name(address), "github.com/org/repo", "{address}");
        }
        for (address, name) in [
            ("file:///srv/repo.git", "/srv/repo"),
            ("/srv/repo/", "/srv/repo"),
            ("C:\\repo", "C:\\repo"),
            ("s3://key:secret@bucket/x", "s3://bucket/x"),
            ("", ""),
        ] {
            assert_eq!(repository_name(address), name, "{address}");
        }
        let shown = without_user("https://ada:hunter2@x.example:8443/r@1");
        assert_eq!(shown, "https://x.example:8443/r@1");
        assert_eq!(without_user("git@x.example:o/r"), "git@x.example:o/r");
    }

    #[test]
    fn what_is_written_is_read_again() {
        let one = |name: &str, byte| Elsewhere {
            repository: name.to_owned(),
            commit: CommitId([byte; 20]),
            sources: super::super::digest::digest(&[byte]),
        };
        let all = [one("github.com/o/r", 1), one("/srv/a b,c@d%", 2)];
        let text = Elsewhere::written(&all).unwrap();
        assert_eq!(Elsewhere::read(&text).unwrap(), all);
        assert!(text.starts_with("github.com/o/r@0101010101010101"), "{text}");
        assert_eq!(Elsewhere::written(&[]), None);
        for wrong in ["", "x", "x@1 sha256:00", &text.replace("sha256", "sha1")] {
            assert_eq!(Elsewhere::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_glob_elsewhere_leads_nowhere_else() {
        let source = |repo: Option<&str>, path: &str| Source {
            repo: repo.map(str::to_owned),
            path: path.to_owned(),
        };
        let there = source(Some("git@x.example:o/r.git"), "src/**");
        assert_eq!(foreign_glob(&there), Some(("x.example/o/r".to_owned(), "src/**")));
        for (repo, path) in [
            (None, "src/**"),
            (Some("x.example:o/r"), "../src"),
            (Some("x.example:o/r"), " "),
            (Some(" "), "src"),
            (Some("x.example:o/r"), "https://y.example/z"),
        ] {
            assert_eq!(foreign_glob(&source(repo, path)), None, "{path}");
        }
    }
}
