//! The text that a reader sees, in its section, its heading and its link.

use super::Reader;
use super::links::MAX_LINK_TEXT;

impl Reader<'_> {
    pub(super) fn say(&mut self, text: &str) {
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        }
        if !self.in_top_heading() {
            self.section().prose.push_str(text);
        }
        self.say_in_link(text);
    }

    pub(super) fn say_in_link(&mut self, text: &str) {
        if let Some(open) = &self.html_link
            && self.inline.len() > open.from + MAX_LINK_TEXT
        {
            self.close_html_link();
        }
        if self.html_link.is_some() || !self.open_links.is_empty() {
            self.inline.push_str(text);
        }
    }

    pub(super) fn in_top_heading(&self) -> bool {
        self.heading.as_ref().is_some_and(|heading| heading.top)
    }

    /// Keeps the words on both sides of a boundary apart.
    pub(super) fn gap(&mut self, separator: char) {
        if !self.in_top_heading() {
            let prose = &mut self.section().prose;
            if separator == '\n' {
                prose.truncate(prose.trim_end_matches(' ').len());
            }
            if !prose.is_empty() && !prose.ends_with(['\n', separator]) {
                prose.push(separator);
            }
        }
        self.say_in_link(" ");
    }

    pub(super) fn line_break(&mut self) {
        if let Some(heading) = &mut self.heading {
            heading.text.push(' ');
        }
        self.gap(' ');
    }

    pub(super) fn cell(&mut self) {
        let prose = &mut self.section().prose;
        if !prose.is_empty() && !prose.ends_with('\n') {
            prose.push_str(" | ");
        }
    }
}

/// Ends the last line, if there is one.
pub(super) fn end_line(code: &mut String) {
    if !code.is_empty() && !code.ends_with('\n') {
        code.push('\n');
    }
}
