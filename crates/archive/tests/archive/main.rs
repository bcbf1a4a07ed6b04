//! Archives as files: written, read, damaged, forged.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "what goes wrong in a test is a failed test"
)]

mod damage;
mod fixtures;
mod forgeries;
mod locks;
mod writing;
