//! The leaf of an entry: what is public about it for ever.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::canonical::canonical_json_of;
use crate::subject::present;
use crate::{
    CIVIL_SOCIETY_ROLE, CanonicalError, Day, Description, Digest, LeafActor, MAX_INTEGER, Moment, Subject,
    leaf_hash,
};

/// A leaf breaks the rules of a leaf.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LeafError {
    /// Not JSON, a member is missing, unknown, twice there or of the wrong type.
    #[error("not a leaf: {0}")]
    Members(String),
    /// The text is a leaf, but not in the one form that is hashed.
    #[error("the leaf is not in canonical form")]
    NotCanonical,
    /// `seq` is 2^53 or more.
    #[error("seq must be below 2^53")]
    Sequence,
    /// A sealed leaf tells an action, a subject or an actor.
    #[error("a sealed leaf must not describe its entry")]
    SealedDescribed,
    /// A sealed leaf tells the hour of its admission.
    #[error("a sealed leaf must be admitted on a day, not at an instant")]
    SealedInstant,
    /// An open leaf lacks action, subject or actor.
    #[error("an open leaf must have an action, a subject and an actor")]
    OpenUndescribed,
    /// A text that must say something is empty.
    #[error("{0} must not be empty")]
    Empty(&'static str),
    /// The organisation of civil society is named.
    #[error("a leaf must not name the organisation of civil society")]
    CivilSocietyNamed,
}

/// The public, permanent part of an entry: seven JSON members, always all of them.
///
/// `seq` is its index in the tree; `digest` commits to salt and payload. Values of this type keep the rules of
/// [`LeafError`], however they were made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Members", into = "Members")]
pub struct Leaf {
    seq: u64,
    digest: Digest,
    admission: Admission,
}

/// How an entry came into the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Admission {
    /// It concerned what was public when made.
    Open {
        /// When it was admitted.
        at: Moment,
        /// What it was.
        description: Description,
    },
    /// It is never opened to the public.
    Sealed {
        /// The day of its admission.
        day: Day,
    },
}

impl Leaf {
    /// The leaf of an open entry. [`crate::Payload::description`] makes the description.
    pub fn open(seq: u64, at: Moment, description: Description, digest: Digest) -> Result<Self, LeafError> {
        Self { seq, digest, admission: Admission::Open { at, description } }.checked()
    }

    /// The leaf of a sealed entry.
    pub fn sealed(seq: u64, day: Day, digest: Digest) -> Result<Self, LeafError> {
        Self { seq, digest, admission: Admission::Sealed { day } }.checked()
    }

    /// Reads a stored leaf, which must be byte for byte what [`Leaf::canonical_json`] writes.
    pub fn parse(text: &str) -> Result<Self, LeafError> {
        let leaf: Self = serde_json::from_str(text).map_err(|error| LeafError::Members(error.to_string()))?;
        match leaf.canonical_json() {
            Ok(canonical) if canonical == text => Ok(leaf),
            _ => Err(LeafError::NotCanonical),
        }
    }

    /// Reads a leaf from a response, where members may stand in any order.
    pub fn from_json(value: Value) -> Result<Self, LeafError> {
        serde_json::from_value(value).map_err(|error| LeafError::Members(error.to_string()))
    }

    /// The index in the tree.
    pub const fn seq(&self) -> u64 {
        self.seq
    }

    /// The digest of salt and payload.
    pub const fn digest(&self) -> Digest {
        self.digest
    }

    /// Open or sealed, with what each tells.
    pub const fn admission(&self) -> &Admission {
        &self.admission
    }

    /// Whether it is sealed.
    pub const fn is_sealed(&self) -> bool {
        matches!(self.admission, Admission::Sealed { .. })
    }

    /// What an open leaf tells about its entry; nothing for a sealed one.
    pub const fn description(&self) -> Option<&Description> {
        match &self.admission {
            Admission::Open { description, .. } => Some(description),
            Admission::Sealed { .. } => None,
        }
    }

    /// RFC 8785 JSON: the bytes that are stored and hashed.
    pub fn canonical_json(&self) -> Result<String, CanonicalError> {
        canonical_json_of(self)
    }

    /// The hash that stands for this leaf in the tree.
    pub fn hash(&self) -> Result<Digest, CanonicalError> {
        Ok(leaf_hash(self.canonical_json()?.as_bytes()))
    }

    fn checked(self) -> Result<Self, LeafError> {
        if self.seq > MAX_INTEGER {
            return Err(LeafError::Sequence);
        }
        if let Some(Description { action, subject, actor }) = self.description() {
            for (name, text) in [
                ("action", action),
                ("subject.type", &subject.kind),
                ("subject.id", &subject.id),
                ("actor.role", &actor.role),
            ] {
                if text.is_empty() {
                    return Err(LeafError::Empty(name));
                }
            }
            if actor.role == CIVIL_SOCIETY_ROLE && actor.organisation.is_some() {
                return Err(LeafError::CivilSocietyNamed);
            }
        }
        Ok(self)
    }
}

/// The JSON form. The names and their number are part of every hash and never change.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Members {
    seq: u64,
    admitted_at: Moment,
    sealed: bool,
    #[serde(deserialize_with = "present")]
    action: Option<String>,
    #[serde(deserialize_with = "present")]
    subject: Option<Subject>,
    #[serde(deserialize_with = "present")]
    actor: Option<LeafActor>,
    digest: Digest,
}

impl From<Leaf> for Members {
    fn from(leaf: Leaf) -> Self {
        let Leaf { seq, digest, admission } = leaf;
        match admission {
            Admission::Open { at, description: Description { action, subject, actor } } => Self {
                seq,
                admitted_at: at,
                sealed: false,
                action: Some(action),
                subject: Some(subject),
                actor: Some(actor),
                digest,
            },
            Admission::Sealed { day } => Self {
                seq,
                admitted_at: day.into(),
                sealed: true,
                action: None,
                subject: None,
                actor: None,
                digest,
            },
        }
    }
}

impl TryFrom<Members> for Leaf {
    type Error = LeafError;

    fn try_from(members: Members) -> Result<Self, LeafError> {
        let Members { seq, admitted_at, sealed, action, subject, actor, digest } = members;
        match (sealed, action, subject, actor) {
            (true, None, None, None) => match admitted_at {
                Moment::Day(day) => Self::sealed(seq, day, digest),
                Moment::Instant(_) => Err(LeafError::SealedInstant),
            },
            (true, ..) => Err(LeafError::SealedDescribed),
            (false, Some(action), Some(subject), Some(actor)) => {
                Self::open(seq, admitted_at, Description { action, subject, actor }, digest)
            }
            (false, ..) => Err(LeafError::OpenUndescribed),
        }
    }
}
