//! The database: entities, queries and transactions. The only crate that sees sea-orm.
//!
//! * [`Store`] opens a database (SQLite or PostgreSQL) and hands out [`Reader`]s and write transactions;
//! * reading functions take [`Db`], which both a [`Reader`] and a [`Tx`] are, so the same query runs on a pool or
//!   inside a transaction;
//! * writing functions take [`Tx`], which only [`Store::write`] makes: every write is inside a transaction;
//! * every query about items starts from a viewer's scope ([`items::Scope`]);
//! * every list is bounded by its caller's page.

pub mod accounts;
mod changes;
pub mod connect;
pub mod db;
mod entities;
pub mod error;
pub mod files;
pub mod follows;
pub mod idempotency;
mod inspection;
pub mod items;
mod json;
pub mod ledger;
pub mod meetings;
pub mod news;
pub mod notifications;
pub mod organisations;
mod parents;
pub mod pool;
pub mod portable;
pub mod readings;
pub mod reporting_rounds;
mod search;
pub mod sessions;
pub mod settings;
pub mod vocabularies;
pub mod write;

pub use connect::{Durability, Options, Store};
pub use db::{Db, Reader};
pub use error::StorageError;
pub use write::Tx;
