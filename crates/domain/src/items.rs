//! Items: proposals, commitments and recommendations.
//!
//! [`moves`] holds the table of status moves, [`fields`] the table of who may edit which field when,
//! [`links`] how items relate, [`mod@reference`] how they are numbered.

pub mod fields;
pub mod item;
pub mod links;
pub mod moves;
pub mod reference;
pub mod status;

pub use item::{
    Answer, ChangedAt, Evidence, EvidenceKind, EvidenceRelation, Item, Owner, OwnerRole, RecordedFrom, Source,
};
pub use status::{ClosingResult, Kind, Status};
