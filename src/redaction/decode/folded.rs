//! Characters that do not show, and letters that look like others: a line as
//! it looks to a reader.
//!
//! Look-alikes are folded only inside of words that hold plain letters or
//! digits too: a word in one other alphabet is a word, not a disguise.

use unicode_normalization::UnicodeNormalization;

use super::super::text::{Text, sign};
use super::view::{Units, View};

/// What stands around a disguise and gives it a context, in bytes.
const CONTEXT: usize = 160;

pub(super) fn add(text: &Text<'_>, views: &mut Vec<View>) {
    for line in text.lines.iter().filter(|line| line.signs & sign::WIDE != 0) {
        let shown = text.line(line);
        if let Some((from, to)) = region(shown) {
            views.extend(folded(&shown[from..to], line.start + from));
        }
    }
}

/// The part of a line that holds a disguise: a hidden sign or a look-alike
/// beside plain letters, a wide blank between digits, letters in full width.
fn region(line: &str) -> Option<(usize, usize)> {
    let (mut first, mut last) = (None, 0);
    let mut at = 0;
    while let Some(next) = wide(&line.as_bytes()[at..]) {
        at += next;
        let Some(c) = line[at..].chars().next() else { break };
        let end = at + c.len_utf8();
        let before = line[..at].chars().next_back().unwrap_or(' ');
        let after = line[end..].chars().next().unwrap_or(' ');
        let beside = before.is_ascii_alphanumeric() || after.is_ascii_alphanumeric();
        let is_one = is_blank(c) && before.is_ascii_digit() && after.is_ascii_digit()
            || is_hidden(c) && beside
            || matches!(c, '\u{ff01}'..='\u{ff5e}' | '\u{1d400}'..='\u{1d7ff}')
            || beside && lookalike(c).is_some();
        if is_one {
            first = first.or(Some(at));
            last = end;
        }
        at = end;
    }
    let mut from = first?.saturating_sub(CONTEXT);
    let mut to = line.len().min(last + CONTEXT);
    while !line.is_char_boundary(from) {
        from -= 1;
    }
    while !line.is_char_boundary(to) {
        to += 1;
    }
    Some((from, to))
}

/// The first byte that no ASCII text has; eight are asked at once.
fn wide(bytes: &[u8]) -> Option<usize> {
    let plain = bytes.as_chunks::<8>().0.iter().take_while(|it| it.is_ascii()).count() * 8;
    bytes[plain..].iter().position(|byte| !byte.is_ascii()).map(|at| plain + at)
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
            c.is_ascii_punctuation()
                || lookalike(c).is_some() && !c.is_alphabetic()
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
