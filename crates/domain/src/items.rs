//! Items: proposals, commitments and recommendations.
//!
//! [`moves`] holds the table of status moves, [`fields`] the table of who may edit which field when,
//! [`links`] how items relate, [`consents`] what submitters agree to, [`mod@reference`] how they are numbered,
//! [`response`] who owes the next word and until when. What organisations add to an item are [`contributions`]:
//! [`updates`] of owners, [`assessments`] of others, [`milestones`], [`indicators`] and [`evidence`] with its [`files`]. [`positions`] puts
//! what is said side by side, [`retention`] says when a draft ends that nobody touches, [`closing`] says what closing as implemented takes, and [`translation_gaps`] what there is to do
//! on texts in other languages. [`redaction`] takes out what must not be read.

pub mod assessments;
pub mod closing;
pub mod co_filing;
pub mod consents;
pub mod contributions;
pub mod evidence;
pub mod fields;
pub mod files;
pub mod indicators;
pub mod item;
pub mod links;
pub mod milestones;
pub mod moves;
pub mod positions;
pub mod questions;
pub mod redaction;
pub mod reference;
pub mod response;
pub mod retention;
pub mod status;
pub mod translation_gaps;
pub mod updates;

pub use item::{
    Answer, ChangedAt, Evidence, EvidenceKind, EvidenceRelation, Item, Owner, OwnerRole, RecordedFrom, Source,
};
pub use status::{ClosingResult, Kind, Status};
