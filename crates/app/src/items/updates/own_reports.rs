//! Reports of the viewer's own body over all its items, by where they stand: what waits for an approver, what was
//! returned, what is still being written.

use std::collections::HashMap;

use qadam_domain::accounts::Viewer;
use qadam_domain::ids::ItemId;
use qadam_domain::items::updates::UpdateState;
use qadam_domain::levels::may_see_own;
use qadam_storage::items::{self as stored, Scope};

use crate::application::App;
use crate::error::{AppError, Code};
use crate::items::ItemView;
use crate::items::contributions::ContributionView;

/// How many reports are given at once at most: those that come first. What comes after them follows once they are done.
pub const REPORTS_MAX: u64 = 100;

/// A report of the viewer's own body that is not published, with its item.
#[derive(Debug, Clone)]
pub struct OwnReport {
    /// The item.
    pub item: ItemView,
    /// The report.
    pub report: ContributionView,
}

/// The reports of the viewer's body that wait for its approver: those that have waited longest first, 100 at most.
pub async fn awaiting_approval(app: &App, viewer: &Viewer) -> Result<Vec<OwnReport>, AppError> {
    own_reports(app, viewer, &[UpdateState::AwaitingApproval]).await
}

/// The reports of the viewer's body that stand in one of these states and are not published: those that have waited
/// longest first, 100 at most.
pub async fn own_reports(
    app: &App,
    viewer: &Viewer,
    states: &[UpdateState],
) -> Result<Vec<OwnReport>, AppError> {
    let actor = viewer.actor().ok_or(Code::Unauthenticated)?;
    if !actor.role.speaks_for_body() || !may_see_own(actor.role, actor.confirmed) {
        return Err(Code::RoleRequired.into());
    }
    let wanted: Vec<_> = states.iter().copied().filter(|state| *state != UpdateState::Published).collect();
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let reader = app.store.read();
    let scope = Scope::visible_to(*viewer);
    let reports = stored::reports_of(&reader, scope, actor.organisation, &wanted, REPORTS_MAX).await?;
    let mut ids: Vec<ItemId> = reports.iter().map(|report| report.item).collect();
    ids.sort_unstable();
    ids.dedup();
    let items = stored::find_many(&reader, scope, &ids).await?;
    let views = ItemView::load_all(app, &reader, viewer, items).await?;
    let items: HashMap<ItemId, ItemView> = views.into_iter().map(|view| (view.item.id, view)).collect();
    let with_item = |report: qadam_domain::items::contributions::Contribution| {
        let item = items.get(&report.item)?.clone();
        let report = ContributionView::new(report, viewer, &item.item);
        Some(OwnReport { item, report })
    };
    Ok(reports.into_iter().filter_map(with_item).collect())
}
