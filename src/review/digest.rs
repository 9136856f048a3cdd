//! What was reviewed, as digests: of a body, and of the files that it describes.

use std::borrow::Cow;

use sha2::{Digest, Sha256};

use crate::document;
use crate::ids::{BlobId, hex};
use crate::repo_path::RepoPath;

/// How every digest begins.
pub const SHA256: &str = "sha256:";

/// `sha256:` and 64 lower-case hex digits over the body of a page: everything
/// behind its front matter, without a byte order mark, CR LF read as LF. Where
/// nothing can be read as front matter the body is the whole file. Bytes that
/// are no UTF-8 count as they are.
pub fn body_digest(bytes: &[u8]) -> String {
    body_digest_behind(bytes, document::front_matter(bytes).0.body_start as usize)
}

/// The same, for who knows already at which byte the body begins.
pub fn body_digest_behind(bytes: &[u8], start: usize) -> String {
    digest(&with_line_feeds(bytes.get(start..).unwrap_or_default()))
}

/// `sha256:` and 64 lower-case hex digits over `path NUL blob-id LF` of every
/// file, sorted by the bytes of the paths; the id is 40 lower-case hex digits.
/// The order of `files` does not matter. No file at all has a digest too.
pub fn sources_digest<'a>(files: impl IntoIterator<Item = (&'a RepoPath, BlobId)>) -> String {
    let mut files: Vec<(&RepoPath, BlobId)> = files.into_iter().collect();
    files.sort_unstable();
    let mut hash = Sha256::new();
    for (path, blob) in files {
        hash.update(path.as_bytes());
        hash.update(b"\0");
        hash.update(hex(&blob.0));
        hash.update(b"\n");
    }
    format!("{SHA256}{}", hex(&hash.finalize()))
}

/// `sha256:` and the digest of `bytes` in lower-case hex digits.
pub(super) fn digest(bytes: &[u8]) -> String {
    format!("{SHA256}{}", hex(&Sha256::digest(bytes)))
}

/// True for a text of the form that this module writes.
pub(super) fn is_digest(text: &str) -> bool {
    let hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    text.strip_prefix(SHA256).is_some_and(|digits| digits.len() == 64 && digits.bytes().all(hex))
}

fn with_line_feeds(bytes: &[u8]) -> Cow<'_, [u8]> {
    if memchr::memmem::find(bytes, b"\r\n").is_none() {
        return Cow::Borrowed(bytes);
    }
    let mut kept = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = memchr::memmem::find(rest, b"\r\n") {
        kept.extend_from_slice(&rest[..at]);
        rest = &rest[at + 1..];
    }
    kept.extend_from_slice(rest);
    Cow::Owned(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `printf '# A\n\nb\n' | sha256sum`
    const BODY: &str = "sha256:51c2e1731b70029d0cc3027d83651492a492a72f344331278569a6baad11bf9a";

    #[test]
    fn a_body_is_one_body_in_every_dress() {
        for text in [
            "# A\n\nb\n",
            "\u{feff}# A\n\nb\n",
            "# A\r\n\r\nb\r\n",
            "---\ntitle: x\n---\n# A\n\nb\n",
            "\u{feff}---\r\ntitle: y\r\n---\r\n# A\r\n\r\nb\r\n",
            "+++\ntitle = 'x'\n+++\n# A\n\nb\n",
            "---\na: [x\n---\n# A\n\nb\n",
        ] {
            assert_eq!(body_digest(text.as_bytes()), BODY, "{text:?}");
        }
        for other in ["# A\n\nb", "# A\n\nb\r\r\n", "# A\n\n\nb\n", "\n# A\n\nb\n", ""] {
            assert_ne!(body_digest(other.as_bytes()), BODY, "{other:?}");
        }
    }

    #[test]
    fn two_thematic_breaks_are_body_and_so_is_what_is_no_text() {
        assert_eq!(body_digest(b"---\n\nx\n\n---\n"), digest(b"---\n\nx\n\n---\n"));
        assert_eq!(body_digest(b"---\na: 1\n---\n\xff\r\n\r"), digest(b"\xff\n\r"));
    }

    #[test]
    fn sources_are_sorted_lines() {
        let (a, b) = (RepoPath::new("a/z").unwrap(), RepoPath::new("a-b").unwrap());
        let blob = |byte| BlobId([byte; 20]);
        let lines = format!("a-b\0{}\na/z\0{}\n", "02".repeat(20), "01".repeat(20));
        let both = sources_digest([(&a, blob(1)), (&b, blob(2))]);
        assert_eq!(both, digest(lines.as_bytes()));
        assert_eq!(both, sources_digest([(&b, blob(2)), (&a, blob(1))]));
        assert_ne!(both, sources_digest([(&a, blob(2)), (&b, blob(1))]));
        assert_eq!(sources_digest([]), digest(b""));
    }

    #[test]
    fn the_form_is_exact() {
        assert!(is_digest(&digest(b"x")));
        let digits = "a".repeat(64);
        for text in ["", "sha256:", &digits, &format!("sha256:{}", "A".repeat(64)), "sha1:00"] {
            assert!(!is_digest(text), "{text}");
        }
    }
}
