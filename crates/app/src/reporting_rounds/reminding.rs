//! Bodies that owe reports are reminded some days before they are due: the ledger is told, and from it accounts are.

use std::sync::Arc;

use qadam_domain::ids::ReportingRoundId;
use qadam_storage::Tx;
use qadam_storage::reporting_rounds as stored;
use serde_json::Value;

use super::entering::{RoundAct, Whole, enter};
use crate::application::App;
use crate::error::AppError;
use crate::ledger::Act;

/// Records of every round that its bodies are reminded, where the day has come. Each in a write of its own in which the
/// round is read anew, so that of several nodes one does it. How many this node recorded.
pub async fn remind_due(app: &Arc<App>) -> Result<usize, AppError> {
    let today = app.today();
    let rounds = stored::to_remind(&app.store.read(), today).await?;
    let due: Vec<ReportingRoundId> =
        rounds.iter().filter(|round| round.reminds(today)).map(|round| round.id).collect();
    if due.is_empty() {
        return Ok(0);
    }
    // What is entered names organisations, which other nodes may have changed.
    app.newest_public().await?;
    let mut recorded = 0;
    for id in due {
        let shared = Arc::clone(app);
        let write = app.store.write(move |tx| Box::pin(async move { remind(&shared, tx, id).await }));
        match write.await {
            Ok(true) => recorded += 1,
            Ok(false) => {}
            // It is tried again at the next look, and holds up no other round.
            Err(error) => tracing::warn!(%error, "the reminder of a reporting round was not recorded"),
        }
    }
    if recorded > 0 {
        app.committed();
    }
    Ok(recorded)
}

/// Records the reminder of a round, if it is due still.
async fn remind(app: &Arc<App>, tx: &Tx, id: ReportingRoundId) -> Result<bool, AppError> {
    let act = Act::of(app, None);
    let found = stored::find(tx, id).await?.filter(|round| round.reminds(act.today));
    let Some(before) = found else { return Ok(false) };
    let mut after = before.clone();
    after.reminded_on = Some(act.today);
    after.version = before.version + 1;
    let asked: Vec<_> = stored::asked_in(tx, id).await?.into_iter().map(|row| row.asked).collect();
    let was = Whole { round: &before, asked: &asked };
    let is = Whole { round: &after, asked: &asked };
    let what = RoundAct { action: "reporting_round.due_soon", reason: Value::Null };
    enter(app, tx, &act, Some(was), is, what).await?;
    stored::update(tx, &before, &after).await?;
    Ok(true)
}
