//! Files: which there are ([`rows`]), and where they lie ([`FileStore`]).
//!
//! The bytes lie outside the database, under random names that say nothing. A row is committed before the file is put
//! down and stays until it is gone again, so that every file is known of: what was left behind is found by its row, and
//! the store is never searched. A store that two registers were given by mistake loses nothing by that.

mod place;
pub mod rows;
mod store;

pub use place::{FilePlace, InvalidPlace};
pub use store::{FileStore, FileStoreError, Lying};
