//! Records the stages of response clocks when their days come.
//!
//! Whoever asks is told from the days alone how far a wait is (`ResponseClock::stage`); that a stage was reached is
//! recorded here, once, with its entry in the ledger. Every node looks for stages that are due. Each is one write, in
//! which the item is read anew: writes take turns, so the second node finds it recorded. After a pause the missed ones
//! are recorded in their order, each with its own day. A clock that was set back finds nothing due.

use std::sync::Arc;

use qadam_domain::ids::ItemId;
use qadam_storage::items as stored;

use crate::application::App;
use crate::error::AppError;
use crate::items::reach;

/// How many items are read at once.
const BATCH: u64 = 200;

/// Records every stage whose day has come. How many this node recorded.
pub async fn advance(app: &Arc<App>) -> Result<usize, AppError> {
    let mut recorded = 0;
    let mut last = None;
    loop {
        let due = stored::with_stage_due(&app.store.read(), app.today(), last.as_ref(), BATCH).await?;
        let Some(end) = due.last().cloned() else { break };
        // What is entered names organisations, which other nodes may have changed.
        app.newest_public().await?;
        for next in &due {
            recorded += record_all(app, next.item).await;
        }
        last = Some(end);
    }
    if recorded > 0 {
        app.committed();
    }
    Ok(recorded)
}

/// Records all stages of an item that are due. One that fails is tried again at the next look, and holds up no other
/// item.
async fn record_all(app: &Arc<App>, item: ItemId) -> usize {
    let mut recorded = 0;
    loop {
        match record_next(app, item).await {
            Ok(true) => recorded += 1,
            Ok(false) => return recorded,
            Err(error) => {
                tracing::warn!(%error, "a stage of a response clock was not recorded; trying again");
                return recorded;
            }
        }
    }
}

/// Records the next stage of an item, if it is due still.
async fn record_next(app: &Arc<App>, item: ItemId) -> Result<bool, AppError> {
    let shared = Arc::clone(app);
    app.store
        .write(move |tx| {
            Box::pin(async move {
                match stored::find_waiting(tx, item).await? {
                    Some(item) => reach(&shared, tx, &item).await,
                    None => Ok(false),
                }
            })
        })
        .await
}
