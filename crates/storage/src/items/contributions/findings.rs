//! Findings as positions need them.

use qadam_domain::accounts::Viewer;
use qadam_domain::items::Item;
use qadam_domain::items::positions::Found;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::{Seen, row};
use crate::db::Db;
use crate::entities::contribution::{Column, Entity};
use crate::error::StorageError;

/// How many findings are read at once at most: 200 items with 100 each.
const FINDINGS_MAX: u64 = 20_000;

/// The findings on items that may be read. The items are those of `seen`, by which is told who may know the names.
pub async fn findings(
    db: &impl Db,
    seen: &Seen,
    viewer: &Viewer,
    items: &[&Item],
) -> Result<Vec<Found>, StorageError> {
    if items.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Entity::find()
        .filter(seen.condition())
        .filter(Column::Finding.is_not_null())
        .limit(FINDINGS_MAX)
        .all(db.inner())
        .await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let contribution = row::contribution(row)?;
        if let Some(item) = items.iter().find(|item| item.id == contribution.item) {
            found.extend(Found::of(&contribution, item, contribution.author_is_read_by(viewer, item)));
        }
    }
    Ok(found)
}
