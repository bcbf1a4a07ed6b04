//! Who still has to report is noted where an item changes, as long as the round is under way ([`super::following`]).
//! What changed while it was closed, or past its due day, is noted once it is under way again.

use std::collections::HashMap;

use chrono::NaiveDate;
use qadam_domain::ids::{ItemId, OrganisationId};
use qadam_domain::reporting_rounds::{Asked, ReportingRound, still_asked_about};
use qadam_storage::Tx;
use qadam_storage::items::{self as stored_items, Scope};
use qadam_storage::reporting_rounds as stored;

use crate::error::AppError;

/// How many items are read at once.
const ITEMS_AT_ONCE: usize = 200;

/// Looks at everything that a round asks for and did not receive, and releases bodies of what is not theirs to report
/// any more. Nothing is done while the round is not under way: what was due stays as it was.
pub(super) async fn look_anew(tx: &Tx, round: &ReportingRound, today: NaiveDate) -> Result<(), AppError> {
    if !round.is_under_way(today) {
        return Ok(());
    }
    let mut rows = stored::asked_in(tx, round.id).await?;
    rows.retain(|row| row.outcome.received_on.is_none());
    let still_asked = still_asked(tx, rows.iter().map(|row| row.asked.item).collect()).await?;
    let (mut released, mut asked_again): (Vec<Asked>, Vec<Asked>) = (Vec::new(), Vec::new());
    for row in rows {
        let bodies = still_asked.get(&row.asked.item);
        let is_asked = bodies.is_some_and(|bodies| bodies.contains(&row.asked.organisation));
        let outcome = row.outcome.followed(is_asked, today);
        match outcome.released_on {
            _ if outcome == row.outcome => {}
            Some(_) => released.push(row.asked),
            None => asked_again.push(row.asked),
        }
    }
    stored::set_released(tx, round.id, &released, Some(today)).await?;
    Ok(stored::set_released(tx, round.id, &asked_again, None).await?)
}

/// The bodies that still have to report on each of some items, whoever may see them.
async fn still_asked(
    tx: &Tx,
    mut items: Vec<ItemId>,
) -> Result<HashMap<ItemId, Vec<OrganisationId>>, AppError> {
    items.sort_unstable();
    items.dedup();
    let mut bodies = HashMap::with_capacity(items.len());
    for chunk in items.chunks(ITEMS_AT_ONCE) {
        let found = stored_items::find_many(tx, Scope::everything(), chunk).await?;
        bodies.extend(found.into_iter().map(|item| (item.id, still_asked_about(&item))));
    }
    Ok(bodies)
}
