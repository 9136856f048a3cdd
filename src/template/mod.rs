//! Templates: the shape of a kind of document, and the rules that hold it.
//!
//! [`Template::read`] turns a file into rules and a body; [`check`] holds a
//! document to the rules; [`Template::render`] makes a new document from the
//! body. Editing a template changes what is asked of its kind. Which template
//! belongs to which page is not decided here.

mod check;
mod content;
mod heading;
mod render;
mod rules;
mod scalars;

pub use check::{Finding, check};
pub use content::Content;
pub use heading::{has_word, is_called, plain};
pub use render::RenderError;

/// One template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// What it is asked for by; the file's stem where it does not say.
    pub name: String,
    /// The kind of the documents that it makes.
    pub kind: String,
    /// One line for people.
    pub description: String,
    /// Rules for front matter.
    pub fields: Vec<FieldRule>,
    /// Rules for sections, outermost first.
    pub sections: Vec<SectionRule>,
    /// What a new document begins as: text with `{{ … }}`.
    pub body: String,
}

/// What is asked of one key of the front matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldRule {
    /// The key.
    pub name: String,
    /// Whether it must hold something.
    pub required: bool,
}

/// What is asked of one section.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SectionRule {
    /// Its heading; case, numbering, emoji and a trailing parenthesis do not count.
    pub heading: String,
    /// Other headings that it may have.
    pub aliases: Vec<String>,
    /// Whether it must be there and say something.
    pub required: bool,
    /// The section that it must stand above.
    pub before: Option<String>,
    /// What it must hold.
    pub must_have: Vec<Need>,
    /// Columns that its table must have, in any order.
    pub columns: Vec<String>,
    /// Words that stand for the whole section, such as "no rollback".
    pub or_states: Option<String>,
    /// Rules for the sections below it.
    pub sections: Vec<SectionRule>,
}

/// What a section can be asked to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// A block of code, or a command line in the text.
    Command,
    /// A link.
    Link,
    /// One of the two.
    CommandOrLink,
    /// Steps with numbers.
    OrderedList,
    /// A list of any sort.
    List,
    /// Boxes to tick.
    Checklist,
    /// A table with at least one row that says something.
    Table,
    /// When, with a number: "after 15 minutes".
    Condition,
    /// Whom to call.
    Contact,
    /// When to stop.
    StopConditions,
    /// Who decides, or what was decided.
    Decision,
}

impl Need {
    /// Every need and the name that rules use.
    #[rustfmt::skip]
    pub const ALL: &[(&str, Need)] = &[
        ("command",         Need::Command),
        ("link",            Need::Link),
        ("command_or_link", Need::CommandOrLink),
        ("ordered_list",    Need::OrderedList),
        ("list",            Need::List),
        ("checklist",       Need::Checklist),
        ("table",           Need::Table),
        ("condition",       Need::Condition),
        ("contact",         Need::Contact),
        ("stop_conditions", Need::StopConditions),
        ("decision",        Need::Decision),
    ];

    /// For people: what is missing where it is not there.
    pub fn wording(self) -> &'static str {
        match self {
            Self::Command => "a command",
            Self::Link => "a link",
            Self::CommandOrLink => "a command or a link",
            Self::OrderedList => "numbered steps",
            Self::List => "a list",
            Self::Checklist => "boxes to tick (- [ ])",
            Self::Table => "a table with a row that is filled in",
            Self::Condition => "a condition with a number (after 15 minutes, above 5 %)",
            Self::Contact => "a contact (@team, an address, a channel)",
            Self::StopConditions => "stop conditions",
            Self::Decision => "who decides on what",
        }
    }
}

#[cfg(test)]
mod tests;
