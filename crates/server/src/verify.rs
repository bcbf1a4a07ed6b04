//! `qadam verify`: that no recorded change was rewritten or dropped, checked by whoever wants to, offline but for
//! the reading.
//!
//! * [`client`] – asking a server;
//! * [`remote`] – replaying what a server serves, as anybody may;
//! * [`resources`] – comparing what a server serves now with what the ledger says last;
//! * [`database`] – replaying a database, with what no network gets to see;
//! * [`comparison`] – whether a resource is its record;
//! * [`outcome`] – what was proved, in one line;
//! * [`request`] – what is asked for, and the files that go with it.

mod client;
mod comparison;
mod database;
mod outcome;
mod remote;
mod request;
mod resources;
#[cfg(test)]
mod tests;

pub(crate) use client::get as fetch;
pub(crate) use database::verify as verify_database;
pub(crate) use outcome::{Doubt, Proof};
pub(crate) use remote::{Given, verify as verify_server};
pub(crate) use request::{Keys, read as read_evidence, rotations};
