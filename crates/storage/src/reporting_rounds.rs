//! Reporting rounds, and the reports that they ask for.
//!
//! A round is everybody's. Of its rows a viewer is told those about items that its scope contains: every query about
//! rows that is made for somebody starts with it. What the program itself needs asks for all of them, and says so.

mod asked;
mod find;
mod list;
mod of_items;
mod row;
mod save;
mod standings;
mod table;

pub use asked::{AskedRow, asked, asked_in, organisations_asked};
pub use find::{every, find, find_many, pointing_to, state_where_asked, to_remind};
pub use list::{Cursor, Filter, Page, list};
pub use of_items::{ItemRow, newest_of};
pub use save::{add_rows, insert, receive, release, set_released, update};
pub(crate) use standings::items_standing;
pub use standings::{Counts, counts};
pub use table::{Came, RowCursor, RowFilter, RowPage, TableRow, rows};
