//! The descriptive parts of meetings, agenda lines and decisions, each stored as one JSON text.

use qadam_domain::ids::OrganisationId;
use qadam_domain::meetings::{AgendaItem, Decision, Meeting, OfficeHolder};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::items::StoredRecordedFrom;
use crate::json::StoredText;

/// The text of a meeting.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct MeetingContent {
    pub(super) title: StoredText,
    #[serde(skip_serializing_if = "StoredText::is_empty")]
    pub(super) topics: StoredText,
    #[serde(skip_serializing_if = "StoredText::is_empty")]
    pub(super) place: StoredText,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) chairs: Vec<StoredOfficeHolder>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) recorded_from: Option<StoredRecordedFrom>,
}

/// The text of an agenda line.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct AgendaContent {
    pub(super) title: StoredText,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) speakers: Vec<StoredOfficeHolder>,
    #[serde(skip_serializing_if = "StoredText::is_empty")]
    pub(super) protocol_text: StoredText,
}

/// The text of a decision.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct DecisionContent {
    pub(super) text: StoredText,
}

/// An office and its holder as stored.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct StoredOfficeHolder {
    office: StoredText,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    holder: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    organisation: Option<Uuid>,
}

impl MeetingContent {
    pub(super) fn of(meeting: &Meeting) -> Self {
        Self {
            title: (&meeting.title).into(),
            topics: (&meeting.topics).into(),
            place: (&meeting.place).into(),
            chairs: meeting.chairs.iter().map(Into::into).collect(),
            recorded_from: meeting.recorded_from.as_ref().map(Into::into),
        }
    }
}

impl AgendaContent {
    pub(super) fn of(line: &AgendaItem) -> Self {
        Self {
            title: (&line.title).into(),
            speakers: line.speakers.iter().map(Into::into).collect(),
            protocol_text: (&line.protocol_text).into(),
        }
    }
}

impl DecisionContent {
    pub(super) fn of(decision: &Decision) -> Self {
        Self { text: (&decision.text).into() }
    }
}

impl From<&OfficeHolder> for StoredOfficeHolder {
    fn from(holder: &OfficeHolder) -> Self {
        Self {
            office: (&holder.office).into(),
            holder: holder.holder.clone(),
            organisation: holder.organisation.map(|id| id.0),
        }
    }
}

impl From<StoredOfficeHolder> for OfficeHolder {
    fn from(stored: StoredOfficeHolder) -> Self {
        Self {
            office: stored.office.into(),
            holder: stored.holder,
            organisation: stored.organisation.map(OrganisationId),
        }
    }
}

/// Office holders as the domain has them.
pub(super) fn office_holders(stored: Vec<StoredOfficeHolder>) -> Vec<OfficeHolder> {
    stored.into_iter().map(Into::into).collect()
}
