//! The floors A and B: what this machine gives with nothing of the program's own.
//!
//! * [`rows`], [`content`] – a row of the table of items, and its text column;
//! * [`body`] – the same JSON that the program answers with, straight from them;
//! * [`queries`] – the hand-written SQL, for each database;
//! * [`server`] – the handlers.

mod body;
mod content;
mod queries;
mod rows;
mod server;

pub(crate) use queries::plans;
pub(crate) use server::serve;
