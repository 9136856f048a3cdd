//! The text that a new decision begins with.

use crate::adr::{Format, heading, new_text};
use crate::corpus::Page;
use crate::ops::OpError;
use crate::template::Template;

use super::decisions::Decisions;

/// What a template is filled with.
pub(super) struct Values<'a> {
    pub(super) number: u32,
    pub(super) title: &'a str,
    pub(super) status: &'a str,
    pub(super) date: jiff::civil::Date,
}

/// The formats that have a text of their own, by the names that people type.
const BUILT_IN: &[(&str, Format)] = &[
    ("nygard", Format::Nygard),
    ("madr", Format::Madr),
    ("log4brains", Format::Log4brains),
    ("backlog", Format::Backlog),
];

/// The format that a template's name stands for, where it is one of ours.
pub(super) fn format_named(name: &str) -> Option<Format> {
    BUILT_IN.iter().find(|(known, _)| *known == name).map(|(_, format)| *format)
}

/// The text from the repository's template `asked`, or from its template for
/// `format`, or from ours.
pub(super) fn text(
    decisions: &Decisions<'_>,
    asked: Option<&str>,
    format: Format,
    values: &Values<'_>,
) -> Result<String, OpError> {
    let templates = decisions.workspace.templates(&decisions.memory)?;
    let named = |name: &str| {
        templates.iter().find(|page| {
            let own = page.front.text("template");
            own.unwrap_or_else(|| page.path.file_stem()) == name
        })
    };
    let usual = BUILT_IN.iter().find(|(_, known)| *known == format).map(|(name, _)| *name);
    let wanted = asked.or(usual).unwrap_or_default();
    let found = named(wanted).or_else(|| named(&format!("adr-{wanted}")));
    match found {
        Some(page) => from_page(decisions, page, values),
        None if asked.is_none_or(|name| format_named(name).is_some()) => {
            Ok(new_text(format, values.number, values.title, values.status, values.date))
        }
        None => Err(unknown(wanted, &templates)),
    }
}

fn from_page(
    decisions: &Decisions<'_>,
    page: &Page,
    values: &Values<'_>,
) -> Result<String, OpError> {
    let read = decisions.workspace.page_at(&decisions.memory, &page.path)?;
    let bytes = read.and_then(|read| read.bytes).unwrap_or_default();
    let text = String::from_utf8(bytes).map_err(|_| OpError::Invalid {
        message: format!("the template '{}' is not UTF-8", page.path),
        hint: "save it as UTF-8 first".to_owned(),
    })?;
    let author = decisions.workspace.repository().and_then(crate::git::Repository::user_name);
    // What stands in quotes must not end them.
    let author = author.unwrap_or_default().replace(['"', '\\'], "");
    let number = values.number.to_string();
    let title = heading(values.title);
    let (template, _) = Template::read(&page.path.file_stem(), &text);
    let values = [
        ("title", title),
        ("number", number),
        ("status", values.status.to_owned()),
        ("date", values.date.to_string()),
        ("author", author.clone()),
        ("owner", author),
    ];
    let known = values.into_iter().map(|(name, value)| (name.to_owned(), value));
    // What nobody was asked is left for the author to write.
    let asked = template.prompts()?.into_iter().map(|name| (name, String::new()));
    let values = asked.chain(known).collect();
    Ok(template.render(&values)?)
}

fn unknown(name: &str, templates: &[Page]) -> OpError {
    let own = templates.iter().map(|page| page.path.file_stem());
    let own = own.filter(|stem| stem.contains("adr"));
    let ours = BUILT_IN.iter().map(|(name, _)| (*name).to_owned());
    OpError::NotFound {
        message: format!("there is no template '{name}'"),
        hint: format!("use one of: {}", ours.chain(own).collect::<Vec<_>>().join(", ")),
    }
}
