//! Which leaves a narrowing withholds. What was told a moment ago is admitted first: a payload that is missing without a
//! word would be a broken ledger.

use std::sync::Arc;

use qadam_domain::ids::ItemId;
use qadam_domain::levels::Axis;
use qadam_storage::Tx;
use qadam_storage::ledger as stored;

use super::sequencer::admit_waiting;
use crate::application::App;
use crate::error::AppError;

/// The leaves about one axis of an item whose payloads the public no longer gets.
pub(crate) async fn public_leaves(
    app: &Arc<App>,
    tx: &Tx,
    item: ItemId,
    axis: Axis,
) -> Result<Vec<u64>, AppError> {
    Box::pin(admit_waiting(app, tx)).await?;
    Ok(stored::public_leaves(tx, item, axis).await?)
}

/// The leaves about another record whose payloads the public no longer gets.
pub(crate) async fn public_leaves_of(
    app: &Arc<App>,
    tx: &Tx,
    kind: &str,
    id: &str,
) -> Result<Vec<u64>, AppError> {
    Box::pin(admit_waiting(app, tx)).await?;
    Ok(stored::public_leaves_of(tx, kind, id).await?)
}
