//! The descriptive part of an item, stored as one JSON text because it is always read together.
//!
//! Owners, addressees, filers, tags and the response clock stand here as the item has them; the tables `item_party`,
//! `item_tag` and `response_clock` are the indexes by which they are filtered.

mod clock;

use chrono::NaiveDate;
use qadam_domain::ids::{DecisionId, MeetingId, OrganisationId, UserId};
use qadam_domain::items::{Answer, Item, Owner, OwnerRole, RecordedFrom, Source};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub(crate) use clock::StoredClock;

use crate::json::{StoredText, encode_translations};

/// The JSON text.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Content {
    pub(crate) title: StoredText,
    #[serde(skip_serializing_if = "StoredText::is_empty")]
    pub(crate) summary: StoredText,
    #[serde(skip_serializing_if = "StoredText::is_empty")]
    pub(crate) grounds: StoredText,
    #[serde(skip_serializing_if = "StoredText::is_empty")]
    pub(crate) expected_result: StoredText,
    #[serde(skip_serializing_if = "StoredText::is_empty")]
    pub(crate) completion_form: StoredText,
    #[serde(skip_serializing_if = "StoredText::is_empty")]
    pub(crate) no_due_reason: StoredText,
    pub(crate) translations: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) themes: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) legal_refs: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) groups: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) sdg_targets: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) owners: Vec<StoredOwner>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) addressees: Vec<Uuid>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) filed_by: Vec<Uuid>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) drafters: Vec<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) source: Option<StoredSource>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) recorded_from: Option<StoredRecordedFrom>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) answer: Option<StoredAnswer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) followup_selected: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) information_quality: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) response: Option<StoredClock>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct StoredOwner {
    organisation: Uuid,
    role: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    by_agreement: bool,
}

#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct StoredSource {
    #[serde(skip_serializing_if = "Option::is_none")]
    mechanism: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    symbol: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paragraph: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paragraph_verified: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published_on: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quote: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    meeting: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<Uuid>,
}

/// The document something was recorded from, as stored with items and meetings.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct StoredRecordedFrom {
    label: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    on: Option<String>,
    #[serde(default, skip_serializing_if = "StoredText::is_empty")]
    note: StoredText,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct StoredAnswer {
    text: StoredText,
    on: String,
}

impl Content {
    /// The descriptive part of an item.
    pub(crate) fn of(item: &Item) -> Self {
        let source = StoredSource::from(&item.source);
        Self {
            title: (&item.title).into(),
            summary: (&item.summary).into(),
            grounds: (&item.grounds).into(),
            expected_result: (&item.expected_result).into(),
            completion_form: (&item.completion_form).into(),
            no_due_reason: (&item.no_due_reason).into(),
            translations: encode_translations(item.translations),
            themes: item.themes.clone(),
            legal_refs: item.legal_refs.clone(),
            groups: item.groups.clone(),
            sdg_targets: item.sdg_targets.clone(),
            owners: item.owners.iter().map(StoredOwner::from).collect(),
            addressees: item.addressees.iter().map(|id| id.0).collect(),
            filed_by: item.filed_by.iter().map(|id| id.0).collect(),
            drafters: item.drafters.iter().map(|id| id.0).collect(),
            source: (source != StoredSource::default()).then_some(source),
            recorded_from: item.recorded_from.as_ref().map(Into::into),
            answer: item.answer.as_ref().map(Into::into),
            followup_selected: item.followup_selected,
            information_quality: item.information_quality.clone(),
            response: item.response.as_ref().map(Into::into),
        }
    }

    pub(crate) fn owners(self_owners: Vec<StoredOwner>) -> Option<Vec<Owner>> {
        self_owners
            .into_iter()
            .map(|owner| {
                Some(Owner {
                    organisation: OrganisationId(owner.organisation),
                    role: OwnerRole::from_code(&owner.role)?,
                    by_agreement: owner.by_agreement,
                })
            })
            .collect()
    }
}

impl From<&Owner> for StoredOwner {
    fn from(owner: &Owner) -> Self {
        Self {
            organisation: owner.organisation.0,
            role: owner.role.code().to_owned(),
            by_agreement: owner.by_agreement,
        }
    }
}

impl From<&Source> for StoredSource {
    fn from(source: &Source) -> Self {
        Self {
            mechanism: source.mechanism.clone(),
            symbol: source.symbol.clone(),
            paragraph: source.paragraph.clone(),
            paragraph_verified: source.paragraph_verified,
            url: source.url.clone(),
            published_on: source.published_on.map(|day| day.to_string()),
            quote: source.quote.clone(),
            meeting: source.meeting.map(|id| id.0),
            decision: source.decision.map(|id| id.0),
        }
    }
}

impl From<StoredSource> for Source {
    fn from(source: StoredSource) -> Self {
        Self {
            mechanism: source.mechanism,
            symbol: source.symbol,
            paragraph: source.paragraph,
            paragraph_verified: source.paragraph_verified,
            url: source.url,
            published_on: day(source.published_on),
            quote: source.quote,
            meeting: source.meeting.map(MeetingId),
            decision: source.decision.map(DecisionId),
        }
    }
}

impl From<&RecordedFrom> for StoredRecordedFrom {
    fn from(recorded: &RecordedFrom) -> Self {
        Self {
            label: recorded.label.clone(),
            url: recorded.url.clone(),
            on: recorded.on.map(|day| day.to_string()),
            note: (&recorded.note).into(),
        }
    }
}

impl From<StoredRecordedFrom> for RecordedFrom {
    fn from(recorded: StoredRecordedFrom) -> Self {
        Self { label: recorded.label, url: recorded.url, on: day(recorded.on), note: recorded.note.into() }
    }
}

impl From<&Answer> for StoredAnswer {
    fn from(answer: &Answer) -> Self {
        Self { text: (&answer.text).into(), on: answer.on.to_string() }
    }
}

impl StoredAnswer {
    pub(crate) fn into_answer(self) -> Option<Answer> {
        Some(Answer { text: self.text.into(), on: self.on.parse().ok()? })
    }
}

/// The drafters' ids.
pub(crate) fn user_ids(ids: Vec<Uuid>) -> Vec<UserId> {
    ids.into_iter().map(UserId).collect()
}

fn day(text: Option<String>) -> Option<NaiveDate> {
    text.and_then(|text| text.parse().ok())
}
