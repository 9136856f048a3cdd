//! What a decision says, by the meaning of its headings.

use super::AdrText;
use crate::adr::Format;
use crate::adr::facts::bare_heading;

/// Text below headings that every format has, by its names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sections {
    /// Below "Context" or "Context and Problem Statement".
    pub context: Option<String>,
    /// Below "Decision" or "Decision Outcome".
    pub decision: Option<String>,
    /// Below "Consequences".
    pub consequences: Option<String>,
    /// Other sections of the second level, by heading, in file order.
    pub others: Vec<(String, String)>,
}

impl AdrText {
    /// Cuts the text at its headings; parts of a section belong to it, but for
    /// consequences.
    pub fn sections(&self) -> Sections {
        let mut found = Sections::default();
        let all = &self.document.sections;
        for (at, section) in all.iter().enumerate() {
            let name = bare_heading(section);
            let is_consequences = name == "consequences" && (2..=3).contains(&section.level);
            if section.level != 2 && !is_consequences {
                continue;
            }
            let ends = |it: &&crate::document::Section| {
                it.level <= section.level || bare_heading(it) == "consequences"
            };
            let next = all[at + 1..].iter().find(ends).map(|next| next.span.start as usize);
            let whole = &self.text[section.span.start as usize..next.unwrap_or(self.text.len())];
            let body = whole.split_once('\n').map_or("", |(_, body)| body).trim().to_owned();
            let place = match name.as_str() {
                "context" | "context and problem statement" => &mut found.context,
                "decision" | "decision outcome" => &mut found.decision,
                "consequences" => &mut found.consequences,
                "status" => continue,
                _ => {
                    found.others.push((section.heading.clone(), body));
                    continue;
                }
            };
            place.get_or_insert(body);
        }
        found
    }

    /// Where the text behind the front matter begins.
    pub fn body_start(&self) -> usize {
        self.document.front.body_start as usize
    }

    /// True where MADR is written without its front matter, as it was before
    /// version 3.
    pub fn lacks_front(&self, format: Format) -> bool {
        format == Format::Madr && !self.has_front()
    }
}
