//! The archive of a backup: one file, written and read from its beginning to its end.
//!
//! An archive is a tar within one frame of zstd, so that anybody can unpack it with tools that every system has. Its
//! members are, in this order (see [`MemberName`]):
//!
//! | member | what it is |
//! | --- | --- |
//! | `backup.json` | [`Head`]: what was backed up, and which tables and columns follow |
//! | `tables/001-organisation/000001.jsonl` | rows of a table, a JSON array a line ([`Columns`] says of what) |
//! | `files/0f8fad5bd9cb469fa16570867728950e` | a file that was brought as evidence |
//! | `keys/ledger.pem` | a key of the register, where whoever backed it up asked for that |
//! | `manifest.json` | [`Manifest`]: every member with its length and SHA-256, how many rows and files there are, and what the ledger was |
//!
//! Behind the frame stands its SHA-256, in a frame that readers of zstd skip: a changed byte anywhere is found, in what
//! the members say as in headers, padding and behind the end. An archive may be encrypted as a whole, in the format of
//! age (<https://age-encryption.org/v1>), to recipients or with a passphrase.
//!
//! Nothing here knows what a register is, and nothing is ever unpacked into a folder: whoever reads an archive is
//! handed one member after another, each in memory and no longer than [`MEMBER_MAX`]. A name that is no member's, two
//! of one name and members in another order are refused.

mod error;
mod lock;
mod manifest;
mod name;
mod reader;
mod rows;
mod seal;
mod writer;

pub use error::ArchiveError;
pub use lock::{Lock, Unlock};
pub use manifest::{
    Absent, Column, ColumnKind, Columns, FORMAT, Head, Ledger, Manifest, Member, Table, TableRows, sha256,
};
pub use name::{KeyName, MemberName, UnknownName};
pub use reader::{Content, Reader};
pub use rows::{Cell, RowError, parse_row, write_row};
pub use writer::{Finished, Writer, sync_folder_of};

/// How many bytes a member has at most. Rows come in parts much shorter than that, and files may have 10 MiB.
pub const MEMBER_MAX: u64 = 64 * 1024 * 1024;
