//! The ledger entries of a round's change: one for each level whose readers see something new.

use std::collections::HashSet;
use std::sync::Arc;

use qadam_domain::ids::ItemId;
use qadam_domain::levels::Level;
use qadam_domain::reporting_rounds::{Asked, ReportingRound};
use qadam_ledger::Subject;
use qadam_storage::Tx;
use serde_json::{Map, Value};

use super::record::round_record;
use crate::application::App;
use crate::directory::Directory;
use crate::error::AppError;
use crate::ledger::{Act, FLOORS, ItemLevels, LevelledEntry, enter_at_levels, item_levels};

/// The kind of record under which the ledger keeps rounds.
pub const REPORTING_ROUND: &str = "reporting_round";

/// A round with everything that it asks for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Whole<'a> {
    pub(crate) round: &'a ReportingRound,
    pub(crate) asked: &'a [Asked],
}

/// What was done to a round, and why.
#[derive(Debug)]
pub(super) struct RoundAct {
    /// What was done, `reporting_round.opened`.
    pub(super) action: &'static str,
    /// Why; null where nothing was given.
    pub(super) reason: Value,
}

/// Enters the change of a round. Gives the place of the first entry.
pub(super) async fn enter(
    app: &Arc<App>,
    tx: &Tx,
    act: &Act,
    before: Option<Whole<'_>>,
    after: Whole<'_>,
    what: RoundAct,
) -> Result<i64, AppError> {
    let items: HashSet<ItemId> =
        after.asked.iter().chain(before.map_or(&[][..], |before| before.asked)).map(|one| one.item).collect();
    let levels = item_levels(tx, &items).await?;
    enter_between(app, tx, act, before.map(|before| (before, &levels)), (after, &levels), what).await
}

/// The same between two moments at which its items had these levels.
pub(super) async fn enter_between(
    app: &Arc<App>,
    tx: &Tx,
    act: &Act,
    before: Option<(Whole<'_>, &ItemLevels)>,
    after: (Whole<'_>, &ItemLevels),
    what: RoundAct,
) -> Result<i64, AppError> {
    let directory = app.directory();
    let entry = LevelledEntry {
        action: what.action,
        subject: Subject {
            kind: REPORTING_ROUND.to_owned(),
            id: after.0.round.id.to_string(),
            reference: None,
        },
        before: before.map(|(whole, levels)| FLOORS.map(|floor| record_at(&directory, whole, levels, floor))),
        after: FLOORS.map(|floor| record_at(&directory, after.0, after.1, floor)),
        reason: what.reason,
    };
    Ok(enter_at_levels(app, tx, act, entry).await?.0)
}

/// The record as readers of a level see it.
pub(crate) fn record_at(
    directory: &Directory,
    whole: Whole<'_>,
    levels: &ItemLevels,
    floor: Level,
) -> Map<String, Value> {
    let reads = |one: &&Asked| levels.get(&one.item).is_some_and(|level| *level >= floor);
    let seen: Vec<Asked> = whole.asked.iter().filter(reads).copied().collect();
    round_record(directory, whole.round, &seen)
}
