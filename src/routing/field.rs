//! The fields that words are looked for in, in one visible table.

use serde::{Deserialize, Serialize};

/// Whether a field stands once on a page or in every section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Once, on the page's first document.
    Page,
    /// In every section.
    Section,
}

/// A field of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The page's title.
    Title,
    /// The file's name without its extension.
    Name,
    /// Other names of the page.
    Aliases,
    /// Names of systems.
    Services,
    /// Topics.
    Tags,
    /// Words of alert names and error messages.
    Signals,
    /// The folders above the file.
    Folders,
    /// A section's heading.
    Heading,
    /// A section's prose.
    Body,
    /// A section's code blocks.
    Code,
}

/// One row per field: name, scope, weight on the page, weight in the section.
///
/// Round weights on purpose: weights tuned to one corpus were worse on others.
pub const FIELDS: [(Field, &str, Scope, f32, f32); 10] = [
    (Field::Title, "title", Scope::Page, 2.0, 0.0),
    (Field::Name, "name", Scope::Page, 2.0, 0.0),
    (Field::Aliases, "aliases", Scope::Page, 2.0, 0.0),
    (Field::Services, "services", Scope::Page, 1.0, 0.0),
    (Field::Tags, "tags", Scope::Page, 1.0, 0.0),
    (Field::Signals, "signals", Scope::Page, 2.0, 0.0),
    (Field::Folders, "folders", Scope::Page, 1.0, 0.0),
    (Field::Heading, "heading", Scope::Section, 0.5, 1.0),
    (Field::Body, "body", Scope::Section, 1.0, 1.0),
    (Field::Code, "code", Scope::Section, 0.1, 0.1),
];

/// How many fields there are.
pub const FIELD_COUNT: usize = FIELDS.len();

impl Field {
    /// Its row in [`FIELDS`].
    pub fn index(self) -> usize {
        self as usize
    }

    /// The name that `why` shows.
    pub fn name(self) -> &'static str {
        FIELDS[self.index()].1
    }

    /// Whether it stands once on a page or in every section.
    pub fn scope(self) -> Scope {
        FIELDS[self.index()].2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_stands_in_its_own_row() {
        for (row, (field, ..)) in FIELDS.iter().enumerate() {
            assert_eq!(field.index(), row);
        }
    }

    #[test]
    fn a_field_is_called_as_in_its_data() {
        for (field, ..) in FIELDS {
            assert_eq!(serde_json::to_value(field).unwrap(), field.name());
        }
    }
}
