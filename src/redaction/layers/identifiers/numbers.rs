//! Runs of digits with separators: cards, phones, accounts, national ids.

use super::super::super::signs::is;
use super::super::super::span::Match;
use super::super::super::table::table;
use super::super::super::text::{Text, sign};
use super::contact::is_phone;
use super::national::{iban, lettered, national};
use super::run::{Run, luhn};

/// An id that has letters too has so many digits at least: `ABCPE1234F`.
const FEWEST_OF_ID: u32 = 4;

/// How much of a line tells what a number is.
const CONTEXT: usize = 72;

pub(super) fn numbers(text: &Text<'_>, found: &mut Vec<Match>) {
    for line in text.lines.iter().filter(|line| line.digits >= FEWEST_OF_ID) {
        on_line(text, line.start, line.end, found);
    }
}

fn on_line(text: &Text<'_>, start: usize, end: usize, found: &mut Vec<Match>) {
    let bytes = &text.bytes[..end];
    let mut at = start;
    while let Some(next) = next(bytes, at) {
        at = next;
        let byte = bytes[at];
        let digits = bytes[at..].iter().take_while(|it| it.is_ascii_digit()).count();
        if is_part(text.byte_before(at)) {
            // Inside of a word nothing begins, but for an account in small letters.
            let id = begin_of_account(bytes, start, at).and_then(|it| id_at(text, it, found));
            at = id.unwrap_or_else(|| at + word(&bytes[at..]).max(1));
        } else if (1..FEWEST).contains(&digits)
            && !bytes.get(at + digits).is_some_and(|it| goes_on(*it))
        {
            at += digits;
        } else if byte.is_ascii_digit()
            || !is_part(byte) && matches!(bytes.get(at + 1), Some(b'0'..=b'9' | b' '))
        {
            let (end, digits) =
                if is_date(&bytes[at..]) { (at + DATE, 8) } else { end_of(bytes, at) };
            if (FEWEST..=MOST).contains(&digits) {
                judge(text, at, end, found);
            }
            at = end.max(at + 1);
            // The rest of a word with digits in it.
            at += bytes[at..].iter().take_while(|it| it.is_ascii_digit()).count();
        } else {
            let word = word(&bytes[at..]).max(1);
            at = id_at(text, at, found).unwrap_or(at + word);
        }
    }
}

/// The next byte that may begin a number or an id: a digit stands no further
/// behind it than in the first bytes of an id.
fn next(bytes: &[u8], from: usize) -> Option<usize> {
    let digit = from + digit(&bytes[from..])?;
    let near = from.max(digit.saturating_sub(FIRST));
    let begin = bytes[near..digit].iter().position(|byte| may_begin(*byte));
    Some(begin.map_or(digit, |at| near + at))
}

/// An id has a digit among so many bytes.
const FIRST: usize = 8;

/// The first digit; eight bytes are asked at once.
fn digit(bytes: &[u8]) -> Option<usize> {
    let (eights, rest) = bytes.as_chunks();
    for (at, eight) in eights.iter().enumerate() {
        // Digits are less than ten by now, and have no high bit.
        let bytes = u64::from_le_bytes(*eight) ^ 0x3030_3030_3030_3030;
        let others = bytes | ((bytes & 0x7f7f_7f7f_7f7f_7f7f) + 0x7676_7676_7676_7676);
        let digits = !others & 0x8080_8080_8080_8080;
        if digits != 0 {
            return Some(8 * at + (digits.trailing_zeros() / 8) as usize);
        }
    }
    let at = rest.iter().position(u8::is_ascii_digit)?;
    Some(bytes.len() - rest.len() + at)
}

/// An id that begins with letters; where it ends.
fn id_at(text: &Text<'_>, at: usize, found: &mut Vec<Match>) -> Option<usize> {
    iban(text, at, found).or_else(|| lettered(text, at, found))
}

/// Two letters before a digit that begin a word.
fn begin_of_account(bytes: &[u8], start: usize, digit: usize) -> Option<usize> {
    let begin = digit.checked_sub(2).filter(|it| *it >= start)?;
    let is_word = begin == 0 || !is_part(bytes[begin - 1]);
    (is_word && bytes[begin..digit].iter().all(u8::is_ascii_lowercase)).then_some(begin)
}

/// A digit, a capital, or a sign that stands before a number.
const BEGINS: [u8; 256] =
    table!(u8, byte => matches!(byte, b'0'..=b'9' | b'A'..=b'Z' | b'+' | b'(') as u8);

fn may_begin(byte: u8) -> bool {
    BEGINS[usize::from(byte)] != 0
}

/// The length of letters and digits.
fn word(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|it| is_part(**it)).count()
}

/// The length of `2026-11-20`.
const DATE: usize = 10;

/// A date before another number: `2026-11-20 +49 30 …`.
fn is_date(bytes: &[u8]) -> bool {
    let begins = bytes.len() > DATE + 1
        && bytes[..DATE].iter().zip(b"0000-00-00").all(|(byte, shape)| match shape {
            b'-' => byte == shape,
            _ => byte.is_ascii_digit(),
        });
    begins && bytes[DATE] == b' ' && matches!(bytes[DATE + 1], b'0'..=b'9' | b'+' | b'(')
}

fn is_part(byte: u8) -> bool {
    is(byte, sign::LETTER | sign::DIGIT) || byte == b'_'
}

/// What nobody is called by has fewer digits, or more.
const FEWEST: usize = 6;
const MOST: usize = 40;

/// True for what may stand between the digits of a number.
fn goes_on(byte: u8) -> bool {
    matches!(byte, b' ' | b'-' | b'.' | b'/' | b'(' | b')' | b'+')
}

/// The end of digits, single separators, and brackets around a prefix; and how
/// many digits they are.
fn end_of(bytes: &[u8], start: usize) -> (usize, usize) {
    let (mut at, mut end, mut digits) = (start, start, 0);
    let mut gap = 0;
    while at < bytes.len() && at - start < 48 {
        match bytes[at] {
            byte if byte.is_ascii_digit() => {
                gap = 0;
                digits += 1;
                end = at + 1;
            }
            b' ' | b'-' | b'.' | b'/' | b'(' | b')' | b'+' if gap < 2 => gap += 1,
            b' ' if gap == 2 && bytes[at - 1] == b'/' => gap += 1,
            // An extension: `555-0100x22`.
            b'x' if (gap == 0 || gap == 1 && bytes[at - 1] == b' ')
                && end - start >= 7
                && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) =>
            {
                gap += 1;
            }
            _ => break,
        }
        at += 1;
    }
    (end, digits)
}

/// What stands before a number: on its line, or alone on the line above.
fn context<'t>(text: &Text<'t>, start: usize) -> &'t str {
    let line = text.line_before(start, CONTEXT);
    if line.bytes().any(|byte| byte.is_ascii_alphanumeric() || byte >= 128) {
        return line;
    }
    let above = text.before(start - line.len(), CONTEXT).trim_end();
    let from = start - line.len() - text.before(start - line.len(), CONTEXT).len();
    let begin = above.rfind('\n').map_or(0, |at| at + 1);
    text.raw.get(from + begin..start).unwrap_or(line)
}

fn judge(text: &Text<'_>, start: usize, end: usize, found: &mut Vec<Match>) {
    let raw = &text.raw[start..end];
    if is_dated(raw) || is_hopeless(text, raw, start, end) {
        return;
    }
    let run = Run::new(text, start, end, context(text, start));
    if is_part(text.byte(end)) && !national(&run, found) {
        return;
    }
    if card(&run, found) || national(&run, found) {
        return;
    }
    if is_phone(text, &run) {
        let open = usize::from(raw.starts_with('(') && !raw.contains(')'));
        found.push(Match::new("phone", "PHONE", start + open..end, 70));
    }
}

/// A time, an address, columns of a table, the tail of a name: no number that
/// anybody is called by.
fn is_hopeless(text: &Text<'_>, raw: &str, start: usize, end: usize) -> bool {
    let before = text.byte_before(start);
    let is_plain = raw.bytes().all(|byte| byte.is_ascii_digit());
    let dots = raw.bytes().filter(|byte| *byte == b'.').count();
    let is_time = text.byte(end) == b':' && text.byte(end + 1).is_ascii_digit();
    let is_tail =
        is_plain && matches!(before, b'-' | b'.' | b'_' | b'#' | b'/') && !raw.starts_with("00");
    raw.contains("  ") && !raw.starts_with(['+', '('])
        || dots == 1 && !raw.contains(['-', ' ', '/'])
        || is_time
        || is_tail && text.byte(end) != b'='
}

fn card(run: &Run<'_>, found: &mut Vec<Match>) -> bool {
    let count = run.digits.len();
    if !(12..=19).contains(&count)
        || run.raw.contains(['/', '(', '+', 'x'])
        || run.raw.contains('.')
    {
        return false;
    }
    let is_told = run.telling().card;
    let groups: Vec<usize> = run.raw.split([' ', '-']).map(str::len).collect();
    let is_grouped = groups.len() > 1
        && (groups.iter().all(|it| *it == 4)
            || groups == [4, 6, 5]
            || groups == [4, 6, 4]
            || groups[..groups.len() - 1].iter().all(|it| *it == 4) && groups.len() >= 4);
    let is_whole = groups.len() == 1;
    let issuer = matches!(run.digits.as_bytes()[0], b'3'..=b'6')
        || run.digits.starts_with('2')
            && (2221..=2720).contains(&run.digits[..4].parse::<u32>().unwrap_or(0));
    let checks = luhn(&run.digits);
    // Track 2 of a card: its number, `=`, expiry and more.
    let track = run
        .after
        .strip_prefix(['=', 'D'])
        .map_or(0, |it| it.bytes().take_while(u8::is_ascii_digit).count());
    if is_whole && track >= 7 {
        found.push(Match::new("card-track", "CARD", run.start..run.end + 1 + track, 90));
        return true;
    }
    let is_card = is_told && (is_whole || is_grouped)
        || is_grouped && issuer && count >= 14
        || is_whole && issuer && checks && (13..=19).contains(&count) && !is_counter(run);
    if is_card {
        let confidence = 60 + 20 * u8::from(checks) + 15 * u8::from(is_told);
        found.push(Match::new("card-number", "CARD", run.start..run.end, confidence));
    }
    is_card
}

/// Times in parts of a second, ids and counters that pass Luhn by chance.
fn is_counter(run: &Run<'_>) -> bool {
    let words = [
        "id",
        "blk_",
        "block",
        "ts",
        "time",
        "offset",
        "size",
        "seq",
        "trace",
        "span",
        "timestamp",
        "bytes",
        "count",
        "nanos",
        "version",
        "number",
        "epoch",
        "lsn",
    ];
    let last = run.before.trim_end_matches([' ', ':', '=', '"', '\'', '[', '(', '-', '#']);
    let ends = |word: &&str| {
        last.len()
            .checked_sub(word.len())
            .and_then(|at| last.get(at..))
            .is_some_and(|it| it.eq_ignore_ascii_case(word))
    };
    words.iter().any(ends) || run.before.ends_with(['-', '/', '_', '.', '#'])
}

/// `2026-11-20 08`, `20.11.2026 8`: a date and what follows it.
fn is_dated(raw: &str) -> bool {
    let digits = |part: &str| {
        part.len() == 10
            && part.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.' | b'/'))
    };
    let Some(head) = raw.get(..10) else { return false };
    let bytes = head.as_bytes();
    let separators = |first: usize, second: usize| {
        bytes[first] == bytes[second] && matches!(bytes[first], b'-' | b'.' | b'/')
    };
    let year_first = separators(4, 7) && (head.starts_with("19") || head.starts_with("20"));
    let year_last = separators(2, 5) && matches!(&head[6..8], "19" | "20");
    digits(head)
        && (year_first || year_last)
        && raw.as_bytes().get(10).is_none_or(|byte| !byte.is_ascii_digit())
}
