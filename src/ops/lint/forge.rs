//! Where this repository is published: as settings say, else as the address
//! of its remote does.

use super::inputs::Side;
use crate::lint::OwnForge;
use crate::ops::error::OpError;

/// The forge's page of this repository; `None` where nothing names one.
pub(super) fn own(side: &Side<'_>) -> Result<Option<OwnForge>, OpError> {
    let section = side.memory.settings.section("forge").merged();
    let text = |key: &str| section.get(key).and_then(serde_json::Value::as_str);
    let host = match text("kind") {
        None | Some("github") => Some("github.com"),
        Some("gitlab") => Some("gitlab.com"),
        Some(_) => None,
    };
    let named = host.zip(text("repo")).map(|(host, repo)| format!("https://{host}/{repo}"));
    let remote = || web_address(&side.workspace.repository()?.remote_address()?);
    let Some(url) = named.or_else(remote) else { return Ok(None) };
    let trunk = side.workspace.trunk()?.map_or_else(|| "main".to_owned(), |trunk| trunk.name);
    Ok(Some(OwnForge { url, trunk }))
}

/// The page that a forge shows for the address of a remote, as all forges do:
/// `https://HOST/PATH`. User, password and port are left out; a folder on
/// disk has no page.
fn web_address(remote: &str) -> Option<String> {
    let remote = remote.trim();
    let (authority, path) = match remote.split_once("://") {
        Some(("http" | "https" | "ssh" | "git" | "git+ssh" | "ssh+git", rest)) => {
            rest.split_once('/')?
        }
        Some(_) => return None,
        // `user@host:path`; a drive's letter and a path are none.
        None => remote.split_once(':').filter(|(host, _)| host.len() > 1 && !host.contains('/'))?,
    };
    let host = authority.rsplit('@').next()?.split(':').next()?.to_lowercase();
    let path = path.trim_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    let is_name = |part: &str| !part.is_empty() && !part.starts_with('.');
    let is_page = path.contains('/') && path.split('/').all(is_name) && host.contains('.');
    is_page.then(|| format!("https://{host}/{path}"))
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(
                web_address(remote).as_deref(),
                Some("https://github.com/org/repo"),
                "{remote}"
            );
        }
        let deep = web_address("git@gitlab.example.org:group/sub/repo.git");
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
            assert_eq!(web_address(remote), None, "{remote}");
        }
    }
}
