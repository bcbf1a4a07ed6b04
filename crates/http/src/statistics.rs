//! Numbers with the lists behind them, whichever face shows them.

mod counts;
mod figures;

pub use counts::{Count, Counting, Median, NamedCount, Share};
pub use figures::{Deadlines, EvidenceFreshness, Figures, Findings, Reports, Responses};
