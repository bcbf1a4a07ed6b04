//! Records that name items and are read by everybody, each reader seeing the items that they may: one entry for each
//! level whose readers see something new.
//!
//! An entry carries one level. What the public sees of a change is an open entry with the record as the public sees it;
//! where members or the secretariat see more, a sealed entry with what they see follows, even where that did not change.
//! The newest entry that somebody reads thus always tells the record as they see it now.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use qadam_domain::accounts::{Actor, Role, Viewer};
use qadam_domain::ids::{ItemId, OrganisationId, UserId, Uuid};
use qadam_domain::levels::Level;
use qadam_ledger::Subject;
use qadam_storage::items::{self as stored_items, Scope};
use qadam_storage::{Db, Tx};
use serde_json::{Map, Value};

use super::record::{Act, RecordEntry, enter_record};
use crate::application::App;
use crate::error::AppError;
use crate::record_difference::changed_members;

/// The levels at which such records are read, wide to narrow.
pub(crate) const FLOORS: [Level; 3] = [Level::Public, Level::Members, Level::Secretariat];

/// How widely items are read; those that the secretariat does not see are left out.
pub(crate) type ItemLevels = HashMap<ItemId, Level>;

/// A record as the readers of each of [`FLOORS`] see it.
pub(crate) type Renditions = [Map<String, Value>; 3];

/// A change of such a record.
#[derive(Debug)]
pub(crate) struct LevelledEntry {
    /// What was done, `meeting.agenda_changed`.
    pub(crate) action: &'static str,
    /// The record.
    pub(crate) subject: Subject,
    /// As it was; nothing for a new record.
    pub(crate) before: Option<Renditions>,
    /// As it is.
    pub(crate) after: Renditions,
    /// Why; null where nothing was given.
    pub(crate) reason: Value,
}

/// Enters what changed for each level. Gives the places of the first and of the newest entry; there always is one.
pub(crate) async fn enter_at_levels(
    app: &Arc<App>,
    tx: &Tx,
    act: &Act,
    entry: LevelledEntry,
) -> Result<(i64, i64), AppError> {
    let LevelledEntry { action, subject, before, after, reason } = entry;
    let mut before = before.map(IntoIterator::into_iter);
    let mut places: Option<(i64, i64)> = None;
    let mut told: Option<Map<String, Value>> = None;
    for (level, is) in FLOORS.into_iter().zip(after) {
        let was = before.as_mut().and_then(Iterator::next);
        // What wider readers are told these hear, too: where they see something else, they are told what.
        let unheard = told.as_ref().or(was.as_ref()) != Some(&is);
        // A change that shows at no level is still a change of the record.
        let last_chance = level == Level::Secretariat && places.is_none();
        if unheard || last_chance {
            told = Some(is.clone());
            let before = changed_members(was, Some(&is));
            let (subject, reason) = (subject.clone(), reason.clone());
            let entry = RecordEntry { action, subject, level, before, after: Value::Object(is), reason };
            let place = enter_record(app, tx, act, entry).await?;
            places = Some((places.map_or(place, |(first, _)| first), place));
        }
    }
    places.ok_or_else(|| AppError::Internal(format!("{action} left no ledger entry")))
}

/// How widely these items are read, as far as the secretariat sees them.
pub(crate) async fn item_levels(db: &impl Db, items: &HashSet<ItemId>) -> Result<ItemLevels, AppError> {
    let ids: Vec<_> = items.iter().copied().collect();
    Ok(stored_items::text_levels(db, Scope::visible_to(secretariat()), &ids).await?)
}

/// Somebody of the secretariat who wrote no draft and filed nothing: what such records may point to is what the whole
/// secretariat sees, whichever organisation is the host.
const fn secretariat() -> Viewer {
    let (user, organisation) = (UserId(Uuid::nil()), OrganisationId(Uuid::nil()));
    Viewer::Account(Actor { user, organisation, role: Role::Secretariat, confirmed: true })
}
