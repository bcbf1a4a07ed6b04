//! Meetings with their agenda, decisions and attendance: one aggregate, read in one query a table.
//!
//! Nothing here hides anything: which lines, attendances and decisions a viewer may see is decided by those who
//! ask.

mod agenda;
mod attendance;
mod content;
mod decisions;
mod difference;
mod find;
mod list;
mod numbered;
mod parts;
mod row;
mod save;

pub use find::{Key, agenda_of_item, find, find_many, pointing_to};
pub use list::{Cursor, Filter, Page, list};
pub use save::{insert, update};
