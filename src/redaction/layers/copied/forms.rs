//! Bodies of forms: `a=b&c=d` and multipart.

use super::super::super::rules::cue;
use super::super::super::text::{Text, sign};
use super::{Finds, Line, hide, is_personal, lines, some_lines};

pub(super) fn find(text: &Text<'_>, found: &mut Finds<'_>) {
    if text.signs & sign::AMPERSAND != 0 {
        encoded(text, found);
    }
    multipart(text, found);
}

/// A word of three pairs or more that is no URL.
fn encoded(text: &Text<'_>, found: &mut Finds<'_>) {
    let both = sign::AMPERSAND | sign::EQUALS;
    for line in lines(text).filter(|line| line.signs & both == both) {
        let mut from = line.start;
        let ends = memchr::memchr3_iter(b' ', b'"', b'\'', line.text.as_bytes());
        for end in ends.chain([line.text.len()]).map(|at| line.start + at) {
            let word = &text.raw[from..end];
            if memchr::memchr_iter(b'&', word.as_bytes()).take(2).count() < 2 {
                from = end + 1;
                continue;
            }
            let pairs: Vec<&str> = word.split('&').collect();
            let is_pair = |it: &str| {
                it.split_once('=').is_some_and(|(name, _)| {
                    !name.is_empty()
                        && name
                            .bytes()
                            .all(|byte| byte.is_ascii_alphanumeric() || b"_-[].%".contains(&byte))
                })
            };
            let is_form =
                pairs.len() >= 3 && pairs.iter().all(|it| is_pair(it)) && !word.contains("://");
            let is_personal_form = || {
                let names = pairs.iter().filter_map(|it| it.split_once('='));
                names.map(|(name, _)| name).any(is_personal)
            };
            if is_form && (is_personal_form() || found.holds_identifier(&(from..from + word.len())))
            {
                let mut at = from;
                for pair in pairs {
                    let name = pair.find('=').map_or(0, |it| it + 1);
                    hide(text, "copied-form", "VALUE", at + name..at + pair.len(), found);
                    at += pair.len() + 1;
                }
            }
            from += word.len() + 1;
        }
    }
}

/// Parts of a multipart body: what stands behind the empty line, and names of
/// files.
fn multipart(text: &Text<'_>, found: &mut Finds<'_>) {
    for at in text.lines_with(&[const { cue("form-data; name=") }]) {
        let below: Vec<Line<'_>> = some_lines(text, at..text.lines.len().min(at + 4)).collect();
        let line = below[0];
        if let Some(place) = line.text.find("filename=\"") {
            let start = place + 10;
            let length = line.text[start..].find('"').unwrap_or(0);
            hide(
                text,
                "copied-form",
                "VALUE",
                line.start + start..line.start + start + length,
                found,
            );
        }
        let empty = below.iter().position(|it| it.text.trim().is_empty());
        let Some(first) = empty.map(|it| at + it + 1) else { continue };
        for value in some_lines(text, first..text.lines.len())
            .take_while(|it| !it.text.trim_start().starts_with("--"))
        {
            hide(text, "copied-form", "VALUE", value.start..value.start + value.text.len(), found);
        }
    }
}
