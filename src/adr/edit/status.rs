//! The status of a decision, where its file states it.

use std::ops::Range;

use jiff::civil::Date;

use super::lines::{after, core, last_line, line_at, next_line};
use super::peer::{Peer, Spelling};
use super::{AdrEditError, AdrText};
use crate::adr::facts::{Fact, Facts, is_named, value_start};
use crate::adr::format::{bare, date_in};
use crate::adr::reference::is_relation;
use crate::adr::relation::capitalised;
use crate::adr::{AdrStatus, Format};

/// Where a status stands, in the order in which it is read.
enum Stated {
    /// A key of the front matter.
    Front,
    /// A bullet, a bold line, a table's cell: the words, without their dress.
    Words(Range<usize>),
    /// A section, without its heading.
    Section(Range<usize>),
    /// Nowhere.
    Nowhere,
}

impl AdrText {
    /// Makes the step to `to`, if there is one. Where the file has a date of
    /// its last change, it becomes `today`.
    ///
    /// # Errors
    /// If the table of transitions has no such step.
    pub fn change_status(&mut self, to: &AdrStatus, today: Date) -> Result<(), AdrEditError> {
        self.expect_step(to)?;
        self.write_status(to.label(), today)?;
        self.touch_date(today)
    }

    /// Makes it superseded by `by`, in the words of its log.
    ///
    /// # Errors
    /// If the table of transitions has no such step.
    pub fn supersede(
        &mut self,
        by: &Peer,
        spelling: Spelling,
        today: Date,
    ) -> Result<(), AdrEditError> {
        self.expect_step(&AdrStatus::Superseded)?;
        let words = spelling.passive();
        match self.stated() {
            Stated::Section(section) => {
                let line = format!("{} {}", capitalised(words), by.link(Format::Nygard));
                self.supersede_in_section(section, &line)?;
            }
            Stated::Front => self.write_status(&format!("{words} {}", by.mention()), today)?,
            _ if self.record.format == Format::Madr && self.has_front() => {
                self.write_status(&format!("{words} {}", by.mention()), today)?;
            }
            _ => {
                let link = by.link(match self.record.format {
                    Format::Log4brains => Format::Log4brains,
                    _ => Format::Madr,
                });
                self.write_status(&format!("{words} {link}"), today)?;
            }
        }
        // log4brains orders by that date, and keeps the day of the decision.
        if self.record.format == Format::Log4brains { Ok(()) } else { self.touch_date(today) }
    }

    /// Sets the status without asking the table: for the inverse of a step
    /// and for a decision that has just been made.
    pub fn write_status(&mut self, words: &str, today: Date) -> Result<(), AdrEditError> {
        match self.stated() {
            Stated::Front => {
                let now = self.document.front.status.clone().unwrap_or_default();
                self.set_front("status", &dressed(&now, words, today, false))
            }
            Stated::Words(range) => self.write_words(range, words, today),
            Stated::Section(section) => match self.plain_line(&section) {
                Some(line) => self.write_words(core(&self.text, line), words, today),
                None => self.insert_in_section(&section, &capitalised(words)),
            },
            Stated::Nowhere => self.state(words),
        }
    }

    fn expect_step(&self, to: &AdrStatus) -> Result<(), AdrEditError> {
        let step = AdrStatus::transition(self.record.status.as_ref(), to);
        step.map(|_| ())
            .map_err(|error| AdrEditError::Transition { path: self.path.clone(), error })
    }

    fn write_words(
        &mut self,
        range: Range<usize>,
        words: &str,
        today: Date,
    ) -> Result<(), AdrEditError> {
        let capital = !matches!(self.record.format, Format::Madr | Format::Log4brains);
        let now = &self.text[range.clone()];
        let mut with = dressed(now, words, today, capital);
        if now.is_empty() && self.text[..range.start].ends_with([':', '*', '|']) {
            with.insert(0, ' ');
        }
        self.replace(range, &with)
    }

    fn stated(&self) -> Stated {
        if self.document.front.status.is_some() || self.front_line("status").is_some() {
            return Stated::Front;
        }
        let facts = self.facts();
        let fact = facts.stated.iter().filter(|fact| fact.key == "status");
        let fact = fact.clone().find(|fact| !fact.value.is_empty()).or(fact.clone().next());
        if let Some(range) = fact.and_then(|fact| self.words_of(fact)) {
            return Stated::Words(range);
        }
        self.section("status").map_or(Stated::Nowhere, Stated::Section)
    }

    pub(super) fn facts(&self) -> Facts {
        Facts::read(&self.document, self.text.as_bytes())
    }

    /// The first section of this name, without its heading.
    pub(super) fn section(&self, name: &str) -> Option<Range<usize>> {
        let section = self.document.sections.iter().find(|section| is_named(section, name))?;
        let start = (section.span.start.max(self.document.front.body_start)) as usize;
        Some(next_line(&self.text, start)..section.span.end as usize)
    }

    /// The end of the line above a section's first one.
    pub(super) fn heading_end(&self, section: &Range<usize>) -> usize {
        section.start - usize::from(self.text[..section.start].ends_with('\n'))
    }

    /// True if the status stands in a section of its own.
    pub(super) fn has_status_section(&self) -> bool {
        matches!(self.stated(), Stated::Section(_))
    }

    fn words_of(&self, fact: &Fact) -> Option<Range<usize>> {
        let line = line_at(&self.text, fact.at);
        let content = &self.text[line.clone()];
        let range = match fact.cell {
            Some(cell) => cell_range(content, cell)?,
            None => value_start(content)?..content.len(),
        };
        Some(core(&self.text, line.start + range.start..line.start + range.end))
    }

    /// In a section, the line that states a status and no relation; else one
    /// that a template left.
    fn plain_line(&self, section: &Range<usize>) -> Option<Range<usize>> {
        let facts = self.facts();
        let lines = facts.status?;
        let in_it = lines.iter().filter(|line| section.contains(&line.at));
        let plain: Vec<_> = in_it.filter(|line| !is_relation(&line.text)).collect();
        let reads = |text: &str| AdrStatus::read(bare(text));
        let known = plain.iter().find(|it| reads(&it.text).is_some_and(|status| status.is_known()));
        let left = || plain.iter().find(|line| reads(&line.text).is_none());
        known.or_else(left).map(|line| line_at(&self.text, line.at))
    }

    /// The status line gives way to the link, which stands last.
    fn supersede_in_section(
        &mut self,
        section: Range<usize>,
        link: &str,
    ) -> Result<(), AdrEditError> {
        let last = last_line(&self.text, section.clone());
        let Some(line) = self.plain_line(&section) else {
            return self.add_paragraph(section, link);
        };
        if last.as_ref() == Some(&line) {
            let words = core(&self.text, line);
            return self.replace(words, link);
        }
        let mut end = next_line(&self.text, line.end);
        while end < section.end && self.text[line_at(&self.text, end)].trim().is_empty() {
            end = next_line(&self.text, end);
        }
        self.replace(line.start..end, "")?;
        match self.section("status") {
            Some(section) => self.add_paragraph(section, link),
            None => Ok(()),
        }
    }

    /// A paragraph at the end of a section.
    pub(super) fn add_paragraph(
        &mut self,
        section: Range<usize>,
        line: &str,
    ) -> Result<(), AdrEditError> {
        let above = last_line(&self.text, section.clone());
        let end = above.map_or_else(|| self.heading_end(&section), |above| above.end);
        let (at, added) = after(&self.text, end, true, line, self.newline());
        self.replace(at..at, &added)
    }

    /// A paragraph right below a section's heading.
    fn insert_in_section(
        &mut self,
        section: &Range<usize>,
        line: &str,
    ) -> Result<(), AdrEditError> {
        let end = self.heading_end(section);
        let (at, added) = after(&self.text, end, true, line, self.newline());
        self.replace(at..at, &added)
    }

    /// States a status where none is stated, as the format does.
    fn state(&mut self, words: &str) -> Result<(), AdrEditError> {
        let newline = self.newline();
        let bullet = self.facts().stated.iter().find_map(|fact| Some((fact.bullet?, fact.at)));
        let is_list = matches!(self.record.format, Format::Madr | Format::Log4brains);
        match (bullet, self.record.format) {
            _ if self.has_front() && self.record.format != Format::Nygard => {
                self.set_front("status", words)
            }
            (Some((sign, at)), _) if is_list => {
                self.replace(at..at, &format!("{sign} Status: {words}{newline}"))
            }
            (None, Format::Log4brains) => self.below_title(&format!("- Status: {words}")),
            (None, Format::Madr) => {
                let at = if self.text.starts_with('\u{feff}') { 3 } else { 0 };
                let block = format!("---{newline}status: {words}{newline}---{newline}{newline}");
                self.replace(at..at, &block)
            }
            _ => {
                let section = format!("## Status{newline}{newline}{}", capitalised(words));
                self.below_title(&section)
            }
        }
    }

    /// A paragraph before the first heading below the title; before every
    /// heading where there is no title.
    fn below_title(&mut self, paragraph: &str) -> Result<(), AdrEditError> {
        let sections = &self.document.sections;
        let Some(section) = sections.iter().find(|section| section.level == 1) else {
            let newline = self.newline();
            let mark = if self.text.starts_with('\u{feff}') { 3 } else { 0 };
            let at = mark.max(self.document.front.body_start as usize);
            return self.replace(at..at, &format!("{paragraph}{newline}{newline}"));
        };
        let start = section.span.start.max(self.document.front.body_start) as usize;
        self.add_paragraph(start..section.span.end as usize, paragraph)
    }

    /// A date of the last change, as MADR and log4brains keep one.
    fn touch_date(&mut self, today: Date) -> Result<(), AdrEditError> {
        if !matches!(self.record.format, Format::Madr | Format::Log4brains) {
            return Ok(());
        }
        if self.front_line("date").is_some() {
            return self.set_front("date", &today.to_string());
        }
        let facts = self.facts();
        let date = facts.stated.iter().find(|fact| fact.key == "date" && !fact.value.is_empty());
        match date.and_then(|fact| self.words_of(fact)) {
            Some(range) => self.replace(range, &today.to_string()),
            None => Ok(()),
        }
    }
}

/// `words` in the case of `now`, with the day where `now` has one.
fn dressed(now: &str, words: &str, today: Date, capital: bool) -> String {
    let is_placeholder = AdrStatus::read(now).is_none();
    let mut letters = now.chars().filter(|c| c.is_alphabetic() && !is_placeholder);
    let is_upper = |c: char| c.is_uppercase();
    let words = match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if is_upper(first) && is_upper(second) => {
            // Links and names keep their case.
            let cut = words.find(['[', 'A']).filter(|&at| at > 0).unwrap_or(words.len());
            format!("{}{}", words[..cut].to_uppercase(), &words[cut..])
        }
        (Some(first), _) if is_upper(first) => capitalised(words),
        (None, _) if capital => capitalised(words),
        _ => words.to_owned(),
    };
    match date_in(now) {
        Some(_) if now.contains('(') && !now.contains("](") => format!("{words} ({today})"),
        _ => words,
    }
}

/// The bytes of one cell in a table's row.
fn cell_range(row: &str, cell: usize) -> Option<Range<usize>> {
    let start = row.find('|')? + 1;
    let mut at = start;
    for _ in 0..cell {
        at += row[at..].find('|')? + 1;
    }
    let end = row[at..].find('|').map_or(row.len(), |found| at + found);
    Some(at..end)
}
