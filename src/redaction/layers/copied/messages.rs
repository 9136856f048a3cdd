//! Records with a form of their own: HL7, calendars, sent messages, pages
//! that lost their tables, commands of a store.

use std::sync::LazyLock;

use super::super::super::pattern::Pattern;
use super::super::super::rules::{Cue, cue};
use super::super::super::text::Text;
use super::{Finds, Line, hide, lines, place_of, some_lines};

pub(super) fn find(text: &Text<'_>, found: &mut Finds<'_>) {
    health_records(text, found);
    calendar(text, found);
    store_commands(text, found);
    sent(text, found);
    labelled(text, found);
}

/// How far from its words a record goes on, in lines.
const NEAR: usize = 200;

/// The lines around some words.
fn near<'t>(text: &Text<'t>, cues: &[Cue]) -> impl Iterator<Item = Line<'t>> {
    text.lines_near(cues, NEAR).into_iter().flat_map(|it| some_lines(text, it))
}

/// HL7 2: fields of the segments that hold persons and results.
fn health_records(text: &Text<'_>, found: &mut Finds<'_>) {
    for line in near(text, &const { [cue("MSH|"), cue("PID|")] }) {
        let Some((segment, _)) = line.text.split_once('|') else { continue };
        let wanted: fn(usize) -> bool = match segment.trim() {
            "PID" | "NK1" | "GT1" | "IN1" | "PV1" => |place| place >= 2,
            "OBX" => |place| place == 5 || place == 7,
            "NTE" => |place| place == 3,
            _ => continue,
        };
        let mut from = line.start;
        for (place, field) in line.text.split('|').enumerate() {
            if wanted(place) && field.len() > 1 {
                hide(text, "copied-record", "VALUE", from..from + field.len(), found);
            }
            from += field.len() + 1;
        }
    }
}

/// Names, places and subjects of a calendar's entry.
fn calendar(text: &Text<'_>, found: &mut Finds<'_>) {
    static FIELD: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(
            r"^(?:(?:SUMMARY|LOCATION|DESCRIPTION|COMMENT|CONTACT|FN|N|ORG|ADR|TEL|EMAIL|BDAY|NOTE|TITLE|NICKNAME|ANNIVERSARY|IMPP|UID|LABEL)(?:;[^:]*)?:(.+)|(?:ORGANIZER|ATTENDEE)[^:\n]*?;CN=([^:;\n]+))",
        )
    });
    for line in near(text, &[const { cue("BEGIN:V") }]) {
        let hit = FIELD.captures(line.text);
        let value = hit.and_then(|it| it.get(1).or_else(|| it.get(2)));
        if let Some(value) = value {
            hide(
                text,
                "copied-record",
                "VALUE",
                line.start + value.start()..line.start + value.end(),
                found,
            );
        }
    }
}

/// `"SETEX" "key" "3600" "{…}"`: the last argument.
fn store_commands(text: &Text<'_>, found: &mut Finds<'_>) {
    static COMMAND: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(
            r#""(?i:SET|SETEX|PSETEX|SETNX|GETSET|HSET|HMSET|LPUSH|RPUSH|PUBLISH|XADD)"(?: "(?:[^"\\\n]|\\.)*")* "((?:[^"\\\n]|\\.)*)""#,
        )
    });
    const CUES: [Cue; 4] = [cue("\"SET"), cue("\"HSET"), cue("\"LPUSH"), cue("\"PUBLISH")];
    for line in near(text, &CUES) {
        for value in COMMAND.captures_iter(line.text).filter_map(|it| it.get(1)) {
            let start = line.start + value.start();
            hide(text, "copied-record", "VALUE", start..start + value.len(), found);
        }
    }
}

/// The words of a message that a log repeats.
fn sent(text: &Text<'_>, found: &mut Finds<'_>) {
    static MESSAGE: LazyLock<Pattern> = LazyLock::new(|| {
        Pattern::fixed(r#"(?i)\bsms\b[^\n]{0,200}?\b(?:text|body|message|content)="([^"\n]+)""#)
    });
    for line in near(text, &const { [cue("sms"), cue("SMS")] }) {
        for value in MESSAGE.captures_iter(line.text).filter_map(|it| it.get(1)) {
            let start = line.start + value.start();
            hide(text, "copied-message", "VALUE", start..start + value.len(), found);
        }
    }
}

/// Labels that stand alone on a line, and their value on the next.
const LABELS: &[&str] = &[
    "ansprechpartner",
    "durchwahl",
    "e-mail",
    "email",
    "telefon",
    "phone",
    "mobil",
    "mobile",
    "fax",
    "anschrift",
    "adresse",
    "address",
    "kontakt",
    "contact",
    "contact person",
    "kunde",
    "customer",
    "kundennummer",
    "customer number",
    "name",
    "full name",
    "geburtsdatum",
    "date of birth",
    "iban",
    "téléphone",
    "adresse e-mail",
    "nom",
    "teléfono",
    "correo",
    "nombre",
];

/// A page whose table came as one cell a line: at least two labels.
fn labelled(text: &Text<'_>, found: &mut Finds<'_>) {
    let is_short = |it: &&super::super::super::text::Line| (3..20).contains(&(it.end - it.start));
    if !text.lines.iter().filter(is_short).any(|it| names_label(text.line(it))) {
        return;
    }
    let all: Vec<Line<'_>> = lines(text).filter(|line| line.text.len() < 80).collect();
    let is_label = |line: &Line<'_>| line.text.len() < 20 && names_label(line.text);
    // `customer:` above `name: …`: an outline, whose keys stay.
    let is_pair = |line: &Line<'_>| line.text.contains(": ");
    let labels: Vec<usize> = (0..all.len()).filter(|at| is_label(&all[*at])).collect();
    if labels.len() < 2 {
        return;
    }
    for at in labels {
        if let Some(value) = all
            .get(at + 1)
            .filter(|it| !is_label(it) && !is_pair(it))
            .filter(|it| it.start == all[at].start + all[at].text.len() + 1)
        {
            hide(text, "copied-cell", "CELL", value.start..value.start + value.text.len(), found);
        }
    }
}

/// True for a label and a colon, in whatever case.
fn names_label(line: &str) -> bool {
    static WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let mut words = LABELS.to_vec();
        words.sort_unstable();
        words
    });
    let label = line.trim().trim_end_matches(':');
    place_of(&WORDS, label, |it| it).is_some()
}
