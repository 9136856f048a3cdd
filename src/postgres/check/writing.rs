//! A tree as a text for the server. Every name is quoted, every call and every type
//! says its schema, every expression stands in brackets.

use std::fmt::Write;

use super::functions::Sort;
use super::tree::{Call, Expr, Joined, Of, On, Order, Query, Select, Source};
use super::{LONGEST, MOST_ROWS};

/// The question as it is sent: each value as a text that the server cuts, one row more
/// than is kept, so that it is known whether there were more.
pub(super) fn answer(tree: &Query, columns: usize) -> String {
    let names: Vec<String> = (1..=columns).map(|at| format!("\"c{at}\"")).collect();
    let values = names.iter().map(|it| {
        format!(
            "\"pg_catalog\".\"left\"(CAST(\"answer\".{it} AS \"pg_catalog\".\"text\"), {LONGEST})"
        )
    });
    format!(
        "SELECT {} FROM ({}) AS \"answer\"({}) LIMIT {}",
        values.collect::<Vec<_>>().join(", "),
        query(tree),
        names.join(", "),
        MOST_ROWS + 1
    )
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn all<T>(items: &[T], write: impl Fn(&T) -> String) -> String {
    items.iter().map(write).collect::<Vec<_>>().join(", ")
}

fn query(query: &Query) -> String {
    let mut text = String::new();
    for (at, (name, columns, of)) in query.with.iter().enumerate() {
        text.push_str(if at == 0 { "WITH " } else { ", " });
        let _ = write!(text, "{}{} AS ({})", quoted(name), listed(columns), self::query(of));
    }
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(&select(&query.select));
    if !query.order.is_empty() {
        let _ = write!(text, " ORDER BY {}", all(&query.order, order));
    }
    if let Some(limit) = query.limit {
        let _ = write!(text, " LIMIT {limit}");
    }
    text
}

fn listed(columns: &[String]) -> String {
    if columns.is_empty() { String::new() } else { format!("({})", all(columns, |it| quoted(it))) }
}

fn select(select: &Select) -> String {
    let output = |(of, name): &(Expr, Option<String>)| match name {
        Some(name) => format!("{} AS {}", expr(of), quoted(name)),
        None => expr(of),
    };
    let distinct = if select.is_distinct { "DISTINCT " } else { "" };
    let mut text = format!("SELECT {distinct}{}", all(&select.outputs, output));
    if !select.from.is_empty() {
        let _ = write!(text, " FROM {}", all(&select.from, joined));
    }
    if let Some(filter) = &select.filter {
        let _ = write!(text, " WHERE {}", expr(filter));
    }
    if !select.groups.is_empty() {
        let _ = write!(text, " GROUP BY {}", all(&select.groups, expr));
    }
    if let Some(having) = &select.having {
        let _ = write!(text, " HAVING {}", expr(having));
    }
    text
}

fn joined(joined: &Joined) -> String {
    let mut text = source(&joined.first);
    for (how, with, on) in &joined.others {
        let _ = write!(text, " {how} {}", source(with));
        match on {
            On::Nothing => {}
            On::Expr(on) => {
                let _ = write!(text, " ON {}", expr(on));
            }
            On::Using(columns) => {
                let _ = write!(text, " USING {}", listed(columns));
            }
        }
    }
    text
}

fn source(source: &Source) -> String {
    let mut text = match &source.of {
        Of::Relation(schema, name) => format!("{}.{}", quoted(schema), quoted(name)),
        Of::Named(name) => quoted(name),
        Of::Query(of) => format!("({})", query(of)),
    };
    if let Some((name, columns)) = &source.alias {
        let _ = write!(text, " AS {}{}", quoted(name), listed(columns));
    }
    text
}

fn order(order: &Order) -> String {
    let way = if order.is_descending { " DESC" } else { " ASC" };
    let nulls = match order.nulls_first {
        None => "",
        Some(true) => " NULLS FIRST",
        Some(false) => " NULLS LAST",
    };
    format!("{}{way}{nulls}", expr(&order.by))
}

fn expr(of: &Expr) -> String {
    let not = |is_not: bool| if is_not { "NOT " } else { "" };
    match of {
        Expr::Column(None, name) => quoted(name),
        Expr::Column(Some(source), name) => format!("{}.{}", quoted(source), quoted(name)),
        Expr::Text(text) => format!("'{}'", text.replace('\'', "''")),
        Expr::Number(text) => text.clone(),
        Expr::Word(word) => (*word).to_owned(),
        // The type of what is bound is text, so that the server reads it.
        Expr::Bound(at, takes) => format!("CAST(${at} AS \"pg_catalog\".\"{takes}\")"),
        Expr::Before(sign, of) => format!("({sign} {})", expr(of)),
        Expr::Between(left, sign, right) => format!("({} {sign} {})", expr(left), expr(right)),
        Expr::Behind(of, sign) => format!("({} {sign})", expr(of)),
        Expr::Range(three, is_not) => {
            let [of, from, to] = three.as_ref();
            format!("({} {}BETWEEN {} AND {})", expr(of), not(*is_not), expr(from), expr(to))
        }
        Expr::Among(of, is_not, list) => {
            format!("({} {}IN ({}))", expr(of), not(*is_not), all(list, expr))
        }
        Expr::AmongQuery(of, is_not, among) => {
            format!("({} {}IN ({}))", expr(of), not(*is_not), query(among))
        }
        Expr::Exists(is_not, of) => format!("({}EXISTS ({}))", not(*is_not), query(of)),
        Expr::Query(of) => format!("({})", query(of)),
        Expr::Case { of, when, otherwise } => case(of.as_deref(), when, otherwise.as_deref()),
        Expr::Cast(of, to) => format!("CAST({} AS {to})", expr(of)),
        Expr::Field(field, of) => format!("EXTRACT({field} FROM {})", expr(of)),
        Expr::Call(of) => call(of),
    }
}

fn case(of: Option<&Expr>, when: &[(Expr, Expr)], otherwise: Option<&Expr>) -> String {
    let mut text = "(CASE".to_owned();
    if let Some(of) = of {
        let _ = write!(text, " {}", expr(of));
    }
    for (is, then) in when {
        let _ = write!(text, " WHEN {} THEN {}", expr(is), expr(then));
    }
    if let Some(otherwise) = otherwise {
        let _ = write!(text, " ELSE {}", expr(otherwise));
    }
    text + " END)"
}

fn call(call: &Call) -> String {
    let name = match call.function.sort {
        Sort::Word => call.function.name.to_owned(),
        _ => format!("\"pg_catalog\".{}", quoted(call.function.name)),
    };
    let distinct = if call.is_distinct { "DISTINCT " } else { "" };
    let arguments = if call.is_star { "*".to_owned() } else { all(&call.arguments, expr) };
    let mut text = format!("{name}({distinct}{arguments})");
    if !call.within.is_empty() {
        let _ = write!(text, " WITHIN GROUP (ORDER BY {})", all(&call.within, order));
    }
    if let Some(filter) = &call.filter {
        let _ = write!(text, " FILTER (WHERE {})", expr(filter));
    }
    text
}
