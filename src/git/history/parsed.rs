//! What a walk needs of a commit, read from its bytes.
//!
//! The library makes five allocations for a commit where one does; a long
//! history has a commit for everything that ever happened. Only the plain form
//! is understood here (gitformat-commit: `tree`, `parent`s, `author`,
//! `committer`, in this order); whatever else a commit may look like is left to
//! the library, which has seen it all.

use git2::Oid;

use crate::git::edit::Identity;

/// A commit's head.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Commit {
    pub(super) tree: Oid,
    pub(super) parents: Vec<Oid>,
    pub(super) author: Identity,
    /// When it was committed: seconds since 1970.
    pub(super) seconds: i64,
}

/// `None` where the commit does not have the plain form.
pub(super) fn commit(bytes: &[u8]) -> Option<Commit> {
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let tree = id(lines.next()?.strip_prefix(b"tree ")?)?;
    let mut parents = Vec::new();
    let mut line = lines.next()?;
    while let Some(parent) = line.strip_prefix(b"parent ") {
        parents.push(id(parent)?);
        line = lines.next()?;
    }
    let (author, _) = signature(line.strip_prefix(b"author ")?)?;
    let (_, seconds) = signature(lines.next()?.strip_prefix(b"committer ")?)?;
    Some(Commit { tree, parents, author, seconds })
}

fn id(hex: &[u8]) -> Option<Oid> {
    let hex = std::str::from_utf8(hex).ok().filter(|hex| hex.len() == 40)?;
    Oid::from_str(hex).ok()
}

/// `NAME <MAIL> SECONDS ZONE`.
fn signature(text: &[u8]) -> Option<(Identity, i64)> {
    let text = std::str::from_utf8(text).ok()?;
    let (name, rest) = text.split_once(" <")?;
    let (email, rest) = rest.split_once("> ")?;
    let (seconds, zone) = rest.split_once(' ')?;
    let is_zone = matches!(zone.as_bytes(), [b'+' | b'-', rest @ ..] if rest.len() == 4 && rest.iter().all(u8::is_ascii_digit));
    let is_number = !seconds.is_empty() && seconds.bytes().all(|byte| byte.is_ascii_digit());
    if !is_plain(name) || !is_plain(email) || !is_zone || !is_number {
        return None;
    }
    let identity = Identity { name: name.to_owned(), email: email.to_owned() };
    Some((identity, seconds.parse().ok()?))
}

/// True for words of which the library would cut nothing off (`is_crud` in
/// Git's ident.c names what is).
fn is_plain(text: &str) -> bool {
    let is_crud = |byte: &u8| *byte <= 32 || b".,:;<>\"\\'".contains(byte);
    let ends = text.as_bytes().first().zip(text.as_bytes().last());
    let is_whole = ends.is_some_and(|(first, last)| !is_crud(first) && !is_crud(last));
    is_whole && !text.contains(['<', '>', '\0'])
}

#[cfg(test)]
mod tests {
    use super::*;

    const TREE: &str = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
    const WHO: &str = "Ada Lovelace <ada@example.org> 1600000000 +0200";

    fn text(author: &str, committer: &str) -> String {
        format!("tree {TREE}\nparent {TREE}\nauthor {author}\ncommitter {committer}\n\nwords\n")
    }

    #[test]
    fn a_plain_commit_is_understood() {
        let read = commit(text(WHO, "B <b> 7 +0000").as_bytes()).unwrap();
        assert_eq!((read.tree.to_string().as_str(), read.parents.len()), (TREE, 1));
        assert_eq!((read.author.name.as_str(), read.seconds), ("Ada Lovelace", 7));
        assert_eq!(read.author.email, "ada@example.org");
        let first = format!("tree {TREE}\nauthor {WHO}\ncommitter {WHO}\nencoding x\n\n");
        assert!(commit(first.as_bytes()).unwrap().parents.is_empty());
    }

    #[test]
    fn whatever_is_not_plain_is_left_to_the_library() {
        for who in [
            "Ada. <ada@example.org> 1 +0000",
            " Ada <ada@example.org> 1 +0000",
            "<ada@example.org> 1 +0000",
            "Ada <> 1 +0000",
            "Ada <a <b> 1 +0000",
            "Ada <a> b> 1 +0000",
            "Ada <a> -1 +0000",
            "Ada <a> 1",
            "Ada <a> 1 +000",
            "Ada <a> 99999999999999999999 +0000",
            "Ada",
        ] {
            assert_eq!(commit(text(who, WHO).as_bytes()), None, "{who}");
            assert_eq!(commit(text(WHO, who).as_bytes()), None, "{who}");
        }
        for bytes in [&b""[..], b"tree 12\n", b"tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n"] {
            assert_eq!(commit(bytes), None);
        }
        assert_eq!(commit(&[&b"tree \xff"[..], text(WHO, WHO).as_bytes()].concat()), None);
    }
}
