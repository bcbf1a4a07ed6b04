//! A round's record names the items it asks about. When one of them is widened or narrowed, what readers see of the
//! round changes without anybody touching it: the ledger is told, or its last entry would no longer be what the
//! register shows.

use std::collections::HashSet;
use std::sync::Arc;

use qadam_domain::items::{Item, Status};
use qadam_domain::reporting_rounds::still_asked_about;
use qadam_storage::Tx;
use qadam_storage::reporting_rounds as stored;
use serde_json::Value;

use super::entering::{RoundAct, Whole, enter_between};
use crate::application::App;
use crate::error::AppError;
use crate::ledger::{Act, item_levels};

/// Notes in an item's own transaction who still has to report on it, where its status, its owners or its text level
/// changed; and enters anew the rounds that ask about it, where the level did. Called once the item's row is written.
/// The program acts, on the day and not at the hour: who moved the item, and when exactly, is told by the item's own
/// entry to those who may know.
pub(crate) async fn follow_item(
    app: &Arc<App>,
    tx: &Tx,
    act: &Act,
    before: &Item,
    after: &Item,
) -> Result<(), AppError> {
    if before.status == Status::Draft {
        return Ok(());
    }
    let widened_or_narrowed = before.text_level != after.text_level;
    if widened_or_narrowed || before.status != after.status || before.owners != after.owners {
        stored::release(tx, after.id, &still_asked_about(after), act.today).await?;
    }
    if !widened_or_narrowed {
        return Ok(());
    }
    let act = Act { actor: None, at: act.start_of_day(app), today: act.today };
    for round in stored::pointing_to(tx, after.id).await? {
        let rows = stored::asked_in(tx, round.id).await?;
        let asked: Vec<_> = rows.into_iter().map(|row| row.asked).collect();
        let items: HashSet<_> = asked.iter().map(|one| one.item).collect();
        let levels = item_levels(tx, &items).await?;
        let mut earlier = levels.clone();
        earlier.insert(before.id, before.text_level);
        let mut later = levels;
        later.insert(after.id, after.text_level);
        let whole = Whole { round: &round, asked: &asked };
        let what = RoundAct { action: "reporting_round.items_changed", reason: Value::Null };
        enter_between(app, tx, &act, Some((whole, &earlier)), (whole, &later), what).await?;
    }
    Ok(())
}
