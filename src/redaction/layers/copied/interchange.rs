//! Messages that banks, traders and insurers exchange: SWIFT MT, EDIFACT,
//! X12. Tags and qualifiers stay, what they carry goes.

use std::sync::LazyLock;

use super::super::super::pattern::{Found, Pattern};
use super::super::super::rules::{Cue, cue};
use super::super::super::text::{self, Text, sign};
use super::{Finds, Line, hide, is_telling, some_lines};

pub(super) fn find(text: &Text<'_>, found: &mut Finds<'_>) {
    payments(text, found);
    segments(text, &const { [cue("UNB+"), cue("UNH+"), cue("NAD+")] }, ('+', '\''), found);
    orders(text, found);
    clearing(text, found);
    pairs(text, found);
    segments(text, &const { [cue("ISA*"), cue("NM1*"), cue("ST*")] }, ('*', '~'), found);
}

/// How far from its words a message goes on, in lines.
const NEAR: usize = 200;

/// The lines around some words.
fn near<'t>(text: &Text<'t>, cues: &[Cue]) -> Vec<Line<'t>> {
    text.lines_near(cues, NEAR).into_iter().flat_map(|it| some_lines(text, it)).collect()
}

/// Fields that go on over lines: parties and remittance.
const LONG_FIELDS: &[&str] =
    &["50", "51", "52", "53", "54", "56", "57", "58", "59", "70", "72", "77", "86"];

/// `:20:…` and its like, two of them at least; their text may go on below.
fn payments(text: &Text<'_>, found: &mut Finds<'_>) {
    static FIELD: LazyLock<Pattern> =
        LazyLock::new(|| Pattern::fixed(r"^[>\s]{0,12}:(\d\d)[A-Z]?:"));
    let all = near(text, &const { [cue(":20:"), cue(":32A:"), cue(":86:")] });
    let tagged = all.iter().filter(|line| FIELD.is_match(line.text)).count();
    if tagged < 2 {
        return;
    }
    let mut goes_on = 0;
    for line in &all {
        let hit = FIELD.captures(line.text);
        let from = hit.as_ref().and_then(|it| it.get(0)).map_or(0, |it| it.end());
        if let Some(hit) = &hit {
            goes_on = if LONG_FIELDS.contains(&&hit[1]) { 6 } else { 0 };
        } else if goes_on == 0 || !is_continued(line.text) {
            goes_on = 0;
            continue;
        } else {
            goes_on -= 1;
        }
        let span = line.start + from..line.start + line.text.len();
        hide(text, "copied-message", "VALUE", span, found);
    }
}

/// A name or a place: capitals, no more of them than a field's line holds.
fn is_continued(line: &str) -> bool {
    let line = line.trim();
    (2..=35).contains(&line.len())
        && !line.starts_with(['-', '{', ':', '`'])
        && !line.contains(": ")
        && !line.bytes().any(|byte| byte.is_ascii_lowercase())
}

/// Orders of traders, tag and value: who they are, for whom, with what
/// password, and what somebody wrote.
fn orders(text: &Text<'_>, found: &mut Finds<'_>) {
    static TAG: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(
            "(?:[|;\u{1} ]|\\^A)(?:1|49|50|57|58|96|109|115|116|128|448|553|554|578|925)=([^|;\u{1}^\n]+)",
        )
    });
    for number in text.lines_with(&[const { cue("8=FIX") }]) {
        let line = Line::of(text, &text.lines[number]);
        for value in TAG.captures_iter(line.text).filter_map(|it| it.get(1)) {
            let start = line.start + value.start();
            hide(text, "copied-message", "VALUE", start..start + value.len(), found);
        }
    }
}

/// Lines of a clearing house, all of one width: NACHA. What they carry stands
/// in columns; blanks part most of it.
fn clearing(text: &Text<'_>, found: &mut Finds<'_>) {
    /// A record behind what quotes it.
    const LONGEST: usize = 200;
    const WIDTHS: std::ops::RangeInclusive<usize> = 70..=106;
    let is_record = |line: &str| {
        ["101 ", "5200", "5220", "5225", "622", "627", "632", "637", "705", "8200", "8220", "8225"]
            .iter()
            .any(|it| line.starts_with(it))
            && WIDTHS.contains(&line.trim_end().len())
            && line.bytes().filter(u8::is_ascii_digit).count() > 20
    };
    let is_candidate = |line: &&text::Line| line.digits > 20 && line.end - line.start < LONGEST;
    let all = text.lines.iter().filter(is_candidate).map(|it| Line::of(text, it));
    let all: Vec<Line<'_>> = all.collect();
    if all.iter().filter(|line| is_record(line.text.trim_start_matches(['>', ' ']))).count() < 2 {
        return;
    }
    for line in all {
        let shown = line.text.trim_start_matches(['>', ' ']);
        if is_record(shown) {
            let mut from = line.start + line.text.len() - shown.len();
            for part in shown.split("  ") {
                hide(text, "copied-message", "VALUE", from..from + part.len(), found);
                from += part.len() + 2;
            }
        }
    }
}

/// Segments of an ERP: `NAME1=Ott & Co STRAS=Am Deich 7 ORT01=Leer`. Values
/// have blanks; the next name ends them.
fn pairs(text: &Text<'_>, found: &mut Finds<'_>) {
    let is_candidate = |line: &&text::Line| line.signs & sign::EQUALS != 0;
    let all = text.lines.iter().filter(is_candidate).map(|it| Line::of(text, it));
    let all: Vec<Line<'_>> = all.filter(|line| holds_name(line.text)).collect();
    for block in all.chunk_by(|one, next| one.start + one.text.len() + 2 >= next.start) {
        let count = |line: &Line<'_>| names(line).len();
        let is_digit = |c: char| c.is_ascii_digit();
        let is_told = |line: &Line<'_>| {
            count(line) >= 3
                && names(line)
                    .iter()
                    .map(Found::as_str)
                    .filter(|it| is_telling(it) || is_telling(it.trim_end_matches(is_digit)))
                    .count()
                    >= 2
        };
        if !block.iter().any(is_told) {
            continue;
        }
        for line in block.iter().filter(|line| count(line) >= 2) {
            let names = names(line);
            for (place, name) in names.iter().enumerate() {
                let end = names.get(place + 1).map_or(line.text.len(), Found::start);
                if end > name.end() + 4 {
                    hide(
                        text,
                        "copied-message",
                        "VALUE",
                        line.start + name.end() + 1..line.start + end,
                        found,
                    );
                }
            }
        }
    }
}

/// True if a capital, a digit or a low line stands before an equals sign.
fn holds_name(line: &str) -> bool {
    let bytes = line.as_bytes();
    memchr::memchr_iter(b'=', bytes).any(|at| {
        at > 2
            && matches!(bytes[at - 1], b'A'..=b'Z' | b'0'..=b'9' | b'_')
            && matches!(bytes[at - 2], b'A'..=b'Z' | b'0'..=b'9' | b'_')
    })
}

/// Names in capitals that an equals sign stands behind.
fn names<'t>(line: &Line<'t>) -> Vec<Found<'t>> {
    static PAIR: LazyLock<Pattern> = LazyLock::new(|| Pattern::fixed(r"\b([A-Z][A-Z0-9_]{2,30})="));
    PAIR.captures_iter(line.text).filter_map(|it| it.get(1)).collect()
}

/// Segments that name parties, and the first element in them that is no
/// qualifier. EDIFACT, then X12.
const SEGMENTS: &[(&str, usize)] = &[
    ("UNB", 2),
    ("BGM", 2),
    ("NAD", 2),
    ("CTA", 2),
    ("COM", 1),
    ("RFF", 1),
    ("FTX", 4),
    ("IMD", 3),
    ("FII", 2),
    ("MOA", 1),
    ("DOC", 2),
    ("CNI", 2),
    ("GID", 2),
    ("PNA", 2),
    ("ADR", 2),
    ("ISA", 2),
    ("GS", 2),
    ("N1", 2),
    ("N2", 1),
    ("N3", 1),
    ("N4", 1),
    ("NM1", 3),
    ("PER", 2),
    ("DMG", 2),
    ("REF", 2),
    ("CLM", 1),
    ("SBR", 3),
    ("BEG", 3),
    ("TRN", 2),
    ("HI", 1),
    ("SVC", 1),
    ("DTP", 3),
];

/// Words of the formats that stand among the elements.
fn is_qualifier(element: &str) -> bool {
    let element = element.trim();
    element.len() <= 2
        && element.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

fn segments(text: &Text<'_>, cues: &[Cue], (part, close): (char, char), found: &mut Finds<'_>) {
    for line in near(text, cues).iter().filter(|line| line.text.contains(part)) {
        let mut from = line.start;
        for segment in line.text.split_inclusive(close) {
            let lead = segment.len() - segment.trim_start_matches([' ', '>', '\t']).len();
            let shown = segment.trim_end_matches(close);
            elements(text, from + lead, &shown[lead.min(shown.len())..], part, found);
            from += segment.len();
        }
    }
}

fn elements(text: &Text<'_>, start: usize, segment: &str, part: char, found: &mut Finds<'_>) {
    let Some((tag, _)) = segment.split_once(part) else { return };
    let Some((_, first)) = SEGMENTS.iter().find(|it| it.0 == tag) else { return };
    let mut from = start;
    for (place, element) in segment.split(part).enumerate() {
        // A party's number has a plus sign of its own behind the one that parts.
        if place >= *first && !is_qualifier(element) {
            hide(text, "copied-message", "VALUE", from..from + element.len(), found);
        }
        from += element.len() + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::super::found::samples::found_by;
    use super::*;

    fn values(raw: &str) -> Vec<&str> {
        found_by(raw, find)
    }

    #[test]
    fn fields_of_a_payment_go_with_the_lines_below_them() {
        let payment = ":20:REF2026\n:32A:261120EUR18,\n:50K:/AT7945\nINGE OTT\n:70:BILL 4412\nT23 error: not numeric";
        assert_eq!(
            values(payment),
            ["REF2026", "261120EUR18,", "/AT7945", "INGE OTT", "BILL 4412"]
        );
        assert!(values(":20: is the tag of a reference").is_empty());
    }

    #[test]
    fn parties_of_a_trade_message_go() {
        let order = "UNH+1+ORDERS:D:96A:UN'\nNAD+BY+4012::9++Inge Ott+Am Deich 7+DE'\nUNT+4+1'";
        assert_eq!(values(order), ["4012::9", "Inge Ott", "Am Deich 7"]);
        let claim = "ST*837*0001~NM1*IL*1*OTT*INGE****MI*W88120~N3*7 DYKE RD~";
        assert_eq!(values(claim), ["OTT", "INGE", "W88120", "7 DYKE RD"]);
    }
}
