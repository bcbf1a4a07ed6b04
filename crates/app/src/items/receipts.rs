//! The receipt of a filing, for who filed it, as often as they ask.

use qadam_domain::accounts::Viewer;
use qadam_domain::ids::EventId;
use qadam_domain::items::{Item, Kind, Status};
use qadam_domain::levels::Level;
use qadam_ledger::{Digest, Salt};
use qadam_storage::items::{self as stored, Key, StatusChange};
use qadam_storage::{Db, ledger as entries};

use super::editing::find_visible;
use super::moves::Moved;
use super::view::ItemView;
use crate::application::App;
use crate::error::AppError;
use crate::ledger::receipts;

/// The signed receipt of a proposal that was filed, for those who read at `own` what was filed; for all others, and
/// where nothing was filed, there is none.
pub async fn receipt(app: &App, viewer: &Viewer, key: Key) -> Result<String, AppError> {
    let reader = app.store.read();
    let item = find_visible(&reader, viewer, key).await?;
    let changes = stored::status_changes(&reader, item.id, Level::Own).await?;
    let filing = changes.iter().find(|change| files(&item, change)).ok_or(AppError::NotFound)?;
    of_filing(app, &reader, viewer, &item, filing).await?.ok_or(AppError::NotFound)
}

/// A move that was made before, as the viewer sees the item, the move and its receipt now.
pub async fn moved_before(app: &App, viewer: &Viewer, key: Key, id: EventId) -> Result<Moved, AppError> {
    let reader = app.store.read();
    let item = find_visible(&reader, viewer, key).await?;
    let floor = item.relation(viewer).floor();
    let changes = stored::status_changes(&reader, item.id, floor).await?;
    let change = changes.into_iter().find(|change| change.id == id).ok_or(AppError::NotFound)?;
    let receipt =
        if files(&item, &change) { of_filing(app, &reader, viewer, &item, &change).await? } else { None };
    Ok(Moved { view: ItemView::load(app, viewer, item).await?, change, receipt })
}

/// Whether a move filed the item.
pub(super) fn files(item: &Item, change: &StatusChange) -> bool {
    item.kind == Kind::Proposal && change.from == Some(Status::Draft)
}

/// The receipt of a filing, where the viewer may have it and its salt was not deleted.
async fn of_filing(
    app: &App,
    db: &impl Db,
    viewer: &Viewer,
    item: &Item,
    filing: &StatusChange,
) -> Result<Option<String>, AppError> {
    if !item.relation(viewer).reads(Level::Own) {
        return Ok(None);
    }
    let Some(commitment) = entries::commitment(db, filing.position).await? else { return Ok(None) };
    let digest = Digest::from_bytes(commitment.digest);
    let salt = Salt::from_bytes(commitment.salt);
    Ok(Some(receipts::receipt(app, item.id, filing.recorded_on, digest, salt)?))
}
