//! The ledger as an archive holds it: its tree is made anew from its leaves, and compared with what was signed.

use qadam_archive::Manifest;
use qadam_ledger::{Checkpoint, Digest, Frontier, Leaf, Salt, SignedNote, Verifier, commit, successors};

use super::error::{BackupError, contradiction};
use super::examining::Row;
use crate::ledger::signing_keys::{KEYS, LedgerKey, rotations};

/// What is looked at, and whom to believe.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    /// The ledger's key as somebody knows it, one a line; without one the key that the archive itself names.
    pub key: Option<String>,
    /// Whether what entries say is compared with their digests, too. It takes the longest; who restores does it
    /// afterwards, in the database.
    pub payloads: bool,
}

/// By whom a ledger was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Signed {
    /// The key that signs now, as the archive names it.
    pub(super) key: Option<String>,
    /// The name in the newest checkpoint, which a key signed that is trusted; none where nothing was signed yet.
    pub(super) origin: Option<String>,
}

/// A check that is under way.
pub(super) struct LedgerCheck<'a> {
    trust: &'a Trust,
    /// The digests of entries by their places, in order.
    digests: Vec<(i64, Digest)>,
    frontier: Frontier,
    /// The newest checkpoint: its size and its note.
    checkpoint: Option<(i64, String)>,
    keys: Vec<LedgerKey>,
}

impl<'a> LedgerCheck<'a> {
    pub(super) const fn begin(trust: &'a Trust) -> Self {
        Self { trust, digests: Vec::new(), frontier: Frontier::empty(), checkpoint: None, keys: Vec::new() }
    }

    /// Takes a row, if it is one of the ledger's.
    pub(super) fn take(&mut self, row: &Row<'_>) -> Result<(), BackupError> {
        let malformed = || contradiction(format!("a row of {} cannot be read", row.table.name));
        match row.table.name.as_str() {
            "ledger_entry" => self.take_entry(row).ok_or_else(malformed),
            "ledger_payload" if self.trust.payloads => self.take_payload(row),
            "ledger_leaf" => self.take_leaf(row),
            "ledger_checkpoint" => self.take_checkpoint(row).ok_or_else(malformed),
            "setting" if row.text("key") == Some(KEYS) => {
                let keys = row.text("value").and_then(|text| serde_json::from_str(text).ok());
                self.keys = keys.ok_or_else(malformed)?;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn take_entry(&mut self, row: &Row<'_>) -> Option<()> {
        let (position, digest) = (row.integer("position")?, Digest::from_bytes(row.digest("digest")?));
        // In order, so that they are found again.
        self.digests.last().is_none_or(|(last, _)| *last < position).then_some(())?;
        self.digests.push((position, digest));
        Some(())
    }

    /// The digest of the entry at a place.
    fn digest_at(&self, position: i64) -> Option<Digest> {
        let place = self.digests.binary_search_by_key(&position, |(position, _)| *position).ok()?;
        self.digests.get(place).map(|(_, digest)| *digest)
    }

    fn take_payload(&self, row: &Row<'_>) -> Result<(), BackupError> {
        let position = row.integer("position").unwrap_or_default();
        let made = || {
            let value = serde_json::from_str(row.text("payload")?).ok()?;
            commit(&Salt::from_bytes(row.digest("salt")?), &value).ok()
        };
        match made() {
            Some(digest) if self.digest_at(position) == Some(digest) => Ok(()),
            _ => Err(contradiction(format!(
                "what the entry at position {position} says is not what was recorded"
            ))),
        }
    }

    fn take_leaf(&mut self, row: &Row<'_>) -> Result<(), BackupError> {
        let seq = self.frontier.size();
        let wrong = |what: &str| contradiction(format!("entry {seq} of the ledger {what}"));
        let leaf = row.text("leaf").and_then(|text| Leaf::parse(text).ok());
        let leaf = leaf.ok_or_else(|| wrong("cannot be read"))?;
        if leaf.seq() != seq || row.integer("seq").and_then(|seq| u64::try_from(seq).ok()) != Some(seq) {
            return Err(wrong("is not the next"));
        }
        if row.integer("position").and_then(|position| self.digest_at(position)) != Some(leaf.digest()) {
            return Err(wrong("and its row have different digests"));
        }
        let hash = leaf.hash().map_err(|_| wrong("has no hash"))?;
        self.frontier.append(hash).map_err(|_| wrong("has no place in the tree"))?;
        Ok(())
    }

    fn take_checkpoint(&mut self, row: &Row<'_>) -> Option<()> {
        let (size, note) = (row.integer("size")?, row.text("note")?);
        if self.checkpoint.as_ref().is_none_or(|(newest, _)| *newest < size) {
            self.checkpoint = Some((size, note.to_owned()));
        }
        Some(())
    }

    /// Compares the tree with the manifest and with what was signed.
    pub(super) fn end(self, manifest: &Manifest) -> Result<Signed, BackupError> {
        let (entries, root) = (self.frontier.size(), self.frontier.root());
        let said = &manifest.ledger;
        if said.entries != entries || said.root != root.to_string() {
            return Err(contradiction("the ledger's tree is not the one that the manifest names"));
        }
        let note = self.checkpoint.map(|(_, note)| note);
        if said.checkpoint != note {
            return Err(contradiction("the newest checkpoint is not the one that the manifest names"));
        }
        let present = self.keys.last().map(|last| last.key.clone());
        let Some(note) = note else {
            // Nothing was ever admitted: then there is nothing that a signature would cover. Who knows the key knows of a
            // ledger that was signed, and this is another one.
            return if entries == 0 && self.trust.key.is_none() {
                Ok(Signed { key: present, origin: None })
            } else {
                Err(contradiction("the ledger was never signed"))
            };
        };
        let checkpoint = opened(&note, self.trust.key.as_deref().or(present.as_deref()), &self.keys)?;
        if checkpoint.size != entries || checkpoint.root != root {
            return Err(contradiction("the ledger's tree is not the one that was signed"));
        }
        Ok(Signed { key: present, origin: Some(checkpoint.origin.to_string()) })
    }
}

/// The checkpoint in a note, when a key signed it that is trusted or follows one that is.
fn opened(note: &str, trusted: Option<&str>, keys: &[LedgerKey]) -> Result<Checkpoint, BackupError> {
    let wrong = |error: &dyn std::fmt::Display| contradiction(format!("the ledger's checkpoint: {error}"));
    let lines = trusted.unwrap_or_default().lines().map(str::trim).filter(|line| !line.is_empty());
    let trusted: Vec<Verifier> =
        lines.map(|line| line.parse().map_err(|error| wrong(&error))).collect::<Result<_, _>>()?;
    let rotations = rotations(keys).map_err(|error| wrong(&error))?;
    let note: SignedNote = note.parse().map_err(|error| wrong(&error))?;
    Checkpoint::open(&note, &successors(&trusted, &rotations)).map_err(|error| wrong(&error))
}
