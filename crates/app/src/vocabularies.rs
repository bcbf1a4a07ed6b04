//! Code lists: themes, legal references, affected groups, development targets, mechanisms, findings, stages of a law. In
//! memory, because every item names some; loaded from data files, because every deployment has its own.
//!
//! * `files` – what the data files look like;
//! * [`install()`] – making files the vocabularies of a deployment.

mod files;
mod install;

use std::collections::HashMap;
use std::sync::Arc;

pub use qadam_storage::vocabularies::Term;
use qadam_storage::{Reader, vocabularies as stored};
use serde_json::{Map, Value, json};

pub use self::files::{FileError, parse};
pub use self::install::{check_references, install};
use crate::error::AppError;
use crate::items::record::language_map;

/// The vocabularies there are, in the order in which they are served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VocabularyKind {
    /// What items are about.
    Themes,
    /// Articles, rules and laws.
    LegalRefs,
    /// Who is affected.
    Groups,
    /// Targets of the Sustainable Development Goals.
    SdgTargets,
    /// Who issues recommendations.
    Mechanisms,
    /// What is found of what was done, with the words of other scales.
    Findings,
    /// What a law passes on its way, first to last.
    LawStages,
}

impl VocabularyKind {
    /// All vocabularies.
    pub const ALL: [Self; 7] = [
        Self::Themes,
        Self::LegalRefs,
        Self::Groups,
        Self::SdgTargets,
        Self::Mechanisms,
        Self::Findings,
        Self::LawStages,
    ];

    /// The code used in the API, in the database and as the name of its data file.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Themes => "themes",
            Self::LegalRefs => "legal_refs",
            Self::Groups => "groups",
            Self::SdgTargets => "sdg_targets",
            Self::Mechanisms => "mechanisms",
            Self::Findings => "findings",
            Self::LawStages => "law_stages",
        }
    }

    /// The vocabulary with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// All vocabularies at one moment.
#[derive(Debug, Default)]
pub struct Vocabularies {
    lists: HashMap<String, List>,
}

/// One vocabulary: its terms in their places, and where each code stands.
#[derive(Debug, Default)]
struct List {
    terms: Vec<Arc<Term>>,
    by_code: HashMap<String, Arc<Term>>,
}

impl Vocabularies {
    /// Reads the vocabularies.
    pub async fn load(reader: &Reader) -> Result<Self, AppError> {
        Ok(Self::new(stored::all(reader).await?))
    }

    /// Vocabularies of these terms, which stand in their places.
    pub fn new(terms: Vec<Term>) -> Self {
        let mut lists: HashMap<String, List> = HashMap::new();
        for term in terms {
            let term = Arc::new(term);
            let list = lists.entry(term.vocabulary.clone()).or_default();
            list.by_code.insert(term.code.clone(), Arc::clone(&term));
            list.terms.push(term);
        }
        Self { lists }
    }

    /// The terms of a vocabulary in their places.
    pub fn terms(&self, vocabulary: &str) -> &[Arc<Term>] {
        self.lists.get(vocabulary).map(|list| list.terms.as_slice()).unwrap_or_default()
    }

    /// The term with this code.
    pub fn get(&self, vocabulary: &str, code: &str) -> Option<&Term> {
        self.lists.get(vocabulary)?.by_code.get(code).map(AsRef::as_ref)
    }

    /// Whether a vocabulary has this code.
    pub fn contains(&self, vocabulary: &str, code: &str) -> bool {
        self.get(vocabulary, code).is_some()
    }

    /// Whether recommendations of this mechanism can be accepted or noted: its own vocabulary has answers.
    pub fn mechanism_answers(&self, code: &str) -> bool {
        self.get(VocabularyKind::Mechanisms.code(), code)
            .is_some_and(|term| term.data.get("answers") == Some(&Value::Bool(true)))
    }
}

/// A term as the ledger keeps it and as it is served.
pub fn term_record(term: &Term) -> Map<String, Value> {
    let value = json!({
        "vocabulary": term.vocabulary,
        "code": term.code,
        "place": term.place,
        "name": language_map(&term.name),
        "data": term.data,
    });
    match value {
        Value::Object(record) => record,
        _ => Map::new(),
    }
}
