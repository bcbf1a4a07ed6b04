//! A response clock as stored.

use chrono::NaiveDate;
use qadam_domain::ids::ClockId;
use qadam_domain::items::response::{ClockKind, ResponseClock, Schedule, Stage};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A response clock.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct StoredClock {
    id: Uuid,
    kind: String,
    started_on: String,
    due_soon_on: String,
    due_on: String,
    letter_on: String,
    meeting_on: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reached: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    letter_sent_on: Option<String>,
}

impl From<&ResponseClock> for StoredClock {
    fn from(clock: &ResponseClock) -> Self {
        let Schedule { due_soon_on, due_on, letter_on, meeting_on } = clock.schedule;
        Self {
            id: clock.id.0,
            kind: clock.kind.code().to_owned(),
            started_on: clock.started_on.to_string(),
            due_soon_on: due_soon_on.to_string(),
            due_on: due_on.to_string(),
            letter_on: letter_on.to_string(),
            meeting_on: meeting_on.to_string(),
            reached: clock.reached.map(|stage| stage.code().to_owned()),
            letter_sent_on: clock.letter_sent_on.map(|day| day.to_string()),
        }
    }
}

impl StoredClock {
    /// The clock; `None` where it is none that was written here.
    pub(crate) fn into_clock(self) -> Option<ResponseClock> {
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        Some(ResponseClock {
            id: ClockId(self.id),
            kind: ClockKind::from_code(&self.kind)?,
            started_on: day(&self.started_on)?,
            schedule: Schedule {
                due_soon_on: day(&self.due_soon_on)?,
                due_on: day(&self.due_on)?,
                letter_on: day(&self.letter_on)?,
                meeting_on: day(&self.meeting_on)?,
            },
            reached: match self.reached {
                None => None,
                Some(code) => Some(Stage::from_code(&code)?),
            },
            letter_sent_on: match self.letter_sent_on {
                None => None,
                Some(text) => Some(day(&text)?),
            },
        })
    }
}
