//! What becomes of an item's response clock when its status moves.
//!
//! * A proposal's review counts from its first submission. While it is returned nobody here owes anything and no
//!   stage is recorded, but its age goes on: filed again, it has the clock it had, with the same last day.
//! * Every passing to a lead and every announcement begins another wait, with stages of its own.
//! * What was recorded from a document was not filed with the secretariat, which recorded it: it has no review. For
//!   an answer or a confirmation the wait counts from the day the document gives, where it gives the day; from a
//!   month or a year none is made.

use chrono::NaiveDate;

use super::{ClockKind, ResponseClock, Terms};
use crate::calendar::{AsOf, Precision};
use crate::ids::ClockId;
use crate::items::status::{Kind, Status};

/// When a wait begins, and by what it is known if one does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Begun {
    /// The identifier of a clock that begins now.
    pub id: ClockId,
    /// The local day of the move.
    pub today: NaiveDate,
    /// When the item was filed first.
    pub filed_on: Option<AsOf>,
}

/// The clock of an item after a move to a status, given the one it had.
pub fn after_move(
    kept: Option<ResponseClock>,
    kind: Kind,
    to: Status,
    begun: Begun,
    terms: &Terms,
) -> Option<ResponseClock> {
    if is_paused(kind, to) {
        return kept;
    }
    let waits_for = ClockKind::of(kind, to)?;
    if waits_for != ClockKind::Review {
        return Some(ResponseClock::begin(begun.id, waits_for, begun.today, terms));
    }
    // The one it had before it was returned; the age of a proposal is never counted anew.
    let first = kept.filter(|clock| clock.kind == ClockKind::Review);
    let filed_on = begun.filed_on.and_then(known_day).unwrap_or(begun.today);
    Some(first.unwrap_or_else(|| ResponseClock::begin(begun.id, waits_for, filed_on, terms)))
}

/// The clock of an item that was recorded from a document in a status that it has since a day.
pub fn of_document(
    kind: Kind,
    status: Status,
    since: AsOf,
    id: ClockId,
    terms: &Terms,
) -> Option<ResponseClock> {
    let waits_for = ClockKind::of(kind, status).filter(|waits_for| *waits_for != ClockKind::Review)?;
    Some(ResponseClock::begin(id, waits_for, known_day(since)?, terms))
}

/// Whether an item in this status has a clock that stands still: the word is with the submitter.
const fn is_paused(kind: Kind, status: Status) -> bool {
    matches!((kind, status), (Kind::Proposal, Status::Returned))
}

/// The day itself, where it is known.
fn known_day(day: AsOf) -> Option<NaiveDate> {
    (day.precision == Precision::Day).then_some(day.on)
}
