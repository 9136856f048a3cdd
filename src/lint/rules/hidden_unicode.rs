//! `hidden-unicode`

use super::prelude::*;
use crate::document::Span;

pub(super) static RULE: Rule = Rule {
    id: "hidden-unicode",
    family: Family::Security,
    level: Severity::Error,
    summary: "text holds characters that nobody sees",
    why: "Bidirectional controls make a line read other than it runs (CVE-2021-42574); tag \
        characters and zero-width ones carry text to an agent that a reviewer does not see. \
        Marks of right-to-left text, joiners in scripts and emoji that need them, and a byte \
        order mark at the top are left alone.",
    repair: "take the characters out; a hex dump shows them: grep -nP '[^\\x00-\\x7F]' FILE",
    fixes: true,
    check: Check::Page(check),
};

fn check(_: &Context<'_>, subject: &Subject<'_>, found: &mut Vec<Found>) {
    let text = subject.text.as_str();
    if text.is_ascii() || !may_hide(text.as_bytes()) {
        return;
    }
    let mut before: Option<char> = None;
    // Flags of regions are a black flag and tags.
    let mut in_flag = false;
    let mut told: Option<(u32, &str)> = None;
    for (at, c) in text.char_indices() {
        in_flag = c == '\u{1f3f4}' || (in_flag && is_tag(c));
        let after = text[at + c.len_utf8()..].chars().next();
        let kind = if in_flag { None } else { kind(c, before, after, at) };
        before = Some(c);
        let Some(kind) = kind else { continue };
        let span = span_of(at, at + c.len_utf8());
        // A run of one kind is one finding.
        if told == Some((span.start, kind)) {
            told = Some((span.end, kind));
            extend(found, span);
            continue;
        }
        told = Some((span.end, kind));
        let here = subject.found(span, format!("{kind} U+{:04X}", u32::from(c)));
        let is_safe = kind == ZERO_WIDTH;
        found.push(if is_safe { here.fix(Fix::replace(span, "")) } else { here });
    }
}

/// True if bytes stand there that every hidden character begins with. Dashes,
/// quotation marks and most scripts have others.
fn may_hide(bytes: &[u8]) -> bool {
    let is_hidden = |at: usize| match (bytes[at], bytes.get(at + 1), bytes.get(at + 2)) {
        (0xe1, Some(0xa0), Some(0x8e)) | (0xe2, Some(0x81), _) | (0xf3, Some(0xa0), _) => true,
        (0xe2, Some(0x80), Some(last)) => matches!(last, 0x8b..=0x8d | 0xaa..=0xae),
        (0xef, Some(0xbb), Some(0xbf)) => at > 0,
        _ => false,
    };
    memchr::memchr2_iter(0xe1, 0xe2, bytes).any(is_hidden)
        || memchr::memchr2_iter(0xef, 0xf3, bytes).any(is_hidden)
}

const ZERO_WIDTH: &str = "a character without width:";

/// What kind of hidden character it is; `None` for what is seen or needed.
fn kind(c: char, before: Option<char>, after: Option<char>, at: usize) -> Option<&'static str> {
    match c {
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some("a bidirectional control:"),
        c if is_tag(c) => Some("a tag character:"),
        '\u{feff}' => (at > 0).then_some(ZERO_WIDTH),
        '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{180e}' => Some(ZERO_WIDTH),
        '\u{200c}' | '\u{200d}' => {
            let is_plain = |it: Option<char>| it.is_none_or(|it| it.is_ascii());
            (is_plain(before) && is_plain(after)).then_some(ZERO_WIDTH)
        }
        _ => None,
    }
}

fn is_tag(c: char) -> bool {
    ('\u{e0000}'..='\u{e007f}').contains(&c)
}

fn extend(found: &mut [Found], more: Span) {
    if let Some(last) = found.last_mut() {
        if let Some(span) = &mut last.span {
            span.end = more.end;
        }
        if let Some(edit) = last.fix.as_mut().and_then(|fix| fix.edits.first_mut()) {
            edit.span.end = more.end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::lint::fixture::{fixed, marked};

    #[test]
    fn hidden_characters_are_found_in_runs() {
        let messages = marked(
            &RULE,
            "== wiki/a.md\n# A\n\na\u{ab}\u{202e}\u{2066}\u{bb}b \u{ab}\u{e0041}\u{e0042}\u{bb}c x\u{ab}\u{200b}\u{bb}y\n\n```\n\u{ab}\u{200d}\u{bb}\n```\n",
        );
        assert_eq!(messages[0], "a bidirectional control: U+202E");
    }

    #[test]
    fn what_scripts_and_emoji_need_is_left_alone() {
        marked(
            &RULE,
            "== wiki/a.md\n\u{feff}# A\n\n\u{1f468}\u{200d}\u{1f469} \u{915}\u{94d}\u{200d}\u{937} \u{645}\u{200c}\u{646} \u{5d0}\u{200f} \
             \u{1f3f4}\u{e0067}\u{e0062}\u{e007f} \u{e9}\n",
        );
    }

    #[test]
    fn what_has_no_width_is_taken_out() {
        fixed(
            &RULE,
            "== wiki/a.md\n# A\r\n\nx\u{200b}\u{200b}y\u{e9}\r\n",
            "# A\r\n\nxy\u{e9}\r\n",
        );
    }
}
