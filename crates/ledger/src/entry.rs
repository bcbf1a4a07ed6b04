//! An entry as it is served: the leaf, and for those who may read it what the leaf commits to.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Leaf, Salt};

/// One element of `GET /ledger/entries`. Salt and payload are there together or not at all; [`crate::Replay::feed`]
/// reports one without the other.
///
/// The payload is kept as it was served, not parsed: its digest is over exactly what was served. `Debug` does not show
/// it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// What is public for ever.
    pub leaf: Leaf,
    /// The 32 random bytes before the payload.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub salt: Option<Salt>,
    /// The payload's JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payload: Option<Value>,
}

impl fmt::Debug for Entry {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Entry").field("leaf", &self.leaf).finish_non_exhaustive()
    }
}
