//! Facets: how many items of a list have each value of a field.

use chrono::NaiveDate;

use super::eyes::Eyes;
use super::names::Names;
use super::row::{Row, number};
use super::rows::Rows;
use super::selection::Selection;
use crate::items::translation_gaps::TranslationGap;
use crate::items::{Kind, Status};
use crate::levels::Level;

/// A field by whose values lists are divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// What it is.
    Kind,
    /// Where it stands.
    Status,
    /// Its themes.
    Theme,
    /// Its lead body.
    Lead,
    /// The mechanism it comes from.
    Mechanism,
    /// Its legal references.
    LegalRef,
    /// Who reads its text.
    TextLevel,
    /// What there is to do on its texts in other languages.
    Translation,
    /// Whether the secretariat marked it.
    Priority,
    /// Whether it is past its deadline.
    Overdue,
}

impl Facet {
    /// All facets.
    pub const ALL: [Self; 10] = [
        Self::Kind,
        Self::Status,
        Self::Theme,
        Self::Lead,
        Self::Mechanism,
        Self::LegalRef,
        Self::TextLevel,
        Self::Translation,
        Self::Priority,
        Self::Overdue,
    ];

    /// The name of its filter.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Kind => "kind",
            Self::Status => "status",
            Self::Theme => "theme",
            Self::Lead => "lead",
            Self::Mechanism => "mechanism",
            Self::LegalRef => "legal_ref",
            Self::TextLevel => "text_level",
            Self::Translation => "translation",
            Self::Priority => "priority",
            Self::Overdue => "overdue",
        }
    }
}

/// How many items there are, and how many with each value of each facet: by the place of the value in `ALL` of its
/// type, by the number of its name, or 0 for no and 1 for yes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FacetCounts {
    /// How many pass every filter.
    pub total: u64,
    counts: [Vec<u64>; 10],
}

impl FacetCounts {
    /// How many items have each value of a facet.
    pub fn of(&self, facet: Facet) -> &[u64] {
        self.counts.get(facet as usize).map(Vec::as_slice).unwrap_or_default()
    }

    fn add(&mut self, facet: Facet, place: usize) {
        let counts = self.counts.get_mut(facet as usize);
        if let Some(count) = counts.and_then(|counts| counts.get_mut(place)) {
            *count += 1;
        }
    }

    fn add_all(&mut self, facet: Facet, places: &[u16]) {
        for place in places {
            self.add(facet, usize::from(*place));
        }
    }

    fn count(&mut self, facet: Facet, row: &Row<'_>, today: i32) {
        match facet {
            Facet::Kind => self.add(facet, row.kind() as usize),
            Facet::Status => self.add(facet, row.status() as usize),
            Facet::Theme => self.add_all(facet, row.themes()),
            Facet::Lead => self.add_all(facet, row.lead().as_slice()),
            Facet::Mechanism => self.add_all(facet, row.mechanism().as_slice()),
            Facet::LegalRef => self.add_all(facet, row.legal_refs()),
            Facet::TextLevel => self.add(facet, row.text_level() as usize),
            Facet::Translation => {
                row.translation_gaps().iter().for_each(|gap| self.add(facet, gap.place()));
            }
            Facet::Priority => self.add(facet, row.priority().into()),
            Facet::Overdue => self.add(facet, row.days_late(today).is_some().into()),
        }
    }

    fn sized(names: &Names) -> Self {
        let size = |facet| match facet {
            Facet::Kind => Kind::ALL.len(),
            Facet::Status => Status::ALL.len(),
            Facet::Theme => names.themes.count(),
            Facet::Lead => names.organisations.count(),
            Facet::Mechanism => names.mechanisms.count(),
            Facet::LegalRef => names.legal_refs.count(),
            Facet::TextLevel => Level::ALL.len(),
            Facet::Translation => TranslationGap::ALL.len(),
            Facet::Priority | Facet::Overdue => 2,
        };
        Self { total: 0, counts: Facet::ALL.map(|facet| vec![0; size(facet)]) }
    }
}

/// Counts by facet what a viewer can list of rows, on a local day. A facet's own filter does not narrow its counts, so
/// that the alternatives to what was chosen can be seen; all others do.
pub fn facets(
    rows: &[&Rows],
    names: &Names,
    eyes: Eyes,
    selection: &Selection,
    today: NaiveDate,
) -> FacetCounts {
    let today = number(today);
    let mut counts = FacetCounts::sized(names);
    for row in rows.iter().flat_map(|rows| rows.iter()) {
        let Some(relation) = eyes.see(&row) else { continue };
        match selection.missed(&row, relation, today) {
            Err(()) => {}
            Ok(Some(facet)) => counts.count(facet, &row, today),
            Ok(None) => {
                counts.total += 1;
                for facet in Facet::ALL {
                    counts.count(facet, &row, today);
                }
            }
        }
    }
    counts
}
