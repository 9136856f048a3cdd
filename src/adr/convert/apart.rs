//! A decision taken apart.

use super::front::{self, Front};
use super::intro::{self, Stated};
use super::links::{self, Relation};
use crate::adr::edit::{AdrEditError, AdrText};
use crate::adr::facts::bare_heading;
use crate::adr::name::split_title;
use crate::adr::{AdrStatus, Format};
use crate::document::{Document, Section};

/// What a decision states, and its prose.
pub(super) struct Parts {
    /// A byte order mark begins the file.
    pub(super) marked: bool,
    pub(super) newline: &'static str,
    /// With its markup, without its number.
    pub(super) title: String,
    /// The anchor of its heading; empty where it has none.
    pub(super) title_anchor: String,
    pub(super) stated: Stated,
    /// How it relates to others, in the order in which it says so.
    pub(super) relations: Vec<Relation>,
    /// Lines of front matter that no format has a place for.
    pub(super) front: String,
    /// Text above the title.
    pub(super) lead: String,
    /// Text below it that states nothing.
    pub(super) intro: String,
    /// What a section "Status" says beyond status and relations.
    pub(super) notes: String,
    pub(super) sections: Vec<Part>,
}

/// A heading and the text down to the next one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) level: u8,
    /// The heading in lower case, without numbering and emoji.
    pub(super) name: String,
    pub(super) anchor: String,
    /// The heading's lines, the last one with its end.
    pub(super) heading: String,
    /// What stands below.
    pub(super) body: String,
}

impl Part {
    /// True for `## Heading`; false for an underlined one.
    pub(super) fn is_atx(&self) -> bool {
        self.heading.trim_start().starts_with('#')
    }
}

impl Parts {
    pub(super) fn read(adr: &AdrText) -> Result<Self, AdrEditError> {
        let (document, text) = (adr.document(), adr.text());
        let Front { stated, relations, rest, title } = front::read(adr)?;
        let mut parts = Self {
            marked: text.starts_with('\u{feff}'),
            newline: adr.newline(),
            title: title.unwrap_or_else(|| adr.record().title.clone()),
            title_anchor: String::new(),
            stated,
            relations,
            front: rest,
            lead: String::new(),
            intro: String::new(),
            notes: String::new(),
            sections: Vec::new(),
        };
        let title = document.sections.iter().position(|section| section.level == 1);
        // A title is the first heading, or it is a chapter like any other.
        let title = title.filter(|&at| at <= 1);
        for (at, section) in document.sections.iter().enumerate() {
            let part = part(document, section, text);
            match title {
                Some(title) if at < title => parts.lead.clone_from(&part.body),
                Some(title) if at == title => {
                    let heading = heading_text(&part);
                    split_title(&heading).1.clone_into(&mut parts.title);
                    parts.title_anchor.clone_from(&part.anchor);
                    parts.read_intro(&part.body);
                }
                None if at == 0 => parts.read_intro(part.body.trim_start_matches('\u{feff}')),
                _ => parts.sections.push(part),
            }
        }
        parts.read_status(adr.record().format);
        parts.read_links();
        Ok(parts)
    }

    /// Anchors of the title and of every section, in order.
    pub(super) fn kept_anchors(&self) -> Vec<String> {
        let sections = self.sections.iter().map(|part| part.anchor.clone());
        std::iter::once(self.title_anchor.clone()).chain(sections).collect()
    }

    /// A status that stands although another decision took over: what was
    /// given up, or turned down, is not said to have held until then.
    pub(super) fn outlives(&self) -> bool {
        let status = self.stated.status.as_deref().and_then(AdrStatus::read);
        let gives_way = [AdrStatus::Accepted, AdrStatus::Proposed, AdrStatus::Superseded];
        status.is_some_and(|status| !gives_way.contains(&status))
    }

    fn read_intro(&mut self, text: &str) {
        let (stated, rest) = intro::read(text);
        self.stated.fill_from(stated);
        rest.clone_into(&mut self.intro);
    }

    /// Takes the section "Status" apart, where no other place states the status.
    fn read_status(&mut self, format: Format) {
        let stated_elsewhere = self.stated.status.is_some();
        let at = self.sections.iter().position(|part| part.name == "status");
        if let Some(at) = at.filter(|_| !stated_elsewhere) {
            let body = self.take_out(at).body;
            let found = links::of_status(&body);
            self.stated.status = found.status;
            self.relations.extend(found.relations);
            self.notes = found.rest;
        }
        let status = self.stated.status.take();
        if let Some(relation) = status.as_deref().and_then(links::in_status) {
            self.relations.insert(0, relation);
        } else {
            self.stated.status = status.or_else(|| {
                let silent = format == Format::Log4brains && self.relations.is_empty();
                silent.then(|| AdrStatus::Accepted.label().to_owned())
            });
        }
    }

    /// Takes lines that relate out of "Links" and "More Information".
    fn read_links(&mut self) {
        for part in &mut self.sections {
            let any_words = match part.name.as_str() {
                "links" => true,
                "more information" => false,
                _ => continue,
            };
            let (relations, rest) = links::take(&part.body, any_words);
            if relations.is_empty() {
                continue;
            }
            self.relations.extend(relations);
            part.body = rest;
        }
        let is_empty = |part: &Part| part.name == "links" && part.body.trim().is_empty();
        while let Some(at) = self.sections.iter().position(is_empty) {
            self.take_out(at);
        }
    }

    /// Removes a section; where it was the last one, so goes the gap above it.
    fn take_out(&mut self, at: usize) -> Part {
        let gone = self.sections.remove(at);
        if at == self.sections.len()
            && let Some(last) = self.sections.last_mut()
            && last.body.trim_end().len() < last.body.len()
        {
            last.body = format!("{}{}", last.body.trim_end(), self.newline);
        }
        gone
    }
}

fn part(document: &Document, section: &Section, text: &str) -> Part {
    // Before the first heading there may be nothing but metadata.
    let end = section.span.end;
    let start = section.span.start.max(document.front.body_start).min(end);
    let whole = &text[start as usize..end as usize];
    let end = heading_end(section, whole);
    Part {
        level: section.level,
        name: bare_heading(section),
        anchor: section.anchor.clone(),
        heading: whole[..end].to_owned(),
        body: whole[end..].to_owned(),
    }
}

/// Where a heading's lines end: one, or those down to the underline.
fn heading_end(section: &Section, whole: &str) -> usize {
    if section.level == 0 {
        return 0;
    }
    let mut end = 0;
    for line in whole.split_inclusive('\n') {
        let is_first = end == 0;
        end += line.len();
        let bare = line.trim();
        let is_underline = !bare.is_empty() && bare.chars().all(|c| c == '=' || c == '-');
        if (is_first && bare.starts_with('#')) || (!is_first && is_underline) {
            return end;
        }
    }
    whole.find('\n').map_or(whole.len(), |at| at + 1)
}

/// A title's text with its markup.
fn heading_text(part: &Part) -> String {
    if !part.is_atx() {
        let lines: Vec<&str> = part.heading.lines().map(str::trim).collect();
        return lines[..lines.len().saturating_sub(1)].join(" ");
    }
    let text = part.heading.trim().trim_start_matches('#').trim();
    let open = text.trim_end_matches('#');
    // A closing run of signs stands behind a blank.
    let is_closed = open.len() < text.len() && (open.is_empty() || open.ends_with([' ', '\t']));
    if is_closed { open.trim_end().to_owned() } else { text.to_owned() }
}
