//! `link-anchor`

use super::prelude::*;
use super::targets::judged;
use crate::corpus::{Page, Target};
use crate::document::{Link, Span};
use crate::hint::nearest;

pub(super) static RULE: Rule = Rule {
    id: "link-anchor",
    family: Family::Links,
    level: Severity::Warning,
    summary: "a link names a section that the page does not have",
    why: "The page opens at its top, and the reader looks for what was meant. Anchors follow GitHub's rules; \
        `id` and `name` in HTML and `{#name}` behind a heading count too. Where one heading differs from \
        the link in punctuation or case alone, the fix writes its anchor.",
    repair: "name one of the page's sections",
    fixes: true,
    check: Check::Page(check),
};

fn check(context: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    for link in judged(context, subject) {
        let Target::Page { path, anchor: Some(anchor), anchor_found: false } =
            context.resolve(subject.page, link)
        else {
            continue;
        };
        let Some(page) = context.catalogue.page(&path) else { continue };
        if is_known_elsewhere(page, &anchor) {
            continue;
        }
        let message = format!("{path} has no section '#{anchor}'");
        let here = subject.found(link.span, message);
        found.push(match same_words(page, &anchor) {
            Some(meant) => {
                let hint = format!("write #{meant}");
                match fragment(subject, link, &anchor) {
                    Some(span) => here.hint(hint).fix(Fix::replace(span, meant)),
                    None => here.hint(hint),
                }
            }
            None => match nearest(&anchor, anchors(page)) {
                Some(near) => here.hint(format!("did you mean #{near}?")),
                None => here,
            },
        });
    }
}

fn anchors(page: &Page) -> impl Iterator<Item = &str> {
    let named = page.headings.iter().map(|heading| heading.anchor.as_str());
    named.filter(|anchor| !anchor.is_empty())
}

/// Anchors that no heading's words give: HTML, `{#name}`, lines of a file,
/// a browser's text fragment.
fn is_known_elsewhere(page: &Page, anchor: &str) -> bool {
    let bare = anchor.strip_prefix("user-content-").unwrap_or(anchor);
    page.other_anchors.iter().any(|other| other.eq_ignore_ascii_case(bare))
        || page.headings.iter().any(|it| own_anchor(&it.title) == Some(anchor))
        || anchors(page).any(|known| known == bare)
        || anchor.contains(":~:")
        || anchor.strip_prefix('L').is_some_and(|it| it.starts_with(|c: char| c.is_ascii_digit()))
}

/// The name that a heading gives itself: `Title {#name}`.
fn own_anchor(title: &str) -> Option<&str> {
    let inner = title.trim_end().strip_suffix('}')?.rsplit_once('{')?.1;
    inner.split_whitespace().find_map(|part| part.strip_prefix('#'))
}

/// The one anchor with the same letters and digits.
fn same_words<'a>(page: &'a Page, anchor: &str) -> Option<&'a str> {
    let wanted = letters(anchor);
    let mut same = anchors(page).filter(|known| letters(known) == wanted);
    let first = same.next().filter(|_| !wanted.is_empty())?;
    same.next().is_none().then_some(first)
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn fragment(subject: &Subject<'_>, link: &Link, anchor: &str) -> Option<Span> {
    let with_sign = subject.destination(link, &format!("#{anchor}"))?;
    Some(Span { start: with_sign.start + 1, ..with_sign })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::{fixed, marked};

    #[test]
    fn a_section_that_is_not_there_is_found() {
        let messages = marked(
            &RULE,
            "== wiki/a.md\n# A\n\n\u{ab}[x](b.md#no)\u{bb} \u{ab}[y](#nope)\u{bb}\n== wiki/b.md\n# B\n",
        );
        assert_eq!(messages[0], "wiki/b.md has no section '#no'");
    }

    #[test]
    fn every_way_to_have_an_anchor_counts() {
        marked(
            &RULE,
            "== wiki/a.md\n# A\n\n[1](b.md#b) [2](b.md#B) [3](b.md#here) [4](b.md#own) [5](b.md#top) \
             [6](b.md#L3) [7](b.md#nested) [8](b.md#:~:text=x) [9](b.md)\n\
             == wiki/b.md\n# B\n\n<a id=\"Here\"></a>\n\n## Other { #own }\n\n- # Nested\n",
        );
    }

    #[test]
    fn a_slip_in_punctuation_is_mended() {
        fixed(
            &RULE,
            "== wiki/a.md\n# A\n\n[x](b.md#whats_new)\r\n== wiki/b.md\n# What's new\n",
            "# A\n\n[x](b.md#whats-new)\r\n",
        );
    }
}
