//! Quoted-printable: `=3D` and soft line ends.

use super::super::randomness::Makeup;
use super::super::rules::{Cue, cue};
use super::super::text::{Line, Text, sign};
use super::view::{Units, View};

/// What tells that a line is quoted-printable and no list of settings.
const SIGNS: &[&str] = &["=3D", "=20", "=C3=", "=E2=80"];

/// Lines with signs, each with those that its soft end joins to it.
pub(super) fn add(text: &Text<'_>, views: &mut Vec<View>) {
    const CUES: [Cue; 4] = [cue("=3D"), cue("=20"), cue("=C3="), cue("=E2=80")];
    let is_soft = |it: &Line| {
        it.signs & sign::EQUALS != 0 && text.line(it).trim_end_matches('\r').ends_with('=')
    };
    if CUES.iter().any(|it| text.holds(*it)) || text.lines.iter().any(is_soft) {
        groups(text, views);
    }
}

fn groups(text: &Text<'_>, views: &mut Vec<View>) {
    let (mut group, mut seen) = (None, Seen::default());
    for (number, line) in text.lines.iter().enumerate() {
        let has_sign = line.signs & sign::EQUALS != 0;
        if !has_sign && group.is_none() {
            continue;
        }
        let shown = text.line(line).trim_end_matches('\r');
        let is_soft = has_sign && shown.trim_end_matches("3D").ends_with('=');
        let begin = *group.get_or_insert(line.start);
        seen.signs |= has_sign && SIGNS.iter().any(|sign| shown.contains(sign));
        seen.cuts |= has_sign && has_soft_end(shown);
        if !is_soft {
            let end = text.lines.get(number + 1).map_or(text.raw.len(), |next| next.start);
            seen.resolve(&text.raw[begin..end], begin, views);
            (group, seen) = (None, Seen::default());
        }
    }
    if let Some(begin) = group {
        seen.resolve(&text.raw[begin..], begin, views);
    }
}

/// What tells of lines that they are quoted-printable.
#[derive(Default)]
struct Seen {
    signs: bool,
    cuts: bool,
}

impl Seen {
    fn resolve(&self, text: &str, start: usize, views: &mut Vec<View>) {
        if self.signs || self.cuts {
            views.extend(resolved(text, start, true));
        }
        // Lines that were cut, and nothing else: an equals sign is one.
        if self.cuts && !self.signs {
            views.extend(resolved(text, start, false));
        }
    }
}

/// A line of a mail's length that ends in `=` and is made of words, or one of
/// any length whose last word is all escapes or all hexadecimal: base64, which
/// may end in `=` too, has no blanks and none of these signs.
fn has_soft_end(line: &str) -> bool {
    let Some(line) = line.strip_suffix('=') else { return false };
    let is_sentence = (49..=120).contains(&line.len()) && line.matches(' ').count() >= 3;
    is_sentence || is_cut(line.rsplit([' ', '\t']).next().unwrap_or(line))
}

/// True for a long word of escapes, or of hexadecimal digits, which is no
/// setting of this name: an empty one has no use for so long a name.
fn is_cut(word: &str) -> bool {
    let escapes = word.matches(['&', '\\', '%']).count();
    let hex = word.bytes().rev().take_while(u8::is_ascii_hexdigit).count();
    hex >= 24 || word.len() >= 24 && escapes >= 4 || is_drawn(word)
}

/// A long token whose sign is not base64's own: that fills groups of four.
fn is_drawn(word: &str) -> bool {
    let token = word.rsplit(|c: char| !c.is_ascii_alphanumeric() && !"+/-_.".contains(c)).next();
    let token = token.unwrap_or_default();
    let makeup = Makeup::of(token);
    let is_mixed = makeup.digits >= 3 && makeup.lower >= 3 && makeup.upper >= 3;
    token.len() >= 40 && is_mixed && (token.contains(['.', '-', '_']) || token.len() % 4 < 2)
}

/// As it reads in one line, and, if `all`, with its escapes resolved.
fn resolved(text: &str, start: usize, all: bool) -> Option<View> {
    let mut units = Units::default();
    let (mut plain, bytes) = (0, text.as_bytes());
    let mut at = 0;
    while at < bytes.len() {
        let unit = (bytes[at] == b'=').then(|| unit(&bytes[at..])).flatten();
        let Some((length, value)) = unit.filter(|(_, value)| all || value.is_none()) else {
            at += 1;
            continue;
        };
        units.keep(&text[plain..at], start + plain);
        if let Some(value) = value {
            units.push(&[value], start + at);
        }
        at += length;
        plain = at;
    }
    // What reads as it is written is no other view.
    if plain == 0 {
        return None;
    }
    units.keep(&text[plain..], start + plain);
    units.view(start + text.len(), None)
}

/// The length of a unit and its byte; none for a soft line end.
fn unit(bytes: &[u8]) -> Option<(usize, Option<u8>)> {
    match bytes {
        [_, b'\n', ..] => Some((2, None)),
        [_, b'\r', b'\n', ..] => Some((3, None)),
        [_, high, low, ..] => {
            let digit = |byte: u8| {
                let is_one = byte.is_ascii_digit() || (b'A'..=b'F').contains(&byte);
                is_one.then(|| char::from(byte).to_digit(16)).flatten()
            };
            let value = u8::try_from((digit(*high)? << 4) | digit(*low)?).ok()?;
            (value >= 32 || value == b'\n' || value == b'\t').then_some((3, Some(value)))
        }
        _ => None,
    }
}
