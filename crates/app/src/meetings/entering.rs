//! The ledger entries of a meeting's change: one for each level whose readers see something new.

use std::sync::Arc;

use qadam_domain::levels::Level;
use qadam_domain::meetings::Meeting;
use qadam_ledger::Subject;
use qadam_storage::Tx;
use serde_json::{Map, Value};

use super::record::meeting_record;
use super::rendition::{Sight, items_of, rendition};
use crate::application::App;
use crate::directory::Directory;
use crate::error::AppError;
use crate::ledger::{Act, FLOORS, ItemLevels, LevelledEntry, enter_at_levels, item_levels};

/// A meeting with the levels its items had at the time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment<'a> {
    pub(super) meeting: &'a Meeting,
    pub(super) levels: &'a ItemLevels,
}

/// What was done to a meeting, and why.
#[derive(Debug)]
pub(super) struct MeetingAct {
    /// What was done, `meeting.agenda_changed`.
    pub(super) action: &'static str,
    /// Why; null where nothing was given.
    pub(super) reason: Value,
}

/// Enters the change of a meeting by somebody. Gives the place of the newest entry.
pub(super) async fn enter(
    app: &Arc<App>,
    tx: &Tx,
    act: &Act,
    before: Option<&Meeting>,
    after: &Meeting,
    what: MeetingAct,
) -> Result<i64, AppError> {
    let mut items = items_of(after);
    items.extend(before.map(items_of).unwrap_or_default());
    let levels = item_levels(tx, &items).await?;
    let before = before.map(|meeting| Moment { meeting, levels: &levels });
    enter_between(app, tx, act, before, Moment { meeting: after, levels: &levels }, what).await
}

/// Enters what changed for each level between two moments. Gives the place of the newest entry; there always is
/// one.
pub(super) async fn enter_between(
    app: &Arc<App>,
    tx: &Tx,
    act: &Act,
    before: Option<Moment<'_>>,
    after: Moment<'_>,
    what: MeetingAct,
) -> Result<i64, AppError> {
    let (meeting, directory) = (after.meeting, app.directory());
    let at = |moment: Moment<'_>, floor| record_at(&directory, moment.meeting, moment.levels, floor);
    let entry = LevelledEntry {
        action: what.action,
        subject: Subject {
            kind: "meeting".to_owned(),
            id: meeting.id.to_string(),
            reference: Some(meeting.code.clone()),
        },
        before: before.map(|moment| FLOORS.map(|floor| at(moment, floor))),
        after: FLOORS.map(|floor| at(after, floor)),
        reason: what.reason,
    };
    Ok(enter_at_levels(app, tx, act, entry).await?.1)
}

/// The record as readers of a level see it.
pub(crate) fn record_at(
    directory: &Directory,
    meeting: &Meeting,
    levels: &ItemLevels,
    floor: Level,
) -> Map<String, Value> {
    let items = levels.iter().filter(|(_, level)| **level >= floor).map(|(item, _)| *item).collect();
    let seen = rendition(meeting, &Sight { floor, items });
    meeting_record(directory, &seen, floor)
}
