//! What counts are narrowed to: the filters of a list, over rows.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::facets::Facet;
use super::row::{Row, date, number};
use super::rows::{Event, NO_DAY};
use crate::calendar::Precision;
use crate::ids::ItemId;
use crate::items::translation_gaps::TranslationGap;
use crate::items::{Kind, Status};
use crate::levels::{Level, Relation};

/// Bounds, inclusive. What has no value lies in no bounds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Range<T> {
    /// The least.
    pub min: Option<T>,
    /// The greatest.
    pub max: Option<T>,
}

impl<T: PartialOrd + Copy> Range<T> {
    /// Whether anything is asked.
    pub const fn is_open(&self) -> bool {
        self.min.is_none() && self.max.is_none()
    }

    fn has(&self, value: Option<T>) -> bool {
        self.is_open()
            || value.is_some_and(|value| {
                self.min.is_none_or(|min| min <= value) && self.max.is_none_or(|max| value <= max)
            })
    }
}

impl Range<NaiveDate> {
    fn has_day(self, day: i32) -> bool {
        let numbers = Range { min: self.min.map(number), max: self.max.map(number) };
        numbers.has(Some(day).filter(|day| *day != NO_DAY))
    }
}

/// What counts are narrowed to. Alternatives in one field, `None` for all; fields must all hold. A code or an
/// organisation that no row has is not among the numbers, so that a field can be empty, and then nothing holds.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Kinds.
    pub kinds: Option<Vec<Kind>>,
    /// Statuses.
    pub statuses: Option<Vec<Status>>,
    /// Themes.
    pub themes: Option<Vec<u16>>,
    /// Lead bodies.
    pub leads: Option<Vec<u16>>,
    /// Mechanisms.
    pub mechanisms: Option<Vec<u16>>,
    /// Legal references.
    pub legal_refs: Option<Vec<u16>>,
    /// Levels of the text.
    pub text_levels: Option<Vec<Level>>,
    /// What there is to do on texts in other languages.
    pub translation_gaps: Option<Vec<TranslationGap>>,
    /// Marked by the secretariat, or not.
    pub priority: Option<bool>,
    /// Past the deadline, or not.
    pub overdue: Option<bool>,
    /// Bodies that own it, whatever their part.
    pub owners: Option<Vec<u16>>,
    /// Owners, addressees, and filers where the viewer may know them.
    pub organisations: Option<Vec<u16>>,
    /// When it is due.
    pub due: Range<NaiveDate>,
    /// When it was filed.
    pub filed: Range<NaiveDate>,
    /// How exactly the day of filing is known.
    pub filed_precisions: Option<Vec<Precision>>,
    /// When it entered the register.
    pub entered: Range<NaiveDate>,
    /// Whether an answer that was asked for was given.
    pub answered: Option<Vec<bool>>,
    /// Days from filing to the first answer.
    pub answer_days: Range<i32>,
    /// Whether its deadline is later than at first publication.
    pub slipped: Option<Vec<bool>>,
    /// Whether its deadline was changed.
    pub revised: Option<bool>,
    /// Statuses it reached.
    pub reached: Option<Vec<Status>>,
    /// When it reached one of them, or any.
    pub reached_on: Range<NaiveDate>,
    /// Items that were found elsewhere.
    pub among: Option<HashSet<ItemId>>,
}

fn one_of<T: PartialEq>(wanted: Option<&Vec<T>>, value: Option<T>) -> bool {
    wanted.is_none_or(|wanted| value.is_some_and(|value| wanted.contains(&value)))
}

fn any_of(wanted: Option<&Vec<u16>>, values: &[u16]) -> bool {
    wanted.is_none_or(|wanted| wanted.iter().any(|wanted| values.contains(wanted)))
}

impl Selection {
    /// Which facet's filter a row does not pass; `None` where it passes all of them. `Err` where it passes another
    /// filter not, or more than one facet's: such a row counts nowhere.
    pub(super) fn missed(&self, row: &Row<'_>, relation: Relation, today: i32) -> Result<Option<Facet>, ()> {
        let mut missed = None;
        for facet in Facet::ALL {
            if !self.passes(facet, row, today) && missed.replace(facet).is_some() {
                return Err(());
            }
        }
        if self.has(row, relation) { Ok(missed) } else { Err(()) }
    }

    /// Whether a row passes every filter.
    pub fn holds(&self, row: &Row<'_>, relation: Relation, today: i32) -> bool {
        self.missed(row, relation, today) == Ok(None)
    }

    fn passes(&self, facet: Facet, row: &Row<'_>, today: i32) -> bool {
        match facet {
            Facet::Kind => one_of(self.kinds.as_ref(), Some(row.kind())),
            Facet::Status => one_of(self.statuses.as_ref(), Some(row.status())),
            Facet::Theme => any_of(self.themes.as_ref(), row.themes()),
            Facet::Lead => one_of(self.leads.as_ref(), row.lead()),
            Facet::Mechanism => one_of(self.mechanisms.as_ref(), row.mechanism()),
            Facet::LegalRef => any_of(self.legal_refs.as_ref(), row.legal_refs()),
            Facet::TextLevel => one_of(self.text_levels.as_ref(), Some(row.text_level())),
            Facet::Translation => {
                let wanted = self.translation_gaps.as_ref();
                wanted.is_none_or(|wanted| wanted.iter().any(|gap| row.translation_gaps().has(*gap)))
            }
            Facet::Priority => self.priority.is_none_or(|wanted| row.priority() == wanted),
            Facet::Overdue => self.overdue.is_none_or(|wanted| row.days_late(today).is_some() == wanted),
        }
    }

    /// Whether a row passes the filters that are no facets.
    fn has(&self, row: &Row<'_>, relation: Relation) -> bool {
        any_of(self.owners.as_ref(), row.owners())
            && self.takes_part(row, relation)
            && self.due.has_day(row.fixed.due)
            && self.filed.has_day(row.fixed.filed)
            && self.entered.has_day(row.fixed.entered)
            && one_of(
                self.filed_precisions.as_ref(),
                (row.fixed.filed != NO_DAY).then_some(row.fixed.filed_precision),
            )
            && (self.answered.is_none() || one_of(self.answered.as_ref(), row.answered(relation)))
            && (self.answer_days.is_open() || self.answer_days.has(row.answer_days(relation)))
            && one_of(self.slipped.as_ref(), row.slippage().map(|days| days > 0))
            && self.revised.is_none_or(|wanted| (row.revisions(relation) > 0) == wanted)
            && self.has_reached(row, relation)
            && self.among.as_ref().is_none_or(|among| among.contains(&row.id()))
    }

    fn takes_part(&self, row: &Row<'_>, relation: Relation) -> bool {
        let wanted = self.organisations.as_ref();
        any_of(wanted, row.addressed())
            || (relation.reads(row.identity_level()) && any_of(wanted, row.filers()))
    }

    fn has_reached(&self, row: &Row<'_>, relation: Relation) -> bool {
        if self.reached.is_none() && self.reached_on.is_open() {
            return true;
        }
        row.changes(relation)
            .any(|change| one_of(self.reached.as_ref(), Some(change.to)) && within(self.reached_on, change))
    }
}

/// Whether the whole period in which a change is dated lies within bounds.
fn within(bounds: Range<NaiveDate>, change: Event) -> bool {
    let Some(first) = date(change.day) else { return false };
    let last = change.precision().last_day(first);
    bounds.min.is_none_or(|min| min <= first) && bounds.max.is_none_or(|max| last <= max)
}
