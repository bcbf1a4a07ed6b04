//! What is counted of many items at once, for a viewer who may see some of them.
//!
//! A hundred thousand items are counted in one pass over compact rows: everything a count depends on is in a row, the
//! codes and organisations as small numbers. Whether a viewer may see a row is decided by
//! [`crate::levels::relation_of`], the same function that decides it for one item: what is counted is what can be
//! listed. Nothing is added up ahead of a question, so there is nothing that could be added up for the wrong viewer.

mod counted;
mod eyes;
mod facets;
mod findings;
mod fresh;
mod months;
mod names;
mod row;
mod rows;
mod selection;
mod tally;
mod withheld;

pub use counted::{ANSWERS, Change, Counted, is_answer};
pub use eyes::Eyes;
pub use facets::{Facet, FacetCounts, facets};
pub use findings::{CountedFinding, FindingCounts, findings};
pub use fresh::{ON_THEIR_WAY, fresh_since};
pub use months::{Month, Months, Quarter};
pub use names::{Codes, Names};
pub use row::Row;
pub use rows::{Rows, TooMany};
pub use selection::{Range, Selection};
pub use tally::{Scorecard, Series, StatusCounts, Tally, median, scorecard, tally};
pub use withheld::{Withheld, withheld};
