//! [`qadam_domain::policy::may`] against expectations written by hand: who, what, at which level.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets the unexpected fails"
)]

#[path = "../cast/mod.rs"]
mod cast;
#[path = "../table/mod.rs"]
mod table;

mod accounts;
mod actions;
mod contribution_levels;
mod contributions;
mod drafts;
mod items;
mod level_changes;
mod protocols;
mod register;
mod sight;
mod verdicts;
