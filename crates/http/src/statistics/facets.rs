//! The values of a field by which a list can be narrowed, each with the list that it narrows to.

use qadam_app::statistics::Facets;
use qadam_app::vocabularies::VocabularyKind;
use qadam_domain::items::translation_gaps::TranslationGap;
use qadam_domain::items::{Kind, Status};
use qadam_domain::levels::Level;
use qadam_domain::statistics::Facet;

use super::counts::{Counting, NamedCount};
use crate::language_map::label;

/// How many items of a list have each value of a facet.
pub fn facet_values(counting: &Counting<'_>, facet: Facet, counted: &Facets) -> Vec<NamedCount> {
    let (field, counts) = (facet.code(), counted.counts.of(facet));
    match facet {
        Facet::Kind => counting.words(field, Kind::ALL.iter().map(|kind| kind.code()), counts),
        Facet::Status => counting.words(field, Status::ALL.iter().map(|status| status.code()), counts),
        Facet::Theme => counting.terms(field, VocabularyKind::Themes, &counted.themes),
        Facet::Lead => counting.organisations(field, &counted.leads),
        Facet::Mechanism => counting.terms(field, VocabularyKind::Mechanisms, &counted.mechanisms),
        Facet::LegalRef => counting.terms(field, VocabularyKind::LegalRefs, &counted.legal_refs),
        Facet::TextLevel => counting.words(field, Level::ALL.iter().map(|level| level.code()), counts),
        Facet::Translation => TranslationGap::ALL
            .into_iter()
            .zip(counts)
            .filter(|(_, count)| **count > 0)
            .map(|(gap, count)| {
                // Names of texts hold no full stop.
                let name = label(field, &gap.code().replace('.', "_"));
                counting.named(field, gap.code(), name, *count)
            })
            .collect(),
        Facet::Priority | Facet::Overdue => counting.words(field, ["false", "true"].into_iter(), counts),
    }
}
