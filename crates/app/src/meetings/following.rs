//! A meeting's record names the items it discussed. When one of them is widened or narrowed, what readers see of
//! the meeting changes without anybody touching it: the ledger is told, or its last entry would no longer be what
//! the register shows.

use std::sync::Arc;

use qadam_domain::items::{Item, Status};
use qadam_storage::Tx;
use qadam_storage::meetings as stored;
use serde_json::Value;

use super::entering::{MeetingAct, Moment, enter_between};
use super::rendition::items_of;
use crate::application::App;
use crate::error::AppError;
use crate::ledger::{Act, item_levels};

/// Enters anew, in an item's own transaction, the meetings that point to it, where its text level changed. Called
/// once the item's row is written.
///
/// The program acts, on the day and not at the hour: who moved the item, and when exactly, is told by the item's
/// own entry to those who may know.
pub(crate) async fn follow_item(
    app: &Arc<App>,
    tx: &Tx,
    act: &Act,
    before: &Item,
    after: &Item,
) -> Result<(), AppError> {
    if before.status == Status::Draft || before.text_level == after.text_level {
        return Ok(());
    }
    let act = Act { actor: None, at: act.start_of_day(app), today: act.today };
    for id in stored::pointing_to(tx, after.id).await? {
        let Some(meeting) = stored::find(tx, &stored::Key::Id(id)).await? else { continue };
        let levels = item_levels(tx, &items_of(&meeting)).await?;
        let mut earlier = levels.clone();
        earlier.insert(before.id, before.text_level);
        let mut later = levels;
        later.insert(after.id, after.text_level);
        let what = MeetingAct { action: "meeting.items_changed", reason: Value::Null };
        enter_between(
            app,
            tx,
            &act,
            Some(Moment { meeting: &meeting, levels: &earlier }),
            Moment { meeting: &meeting, levels: &later },
            what,
        )
        .await?;
    }
    Ok(())
}
