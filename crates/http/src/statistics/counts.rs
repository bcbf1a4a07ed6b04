//! Counts with the lists behind them.

use qadam_app::App;
use qadam_app::vocabularies::VocabularyKind;
use qadam_domain::ids::OrganisationId;
use serde::Serialize;
use utoipa::ToSchema;

use crate::addresses::write_query;
use crate::language_map::{LanguageMapView, label};

/// How many items there are, and which.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Count {
    /// How many.
    pub value: u64,
    /// The list of them: as many for whoever was told the number.
    #[schema(format = "uri")]
    pub items: String,
}

/// How many items have a value of a field, and which.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NamedCount {
    /// The value, as lists are filtered by it.
    #[schema(example = "planned")]
    pub code: String,
    /// What people call it.
    pub name: LanguageMapView,
    /// How many.
    pub value: u64,
    /// The list of them.
    #[schema(format = "uri")]
    pub items: String,
}

/// The middle of what was measured on items, or half-way between the two in the middle.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Median {
    /// The middle; null where nothing was measured.
    #[schema(minimum = 0)]
    pub median: Option<f64>,
    /// On what it was measured.
    pub of: Count,
}

/// A part of items.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Share {
    /// From 0 to 1, to four places; null of nothing.
    #[schema(minimum = 0, maximum = 1)]
    pub share: Option<f64>,
    /// Of what it is a part.
    pub of: Count,
}

/// Makes counts with the lists behind them, all of them narrowed by the same filters.
#[derive(Debug, Clone)]
pub struct Counting<'a> {
    app: &'a App,
    list: String,
    base: Vec<(String, String)>,
}

impl<'a> Counting<'a> {
    /// Counts of the list at an address, with these filters: names and values.
    pub const fn new(app: &'a App, list: String, base: Vec<(String, String)>) -> Self {
        Self { app, list, base }
    }

    fn address(&self, filters: &[(&str, &str)]) -> String {
        let base = self.base.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let mut address = self.list.clone();
        write_query(&mut address, base.chain(filters.iter().copied()));
        address
    }

    /// A count of what passes these filters.
    pub fn count(&self, value: u64, filters: &[(&str, &str)]) -> Count {
        Count { value, items: self.address(filters) }
    }

    /// The middle of what was measured on what passes these filters.
    pub fn median(&self, measured: &[u32], filters: &[(&str, &str)]) -> Median {
        let count = u64::try_from(measured.len()).unwrap_or(u64::MAX);
        Median { median: qadam_app::statistics::median(measured), of: self.count(count, filters) }
    }

    /// A part of what passes these filters.
    pub fn share(&self, part: u64, of: u64, filters: &[(&str, &str)]) -> Share {
        Share { share: share(part, of), of: self.count(of, filters) }
    }

    /// How many have a value of a field.
    pub fn named(&self, field: &str, code: &str, name: LanguageMapView, value: u64) -> NamedCount {
        NamedCount { code: code.to_owned(), name, value, items: self.address(&[(field, code)]) }
    }

    /// Counts by a closed list of words, those that are not 0.
    pub fn words<'c>(
        &self,
        field: &str,
        codes: impl Iterator<Item = &'c str>,
        counts: &[u64],
    ) -> Vec<NamedCount> {
        let counted = codes.zip(counts).filter(|(_, count)| **count > 0);
        counted.map(|(code, count)| self.named(field, code, label(field, code), *count)).collect()
    }

    /// Counts by codes of a vocabulary.
    pub fn terms(&self, field: &str, kind: VocabularyKind, counts: &[(String, u64)]) -> Vec<NamedCount> {
        let vocabularies = self.app.vocabularies();
        let name = |code: &str| vocabularies.get(kind.code(), code).map(|term| (&term.name).into());
        let counted = counts.iter().map(|(code, count)| (code, name(code).unwrap_or_default(), *count));
        counted.map(|(code, name, count)| self.named(field, code, name, count)).collect()
    }

    /// Counts by organisation.
    pub fn organisations(&self, field: &str, counts: &[(OrganisationId, u64)]) -> Vec<NamedCount> {
        let directory = self.app.directory();
        let named = counts.iter().filter_map(|(id, count)| Some((directory.get(*id)?, *count)));
        let named = named.map(|(organisation, count)| {
            let name = organisation.names.first().map(|dated| (&dated.name).into());
            self.named(field, &organisation.code, name.unwrap_or_default(), count)
        });
        named.collect()
    }
}

/// A part to four places.
fn share(part: u64, of: u64) -> Option<f64> {
    let (part, of) = (u32::try_from(part).ok()?, u32::try_from(of).ok()?);
    (of > 0).then(|| (f64::from(part) / f64::from(of) * 1e4).round() / 1e4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_has_four_places_and_there_is_none_of_nothing() {
        assert_eq!((share(1, 3), share(2, 2), share(0, 5)), (Some(0.3333), Some(1.0), Some(0.0)));
        assert_eq!(share(0, 0), None);
    }
}
