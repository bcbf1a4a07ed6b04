//! One row, and what is measured on it.

use chrono::{Datelike, NaiveDate};

use super::counted::is_answer;
use super::names::NOTHING;
use super::rows::{Event, Fixed, NO_DAY};
use crate::calendar::Precision;
use crate::ids::{ItemId, Uuid};
use crate::items::translation_gaps::TranslationGaps;
use crate::items::{Kind, Status};
use crate::levels::{Level, Relation};

/// What is known of one item. Codes and organisations are numbers of [`super::Names`].
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    pub(super) fixed: &'a Fixed,
    pub(super) codes: &'a [u16],
    pub(super) changes: &'a [Event],
    pub(super) revisions: &'a [Event],
}

impl<'a> Row<'a> {
    /// The item.
    pub fn id(&self) -> ItemId {
        ItemId(Uuid::from_u128(self.fixed.id))
    }

    /// What it is.
    pub const fn kind(&self) -> Kind {
        self.fixed.kind
    }

    /// Where it stands.
    pub const fn status(&self) -> Status {
        self.fixed.status
    }

    /// Whether it is a draft.
    pub fn is_draft(&self) -> bool {
        self.fixed.status == Status::Draft
    }

    /// Marked by the secretariat.
    pub const fn priority(&self) -> bool {
        self.fixed.priority()
    }

    /// What there is to do on its texts in other languages.
    pub const fn translation_gaps(&self) -> TranslationGaps {
        self.fixed.gaps()
    }

    /// Who reads its text.
    pub const fn text_level(&self) -> Level {
        self.fixed.text
    }

    /// Who reads who filed it.
    pub const fn identity_level(&self) -> Level {
        self.fixed.identity
    }

    /// The lead body.
    pub fn lead(&self) -> Option<u16> {
        Some(self.fixed.lead).filter(|lead| *lead != NOTHING)
    }

    /// The mechanism it comes from.
    pub fn mechanism(&self) -> Option<u16> {
        Some(self.fixed.mechanism).filter(|mechanism| *mechanism != NOTHING)
    }

    fn part(&self, from: usize, count: u8) -> &'a [u16] {
        self.codes.get(from..from + usize::from(count)).unwrap_or_default()
    }

    /// The bodies that answer for it.
    pub fn owners(&self) -> &'a [u16] {
        self.part(0, self.fixed.owners)
    }

    /// Owners and addressees.
    pub fn addressed(&self) -> &'a [u16] {
        self.part(0, self.fixed.owners.saturating_add(self.fixed.addressees))
    }

    /// The organisations that filed it.
    pub fn filers(&self) -> &'a [u16] {
        self.part(usize::from(self.fixed.owners) + usize::from(self.fixed.addressees), self.fixed.filers)
    }

    /// Its themes.
    pub fn themes(&self) -> &'a [u16] {
        let behind = usize::from(self.fixed.themes) + usize::from(self.fixed.legal_refs);
        self.part(self.codes.len().saturating_sub(behind), self.fixed.themes)
    }

    /// Its legal references.
    pub fn legal_refs(&self) -> &'a [u16] {
        let behind = usize::from(self.fixed.legal_refs);
        self.part(self.codes.len().saturating_sub(behind), self.fixed.legal_refs)
    }

    /// Whole days past its deadline on a day; `None` where it is not overdue.
    pub fn days_late(&self, today: i32) -> Option<u32> {
        let late = self.fixed.due < today && self.fixed.status.deadline_runs();
        if late { u32::try_from(today - self.fixed.due).ok() } else { None }
    }

    /// By how many days its deadline is later than at first publication, below 0 where it is earlier.
    pub fn slippage(&self) -> Option<i32> {
        let known = self.fixed.due != NO_DAY && self.fixed.original_due != NO_DAY;
        known.then(|| self.fixed.due - self.fixed.original_due)
    }

    /// Whole days since it was filed.
    pub fn age(&self, today: i32) -> Option<u32> {
        u32::try_from(today.checked_sub(self.fixed.filed)?).ok()
    }

    /// The changes of status that who stands like this to it may read of.
    pub(super) fn changes(&self, relation: Relation) -> impl Iterator<Item = Event> + use<'a> {
        self.changes.iter().copied().filter(move |change| relation.reads(change.level()))
    }

    /// How many changes of the deadline there are that who stands like this to it may read of.
    pub fn revisions(&self, relation: Relation) -> usize {
        self.revisions.iter().filter(|revision| relation.reads(revision.level())).count()
    }

    /// Whether an answer was asked for and given; `None` where none was asked for, as of a commitment.
    pub fn answered(&self, relation: Relation) -> Option<bool> {
        if self.fixed.kind == Kind::Commitment {
            return None;
        }
        let answered =
            is_answer(self.fixed.status) || self.changes(relation).any(|change| is_answer(change.to));
        (answered || self.fixed.status == Status::UnderReview).then_some(answered)
    }

    /// Whole days from the filing to the first answer; `None` without an answer, and where either day is not known
    /// to the day. Below 0 where a document dates the answer before the filing.
    pub fn answer_days(&self, relation: Relation) -> Option<i32> {
        let exact = self.fixed.filed != NO_DAY && self.fixed.filed_precision == Precision::Day;
        if !exact || self.fixed.kind == Kind::Commitment {
            return None;
        }
        let answers = self.changes(relation).filter(|change| is_answer(change.to));
        let first =
            answers.filter(|answer| answer.precision() == Precision::Day).map(|answer| answer.day).min();
        first.map(|first| first - self.fixed.filed)
    }

    /// Where it stood at the end of a day, as far as the dates of its changes tell, whoever may read of them.
    pub(super) fn status_on(&self, day: i32) -> Option<Status> {
        // Of changes with one date, the one that was recorded last.
        let before = self.changes.iter().filter(|change| change.day <= day);
        before.max_by_key(|change| change.day).map(|change| change.to)
    }

    /// When a body last said where the item stands, as far as who stands like this to it may read of it.
    pub(super) fn last_said_by(&self, relation: Relation, body: u16) -> Option<i32> {
        self.changes(relation).filter(|change| change.organisation == body).map(|change| change.day).max()
    }
}

/// The day with a number.
pub(super) fn date(day: i32) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(day)
}

/// The number of a day.
pub(super) fn number(day: NaiveDate) -> i32 {
    day.num_days_from_ce()
}
