//! Replaying what a server serves, as anybody may who has its address.

use qadam_app::clock::{Clock, SystemClock, local_day};
use qadam_app::ledger::signing_keys::LedgerKey;
use qadam_app::ledger::verification::{Doubt, Evidence, Proof};
use qadam_ledger::{Checkpoint, Day, Entry, Leaf, Replay, SignedNote, Standing, Summary};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::client::Server;
use super::request;
use super::resources::{self, Batch};

/// How many entries are asked for at once.
const PAGE: u64 = 1_000;

/// How often it is read again when the register changed meanwhile.
const ROUNDS: u32 = 5;

/// What was given on the command line.
#[derive(Debug, Clone)]
pub(crate) struct Given<'a> {
    /// The ledger's key, from elsewhere.
    pub(crate) key: Option<&'a str>,
    /// A file with an earlier checkpoint, or a folder with one and the entries that it covers.
    pub(crate) since: Option<&'a std::path::Path>,
    /// A file with a receipt.
    pub(crate) receipt: Option<&'a std::path::Path>,
}

/// Replays the ledger of a server and compares everything public with it.
pub(crate) async fn verify(address: &str, given: &Given<'_>) -> Result<Proof, Doubt> {
    let server = Server::new(address).map_err(Doubt::Unreadable)?;
    let present = text(&server, "/api/v1/ledger/key").await?;
    let known: KeyPage = json(&server, "/api/v1/ledger/keys").await?;
    let keys = request::Keys { present, rotations: request::rotations(&known.items)? };
    let evidence = request::read(given.key, &keys, given.since, given.receipt)?;
    let mut reading = Reading::begin(&evidence)?;
    let mut round = 1;
    loop {
        reading.read_on(&server, None).await?;
        let checkpoint = checkpoint(&server, &evidence).await?;
        reading.read_on(&server, Some(checkpoint.size)).await?;
        let outcome = compare(&server, &reading, &checkpoint).await;
        match outcome {
            Ok((summary, compared)) => {
                let receipt = reading.standing(&evidence)?;
                return Ok(proof(&evidence, &checkpoint, &summary, compared, receipt));
            }
            Err(doubt) if !doubt.may_be_a_change_meanwhile() || round == ROUNDS => return Err(doubt),
            Err(doubt) => {
                // A change between reading the ledger and reading the register looks like a difference. It is in
                // the ledger within a second: only a ledger that has not grown leaves no other explanation.
                tokio::time::sleep(SETTLING).await;
                if self::checkpoint(&server, &evidence).await?.size == checkpoint.size {
                    return Err(doubt);
                }
                round += 1;
            }
        }
    }
}

/// Within what time an open entry is admitted, and a little more.
const SETTLING: std::time::Duration = std::time::Duration::from_millis(1_500);

async fn compare(
    server: &Server,
    reading: &Reading<'_>,
    checkpoint: &Checkpoint,
) -> Result<(Summary, resources::Compared), Doubt> {
    let summary = reading.replay.clone().finish(checkpoint)?;
    let batch = Batch { last: reading.last_batch, today: today()? };
    let compared = resources::compare(server, &summary.states, batch).await?;
    Ok((summary, compared))
}

fn proof(
    evidence: &Evidence,
    checkpoint: &Checkpoint,
    summary: &Summary,
    compared: resources::Compared,
    receipt: Option<Standing>,
) -> Proof {
    Proof {
        origin: checkpoint.origin.clone(),
        entries: summary.size,
        open: summary.open,
        withheld: summary.withheld + summary.redacted,
        records: compared.records,
        pending: compared.pending,
        since: evidence.since.as_ref().map(|kept| kept.checkpoint().size),
        receipt,
        key_was_given: evidence.keys_were_given,
    }
}

/// A ledger as far as it was read.
struct Reading<'a> {
    replay: Replay,
    evidence: &'a Evidence,
    /// The leaf that the receipt promised.
    promised: Option<Leaf>,
    /// The day of the last batch of sealed entries.
    last_batch: Option<Day>,
}

/// The keys of the ledger.
#[derive(Deserialize)]
struct KeyPage {
    items: Vec<LedgerKey>,
}

/// A page of entries.
#[derive(Deserialize)]
struct Page {
    items: Vec<Entry>,
}

impl<'a> Reading<'a> {
    fn begin(evidence: &'a Evidence) -> Result<Self, Doubt> {
        let replay = Replay::new(evidence.since.clone())?;
        Ok(Self { replay, evidence, promised: None, last_batch: None })
    }

    /// Reads on to the end, or to a size.
    async fn read_on(&mut self, server: &Server, to: Option<u64>) -> Result<(), Doubt> {
        loop {
            let wanted = to.map_or(PAGE, |to| to.saturating_sub(self.replay.size()).min(PAGE));
            if wanted == 0 {
                return Ok(());
            }
            let after = self.replay.size().checked_sub(1).map(|last| format!("&after={last}"));
            let path = format!("/api/v1/ledger/entries?limit={wanted}{}", after.unwrap_or_default());
            let page: Page = json(server, &path).await?;
            if page.items.is_empty() {
                return Ok(());
            }
            for entry in &page.items {
                self.take(entry)?;
            }
            tracing::debug!(entries = self.replay.size(), "replayed");
        }
    }

    fn take(&mut self, entry: &Entry) -> Result<(), Doubt> {
        self.replay.feed(entry)?;
        if let qadam_ledger::Admission::Sealed { day } = entry.leaf.admission() {
            self.last_batch = self.last_batch.max(Some(*day));
        }
        if self.evidence.receipt.as_ref().is_some_and(|receipt| receipt.proves(&entry.leaf)) {
            self.promised = Some(entry.leaf.clone());
        }
        Ok(())
    }

    /// What the receipt proves, if one was given.
    fn standing(&self, evidence: &Evidence) -> Result<Option<Standing>, Doubt> {
        let Some(receipt) = &evidence.receipt else { return Ok(None) };
        match receipt.standing(&self.promised, today()?) {
            Standing::Dropped => Err(Doubt::Dropped),
            standing => Ok(Some(standing)),
        }
    }
}

/// Today, where the day begins last: a receipt is due only once its day is over everywhere.
pub(super) fn today() -> Result<Day, Doubt> {
    let day = local_day(SystemClock.now(), chrono_tz::Etc::GMTPlus12);
    Day::new(day).map_err(|error| Doubt::unreadable("the clock", error))
}

async fn checkpoint(server: &Server, evidence: &Evidence) -> Result<Checkpoint, Doubt> {
    let note: SignedNote = text(server, "/api/v1/ledger/checkpoint")
        .await?
        .parse()
        .map_err(|error| Doubt::Stored(format!("the checkpoint: {error}")))?;
    Checkpoint::open(&note, &evidence.keys).map_err(|error| Doubt::Stored(format!("the checkpoint: {error}")))
}

async fn text(server: &Server, path: &str) -> Result<String, Doubt> {
    let answer = server.get(path).await.map_err(Doubt::Unreadable)?;
    if !answer.status.is_success() {
        return Err(Doubt::Unreadable(format!("GET {path}: {}", answer.status)));
    }
    String::from_utf8(answer.body.into()).map_err(|error| Doubt::unreadable(path, error))
}

/// An answer in JSON.
pub(super) async fn json<T: DeserializeOwned>(server: &Server, path: &str) -> Result<T, Doubt> {
    let text = text(server, path).await?;
    serde_json::from_str(&text).map_err(|error| Doubt::unreadable(path, error))
}
