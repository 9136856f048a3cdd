//! Functions that may be called, and the types that may be cast to: nothing else may.

/// What calling it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// Of many rows.
    Aggregate,
    /// Of many rows in an order: `WITHIN GROUP`.
    Ordered,
    /// Of one row.
    Plain,
    /// The same, by a word of the language itself.
    Word,
}

/// A function of the server's own.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Function {
    pub(super) name: &'static str,
    pub(super) sort: Sort,
}

const fn row(name: &'static str, sort: Sort) -> Function {
    Function { name, sort }
}

use Sort::{Aggregate, Ordered, Plain, Word};

/// None of them writes, waits, sends, reads a file or a setting, makes a long text of a
/// short one, or puts many values into one.
#[rustfmt::skip]
const FUNCTIONS: &[Function] = &[
    row("count", Aggregate),          row("sum", Aggregate),            row("avg", Aggregate),
    row("min", Aggregate),            row("max", Aggregate),            row("bool_and", Aggregate),
    row("bool_or", Aggregate),        row("every", Aggregate),          row("bit_and", Aggregate),
    row("bit_or", Aggregate),         row("stddev", Aggregate),         row("stddev_pop", Aggregate),
    row("stddev_samp", Aggregate),    row("variance", Aggregate),       row("var_pop", Aggregate),
    row("var_samp", Aggregate),       row("corr", Aggregate),           row("covar_pop", Aggregate),
    row("covar_samp", Aggregate),     row("regr_count", Aggregate),     row("regr_slope", Aggregate),
    row("regr_intercept", Aggregate), row("regr_r2", Aggregate),        row("percentile_cont", Ordered),
    row("percentile_disc", Ordered),  row("mode", Ordered),

    row("abs", Plain),                row("ceil", Plain),               row("ceiling", Plain),
    row("floor", Plain),              row("round", Plain),              row("trunc", Plain),
    row("sign", Plain),               row("mod", Plain),                row("div", Plain),
    row("sqrt", Plain),               row("ln", Plain),                 row("log", Plain),
    row("width_bucket", Plain),       row("length", Plain),             row("char_length", Plain),
    row("octet_length", Plain),       row("lower", Plain),              row("upper", Plain),
    row("btrim", Plain),              row("ltrim", Plain),              row("rtrim", Plain),
    row("left", Plain),               row("right", Plain),              row("substr", Plain),
    row("split_part", Plain),         row("strpos", Plain),             row("starts_with", Plain),
    row("md5", Plain),                row("date_trunc", Plain),         row("date_part", Plain),
    row("date_bin", Plain),           row("age", Plain),                row("to_char", Plain),
    row("justify_hours", Plain),      row("isfinite", Plain),           row("num_nulls", Plain),
    row("num_nonnulls", Plain),       row("jsonb_typeof", Plain),       row("jsonb_array_length", Plain),

    row("coalesce", Word),            row("nullif", Word),              row("greatest", Word),
    row("least", Word),
];

/// The function of that name.
pub(super) fn named(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|it| it.name == name)
}

impl Function {
    /// Whether it makes one value of many rows.
    pub(super) fn is_aggregate(&self) -> bool {
        matches!(self.sort, Aggregate | Ordered)
    }
}

/// Fields of a time that `EXTRACT` takes.
pub(super) const FIELDS: &[&str] = &[
    "epoch", "year", "quarter", "month", "week", "day", "hour", "minute", "second", "dow", "doy",
    "isodow", "isoyear",
];
