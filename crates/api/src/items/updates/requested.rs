//! The change of status that comes with a report.

use qadam_app::items;
use qadam_domain::items::updates::RequestedMove;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::items::inputs::due;
use crate::items::moves::AnswerCreate;
use crate::values::{Checks, Day, LanguageMapInput, LanguageMapView, PrecisionWord, StatusWord, TextLimit};

/// A change of status that comes with a report.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RequestedMoveInput {
    /// Where to. `withdrawn` on a commitment asks the secretariat for the withdrawal.
    to: StatusWord,
    /// Why.
    #[serde(default)]
    reason: LanguageMapInput,
    /// The lead's answer.
    #[serde(default)]
    answer: Option<AnswerCreate>,
    /// When it is due: a day of the period.
    #[serde(default)]
    due_on: Option<Day>,
    /// How exact the due date is; without it, to the day.
    #[serde(default)]
    due_precision: Option<PrecisionWord>,
    /// Why it has no due date.
    #[serde(default)]
    no_due_reason: LanguageMapInput,
}

/// A change of status that comes with a report.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = RequestedMove)]
pub(crate) struct RequestedMoveBody {
    /// Where to.
    to: StatusWord,
    /// Why.
    reason: LanguageMapView,
    /// The lead's answer.
    answer: Option<RequestedAnswerBody>,
    /// When it is due: the last day of the period.
    due_on: Option<Day>,
    /// How exact the due date is.
    due_precision: Option<PrecisionWord>,
    /// Why it has no due date.
    no_due_reason: LanguageMapView,
}

/// The answer that comes with a report.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = RequestedAnswer)]
pub(crate) struct RequestedAnswerBody {
    /// Its text.
    text: LanguageMapView,
    /// Its day; null for that of the publication.
    on: Option<Day>,
}

impl RequestedMoveInput {
    pub(super) fn read(self, checks: &mut Checks) -> RequestedMove {
        RequestedMove {
            to: self.to.0,
            reason: self.reason.map("/status_change/reason", TextLimit::BODY, checks),
            answer: self.answer.map(|answer| answer.read("/status_change/answer", checks)),
            due: due(self.due_on, self.due_precision, checks).map(items::DueInput::deadline),
            no_due_reason: self.no_due_reason.map("/status_change/no_due_reason", TextLimit::BODY, checks),
        }
    }
}

impl From<RequestedMove> for RequestedMoveBody {
    fn from(requested: RequestedMove) -> Self {
        Self {
            to: requested.to.into(),
            reason: requested.reason.into(),
            answer: requested
                .answer
                .map(|(text, on)| RequestedAnswerBody { text: text.into(), on: on.map(Day) }),
            due_on: requested.due.map(|due| Day(due.on)),
            due_precision: requested.due.map(|due| due.precision.into()),
            no_due_reason: requested.no_due_reason.into(),
        }
    }
}
