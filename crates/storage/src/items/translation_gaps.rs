//! What there is to do on texts in other languages, and in which order the translation desk goes through it.

use qadam_domain::items::Item;
use qadam_domain::items::translation_gaps::{TranslationGap, TranslationGaps};
use qadam_domain::levels::Level;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SimpleExpr};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::order::Cursor;
use crate::db::sealed::Connection;
use crate::entities::{item, item_translation_gap};
use crate::error::StorageError;
use crate::write::{Later, Tx};

/// Whether there is something else to do, or in another order.
pub(super) fn changed(before: &Item, after: &Item) -> bool {
    TranslationGaps::of(before) != TranslationGaps::of(after) || place(before) != place(after)
}

/// Writes what there is to do on an item of which nothing is written.
pub(super) async fn write(tx: &Tx, item: &Item) -> Result<(), StorageError> {
    let row = |gap: TranslationGap| item_translation_gap::ActiveModel {
        gap: Set(gap.code().to_owned()),
        place: Set(place(item)),
        item_id: Set(item.id.0),
    };
    let rows: Vec<_> = TranslationGaps::of(item).iter().map(row).collect();
    if rows.is_empty() { Ok(()) } else { tx.later(Later::insert_many(rows)).await }
}

/// Deletes what there is to do on an item.
pub(super) async fn delete(tx: &Tx, item: &Item) -> Result<(), StorageError> {
    item_translation_gap::Entity::delete_many()
        .filter(item_translation_gap::Column::ItemId.eq(item.id.0))
        .exec(tx.inner())
        .await?;
    Ok(())
}

/// Where an item stands on the desk: what is open comes before what ended, what the public reads before what fewer
/// read, what the secretariat marked before the rest, then what entered the register first.
fn place(item: &Item) -> String {
    let later = [!item.status.is_open(), item.text_level != Level::Public, !item.priority];
    let [ended, narrow, unmarked] = later.map(u8::from);
    format!("{ended}{narrow}{unmarked}{}", item.entered_on)
}

/// Where the page behind an item begins in the order of the desk, whatever there is to do on it.
pub fn on_desk(item: &Item) -> Cursor {
    Cursor { key: place(item), title_match: false, id: item.id }
}

/// Items on which one of these is to be done.
pub(super) fn condition(gaps: &[TranslationGap]) -> Option<SimpleExpr> {
    if gaps.is_empty() {
        return None;
    }
    let mut wanted = Query::select();
    wanted
        .expr(Expr::val(1))
        .from(item_translation_gap::Entity)
        .and_where(item_translation_gap::Column::Gap.is_in(gaps.iter().map(|gap| gap.code())))
        .and_where(
            Expr::col((item_translation_gap::Entity, item_translation_gap::Column::ItemId))
                .eq(Expr::col((item::Entity, item::Column::Id))),
        );
    Some(Expr::exists(wanted))
}
