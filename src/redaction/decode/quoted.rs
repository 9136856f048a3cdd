//! Quoted-printable: `=3D` and soft line ends.

use super::view::{Units, View};

/// What tells that a line is quoted-printable and no list of settings.
const SIGNS: &[&str] = &["=3D", "=20", "=C3=", "=E2=80"];

/// Lines with signs, each with those that its soft end joins to it.
pub(super) fn add(text: &str, views: &mut Vec<View>) {
    if !text.contains('=') {
        return;
    }
    let (mut start, mut group, mut is_quoted) = (0, None, false);
    for line in text.split_inclusive('\n') {
        let shown = line.trim_end_matches(['\n', '\r']);
        let is_soft = shown.ends_with('=');
        let begin = *group.get_or_insert(start);
        is_quoted |= SIGNS.iter().any(|sign| shown.contains(sign)) || has_soft_end(shown);
        start += line.len();
        if !is_soft {
            if is_quoted {
                views.extend(resolved(&text[begin..start], begin));
            }
            (group, is_quoted) = (None, false);
        }
    }
    if let Some(begin) = group.filter(|_| is_quoted) {
        views.extend(resolved(&text[begin..], begin));
    }
}

/// A long line of words or of escapes that ends in `=`: base64 has no blanks
/// and none of these signs.
fn has_soft_end(line: &str) -> bool {
    line.ends_with('=')
        && (50..=76).contains(&line.len())
        && (line.matches(' ').count() >= 3 || line.contains(['&', '\\', '%']))
}

fn resolved(text: &str, start: usize) -> Option<View> {
    let mut units = Units::default();
    let (mut plain, bytes) = (0, text.as_bytes());
    let mut at = 0;
    while at < bytes.len() {
        let unit = (bytes[at] == b'=').then(|| unit(&bytes[at..])).flatten();
        let Some((length, value)) = unit else {
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
