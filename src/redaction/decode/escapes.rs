//! Percent signs, backslashes and entities: a line with any of them as it
//! reads when they are resolved.

use super::super::text::{Text, sign};
use super::view::{Units, View};

pub(super) fn add(text: &Text<'_>, views: &mut Vec<View>) {
    for line in text.lines.iter().filter(|line| line.signs & sign::ESCAPE != 0) {
        views.extend(resolved(text.line(line), line.start));
    }
}

/// The line with every unit resolved; `None` if it has none. Where the bytes
/// of percent signs are no text, only those below 128 are resolved.
fn resolved(line: &str, start: usize) -> Option<View> {
    let read = |all| {
        let units = units(line.as_bytes(), all);
        region(line, &units).map(|region| view(line, start, region, &units))
    };
    // Nothing to resolve is not the same as no text.
    read(true)?.or_else(|| read(false).flatten())
}

fn view(line: &str, start: usize, (from, to): (usize, usize), all: &[Unit]) -> Option<View> {
    let mut units = Units::with_room(to - from, all.len());
    let mut plain = from;
    for unit in all {
        units.keep(&line[plain..unit.start], start + plain);
        units.push(unit.value.as_bytes(), start + unit.start);
        plain = unit.end;
    }
    units.keep(&line[plain..to], start + plain);
    units.view(start + to, None)
}

/// What is written for something else.
struct Unit {
    start: usize,
    end: usize,
    value: Value,
}

/// Every unit of a line.
fn units(bytes: &[u8], all: bool) -> Vec<Unit> {
    let (mut units, mut free) = (Vec::new(), 0);
    for start in memchr::memchr3_iter(b'%', b'\\', b'&', bytes) {
        if start >= free
            && let Some((length, value)) = unit(&bytes[start..], all)
        {
            free = start + length;
            units.push(Unit { start, end: free, value });
        }
    }
    units
}

/// What stands around units and gives them a context, in bytes.
const CONTEXT: usize = 240;
/// A line break or a quote of code is one; it takes so many to be an encoding.
const ENOUGH: usize = 3;

/// The part of a line that is worth resolving.
fn region(line: &str, units: &[Unit]) -> Option<(usize, usize)> {
    let bytes = line.as_bytes();
    let weight = |unit: &Unit| {
        let is_simple = bytes[unit.start] == b'\\' && unit.end - unit.start == 2;
        match (is_simple, bytes[unit.start + 1]) {
            (true, b'"') => 2,
            (true, _) => 1,
            _ => ENOUGH,
        }
    };
    let (first, last) = (units.first()?, units.last()?);
    if units.iter().map(weight).sum::<usize>() < ENOUGH {
        return None;
    }
    let from = line.floor_char_boundary(first.start.saturating_sub(CONTEXT));
    Some((from, line.ceil_char_boundary(last.end + CONTEXT)))
}

/// What a unit stands for: bytes of a character, or one byte of several.
enum Value {
    Char([u8; 4], usize),
    Byte([u8; 1]),
}

impl Value {
    fn of(value: char) -> Self {
        let mut buffer = [0; 4];
        let length = value.encode_utf8(&mut buffer).len();
        Self::Char(buffer, length)
    }

    fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Char(buffer, length) => &buffer[..*length],
            Self::Byte(byte) => byte,
        }
    }
}

/// The length of the unit that `bytes` begins with, and what it stands for.
fn unit(bytes: &[u8], all: bool) -> Option<(usize, Value)> {
    match bytes[0] {
        b'%' => percent(bytes, all),
        b'\\' => backslash(bytes),
        _ => entity(bytes),
    }
}

fn percent(bytes: &[u8], all: bool) -> Option<(usize, Value)> {
    let value = u8::try_from(hex(bytes.get(1..3)?)?).ok()?;
    (value != 0 && (all || value < 128)).then_some((3, Value::Byte([value])))
}

fn backslash(bytes: &[u8]) -> Option<(usize, Value)> {
    let simple = |value: char| Some((2, Value::of(value)));
    match bytes.get(1)? {
        b'n' => simple('\n'),
        b'r' => simple('\r'),
        b't' => simple('\t'),
        quoted @ (b'"' | b'\'' | b'\\' | b'/' | b'`') => simple(char::from(*quoted)),
        b'0'..=b'3' => {
            let digits =
                bytes.get(1..4).filter(|it| it.iter().all(|byte| matches!(byte, b'0'..=b'7')))?;
            let value = digits.iter().fold(0_u32, |sum, byte| sum * 8 + u32::from(byte - b'0'));
            (value >= 32).then(|| char::from_u32(value)).flatten().map(|it| (4, Value::of(it)))
        }
        b'x' => Some((4, Value::of(char::from_u32(hex(bytes.get(2..4)?)?)?))),
        b'U' => Some((10, Value::of(char::from_u32(hex(bytes.get(2..10)?)?)?))),
        b'u' if bytes.get(2) == Some(&b'{') => braced(bytes),
        b'u' => four(bytes),
        _ => None,
    }
}

/// `\u{1F600}`
fn braced(bytes: &[u8]) -> Option<(usize, Value)> {
    let end = bytes.iter().take(11).position(|byte| *byte == b'}')?;
    Some((end + 1, Value::of(char::from_u32(hex(&bytes[3..end])?)?)))
}

/// `\u00e9`, and two of them for a character outside of the first plane.
fn four(bytes: &[u8]) -> Option<(usize, Value)> {
    let first = hex(bytes.get(2..6)?)?;
    if let Some(value) = char::from_u32(first) {
        return Some((6, Value::of(value)));
    }
    let second = bytes.get(6..12).filter(|it| it.starts_with(b"\\u"))?;
    let second = hex(&second[2..])?;
    let pair = [u16::try_from(first).ok()?, u16::try_from(second).ok()?];
    let value = char::decode_utf16(pair).next()?.ok()?;
    Some((12, Value::of(value)))
}

/// Names of entities that matter between a key and its value.
const ENTITIES: &[(&str, char)] = &[
    ("lt", '<'),
    ("gt", '>'),
    ("amp", '&'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("colon", ':'),
    ("equals", '='),
    ("commat", '@'),
    ("period", '.'),
    ("lowbar", '_'),
    ("sol", '/'),
    ("plus", '+'),
];

fn entity(bytes: &[u8]) -> Option<(usize, Value)> {
    let end = bytes.iter().take(12).position(|byte| *byte == b';')?;
    let name = std::str::from_utf8(&bytes[1..end]).ok()?;
    let value = match name.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(digits) => char::from_u32(hex(digits.as_bytes())?)?,
            None => char::from_u32(number.parse().ok()?)?,
        },
        None => ENTITIES.iter().find(|(known, _)| *known == name)?.1,
    };
    Some((end + 1, Value::of(value)))
}

/// The value of hexadecimal digits; `None` for anything else.
fn hex(digits: &[u8]) -> Option<u32> {
    if digits.is_empty() || digits.len() > 8 {
        return None;
    }
    digits.iter().try_fold(0, |sum, digit| {
        let digit = char::from(*digit).to_digit(16)?;
        Some((sum << 4) | digit)
    })
}
