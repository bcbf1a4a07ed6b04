//! What is done to the ledger in a trial, and what a verification must say of it.

use qadam_ledger::Signer;
use qadam_tests::Copied;
use serde_json::Value;

use crate::insider::{Depth, Ledger, Sql};
use crate::numbers::Numbers;

/// An attack on the ledger. Changes of current rows are in [`crate::rows`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Attack {
    /// An entry says something else; its leaf and its row are made anew.
    Edit,
    /// An entry is gone, and those after it move up.
    Delete,
    /// Two entries take each other's place.
    Swap,
    /// An entry that nobody made stands among the others.
    Insert,
    /// One of these, with all hashes of the tree computed anew.
    Relink,
    /// The end is cut off.
    Truncate,
    /// One of the first four with all hashes computed anew, and every checkpoint signed anew.
    SignAnew,
    /// A payload is gone without an entry that says so.
    RemovePayload,
}

/// What a verification must name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Named {
    /// This entry and no other.
    Exactly(u64),
    /// Entries from one up to, but not including, another: all that can be told of them without leaves that were kept.
    /// The first is the one that was attacked.
    Among(u64, (u64, u64)),
}

impl Attack {
    pub(crate) const ALL: [Self; 8] = [
        Self::Edit,
        Self::Delete,
        Self::Swap,
        Self::Insert,
        Self::Relink,
        Self::Truncate,
        Self::SignAnew,
        Self::RemovePayload,
    ];

    /// Does it to a copy, below the size of the checkpoint that somebody kept.
    pub(crate) async fn on(self, copy: &Copied, kept: u64, signer: &Signer, numbers: &mut Numbers) -> Named {
        let mut ledger = Ledger::read(copy).await;
        match self {
            Self::Edit | Self::Delete | Self::Swap | Self::Insert => {
                let seq = self.change(&mut ledger, kept, numbers);
                ledger.write(copy, Depth::Leaves, seq, signer).await;
                Named::Exactly(seq)
            }
            Self::Relink | Self::SignAnew => {
                let change = *numbers.one_of(&[Self::Edit, Self::Delete, Self::Swap, Self::Insert]);
                let seq = change.change(&mut ledger, kept, numbers);
                if self == Self::SignAnew {
                    ledger.write(copy, Depth::Signed, seq, signer).await;
                    return Named::Among(seq, (0, kept));
                }
                // Who does not have the key can leave the checkpoints, or throw away all but the first and the last.
                if numbers.coin() {
                    ledger.forget_signed();
                }
                let batch = ledger.batch_of(seq);
                ledger.write(copy, Depth::Tree, seq, signer).await;
                // What lies between two checkpoints of which one is newer than what was kept is not told apart.
                Named::Among(seq, if batch.1 <= kept { batch } else { (0, kept) })
            }
            Self::Truncate => {
                let mut seq = numbers.below(usize::try_from(kept).unwrap() - 1) as u64 + 1;
                // The checkpoints after it stay, or are gone: then it ends where one was signed.
                if numbers.coin() {
                    seq = ledger.batch_of(seq).0;
                    ledger.checkpoints.retain(|(size, _)| *size <= seq);
                }
                ledger.truncate(seq);
                ledger.write(copy, Depth::Tree, seq, signer).await;
                Named::Exactly(seq)
            }
            Self::RemovePayload => {
                let seq = ledger.any_opened(numbers, kept);
                let stored = &ledger.entries[usize::try_from(seq).unwrap()].stored;
                let position = stored.position;
                let gone = format!("DELETE FROM ledger_payload WHERE position = {position}");
                copy.run(&Sql::new(copy).then(&gone)).await;
                // Where it was what explained that an earlier one is missing, that one is the first without a word.
                let payload: Value = serde_json::from_str(&stored.opened.as_ref().unwrap().1).unwrap();
                let explained =
                    payload["redacted"].as_array().into_iter().flatten().filter_map(Value::as_u64);
                Named::Exactly(explained.chain([seq]).min().unwrap())
            }
        }
    }

    /// Changes entries in memory. Gives the first that is not what it was.
    fn change(self, ledger: &mut Ledger, kept: u64, numbers: &mut Numbers) -> u64 {
        let seq = numbers.below(usize::try_from(kept).unwrap()) as u64;
        match self {
            Self::Delete => ledger.delete(seq),
            Self::Insert => ledger.insert(seq, numbers),
            Self::Swap => {
                let other = numbers.below(usize::try_from(kept).unwrap()) as u64;
                if other == seq {
                    return self.change(ledger, kept, numbers);
                }
                ledger.swap(seq, other);
                return seq.min(other);
            }
            _ => {
                let seq = ledger.any_opened(numbers, kept);
                ledger.edit(seq);
                return seq;
            }
        }
        seq
    }
}
