//! Bodies of XML: elements and attributes stay, what they hold goes where it
//! is about somebody, or where namespaces tell a message (SOAP, SAML,
//! invoices). What an error says stays.

use std::ops::Range;
use std::sync::LazyLock;

use super::super::super::pattern::{Groups, Pattern};
use super::super::super::rules::cue;
use super::super::super::text::{Text, sign};
use super::{Finds, hide, is_personal, is_telling};

pub(super) fn find(text: &Text<'_>, found: &mut Finds<'_>) {
    let near = text.lines_near(&[const { cue("</") }], NEAR);
    if !near.is_empty() {
        let parts: Vec<Range<usize>> = near.iter().map(|it| text.part(it)).collect();
        qualified(text, &parts, found);
        plain(text, &parts, found);
    }
    if text.signs & sign::LESS != 0 {
        for near in text.lines_near(&[const { cue("=\"") }], NEAR) {
            attributes(text, &text.part(&near), found);
        }
    }
}

/// How far from its words an element goes on, in lines.
const NEAR: usize = 20;

/// Elements whose text people read for its words.
const WORDS: &[&str] = &[
    "faultstring",
    "faultcode",
    "code",
    "status",
    "statusmessage",
    "message",
    "error",
    "reason",
    "detail",
];

fn is_word(name: &str) -> bool {
    WORDS.contains(&name.to_ascii_lowercase().as_str())
}

/// `<a:b>…</a:b>`
fn qualified(text: &Text<'_>, parts: &[Range<usize>], found: &mut Finds<'_>) {
    static LEAF: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(
            r"<([A-Za-z][\w.-]*):([A-Za-z][\w.-]*)(?:\s[^<>]*)?>([^<>]+)</[A-Za-z][\w.-]*:",
        )
    });
    let mut leaves: Vec<(&str, Range<usize>)> = Vec::new();
    for part in parts {
        let hits = LEAF.captures_iter(&text.raw[part.clone()]);
        let leaf = |it: Groups<'_>| {
            Some((
                it.get(2).map(|it| &text.raw[moved(it.range(), part)])?,
                moved(it.get(3)?.range(), part),
            ))
        };
        leaves.extend(hits.filter_map(leaf));
    }
    if leaves.len() < 2 && !text.raw.contains("nvelope") {
        return;
    }
    for (_, value) in leaves.into_iter().filter(|it| !is_word(it.0)) {
        hide(text, "copied-element", "VALUE", value, found);
    }
}

/// How far apart two leaves of one body stand, in bytes.
const APART: usize = 400;

/// `<b>…</b>`: leaves that stand close together are one body.
fn plain(text: &Text<'_>, parts: &[Range<usize>], found: &mut Finds<'_>) {
    static LEAF: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(r"<([A-Za-z][\w.-]*)(?:\s[^<>]*)?>([^<>]{1,2000})</([A-Za-z][\w.-]*)>")
    });
    let mut leaves: Vec<(&str, Range<usize>)> = Vec::new();
    for part in parts {
        let hits = LEAF.captures_iter(&text.raw[part.clone()]);
        let is_leaf = |it: &Groups<'_>| it[1] == it[3] && !it[2].trim().is_empty();
        let leaf = |it: Groups<'_>| {
            Some((&text.raw[moved(it.get(1)?.range(), part)], moved(it.get(2)?.range(), part)))
        };
        leaves.extend(hits.filter(is_leaf).filter_map(leaf));
    }
    for body in leaves.chunk_by(|one, next| next.1.start - one.1.end < APART) {
        if is_about_somebody(body, found) {
            for (_, value) in body.iter().filter(|it| !is_word(it.0)) {
                hide(text, "copied-element", "VALUE", value.clone(), found);
            }
        }
    }
}

/// A person's mail or account in it, and elements that say so; pages and
/// builds have neither.
fn is_about_somebody(body: &[(&str, Range<usize>)], found: &Finds<'_>) -> bool {
    let (Some(first), Some(last)) = (body.first(), body.last()) else { return false };
    let telling = body.iter().filter(|it| is_telling(it.0)).count();
    let personal = body.iter().filter(|it| is_personal(it.0)).count();
    let is_page =
        ["p", "li", "a", "h1", "h2", "td", "th", "title", "code", "groupId", "artifactId"];
    !body.iter().any(|it| is_page.contains(&it.0))
        && body.len() >= 2
        && (found.holds_person(&(first.1.start..last.1.end)) && personal >= 1
            || telling >= 2 && telling * 4 >= body.len())
}

/// `<customer id="…" name="…" mail="…"/>`
fn attributes(text: &Text<'_>, part: &Range<usize>, found: &mut Finds<'_>) {
    static ELEMENT: LazyLock<Pattern> =
        LazyLock::new(|| Pattern::fixed(r#"<[A-Za-z][\w:.-]*((?:\s+[\w:.-]+="[^"<>]*"){2,40})"#));
    static ATTRIBUTE: LazyLock<Pattern> =
        LazyLock::new(|| Pattern::fixed(r#"([\w:.-]+)="([^"]*)""#));
    for element in ELEMENT.captures_iter(&text.raw[part.clone()]).filter_map(|it| it.get(1)) {
        let all: Vec<_> = ATTRIBUTE.captures_iter(element.as_str()).collect();
        let telling = all.iter().filter(|it| is_telling(&it[1])).count();
        let personal = all.iter().filter(|it| is_personal(&it[1])).count();
        let is_copied =
            telling >= 1 && personal >= 2 && found.holds_person(&moved(element.range(), part))
                || telling >= 3;
        for value in all.iter().filter_map(|it| it.get(2)).filter(|_| is_copied) {
            let start = part.start + element.start() + value.start();
            hide(text, "copied-element", "VALUE", start..start + value.len(), found);
        }
    }
}

/// A span of a part as one of the text.
fn moved(span: Range<usize>, part: &Range<usize>) -> Range<usize> {
    part.start + span.start..part.start + span.end
}

#[cfg(test)]
mod tests {
    use super::super::found::samples::found_by;
    use super::*;

    fn values(raw: &str) -> Vec<&str> {
        found_by(raw, find)
    }

    #[test]
    fn what_elements_and_attributes_hold_goes() {
        for body in [
            "<a><firstName>Inge</firstName><city x=\"1\">Leer</city><street>Am Deich</street></a>",
            "<s:a><s:b>Inge</s:b><s:c>Leer</s:c><s:d>Am Deich</s:d></s:a>",
            "<a firstName=\"Inge\" city=\"Leer\" street=\"Am Deich\" phone=\"\"/>",
        ] {
            assert_eq!(values(body), ["Inge", "Leer", "Am Deich"], "{body}");
        }
    }

    #[test]
    fn pages_builds_and_settings_stay() {
        for text in [
            "<p>the <a href=\"x\" title=\"phone\">phone</a></p><li>street</li>",
            "<groupId>org.a</groupId><artifactId>b</artifactId><name>c</name>",
            "<bean id=\"a\" class=\"b\" name=\"c\"/>",
        ] {
            assert!(values(text).is_empty(), "{text}");
        }
    }
}
