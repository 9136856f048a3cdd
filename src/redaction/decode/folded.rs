//! Characters that do not show, and letters that look like others: a line as
//! it looks to a reader.
//!
//! Look-alikes are folded only inside of words that hold plain letters or
//! digits too: a word in one other alphabet is a word, not a disguise.

use unicode_normalization::UnicodeNormalization;

use super::view::{Units, View};

pub(super) fn add(text: &str, views: &mut Vec<View>) {
    if text.is_ascii() {
        return;
    }
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if !line.is_ascii() && line.chars().any(is_disguise) {
            views.extend(folded(line, start));
        }
        start += line.len();
    }
}

fn is_disguise(c: char) -> bool {
    is_blank(c) || is_hidden(c) || lookalike(c).is_some()
}

/// Blanks of typesetting.
fn is_blank(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

/// Zero-width characters, soft hyphens, joiners, direction marks, tags.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e01ef}')
}

/// Letters of Greek and Cyrillic beside the Latin ones that they look like.
const LOOKALIKES: &[(char, char)] = &[
    ('а', 'a'),
    ('е', 'e'),
    ('о', 'o'),
    ('р', 'p'),
    ('с', 'c'),
    ('у', 'y'),
    ('х', 'x'),
    ('ѕ', 's'),
    ('і', 'i'),
    ('ј', 'j'),
    ('ԁ', 'd'),
    ('ԛ', 'q'),
    ('ԝ', 'w'),
    ('һ', 'h'),
    ('к', 'k'),
    ('А', 'A'),
    ('В', 'B'),
    ('Е', 'E'),
    ('К', 'K'),
    ('М', 'M'),
    ('Н', 'H'),
    ('О', 'O'),
    ('Р', 'P'),
    ('С', 'C'),
    ('Т', 'T'),
    ('У', 'Y'),
    ('Х', 'X'),
    ('Ѕ', 'S'),
    ('І', 'I'),
    ('Ј', 'J'),
    ('α', 'a'),
    ('ο', 'o'),
    ('ν', 'v'),
    ('ρ', 'p'),
    ('ι', 'i'),
    ('κ', 'k'),
    ('τ', 't'),
    ('υ', 'u'),
    ('Α', 'A'),
    ('Β', 'B'),
    ('Ε', 'E'),
    ('Ζ', 'Z'),
    ('Η', 'H'),
    ('Ι', 'I'),
    ('Κ', 'K'),
    ('Μ', 'M'),
    ('Ν', 'N'),
    ('Ο', 'O'),
    ('Ρ', 'P'),
    ('Τ', 'T'),
    ('Υ', 'Y'),
    ('Χ', 'X'),
    ('ı', 'i'),
    ('ɑ', 'a'),
    ('ɡ', 'g'),
    ('ӏ', 'l'),
    ('ꓲ', 'I'),
    ('‐', '-'),
    ('‑', '-'),
    ('–', '-'),
    ('＿', '_'),
    ('․', '.'),
    ('∶', ':'),
    ('꞉', ':'),
    ('⁄', '/'),
    ('∕', '/'),
];

/// The plain character that `c` looks like.
fn lookalike(c: char) -> Option<char> {
    if c.is_ascii() {
        return None;
    }
    if let Some((_, plain)) = LOOKALIKES.iter().find(|(other, _)| *other == c) {
        return Some(*plain);
    }
    let is_styled = matches!(c, '\u{ff01}'..='\u{ff5e}' | '\u{1d400}'..='\u{1d7ff}' | '\u{2460}'..='\u{24ff}' | '\u{2070}'..='\u{209c}');
    if !is_styled {
        return None;
    }
    let mut plain = std::iter::once(c).nfkc();
    let first = plain.next().filter(char::is_ascii)?;
    plain.next().is_none().then_some(first)
}

fn folded(line: &str, start: usize) -> Option<View> {
    let mut units = Units::default();
    let mut at = 0;
    for word in line.split_inclusive(char::is_whitespace) {
        let is_mixed = word.chars().any(|c| c.is_ascii_alphanumeric());
        let is_styled = word.trim_end().chars().all(|c| {
            lookalike(c).is_some() && !c.is_alphabetic()
                || matches!(c, '\u{ff01}'..='\u{ff5e}' | '\u{1d400}'..='\u{1d7ff}')
        });
        for (offset, c) in word.char_indices() {
            let from = start + at + offset;
            if is_hidden(c) {
                continue;
            }
            if is_blank(c) {
                units.push(b" ", from);
                continue;
            }
            let plain = lookalike(c).filter(|_| is_mixed || is_styled).unwrap_or(c);
            units.push(plain.encode_utf8(&mut [0; 4]).as_bytes(), from);
        }
        at += word.len();
    }
    units.view(start + line.len(), None)
}
