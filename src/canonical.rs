//! Canonical JSON: the same value is the same bytes (RFC 8785), so that it can
//! be signed, hashed and compared.
//!
//! Numbers are whole and exact in every reader: between -(2⁵³-1) and 2⁵³-1.
//! Reading takes nothing but the canonical form, so that no two texts mean one
//! signed thing: a repeated key, another order or a blank too many is refused.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::ids::hex;

/// The greatest whole number that every JSON reader holds exactly.
const EXACT: i64 = (1 << 53) - 1;

/// Why a value has no canonical form, or a text is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CanonicalError {
    /// It cannot be JSON at all, or lacks or has a field too many.
    #[error("it is not what is expected: {0}")]
    Shape(String),
    /// A number that is not whole or too large to be exact.
    #[error("the number {0} is not a whole number that is exact everywhere")]
    Number(String),
    /// The same could be written in another way.
    #[error("it is not in canonical form")]
    NotCanonical,
}

/// The canonical bytes of a value.
pub fn to_bytes(value: &impl Serialize) -> Result<Vec<u8>, CanonicalError> {
    let shape = |error: serde_json::Error| CanonicalError::Shape(error.to_string());
    let value = serde_json::to_value(value).map_err(shape)?;
    check_numbers(&value)?;
    serde_json_canonicalizer::to_vec(&value).map_err(shape)
}

/// The value of canonical bytes.
pub fn from_bytes<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, CanonicalError> {
    let shape = |error: serde_json::Error| CanonicalError::Shape(error.to_string());
    let value: Value = serde_json::from_slice(bytes).map_err(shape)?;
    if to_bytes(&value)? != bytes {
        return Err(CanonicalError::NotCanonical);
    }
    serde_json::from_value(value).map_err(shape)
}

/// SHA-256 of bytes as `sha256:` and 64 lower-case hexadecimal digits.
pub fn digest(bytes: &[u8]) -> String {
    format!("sha256:{}", hex(&Sha256::digest(bytes)))
}

/// Values nest no deeper than the reader of JSON allowed.
fn check_numbers(value: &Value) -> Result<(), CanonicalError> {
    match value {
        Value::Number(number) => match number.as_i64() {
            Some(whole) if (-EXACT..=EXACT).contains(&whole) => Ok(()),
            _ => Err(CanonicalError::Number(number.to_string())),
        },
        Value::Array(items) => items.iter().try_for_each(check_numbers),
        Value::Object(fields) => fields.values().try_for_each(check_numbers),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn read(text: &str) -> Result<Value, CanonicalError> {
        from_bytes(text.as_bytes())
    }

    #[test]
    fn keys_are_ordered_by_their_utf_16_units() {
        // The example of RFC 8785, section 3.2.3.
        let value = json!({"\u{20ac}": 1, "\r": 2, "\u{fb33}": 3, "1": 4, "\u{1f600}": 5,
            "\u{80}": 6, "\u{f6}": 7});
        let text = String::from_utf8(to_bytes(&value).unwrap()).unwrap();
        assert_eq!(
            text,
            "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"\u{f6}\":7,\"\u{20ac}\":1,\"\u{1f600}\":5,\"\u{fb33}\":3}"
        );
    }

    #[test]
    fn only_whole_exact_numbers_are_taken() {
        assert!(matches!(read("1.5"), Err(CanonicalError::Number(_))));
        assert!(matches!(read("[9007199254740992]"), Err(CanonicalError::Number(_))));
        assert_eq!(read("[9007199254740991]").unwrap(), json!([9_007_199_254_740_991_i64]));
    }

    #[test]
    fn another_way_of_writing_is_refused() {
        for text in
            [r#"{"b":1,"a":2}"#, r#"{"a":1,"a":1}"#, r#"{"a": 1}"#, "{\"a\":1}\n", r#"["\u0061"]"#]
        {
            assert_eq!(read(text), Err(CanonicalError::NotCanonical), "{text}");
        }
        assert!(matches!(read("{"), Err(CanonicalError::Shape(_))));
    }

    proptest! {
        /// What was written is read again, and nothing else has the same bytes.
        #[test]
        fn a_value_survives(pairs in proptest::collection::btree_map(".{0,6}", any::<i32>(), 0..6)) {
            let bytes = to_bytes(&pairs).unwrap();
            let back: std::collections::BTreeMap<String, i32> = from_bytes(&bytes).unwrap();
            prop_assert_eq!(back, pairs);
        }
    }
}
