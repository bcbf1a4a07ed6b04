//! A report that answers a round.

use qadam_domain::ids::{ContributionId, ReportingRoundId};
use qadam_domain::items::contributions::{Content, Contribution};
use qadam_domain::reporting_rounds::{Asked, RoundState};
use qadam_storage::Tx;
use qadam_storage::reporting_rounds as stored;

use crate::error::{AppError, Code};
use crate::ledger::Act;

/// Whether a report is one that a round waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// It is.
    Yes,
    /// There is no such round, or it does not ask this body about this item.
    NotAsked,
    /// The round takes no more reports.
    Closed,
}

/// Whether a round waits for a report of a body on an item. Late ones are taken until the round is closed.
pub(crate) async fn wanted(tx: &Tx, round: ReportingRoundId, asked: Asked) -> Result<Wanted, AppError> {
    Ok(match stored::state_where_asked(tx, round, asked).await? {
        None => Wanted::NotAsked,
        Some(RoundState::Closed) => Wanted::Closed,
        Some(RoundState::Open) => Wanted::Yes,
    })
}

/// Refuses a report that goes on its way when its round is closed meanwhile.
pub(crate) async fn still_open(tx: &Tx, report: &Contribution) -> Result<(), AppError> {
    let Some((round, asked, _)) = answered(report) else { return Ok(()) };
    match wanted(tx, round, asked).await? {
        Wanted::Yes => Ok(()),
        Wanted::NotAsked | Wanted::Closed => Err(Code::RoundClosed.into()),
    }
}

/// Notes that a report was published today that a round asked for.
pub(crate) async fn receive(tx: &Tx, act: &Act, report: &Contribution) -> Result<(), AppError> {
    let Some((round, asked, id)) = answered(report) else { return Ok(()) };
    Ok(stored::receive(tx, round, asked, id, act.today).await?)
}

/// What a report answers, where it names a round.
fn answered(report: &Contribution) -> Option<(ReportingRoundId, Asked, ContributionId)> {
    let Content::Update(update) = &report.content else { return None };
    let organisation = report.organisation?;
    Some((update.round?, Asked { organisation, item: report.item }, report.id))
}
