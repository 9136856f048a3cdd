//! An expression of the parser, read into this room's own.

use sqlparser::ast::{
    self, BinaryOperator as Binary, CastKind, CeilFloorKind, DateTimeField, DuplicateTreatment,
    Expr as Parsed, FunctionArg, FunctionArgExpr, FunctionArgumentList, FunctionArguments,
    InTarget, OrderByOptions, OrderBySort, UnaryOperator as Unary, Value,
};

use super::Refused;
use super::functions::{self, Sort};
use super::scope::{Reading, name, parts};
use super::tokens::is_plain;
use super::tree::{Call, Expr, Order};
use super::types;

pub(super) fn expression(reading: &mut Reading<'_>, of: Parsed) -> Result<Expr, Refused> {
    reading.within(|reading| match of {
        Parsed::Nested(it) => expression(reading, *it),
        Parsed::Identifier(ident) => Ok(column(reading, None, &ident)),
        Parsed::CompoundIdentifier(idents) => match idents.as_slice() {
            [source, ident] => Ok(column(reading, Some(name(source)), ident)),
            _ => Refused::because("it names a column by more than its source: give it an alias"),
        },
        Parsed::Value(value) => self::value(reading, value.value),
        Parsed::TypedString(ast::TypedString { data_type, value, uses_odbc_syntax: false }) => {
            let value = self::value(reading, value.value)?;
            Ok(Expr::Cast(Box::new(value), types::written(&data_type)?))
        }
        Parsed::Interval(interval) => self::interval(reading, interval),
        Parsed::UnaryOp { op, expr } => before(reading, op, *expr),
        Parsed::BinaryOp { left, op, right } => {
            let sign = between(&op)?;
            Ok(Expr::Between(boxed(reading, *left)?, sign, boxed(reading, *right)?))
        }
        Parsed::Cast {
            kind: CastKind::Cast | CastKind::DoubleColon,
            expr,
            data_type,
            format: None,
        } => Ok(Expr::Cast(boxed(reading, *expr)?, types::written(&data_type)?)),
        Parsed::Case { case_token: _, end_token: _, operand, conditions, else_result } => {
            let of = operand.map(|it| boxed(reading, *it)).transpose()?;
            let when = conditions.into_iter().map(|it| {
                Ok((expression(reading, it.condition)?, expression(reading, it.result)?))
            });
            let when = when.collect::<Result<_, _>>()?;
            let otherwise = else_result.map(|it| boxed(reading, *it)).transpose()?;
            Ok(Expr::Case { of, when, otherwise })
        }
        Parsed::Subquery(of) => Ok(Expr::Query(Box::new((reading.query)(reading, *of)?))),
        Parsed::Exists { subquery, negated } => {
            Ok(Expr::Exists(negated, Box::new((reading.query)(reading, *subquery)?)))
        }
        Parsed::In { expr, target, negated, global: false } => {
            among(reading, *expr, target, negated)
        }
        Parsed::Function(of) => call(reading, of),
        other => tested(reading, other),
    })
}

/// What asks whether something is so.
fn tested(reading: &mut Reading<'_>, of: Parsed) -> Result<Expr, Refused> {
    let (of, sign) = match of {
        Parsed::IsNull(it) => (it, "IS NULL"),
        Parsed::IsNotNull(it) => (it, "IS NOT NULL"),
        Parsed::IsTrue(it) => (it, "IS TRUE"),
        Parsed::IsNotTrue(it) => (it, "IS NOT TRUE"),
        Parsed::IsFalse(it) => (it, "IS FALSE"),
        Parsed::IsNotFalse(it) => (it, "IS NOT FALSE"),
        Parsed::IsDistinctFrom(left, right) => {
            return pair(reading, *left, "IS DISTINCT FROM", *right);
        }
        Parsed::IsNotDistinctFrom(left, right) => {
            return pair(reading, *left, "IS NOT DISTINCT FROM", *right);
        }
        Parsed::Like { negated, any: false, expr, pattern, escape_char: None } => {
            return pair(reading, *expr, if negated { "NOT LIKE" } else { "LIKE" }, *pattern);
        }
        Parsed::ILike { negated, any: false, expr, pattern, escape_char: None } => {
            return pair(reading, *expr, if negated { "NOT ILIKE" } else { "ILIKE" }, *pattern);
        }
        Parsed::Between { expr, negated, low, high } => {
            let three = [expr, low, high].map(|it| expression(reading, *it));
            let [of, from, to] = three;
            return Ok(Expr::Range(Box::new([of?, from?, to?]), negated));
        }
        other => return special(reading, other),
    };
    Ok(Expr::Behind(boxed(reading, *of)?, sign))
}

/// Functions that the language writes in a way of their own.
fn special(reading: &mut Reading<'_>, of: Parsed) -> Result<Expr, Refused> {
    match of {
        Parsed::Extract { field, syntax: _, expr } => {
            let written = field.to_string().to_lowercase();
            let field = functions::FIELDS.iter().find(|it| **it == written);
            let field = field
                .ok_or_else(|| Refused(format!("there is no field '{written}' of a time here")))?;
            Ok(Expr::Field(field, boxed(reading, *expr)?))
        }
        Parsed::Ceil { expr, field: CeilFloorKind::DateTimeField(DateTimeField::NoDateTime) } => {
            plain(reading, "ceil", vec![*expr])
        }
        Parsed::Floor { expr, field: CeilFloorKind::DateTimeField(DateTimeField::NoDateTime) } => {
            plain(reading, "floor", vec![*expr])
        }
        Parsed::Substring { expr, substring_from: Some(from), substring_for, .. } => {
            let rest = substring_for.map(|it| *it);
            plain(
                reading,
                "substr",
                [Some(*expr), Some(*from), rest].into_iter().flatten().collect(),
            )
        }
        Parsed::Trim { trim_where: None, trim_what: None, expr, trim_characters: None } => {
            plain(reading, "btrim", vec![*expr])
        }
        Parsed::Position { expr, r#in: within } => plain(reading, "strpos", vec![*within, *expr]),
        _ => Refused::because("it says something that no question needs"),
    }
}

fn plain(reading: &mut Reading<'_>, name: &str, arguments: Vec<Parsed>) -> Result<Expr, Refused> {
    let function = functions::named(name).ok_or_else(|| uncallable(name))?;
    let arguments = arguments.into_iter().map(|it| expression(reading, it));
    let arguments = arguments.collect::<Result<_, _>>()?;
    let (is_star, is_distinct, within, filter) = (false, false, Vec::new(), None);
    Ok(Expr::Call(Call { function, is_star, is_distinct, arguments, within, filter }))
}

fn boxed(reading: &mut Reading<'_>, of: Parsed) -> Result<Box<Expr>, Refused> {
    Ok(Box::new(expression(reading, of)?))
}

fn pair(
    reading: &mut Reading<'_>,
    left: Parsed,
    sign: &'static str,
    right: Parsed,
) -> Result<Expr, Refused> {
    Ok(Expr::Between(boxed(reading, left)?, sign, boxed(reading, right)?))
}

fn column(reading: &mut Reading<'_>, source: Option<String>, ident: &ast::Ident) -> Expr {
    let name = name(ident);
    reading.column(source.clone(), name.clone());
    Expr::Column(source, name)
}

fn value(reading: &mut Reading<'_>, of: Value) -> Result<Expr, Refused> {
    match of {
        Value::Number(text, false) => Ok(Expr::Number(text)),
        Value::SingleQuotedString(text) if is_plain(&text) => Ok(Expr::Text(text)),
        Value::Boolean(true) => Ok(Expr::Word("TRUE")),
        Value::Boolean(false) => Ok(Expr::Word("FALSE")),
        Value::Null => Ok(Expr::Word("NULL")),
        Value::Placeholder(name) => {
            let (at, takes) = reading.parameter(&name)?;
            Ok(Expr::Bound(at, takes))
        }
        other => {
            Refused::because(format!("it has the value {other}, of a sort that no question needs"))
        }
    }
}

fn interval(reading: &mut Reading<'_>, of: ast::Interval) -> Result<Expr, Refused> {
    let ast::Interval {
        value,
        leading_field: None,
        leading_precision: None,
        last_field: None,
        fractional_seconds_precision: None,
    } = of
    else {
        return Refused::because("its interval says more than a text: write INTERVAL '1 hour'");
    };
    let of = ast::DataType::Interval { fields: None, precision: None };
    Ok(Expr::Cast(boxed(reading, *value)?, types::written(&of)?))
}

fn before(reading: &mut Reading<'_>, op: Unary, of: Parsed) -> Result<Expr, Refused> {
    let sign = match op {
        Unary::Not => "NOT",
        Unary::Minus => "-",
        Unary::Plus => "+",
        other => return Refused::because(format!("it has the operator {other}")),
    };
    Ok(Expr::Before(sign, boxed(reading, of)?))
}

fn between(op: &Binary) -> Result<&'static str, Refused> {
    Ok(match op {
        Binary::Plus => "+",
        Binary::Minus => "-",
        Binary::Multiply => "*",
        Binary::Divide => "/",
        Binary::Modulo => "%",
        Binary::Gt => ">",
        Binary::Lt => "<",
        Binary::GtEq => ">=",
        Binary::LtEq => "<=",
        Binary::Eq => "=",
        Binary::NotEq => "<>",
        Binary::And => "AND",
        Binary::Or => "OR",
        Binary::Arrow => "->",
        Binary::LongArrow => "->>",
        other => return Refused::because(format!("it has the operator {other}")),
    })
}

fn among(
    reading: &mut Reading<'_>,
    of: Parsed,
    target: InTarget,
    is_not: bool,
) -> Result<Expr, Refused> {
    let of = boxed(reading, of)?;
    match target {
        InTarget::List(list) => {
            let list = list.into_iter().map(|it| expression(reading, it));
            Ok(Expr::Among(of, is_not, list.collect::<Result<_, _>>()?))
        }
        InTarget::Subquery(target) => {
            Ok(Expr::AmongQuery(of, is_not, Box::new((reading.query)(reading, *target)?)))
        }
        _ => Refused::because("it looks for a value in something else than a list or a query"),
    }
}

fn uncallable(name: &str) -> Refused {
    Refused(format!("it calls '{name}', which is none of the functions that may be called"))
}

fn call(reading: &mut Reading<'_>, of: ast::Function) -> Result<Expr, Refused> {
    let ast::Function {
        name: object,
        uses_odbc_syntax,
        parameters,
        args,
        filter,
        null_treatment,
        over,
        within_group,
    } = of;
    let parts = parts(&object)?;
    let [name] = parts.as_slice() else {
        return Refused::because(format!(
            "it calls '{}': functions are called without a schema",
            parts.join(".")
        ));
    };
    let function = functions::named(name).ok_or_else(|| uncallable(name))?;
    let is_other = uses_odbc_syntax
        || parameters != FunctionArguments::None
        || null_treatment.is_some()
        || over.is_some()
        || (filter.is_some() && !function.is_aggregate())
        || (within_group.is_empty() == (function.sort == Sort::Ordered));
    if is_other {
        return Refused::because(format!("it calls '{name}' in a way that no question needs"));
    }
    let (is_star, is_distinct, arguments) = arguments(reading, name, args)?;
    if (is_star || is_distinct) && !function.is_aggregate() {
        return Refused::because(format!("it calls '{name}' in a way that no question needs"));
    }
    let within = within_group.into_iter().map(|it| order(reading, it));
    let within = within.collect::<Result<_, _>>()?;
    let filter = filter.map(|it| boxed(reading, *it)).transpose()?;
    Ok(Expr::Call(Call { function, is_star, is_distinct, arguments, within, filter }))
}

fn arguments(
    reading: &mut Reading<'_>,
    name: &str,
    of: FunctionArguments,
) -> Result<(bool, bool, Vec<Expr>), Refused> {
    let strange = || Refused(format!("it calls '{name}' in a way that no question needs"));
    let FunctionArguments::List(FunctionArgumentList { duplicate_treatment, args, clauses }) = of
    else {
        return Err(strange());
    };
    if !clauses.is_empty() {
        return Err(strange());
    }
    let is_distinct = duplicate_treatment == Some(DuplicateTreatment::Distinct);
    if let [FunctionArg::Unnamed(FunctionArgExpr::Wildcard)] = args.as_slice() {
        return if name == "count" && !is_distinct {
            Ok((true, false, Vec::new()))
        } else {
            Err(strange())
        };
    }
    let read = |it| match it {
        FunctionArg::Unnamed(FunctionArgExpr::Expr(it)) => expression(reading, it),
        _ => Err(strange()),
    };
    Ok((false, is_distinct, args.into_iter().map(read).collect::<Result<_, _>>()?))
}

pub(super) fn order(reading: &mut Reading<'_>, of: ast::OrderByExpr) -> Result<Order, Refused> {
    let ast::OrderByExpr { expr, options, with_fill } = of;
    let OrderByOptions { sort, nulls_first } = options;
    let is_descending = match sort {
        None | Some(OrderBySort::Asc) => false,
        Some(OrderBySort::Desc) => true,
        Some(OrderBySort::Using(_)) => return Refused::because("it orders by an operator"),
    };
    if with_fill.is_some() {
        return Refused::because("it is ordered in a way that no question needs");
    }
    Ok(Order { by: expression(reading, expr)?, is_descending, nulls_first })
}
