//! The text column of an item, borrowed from the row.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Text<'a> {
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) kk: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) ru: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub(super) en: Option<Cow<'a, str>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Content<'a> {
    #[serde(borrow)]
    pub(super) title: Text<'a>,
    #[serde(borrow)]
    pub(super) summary: Text<'a>,
    #[serde(borrow)]
    pub(super) grounds: Text<'a>,
    #[serde(borrow)]
    pub(super) expected_result: Text<'a>,
    #[serde(borrow)]
    pub(super) completion_form: Text<'a>,
    #[serde(borrow)]
    pub(super) no_due_reason: Text<'a>,
    pub(super) translations: &'a str,
    pub(super) themes: Vec<&'a str>,
    pub(super) legal_refs: Vec<&'a str>,
    pub(super) groups: Vec<&'a str>,
    pub(super) sdg_targets: Vec<&'a str>,
    pub(super) owners: Vec<StoredOwner<'a>>,
    pub(super) addressees: Vec<Uuid>,
    pub(super) filed_by: Vec<Uuid>,
    #[serde(borrow)]
    pub(super) source: StoredSource<'a>,
    #[serde(borrow)]
    pub(super) recorded_from: Option<RecordedFrom<'a>>,
    #[serde(borrow)]
    pub(super) answer: Option<Answer<'a>>,
    pub(super) followup_selected: Option<bool>,
    pub(super) information_quality: Option<&'a str>,
    #[serde(borrow)]
    pub(super) response: Option<Clock<'a>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Clock<'a> {
    pub(super) kind: &'a str,
    pub(super) started_on: &'a str,
    pub(super) due_soon_on: &'a str,
    pub(super) due_on: &'a str,
    pub(super) letter_on: &'a str,
    pub(super) meeting_on: &'a str,
}

#[derive(Debug, Deserialize)]
pub(super) struct StoredOwner<'a> {
    pub(super) organisation: Uuid,
    pub(super) role: &'a str,
    #[serde(default)]
    pub(super) by_agreement: bool,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct StoredSource<'a> {
    pub(super) mechanism: Option<&'a str>,
    #[serde(borrow)]
    pub(super) symbol: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(super) paragraph: Option<Cow<'a, str>>,
    pub(super) paragraph_verified: Option<bool>,
    #[serde(borrow)]
    pub(super) url: Option<Cow<'a, str>>,
    pub(super) published_on: Option<&'a str>,
    #[serde(borrow)]
    pub(super) quote: Option<Cow<'a, str>>,
    pub(super) meeting: Option<Uuid>,
    pub(super) decision: Option<Uuid>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct RecordedFrom<'a> {
    #[serde(borrow)]
    pub(super) label: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(super) url: Option<Cow<'a, str>>,
    #[serde(default)]
    pub(super) on: Option<&'a str>,
    #[serde(borrow, default)]
    pub(super) note: Text<'a>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Answer<'a> {
    #[serde(borrow)]
    pub(super) text: Text<'a>,
    pub(super) on: &'a str,
}
