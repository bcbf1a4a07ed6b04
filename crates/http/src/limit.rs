//! How many entries of a list are asked for.

use qadam_app::error::FieldCode;
use serde::{Deserialize, Deserializer};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, Schema, SchemaFormat, Type};
use utoipa::{PartialSchema, ToSchema};

use crate::reading::refuse;

/// How many entries a page has where the client does not say.
const LIMIT_DEFAULT: u16 = 50;
/// How many entries a page has at most; more is brought down to this.
pub const LIMIT_MAX: u16 = 200;

/// The greatest number that is brought down: what is more was not meant.
pub const ASKED_MAX: u64 = i32::MAX as u64;
const ASKED_MORE: u64 = ASKED_MAX + 1;

/// How many entries a page may have: `?limit=`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit(u16);

impl Limit {
    /// The number of entries, from 1 to 200.
    pub const fn get(self) -> u16 {
        self.0
    }

    /// The same, but no more than `most`.
    #[must_use]
    pub fn at_most(self, most: u16) -> Self {
        Self(self.0.min(most))
    }
}

impl Default for Limit {
    fn default() -> Self {
        Self(LIMIT_DEFAULT)
    }
}

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match u64::deserialize(deserializer)? {
            0 | ASKED_MORE.. => Err(refuse(FieldCode::InvalidPageSize)),
            asked => Ok(Self(u16::try_from(asked).unwrap_or(LIMIT_MAX).min(LIMIT_MAX))),
        }
    }
}

impl PartialSchema for Limit {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::Integer)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int32)))
            .description(Some("Entries on a page; more than 200 is brought down to 200."))
            .minimum(Some(1))
            .maximum(Some(ASKED_MAX))
            .default(Some(LIMIT_DEFAULT.into()))
            .into()
    }
}

impl ToSchema for Limit {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_is_brought_down_and_nothing_is_no_limit() {
        let limit = |value: u64| serde_json::from_value::<Limit>(value.into()).map(Limit::get);
        assert_eq!(limit(1).unwrap(), 1);
        assert_eq!(limit(200).unwrap(), 200);
        assert_eq!(limit(201).unwrap(), 200);
        assert_eq!(limit(ASKED_MAX).unwrap(), 200);
        assert_eq!(limit(ASKED_MORE).unwrap_err().to_string(), "invalid_page_size");
        assert_eq!(limit(0).unwrap_err().to_string(), "invalid_page_size");
        assert_eq!(Limit::default().get(), 50);
        assert_eq!((Limit(200).at_most(50).get(), Limit(7).at_most(50).get()), (50, 7));
    }
}
