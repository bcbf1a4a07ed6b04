//! The positions on items, for the viewer who asks.

use qadam_domain::accounts::Viewer;
use qadam_domain::ids::ItemId;
use qadam_domain::items::Item;
use qadam_domain::items::positions::{Found, Positions, positions};
use qadam_domain::levels::Level;
use qadam_storage::Db;
use qadam_storage::items::{self as stored, Scope};

use super::contributions::seen;
use crate::error::AppError;

/// The positions on an item, with what its validator takes from them.
#[derive(Debug, Clone, Default)]
pub(crate) struct ItemPositions {
    /// Who says what.
    pub(crate) positions: Positions,
    /// The items whose findings count here beside its own: those it implements.
    pub(crate) implemented: Vec<Item>,
    /// The newest place in the ledger of findings that not every member reads: their changes are not noted in the
    /// item, because who reads them depends on who made them. 0 where there are none.
    pub(crate) narrow: i64,
}

/// The positions on each of the items, in their order: in as many queries for many items as for one.
pub(crate) async fn positions_on(
    db: &impl Db,
    viewer: &Viewer,
    items: &[Item],
) -> Result<Vec<ItemPositions>, AppError> {
    let ids: Vec<ItemId> = items.iter().map(|item| item.id).collect();
    let pairs = stored::implemented_by_each(db, Scope::visible_to(*viewer), &ids).await?;
    let mut about: Vec<&Item> = items.iter().chain(pairs.iter().map(|(_, item)| item)).collect();
    about.sort_by_key(|item| item.id);
    about.dedup_by_key(|item| item.id);
    let found = stored::findings(db, &seen(viewer, about.iter().copied()), viewer, &about).await?;
    let of = |item: &Item| {
        let implemented: Vec<Item> =
            pairs.iter().filter(|(by, _)| *by == item.id).map(|(_, of)| of.clone()).collect();
        let counts = |one: &&Found| one.item == item.id || implemented.iter().any(|of| of.id == one.item);
        let found: Vec<Found> = found.iter().filter(counts).cloned().collect();
        let narrow = found.iter().filter(|one| one.level < Level::Members).map(|one| one.changed).max();
        ItemPositions { positions: positions(item, &found), implemented, narrow: narrow.unwrap_or_default() }
    };
    Ok(items.iter().map(of).collect())
}
