//! Organisations: what kinds there are and how they are named over time.

use chrono::NaiveDate;

use crate::ids::OrganisationId;
use crate::language::LanguageMap;

/// What an organisation is. Decides who may belong to it and whether it may assess.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OrganisationKind {
    /// A ministry, a committee, the prosecution, security services: never assesses anything.
    StateBody,
    /// An ombudsman, a preventive mechanism, a court, a parliament.
    Independent,
    /// A non-governmental organisation.
    CivilSociety,
    /// An intergovernmental organisation or an embassy.
    International,
}

impl OrganisationKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::StateBody, Self::Independent, Self::CivilSociety, Self::International];

    /// The code used in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::StateBody => "state_body",
            Self::Independent => "independent",
            Self::CivilSociety => "civil_society",
            Self::International => "international",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Whether a text is a well-formed organisation code: 2 to 20 capital Latin letters, digits and hyphens,
/// beginning with a letter.
pub fn is_code(text: &str) -> bool {
    (2..=20).contains(&text.len())
        && text.starts_with(|first: char| first.is_ascii_uppercase())
        && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-')
}

/// A name an organisation had for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedName {
    /// The name.
    pub name: LanguageMap,
    /// The first day it held; `None` when not known.
    pub from: Option<NaiveDate>,
    /// The last day it held; `None` while it holds.
    pub until: Option<NaiveDate>,
}

/// An organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Its identifier.
    pub id: OrganisationId,
    /// Its short code, `MOH`.
    pub code: String,
    /// What it is.
    pub kind: OrganisationKind,
    /// Present name first, former names after it.
    pub names: Vec<DatedName>,
    /// Other spellings under which it is found.
    pub aliases: Vec<String>,
    /// The body it is part of.
    pub parent: Option<OrganisationId>,
    /// Whether as an owner it is marked "by agreement": it stands outside the Government.
    pub by_agreement: bool,
    /// Whether it still takes part; an inactive one keeps its records.
    pub active: bool,
    /// Row version for optimistic locking.
    pub version: i64,
}

impl Organisation {
    /// The name that holds on a day: the one whose period contains it, else the present one.
    pub fn name_on(&self, day: NaiveDate) -> Option<&LanguageMap> {
        self.names
            .iter()
            .find(|dated| {
                dated.until.is_some_and(|until| day <= until) && dated.from.is_none_or(|from| from <= day)
            })
            .or_else(|| self.names.first())
            .map(|dated| &dated.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Uuid;
    use crate::language::Language;

    #[test]
    fn codes_are_short_capital_and_plain() {
        for good in ["MOH", "CAT-NGO", "HRC-P", "A1"] {
            assert!(is_code(good), "{good}");
        }
        for bad in ["", "M", "moh", "МЗ", "1A", "-A", "A B", "AAAAAAAAAAAAAAAAAAAAA"] {
            assert!(!is_code(bad), "{bad}");
        }
    }

    #[test]
    fn a_former_name_is_used_for_days_it_held() {
        let name = |text: &str, from: Option<&str>, until: Option<&str>| DatedName {
            name: LanguageMap::single(Language::English, text),
            from: from.map(|day| day.parse().unwrap()),
            until: until.map(|day| day.parse().unwrap()),
        };
        let court = Organisation {
            id: OrganisationId(Uuid::nil()),
            code: "CC".to_owned(),
            kind: OrganisationKind::Independent,
            names: vec![name("Court", Some("2023-01-01"), None), name("Council", None, Some("2022-12-31"))],
            aliases: Vec::new(),
            parent: None,
            by_agreement: true,
            active: true,
            version: 1,
        };
        let on = |day: &str| court.name_on(day.parse().unwrap()).unwrap().en.clone().unwrap();
        assert_eq!(on("2022-12-31"), "Council");
        assert_eq!(on("2023-01-01"), "Court");
        assert_eq!(on("2026-01-01"), "Court");
    }
}
