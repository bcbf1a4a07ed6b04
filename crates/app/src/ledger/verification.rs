//! Verifying a whole database: what a server could hide from those who ask it lies here in the open, and is checked too.
//!
//! Beside what anybody can check of what is served: every payload is there and as its digest says unless an entry tells
//! that it was redacted, every entry is in the tree or waits for it, the stored nodes are those of the tree, each
//! checkpoint that was ever signed covers what it covered, and every record, whoever may see it, is as its last entry
//! says.
//!
//! * [`tree`] – replaying the tree, and holding it against what was signed and stored along the way;
//! * [`rows`] – whether what is stored beside a leaf says the same;
//! * [`entries`] – the last entry about each record;
//! * [`records`] – whether each record is as that entry says;
//! * [`outcome`] – what was proved, in one line, or which entry or record is in doubt.

mod entries;
mod outcome;
mod records;
mod rows;
mod tree;

use qadam_ledger::{Checkpoint, Day, Failure, Kept, Receipt, SignedNote, Standing, Verifier};
use qadam_storage::{StorageError, Store};

use super::auditing::Audit;
use crate::error::AppError;

pub use outcome::{Doubt, Proof};

/// How many rows are read at once.
const PAGE: u64 = 500;

/// How often it is read again when the register changed meanwhile.
const ROUNDS: u32 = 3;

/// What somebody kept, checked against the keys of the ledger.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// The keys that may sign for the present: the one that is trusted, and those that follow it.
    pub keys: Vec<Verifier>,
    /// The keys that may have signed in the past: these, and those that the trusted one followed.
    pub keys_ever: Vec<Verifier>,
    /// Whether they came from outside.
    pub keys_were_given: bool,
    /// An earlier checkpoint, with the leaves that it covers where those were kept, too.
    pub since: Option<Kept>,
    /// A receipt.
    pub receipt: Option<Receipt>,
}

/// Checks a whole database. `today` is the day by which a receipt must have been met.
pub async fn verify_database(store: &Store, evidence: &Evidence, today: Day) -> Result<Proof, Doubt> {
    let mut round = 1;
    loop {
        let audit = Audit::begin(store).await.map_err(unreadable)?;
        let before = last_note(&audit, evidence).await?;
        let outcome = once(&audit, evidence, today).await;
        let unchanged = last_note(&audit, evidence).await? == before;
        match outcome {
            Err(doubt) if doubt.may_be_a_change_meanwhile() && !unchanged && round < ROUNDS => round += 1,
            outcome => return outcome,
        }
    }
}

async fn once(audit: &Audit, evidence: &Evidence, today: Day) -> Result<Proof, Doubt> {
    let mut replayed = tree::replay(audit, evidence).await?;
    replayed.hear_those_that_wait(audit).await?;
    let checkpoint = checkpoint(&last_note(audit, evidence).await?, &evidence.keys)?;
    let (summary, promised) = replayed.finish(&checkpoint)?;
    let last = entries::LastEntries::read(audit).await?;
    let records = records::compare_all(audit, &last).await?;
    let receipt = match &evidence.receipt {
        None => None,
        Some(receipt) => match receipt.standing(&promised, today) {
            Standing::Dropped => return Err(Doubt::Dropped),
            standing => Some(standing),
        },
    };
    Ok(Proof {
        origin: checkpoint.origin,
        entries: summary.size,
        open: summary.open,
        withheld: summary.withheld + summary.redacted,
        records,
        pending: 0,
        since: evidence.since.as_ref().map(|kept| kept.checkpoint().size),
        receipt,
        key_was_given: evidence.keys_were_given,
    })
}

async fn last_note(audit: &Audit, evidence: &Evidence) -> Result<String, Doubt> {
    if let Some(note) = audit.checkpoint().await.map_err(unreadable)? {
        return Ok(note);
    }
    match &evidence.since {
        Some(kept) => Err(Failure::RolledBack { earlier: kept.checkpoint().size, size: 0 }.into()),
        None => Err(Doubt::Unreadable("the ledger was never signed".to_owned())),
    }
}

/// A signed checkpoint, by one of these keys.
fn checkpoint(note: &str, keys: &[Verifier]) -> Result<Checkpoint, Doubt> {
    let wrong = |error: &dyn std::fmt::Display| Doubt::Stored(format!("the checkpoint: {error}"));
    let note: SignedNote = note.parse().map_err(|error| wrong(&error))?;
    Checkpoint::open(&note, keys).map_err(|error| wrong(&error))
}

/// What could not be read. A row that says nothing readable is not what was written.
fn unreadable(error: AppError) -> Doubt {
    match error {
        AppError::Storage(StorageError::Inconsistent { table, column, row }) => {
            Doubt::record(table, row, format!("its column {column} cannot be read"))
        }
        other => Doubt::unreadable("the database", other),
    }
}
