//! What an archive says of itself: at its beginning what follows, at its end what there was.

use std::fmt::Write as _;

use aws_lc_rs::digest;
use serde::{Deserialize, Serialize};

/// The format that this program writes, and the newest that it reads.
pub const FORMAT: u32 = 1;

/// What was backed up, and how to read what follows: the first member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// For people who find the file: what it is and how to read it.
    pub about: String,
    /// Which format it is.
    pub format: u32,
    /// The version of the program that wrote it.
    pub program: String,
    /// When the data was as it is here, as RFC 3339.
    pub made_at: String,
    /// What it lay in: `sqlite` or `postgresql`.
    pub database: String,
    /// The name under which the ledger is signed.
    pub origin: Option<String>,
    /// The schema: the names of the migrations that were applied, oldest first.
    pub migrations: Vec<String>,
    /// The tables, in an order in which rows come after those that they point to.
    pub tables: Vec<Table>,
    /// The tables that are left out on purpose, for what they hold is only good for the moment or made anew.
    pub left_out: Vec<String>,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// What each value of a row is.
    pub columns: Columns,
}

/// What each value of a row is, in their order.
pub type Columns = Vec<Column>;

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: ColumnKind,
}

/// What a column holds beside nothing. All that the databases tell apart in more detail is one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ColumnKind {
    /// Whole numbers of 64 bits; truth as 0 and 1.
    Integer,
    /// Texts.
    Text,
    /// Bytes, identifiers too, written in hexadecimal.
    Bytes,
}

/// What there was: the last member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The same as at the beginning.
    pub head: Head,
    /// How many rows each table had, in the order of the head.
    pub rows: Vec<TableRows>,
    /// The ledger.
    pub ledger: Ledger,
    /// Files that the data names and the store did not give.
    pub absent_files: Vec<Absent>,
    /// Every other member, in order.
    pub members: Vec<Member>,
}

/// How many rows a table had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableRows {
    /// The table.
    pub table: String,
    /// How many.
    pub rows: u64,
}

/// What the ledger was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ledger {
    /// How many entries are in the tree.
    pub entries: u64,
    /// The tree's root, in hexadecimal.
    pub root: String,
    /// The newest signed checkpoint; none where the ledger was never signed.
    pub checkpoint: Option<String>,
}

/// A file that the data names and the archive does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Absent {
    /// Its name in the store.
    pub object: String,
    /// The evidence it belongs to.
    pub evidence: String,
    /// Why it is not there.
    pub why: String,
}

/// A member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// Its length in bytes.
    pub size: u64,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
}

impl Head {
    /// The names of the tables.
    pub fn table_names(&self) -> Vec<String> {
        self.tables.iter().map(|table| table.name.clone()).collect()
    }
}

/// SHA-256 in hexadecimal.
pub fn sha256(content: &[u8]) -> String {
    hexadecimal(digest::digest(&digest::SHA256, content).as_ref())
}

/// Bytes in hexadecimal, in lower case.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing into a text does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
