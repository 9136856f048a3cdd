//! Links that plain text holds: wikilinks, mentions of decisions, bare URLs.
//!
//! The caller gives stretches of text without code, HTML and link targets;
//! the ranges of what is found are bytes of that stretch.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::LinkKind;

/// `[[…]]`, `ADR-12` and `https://…`, whichever comes first.
static MENTION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"\[\[(?<wiki>[^\[\]\r\n]+)\]\]|ADR-(?<adr>[0-9]{1,6})|(?<url>https?://[^\s<>\x00-\x20]+)",
    )
    .expect("a fixed pattern that a test compiles")
});

/// The inside of a wikilink that names a decision: `adr:12`, `adr:root/12`.
static WIKI_ADR: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?i:adr:\s*|adr-)((?:[\w.-]+/)*[0-9]{1,6})$")
        .expect("a fixed pattern that a test compiles")
});

/// One link found in text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    pub(super) kind: LinkKind,
    pub(super) target: String,
    pub(super) range: Range<usize>,
}

/// A page or a decision that plain text mentions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mentioned {
    /// What it names, as [`Link::written`](super::Link::written) says it.
    pub written: String,
    /// Its bytes in the text.
    pub range: Range<usize>,
}

/// The wikilinks and decisions that a stretch of plain text mentions, in order.
pub fn mentioned(text: &str) -> Vec<Mentioned> {
    let named = |it: Mention| {
        let written = match it.kind {
            LinkKind::Wiki => it.target.trim().to_owned(),
            LinkKind::Adr => format!("ADR-{}", it.target),
            _ => return None,
        };
        Some(Mentioned { written, range: it.range })
    };
    find(text, false).into_iter().filter_map(named).collect()
}

/// Everything that `text` mentions, in order. Inside a link's text
/// (`in_link`) only decisions are looked for.
pub(super) fn find(text: &str, in_link: bool) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(hit) = MENTION.captures_at(text, at) {
        let Some(whole) = hit.get(0) else { break };
        let mention = if let Some(inner) = hit.name("wiki") {
            wiki(text, whole.range(), inner.as_str())
        } else if let Some(digits) = hit.name("adr") {
            decision(text, whole.range(), digits.as_str())
        } else {
            url(text, whole.range())
        };
        at = mention.as_ref().map_or(whole.end(), |mention| mention.range.end);
        found.extend(mention.filter(|mention| !in_link || mention.kind == LinkKind::Adr));
    }
    found
}

fn wiki(text: &str, range: Range<usize>, inner: &str) -> Option<Mention> {
    if text[..range.start].ends_with('\\') || inner.trim().is_empty() || is_contents(inner) {
        return None;
    }
    // A table cell must write its bar as `\|`.
    let inner = inner.replace("\\|", "|");
    let (kind, target) = match WIKI_ADR.captures(inner.trim()) {
        Some(number) => (LinkKind::Adr, number[1].to_owned()),
        None => (LinkKind::Wiki, inner),
    };
    Some(Mention { kind, target, range })
}

/// True for the sign that GitLab, Gitea, Azure DevOps and Gollum put a table of
/// contents in place of.
fn is_contents(inner: &str) -> bool {
    matches!(inner.trim(), "_TOC_" | "TOC")
}

/// A number that stands for itself: not part of a longer name, date or version.
fn decision(text: &str, range: Range<usize>, digits: &str) -> Option<Mention> {
    let joined = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '/' | '.' | '\\');
    let mut after = text[range.end..].chars();
    let free_before = !text[..range.start].ends_with(joined);
    let free_after = match after.next() {
        Some('-' | '.') => !after.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => !c.is_alphanumeric() && c != '_',
        None => true,
    };
    let mention = Mention { kind: LinkKind::Adr, target: digits.to_owned(), range };
    (free_before && free_after).then_some(mention)
}

/// A bare URL as GitHub's extension of autolinks bounds it.
fn url(text: &str, range: Range<usize>) -> Option<Mention> {
    if text[..range.start].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
        return None;
    }
    let mut url = &text[range.clone()];
    // Once, not per bracket: a URL of brackets only must not be counted again and again.
    let mut open = url.matches('(').count();
    let mut closed = url.matches(')').count();
    loop {
        if url.ends_with(')') && closed > open {
            closed -= 1;
            url = &url[..url.len() - 1];
        } else if let Some(shorter) = url
            .strip_suffix(['?', '!', '.', ',', ':', '*', '_', '~', '\'', '"', ';', ']', '|', '('])
        {
            open -= usize::from(url.ends_with('('));
            url = shorter;
        } else {
            break;
        }
    }
    let host = url.split_once("://").map_or("", |(_, host)| host);
    let range = range.start..range.start + url.len();
    (!host.is_empty()).then(|| Mention { kind: LinkKind::Autolink, target: url.to_owned(), range })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(LinkKind, String)> {
        find(text, false).into_iter().map(|mention| (mention.kind, mention.target)).collect()
    }

    #[test]
    fn the_place_of_a_table_of_contents_is_no_link() {
        assert!(found("[[_TOC_]] [[TOC]] [[ _TOC_ ]]").is_empty());
        assert_eq!(found("[[toc]]").len(), 1);
    }

    #[test]
    fn wikilinks_keep_what_stands_between_the_brackets() {
        assert_eq!(
            found("[[A b|C#d]] [[adr:12]] [[ADR-0003]] [[adr:core/4]] \\[[no]] [[]] [[a\\|b]]"),
            [
                (LinkKind::Wiki, "A b|C#d".to_owned()),
                (LinkKind::Adr, "12".to_owned()),
                (LinkKind::Adr, "0003".to_owned()),
                (LinkKind::Adr, "core/4".to_owned()),
                (LinkKind::Wiki, "a|b".to_owned()),
            ]
        );
    }

    #[test]
    fn decisions_are_named_by_number() {
        let numbers = |text| found(text).into_iter().map(|(_, target)| target).collect::<Vec<_>>();
        assert_eq!(numbers("ADR-12, (ADR-0012) ADR-7."), ["12", "0012", "7"]);
        assert_eq!(numbers("see ADR-0012-use-x.md"), ["0012"]);
        assert!(numbers("X-ADR-12 MADR-4 ADR-12b ADR-2020-01-02 a/ADR-3").is_empty());
    }

    #[test]
    fn a_bare_url_ends_where_its_sentence_does() {
        let urls = |text| found(text).into_iter().map(|(_, target)| target).collect::<Vec<_>>();
        assert_eq!(
            urls("(see https://a.example/x_(y)). xhttp://no https://"),
            ["https://a.example/x_(y)"]
        );
        assert_eq!(urls("http://b.example/?q=1#ADR-12, y"), ["http://b.example/?q=1#ADR-12"]);
    }

    #[test]
    fn a_links_own_text_mentions_decisions_only() {
        let kinds: Vec<_> =
            find("ADR-1 https://x.example [[y]]", true).into_iter().map(|m| m.kind).collect();
        assert_eq!(kinds, [LinkKind::Adr]);
    }
}
