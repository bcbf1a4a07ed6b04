//! Reporting rounds: the secretariat asks bodies to report on items of theirs, a body fills one table, and what was not
//! reported is shown.
//!
//! * [`opening`] and [`changing`] – a round begins, is edited, asks for more, is closed;
//! * [`choosing`] – of whom reports are asked, on what;
//! * [`record`] and [`entering`] – how the ledger keeps it, one entry a level;
//! * [`view`], [`read`] and [`table`] – what of a round is shown to whom;
//! * [`receiving`] – a report that answers a round;
//! * [`of_items`] – how items stand in the newest round that asks about them;
//! * [`releasing`] – who still has to report is looked at anew where the due day moves or the round is opened again;
//! * [`reminding`] – bodies that owe reports are reminded;
//! * [`following`] – a round's record follows the items it asks about when their levels change.

mod changing;
mod choosing;
mod entering;
mod following;
mod of_items;
mod opening;
mod read;
mod receiving;
pub mod record;
mod releasing;
mod reminding;
mod table;
mod view;

pub use changing::{RoundChange, RoundEdit, change};
pub use choosing::AskInput;
pub use entering::REPORTING_ROUND;
pub(crate) use entering::{Whole, record_at};
pub(crate) use following::follow_item;
pub(crate) use of_items::reporting_on;
pub use of_items::{ItemReporting, ItemReportingRow};
pub use opening::{NewRound, open};
pub use qadam_storage::reporting_rounds::{Counts, Cursor, Filter, Page, RowCursor, RowPage};
pub use read::{Listed, get, list};
pub(crate) use receiving::{Wanted, receive, still_open, wanted};
pub use reminding::remind_due;
pub use table::{RowFilter, RowView, Table, rows};
pub use view::RoundView;
