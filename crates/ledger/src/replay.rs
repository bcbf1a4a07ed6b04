//! Replaying the ledger: the check that anyone can make, offline, from nothing but what the server serves.
//!
//! A reader downloads all entries, then a checkpoint, then the entries up to it, and feeds them in order. (A payload
//! may be narrowed while they are being downloaded; the entry that says so is then among the last ones.)

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Checkpoint, Digest, Entry, Failure, Frontier, Kept, LastState, LastStates, Leaf, Node, Payload, Suspects,
    commit,
};

/// What a complete replay has shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// How many entries there are; all of them are in the tree.
    pub size: u64,
    /// The root over them, which is the checkpoint's.
    pub root: Digest,
    /// How many of them are open.
    pub open: u64,
    /// How many of them are sealed.
    pub sealed: u64,
    /// How many payloads were served, open or sealed; all of them are as their digests say.
    pub payloads: u64,
    /// How many open entries' payloads are withheld, as a later entry says.
    pub withheld: u64,
    /// How many open entries' payloads are redacted, as a later entry says.
    pub redacted: u64,
    /// What the open entries say that each record looks like now; the numbers are `seq`s.
    pub states: LastStates,
}

/// Why an entry says that another one's payload is missing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Ground {
    Withheld,
    Redacted,
}

/// A replay that is under way.
#[derive(Clone)]
pub struct Replay {
    since: Option<Kept>,
    frontier: Frontier,
    /// How many of the first entries a signature was found to cover as they were fed.
    vouched: u64,
    /// What open entries name as withheld or redacted.
    named: BTreeMap<u64, Ground>,
    /// The open entries without a payload.
    missing: BTreeSet<u64>,
    /// The first entry that names one that is not before it, and which.
    names_later: Option<(u64, u64)>,
    open: u64,
    sealed: u64,
    payloads: u64,
    states: LastStates,
}

impl Replay {
    /// Begins with no entry fed. Given what somebody kept earlier, the replay also shows that it was not rewritten
    /// since.
    pub fn new(since: Option<Kept>) -> Result<Self, Failure> {
        let mut replay = Self {
            since,
            frontier: Frontier::empty(),
            vouched: 0,
            named: BTreeMap::new(),
            missing: BTreeSet::new(),
            names_later: None,
            open: 0,
            sealed: 0,
            payloads: 0,
            states: LastStates::default(),
        };
        replay.compare_with_earlier()?;
        Ok(replay)
    }

    /// How many entries were fed; the `seq` of the next one.
    pub const fn size(&self) -> u64 {
        self.frontier.size()
    }

    /// How many of the first entries a signature covers as they were fed, as far as that was looked at.
    pub const fn vouched(&self) -> u64 {
        self.vouched
    }

    /// Takes the next entry. After a failure the replay is over.
    ///
    /// Returns the complete subtrees that the entry completes. Whoever has the stored hashes compares them, and learns
    /// which entry is the first that was changed; the checkpoint alone only tells that one was.
    pub fn feed(&mut self, entry: &Entry) -> Result<Vec<Node>, Failure> {
        let leaf = &entry.leaf;
        let (expected, found) = (self.size(), leaf.seq());
        if expected != found {
            return Err(Failure::OutOfOrder { expected, found });
        }
        match check_payload(entry)? {
            Some(payload) => self.take_payload(leaf, payload),
            None => self.take_absence(leaf),
        }
        if leaf.is_sealed() {
            self.sealed += 1;
        } else {
            self.open += 1;
        }
        let hash = leaf.hash().map_err(|source| Failure::LeafMalformed { seq: found, source })?;
        if self.since.as_ref().and_then(|kept| kept.leaf(found)).is_some_and(|kept| *kept != hash) {
            return Err(Failure::Changed { seq: found });
        }
        let nodes = self.frontier.append(hash)?;
        self.compare_with_earlier()?;
        Ok(nodes)
    }

    /// Holds what was fed against a checkpoint that was signed when there was no more. Whoever has such checkpoints and
    /// feeds on from one to the next learns between which two of them something was changed.
    pub fn hold_against(&mut self, checkpoint: &Checkpoint) -> Result<(), Failure> {
        let (size, fed) = (checkpoint.size, self.size());
        if fed != size {
            return Err(Failure::SizeDiffers { size, fed });
        }
        if self.frontier.root() != checkpoint.root {
            return Err(Failure::RootDiffers { size, suspects: Suspects::between(self.vouched, size) });
        }
        self.vouched = size;
        Ok(())
    }

    /// Ends the replay: the entries fed must be all that the checkpoint covers, and no more.
    pub fn finish(mut self, checkpoint: &Checkpoint) -> Result<Summary, Failure> {
        let (size, fed, root) = (checkpoint.size, self.size(), self.frontier.root());
        if let Some(earlier) = self.since.as_ref().map(Kept::checkpoint) {
            if earlier.origin != checkpoint.origin {
                return Err(Failure::OtherLog);
            }
            if earlier.size > size {
                return Err(Failure::RolledBack { earlier: earlier.size, size: size.min(fed) });
            }
        }
        self.hold_against(checkpoint)?;
        // Told after what the roots tell: where an entry before it was dropped, this one is not the first that is wrong.
        if let Some((seq, named)) = self.names_later {
            return Err(Failure::NamesLater { seq, named });
        }
        let (mut withheld, mut redacted) = (0, 0);
        for &seq in &self.missing {
            match self.named.get(&seq) {
                Some(Ground::Withheld) => withheld += 1,
                Some(Ground::Redacted) => redacted += 1,
                None => return Err(Failure::PayloadMissing { seq }),
            }
        }
        let Self { open, sealed, payloads, states, .. } = self;
        Ok(Summary { size, root, open, sealed, payloads, withheld, redacted, states })
    }

    fn compare_with_earlier(&mut self) -> Result<(), Failure> {
        let Some(earlier) = self.since.as_ref().map(Kept::checkpoint) else { return Ok(()) };
        let size = earlier.size;
        if size != self.size() {
            return Ok(());
        }
        if earlier.root != self.frontier.root() {
            // Whoever has the key may have signed all that is in between anew.
            return Err(Failure::Rewritten { size, suspects: Suspects::between(0, size) });
        }
        self.vouched = size;
        Ok(())
    }

    /// Only open entries count for the public: what a sealed one says is for those who may read it.
    fn take_payload(&mut self, leaf: &Leaf, payload: Payload) {
        self.payloads += 1;
        if leaf.is_sealed() {
            return;
        }
        let seq = leaf.seq();
        for (ground, names) in [(Ground::Withheld, &payload.withheld), (Ground::Redacted, &payload.redacted)]
        {
            for &named in names {
                if named >= seq {
                    self.names_later.get_or_insert((seq, named));
                    continue;
                }
                let known = self.named.entry(named).or_insert(ground);
                *known = ground.max(*known);
            }
        }
        self.states.record(seq, &payload.subject, LastState::Known(payload.after));
    }

    fn take_absence(&mut self, leaf: &Leaf) {
        if let Some(description) = leaf.description() {
            self.missing.insert(leaf.seq());
            self.states.record(leaf.seq(), &description.subject, LastState::Withheld);
        }
    }
}

/// The payload, if one was served, checked against the leaf.
fn check_payload(entry: &Entry) -> Result<Option<Payload>, Failure> {
    let seq = entry.leaf.seq();
    let (salt, value) = match (&entry.salt, &entry.payload) {
        (Some(salt), Some(value)) => (salt, value),
        (None, None) => return Ok(None),
        _ => return Err(Failure::HalfServed { seq }),
    };
    let malformed = |source| Failure::PayloadMalformed { seq, source };
    let digest = commit(salt, value).map_err(|source| malformed(source.into()))?;
    if digest != entry.leaf.digest() {
        return Err(Failure::DigestDiffers { seq });
    }
    let payload = Payload::from_json(value).map_err(malformed)?;
    match entry.leaf.description() {
        Some(description) if *description != payload.description() => {
            Err(Failure::DescriptionDiffers { seq })
        }
        _ => Ok(Some(payload)),
    }
}
