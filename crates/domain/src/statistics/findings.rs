//! How many items others than their owners assessed, and where what they found contradicts what was said.
//!
//! Few items have findings, and fewer carry out others, so both are kept beside the rows.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::counted::Counted;
use super::eyes::Eyes;
use super::names::{NOTHING, Names};
use super::row::{Row, number};
use super::rows::{Rows, TooMany};
use crate::ids::{ItemId, OrganisationId};
use crate::items::assessments::{Assessor, Finding};
use crate::levels::Level;

/// A finding on an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedFinding {
    /// Who found it.
    pub assessor: Assessor,
    /// Whose account entered it.
    pub organisation: Option<OrganisationId>,
    /// What was found.
    pub finding: Finding,
    /// Who reads of it; `None` for whoever reads the item.
    pub level: Option<Level>,
    /// Since when it holds.
    pub on: NaiveDate,
    /// Its first place in the ledger.
    pub position: i64,
}

/// What was found on items that a viewer can list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FindingCounts {
    /// Items with a current finding.
    pub assessed: u64,
    /// Items of which a current finding says that they are implemented.
    pub confirmed: u64,
    /// Items whose lead says done while a current finding, there or on an item that they implement, contradicts; in the
    /// order of their identifiers.
    pub differing: Vec<ItemId>,
}

/// Counts what was found on items that a viewer can list, of those rows that count.
pub fn findings(rows: &[&Rows], eyes: Eyes, is_counted: impl Fn(&Row<'_>) -> bool) -> FindingCounts {
    let mut counts = FindingCounts::default();
    for (row, assessed) in rows.iter().flat_map(|rows| rows.assessed()).filter(|(row, _)| is_counted(row)) {
        if eyes.see(&row).is_some() {
            counts.add(rows, &row, assessed, eyes);
        }
    }
    counts.differing.sort_unstable();
    counts
}

impl FindingCounts {
    fn add(&mut self, rows: &[&Rows], row: &Row<'_>, assessed: &Assessed, eyes: Eyes) {
        let current: Vec<Finding> = assessed.current(row, eyes).collect();
        self.assessed += u64::from(!current.is_empty());
        self.confirmed += u64::from(current.contains(&Finding::Implemented));
        let contradicts = |finding: &Finding| finding.contradicts_done();
        let differs = || {
            current.iter().any(contradicts)
                || assessed.implements.iter().any(|other| {
                    rows.iter().find_map(|rows| rows.assessed_of(*other)).is_some_and(|(row, other)| {
                        eyes.see(&row).is_some() && other.current(&row, eyes).any(|found| contradicts(&found))
                    })
                })
        };
        if assessed.is_said_done && differs() {
            self.differing.push(row.id());
        }
    }
}

/// What is known of an item beside its row, where anything is.
#[derive(Debug, Clone)]
pub(super) struct Assessed {
    is_said_done: bool,
    found: Box<[Found]>,
    /// The items that it implements.
    implements: Box<[u128]>,
}

/// A finding, with numbers for names.
#[derive(Debug, Clone, Copy)]
struct Found {
    position: i64,
    day: i32,
    assessor: u16,
    organisation: u16,
    finding: Finding,
    level: Option<Level>,
}

/// Items by their identifiers with what is known of them beside their rows.
pub(super) type AllAssessed = HashMap<u128, Assessed>;

impl Assessed {
    /// What is known of an item; `None` where nothing was found on it and it implements nothing.
    pub(super) fn of(item: &Counted, names: &mut Names) -> Result<Option<Self>, TooMany> {
        if item.findings.is_empty() && item.implements.is_empty() {
            return Ok(None);
        }
        let found = item.findings.iter().map(|finding| Found::of(finding, names));
        Ok(Some(Self {
            is_said_done: item.is_said_done,
            found: found.collect::<Result<_, _>>()?,
            implements: item.implements.iter().map(|other| other.0.as_u128()).collect(),
        }))
    }

    /// Of each assessor the newest finding that is read by who sees the item.
    fn current(&self, row: &Row<'_>, eyes: Eyes) -> impl Iterator<Item = Finding> {
        let is_read = move |found: &Found| {
            found.level.is_none_or(|level| eyes.reads_of(row, found.organisation, level))
        };
        let is_superseded = move |found: &Found| {
            let same = self.found.iter().filter(|other| other.assessor == found.assessor);
            same.filter(|other| is_read(other)).any(|other| other.age() > found.age())
        };
        let current = self.found.iter().filter(move |found| is_read(found) && !is_superseded(found));
        current.map(|found| found.finding)
    }
}

impl Found {
    fn of(finding: &CountedFinding, names: &mut Names) -> Result<Self, TooMany> {
        let by = finding.organisation.as_ref();
        Ok(Self {
            position: finding.position,
            day: number(finding.on),
            assessor: names.assessors.number(&finding.assessor)?,
            organisation: by.map_or(Ok(NOTHING), |body| names.organisations.number(body))?,
            finding: finding.finding,
            level: finding.level,
        })
    }

    const fn age(&self) -> (i32, i64) {
        (self.day, self.position)
    }
}
