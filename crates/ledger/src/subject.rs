//! What a leaf says about an entry: which action, on what, by whom.

use serde::{Deserialize, Deserializer, Serialize};

/// The role of those who act for a civil-society organisation. A leaf is for ever and public, so it never names their
/// organisation; the payload does, as long as the identity may be seen.
pub const CIVIL_SOCIETY_ROLE: &str = "ngo_member";

/// The record that an entry is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// What kind of record: `item`, `meeting`, `organisation`, ...
    #[serde(rename = "type")]
    pub kind: String,
    /// The record's id.
    pub id: String,
    /// The number people know it by (`C-2025-0001`), once it has one.
    #[serde(rename = "ref", deserialize_with = "present")]
    pub reference: Option<String>,
}

/// Who acted, as far as a leaf tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeafActor {
    /// The role: `officer`, `secretariat`, ...
    pub role: String,
    /// The organisation's code; always null for [`CIVIL_SOCIETY_ROLE`].
    #[serde(deserialize_with = "present")]
    pub organisation: Option<String>,
}

/// Everything that an open leaf tells about its entry and a sealed one keeps to itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    /// What was done.
    pub action: String,
    /// To which record.
    pub subject: Subject,
    /// By whom.
    pub actor: LeafActor,
}

/// Reads a member that may be null but not be absent, which serde otherwise takes for the same thing.
pub(crate) fn present<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(deserializer)
}
