//! Base64 in all alphabets and hexadecimal: runs that decode to text.

use std::ops::Range;

use base64::Engine as _;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::super::blocked::Reason;
use super::super::stop::Stop;
use super::super::text::Text;
use super::view::View;

/// Shorter runs are words.
const SHORTEST: usize = 12;
/// Lines of a wrapped block are at least so long, but for the last.
const SHORTEST_LINE: usize = 20;

const FORGIVING: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const PLAIN: GeneralPurpose = GeneralPurpose::new(&STANDARD, FORGIVING);
const SAFE: GeneralPurpose = GeneralPurpose::new(&URL_SAFE, FORGIVING);

/// Adds what runs say; an error if blocks of lines were made to be decoded in
/// vain, over and over.
pub(super) fn add(text: &Text<'_>, views: &mut Vec<View>) -> Result<(), Stop> {
    let mut blocks = Blocks { left: text.raw.len().saturating_mul(16).saturating_add(1 << 20) };
    let mut done = 0;
    for run in text.runs.iter().filter(|run| run.len() >= SHORTEST) {
        if run.end > done {
            done = blocks.inside(text.bytes, run.start.max(done), run.end, views)?;
        }
    }
    Ok(())
}

/// What may still be decoded in vain, in bytes.
struct Blocks {
    left: usize,
}

impl Blocks {
    /// The digits inside of a run of a token's bytes, and the block that
    /// begins there; where it ends.
    fn inside(
        &mut self,
        bytes: &[u8],
        start: usize,
        end: usize,
        views: &mut Vec<View>,
    ) -> Result<usize, Stop> {
        let mut at = start;
        while let Some(run) = next_run(&bytes[..end], at) {
            at = run.end.max(at + 1);
            if run.len() < SHORTEST {
                continue;
            }
            if let Some((block, text)) = self.block(bytes, &run)? {
                at = block.end;
                views.push(View::of_whole(text, block));
                continue;
            }
            let decoded = decode(&bytes[run.clone()]);
            views.extend(decoded.map(|(text, cut)| View::of_whole(text, run.start + cut..run.end)));
        }
        Ok(at)
    }

    /// The block that begins with a run, and what it says.
    fn block(
        &mut self,
        bytes: &[u8],
        first: &Range<usize>,
    ) -> Result<Option<(Range<usize>, String)>, Stop> {
        if !bytes[first.clone()].first_chunk().is_some_and(|it| begins_text(*it)) {
            return Ok(None);
        }
        for is_quoted in [true, false] {
            let Some((block, digits)) = wrapped(bytes, first, is_quoted) else { continue };
            if let Some(text) = base64_text(&digits) {
                return Ok(Some((block, text)));
            }
            let stop = Stop::at(Reason::TooLarge, first.start);
            self.left = self.left.checked_sub(digits.len()).ok_or(stop)?;
        }
        Ok(None)
    }
}

/// What a digit of base64 stands for, in both alphabets.
const VALUES: [u8; 256] = values();
/// For what is no digit.
const NONE: u8 = 64;

const fn values() -> [u8; 256] {
    let mut table = [NONE; 256];
    let mut at = 0;
    while at < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "the loop ends at 256")]
        let byte = at as u8;
        table[at] = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => NONE,
        };
        at += 1;
    }
    table
}

fn is_digit(byte: u8) -> bool {
    VALUES[usize::from(byte)] != NONE
}

/// The next run of digits, with its padding.
fn next_run(bytes: &[u8], from: usize) -> Option<Range<usize>> {
    let start = from + bytes.get(from..)?.iter().position(|byte| is_digit(*byte))?;
    let length = bytes[start..].iter().take_while(|byte| is_digit(**byte)).count();
    let padding = bytes[start + length..].iter().take(2).take_while(|byte| **byte == b'=').count();
    Some(start..start + length + padding)
}

/// What a run says; and how many bytes at its begin are not part of it.
fn decode(run: &[u8]) -> Option<(String, usize)> {
    if let Some(text) = hex_text(run).or_else(|| base64_text(run)) {
        return Some((text, 0));
    }
    // A path, a name or a sign may stand before: `token-`, `/`, `0x`, `v1_`.
    let cut = run.iter().take(64).rposition(|byte| matches!(byte, b'/' | b'-' | b'_' | b'x'))? + 1;
    let cuts = [cut, run.iter().position(|byte| matches!(byte, b'/' | b'-' | b'_' | b'x'))? + 1];
    cuts.into_iter().find_map(|cut| {
        let rest = run.get(cut..).filter(|rest| rest.len() >= SHORTEST)?;
        Some((hex_text(rest).or_else(|| base64_text(rest))?, cut))
    })
}

fn base64_text(run: &[u8]) -> Option<String> {
    // Most runs are words: their first bytes tell.
    if !begins_text(*run.first_chunk()?) {
        return None;
    }
    let is_safe = run.iter().any(|byte| matches!(byte, b'-' | b'_'));
    let engine = if is_safe { &SAFE } else { &PLAIN };
    let end = run.len() - run.iter().rev().take_while(|byte| **byte == b'=').count();
    let run = &run[..end];
    let run = if run.len() % 4 == 1 { &run[..run.len() - 1] } else { run };
    as_text(engine.decode(run).ok()?)
}

/// True if eight digits can stand for the begin of a text, UTF-16 included.
fn begins_text(digits: [u8; 8]) -> bool {
    // Most words begin with a letter that no text does, but for a wide one.
    if matches!(digits[0], b'g'..=b'v') && VALUES[usize::from(digits[1])] & 15 != 0 {
        return false;
    }
    let value = |sum: u64, digit: u8| sum << 6 | u64::from(VALUES[usize::from(digit)] & 63);
    let bytes = digits.into_iter().fold(0, value).to_be_bytes();
    let begin = &bytes[2..];
    let is_text = |byte: &u8| *byte >= 32 || matches!(byte, b'\n' | b'\r' | b'\t') || *byte == 0;
    let is_wide = [1, 3, 5].iter().all(|at| begin[*at] == 0);
    let is_utf8 =
        || std::str::from_utf8(begin).map_or_else(|it| it.error_len().is_none(), |_| true);
    digits.iter().all(|it| is_digit(*it)) && begin.iter().all(is_text) && (is_wide || is_utf8())
}

fn hex_text(run: &[u8]) -> Option<String> {
    let is_hex = |byte: &u8| byte.is_ascii_hexdigit();
    if run.len() < 16
        || run.len() % 2 == 1
        || !run[..16].iter().all(is_hex)
        || !run.iter().all(is_hex)
    {
        return None;
    }
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|it| u8::try_from(it).ok());
    let pair = |pair: &[u8]| Some((digit(pair[0])? << 4) | digit(pair[1])?);
    as_text(run.chunks_exact(2).map(pair).collect::<Option<Vec<u8>>>()?)
}

/// Bytes that people could read, also those of UTF-16.
fn as_text(bytes: Vec<u8>) -> Option<String> {
    let bytes = if bytes.len() >= 8 && bytes.iter().skip(1).step_by(2).all(|byte| *byte == 0) {
        bytes.into_iter().step_by(2).collect()
    } else {
        bytes
    };
    let text = String::from_utf8(bytes).ok()?;
    let is_shown = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
    (text.chars().all(is_shown) && text.chars().any(char::is_alphanumeric)).then_some(text)
}

/// Where a line's digits end: without its sign where quoted-printable cut it.
fn digits_end(bytes: &[u8], line: &Range<usize>, is_quoted: bool) -> usize {
    line.end - usize::from(is_quoted && bytes[line.end - 1] == b'=')
}

/// A block of lines that are all one run, as mail and `base64` wrap them, or
/// as quoted-printable cut them: its span, and its digits. `None` for a run
/// that stands on one line.
fn wrapped(bytes: &[u8], first: &Range<usize>, is_quoted: bool) -> Option<(Range<usize>, Vec<u8>)> {
    if is_quoted && bytes[first.end - 1] != b'=' {
        return None;
    }
    let is_whole = first.len() >= SHORTEST_LINE && line_ends(bytes, first.end);
    if !is_whole {
        return None;
    }
    let mut digits = bytes[first.start..digits_end(bytes, first, is_quoted)].to_vec();
    let (mut end, mut count) = (first.end, 1);
    while let Some(next) = next_line(bytes, end, is_quoted) {
        digits.extend_from_slice(&bytes[next.start..digits_end(bytes, &next, is_quoted)]);
        end = next.end;
        count += 1;
        if bytes[end - 1] == b'=' && !is_quoted || next.len() < SHORTEST_LINE.min(first.len()) {
            break;
        }
    }
    (count > 1).then_some((first.start..end, digits))
}

fn line_ends(bytes: &[u8], at: usize) -> bool {
    matches!(bytes.get(at), Some(b'\n' | b'\r'))
}

/// The run that is all of the next line, but for what quotes or indents it; or
/// its begin, where quoted-printable says that it goes on there.
fn next_line(bytes: &[u8], end: usize, is_quoted: bool) -> Option<Range<usize>> {
    let mut at = end;
    at += usize::from(bytes.get(at) == Some(&b'\r'));
    if bytes.get(at) != Some(&b'\n') {
        return None;
    }
    at += 1;
    while matches!(bytes.get(at), Some(b' ' | b'\t' | b'>' | b'|')) {
        at += 1;
    }
    let run = next_run(bytes, at).filter(|run| run.start == at)?;
    let is_end = run.end == bytes.len() || line_ends(bytes, run.end);
    (is_end || is_quoted || run.len() >= 4 && bytes[run.end - 1] == b'=').then_some(run)
}
