//! A decision put together again in one format.

use super::front::{list, scalar};
use super::intro::{Stated, trimmed};
use super::{Parts, Target};
use crate::adr::draft::heading;
use crate::adr::edit::Peer;
use crate::adr::relation::capitalised;
use crate::adr::{AdrStatus, Format};

/// The whole text, save for relations that are no status.
pub(super) fn write(parts: &Parts, target: &Target<'_>) -> String {
    let body = body(parts, target);
    let text = match target.format {
        Format::Madr => madr(parts, target),
        Format::Log4brains => log4brains(parts, target),
        Format::Backlog => backlog(parts, target),
        Format::Nygard | Format::Other => nygard(parts, target),
    };
    let mark = if parts.marked { "\u{feff}" } else { "" };
    // Only what is written here gets the file's own line ends; prose has them.
    let text = text.replace("\r\n", "\n").replace('\n', parts.newline);
    if body.is_empty() {
        format!("{mark}{}{}", text.trim_end(), parts.newline)
    } else {
        format!("{mark}{text}{body}")
    }
}

fn nygard(parts: &Parts, target: &Target<'_>) -> String {
    let mut text = String::new();
    if !parts.front.is_empty() {
        text.push_str(&format!("---\n{}---\n\n", parts.front));
    }
    text.push_str(&head(parts, target));
    let Stated { date, deciders, consulted, informed, tags, .. } = &parts.stated;
    if let Some(date) = date {
        text.push_str(&format!("Date: {}\n\n", day(date)));
    }
    for (key, names) in
        [("Deciders", deciders), ("Consulted", consulted), ("Informed", informed), ("Tags", tags)]
    {
        if !names.is_empty() {
            text.push_str(&format!("{key}: {}\n\n", names.join(", ")));
        }
    }
    text.push_str(&paragraph(&parts.intro));
    let mut said = superseded(parts, target, Peer::link_in_nygard);
    said.extend(parts.stated.status.as_deref().map(word));
    let said: Vec<String> = said.iter().map(|line| capitalised(line)).collect();
    if !said.is_empty() {
        text.push_str(&format!(
            "## Status\n\n{}\n\n{}",
            said.join("\n\n"),
            paragraph(&parts.notes)
        ));
    }
    text
}

fn madr(parts: &Parts, target: &Target<'_>) -> String {
    let mut front = status_line(parts, target).map(|it| format!("status: {}\n", scalar(&it)));
    let front = front.get_or_insert_default();
    if let Some(date) = &parts.stated.date {
        front.push_str(&format!("date: {}\n", iso(date)));
    }
    let Stated { deciders, consulted, informed, tags, .. } = &parts.stated;
    for (key, names) in [
        ("decision-makers", deciders),
        ("consulted", consulted),
        ("informed", informed),
        ("tags", tags),
    ] {
        if !names.is_empty() {
            front.push_str(&format!("{key}: {}\n", list(names)));
        }
    }
    front.push_str(&parts.front);
    let fences = if front.is_empty() { String::new() } else { format!("---\n{front}---\n\n") };
    format!("{fences}{}{}", head(parts, target), paragraph(&parts.intro))
}

fn log4brains(parts: &Parts, target: &Target<'_>) -> String {
    let mut text = String::new();
    if !parts.front.is_empty() {
        text.push_str(&format!("---\n{}---\n\n", parts.front));
    }
    text.push_str(&head(parts, target));
    let said = superseded(parts, target, Peer::link_in_log4brains).join(", ");
    let stated = parts.stated.status.as_deref().map(word).filter(|_| said.is_empty());
    // Silence would be read as accepted.
    let status = stated.unwrap_or_else(|| {
        if said.is_empty() { AdrStatus::Draft.label().to_owned() } else { said }
    });
    text.push_str(&format!("- Status: {status}\n"));
    let Stated { date, deciders, consulted, informed, tags, .. } = &parts.stated;
    if !deciders.is_empty() {
        text.push_str(&format!("- Deciders: {}\n", deciders.join(", ")));
    }
    if let Some(date) = date {
        text.push_str(&format!("- Date: {}\n", day(date)));
    }
    for (key, names) in [("Tags", tags), ("Consulted", consulted), ("Informed", informed)] {
        if !names.is_empty() {
            text.push_str(&format!("- {key}: {}\n", names.join(", ")));
        }
    }
    format!("{text}\n{}", paragraph(&parts.intro))
}

fn backlog(parts: &Parts, target: &Target<'_>) -> String {
    let mut front = String::new();
    if let Some(number) = target.number {
        front.push_str(&format!("id: decision-{number}\n"));
    }
    front.push_str(&format!("title: {}\n", scalar(&parts.title)));
    if let Some(date) = &parts.stated.date {
        front.push_str(&format!("date: '{}'\n", day(date).replace('\'', "''")));
    }
    if let Some(status) = status_line(parts, target) {
        front.push_str(&format!("status: {}\n", scalar(&status)));
    }
    for (key, names) in [("decision-makers", &parts.stated.deciders), ("tags", &parts.stated.tags)]
    {
        if !names.is_empty() {
            front.push_str(&format!("{key}: {}\n", list(names)));
        }
    }
    format!("---\n{front}{}---\n{}{}", parts.front, paragraph(&parts.lead), paragraph(&parts.intro))
}

/// What stands above the title, and the title.
fn head(parts: &Parts, target: &Target<'_>) -> String {
    // Only a file's name has the number in MADR; log4brains' has a day.
    let in_title = !matches!(target.format, Format::Madr);
    let number = target.number.filter(|_| in_title).map(|number| format!("{number}. "));
    let title = heading(&parts.title);
    format!("{}# {}{title}\n\n", paragraph(&parts.lead), number.unwrap_or_default())
}

/// The sections, and what the old status said besides.
fn body(parts: &Parts, target: &Target<'_>) -> String {
    let newline = parts.newline;
    let mut text = String::new();
    for part in &parts.sections {
        // A section that was last may have no blank line behind it.
        if !text.is_empty()
            && !text.ends_with("\n\n")
            && !text.ends_with("\r\n\r\n")
            && part.level == 2
        {
            if !text.ends_with('\n') {
                text.push_str(newline);
            }
            text.push_str(newline);
        }
        text.push_str(&part.heading);
        text.push_str(&part.body);
    }
    if parts.notes.is_empty() || target.format == Format::Nygard {
        return text;
    }
    let gap = if text.trim().is_empty() { "" } else { newline };
    format!(
        "{}{newline}{gap}## More Information{newline}{newline}{}{newline}",
        text.trim_end(),
        parts.notes
    )
}

fn paragraph(text: &str) -> String {
    match trimmed(text.trim_start_matches('\u{feff}')) {
        "" => String::new(),
        text => format!("{text}\n\n"),
    }
}

/// `superseded by …` of each decision that replaces this one.
fn superseded(parts: &Parts, target: &Target<'_>, named: fn(&Peer) -> String) -> Vec<String> {
    let passive = target.spelling.passive();
    let relations = parts.relations.iter().filter(|it| it.is_passive() && !parts.outlives());
    let lines = relations.flat_map(|relation| match relation.peers(target) {
        Some(peers) => peers.iter().map(|peer| format!("{passive} {}", named(peer))).collect(),
        None => vec![format!("{passive} {}", relation.raw())],
    });
    let mut lines: Vec<String> = lines.collect();
    lines.dedup();
    lines
}

/// The status on one line, as front matter has it.
fn status_line(parts: &Parts, target: &Target<'_>) -> Option<String> {
    let said = superseded(parts, target, Peer::name_in_front);
    if said.is_empty() {
        return parts.stated.status.as_deref().map(word);
    }
    Some(said.join(", "))
}

/// A known status in lower case; anything else as it is written.
fn word(status: &str) -> String {
    let plain = status.trim();
    match AdrStatus::read(plain) {
        Some(known) if known.is_known() && plain.eq_ignore_ascii_case(known.label()) => {
            known.label().to_owned()
        }
        _ => plain.to_owned(),
    }
}

/// A day in the form that all formats read; anything else as it is written.
fn day(date: &str) -> String {
    crate::document::read_date(date).map_or_else(|| date.trim().to_owned(), |day| day.to_string())
}

/// The same, as a value of YAML.
fn iso(date: &str) -> String {
    match crate::document::read_date(date) {
        Some(day) => day.to_string(),
        None => scalar(date.trim()),
    }
}
