//! Which entries are in doubt.

use std::fmt;

/// Entries of which one at least is not what it was: from `first` to `last`, both among them.
///
/// What was signed along the way, or kept by somebody, says how narrow this is. A root alone does not tell which of the
/// leaves below it was changed; the leaves that somebody kept do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suspects {
    /// The first that may be.
    pub first: u64,
    /// The last that may be.
    pub last: u64,
}

impl Suspects {
    /// This entry and no other.
    pub const fn only(seq: u64) -> Self {
        Self { first: seq, last: seq }
    }

    /// From an entry up to, but not including, another.
    pub const fn between(first: u64, end: u64) -> Self {
        let last = end.saturating_sub(1);
        Self { first, last: if last < first { first } else { last } }
    }

    /// Whether an entry is among them.
    pub const fn contain(&self, seq: u64) -> bool {
        self.first <= seq && seq <= self.last
    }
}

impl fmt::Display for Suspects {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { first, last } = self;
        if first == last {
            write!(formatter, "entry {first}")
        } else {
            write!(formatter, "one of the entries {first} to {last}")
        }
    }
}
