//! The whole database as rows that either database takes: for backups, and for moving from one to the other.
//!
//! Which tables and columns there are is asked of the database itself ([`tables`]), so that a table that is added is
//! never forgotten. A [`Snapshot`] reads them as they were at one moment, while others go on writing; a
//! [`Restoration`] writes them into an empty database, all or nothing. Values are whole numbers, texts and bytes: what
//! PostgreSQL tells apart in more detail (truth, identifiers, small numbers) SQLite keeps as one of these, and comes back
//! from them unchanged.
//!
//! What follows from other rows in a way of the database's own, the search index, is made anew.

mod insertion;
mod restoration;
mod schema;
mod snapshot;
mod tables;

pub use restoration::{Restoration, RestorationError, occupied};
pub use schema::unknown_migration;
pub use snapshot::{Part, Rows, Snapshot};

/// Tables that no backup holds, for what they hold would be worse than nothing when it comes back: sessions that ended
/// since would be open again, and links and tokens that were used or taken back would be good again.
pub const LEFT_OUT: [&str; 6] =
    ["account_link", "idempotency_record", "page_session", "personal_token", "refresh_token", "session"];
