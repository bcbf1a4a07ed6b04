//! Replaying the tree as it is stored, and holding it against what was signed along the way.
//!
//! A root tells that some leaf below it was changed and not which. The hashes of the nodes tell which, unless whoever
//! changed the leaf computed them anew; the checkpoints, of which one was signed each time that entries were admitted,
//! tell between which two of them it stands, unless whoever did it has the key. Leaves that somebody kept tell it in any
//! case, and one checkpoint that somebody kept tells that it was done.

use std::collections::{BTreeSet, VecDeque};

use qadam_ledger::{Checkpoint, Entry, Failure, Leaf, Node, NodeAddress, Replay, Salt, Summary, Suspects};
use serde_json::Value;

use super::outcome::Doubt;
use super::{Evidence, PAGE, checkpoint, rows, unreadable};
use crate::ledger::auditing::{Audit, AuditedEntry, digest};

/// A tree that was replayed to its end.
pub(super) struct Replayed {
    replay: Replay,
    /// The leaf that the receipt promised.
    promised: Option<Leaf>,
    payloads: Payloads,
}

/// Which payloads are not there, and which ones entries say were redacted, whoever reads those entries.
#[derive(Default)]
struct Payloads {
    missing: BTreeSet<u64>,
    redacted: BTreeSet<u64>,
}

/// Replays all leaves.
pub(super) async fn replay(audit: &Audit, evidence: &Evidence) -> Result<Replayed, Doubt> {
    let mut replayed = Replayed {
        replay: Replay::new(evidence.since.clone())?,
        promised: None,
        payloads: Payloads::default(),
    };
    let mut signed = Signed { audit, evidence, waiting: VecDeque::new(), read_to: None };
    signed.hold(&mut replayed.replay).await?;
    loop {
        let after = replayed.replay.size().checked_sub(1);
        let page = audit.leaves(after, PAGE).await.map_err(unreadable)?;
        if page.is_empty() {
            return Ok(replayed);
        }
        let mut nodes = Vec::with_capacity(page.len() * 2);
        let outcome = replayed.take(&page, evidence, &mut signed, &mut nodes).await;
        // What the nodes say is said of one entry, and of none after the one at which the replay ended.
        nodes_are_stored(audit, &nodes).await?;
        outcome?;
    }
}

impl Replayed {
    /// Goes on with a page of leaves. The nodes that were computed are noted even where it ends before the page does.
    async fn take(
        &mut self,
        page: &[AuditedEntry],
        evidence: &Evidence,
        signed: &mut Signed<'_>,
        nodes: &mut Vec<Node>,
    ) -> Result<(), Doubt> {
        for stored in page {
            let entry = entry(stored, self.replay.size())?;
            let seq = entry.leaf.seq();
            let fed = self.replay.feed(&entry);
            if matches!(fed, Err(Failure::Rewritten { .. })) {
                // The node of this leaf may tell that it is this one; and where what is stored was signed as it was kept,
                // that tells more exactly where it differs.
                let address = NodeAddress { level: 0, index: seq };
                let hash = entry.leaf.hash().map_err(|source| Failure::LeafMalformed { seq, source })?;
                nodes.push(Node { address, hash });
                signed.hold(&mut self.replay).await?;
            }
            nodes.extend(fed?);
            self.payloads.note(seq, entry.payload.as_ref());
            if let Some(what) = rows::differs(stored, &entry) {
                let what = format!("its row says something else than its leaf: {what}");
                return Err(Doubt::entry(seq, what));
            }
            if evidence.receipt.as_ref().is_some_and(|receipt| receipt.proves(&entry.leaf)) {
                self.promised = Some(entry.leaf);
            }
            signed.hold(&mut self.replay).await?;
        }
        Ok(())
    }

    /// Notes what entries that wait for the tree say was redacted: of what was sealed that is told by the day's batch.
    pub(super) async fn hear_those_that_wait(&mut self, audit: &Audit) -> Result<(), Doubt> {
        let mut after = 0;
        while !self.payloads.missing.is_subset(&self.payloads.redacted) {
            let page = audit.entries(after, PAGE).await.map_err(unreadable)?;
            let Some(last) = page.last() else { break };
            after = last.position;
            for stored in page.iter().filter(|stored| stored.queued) {
                if let Ok(Some((_, payload))) = opened(stored) {
                    self.payloads.redacted.extend(redacted(&payload));
                }
            }
        }
        Ok(())
    }

    /// The newest checkpoint covers what was replayed, and every payload is there or was redacted.
    pub(super) fn finish(self, checkpoint: &Checkpoint) -> Result<(Summary, Option<Leaf>), Doubt> {
        let outcome = self.replay.finish(checkpoint);
        if matches!(outcome, Ok(_) | Err(Failure::PayloadMissing { .. }))
            && let Some(&seq) = self.payloads.missing.difference(&self.payloads.redacted).next()
        {
            return Err(Failure::PayloadMissing { seq }.into());
        }
        Ok((outcome?, self.promised))
    }
}

impl Payloads {
    fn note(&mut self, seq: u64, payload: Option<&Value>) {
        let Some(payload) = payload else {
            self.missing.insert(seq);
            return;
        };
        self.redacted.extend(redacted(payload));
    }
}

/// The leaves that a payload says were redacted.
fn redacted(payload: &Value) -> impl Iterator<Item = u64> {
    payload.get("redacted").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_u64)
}

/// The checkpoints that were signed, one after the other.
struct Signed<'a> {
    audit: &'a Audit,
    evidence: &'a Evidence,
    waiting: VecDeque<(u64, String)>,
    read_to: Option<u64>,
}

impl Signed<'_> {
    /// Holds the replay against the checkpoint of exactly what was fed, if one was signed then.
    async fn hold(&mut self, replay: &mut Replay) -> Result<(), Doubt> {
        if self.waiting.is_empty() {
            let more = self.audit.checkpoints(self.read_to, PAGE).await.map_err(unreadable)?;
            self.read_to = more.last().map(|(size, _)| *size).or(Some(u64::MAX));
            self.waiting.extend(more);
        }
        let Some((size, note)) = self.waiting.front() else { return Ok(()) };
        if *size != replay.size() {
            return Ok(());
        }
        let unsigned = |what: &dyn std::fmt::Display| {
            let what =
                format!("what is stored as the checkpoint of {size} entries does not vouch for it: {what}");
            Doubt::Entries { suspects: Suspects::between(replay.vouched(), *size), what }
        };
        let signed = checkpoint(note, &self.evidence.keys_ever).map_err(|doubt| unsigned(&doubt.cause()))?;
        if signed.size != *size {
            return Err(unsigned(&format!("it is of {}", signed.size)));
        }
        self.waiting.pop_front();
        Ok(replay.hold_against(&signed)?)
    }
}

/// Compares the stored nodes with those that the leaves give.
async fn nodes_are_stored(audit: &Audit, nodes: &[Node]) -> Result<(), Doubt> {
    let Some(wrong) = audit.first_wrong_node(nodes).await.map_err(unreadable)? else { return Ok(()) };
    // The subtree's last leaf is the one that completed it.
    let seq = ((wrong.address.index + 1) << wrong.address.level) - 1;
    Err(Doubt::entry(seq, "its leaf is not the one the stored tree was made of"))
}

/// An entry in the tree as it would be served to somebody who may read everything. It stands where `seq` should.
fn entry(stored: &AuditedEntry, seq: u64) -> Result<Entry, Doubt> {
    let leaf = Leaf::parse(stored.leaf.as_deref().unwrap_or_default())
        .map_err(|error| Doubt::entry(seq, format!("what is stored is no leaf: {error}")))?;
    if digest(stored) != Some(leaf.digest()) && leaf.seq() == seq {
        return Err(Doubt::entry(seq, "its leaf and its row have different digests"));
    }
    let opened = opened(stored).map_err(|what| Doubt::entry(seq, format!("the payload {what}")))?;
    let (salt, payload) = opened.map_or((None, None), |(salt, payload)| (Some(salt), Some(payload)));
    Ok(Entry { leaf, salt, payload })
}

/// Salt and payload, unless they are gone; or what is wrong with them.
pub(super) fn opened(stored: &AuditedEntry) -> Result<Option<(Salt, Value)>, &'static str> {
    let Some((salt, payload)) = &stored.opened else { return Ok(None) };
    let salt = <[u8; 32]>::try_from(salt.as_slice()).map_err(|_| "has no salt of 32 bytes")?;
    let payload = serde_json::from_str(payload).map_err(|_| "is not JSON")?;
    Ok(Some((Salt::from_bytes(salt), payload)))
}
