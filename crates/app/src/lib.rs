//! Use cases: authorize, load, decide in the domain, save, enter into the ledger; one write transaction each.
//!
//! Both faces of the register (REST and pages) call these functions and nothing below them. Every use case takes
//! the [`App`] and who is asking; what a viewer may not see is answered as absent ([`AppError::NotFound`]).

pub mod accounts;
pub mod application;
pub mod authentication;
pub mod backups;
pub mod clock;
pub mod cursors;
pub mod database;
pub mod directory;
pub mod error;
pub mod follows;
pub mod housekeeping;
pub mod idempotency;
pub mod items;
pub mod keys;
pub mod ledger;
pub mod letters;
mod locks;
pub mod meetings;
mod memory;
pub mod notifications;
pub mod organisations;
mod paging;
pub mod precondition;
pub mod random;
pub mod readings;
mod record_difference;
pub mod reporting_rounds;
pub mod response_clocks;
pub mod schedule;
pub mod sealing;
pub mod sealing_keys;
pub mod settings;
pub mod statistics;
pub mod throttling;
pub mod vocabularies;

pub use application::App;
pub use error::{AppError, Code, FieldError};
pub use qadam_search as search;
