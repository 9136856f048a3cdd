//! The address of a Git remote, as far as it tells where its page is.

/// Host and path of a remote. User, password and port are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// In lower case.
    pub host: String,
    /// `org/repo`, or deeper; without `.git`.
    pub path: String,
}

impl Address {
    /// Reads it; a folder on disk has none.
    pub fn of_remote(remote: &str) -> Option<Self> {
        let remote = remote.trim();
        let (authority, path) = match remote.split_once("://") {
            Some(("http" | "https" | "ssh" | "git" | "git+ssh" | "ssh+git", rest)) => {
                rest.split_once('/')?
            }
            Some(_) => return None,
            // `user@host:path`; a drive's letter and a path are none.
            None => {
                remote.split_once(':').filter(|(host, _)| host.len() > 1 && !host.contains('/'))?
            }
        };
        let host = authority.rsplit('@').next()?.split(':').next()?.to_lowercase();
        let path = path.trim_matches('/');
        let path = path.strip_suffix(".git").unwrap_or(path);
        let is_name = |part: &str| !part.is_empty() && !part.starts_with('.');
        let is_page = path.contains('/') && path.split('/').all(is_name) && host.contains('.');
        is_page.then(|| Self { host, path: path.to_owned() })
    }

    /// The page that a forge shows for it, as all forges do.
    pub fn page(&self) -> String {
        format!("https://{}/{}", self.host, self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(remote: &str) -> Option<String> {
        Address::of_remote(remote).map(|it| it.page())
    }

    #[test]
    fn every_way_to_write_a_remote_has_one_page() {
        for remote in [
            "https://github.com/org/repo",
            "https://github.com/org/repo.git",
            "https://ada:secret@github.com/org/repo.git/",
            "git@github.com:org/repo.git",
            "ssh://git@github.com:22/org/repo.git",
            "git://GitHub.com/org/repo",
            "github.com:/org/repo",
        ] {
            assert_eq!(page(remote).as_deref(), Some("https://github.com/org/repo"), "{remote}");
        }
        let deep = page("git@gitlab.example.org:group/sub/repo.git");
        assert_eq!(deep.as_deref(), Some("https://gitlab.example.org/group/sub/repo"));
    }

    #[test]
    fn a_folder_or_a_bundle_has_no_page() {
        for remote in [
            "/srv/git/repo.git",
            "../repo",
            "file:///srv/repo",
            "C:\\repo",
            "host:repo",
            "",
            "work:org/repo",
        ] {
            assert_eq!(page(remote), None, "{remote}");
        }
    }
}
