//! What a verification is given beside the ledger: files that somebody kept.

use std::fs;
use std::path::Path;

use qadam_app::ledger::signing_keys::{self, LedgerKey};
use qadam_ledger::{Checkpoint, Receipt, Rotation, SignedNote, Verifier, predecessors, successors};

use super::outcome::Doubt;

/// What somebody kept, checked against the keys of the ledger.
#[derive(Debug, Clone)]
pub(crate) struct Evidence {
    /// The keys that may sign for the present: the one that is trusted, and those that follow it.
    pub(crate) keys: Vec<Verifier>,
    /// Whether they came from outside.
    pub(crate) keys_were_given: bool,
    /// An earlier checkpoint.
    pub(crate) since: Option<Checkpoint>,
    /// A receipt.
    pub(crate) receipt: Option<Receipt>,
}

/// The keys of a ledger: of a server that shows them, or of a database.
#[derive(Debug, Clone)]
pub(crate) struct Keys {
    /// For those who bring none: the present key.
    pub(crate) present: String,
    /// How keys follow each other.
    pub(crate) rotations: Vec<Rotation>,
}

/// Reads the files. A key that is given is trusted, else the present one; others are as far as rotations lead to them:
/// forward for the present, backward too for what somebody kept.
pub(crate) fn read(
    given: Option<&str>,
    ledger: &Keys,
    since: Option<&Path>,
    receipt: Option<&Path>,
) -> Result<Evidence, Doubt> {
    let trusted = keys(given.unwrap_or(&ledger.present))?;
    let keys = successors(&trusted, &ledger.rotations);
    let mut ever = predecessors(&trusted, &ledger.rotations);
    ever.extend(keys.iter().filter(|key| !trusted.contains(key)).cloned());
    let since = since
        .map(|path| Checkpoint::open(&note(path)?, &ever).map_err(|error| wrong(path, &error)))
        .transpose()?;
    let receipt = receipt
        .map(|path| Receipt::open(&note(path)?, &ever).map_err(|error| wrong(path, &error)))
        .transpose()?;
    Ok(Evidence { keys, keys_were_given: given.is_some(), since, receipt })
}

/// One key a line.
fn keys(text: &str) -> Result<Vec<Verifier>, Doubt> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| line.parse().map_err(|error| Doubt::unreadable("the key", error)))
        .collect()
}

/// The rotations among the keys of a ledger.
pub(crate) fn rotations(keys: &[LedgerKey]) -> Result<Vec<Rotation>, Doubt> {
    signing_keys::rotations(keys).map_err(|error| Doubt::Stored(format!("a key rotation: {error}")))
}

fn note(path: &Path) -> Result<SignedNote, Doubt> {
    let text =
        fs::read_to_string(path).map_err(|error| Doubt::unreadable(&path.display().to_string(), error))?;
    text.parse().map_err(|error| wrong(path, &error))
}

fn wrong(path: &Path, cause: &dyn std::fmt::Display) -> Doubt {
    Doubt::unreadable(&path.display().to_string(), cause)
}
