//! Reporting rounds: the secretariat asks bodies to report on items of theirs for a period until a day. What was not
//! reported by then is shown.
//!
//! A round is public. Of the items it asks about everybody is told as far as they see them.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::calendar::Precision;
use crate::ids::{ItemId, OrganisationId, ReportingRoundId};
use crate::items::assessments::coded;
use crate::items::response::ClockKind;
use crate::items::{Item, Kind, OwnerRole, Status};
use crate::language::LanguageMap;
use crate::levels::{Level, Relation};
use crate::policy::can_be_reported_on;

/// How many bodies a round is told to ask at once at most.
pub const BODIES_MAX: usize = 100;

/// How many items a round is told to ask about at once at most, where they are named; where they are not, there may be
/// more.
pub const ITEMS_NAMED_MAX: usize = 200;

/// How many reports a round asks for at most: pairs of a body and an item.
pub const ROWS_MAX: usize = 2_000;

/// How many days before the due day bodies that owe reports are reminded.
pub const REMINDED_BEFORE: u64 = 7;

/// The day of the month on which reports are due where no other is named.
const DUE_DAY: u32 = 15;

coded! {
    /// Whether a round takes reports.
    RoundState {
        /// It does, late ones too.
        Open => "open",
        /// It does not any more.
        Closed => "closed",
    }
}

coded! {
    /// What became of a report that was asked for.
    ReportStanding {
        /// It was received.
        Received => "received",
        /// It is not asked for any more: before it was due the item ended, or the body ceased to own or to read it.
        Released => "released",
        /// There is time still.
        Awaited => "awaited",
        /// The day has passed, or the round is closed, and none was received.
        NotReceived => "not_received",
    }
}

/// A report that is asked for: of a body, on an item of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Asked {
    /// The body.
    pub organisation: OrganisationId,
    /// The item.
    pub item: ItemId,
}

/// What is remembered of a report that was asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The local day on which the first one was published.
    pub received_on: Option<NaiveDate>,
    /// The local day on which, before it was due, it ceased to be asked for.
    pub released_on: Option<NaiveDate>,
}

impl Outcome {
    /// The same on a local day on which the body still has to report, or has not: who is asked again is released no more,
    /// and what was received stays received.
    #[must_use]
    pub fn followed(self, still_asked: bool, today: NaiveDate) -> Self {
        match self.received_on {
            Some(_) => self,
            None if still_asked => Self { released_on: None, ..self },
            None => Self { released_on: self.released_on.or(Some(today)), ..self },
        }
    }
}

/// A round in which bodies are asked to report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportingRound {
    /// Its identifier.
    pub id: ReportingRoundId,
    /// What it is called; may be empty, then it is known by its period.
    pub name: LanguageMap,
    /// The first day that reports are about.
    pub period_from: NaiveDate,
    /// The last day that reports are about.
    pub period_to: NaiveDate,
    /// The last local day on which a report is in time.
    pub due_on: NaiveDate,
    /// Whether it takes reports.
    pub state: RoundState,
    /// The local day it was opened.
    pub opened_on: NaiveDate,
    /// The local day it was closed.
    pub closed_on: Option<NaiveDate>,
    /// The local day on which bodies were reminded of the due day that it has now.
    pub reminded_on: Option<NaiveDate>,
    /// Its first place in the ledger, by which rounds are ordered.
    pub opened: i64,
    /// Row version for optimistic locking.
    pub version: i64,
}

impl ReportingRound {
    /// What became of a report that this round asks for.
    pub fn standing(&self, outcome: Outcome, today: NaiveDate) -> ReportStanding {
        standing(self.state, self.due_on, outcome, today)
    }

    /// What became of reports that were neither received nor released.
    pub fn standing_of_owed(&self, today: NaiveDate) -> ReportStanding {
        self.standing(Outcome::default(), today)
    }

    /// Whether it takes reports that are not late yet. Until they would be, bodies can be asked for more, and are released
    /// of what is not theirs to report any more; from then on it stays what was due.
    pub fn is_under_way(&self, today: NaiveDate) -> bool {
        self.state == RoundState::Open && today <= self.due_on
    }

    /// Whether bodies are to be reminded today: once for each due day, in the days before it, and not where the round
    /// was opened in them.
    pub fn reminds(&self, today: NaiveDate) -> bool {
        let from = reminder_day(self.due_on);
        self.state == RoundState::Open
            && self.reminded_on.is_none()
            && self.opened_on < from
            && from <= today
            && today <= self.due_on
    }

    /// The same with another due day, of which bodies are reminded anew where its reminder is still to come.
    #[must_use]
    pub fn with_due_on(self, due_on: NaiveDate, today: NaiveDate) -> Self {
        let reminded_on = self.reminded_on.filter(|_| reminder_day(due_on) <= today);
        Self { due_on, reminded_on, ..self }
    }
}

/// What became on a local day of a report that a round in this state asks for. What was not received is missing, rather
/// than awaited, once the due day has passed or nothing is taken any more.
pub fn standing(state: RoundState, due_on: NaiveDate, outcome: Outcome, today: NaiveDate) -> ReportStanding {
    match outcome {
        Outcome { received_on: Some(_), .. } => ReportStanding::Received,
        Outcome { released_on: Some(_), .. } => ReportStanding::Released,
        _ if state == RoundState::Closed || today > due_on => ReportStanding::NotReceived,
        _ => ReportStanding::Awaited,
    }
}

/// From which day on bodies are reminded of a due day.
pub fn reminder_day(due_on: NaiveDate) -> NaiveDate {
    due_on.checked_sub_days(Days::new(REMINDED_BEFORE)).unwrap_or(due_on)
}

/// The half-year that ended last: its first and its last day.
pub fn last_half_year(today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let current = Precision::HalfYear.first_day(today);
    let last = current.checked_sub_days(Days::new(1)).unwrap_or(current);
    (Precision::HalfYear.first_day(last), last)
}

/// What is wrong with a day on which reports are to be due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrongDueDay {
    /// Nobody reports on a period that is not over.
    WithinPeriod,
    /// Nobody reports in the past.
    Past,
}

/// What is wrong with a day that is named today as the one on which reports on a period are due.
pub fn wrong_due_day(due_on: NaiveDate, period_to: NaiveDate, today: NaiveDate) -> Option<WrongDueDay> {
    if due_on < period_to {
        Some(WrongDueDay::WithinPeriod)
    } else if due_on < today {
        Some(WrongDueDay::Past)
    } else {
        None
    }
}

/// When reports on a period are due where no day is named: the 15th of the month after it; where that has passed on the
/// day the round is opened, the 15th of the month after that day, because nobody reports in the past.
pub fn default_due_on(period_to: NaiveDate, today: NaiveDate) -> NaiveDate {
    let due = fifteenth_after(period_to);
    if due < today { fifteenth_after(today) } else { due }
}

fn fifteenth_after(day: NaiveDate) -> NaiveDate {
    let next = Precision::Month.first_day(day).checked_add_months(Months::new(1)).unwrap_or(day);
    next.with_day(DUE_DAY).unwrap_or(next)
}

/// Whether a round may ask about an item at all: something is owed on it, owners report on it, and every member reads
/// it, because a round is no place for what is not told to all of them.
pub fn may_be_asked_about(item: &Item) -> bool {
    is_owed(item.status) && item.text_level >= Level::Members
}

/// Whether something is owed on an item that owners report on.
fn is_owed(status: Status) -> bool {
    status.is_open() && can_be_reported_on(status)
}

/// The bodies that still have to report on an item about which they were asked: none once it has ended, nor while it is
/// read by less than its bodies, because nobody reports on what they may not read.
pub fn still_asked_about(item: &Item) -> Vec<OrganisationId> {
    let bodies: Vec<_> = item.owners.iter().map(|owner| owner.organisation).collect();
    let is_asked = is_owed(item.status) && Relation::Addressed.reads(item.text_level);
    if is_asked { asked_about(item, &bodies) } else { Vec::new() }
}

/// Whether a round that names no items asks about one: commitments and recommendations on their way. Where a word of
/// the body is waited for (an answer, a confirmation), a clock of its own asks for it; a proposal's progress comes from
/// the commitments that implement it.
pub fn is_asked_about_unnamed(item: &Item) -> bool {
    item.kind != Kind::Proposal && may_be_asked_about(item) && ClockKind::of(item.kind, item.status).is_none()
}

/// The statuses that an item may have that a round asks about without naming it.
pub fn statuses_on_the_way() -> Vec<Status> {
    let asked = |status: &&Status| {
        is_owed(**status)
            && [Kind::Commitment, Kind::Recommendation]
                .iter()
                .any(|kind| kind.statuses().contains(status) && ClockKind::of(*kind, **status).is_none())
    };
    Status::ALL.iter().filter(asked).copied().collect()
}

/// As what a body is asked about an item: as its lead or a co-owner. Oversight reports on nothing.
pub const ASKED_AS: [OwnerRole; 2] = [OwnerRole::Lead, OwnerRole::Co];

/// Which of some bodies are asked about an item.
pub fn asked_about(item: &Item, bodies: &[OrganisationId]) -> Vec<OrganisationId> {
    item.owners
        .iter()
        .filter(|owner| ASKED_AS.contains(&owner.role) && bodies.contains(&owner.organisation))
        .map(|owner| owner.organisation)
        .collect()
}
