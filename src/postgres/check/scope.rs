//! What is known while a text is read: what it may look at, and what it has named.

use std::collections::BTreeSet;

use sqlparser::ast::{self, Ident, ObjectName, ObjectNamePart};

use super::tree::Query;
use super::{Refused, Relation};

/// How deep a tree may be.
const DEEPEST: usize = 80;

/// A value that is bound to a question.
#[derive(Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Behind the colon.
    pub name: &'static str,
    /// The type that the server makes of its text.
    pub(super) takes: &'static str,
}

/// Every value that a question may ask for.
pub const PARAMETERS: &[Parameter] = &[
    Parameter { name: "window_start", takes: "timestamptz" },
    Parameter { name: "window_end", takes: "timestamptz" },
    Parameter { name: "service", takes: "text" },
    Parameter { name: "release", takes: "text" },
    Parameter { name: "app_version", takes: "text" },
    Parameter { name: "request_id", takes: "text" },
    Parameter { name: "error", takes: "text" },
];

/// Reads a query.
type ReadQuery = fn(&mut Reading<'_>, ast::Query) -> Result<Query, Refused>;

/// A text while it is read.
pub(super) struct Reading<'a> {
    /// How a query is read: one may stand in an expression.
    pub(super) query: ReadQuery,
    allowed: &'a [Relation],
    /// Queries that were named before, the innermost last.
    pub(super) queries: Vec<String>,
    depth: usize,
    pub(super) parameters: Vec<&'static Parameter>,
    pub(super) relations: BTreeSet<Relation>,
    /// Every name by which something is looked at, and the table that has it.
    sources: Vec<(String, Option<Relation>)>,
    /// Names of columns, and the source that is named before.
    columns: BTreeSet<(Option<String>, String)>,
    /// Names that queries gave to what they say.
    given: BTreeSet<String>,
}

impl<'a> Reading<'a> {
    pub(super) fn of(allowed: &'a [Relation], query: ReadQuery) -> Self {
        Self {
            query,
            allowed,
            queries: Vec::new(),
            depth: 0,
            parameters: Vec::new(),
            relations: BTreeSet::new(),
            sources: Vec::new(),
            columns: BTreeSet::new(),
            given: BTreeSet::new(),
        }
    }

    /// One step into the tree, and back.
    pub(super) fn within<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, Refused>,
    ) -> Result<T, Refused> {
        if self.depth >= DEEPEST {
            return Refused::because(format!("it is nested deeper than {DEEPEST} steps"));
        }
        self.depth += 1;
        let read = read(self);
        self.depth -= 1;
        read
    }

    /// The place of a parameter, from 1.
    pub(super) fn parameter(&mut self, text: &str) -> Result<(usize, &'static str), Refused> {
        let name = text.strip_prefix(':').unwrap_or(text);
        let Some(parameter) = PARAMETERS.iter().find(|it| it.name == name) else {
            let all = PARAMETERS.iter().map(|it| format!(":{}", it.name)).collect::<Vec<_>>();
            return Refused::because(format!(
                "there is no value '{text}': there are {}",
                all.join(", ")
            ));
        };
        let at = self.parameters.iter().position(|it| it.name == name).unwrap_or_else(|| {
            self.parameters.push(parameter);
            self.parameters.len() - 1
        });
        Ok((at + 1, parameter.takes))
    }

    /// A table that may be looked at.
    pub(super) fn relation(&mut self, parts: &[String]) -> Result<Relation, Refused> {
        let name = parts.join(".");
        let found = self.allowed.iter().find(|it| it.to_string() == name);
        let Some(relation) = found else {
            return Refused::because(format!(
                "it looks at '{name}', which is not listed under relations"
            ));
        };
        self.relations.insert(relation.clone());
        Ok(relation.clone())
    }

    /// Something that is looked at under a name.
    pub(super) fn source(&mut self, name: String, of: Option<Relation>) {
        self.sources.push((name, of));
    }

    /// A column that is looked at.
    pub(super) fn column(&mut self, source: Option<String>, name: String) {
        self.columns.insert((source, name));
    }

    /// Names that a query gives to what it says.
    pub(super) fn gives(&mut self, names: impl IntoIterator<Item = String>) {
        self.given.extend(names);
    }

    /// The columns that tables have to have, and those that they may have, where no name
    /// means a whole row, or a function that would be called with one: the server takes
    /// `source.name` for either.
    pub(super) fn named(&self) -> Result<BTreeSet<Column>, Refused> {
        let mut named = BTreeSet::new();
        for (source, name) in &self.columns {
            let Some(source) = source else {
                if self.sources.iter().any(|(it, _)| it == name) {
                    return Refused::because(format!("'{name}' would be a whole row"));
                }
                named.insert(Column { of: None, name: name.clone() });
                continue;
            };
            let meant: Vec<_> = self.sources.iter().filter(|(it, _)| it == source).collect();
            if meant.is_empty() {
                return Refused::because(format!("there is no '{source}' to have '{name}'"));
            }
            for (_, relation) in meant {
                if relation.is_none() && !self.given.contains(name) {
                    return Refused::because(format!("'{source}' gives nothing called '{name}'"));
                }
                named.insert(Column { of: relation.clone(), name: name.clone() });
            }
        }
        Ok(named)
    }
}

/// A column that a question names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::postgres) struct Column {
    /// The table that has to have it; `None` where some query or table may.
    pub(in crate::postgres) of: Option<Relation>,
    pub(in crate::postgres) name: String,
}

/// A name as the server keeps it: what is not quoted is folded.
pub(super) fn name(ident: &Ident) -> String {
    match ident.quote_style {
        Some(_) => ident.value.clone(),
        None => ident.value.to_ascii_lowercase(),
    }
}

/// The parts of a name.
pub(super) fn parts(object: &ObjectName) -> Result<Vec<String>, Refused> {
    object
        .0
        .iter()
        .map(|part| match part {
            ObjectNamePart::Identifier(ident) => Ok(name(ident)),
            ObjectNamePart::Function(_) => Refused::because("it makes a name by a function"),
        })
        .collect()
}
