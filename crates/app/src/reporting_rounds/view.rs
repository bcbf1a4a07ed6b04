//! A round as one viewer sees it.

use qadam_domain::accounts::Viewer;
use qadam_domain::reporting_rounds::{Asked, Outcome, ReportingRound};
use qadam_storage::Db;
use qadam_storage::items::Scope;
use qadam_storage::reporting_rounds::{self as stored, AskedRow, Counts};
use serde_json::Value;

use super::record::round_record;
use crate::application::App;
use crate::error::AppError;

/// What a viewer sees of a round.
#[derive(Debug, Clone)]
pub struct RoundView {
    /// The round.
    pub round: ReportingRound,
    /// What it asks for about items that the viewer sees, in order of bodies and items.
    pub asked: Vec<AskedRow>,
    /// Its validator for this viewer.
    pub etag: String,
}

impl RoundView {
    /// How much of it was received.
    pub fn counts(&self) -> Counts {
        self.count(|_| true)
    }

    /// How much of some of it was received.
    pub fn count(&self, of: impl Fn(&Asked) -> bool) -> Counts {
        let mut counts = Counts::default();
        for row in self.asked.iter().filter(|row| of(&row.asked)) {
            counts.asked += 1;
            let Outcome { received_on, released_on } = row.outcome;
            counts.received += u64::from(received_on.is_some());
            counts.late += u64::from(received_on.is_some_and(|day| day > self.round.due_on));
            counts.released += u64::from(received_on.is_none() && released_on.is_some());
        }
        counts
    }
}

/// A round as a viewer sees it.
pub(super) async fn view(
    app: &App,
    db: &impl Db,
    viewer: &Viewer,
    round: ReportingRound,
) -> Result<RoundView, AppError> {
    let asked = stored::asked(db, Scope::visible_to(*viewer), round.id).await?;
    Ok(RoundView { etag: etag(app, viewer, &round, &asked), round, asked })
}

/// The validator of what a viewer sees of the round itself: it changes with that and with nothing else, so that it tells
/// of no change that is hidden. That reports are received does not change the round.
fn etag(app: &App, viewer: &Viewer, round: &ReportingRound, asked: &[AskedRow]) -> String {
    let asked: Vec<Asked> = asked.iter().map(|row| row.asked).collect();
    let record = Value::Object(round_record(&app.directory(), round, &asked)).to_string();
    let version = if viewer.is_secretariat() { round.version } else { 0 };
    app.sealer
        .tag("reporting round etag", &[round.id.0.as_bytes(), &version.to_be_bytes(), record.as_bytes()])
}
