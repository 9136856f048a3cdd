//! The name of a table.

use std::fmt;

use super::Refused;
use super::tokens::is_name;

/// Schemas of the server's own that do not begin with `pg_`.
const OWN: [&str; 1] = ["information_schema"];

/// A table with its schema, both as they are kept: names are not folded.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Relation {
    pub(in crate::postgres) schema: String,
    pub(in crate::postgres) name: String,
}

impl Relation {
    /// Reads `schema.table`.
    ///
    /// # Errors
    /// It is no such name, or one of the server's own.
    pub fn new(text: &str) -> Result<Self, Refused> {
        let found = text.split_once('.').filter(|(schema, name)| {
            is_name(schema) && is_name(name) && !OWN.contains(&schema.to_lowercase().as_str())
        });
        let (schema, name) = found.ok_or_else(|| {
            Refused(format!("'{text}' is no table with its schema, such as billing.invoices"))
        })?;
        Ok(Self { schema: schema.to_owned(), name: name.to_owned() })
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.schema, self.name)
    }
}
