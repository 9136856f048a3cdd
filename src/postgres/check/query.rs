//! A query of the parser, read into this room's own. Each of its parts is named, so
//! that one which a newer parser adds does not go unseen.

use sqlparser::ast::{
    self, GroupByExpr, JoinConstraint, JoinOperator, LimitClause, OrderByKind, SelectItem, SetExpr,
    TableAlias, TableFactor, TableWithJoins, Value,
};

use super::Refused;
use super::expression::{expression, order};
use super::scope::{Reading, name, parts};
use super::tree::{Expr, Joined, Of, On, Order, Query, Select, Source};

pub(super) fn query(reading: &mut Reading<'_>, of: ast::Query) -> Result<Query, Refused> {
    reading.within(|reading| {
        let known = reading.queries.len();
        let read = whole(reading, of);
        reading.queries.truncate(known);
        read
    })
}

fn whole(reading: &mut Reading<'_>, of: ast::Query) -> Result<Query, Refused> {
    let ast::Query {
        with,
        body,
        order_by,
        limit_clause,
        fetch,
        locks,
        for_clause,
        settings,
        format_clause,
        pipe_operators,
    } = of;
    if !locks.is_empty() {
        return Refused::because("it locks rows");
    }
    let is_other = fetch.is_some()
        || for_clause.is_some()
        || settings.is_some()
        || format_clause.is_some()
        || !pipe_operators.is_empty();
    if is_other {
        return Refused::because("it has a clause that no question needs");
    }
    let with = with.map_or_else(|| Ok(Vec::new()), |it| named(reading, it))?;
    let SetExpr::Select(select) = *body else {
        return Refused::because("it is no plain SELECT");
    };
    let select = self::select(reading, *select)?;
    let order = order_by.map_or_else(|| Ok(Vec::new()), |it| ordered(reading, it))?;
    let limit = limit_clause.map(limit).transpose()?;
    Ok(Query { with, select, order, limit })
}

fn named(
    reading: &mut Reading<'_>,
    with: ast::With,
) -> Result<Vec<(String, Vec<String>, Query)>, Refused> {
    let ast::With { with_token: _, recursive, cte_tables } = with;
    if recursive {
        return Refused::because("it names a query that asks itself");
    }
    let read = |cte: ast::Cte| {
        let ast::Cte { alias, query: of, from, materialized, closing_paren_token: _ } = cte;
        if from.is_some() || materialized.is_some() {
            return Refused::because("it says how a query is to be kept");
        }
        let (name, columns) = self::alias(alias)?;
        let query = query(reading, *of)?;
        reading.gives(query.select.columns().into_iter().chain(columns.clone()));
        reading.queries.push(name.clone());
        Ok((name, columns, query))
    };
    cte_tables.into_iter().map(read).collect()
}

fn select(reading: &mut Reading<'_>, of: ast::Select) -> Result<Select, Refused> {
    let ast::Select {
        select_token: _,
        optimizer_hints,
        distinct,
        select_modifiers,
        top,
        top_before_distinct: _,
        projection,
        exclude,
        into,
        from,
        lateral_views,
        prewhere,
        selection,
        connect_by,
        group_by,
        cluster_by,
        distribute_by,
        sort_by,
        having,
        named_window,
        qualify,
        window_before_qualify: _,
        value_table_mode,
        flavor: _,
    } = of;
    if into.is_some() {
        return Refused::because("it makes a table");
    }
    let is_other = !optimizer_hints.is_empty()
        || select_modifiers.is_some()
        || top.is_some()
        || exclude.is_some()
        || !lateral_views.is_empty()
        || prewhere.is_some()
        || !connect_by.is_empty()
        || !cluster_by.is_empty()
        || !distribute_by.is_empty()
        || !sort_by.is_empty()
        || !named_window.is_empty()
        || qualify.is_some()
        || value_table_mode.is_some();
    if is_other {
        return Refused::because("it has a clause that no question needs");
    }
    let is_distinct = self::distinct(distinct.as_ref())?;
    let from = from.into_iter().map(|it| joined(reading, it)).collect::<Result<_, _>>()?;
    let outputs = projection.into_iter().map(|it| output(reading, it));
    let outputs: Vec<_> = outputs.collect::<Result<_, _>>()?;
    if outputs.is_empty() {
        return Refused::because("it says nothing");
    }
    reading.gives(outputs.iter().filter_map(|(_, name)| name.clone()));
    let filter = selection.map(|it| expression(reading, it)).transpose()?;
    let groups = groups(reading, group_by, &outputs)?;
    let having = having.map(|it| expression(reading, it)).transpose()?;
    Ok(Select { is_distinct, outputs, from, filter, groups, having })
}

fn distinct(of: Option<&ast::Distinct>) -> Result<bool, Refused> {
    match of {
        None | Some(ast::Distinct::All) => Ok(false),
        Some(ast::Distinct::Distinct) => Ok(true),
        Some(ast::Distinct::On(_)) => Refused::because("it picks rows by DISTINCT ON"),
    }
}

fn output(reading: &mut Reading<'_>, of: SelectItem) -> Result<(Expr, Option<String>), Refused> {
    match of {
        SelectItem::UnnamedExpr(of) => Ok((expression(reading, of)?, None)),
        SelectItem::ExprWithAlias { expr, alias } => {
            Ok((expression(reading, expr)?, Some(name(&alias))))
        }
        SelectItem::ExprWithAliases { .. }
        | SelectItem::QualifiedWildcard(..)
        | SelectItem::Wildcard(_) => Refused::because("it asks for whole rows by '*'"),
    }
}

/// What rows are grouped by: a number, or a name that an output has, means that output,
/// and is written as what it is.
fn groups(
    reading: &mut Reading<'_>,
    of: GroupByExpr,
    outputs: &[(Expr, Option<String>)],
) -> Result<Vec<Expr>, Refused> {
    let GroupByExpr::Expressions(all, modifiers) = of else {
        return Refused::because("it groups by everything");
    };
    if !modifiers.is_empty() {
        return Refused::because("it groups in more than one way");
    }
    let read = |it| {
        let by = expression(reading, it)?;
        let meant = match &by {
            Expr::Number(text) => {
                let at = text.parse::<usize>().ok().and_then(|at| at.checked_sub(1));
                let output = at.and_then(|at| outputs.get(at));
                output.ok_or_else(|| Refused(format!("it groups by a column {text}")))?.0.clone()
            }
            Expr::Column(None, name) => {
                let output = outputs.iter().find(|(_, it)| it.as_ref() == Some(name));
                output.map_or(by, |(it, _)| it.clone())
            }
            _ => by,
        };
        Ok(meant)
    };
    all.into_iter().map(read).collect()
}

fn joined(reading: &mut Reading<'_>, of: TableWithJoins) -> Result<Joined, Refused> {
    let TableWithJoins { relation, joins } = of;
    let first = source(reading, relation)?;
    let others = joins.into_iter().map(|join| {
        let ast::Join { relation, global, join_operator } = join;
        if global {
            return Refused::because("it joins in a way that no question needs");
        }
        let with = source(reading, relation)?;
        let (how, on) = how(join_operator)?;
        Ok((how, with, self::on(reading, on)?))
    });
    Ok(Joined { first, others: others.collect::<Result<_, _>>()? })
}

fn how(of: JoinOperator) -> Result<(&'static str, JoinConstraint), Refused> {
    Ok(match of {
        JoinOperator::Join(on) | JoinOperator::Inner(on) => ("JOIN", on),
        JoinOperator::Left(on) | JoinOperator::LeftOuter(on) => ("LEFT JOIN", on),
        JoinOperator::Right(on) | JoinOperator::RightOuter(on) => ("RIGHT JOIN", on),
        JoinOperator::FullOuter(on) => ("FULL JOIN", on),
        JoinOperator::CrossJoin(on @ JoinConstraint::None) => ("CROSS JOIN", on),
        _ => return Refused::because("it joins in a way that no question needs"),
    })
}

fn on(reading: &mut Reading<'_>, of: JoinConstraint) -> Result<On, Refused> {
    match of {
        JoinConstraint::None => Ok(On::Nothing),
        JoinConstraint::On(of) => Ok(On::Expr(expression(reading, of)?)),
        JoinConstraint::Using(columns) => {
            let read = |it| match parts(it)?.as_slice() {
                [name] => Ok(name.clone()),
                _ => Refused::because("it joins by a column of another place"),
            };
            let names: Vec<String> = columns.iter().map(read).collect::<Result<_, _>>()?;
            for name in &names {
                reading.column(None, name.clone());
            }
            Ok(On::Using(names))
        }
        JoinConstraint::UsingAlias(..) | JoinConstraint::Natural => {
            Refused::because("it joins by whatever columns are alike")
        }
    }
}

fn source(reading: &mut Reading<'_>, of: TableFactor) -> Result<Source, Refused> {
    reading.within(|reading| match of {
        TableFactor::Table {
            name: object,
            alias,
            args: None,
            with_hints,
            version: None,
            with_ordinality: false,
            partitions,
            json_path: None,
            sample: None,
            index_directives,
            inheritance: None,
        } if with_hints.is_empty() && partitions.is_empty() && index_directives.is_empty() => {
            let alias = alias.map(self::alias).transpose()?;
            table(reading, &parts(&object)?, alias)
        }
        TableFactor::Derived { lateral: false, subquery, alias: Some(given), sample: None } => {
            let alias = alias(given)?;
            let query = query(reading, *subquery)?;
            reading.gives(query.select.columns().into_iter().chain(alias.1.clone()));
            reading.source(alias.0.clone(), None);
            Ok(Source { of: Of::Query(Box::new(query)), alias: Some(alias) })
        }
        TableFactor::Derived { alias: None, .. } => {
            Refused::because("a query that it looks at has no name: write (SELECT …) AS name")
        }
        _ => Refused::because("it looks at something else than a table or a query"),
    })
}

fn table(
    reading: &mut Reading<'_>,
    parts: &[String],
    alias: Option<(String, Vec<String>)>,
) -> Result<Source, Refused> {
    if alias.as_ref().is_some_and(|(_, columns)| !columns.is_empty()) {
        return Refused::because("it renames the columns of a table");
    }
    let called = |own: &str| alias.as_ref().map_or(own, |it| it.0.as_str()).to_owned();
    match parts {
        [own] if reading.queries.contains(own) => {
            reading.source(called(own), None);
            Ok(Source { of: Of::Named(own.clone()), alias })
        }
        [own] => Refused::because(format!("'{own}' has no schema: write schema.{own}")),
        _ => {
            let relation = reading.relation(parts)?;
            reading.source(called(&relation.name), Some(relation.clone()));
            Ok(Source { of: Of::Relation(relation.schema, relation.name), alias })
        }
    }
}

fn alias(of: TableAlias) -> Result<(String, Vec<String>), Refused> {
    let TableAlias { explicit: _, name: given, columns, at } = of;
    if at.is_some() || columns.iter().any(|it| it.data_type.is_some()) {
        return Refused::because("it names columns with their types");
    }
    Ok((name(&given), columns.iter().map(|it| name(&it.name)).collect()))
}

fn ordered(reading: &mut Reading<'_>, of: ast::OrderBy) -> Result<Vec<Order>, Refused> {
    match of {
        ast::OrderBy { kind: OrderByKind::Expressions(all), interpolate: None } => {
            all.into_iter().map(|it| order(reading, it)).collect()
        }
        _ => Refused::because("it is ordered in a way that no question needs"),
    }
}

fn limit(of: LimitClause) -> Result<u32, Refused> {
    let plain = match of {
        LimitClause::LimitOffset { limit: Some(limit), offset: None, limit_by }
            if limit_by.is_empty() =>
        {
            Some(limit)
        }
        _ => None,
    };
    let number = plain.and_then(|it| match it {
        ast::Expr::Value(value) => match value.value {
            Value::Number(text, _) => text.parse().ok(),
            _ => None,
        },
        _ => None,
    });
    number.ok_or_else(|| Refused("its LIMIT is no plain number".to_owned()))
}
