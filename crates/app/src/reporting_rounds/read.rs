//! Reading rounds: one, and lists.

use qadam_domain::accounts::Viewer;
use qadam_domain::ids::ReportingRoundId;
use qadam_domain::reporting_rounds::ReportingRound;
use qadam_storage::items::Scope;
use qadam_storage::reporting_rounds::{self as stored, Counts, Cursor, Filter, Page};

use super::view::{RoundView, view};
use crate::application::App;
use crate::error::AppError;
use crate::paging::{Cut, Read};

/// One round. Everybody sees every round; what it asks about is shown as far as the viewer sees the items.
pub async fn get(app: &App, viewer: &Viewer, id: ReportingRoundId) -> Result<RoundView, AppError> {
    let reader = app.store.read();
    let round = stored::find(&reader, id).await?.ok_or(AppError::NotFound)?;
    view(app, &reader, viewer, round).await
}

/// A part of a list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The rounds, the newest first, with how much of what they ask for was received, as far as the viewer sees it.
    pub rounds: Vec<(ReportingRound, Counts)>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
    /// Where the previous page ends, if there is one.
    pub previous: Option<Cursor>,
}

/// A list of rounds.
pub async fn list(app: &App, viewer: &Viewer, filter: &Filter, page: &Page) -> Result<Listed, AppError> {
    let reader = app.store.read();
    let scope = Scope::visible_to(*viewer);
    let rows = stored::list(&reader, scope, filter, page).await?;
    let cut = Cut::new(rows, page.limit, Read::of(page.after.as_ref(), page.before.as_ref()));
    let ids: Vec<_> = cut.rows.iter().map(|round| round.id).collect();
    let counts = stored::counts(&reader, scope, &ids).await?;
    let counted = |round: ReportingRound| {
        let counts = counts.get(&round.id).copied().unwrap_or_default();
        (round, counts)
    };
    Ok(Listed { rounds: cut.rows.into_iter().map(counted).collect(), next: cut.next, previous: cut.previous })
}
