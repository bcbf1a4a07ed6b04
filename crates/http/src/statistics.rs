//! Numbers with the lists behind them, whichever face shows them.

mod counts;
mod facets;
mod figures;

pub use counts::{Count, Counting, Median, NamedCount, Share};
pub use facets::facet_values;
pub use figures::{
    Deadlines, EvidenceFreshness, Figures, Findings, Reports, Responses, differing, open, overdue,
};
