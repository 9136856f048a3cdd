//! IP and MAC addresses, but for documentation, loopback and what names no
//! machine.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::super::super::span::Match;
use super::super::super::table::table;
use super::super::super::text::Text;

pub(super) fn addresses(text: &Text<'_>, found: &mut Vec<Match>) {
    for line in &text.lines {
        if line.digits >= 3 || has_pairs(&text.bytes[line.start..line.end]) {
            on_line(text, line.start, line.end, found);
        }
    }
}

/// A MAC address may be all letters; colons it has.
fn has_pairs(line: &[u8]) -> bool {
    memchr::memchr_iter(b':', line).nth(4).is_some()
}

/// Shorter runs of hexadecimal digits and separators are no address.
const SHORTEST: usize = 5;

/// Digits of hexadecimal numbers, what stands between them, and whatever words
/// are made of.
const HEX: u8 = 1;
const SEPARATOR: u8 = 2;
const WORD: u8 = 4;

const CLASSES: [u8; 256] = table!(u8, byte => match byte {
    b':' => HEX | SEPARATOR,
    b'.' | b'-' => SEPARATOR,
    b'0'..=b'9' | b'a'..=b'f' | b'A'..=b'F' => HEX | WORD,
    b'g'..=b'z' | b'G'..=b'Z' => WORD,
    _ => 0,
});

/// The bytes from a place on that have one of the classes.
fn length(bytes: &[u8], at: usize, classes: u8) -> usize {
    bytes[at..].iter().take_while(|it| is(**it, classes)).count()
}

fn on_line(text: &Text<'_>, start: usize, end: usize, found: &mut Vec<Match>) {
    let bytes = &text.bytes[..end];
    let mut at = start;
    // Around each separator stands a run, which begins with a digit or a colon.
    while let Some(next) = bytes.get(at..).and_then(|it| memchr::memchr3(b'.', b':', b'-', it)) {
        let separator = at + next;
        // One separator and nothing behind it is no address.
        if !bytes.get(separator + 1).is_some_and(|it| is(*it, HEX | SEPARATOR)) {
            at = separator + 1;
            at += length(bytes, at, WORD);
            continue;
        }
        let before = bytes[at..separator].iter().rev();
        let digits = before.take_while(|it| is(**it, HEX | SEPARATOR)).count();
        let begin = separator - digits;
        at = separator + length(bytes, separator, HEX | SEPARATOR);
        // The end of a word is no part of a run: `node-10.2.0.9`.
        let begin = begin + if is_in_word(text, begin) { length(bytes, begin, WORD) } else { 0 };
        let signs = bytes[begin..at].iter().take_while(|it| !is(**it, HEX)).count();
        let begin = begin + signs;
        if at >= begin + SHORTEST && has_separators(&bytes[begin..at]) {
            run(text, begin, at, found);
        }
        // The rest of a word that holds other letters too.
        at += length(bytes, at, WORD);
    }
}

fn is(byte: u8, classes: u8) -> bool {
    CLASSES[usize::from(byte)] & classes != 0
}

/// As many as an address has at least.
fn has_separators(run: &[u8]) -> bool {
    let (mut dots, mut colons, mut dashes, mut last, mut is_short) = (0, 0, 0, 0, false);
    for byte in run.iter().copied() {
        match byte {
            b'.' => dots += 1,
            b':' => colons += 1,
            b'-' => dashes += 1,
            _ => {}
        }
        is_short |= byte == b':' && last == b':';
        last = byte;
    }
    // A time has two colons, and never side by side.
    dots >= 2 || colons >= 5 || is_short || dashes >= 3
}

/// Judges a run of hexadecimal digits and separators.
fn run(text: &Text<'_>, start: usize, end: usize, found: &mut Vec<Match>) {
    let is_cut = text.byte(end).is_ascii_alphanumeric() || text.byte(end) == b'_';
    let colons = text.raw[start..end].bytes().take_while(|byte| *byte == b':').count();
    let start = if colons == 1 { start + 1 } else { start };
    let raw = &text.raw[start..end];
    if is_in_word(text, start) {
        return;
    }
    let trimmed = raw.trim_end_matches(['.', '-']);
    let trimmed = if trimmed.ends_with("::") { trimmed } else { trimmed.trim_end_matches(':') };
    if let Some(length) = mac(trimmed).filter(|_| !is_cut).or_else(|| named_file(raw)) {
        if !is_nobody(&trimmed[..length]) {
            found.push(Match::new("mac-address", "MAC", start..start + length, 85));
        }
        return;
    }
    if trimmed.matches(':').count() >= 2 && v6(trimmed, start, is_cut, found) {
        return;
    }
    v4(text, raw, start, found);
}

fn is_in_word(text: &Text<'_>, start: usize) -> bool {
    let before = text.byte_before(start);
    before.is_ascii_alphanumeric() || before == b'_'
}

/// The length of a MAC address: six pairs, or three groups of four.
fn mac(raw: &str) -> Option<usize> {
    if !matches!(raw.len(), 14 | 17) {
        return None;
    }
    for (separator, groups, digits) in [(':', 6, 2), ('-', 6, 2), ('.', 3, 4)] {
        let parts: Vec<&str> = raw.split(separator).collect();
        let is_one = parts.len() == groups
            && parts
                .iter()
                .all(|it| it.len() == digits && it.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let has_letter = raw.bytes().any(|byte| byte.is_ascii_alphabetic());
        if is_one && (digits == 2 && separator == ':' || has_letter) {
            return Some(raw.len());
        }
    }
    None
}

/// An address that is the name of a file: what follows is the ending.
fn named_file(raw: &str) -> Option<usize> {
    let (name, _) = raw.split_once('.')?;
    mac(name).filter(|length| *length == 17)
}

fn is_nobody(mac: &str) -> bool {
    mac.bytes().all(|byte| matches!(byte, b'0' | b':' | b'-' | b'.')) || mac.bytes().all(|byte| matches!(byte, b'f' | b'F' | b':' | b'-' | b'.'))
        // RFC 7042 keeps these for documentation.
        || mac.to_ascii_lowercase().replace([':', '-', '.'], "").starts_with("00005e0053")
}

/// True if it was one, hidden or not.
fn v6(raw: &str, start: usize, is_cut: bool, found: &mut Vec<Match>) -> bool {
    // All groups are written, or two colons stand for some of them.
    if is_cut || raw.matches(':').count() < 6 && !raw.contains("::") {
        return false;
    }
    // `[2a02::1]:443` and `2a02::1.` and `x:2a02::1`.
    let offset = raw.len() - raw.trim_start_matches(':').len();
    let candidates = [(0, raw), (offset, &raw[offset..])];
    for (offset, it) in candidates {
        let Ok(address) = it.parse::<Ipv6Addr>() else { continue };
        if !is_free_v6(address) && it.len() > 4 {
            let span = start + offset..start + offset + it.len();
            found.push(Match::new("ipv6-address", "IPV6", span, 85));
        }
        return true;
    }
    false
}

fn is_free_v6(address: Ipv6Addr) -> bool {
    let segments = address.segments();
    address.is_loopback()
        || address.is_unspecified()
        || address.is_multicast()
        || segments[0] == 0x2001 && segments[1] == 0x0db8
        || segments[0] == 0x3fff && segments[1] < 0x1000
        || segments == [0xfe80, 0, 0, 0, 0, 0, 0, 0]
        || address.to_ipv4_mapped().is_some_and(is_free_v4)
        // Two groups at most are a time or a ratio.
        || segments.iter().filter(|it| **it != 0).count() < 2
}

/// Every address in dots.
fn v4(text: &Text<'_>, raw: &str, start: usize, found: &mut Vec<Match>) {
    let mut at = 0;
    for part in raw.split(|c: char| !c.is_ascii_digit() && c != '.') {
        let from = start + at;
        at += part.len() + 1;
        let inner = part.trim_matches('.');
        let offset = part.len() - part.trim_start_matches('.').len();
        if !(7..=15).contains(&inner.len()) {
            continue;
        }
        let Ok(address) = inner.parse::<Ipv4Addr>() else { continue };
        let span = from + offset..from + offset + inner.len();
        let is_cut = text.byte(span.end).is_ascii_alphabetic() || text.byte(span.end) == b'_';
        if !is_cut && !is_free_v4(address) && !is_version(text, span.start, span.end) {
            let span = span.start..with_prefix(text, span.end);
            found.push(Match::new("ipv4-address", "IPV4", span, 85));
        }
    }
}

/// The end of an address with the length of its network: `/24`.
fn with_prefix(text: &Text<'_>, end: usize) -> usize {
    let rest = text.from(end, 4);
    let digits =
        rest.strip_prefix('/').map_or(0, |it| it.bytes().take_while(u8::is_ascii_digit).count());
    let is_one = (1..=2).contains(&digits)
        && !rest[1 + digits..].starts_with(|c: char| c.is_alphanumeric() || c == '/');
    if is_one { end + 1 + digits } else { end }
}

fn is_free_v4(address: Ipv4Addr) -> bool {
    let octets = address.octets();
    address.is_loopback()
        || address.is_documentation()
        || address.is_unspecified()
        || address.is_broadcast()
        || octets[0] == 0
        || octets[0] == 255
        || octets == [169, 254, 169, 254]
}

/// `version 10.0.19041.1`, `v1.2.3.4`, `Chrome/131.0.0.0`, an OID.
fn is_version(text: &Text<'_>, start: usize, end: usize) -> bool {
    let before = text.line_before(start, 24).to_ascii_lowercase();
    let words = [
        "version ",
        "version: ",
        "version=",
        "version\":\"",
        "version\": \"",
        "ver ",
        "v",
        "release ",
        "build ",
        "chrome/",
        "safari/",
        "firmware ",
        "edg/",
        "oid ",
        "chapter ",
        "section ",
        "clause ",
        "oracle ",
    ];
    let ends = |word: &&str| {
        let is_apart = before
            .len()
            .checked_sub(word.len() + 1)
            .is_none_or(|at| !before.as_bytes()[at].is_ascii_alphanumeric());
        before.ends_with(*word) && is_apart
    };
    let product = before
        .strip_suffix('/')
        .map_or("", |it| it.rsplit([' ', '(', '"', ';']).next().unwrap_or(""));
    let is_product = !product.is_empty()
        && product.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-')
        && text.byte(end) != b'/'
        && text.byte(end) != b':';
    words.iter().any(ends)
        || is_product
        || text.byte(end) == b'-' && text.byte(end + 1).is_ascii_alphabetic()
        || before.ends_with('-') && text.byte(end) == b'.'
}
