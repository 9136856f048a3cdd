//! Aggregates only: no column of an answer is a value of one row.

use super::Refused;
use super::tree::{Expr, Query};

/// Whether an answer is made of aggregates and of what rows are grouped by.
pub(super) fn only_aggregates(query: &Query) -> Result<(), Refused> {
    let select = &query.select;
    for (at, (output, _)) in select.outputs.iter().enumerate() {
        if !is_of_many(output, &select.groups) {
            return Refused::because(format!(
                "its column {} is of one row: only aggregates and what it groups by may be answered",
                at + 1
            ));
        }
    }
    let is_one = !select.groups.is_empty() || select.outputs.iter().any(|it| aggregates(&it.0));
    if is_one || select.from.is_empty() {
        return Ok(());
    }
    Refused::because("it neither aggregates nor groups")
}

/// Whether a value is of many rows: an aggregate, what they are grouped by, or made of
/// nothing else.
fn is_of_many(expr: &Expr, groups: &[Expr]) -> bool {
    if groups.contains(expr) {
        return true;
    }
    let of = |it: &Expr| is_of_many(it, groups);
    match expr {
        Expr::Column(..) => false,
        Expr::Text(_) | Expr::Number(_) | Expr::Word(_) | Expr::Bound(..) | Expr::Exists(..) => {
            true
        }
        Expr::Before(_, it)
        | Expr::Behind(it, _)
        | Expr::Cast(it, _)
        | Expr::Field(_, it)
        | Expr::AmongQuery(it, ..) => of(it),
        Expr::Between(left, _, right) => of(left) && of(right),
        Expr::Range(three, _) => three.iter().all(of),
        Expr::Among(it, _, list) => of(it) && list.iter().all(of),
        Expr::Query(query) => only_aggregates(query).is_ok(),
        Expr::Case { of: it, when, otherwise } => {
            it.as_deref().is_none_or(of)
                && when.iter().all(|(is, then)| of(is) && of(then))
                && otherwise.as_deref().is_none_or(of)
        }
        Expr::Call(call) => call.function.is_aggregate() || call.arguments.iter().all(of),
    }
}

/// Whether an aggregate stands in a value.
fn aggregates(expr: &Expr) -> bool {
    match expr {
        Expr::Call(call) => call.function.is_aggregate() || call.arguments.iter().any(aggregates),
        Expr::Before(_, it)
        | Expr::Behind(it, _)
        | Expr::Cast(it, _)
        | Expr::Field(_, it)
        | Expr::AmongQuery(it, ..) => aggregates(it),
        Expr::Between(left, _, right) => aggregates(left) || aggregates(right),
        Expr::Range(three, _) => three.iter().any(aggregates),
        Expr::Among(it, _, list) => aggregates(it) || list.iter().any(aggregates),
        Expr::Case { of, when, otherwise } => {
            of.as_deref().is_some_and(aggregates)
                || when.iter().any(|(is, then)| aggregates(is) || aggregates(then))
                || otherwise.as_deref().is_some_and(aggregates)
        }
        _ => false,
    }
}
