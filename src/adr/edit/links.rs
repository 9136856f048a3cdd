//! Lines by which one decision names another.

use std::ops::Range;

use super::lines::{after, last_line, line_at, lines, removed};
use super::peer::{Peer, Spelling};
use super::{AdrEditError, AdrText};
use crate::adr::Format;
use crate::adr::relation::headed;

/// The section that this module adds where there is none.
const LINKS: &str = "## Links";

impl AdrText {
    /// Says that this decision replaces another one; false where it says so.
    pub fn add_superseded(&mut self, old: &Peer, spelling: Spelling) -> Result<bool, AdrEditError> {
        let in_front = matches!(self.record.format, Format::Madr | Format::Backlog);
        if in_front && self.has_front() {
            return self.add_front_item("supersedes", &old.mention());
        }
        self.add_link(spelling.active(), old)
    }

    /// Adds a line that says how this decision relates to another; false
    /// where the line is there.
    pub fn add_link(&mut self, relation: &str, peer: &Peer) -> Result<bool, AdrEditError> {
        let line = self.link_line(relation, peer);
        self.add_line(&line)
    }

    /// Adds a line that relates, as it is written; false where it is there.
    pub(in crate::adr) fn add_line(&mut self, line: &str) -> Result<bool, AdrEditError> {
        if self.find_line(line).is_some() {
            return Ok(false);
        }
        if let Some(section) = self.section("status").filter(|_| self.has_status_section()) {
            let list = last_line(&self.text, section.clone()).and_then(|it| self.bullet(&it));
            match list.filter(|_| self.text[section.clone()].contains("](")) {
                Some(sign) => self.add_item(section, sign, line)?,
                None => self.add_paragraph(section, line)?,
            }
            return Ok(true);
        }
        let sign = self.list_sign();
        if let Some(section) = self.links_section() {
            self.add_item(section, sign, line)?;
        } else {
            let newline = self.newline();
            let (at, added) = self.at_end(&format!("{LINKS}{newline}{newline}{sign} {line}"));
            self.replace(at..at, &added)?;
        }
        Ok(true)
    }

    /// True if the file says so already.
    pub fn has_link(&self, relation: &str, peer: &Peer) -> bool {
        self.find_line(&self.link_line(relation, peer)).is_some()
    }

    /// Removes what [`AdrText::add_link`] added; false where it is not there.
    pub fn remove_link(&mut self, relation: &str, peer: &Peer) -> Result<bool, AdrEditError> {
        let Some(line) = self.find_line(&self.link_line(relation, peer)) else { return Ok(false) };
        let gone = removed(&self.text, line.clone());
        let alone = self.section("links").filter(|section| {
            section.contains(&line.start) && {
                let mut others = lines(&self.text, section.clone()).filter(|other| *other != line);
                others.all(|other| self.text[other].trim().is_empty())
            }
        });
        let heading = alone.map(|section| line_at(&self.text, self.line_before(section.start)));
        match heading.filter(|heading| &self.text[heading.clone()] == LINKS) {
            Some(heading) => {
                let above = removed(&self.text[..gone.end], heading.start..gone.end);
                let end = gone.end;
                self.replace(above.start..end, "")?;
            }
            None => self.replace(gone, "")?,
        }
        Ok(true)
    }

    /// The line's words, without a list's sign.
    fn link_line(&self, relation: &str, peer: &Peer) -> String {
        let format = if self.has_status_section() { Format::Nygard } else { self.record.format };
        format!("{} {}", headed(relation), peer.link(format))
    }

    /// The line that says these words, in a section that holds links.
    fn find_line(&self, words: &str) -> Option<Range<usize>> {
        let sections = [self.section("status"), self.links_section()];
        sections.into_iter().flatten().find_map(|section| {
            lines(&self.text, section).find(|line| {
                let content = self.text[line.clone()].trim();
                content.trim_start_matches(['*', '-', '+', ' ']) == words
            })
        })
    }

    fn links_section(&self) -> Option<Range<usize>> {
        self.section("links").or_else(|| self.section("more information"))
    }

    pub(super) fn add_item(
        &mut self,
        section: Range<usize>,
        sign: char,
        words: &str,
    ) -> Result<(), AdrEditError> {
        let above = last_line(&self.text, section.clone());
        let sign = above.as_ref().and_then(|above| self.bullet(above)).unwrap_or(sign);
        let is_list = above.as_ref().is_some_and(|above| self.bullet(above).is_some());
        let end = above.map_or_else(|| self.heading_end(&section), |above| above.end);
        let (at, added) =
            after(&self.text, end, !is_list, &format!("{sign} {words}"), self.newline());
        self.replace(at..at, &added)
    }

    /// Where to put a last paragraph, and what.
    pub(super) fn at_end(&self, paragraph: &str) -> (usize, String) {
        let end = last_line(&self.text, 0..self.text.len()).map_or(0, |line| line.end);
        after(&self.text, end, true, paragraph, self.newline())
    }

    /// The sign with which this file writes its lists.
    pub(super) fn list_sign(&self) -> char {
        let stated = self.facts().stated.iter().find_map(|fact| fact.bullet);
        let usual = if self.record.format == Format::Madr { '*' } else { '-' };
        stated.unwrap_or(usual)
    }

    fn bullet(&self, line: &Range<usize>) -> Option<char> {
        let content = self.text[line.clone()].trim_start();
        let sign = content.chars().next().filter(|sign| ['*', '-', '+'].contains(sign))?;
        content[1..].starts_with(' ').then_some(sign)
    }

    fn line_before(&self, at: usize) -> usize {
        let above = self.text[..at].trim_end_matches('\n');
        above.rfind('\n').map_or(0, |found| found + 1)
    }
}
