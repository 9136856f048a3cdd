//! A document held to the rules of its kind's template.

use super::content::Content;
use super::{Need, SectionRule, Template, is_called};
use crate::document::{Document, LinkKind, Section};

/// A rule of the template that the document does not keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// `template-field-missing`, `template-section-missing`, `-empty`,
    /// `-order` or `-lacks`.
    pub rule: &'static str,
    /// 1-based line; 0 where it concerns the whole file.
    pub line: u32,
    /// What is missing where: lower-case, no full stop.
    pub message: String,
    /// What to write, in the same style.
    pub repair: String,
}

/// Holds `document`, whose file is `bytes`, to `template`. `known` are fields
/// that something else than the page answers, such as `owner` by CODEOWNERS.
pub fn check(
    template: &Template,
    document: &Document,
    bytes: &[u8],
    known: &[&str],
) -> Vec<Finding> {
    let mut found = fields(template, document, known);
    let checker = Checker { document, bytes };
    checker.sections(&template.sections, 0..document.sections.len(), None, &mut found);
    found
}

fn fields(template: &Template, document: &Document, known: &[&str]) -> Vec<Finding> {
    let required = template.fields.iter().filter(|field| field.required);
    let missing = required.filter(|field| {
        let name = field.name.as_str();
        let is_mapped = match name {
            "owner" => !document.front.owner.is_empty(),
            "title" => document.front.title.is_some() || document.h1.is_some(),
            "services" => !document.front.services.is_empty(),
            "status" => document.front.status.is_some(),
            _ => false,
        };
        let is_written =
            document.front.text(name).is_some() || !document.front.list(&[name]).is_empty();
        !is_mapped && !is_written && !known.contains(&name)
    });
    missing
        .map(|field| Finding {
            rule: "template-field-missing",
            line: 1,
            message: format!("a {} names its `{}`", template.kind, field.name),
            repair: format!("add {}: to the front matter", field.name),
        })
        .collect()
}

struct Checker<'a> {
    document: &'a Document,
    bytes: &'a [u8],
}

/// Indices of sections: a section and those below it.
type Extent = std::ops::Range<usize>;

impl Checker<'_> {
    fn sections(
        &self,
        rules: &[SectionRule],
        within: Extent,
        above: Option<&Section>,
        found: &mut Vec<Finding>,
    ) {
        for rule in rules {
            match self.find(rule, within.clone()) {
                Some(extent) => self.section(rule, rules, &within, extent, found),
                None if rule.required => found.extend(self.missing(rule, &within, above)),
                None => {}
            }
        }
    }

    fn find(&self, rule: &SectionRule, within: Extent) -> Option<Extent> {
        let sections = &self.document.sections;
        let at = within
            .clone()
            .find(|&at| sections[at].level > 0 && rule.is_called(&sections[at].heading))?;
        let level = sections[at].level;
        let end = (at + 1..within.end).find(|&next| sections[next].level <= level);
        Some(at..end.unwrap_or(within.end))
    }

    fn missing(
        &self,
        rule: &SectionRule,
        within: &Extent,
        above: Option<&Section>,
    ) -> Option<Finding> {
        let is_stated = |words: &String| self.content(within.clone()).states(words);
        if rule.or_states.as_ref().is_some_and(is_stated) {
            return None;
        }
        let place = above.map(|it| format!(" in '{}'", it.heading)).unwrap_or_default();
        let marks = "#".repeat(above.map_or(2, |it| usize::from(it.level) + 1).min(6));
        let or = rule.or_states.as_ref().map(|words| format!(", or state \"{words}\" and why"));
        Some(Finding {
            rule: "template-section-missing",
            line: above.map_or(1, |it| it.lines[0]),
            message: format!("there is no section '{}'{place}", rule.heading),
            repair: format!("add {marks} {}{}", rule.heading, or.unwrap_or_default()),
        })
    }

    fn section(
        &self,
        rule: &SectionRule,
        beside: &[SectionRule],
        within: &Extent,
        extent: Extent,
        found: &mut Vec<Finding>,
    ) {
        let section = &self.document.sections[extent.start];
        let line = section.lines[0];
        found.extend(self.order(rule, beside, within, &extent));
        let content = self.content(extent.clone());
        if content.is_empty() {
            found.extend(rule.required.then(|| Finding {
                rule: "template-section-empty",
                line,
                message: format!("section '{}' says nothing", section.heading),
                repair: "write it, or leave the section out if the template lets you".to_owned(),
            }));
            return;
        }
        if rule.or_states.as_ref().is_some_and(|words| content.states(words)) {
            return;
        }
        for need in &rule.must_have {
            found.extend((!content.holds(*need, &rule.columns)).then(|| Finding {
                rule: "template-section-lacks",
                line,
                message: format!("section '{}' lacks {}", section.heading, lacking(*need, rule)),
                repair: format!("add {}", lacking(*need, rule)),
            }));
        }
        self.sections(&rule.sections, extent.start + 1..extent.end, Some(section), found);
    }

    fn order(
        &self,
        rule: &SectionRule,
        beside: &[SectionRule],
        within: &Extent,
        extent: &Extent,
    ) -> Option<Finding> {
        let before = rule.before.as_ref()?;
        let other = beside.iter().find(|other| other.is_called(before))?;
        let later = self.find(other, within.clone())?;
        let (section, later) =
            (&self.document.sections[extent.start], &self.document.sections[later.start]);
        (later.lines[0] < section.lines[0]).then(|| Finding {
            rule: "template-section-order",
            line: section.lines[0],
            message: format!("section '{}' stands below '{}'", section.heading, later.heading),
            repair: format!("move it above line {}", later.lines[0]),
        })
    }

    /// The text of sections without the first one's heading line.
    fn content(&self, extent: Extent) -> Content {
        let sections = &self.document.sections[extent];
        let (Some(first), Some(last)) = (sections.first(), sections.last()) else {
            return Content::read("", false);
        };
        let start = first.span.start.max(self.document.front.body_start);
        let span = start..last.span.end.max(start);
        let text = self.bytes.get(span.start as usize..span.end as usize).unwrap_or_default();
        let text = String::from_utf8_lossy(text);
        let below = match first.level {
            0 => &*text,
            _ => text.split_once('\n').map_or("", |(_, below)| below),
        };
        let has_link = self
            .document
            .links
            .iter()
            .any(|link| span.contains(&link.span.start) && link.kind != LinkKind::Image);
        Content::read(without_underline(below), has_link)
    }
}

/// A heading may be underlined instead of marked.
fn without_underline(text: &str) -> &str {
    match text.split_once('\n') {
        Some((line, rest))
            if !line.trim().is_empty() && line.trim().chars().all(|c| matches!(c, '=' | '-')) =>
        {
            rest
        }
        _ => text,
    }
}

fn lacking(need: Need, rule: &SectionRule) -> String {
    match need {
        Need::Table if !rule.columns.is_empty() => {
            format!("a filled-in table with the columns {}", rule.columns.join(", "))
        }
        need => need.wording().to_owned(),
    }
}

impl SectionRule {
    /// True if `heading` is the section's, or one of its aliases.
    pub fn is_called(&self, heading: &str) -> bool {
        let names = std::iter::once(self.heading.as_str());
        is_called(heading, names.chain(self.aliases.iter().map(String::as_str)))
    }
}
