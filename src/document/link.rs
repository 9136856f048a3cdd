//! Links of every kind that a Markdown file can hold.

use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};

use super::Span;

/// How a link is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkKind {
    /// `[text](target)` and `[text][label]`.
    Markdown,
    /// `<https://…>` and bare URLs.
    Autolink,
    /// `![alt](target)`.
    Image,
    /// `<a href="…">`, `<img src="…">`.
    Html,
    /// `[[Page]]`, `[[Text|Page]]`.
    Wiki,
    /// `ADR-12`, `[[adr:12]]`.
    Adr,
}

/// One link as it stands in a file; not yet resolved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// How it is written.
    pub kind: LinkKind,
    /// Where it points, without its fragment, percent-decoded where it is a
    /// path. Empty for a link into the same file. A wikilink keeps what stands
    /// between the brackets (`A|B`); an ADR mention keeps its digits.
    pub target: String,
    /// After `#`, percent-decoded.
    pub fragment: Option<String>,
    /// What a reader sees.
    pub text: String,
    /// Where it stands in the file.
    pub span: Span,
    /// 1-based line.
    pub line: u32,
}

impl Link {
    /// True if it points out of the repository: it has a scheme or a host.
    pub fn is_external(&self) -> bool {
        !matches!(self.kind, LinkKind::Wiki | LinkKind::Adr) && is_external(&self.target)
    }

    /// What it names, with its fragment: `a.md#b`, `Page`, `ADR-12`.
    pub fn written(&self) -> String {
        match &self.fragment {
            None if self.kind == LinkKind::Adr => format!("ADR-{}", self.target),
            fragment => joined(&self.target, fragment.as_deref()),
        }
    }
}

/// What the destination of a Markdown link names, as [`Link::written`] says it.
pub fn named_by(destination: &str) -> String {
    let (target, fragment) = split_target(LinkKind::Markdown, destination);
    joined(&target, fragment.as_deref())
}

fn joined(target: &str, fragment: Option<&str>) -> String {
    match fragment {
        Some(fragment) => format!("{target}#{fragment}"),
        None => target.to_owned(),
    }
}

/// A destination as it is written, cut into target and fragment.
///
/// A path loses its query (`?raw=true`) and its percent-encoding, unless the
/// bytes are no UTF-8. A data URL keeps its scheme only: nobody resolves it.
pub(super) fn split_target(kind: LinkKind, dest: &str) -> (String, Option<String>) {
    let dest = dest.trim();
    match kind {
        LinkKind::Wiki | LinkKind::Adr => return (dest.to_owned(), None),
        LinkKind::Autolink if !dest.contains(':') => return (format!("mailto:{dest}"), None),
        _ if dest.starts_with("data:") => return ("data:".to_owned(), None),
        _ => {}
    }
    let (path, fragment) = match dest.split_once('#') {
        Some((path, fragment)) => (path, Some(decode(fragment))),
        None => (dest, None),
    };
    let target = if is_external(path) {
        path.to_owned()
    } else {
        decode(path.split_once('?').map_or(path, |(path, _)| path))
    };
    (target, fragment.filter(|fragment| !fragment.is_empty()))
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), Into::into)
}

fn is_external(target: &str) -> bool {
    target.starts_with("//")
        || target.split_once(':').is_some_and(|(scheme, _)| {
            scheme.len() > 1
                && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(dest: &str) -> (String, Option<String>) {
        split_target(LinkKind::Markdown, dest)
    }

    #[test]
    fn a_path_is_decoded_and_cut() {
        assert_eq!(split("a%20b.md#c%20d"), ("a b.md".into(), Some("c d".into())));
        assert_eq!(split("x.png?raw=true"), ("x.png".into(), None));
        assert_eq!(split("#top"), (String::new(), Some("top".into())));
        assert_eq!(split("a.md#"), ("a.md".into(), None));
        assert_eq!(split("%FF.md").0, "%FF.md");
    }

    #[test]
    fn what_points_outside_stays_as_it_is() {
        assert_eq!(
            split("https://x.example/a%20b?q=1#f"),
            ("https://x.example/a%20b?q=1".into(), Some("f".into()))
        );
        assert_eq!(split("data:image/png;base64,AAAA").0, "data:");
        assert_eq!(split_target(LinkKind::Autolink, "a@b.example").0, "mailto:a@b.example");
    }
}
