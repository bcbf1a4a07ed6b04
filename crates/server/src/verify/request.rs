//! What a verification is given beside the ledger: files that somebody kept.

use std::fs;
use std::path::Path;

use qadam_app::ledger::signing_keys::{self, LedgerKey};
use qadam_app::ledger::verification::{Doubt, Evidence};
use qadam_ledger::{
    Checkpoint, Entry, Kept, Leaf, Receipt, Rotation, SignedNote, Verifier, predecessors, successors,
};

/// The files of a copy that was kept: the signed checkpoint, and the entries that it covers, one a line as served.
const CHECKPOINT: &str = "checkpoint";
const ENTRIES: &str = "entries.jsonl";

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
    let mut keys_ever = predecessors(&trusted, &ledger.rotations);
    keys_ever.extend(keys.iter().filter(|key| !trusted.contains(key)).cloned());
    let since = since.map(|path| kept(path, &keys_ever)).transpose()?;
    let receipt = receipt
        .map(|path| Receipt::open(&note(path)?, &keys_ever).map_err(|error| wrong(path, &error)))
        .transpose()?;
    Ok(Evidence { keys, keys_ever, keys_were_given: given.is_some(), since, receipt })
}

/// A checkpoint in a file, or a folder with a checkpoint and the entries that it covers, as `qadam_verify.py --save`
/// leaves one.
fn kept(path: &Path, keys: &[Verifier]) -> Result<Kept, Doubt> {
    let file = if path.is_dir() { path.join(CHECKPOINT) } else { path.to_owned() };
    let checkpoint = Checkpoint::open(&note(&file)?, keys).map_err(|error| wrong(&file, &error))?;
    let entries = path.join(ENTRIES);
    if !entries.is_file() {
        return Ok(checkpoint.into());
    }
    let text = read_text(&entries)?;
    let leaves = text.lines().map(serde_json::from_str::<Entry>).map(|entry| entry.map(|entry| entry.leaf));
    let leaves: Vec<Leaf> = leaves.collect::<Result<_, _>>().map_err(|error| wrong(&entries, &error))?;
    Kept::whole(checkpoint, &leaves).map_err(|error| wrong(path, &error))
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
    read_text(path)?.parse().map_err(|error| wrong(path, &error))
}

fn read_text(path: &Path) -> Result<String, Doubt> {
    fs::read_to_string(path).map_err(|error| wrong(path, &error))
}

fn wrong(path: &Path, cause: &dyn std::fmt::Display) -> Doubt {
    Doubt::unreadable(&path.display().to_string(), cause)
}
