//! The ledger: entering what was done, admitting it to the tree, signing and serving it.
//!
//! * [`record`] – one entry for a change of a record, inside the change's own transaction;
//! * [`items`] – the entries of an item's change, one an axis;
//! * [`narrowing`] – which leaves a narrowing withholds;
//! * [`contributions`] – the entries of what organisations add to items;
//! * [`levels`] – the entries of records that name items: one for each level whose readers see something new;
//! * [`sequencer`] – admission: open entries at once, the others once a day in random order;
//! * [`reading`] – checkpoints, entries, proofs;
//! * [`day_checkpoint`] – the checkpoint that all pages of a day show;
//! * [`posted_checkpoints`] – the same, posted to those who keep it elsewhere;
//! * [`redaction`] – removing a payload for good;
//! * [`signing_keys`] – which key signs, and how another follows it;
//! * [`receipts`] – what a submitter gets in hand;
//! * [`auditing`] – what a check of the whole database reads;
//! * [`verification`] – that check.

pub mod auditing;
mod contributions;
pub mod day_checkpoint;
mod items;
mod levels;
mod narrowing;
pub mod posted_checkpoints;
pub mod reading;
pub mod receipts;
mod record;
pub mod redaction;
pub mod sequencer;
pub mod signing_keys;
pub mod verification;

pub(crate) use contributions::{
    CONTRIBUTION_FILING, ContributionChange, enter_contribution, enter_contribution_narrowing,
    enter_publication_asked,
};
use items::enter_public_rendition;
pub(crate) use items::{Axes, ItemChange, enter_item};
pub(crate) use levels::{FLOORS, ItemLevels, LevelledEntry, enter_at_levels, item_levels};
pub(crate) use narrowing::public_leaves;
pub(crate) use qadam_storage::ledger::ITEM;
pub(crate) use record::{Act, AuthoredEntry, RecordEntry, Written, enter_authored, enter_record};
pub(crate) use sequencer::admit_waiting;
