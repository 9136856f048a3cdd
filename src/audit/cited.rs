//! Paths that a page cites.

use std::collections::BTreeSet;

use crate::repo_path::RepoPath;

/// A longer word is no path that somebody wrote.
const LONGEST: usize = 200;
/// Different paths of one page that are looked at.
const MOST: usize = 200;

/// What a text may mean by a path of the repository: words with a `/` whose
/// last part has an extension, as `[text]` holds them in prose, code and links.
/// Whether something stands there is left to whoever knows the tree. A path in
/// which an address on the page ends is that address's, and none of this tree.
pub fn cited_paths(text: &str) -> BTreeSet<RepoPath> {
    let mut found = BTreeSet::new();
    for word in text.split(is_boundary) {
        if found.len() >= MOST {
            break;
        }
        found.extend(path(word));
    }
    let addresses: Vec<&str> = text.split(is_boundary).filter(|it| it.contains("://")).collect();
    found.retain(|path| !addresses.iter().any(|address| ends_in(address, &path.text())));
    found
}

fn ends_in(address: &str, path: &str) -> bool {
    let address = address.trim_end_matches(['.', ':', '-']);
    address.strip_suffix(path).is_some_and(|rest| rest.ends_with('/'))
}

/// What ends a word that may be a path.
fn is_boundary(c: char) -> bool {
    c.is_whitespace() || "\"'`()[]<>{},;|=*!#&$?\\".contains(c)
}

fn path(word: &str) -> Option<RepoPath> {
    if word.len() > LONGEST || !word.contains('/') || word.contains("://") {
        return None;
    }
    let word = word.trim_end_matches(['.', ':', '-']).trim_start_matches("./");
    // `src/main.rs:12` and `src/main.rs:12:3`
    let word = word.split(':').next().unwrap_or_default();
    let last = word.rsplit('/').next().unwrap_or_default();
    let (stem, extension) = last.rsplit_once('.')?;
    let is_extension = (1..=10).contains(&extension.len())
        && extension.chars().all(|c| c.is_ascii_alphanumeric())
        && extension.chars().any(|c| c.is_ascii_alphabetic());
    if stem.is_empty() || !is_extension || word.starts_with('/') || word.contains("//") {
        return None;
    }
    RepoPath::new(word).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_found_where_people_write_them() {
        let text = "See `src/main.rs:12`, [x](./deploy/app.yaml#L3) and services/api/go.mod.\n\
            ```\nkubectl apply -f ops/queue.yaml\n```\nhttps://x.example/a/b.html, and/or, a/b, ../c/d.rs, v1.2/3.4";
        let found: Vec<String> = cited_paths(text).iter().map(ToString::to_string).collect();
        assert_eq!(
            found,
            ["deploy/app.yaml", "ops/queue.yaml", "services/api/go.mod", "src/main.rs"]
        );
    }

    #[test]
    fn a_path_of_another_repository_is_none_of_this_one() {
        let text = "See [ops/a.tf](https://x.example/other/blob/main/ops/a.tf#L3) and `ops/b.tf`.";
        let found: Vec<String> = cited_paths(text).iter().map(ToString::to_string).collect();
        assert_eq!(found, ["ops/b.tf"]);
    }

    #[test]
    fn a_page_full_of_paths_ends() {
        let text = (0..5_000).map(|at| format!("a/{at}.rs")).collect::<Vec<_>>().join(" ");
        assert_eq!(cited_paths(&text).len(), MOST);
    }
}
