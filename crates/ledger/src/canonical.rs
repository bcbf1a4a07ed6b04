//! RFC 8785 canonical JSON, narrowed to the numbers that every reader agrees on.
//!
//! RFC 8785 writes numbers as ECMAScript does, through a double: fractions and integers from 2^53 up come out of
//! different parsers as different values, and a digest over them could not be checked by everyone. The ledger holds
//! none, and this is the one place that refuses them.

use serde::Serialize;
use serde_json::{Number, Value};

/// The greatest absolute value of an integer: 2^53 - 1.
pub const MAX_INTEGER: u64 = (1 << 53) - 1;

/// How many arrays and objects may enclose one another. Readers of JSON refuse deep nesting (`serde_json` at 128);
/// what goes into the ledger must stay readable, wrapped in a response as well.
pub const MAX_DEPTH: usize = 64;

/// A value has no canonical JSON.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CanonicalError {
    /// A number that is not an integer written without fraction and exponent, or is not below 2^53.
    #[error("{0} is not an integer below 2^53")]
    Number(String),
    /// More than [`MAX_DEPTH`] levels.
    #[error("arrays and objects are nested more than {MAX_DEPTH} deep")]
    Depth,
    /// The value cannot be written as JSON at all.
    #[error("not JSON: {0}")]
    Serialisation(String),
}

/// Writes a value in the one form that is hashed.
pub fn canonical_json(value: &Value) -> Result<String, CanonicalError> {
    check(value, 0)?;
    write(value)
}

/// Writes anything that serialises to JSON in the one form that is hashed.
pub(crate) fn canonical_json_of<T: Serialize>(value: &T) -> Result<String, CanonicalError> {
    let value =
        serde_json::to_value(value).map_err(|error| CanonicalError::Serialisation(error.to_string()))?;
    canonical_json(&value)
}

/// Writes what serialises to JSON and is known to hold nothing but numbers that are allowed.
pub(crate) fn write<T: Serialize>(value: &T) -> Result<String, CanonicalError> {
    serde_json_canonicalizer::to_string(value)
        .map_err(|error| CanonicalError::Serialisation(error.to_string()))
}

/// Checks the numbers and the depth of a value that `depth` arrays and objects enclose.
pub(crate) fn check(value: &Value, depth: usize) -> Result<(), CanonicalError> {
    match value {
        Value::Null | Value::Bool(_) | Value::String(_) => Ok(()),
        Value::Number(number) => check_number(number),
        Value::Array(_) | Value::Object(_) if depth >= MAX_DEPTH => Err(CanonicalError::Depth),
        Value::Array(elements) => elements.iter().try_for_each(|element| check(element, depth + 1)),
        Value::Object(members) => members.values().try_for_each(|member| check(member, depth + 1)),
    }
}

fn check_number(number: &Number) -> Result<(), CanonicalError> {
    let magnitude = number.as_i64().map(i64::unsigned_abs).or_else(|| number.as_u64());
    match magnitude {
        Some(magnitude) if magnitude <= MAX_INTEGER => Ok(()),
        _ => Err(CanonicalError::Number(number.to_string())),
    }
}
