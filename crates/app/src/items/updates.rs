//! Reports of owners: writing, handing in, approving and returning them.

mod own_reports;
mod reporting;
mod steps;

use chrono::NaiveDate;
use qadam_domain::accounts::Viewer;
use qadam_domain::calendar::Precision;
use qadam_domain::ids::{ContributionId, ReportingRoundId};
use qadam_domain::items::contributions::{Content, ContributionKind};
use qadam_domain::items::updates::{RequestedMove, Update, UpdateState};
use qadam_domain::items::{Evidence, RecordedFrom, Status};
use qadam_domain::language::LanguageMap;
use qadam_storage::items::{self as stored, Key};

use super::contributions::{ContributionView, contributions, seen};
use super::editing::Editing;
use crate::application::App;
use crate::error::AppError;

pub use own_reports::{OwnReport, REPORTS_MAX, awaiting_approval, own_reports};
pub use reporting::{edit_update, report};
pub use steps::{StepInput, step};

/// A report as named by a caller.
#[derive(Debug, Clone)]
pub struct UpdateInput {
    /// Only written down, not handed in.
    pub draft: bool,
    /// The day it holds for; without it, today.
    pub as_of: Option<(NaiveDate, Precision)>,
    /// What it says.
    pub narrative: LanguageMap,
    /// The change of status that comes with it.
    pub status: Option<RequestedMove>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// The unit of the body that answers for it.
    pub responsible_unit: Option<String>,
    /// The number of the letter it came with.
    pub outgoing_number: Option<String>,
    /// The report that it corrects.
    pub corrects: Option<ContributionId>,
    /// The reporting round it answers.
    pub round: Option<ReportingRoundId>,
    /// Where the secretariat transcribes it from a document.
    pub transcribed: Option<TranscribedReport>,
}

/// A report that stands in a document.
#[derive(Debug, Clone)]
pub struct TranscribedReport {
    /// Code or identifier of the owner that reported; none where the document speaks for the State as a whole.
    pub organisation: Option<String>,
    /// The document.
    pub document: RecordedFrom,
}

/// The reports on an item that the viewer may read, oldest first; at most 1,000.
pub async fn updates(app: &App, viewer: &Viewer, key: Key) -> Result<Vec<ContributionView>, AppError> {
    Ok(contributions(app, viewer, key, &[ContributionKind::Update]).await?.1)
}

/// Whether the lead asked for a withdrawal by a report that was published since the item stands where it does.
pub(super) async fn asks_for_withdrawal(editing: &Editing<'_>) -> Result<bool, AppError> {
    let item = &editing.before;
    let seen = seen(&editing.viewer(), [item]);
    let reports = stored::contributions(editing.tx, &seen, &[ContributionKind::Update]).await?;
    let changes = stored::status_changes(editing.tx, item.id, qadam_domain::levels::Level::Own).await?;
    let since = changes.last().map_or(0, |change| change.position);
    let asks = |update: &Update| {
        update.state == UpdateState::Published
            && update.status.as_ref().is_some_and(|status| status.to == Status::Withdrawn)
    };
    Ok(reports.iter().any(|one| {
        one.changed > since
            && one.organisation == item.lead()
            && matches!(&one.content, Content::Update(update) if asks(update))
    }))
}
