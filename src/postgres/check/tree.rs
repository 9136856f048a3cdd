//! All that a question can say.

/// A query, with those that it names before.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Query {
    pub(super) with: Vec<(String, Vec<String>, Query)>,
    pub(super) select: Select,
    pub(super) order: Vec<Order>,
    pub(super) limit: Option<u32>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Select {
    pub(super) is_distinct: bool,
    /// What it says, with a name where it gives one.
    pub(super) outputs: Vec<(Expr, Option<String>)>,
    pub(super) from: Vec<Joined>,
    pub(super) filter: Option<Expr>,
    pub(super) groups: Vec<Expr>,
    pub(super) having: Option<Expr>,
}

/// A source, and what is joined to it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Joined {
    pub(super) first: Source,
    pub(super) others: Vec<(&'static str, Source, On)>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum On {
    Nothing,
    Expr(Expr),
    Using(Vec<String>),
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Source {
    pub(super) of: Of,
    pub(super) alias: Option<(String, Vec<String>)>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Of {
    /// Schema and name.
    Relation(String, String),
    /// A query that was named before.
    Named(String),
    Query(Box<Query>),
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Order {
    pub(super) by: Expr,
    pub(super) is_descending: bool,
    pub(super) nulls_first: Option<bool>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expr {
    /// Its name, and before that the source that has it.
    Column(Option<String>, String),
    Text(String),
    Number(String),
    /// `TRUE`, `FALSE`, `NULL`.
    Word(&'static str),
    /// A bound value: its place, and its type.
    Bound(usize, &'static str),
    /// An operator before, between, behind.
    Before(&'static str, Box<Expr>),
    Between(Box<Expr>, &'static str, Box<Expr>),
    Behind(Box<Expr>, &'static str),
    /// `a [NOT] BETWEEN b AND c`.
    Range(Box<[Expr; 3]>, bool),
    /// `a [NOT] IN (…)`.
    Among(Box<Expr>, bool, Vec<Expr>),
    AmongQuery(Box<Expr>, bool, Box<Query>),
    Exists(bool, Box<Query>),
    Query(Box<Query>),
    Case {
        of: Option<Box<Expr>>,
        when: Vec<(Expr, Expr)>,
        otherwise: Option<Box<Expr>>,
    },
    Cast(Box<Expr>, String),
    /// A field of a time.
    Field(&'static str, Box<Expr>),
    Call(Call),
}

/// A call of a function of the list.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Call {
    pub(super) function: &'static super::functions::Function,
    pub(super) is_star: bool,
    pub(super) is_distinct: bool,
    pub(super) arguments: Vec<Expr>,
    pub(super) within: Vec<Order>,
    pub(super) filter: Option<Box<Expr>>,
}

impl Select {
    /// Names of what it says: its own, else a plain one.
    pub(super) fn columns(&self) -> Vec<String> {
        let name = |(at, (expr, given)): (usize, &(Expr, Option<String>))| match (given, expr) {
            (Some(name), _) | (None, Expr::Column(_, name)) => name.clone(),
            (None, Expr::Call(call)) => call.function.name.to_owned(),
            _ => format!("column {}", at + 1),
        };
        self.outputs.iter().enumerate().map(name).collect()
    }
}
