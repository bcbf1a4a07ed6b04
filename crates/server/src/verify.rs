//! `qadam verify`: that no recorded change was rewritten or dropped, checked by whoever wants to, offline but for
//! the reading.
//!
//! * [`client`] – asking a server;
//! * [`remote`] – replaying what a server serves, as anybody may;
//! * [`resources`] – comparing what a server serves now with what the ledger says last;
//! * [`comparison`] – whether a resource is its record;
//! * [`request`] – what is asked for, and the files that go with it.

mod client;
mod comparison;
mod remote;
mod request;
mod resources;
#[cfg(test)]
mod tests;

use qadam_app::database::Store;
use qadam_app::ledger::verification::{self, Evidence};

pub(crate) use client::get as fetch;
pub(crate) use qadam_app::ledger::verification::{Doubt, Proof};
pub(crate) use remote::{Given, verify as verify_server};
pub(crate) use request::{Keys, read as read_evidence, rotations};

/// Replays a database, with what no network gets to see.
pub(crate) async fn verify_database(store: &Store, evidence: &Evidence) -> Result<Proof, Doubt> {
    verification::verify_database(store, evidence, remote::today()?).await
}
