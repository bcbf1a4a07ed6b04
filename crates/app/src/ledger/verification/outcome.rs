//! What a verification came to, in one line.

use std::fmt;

use qadam_ledger::{Failure, KeyName, Standing, Suspects};

/// Everything that was proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Whose ledger it is.
    pub origin: KeyName,
    /// How many entries there are.
    pub entries: u64,
    /// How many of them are open.
    pub open: u64,
    /// How many payloads are withheld or redacted, as later entries say.
    pub withheld: u64,
    /// How many records were compared with their last entries.
    pub records: u64,
    /// How many differ in a way that the day's batch is about to tell.
    pub pending: u64,
    /// How many entries the earlier checkpoint covered.
    pub since: Option<u64>,
    /// What the receipt proves.
    pub receipt: Option<Standing>,
    /// Whether the key came from outside.
    pub key_was_given: bool,
}

impl fmt::Display for Proof {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sealed = self.entries.saturating_sub(self.open);
        write!(
            formatter,
            "verified: {} entries ({} open, {sealed} sealed) are those that {} signed, and {} records are as their \
             last entries say",
            self.entries, self.open, self.origin, self.records
        )?;
        if self.pending > 0 {
            write!(formatter, "; {} more are pending until the day's batch", self.pending)?;
        }
        if self.withheld > 0 {
            write!(formatter, "; {} payloads are withheld, each by a later entry", self.withheld)?;
        }
        if let Some(since) = self.since {
            write!(formatter, "; nothing was rewritten since the checkpoint of {since} entries")?;
        }
        match self.receipt {
            Some(Standing::Admitted { seq }) => {
                write!(formatter, "; the receipt's filing is entry {seq}")?;
            }
            Some(Standing::Waiting) => {
                write!(formatter, "; the receipt's filing waits and need not be there yet")?;
            }
            Some(Standing::Dropped) | None => {}
        }
        if !self.key_was_given {
            write!(formatter, "; the key is the register's own (give --key to hold it against yours)")?;
        }
        Ok(())
    }
}

/// Why nothing was proved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Doubt {
    /// The ledger is not what it claims to be.
    #[error("NOT verified: {0}")]
    Ledger(#[from] Failure),
    /// A record is not as its last entry says, or one of the two is missing.
    #[error("NOT verified: {name} ({kind}): {what}")]
    Record {
        /// The kind of record.
        kind: String,
        /// What people know it by.
        name: String,
        /// What is wrong with it.
        what: String,
    },
    /// What is stored about an entry contradicts itself, or no signature vouches for it.
    #[error("NOT verified: {suspects}: {what}")]
    Entries {
        /// Which entries it may be.
        suspects: Suspects,
        /// What is wrong with them.
        what: String,
    },
    /// What is stored about the ledger contradicts itself.
    #[error("NOT verified: {0}")]
    Stored(String),
    /// The receipt is good and its entry is not in the tree.
    #[error(
        "NOT verified: the receipt proves that the filing was dropped: it should be in the ledger and is not"
    )]
    Dropped,
    /// It could not be read, so that nothing is known either way.
    #[error("could not verify: {0}")]
    Unreadable(String),
}

impl Doubt {
    /// A record that is not as its last entry says.
    pub fn record(kind: &str, name: impl Into<String>, what: impl Into<String>) -> Self {
        Self::Record { kind: kind.to_owned(), name: name.into(), what: what.into() }
    }

    /// An entry about which what is stored contradicts itself.
    pub fn entry(seq: u64, what: impl Into<String>) -> Self {
        Self::Entries { suspects: Suspects::only(seq), what: what.into() }
    }

    /// Which entries are in doubt, where it is about entries in the tree.
    pub const fn suspects(&self) -> Option<Suspects> {
        match self {
            Self::Ledger(failure) => failure.suspects(),
            Self::Entries { suspects, .. } => Some(*suspects),
            Self::Record { .. } | Self::Stored(_) | Self::Dropped | Self::Unreadable(_) => None,
        }
    }

    /// What is wrong, without the verdict.
    pub fn cause(&self) -> String {
        let line = self.to_string();
        line.split_once(": ").map_or_else(String::new, |(_, cause)| cause.to_owned())
    }

    /// Something that could not be read.
    pub fn unreadable(what: &str, cause: impl fmt::Display) -> Self {
        Self::Unreadable(format!("{what}: {cause}"))
    }

    /// Whether a change between two readings would explain it, so that it is worth reading again.
    pub const fn may_be_a_change_meanwhile(&self) -> bool {
        matches!(
            self,
            Self::Record { .. }
                | Self::Ledger(
                    Failure::PayloadMissing { .. }
                        | Failure::SizeDiffers { .. }
                        | Failure::RootDiffers { .. }
                )
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_tells_what_was_proved_and_no_more() {
        let mut proof = Proof {
            origin: "register.example/ledger".parse().unwrap(),
            entries: 12,
            open: 10,
            withheld: 0,
            records: 7,
            pending: 0,
            since: None,
            receipt: None,
            key_was_given: true,
        };
        let begin = "verified: 12 entries (10 open, 2 sealed) are those that register.example/ledger signed, and 7 \
                     records are as their last entries say";
        assert_eq!(proof.to_string(), begin);
        proof.pending = 1;
        proof.since = Some(5);
        proof.receipt = Some(Standing::Admitted { seq: 3 });
        proof.key_was_given = false;
        assert_eq!(
            proof.to_string(),
            format!(
                "{begin}; 1 more are pending until the day's batch; nothing was rewritten since the checkpoint of 5 \
                 entries; the receipt's filing is entry 3; the key is the register's own (give --key to hold it \
                 against yours)"
            )
        );
    }
}
