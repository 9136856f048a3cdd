//! Which question may be asked: one SELECT that counts, sums or compares.
//!
//! A text is cut into tokens of a short list, parsed by the dialect of PostgreSQL, and
//! read into a tree of this room's own, which has no place for anything that is not
//! allowed. What is sent is that tree, written out anew: never the text. So whatever the
//! parser here and the one of a server understand differently, only what this tree can
//! say is ever sent.

mod expression;
mod functions;
mod grouping;
mod query;
mod relation;
mod scope;
mod tokens;
mod tree;
mod types;
mod writing;

use std::collections::BTreeSet;

use sqlparser::ast::Statement;
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::parser::Parser;

pub use self::relation::Relation;
pub use self::scope::{PARAMETERS, Parameter};

pub(super) use self::scope::Column;

use self::query::query;
use self::scope::Reading;

/// How deep the parser may go into itself.
const DEEP: usize = 40;

/// Characters that are kept of a value: the server cuts what is longer.
pub(super) const LONGEST: usize = 200;

/// Rows of one answer.
pub const MOST_ROWS: usize = 100;

/// Columns of one answer.
const MOST_COLUMNS: usize = 20;

/// Why a text may not be asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Refused(String);

impl Refused {
    fn because<T>(why: impl Into<String>) -> Result<T, Self> {
        Err(Self(why.into()))
    }
}

/// A question that may be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    text: String,
    parameters: Vec<&'static Parameter>,
    columns: Vec<String>,
    relations: BTreeSet<Relation>,
    names: BTreeSet<Column>,
}

impl Question {
    /// Checks a text that may look at `allowed` and at nothing else.
    ///
    /// # Errors
    /// It is no question of which it is known that it only counts, sums or compares.
    pub fn check(sql: &str, allowed: &[Relation]) -> Result<Self, Refused> {
        let dialect = PostgreSqlDialect {};
        let tokens = tokens::of(sql, &dialect)?;
        let parser = Parser::new(&dialect).with_recursion_limit(DEEP).with_tokens(tokens);
        let mut statements = { parser }.parse_statements().map_err(|error| told(&error))?;
        let statement = match (statements.pop(), statements.is_empty()) {
            (Some(Statement::Query(query)), true) => query,
            (Some(_), true) => return Refused::because("it is no SELECT"),
            (Some(_), false) => return Refused::because("it is more than one statement"),
            (None, _) => return Refused::because("it says nothing"),
        };
        let mut reading = Reading::of(allowed, query);
        let tree = query(&mut reading, *statement)?;
        grouping::only_aggregates(&tree)?;
        let columns = tree.select.columns();
        if columns.len() > MOST_COLUMNS {
            return Refused::because(format!("it has more than {MOST_COLUMNS} columns"));
        }
        let text = writing::answer(&tree, columns.len());
        let names = reading.named()?;
        let Reading { parameters, relations, .. } = reading;
        Ok(Self { text, parameters, columns, relations, names })
    }

    /// What is sent.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What is bound to it, in order.
    pub fn parameters(&self) -> &[&'static Parameter] {
        &self.parameters
    }

    /// Names of the columns of its answer.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The relations that it looks at.
    pub fn relations(&self) -> impl Iterator<Item = &Relation> {
        self.relations.iter()
    }

    /// The columns that it names.
    pub(super) fn names(&self) -> &BTreeSet<Column> {
        &self.names
    }
}

/// What the parser says, in one line.
fn told(error: &sqlparser::parser::ParserError) -> Refused {
    let text = error.to_string();
    let text = text.trim_start_matches("sql parser error: ");
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Refused(format!("it cannot be read: {}", line.chars().take(LONGEST).collect::<String>()))
}

#[cfg(test)]
mod tests;
