//! Response clocks: who owes the next word on an item, until when, and how silence escalates.
//!
//! The secretariat reviews what is filed, the lead answers what it is given and confirms what was announced for it.
//! Each wait has a clock of its own. [`terms`] says how many days there are and makes of a first day the
//! [`Schedule`], which the clock keeps for as long as it runs: settings that change later concern later clocks.
//! [`following`] says what a status move does to the clock of an item.
//!
//! Stages come in one order, each once: [`ResponseClock::next`] is the first that was not recorded, whatever the
//! machine's clock did meanwhile.

pub mod following;
pub mod terms;

use chrono::{Days, NaiveDate};

use super::status::{Kind, Status};
use crate::ids::ClockId;
pub use following::{Begun, after_move, of_document};
pub use terms::{DayCount, Terms};

/// For what an item waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClockKind {
    /// The secretariat's review of a proposal, from its first submission on.
    Review,
    /// The lead's answer, from `under_review` on.
    Answer,
    /// The lead's confirmation of what was announced for it.
    Confirmation,
}

impl ClockKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Review, Self::Answer, Self::Confirmation];

    /// The code used in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::Answer => "answer",
            Self::Confirmation => "confirmation",
        }
    }

    /// The one with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// For what an item of a kind waits in a status, if for anything.
    pub const fn of(kind: Kind, status: Status) -> Option<Self> {
        match (kind, status) {
            (Kind::Proposal, Status::Submitted) => Some(Self::Review),
            (Kind::Proposal | Kind::Recommendation, Status::UnderReview) => Some(Self::Answer),
            (Kind::Commitment, Status::Announced) => Some(Self::Confirmation),
            _ => None,
        }
    }
}

/// How far silence has escalated. In the order in which they come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Few days are left.
    DueSoon,
    /// No day is left.
    Overdue,
    /// A letter to the head of the body is drafted, for a person to send.
    LetterDrafted,
    /// It stands on the list of the next meeting.
    ListedForMeeting,
}

impl Stage {
    /// All stages in their order.
    pub const ALL: [Self; 4] = [Self::DueSoon, Self::Overdue, Self::LetterDrafted, Self::ListedForMeeting];

    /// The code used in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::DueSoon => "due_soon",
            Self::Overdue => "overdue",
            Self::LetterDrafted => "letter_drafted",
            Self::ListedForMeeting => "listed_for_meeting",
        }
    }

    /// The stage with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == code)
    }

    /// The stage after this one.
    pub const fn next(self) -> Option<Self> {
        match self {
            Self::DueSoon => Some(Self::Overdue),
            Self::Overdue => Some(Self::LetterDrafted),
            Self::LetterDrafted => Some(Self::ListedForMeeting),
            Self::ListedForMeeting => None,
        }
    }
}

/// What is remembered of a wait: that a stage was reached, or that a person sent the letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// A stage was reached.
    Reached(Stage),
    /// The letter to the head of the body was sent.
    LetterSent,
}

impl Step {
    /// All steps.
    pub const ALL: [Self; 5] = [
        Self::Reached(Stage::DueSoon),
        Self::Reached(Stage::Overdue),
        Self::Reached(Stage::LetterDrafted),
        Self::Reached(Stage::ListedForMeeting),
        Self::LetterSent,
    ];

    /// The code used in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Reached(stage) => stage.code(),
            Self::LetterSent => "letter_sent",
        }
    }

    /// The step with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }
}

/// The days of a wait: never decreasing in the order of the stages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Schedule {
    /// From when on few days are left.
    pub due_soon_on: NaiveDate,
    /// The last day on which the word is in time.
    pub due_on: NaiveDate,
    /// When the letter is drafted.
    pub letter_on: NaiveDate,
    /// When it is listed for the next meeting.
    pub meeting_on: NaiveDate,
}

impl Schedule {
    /// The day on which a stage is reached. Overdue is so from the day after the last one in time.
    pub fn day_of(&self, stage: Stage) -> NaiveDate {
        match stage {
            Stage::DueSoon => self.due_soon_on,
            Stage::Overdue => self.due_on.checked_add_days(Days::new(1)).unwrap_or(self.due_on),
            Stage::LetterDrafted => self.letter_on,
            Stage::ListedForMeeting => self.meeting_on,
        }
    }
}

/// One wait on an item. A later wait on the same item, also for the same, is another clock with its own stages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ResponseClock {
    /// Its identifier.
    pub id: ClockId,
    /// For what the item waits.
    pub kind: ClockKind,
    /// The local day on which the wait began.
    pub started_on: NaiveDate,
    /// Its days, fixed when it began.
    pub schedule: Schedule,
    /// The newest stage that was recorded.
    pub reached: Option<Stage>,
    /// The day on which a person sent the letter.
    pub letter_sent_on: Option<NaiveDate>,
}

impl ResponseClock {
    /// A clock that begins on a day.
    pub fn begin(id: ClockId, kind: ClockKind, started_on: NaiveDate, terms: &Terms) -> Self {
        let schedule = terms.schedule(kind, started_on);
        Self { id, kind, started_on, schedule, reached: None, letter_sent_on: None }
    }

    /// How far it is on a local day, by its days alone.
    pub fn stage(&self, today: NaiveDate) -> Option<Stage> {
        Stage::ALL.into_iter().rev().find(|stage| self.schedule.day_of(*stage) <= today)
    }

    /// Whole local days since it began.
    pub fn days(&self, today: NaiveDate) -> u32 {
        u32::try_from((today - self.started_on).num_days()).unwrap_or(0)
    }

    /// The first stage that was not recorded, with the day on which it is reached.
    pub fn next(&self) -> Option<(Stage, NaiveDate)> {
        let stage = self.reached.map_or(Some(Stage::DueSoon), Stage::next)?;
        Some((stage, self.schedule.day_of(stage)))
    }

    /// The stage that is to be recorded now: the first that was not, once its day has come. Recorded one by one, none
    /// is left out after a pause, and none comes twice.
    pub fn due(&self, today: NaiveDate) -> Option<(Stage, NaiveDate)> {
        self.next().filter(|(_, day)| *day <= today)
    }

    /// The same clock once this stage was recorded.
    #[must_use]
    pub fn having_reached(self, stage: Stage) -> Self {
        Self { reached: self.reached.max(Some(stage)), ..self }
    }

    /// Whether the letter to the head of the body is there.
    pub fn has_letter(&self) -> bool {
        self.reached >= Some(Stage::LetterDrafted)
    }
}
