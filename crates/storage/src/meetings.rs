//! Meetings with their agenda, decisions and attendance: one aggregate, read in one query a table.
//!
//! Nothing here hides anything: which lines, attendances and decisions a viewer may see is decided by those who
//! ask.

mod agenda;
mod attendance;
mod carry_over;
mod content;
mod decisions;
mod difference;
mod find;
mod list;
mod numbered;
mod objections;
mod parts;
mod row;
mod save;

pub use carry_over::{
    Carried, CarryOverCursor, CarryOverPage, Earlier, carry_over, decided_at, discussed_at,
};
pub use find::{Key, agenda_of_item, find, find_many, pointing_to};
pub use list::{Cursor, Filter, Page, list};
pub use objections::{
    ObjectionCursor, ObjectionPage, count_objections, find_objection, has_unanswered_objections,
    insert_objection, objections, update_objection,
};
pub use save::{insert, update};
