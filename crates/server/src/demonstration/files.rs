//! What the data files look like. The shapes are described beside the files, in `data/README.md`; an unknown key
//! is an error, so that a misspelt one is not silently lost.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use qadam_domain::calendar::Precision;
use qadam_domain::items::RecordedFrom;
use qadam_domain::language::{Language, LanguageMap};
use serde::Deserialize;
use serde_json::Value;

use super::LoadError;

/// All data files.
pub(super) struct Files {
    pub(super) organisations: Vec<OrganisationFile>,
    pub(super) meetings: Vec<MeetingFile>,
    pub(super) items: Vec<ItemFile>,
    pub(super) follow_up: FollowUpFile,
}

impl Files {
    /// Reads the files that are compiled in.
    pub(super) fn read() -> Result<Self, LoadError> {
        Ok(Self {
            organisations: parse(
                "organisations.json",
                include_str!("../../../../data/kazakhstan/organisations.json"),
            )?,
            meetings: parse("meetings.json", include_str!("../../../../data/kazakhstan/meetings.json"))?,
            items: parse("items.json", include_str!("../../../../data/kazakhstan/items.json"))?,
            follow_up: parse("follow_up.json", include_str!("../../../../data/kazakhstan/follow_up.json"))?,
        })
    }
}

fn parse<T: for<'a> Deserialize<'a>>(file: &'static str, text: &str) -> Result<T, LoadError> {
    serde_json::from_str(text).map_err(|cause| LoadError::File { file, cause: cause.to_string() })
}

/// A text in three languages.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Text {
    kk: String,
    ru: String,
    en: String,
}

impl Text {
    /// The text as the register has it.
    pub(super) fn map(&self) -> LanguageMap {
        LanguageMap { kk: Some(self.kk.clone()), ru: Some(self.ru.clone()), en: Some(self.en.clone()) }
    }
}

/// A text that may be missing, as the register has it.
pub(super) fn map_or_empty(text: Option<&Text>) -> LanguageMap {
    text.map(Text::map).unwrap_or_default()
}

/// Several notes as one, a line each.
pub(super) fn lines(notes: &[LanguageMap]) -> LanguageMap {
    let mut whole = LanguageMap::default();
    for language in Language::ALL {
        let texts: Vec<_> = notes.iter().filter_map(|note| note.get(language)).collect();
        whole.set(language, (!texts.is_empty()).then(|| texts.join("\n")));
    }
    whole
}

/// The precision of a day; a day whose precision is not given is exact.
pub(super) fn precision(record: &str, code: Option<&str>) -> Result<Precision, LoadError> {
    let Some(code) = code else { return Ok(Precision::Day) };
    Precision::from_code(code).ok_or_else(|| LoadError::unknown(record, "precision", code))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OrganisationFile {
    pub(super) code: String,
    pub(super) kind: String,
    pub(super) names: Vec<NameFile>,
    pub(super) aliases: Vec<String>,
    pub(super) parent: Option<String>,
    pub(super) by_agreement: bool,
    #[serde(rename = "note")]
    _note: Option<Text>,
    #[serde(rename = "source")]
    _source: Option<String>,
    #[serde(rename = "unreviewed_kk")]
    _unreviewed_kk: bool,
    #[serde(rename = "invented")]
    _invented: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NameFile {
    pub(super) kk: String,
    pub(super) ru: String,
    pub(super) en: String,
    pub(super) from: Option<NaiveDate>,
    pub(super) until: Option<NaiveDate>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MeetingFile {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) title: Text,
    pub(super) held_on: Option<NaiveDate>,
    pub(super) held_on_precision: Option<String>,
    pub(super) held_on_end: Option<NaiveDate>,
    pub(super) held_on_note: Option<Text>,
    pub(super) published_on: Option<NaiveDate>,
    pub(super) place: Option<Text>,
    pub(super) chair: Vec<PersonFile>,
    pub(super) topics: Text,
    pub(super) agenda: Vec<AgendaFile>,
    pub(super) attendance: Vec<String>,
    pub(super) source: DocumentFile,
    pub(super) notes: Option<Text>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PersonFile {
    pub(super) office: Text,
    pub(super) holder: Option<String>,
    pub(super) organisation: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AgendaFile {
    pub(super) number: i32,
    pub(super) title: Text,
    pub(super) speakers: Vec<PersonFile>,
    pub(super) items: Vec<String>,
    pub(super) text: Option<Text>,
}

/// A document; those of meetings are without a day.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DocumentFile {
    pub(super) label: String,
    pub(super) url: Option<String>,
    pub(super) on: Option<NaiveDate>,
}

impl DocumentFile {
    /// The document as the register has it, with what a reader must know about the record.
    pub(super) fn recorded_from(&self, note: LanguageMap) -> RecordedFrom {
        RecordedFrom { label: self.label.clone(), url: self.url.clone(), on: self.on, note }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ItemFile {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) status: String,
    pub(super) title: Text,
    pub(super) translations: BTreeMap<String, String>,
    pub(super) original_language: String,
    pub(super) note: Option<Text>,
    pub(super) themes: Vec<String>,
    pub(super) legal_refs: Vec<String>,
    pub(super) sdg_targets: Vec<String>,
    pub(super) groups: Vec<String>,
    pub(super) owners: Vec<OwnerFile>,
    pub(super) source: SourceFile,
    pub(super) recorded_from: DocumentFile,
    pub(super) as_of: NaiveDate,
    pub(super) as_of_precision: String,
    #[serde(rename = "as_of_basis")]
    _as_of_basis: String,
    pub(super) filed_by: Option<String>,
    pub(super) filed_on: Option<NaiveDate>,
    pub(super) filed_on_precision: Option<String>,
    pub(super) reported_concern: bool,
    pub(super) due_on: Option<NaiveDate>,
    pub(super) due_precision: Option<String>,
    pub(super) no_due_reason: Option<Text>,
    pub(super) information_due_on: Option<NaiveDate>,
    #[serde(rename = "information_due_precision")]
    _information_due_precision: Option<String>,
    pub(super) superseded_by: Option<SuccessorFile>,
    pub(super) relates_to: Vec<String>,
    #[serde(rename = "meetings")]
    _meetings: Vec<String>,
    pub(super) announced: Option<AnnouncedFile>,
    pub(super) evidence: Vec<EvidenceFile>,
    #[serde(rename = "confidence")]
    _confidence: String,
    /// What `follow_up.json` was made from; not shown as it is.
    #[serde(rename = "assessment_kept")]
    _assessment_kept: Value,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OwnerFile {
    pub(super) organisation: String,
    pub(super) role: String,
    pub(super) by_agreement: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SourceFile {
    #[serde(rename = "key")]
    _key: String,
    pub(super) mechanism: Option<String>,
    pub(super) symbol: Option<String>,
    pub(super) paragraph: Option<String>,
    pub(super) paragraph_verified: bool,
    pub(super) paragraph_note: Option<Text>,
    pub(super) followup_selected: bool,
    pub(super) url: Option<String>,
    pub(super) published_on: Option<NaiveDate>,
    pub(super) meeting: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SuccessorFile {
    #[serde(rename = "item")]
    _item: Option<String>,
    pub(super) document: Option<DocumentFile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AnnouncedFile {
    pub(super) quote: String,
    #[serde(rename = "language")]
    _language: String,
    pub(super) source: DocumentFile,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EvidenceFile {
    pub(super) kind: String,
    pub(super) title: Text,
    pub(super) number: Option<String>,
    pub(super) issued_on: Option<NaiveDate>,
    pub(super) issuer: Option<String>,
    pub(super) url: Option<String>,
    pub(super) relation: String,
}

/// What was found and reported of the items since, and which of them carry out which.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FollowUpFile {
    pub(super) findings: Vec<FindingFile>,
    pub(super) reports: Vec<ReportFile>,
    pub(super) implements: Vec<ImplementsFile>,
    pub(super) indicators: Vec<IndicatorFile>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct IndicatorFile {
    pub(super) item: String,
    pub(super) name: Text,
    pub(super) unit: Text,
    pub(super) baseline: Option<String>,
    pub(super) target: Option<String>,
    pub(super) values: Vec<ValueFile>,
    pub(super) document: DocumentFile,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ValueFile {
    pub(super) on: NaiveDate,
    pub(super) on_precision: String,
    pub(super) value: String,
    pub(super) scope: Option<Text>,
    pub(super) source: DocumentFile,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FindingFile {
    pub(super) item: String,
    pub(super) assessor: String,
    pub(super) finding: String,
    pub(super) scale_code: Option<String>,
    pub(super) as_of: NaiveDate,
    pub(super) as_of_precision: String,
    pub(super) rationale: Text,
    pub(super) document: DocumentFile,
    pub(super) symbol: Option<String>,
    pub(super) paragraph: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReportFile {
    pub(super) item: String,
    pub(super) organisation: Option<String>,
    pub(super) as_of: NaiveDate,
    pub(super) as_of_precision: String,
    pub(super) narrative: Text,
    pub(super) document: DocumentFile,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ImplementsFile {
    pub(super) item: String,
    pub(super) implements: String,
}
