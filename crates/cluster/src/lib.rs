//! Clusters of PostgreSQL for tests and measurements: made from the programs that are installed, started, made to crash,
//! and removed.
//!
//! Never shipped. The developer commands start one for all tests; tests of what happens when a database fails start
//! one of their own.

mod account;
mod binaries;
mod cluster;
mod programs;

pub use binaries::{OLDEST, find};
pub use cluster::{Cluster, Purpose};
pub use programs::{caller_is_root, on_path};
