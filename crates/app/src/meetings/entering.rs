//! The ledger entries of a meeting's change: one for each level whose readers see something new.
//!
//! An entry carries one level. What the public sees of the change is an open entry with the meeting as the public
//! sees it; where members or the secretariat see more, a sealed entry with what they see follows. The newest entry
//! thus always tells the meeting as the readers of its level see it now.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use qadam_domain::accounts::{Actor, Role, Viewer};
use qadam_domain::ids::{ItemId, OrganisationId, UserId, Uuid};
use qadam_domain::levels::Level;
use qadam_domain::meetings::Meeting;
use qadam_ledger::Subject;
use qadam_storage::items::{self as stored_items, Scope};
use qadam_storage::{Db, Tx};
use serde_json::{Map, Value};

use super::record::meeting_record;
use super::rendition::{Sight, items_of, rendition};
use crate::application::App;
use crate::error::AppError;
use crate::ledger::{Act, RecordEntry, enter_record};
use crate::record_difference::changed_members;

/// The levels at which meetings are read, wide to narrow.
const FLOORS: [Level; 3] = [Level::Public, Level::Members, Level::Secretariat];

/// How widely items are read; those that the secretariat does not see are left out.
pub(super) type ItemLevels = HashMap<ItemId, Level>;

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
    let levels = item_levels(app, tx, &items).await?;
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
    let mut position = None;
    let mut told: Option<Map<String, Value>> = None;
    for floor in FLOORS {
        let was = before.map(|moment| record_at(app, moment, floor));
        let is = record_at(app, after, floor);
        let unheard = was.as_ref() != Some(&is) && told.as_ref() != Some(&is);
        // A change that shows at no level is still a change of the record.
        let last_chance = floor == Level::Secretariat && position.is_none();
        if unheard || last_chance {
            told = Some(is.clone());
            let entry = entry(floor, after.meeting, was, is, &what);
            position = Some(enter_record(app, tx, act, entry).await?);
        }
    }
    position.ok_or_else(|| AppError::Internal("a meeting's change left no ledger entry".to_owned()))
}

fn entry(
    level: Level,
    meeting: &Meeting,
    before: Option<Map<String, Value>>,
    after: Map<String, Value>,
    what: &MeetingAct,
) -> RecordEntry {
    RecordEntry {
        action: what.action,
        subject: Subject {
            kind: "meeting".to_owned(),
            id: meeting.id.to_string(),
            reference: Some(meeting.code.clone()),
        },
        level,
        before: changed_members(before, Some(&after)),
        after: Value::Object(after),
        reason: what.reason.clone(),
    }
}

/// The record as readers of a level see it.
fn record_at(app: &App, moment: Moment<'_>, floor: Level) -> Map<String, Value> {
    let items = moment.levels.iter().filter(|(_, level)| **level >= floor).map(|(item, _)| *item).collect();
    let seen = rendition(moment.meeting, &Sight { floor, items });
    meeting_record(&app.directory(), &seen, floor)
}

/// How widely these items are read.
pub(super) async fn item_levels(
    app: &App,
    db: &impl Db,
    items: &HashSet<ItemId>,
) -> Result<ItemLevels, AppError> {
    let ids: Vec<_> = items.iter().copied().collect();
    let mut levels = HashMap::with_capacity(ids.len());
    for chunk in ids.chunks(200) {
        let found = stored_items::find_many(db, Scope::visible_to(secretariat(app)), chunk).await?;
        levels.extend(found.into_iter().map(|item| (item.id, item.text_level)));
    }
    Ok(levels)
}

/// Somebody of the secretariat who wrote no draft: what meetings may point to is what the whole secretariat sees.
fn secretariat(app: &App) -> Viewer {
    let organisation = app.directory().host().unwrap_or(OrganisationId(Uuid::nil()));
    let user = UserId(Uuid::nil());
    Viewer::Account(Actor { user, organisation, role: Role::Secretariat, confirmed: true })
}
