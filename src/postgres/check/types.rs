//! Types that may be cast to: plain values. None of the server's own names, whose
//! values are looked up in its catalogue, and none that is a program, such as XML.

use sqlparser::ast::{CharacterLength, DataType, ExactNumberInfo, TimezoneInfo};

use super::Refused;

/// How a type is written, with its schema.
pub(super) fn written(of: &DataType) -> Result<String, Refused> {
    let plain = |name: &str| Ok(format!("\"pg_catalog\".\"{name}\""));
    match of {
        DataType::SmallInt(None) | DataType::Int2(None) => plain("int2"),
        DataType::Int(None) | DataType::Integer(None) | DataType::Int4(None) => plain("int4"),
        DataType::BigInt(None) | DataType::Int8(None) => plain("int8"),
        DataType::Numeric(size) | DataType::Decimal(size) => numeric(*size),
        DataType::Real | DataType::Float4 => plain("float4"),
        DataType::DoublePrecision | DataType::Float8 => plain("float8"),
        DataType::Bool | DataType::Boolean => plain("bool"),
        DataType::Text | DataType::Varchar(None) | DataType::CharacterVarying(None) => {
            plain("text")
        }
        DataType::Varchar(Some(CharacterLength::IntegerLength { length, unit: None }))
            if (1..=200).contains(length) =>
        {
            Ok(format!("\"pg_catalog\".\"varchar\"({length})"))
        }
        DataType::Uuid => plain("uuid"),
        DataType::JSONB => plain("jsonb"),
        DataType::Date => plain("date"),
        DataType::Time(None, TimezoneInfo::None | TimezoneInfo::WithoutTimeZone) => plain("time"),
        DataType::Timestamp(None, TimezoneInfo::None | TimezoneInfo::WithoutTimeZone) => {
            plain("timestamp")
        }
        DataType::Timestamp(None, TimezoneInfo::Tz | TimezoneInfo::WithTimeZone) => {
            plain("timestamptz")
        }
        DataType::Interval { fields: None, precision: None } => plain("interval"),
        _ => {
            Refused::because(format!("it casts to '{of}', which is none of the types that may be"))
        }
    }
}

fn numeric(size: ExactNumberInfo) -> Result<String, Refused> {
    let size = match size {
        ExactNumberInfo::None => String::new(),
        ExactNumberInfo::Precision(all @ 1..=100) => format!("({all})"),
        ExactNumberInfo::PrecisionAndScale(all @ 1..=100, part @ 0..=100) => {
            format!("({all},{part})")
        }
        _ => return Refused::because("it casts to a numeric that is larger than any value"),
    };
    Ok(format!("\"pg_catalog\".\"numeric\"{size}"))
}
