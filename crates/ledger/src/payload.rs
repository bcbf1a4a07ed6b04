//! The payload of an entry: what was changed, for those who may read it.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::canonical;
use crate::subject::present;
use crate::{
    CIVIL_SOCIETY_ROLE, CanonicalError, Description, Digest, LeafActor, MAX_INTEGER, Moment, Salt, Subject,
    canonical_json,
};

/// A payload breaks the rules of a payload.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PayloadError {
    /// Not JSON, a member is missing, unknown, twice there or of the wrong type.
    #[error("not a payload: {0}")]
    Members(String),
    /// It has no canonical JSON.
    #[error(transparent)]
    Canonical(#[from] CanonicalError),
    /// `before` or `after` is neither an object nor null.
    #[error("{0} must be an object or null")]
    Record(&'static str),
    /// A list of `seq`s is empty instead of absent, not ascending, or holds a number of 2^53 or more.
    #[error("{0} must be absent or list seqs in ascending order")]
    Sequences(&'static str),
}

/// What an entry changed. It carries one axis only: never who filed beside what was filed.
///
/// It holds no user id; [`PayloadActor::digest`] stands for the person. `Debug` shows action and kind of subject
/// only, so that no log line gives away what the levels protect.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payload {
    /// When it was done; only the day for submitters whose identity is hidden.
    pub at: Moment,
    /// What was done.
    pub action: String,
    /// To which record.
    pub subject: Subject,
    /// By whom.
    pub actor: PayloadActor,
    /// The record before: an object, or null where there was none.
    pub before: Value,
    /// The record after: an object, or null where there is none for the readers of this entry.
    pub after: Value,
    /// Why, in whatever form the action asks for; null where nothing was given.
    pub reason: Value,
    /// The `seq`s whose payloads a narrowing withholds, ascending. The member is absent where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub withheld: Vec<u64>,
    /// The `seq`s whose payloads a redaction deleted, ascending. The member is absent where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub redacted: Vec<u64>,
}

/// Who acted, for those who may read the payload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PayloadActor {
    /// The role: `officer`, `ngo_member`, ...
    pub role: String,
    /// The organisation's code; null where it is hidden at the entry's level, or there is none.
    #[serde(deserialize_with = "present")]
    pub organisation: Option<String>,
    /// Stands for the person: [`crate::actor_digest`].
    pub digest: Digest,
}

impl Payload {
    /// Reads a payload strictly: a value is accepted only if [`Payload::to_json`] gives the same one back.
    pub fn from_json(value: &Value) -> Result<Self, PayloadError> {
        let payload = Self::deserialize(value).map_err(|error| PayloadError::Members(error.to_string()))?;
        for name in ["withheld", "redacted"] {
            if value.get(name).and_then(Value::as_array).is_some_and(Vec::is_empty) {
                return Err(PayloadError::Sequences(name));
            }
        }
        payload.check()?;
        canonical_json(value)?;
        Ok(payload)
    }

    /// The JSON value.
    pub fn to_json(&self) -> Result<Value, PayloadError> {
        self.check()?;
        serde_json::to_value(self).map_err(|error| PayloadError::Members(error.to_string()))
    }

    /// RFC 8785 JSON: the text that is stored and, behind the salt, hashed.
    pub fn canonical_json(&self) -> Result<String, PayloadError> {
        self.check()?;
        for value in [&self.before, &self.after, &self.reason] {
            canonical::check(value, 1)?;
        }
        Ok(canonical::write(self)?)
    }

    /// The digest of the entry, SHA-256(salt ‖ RFC 8785 JSON); the same as [`crate::commit`] of the JSON value.
    pub fn commit(&self, salt: &Salt) -> Result<Digest, PayloadError> {
        Ok(self.text_and_digest(salt)?.1)
    }

    /// The text that is stored and its digest behind the salt, written out once.
    pub fn text_and_digest(&self, salt: &Salt) -> Result<(String, Digest), PayloadError> {
        let text = self.canonical_json()?;
        let digest = Digest::of(&[salt.as_bytes(), text.as_bytes()]);
        Ok((text, digest))
    }

    /// What the open leaf of this entry tells; the organisation of civil society is left out.
    pub fn description(&self) -> Description {
        let organisation = match self.actor.role.as_str() {
            CIVIL_SOCIETY_ROLE => None,
            _ => self.actor.organisation.clone(),
        };
        Description {
            action: self.action.clone(),
            subject: self.subject.clone(),
            actor: LeafActor { role: self.actor.role.clone(), organisation },
        }
    }

    fn check(&self) -> Result<(), PayloadError> {
        for (name, record) in [("before", &self.before), ("after", &self.after)] {
            if !(record.is_object() || record.is_null()) {
                return Err(PayloadError::Record(name));
            }
        }
        for (name, sequences) in [("withheld", &self.withheld), ("redacted", &self.redacted)] {
            let ascending = sequences.is_sorted_by(|left, right| left < right);
            if !ascending || sequences.last().is_some_and(|&last| last > MAX_INTEGER) {
                return Err(PayloadError::Sequences(name));
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Payload {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Payload")
            .field("action", &self.action)
            .field("subject.type", &self.subject.kind)
            .finish_non_exhaustive()
    }
}
