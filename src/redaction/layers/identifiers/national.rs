//! Accounts and national ids: by shape and checksum, or by the words before.

use std::sync::LazyLock;

use super::super::super::pattern::Pattern;
use super::super::super::span::Match;
use super::super::super::text::Text;
use super::run::{Run, luhn};
use super::telling::has_any;

/// An IBAN at a place; where it ends. A wrong checksum does not rescue: the
/// shape, or the word before, is enough.
pub(super) fn iban(text: &Text<'_>, at: usize, found: &mut Vec<Match>) -> Option<usize> {
    let bytes = text.bytes;
    let is_begin = bytes[at].is_ascii_alphabetic()
        && bytes.get(at + 1)?.is_ascii_alphabetic()
        && bytes.get(at + 2..at + 4)?.iter().all(u8::is_ascii_digit);
    if !is_begin {
        return None;
    }
    let rest = text.line_from(at, 48);
    let bytes = rest.as_bytes();
    let is_lower = bytes[0].is_ascii_lowercase();
    let is_sign = |byte: u8| {
        byte.is_ascii_uppercase() || byte.is_ascii_digit() || is_lower && byte.is_ascii_lowercase()
    };
    let (mut compact, mut end, mut at_group) = (String::new(), 0, 0);
    for (place, byte) in bytes.iter().enumerate() {
        if is_sign(*byte) {
            compact.push(char::from(byte.to_ascii_uppercase()));
            end = place + 1;
        } else if *byte == b' '
            && place > 0
            && bytes.get(place + 1).is_some_and(|it| is_sign(*it))
            && place - at_group <= 5
        {
            at_group = place;
            // A group of an account is followed by a group of its kind.
            let next: usize = bytes[place + 1..].iter().take_while(|it| is_sign(**it)).count();
            let lower = bytes.get(place + 1 + next).is_some_and(u8::is_ascii_lowercase);
            if next > 4 || lower || compact.len() % 4 != 0 {
                break;
            }
        } else {
            break;
        }
    }
    let is_cut = rest[end..].chars().next().is_some_and(|c| c.is_alphanumeric() || c == '_');
    let length = compact.len();
    let before = text.line_before(at, 40);
    let is_told = has_any(before, &["iban", "konto", "account", "compte"]);
    let digits = compact.bytes().filter(u8::is_ascii_digit).count();
    let country = COUNTRIES.iter().find(|(code, _)| compact.starts_with(code));
    let checks = mod97(&compact);
    if is_lower && !is_told {
        return None;
    }
    let is_one = (15..=34).contains(&length)
        && !is_cut
        && (checks
            || is_told
            || country.is_some_and(|(_, expected)| *expected == length) && digits >= 12);
    if !is_one {
        return None;
    }
    let confidence = if checks { 95 } else { 70 };
    found.push(Match::new("iban", "IBAN", at..at + end, confidence));
    Some(at + end)
}

/// Lengths by country, from the registry of ISO 13616.
#[rustfmt::skip]
const COUNTRIES: &[(&str, usize)] = &[
    ("AD", 24), ("AE", 23), ("AL", 28), ("AT", 20), ("AZ", 28), ("BA", 20), ("BE", 16), ("BG", 22), ("BH", 22), ("BR", 29), ("CH", 21), ("CR", 22), ("CY", 28), ("CZ", 24), ("DE", 22), ("DK", 18), ("DO", 28), ("EE", 20), ("EG", 29), ("ES", 24),
    ("FI", 18), ("FO", 18), ("FR", 27), ("GB", 22), ("GE", 22), ("GI", 23), ("GL", 18), ("GR", 27), ("GT", 28), ("HR", 21), ("HU", 28), ("IE", 22), ("IL", 23), ("IS", 26), ("IT", 27), ("JO", 30), ("KW", 30), ("KZ", 20), ("LB", 28), ("LI", 21),
    ("LT", 20), ("LU", 20), ("LV", 21), ("MC", 27), ("MD", 24), ("ME", 22), ("MK", 19), ("MR", 27), ("MT", 31), ("MU", 30), ("NL", 18), ("NO", 15), ("PK", 24), ("PL", 28), ("PS", 29), ("PT", 25), ("QA", 29), ("RO", 24), ("RS", 22), ("SA", 24),
    ("SE", 24), ("SI", 19), ("SK", 24), ("SM", 27), ("TN", 24), ("TR", 26), ("UA", 29), ("VG", 24), ("XK", 20),
];

/// The check of ISO 7064, mod 97-10.
fn mod97(compact: &str) -> bool {
    let (head, tail) = compact.split_at(4.min(compact.len()));
    let value = tail.bytes().chain(head.bytes()).try_fold(0_u32, |rest, byte| {
        let digit = char::from(byte).to_digit(36)?;
        Some(if digit < 10 { (rest * 10 + digit) % 97 } else { (rest * 100 + digit) % 97 })
    });
    value == Some(1) && compact.len() >= 15
}

/// Ids with letters in them, by their shape: Italian, British, Spanish.
pub(super) fn lettered(text: &Text<'_>, at: usize, found: &mut Vec<Match>) -> Option<usize> {
    static SHAPES: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(concat!(
            r"^(?:[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]",
            r"|[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]",
            // Indian tax payers, Mexican people and tax payers.
            r"|[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]|[A-Z]{4}\d{6}[HM][A-Z]{5}[A-Z0-9]\d|[A-Z&]{4}\d{6}[A-Z0-9]{3}",
            r"|QQ ?\d{2} ?\d{2} ?\d{2} ?[A-D]|[XYZ]-?\d{7}-?[A-Z])(?:[^A-Za-z0-9_-]|$)",
        ))
    });
    static NUMBERED: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(
            r"^(?:[A-Z]{1,3}[ -]?\d{6,10}[A-Z0-9]{0,2}(?:\([0-9A]\))?|[CFGHJK][0-9CFGHJKLMNPRTVWXYZ]{8}\d?|[A-Z]{5}\d{6}[A-Z0-9]{5,7}|[A-Z]{2,6}\d{2,10}[A-Z0-9]{2,8})(?:[^A-Za-z0-9_(-]|$)",
        )
    });
    let near = &text.bytes[at..text.bytes.len().min(at + 8)];
    if !begins_id(near) || !near[1..].iter().any(u8::is_ascii_digit) {
        return None;
    }
    let rest = text.line_from(at, 24);
    let told = || has_any(text.line_before(at, 40), NUMBERED_WORDS);
    let hit = SHAPES.find(rest).or_else(|| NUMBERED.find(rest).filter(|_| told()))?;
    let is_sign = |c: char| !c.is_ascii_alphanumeric() && (c != ')' || !hit.as_str().contains('('));
    let shown = hit.as_str().trim_end_matches(is_sign);
    found.push(Match::new("national-id", "NATIONAL_ID", at..at + shown.len(), 75));
    Some(at + shown.len())
}

/// Words before an id that has letters and digits.
#[rustfmt::skip]
const NUMBERED_WORDS: &[&str] = &[
    "versicherten", "kvnr", "krankenversicher", "versicherungsnummer", "insurance", "member id", "member no", "policy no", "policy number", "passport", "reisepass", "pass-nr", "ausweis", "führerschein", "licence", "license", "driver", "driving", "passeport", "pasaporte", "passaporto", "paspoort", "rijbewijs", "permis", "nric", "fin", "hkid", "national id", "id card", "identity card", "tax id", "nif", "pps", "ppsn", "patient", "mrn", "medical record", "health card", "护照", "身份证", "旅券", "паспорт", "паспорта", "身分證", "護照", "여권", "pan", "vat", "ust-id", "ustid", "umsatzsteuer", "tva", "partita iva", "identity number", "id number", "id no", "cédula", "voter id", "curp", "rfc", "cni", "ahv", "medicare", "nhs", "hetu", "nino",
];

/// The first signs of one of the shapes: most words in capitals have others.
fn begins_id(near: &[u8]) -> bool {
    let capitals = near.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    let next = near.get(capitals).copied().unwrap_or(0);
    match capitals {
        1 => next.is_ascii_digit() || matches!(next, b' ' | b'-'),
        2 => next.is_ascii_digit() || matches!(next, b' ' | b'-'),
        3 => next.is_ascii_digit() || matches!(next, b' ' | b'-'),
        4..=6 => next.is_ascii_digit(),
        _ => false,
    }
}

/// Ids by the word before them, or by shape and check.
pub(super) fn national(run: &Run<'_>, found: &mut Vec<Match>) -> bool {
    let digits = run.digits.as_str();
    let count = digits.len();
    let letters = run.after.chars().take_while(char::is_ascii_alphanumeric).count();
    let end = run.end + if is_numbered(run) { letters } else { usize::from(letters == 1) };
    let is_shaped = letters == 0
        && (is_american(run)
            || is_nordic(run)
            || is_brazilian(run)
            || is_french(run)
            || is_swiss(run)
            || is_canadian(run)
            || is_dotted(run)
            || is_korean(run)
            || is_chinese(run))
        || letters == 1 && (is_spanish(run) || is_finnish(run));
    if letters > 1 && !is_numbered(run) || run.raw.contains(['+', 'x']) {
        return false;
    }
    let is_told = run.telling().has_id(count) || letters > 1;
    if !is_told && !is_shaped {
        return false;
    }
    let end = if run.after.starts_with('-')
        && is_told
        && run.after[1..].chars().next().is_some_and(|c| c.is_ascii_uppercase())
        && run.after[2..].chars().next().is_none_or(|c| !c.is_alphanumeric())
    {
        run.end + 2
    } else {
        end
    };
    let confidence = if is_told { 85 } else { 70 };
    found.push(Match::new("national-id", "NATIONAL_ID", run.start..end, confidence));
    true
}

/// `65170839J003`, `131052A308T`, `1234567FA`: an id that goes on with letters,
/// behind a word that says what it is.
fn is_numbered(run: &Run<'_>) -> bool {
    static REST: LazyLock<Pattern> =
        LazyLock::new(|| Pattern::fixed(r"^[A-Z]{1,2}(?:\d{1,4}[A-Z]?)?(?:[^A-Za-z0-9_-]|$)"));
    let count = run.digits.len();
    (6..=9).contains(&count)
        && REST.is_match(run.after)
        && run.raw.bytes().all(|it| it.is_ascii_digit())
        && has_any(run.before, LETTERED_WORDS)
}

/// Words before an id of digits and letters.
const LETTERED_WORDS: &[&str] = &[
    "pps",
    "ppsn",
    "hetu",
    "henkilötunnus",
    "sozialversicherung",
    "rentenversicherung",
    "versicherungsnummer",
    "rvnr",
    "svnr",
    "dni",
    "nif",
    "passport",
    "licence",
    "license",
];

/// True for groups of so many digits between separators.
fn is_grouped(run: &Run<'_>, separators: &[char], lengths: &[usize]) -> bool {
    let digits = lengths.iter().sum::<usize>();
    digits == run.digits.len()
        && run.raw.split(separators).map(str::len).eq(lengths.iter().copied())
}

/// `123-45-6789`
fn is_american(run: &Run<'_>) -> bool {
    is_grouped(run, &['-'], &[3, 2, 4]) && !run.before.ends_with(['-', '/', '.'])
}

/// `551106-5442`: a date, and Luhn or a plausible date alone with a dash.
fn is_nordic(run: &Run<'_>) -> bool {
    let is_short = is_grouped(run, &['-'], &[6, 4]);
    if !is_short && !is_grouped(run, &['-'], &[8, 4]) {
        return false;
    }
    let date = &run.digits[if is_short { 2 } else { 4 }..];
    let (month, day) = (&date[..2], &date[2..4]);
    let in_range = |it: &str, most: u32| it.parse::<u32>().is_ok_and(|it| (1..=most).contains(&it));
    let checks = luhn(&run.digits[run.digits.len() - 10..]);
    in_range(month, 12)
        && in_range(day, 31)
        && (checks || is_short)
        && !run.before.ends_with(['-', '/', '.'])
}

/// `123.456.789-09`
fn is_brazilian(run: &Run<'_>) -> bool {
    is_grouped(run, &['.', '-'], &[3, 3, 3, 2]) && run.raw.matches('.').count() == 2
}

/// `2 63 09 69 325 840 24`
fn is_french(run: &Run<'_>) -> bool {
    is_grouped(run, &[' '], &[1, 2, 2, 2, 3, 3, 2]) || is_grouped(run, &[' '], &[1, 2, 2, 2, 3, 3])
}

/// `12.345.678/0001-95`, `85.07.30-033.28`, `112-233-445 95`: firms of Brazil,
/// people of Belgium and Russia.
fn is_dotted(run: &Run<'_>) -> bool {
    let groups = |lengths: &[usize]| is_grouped(run, &['.', '-', '/', ' '], lengths);
    let signs = |it: char| run.raw.matches(it).count();
    groups(&[2, 3, 3, 4, 2]) && signs('.') == 2 && signs('/') == 1
        || groups(&[2, 2, 2, 3, 2]) && signs('.') == 3 && signs('-') == 1
        || groups(&[3, 3, 3, 2]) && signs('-') == 2 && signs(' ') == 1
}

/// `900101-1234567`: a date, and a digit that tells the century.
fn is_korean(run: &Run<'_>) -> bool {
    is_grouped(run, &['-'], &[6, 7])
        && is_birthday(&run.digits[..6])
        && matches!(run.digits.as_bytes()[6], b'1'..=b'8')
}

/// Eighteen digits with a date inside, and the check of ISO 7064.
fn is_chinese(run: &Run<'_>) -> bool {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    if run.raw.len() != 18 || run.digits.len() != 18 || !is_birthday(&run.digits[8..14]) {
        return false;
    }
    let digits = run.digits.bytes().map(|it| u32::from(it - b'0'));
    let sum: u32 = digits.zip(weights).map(|(digit, weight)| digit * weight).sum();
    "10X98765432".as_bytes()[(sum % 11) as usize] == run.digits.as_bytes()[17]
        && matches!(&run.digits[6..8], "19" | "20")
}

/// `131052-308T`
fn is_finnish(run: &Run<'_>) -> bool {
    let date = &run.digits[..6.min(run.digits.len())];
    is_grouped(run, &['-'], &[6, 3])
        && is_birthday(&format!("{}{}{}", &date[4..], &date[2..4], &date[..2]))
        && run.after.starts_with(|c: char| c.is_ascii_uppercase())
}

/// Six digits that are a year, a month and a day.
fn is_birthday(digits: &str) -> bool {
    let in_range = |it: &str, most: u32| it.parse::<u32>().is_ok_and(|it| (1..=most).contains(&it));
    in_range(&digits[2..4], 12) && in_range(&digits[4..6], 31)
}

/// `756.1234.5678.97`
fn is_swiss(run: &Run<'_>) -> bool {
    is_grouped(run, &['.'], &[3, 4, 4, 2]) && run.digits.starts_with("756")
}

/// `046 454 286`, with its check digit.
fn is_canadian(run: &Run<'_>) -> bool {
    is_grouped(run, &[' ', '-'], &[3, 3, 3])
        && luhn(&run.digits)
        && (run.telling().has_id(9) || run.raw.contains('-'))
}

/// `12345678Z`: eight digits and the letter that they make.
fn is_spanish(run: &Run<'_>) -> bool {
    if run.digits.len() != 8 || run.raw.len() != 8 {
        return false;
    }
    let letter = run.after.chars().next().unwrap_or(' ');
    let index = run.digits.parse::<usize>().map_or(0, |it| it % 23);
    "TRWAGMYFPDXBNJZSQVHLCKE".as_bytes()[index] == letter as u8
}
