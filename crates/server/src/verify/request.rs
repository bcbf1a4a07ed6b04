//! What a verification is given beside the ledger: files that somebody kept.

use std::fs;
use std::path::Path;

use qadam_ledger::{Checkpoint, Receipt, SignedNote, Verifier};

use super::outcome::Doubt;

/// What somebody kept, checked against the keys of the ledger.
#[derive(Debug, Clone)]
pub(crate) struct Evidence {
    /// The keys that the ledger's signatures are held against.
    pub(crate) keys: Vec<Verifier>,
    /// Whether they came from outside.
    pub(crate) keys_were_given: bool,
    /// An earlier checkpoint.
    pub(crate) since: Option<Checkpoint>,
    /// A receipt.
    pub(crate) receipt: Option<Receipt>,
}

/// Reads the files. `served` are the keys of the ledger itself, for those who bring none.
pub(crate) fn read(
    given: Option<&str>,
    served: &str,
    since: Option<&Path>,
    receipt: Option<&Path>,
) -> Result<Evidence, Doubt> {
    let keys = keys(given.unwrap_or(served))?;
    let since = since
        .map(|path| Checkpoint::open(&note(path)?, &keys).map_err(|error| wrong(path, &error)))
        .transpose()?;
    let receipt = receipt
        .map(|path| Receipt::open(&note(path)?, &keys).map_err(|error| wrong(path, &error)))
        .transpose()?;
    Ok(Evidence { keys, keys_were_given: given.is_some(), since, receipt })
}

/// One key a line: while a key is being replaced there are two.
fn keys(text: &str) -> Result<Vec<Verifier>, Doubt> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| line.parse().map_err(|error| Doubt::unreadable("the key", error)))
        .collect()
}

fn note(path: &Path) -> Result<SignedNote, Doubt> {
    let text =
        fs::read_to_string(path).map_err(|error| Doubt::unreadable(&path.display().to_string(), error))?;
    text.parse().map_err(|error| wrong(path, &error))
}

fn wrong(path: &Path, cause: &dyn std::fmt::Display) -> Doubt {
    Doubt::unreadable(&path.display().to_string(), cause)
}
