//! Saving items: the row, and the tables by which its parties, its tags and its clock are found.

use chrono::NaiveDate;
use qadam_domain::items::Item;
use qadam_domain::levels::Level;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::co_filing::delete_invitations_to;
use super::draft_notices::delete_draft_notice;
use super::{response_clocks, row, sort_keys, translation_gaps};
use crate::db::sealed::Connection;
use crate::entities::{consent, follow, item, item_drafter, item_party, item_tag, status_change};
use crate::error::StorageError;
use crate::search;
use crate::write::{Later, Tx};

/// That an item was narrowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Narrowing {
    /// The level it had.
    pub from: Level,
    /// The local day.
    pub on: NaiveDate,
    /// The class of reason.
    pub reason: String,
}

/// Inserts a new item.
pub async fn insert(tx: &Tx, item: &Item) -> Result<(), StorageError> {
    tx.later(Later::insert(row::active(item)?)).await?;
    write_parties(tx, item).await?;
    write_tags(tx, item).await?;
    sort_keys::write(tx, item).await?;
    translation_gaps::write(tx, item).await?;
    response_clocks::write(tx, item).await?;
    search::index_new(tx, item).await
}

/// Saves an item that was read as `before`, if its row still has that version. The conflict may be told by a later
/// statement, or at the end of the write.
pub async fn update(tx: &Tx, before: &Item, after: &Item) -> Result<(), StorageError> {
    let update = item::Entity::update_many()
        .set(row::changes(before, after)?)
        .filter(item::Column::Id.eq(before.id.0))
        .filter(item::Column::Version.eq(before.version));
    tx.later(Later::update_one(update, item::Column::Id)).await?;
    if (&before.owners, &before.addressees, &before.filed_by, &before.drafters)
        != (&after.owners, &after.addressees, &after.filed_by, &after.drafters)
    {
        delete_parties(tx, after).await?;
        write_parties(tx, after).await?;
    }
    if (&before.themes, &before.legal_refs, &before.groups, &before.sdg_targets)
        != (&after.themes, &after.legal_refs, &after.groups, &after.sdg_targets)
    {
        delete_tags(tx, after).await?;
        write_tags(tx, after).await?;
    }
    if sort_keys::changed(before, after) {
        sort_keys::delete(tx, after).await?;
        sort_keys::write(tx, after).await?;
    }
    if translation_gaps::changed(before, after) {
        translation_gaps::delete(tx, after).await?;
        translation_gaps::write(tx, after).await?;
    }
    response_clocks::follow(tx, before, after).await?;
    if search::text_changed(before, after) {
        search::index_anew(tx, after).await?;
    }
    Ok(())
}

/// Notes that an item was narrowed, or with `None` that it is as wide as before again.
pub async fn narrow(tx: &Tx, item: &Item, narrowing: Option<&Narrowing>) -> Result<(), StorageError> {
    item::Entity::update_many()
        .col_expr(item::Column::NarrowedFrom, Expr::value(narrowing.map(|narrowing| narrowing.from.rank())))
        .col_expr(item::Column::NarrowedOn, Expr::value(narrowing.map(|narrowing| narrowing.on.to_string())))
        .col_expr(
            item::Column::NarrowedReason,
            Expr::value(narrowing.map(|narrowing| narrowing.reason.clone())),
        )
        .filter(item::Column::Id.eq(item.id.0))
        .exec(tx.inner())
        .await?;
    Ok(())
}

/// Deletes a draft with everything that belongs to it, if its row still has the version it was read with.
pub async fn delete(tx: &Tx, item: &Item) -> Result<(), StorageError> {
    let connection = tx.inner();
    delete_parties(tx, item).await?;
    delete_tags(tx, item).await?;
    delete_invitations_to(tx, item.id).await?;
    delete_draft_notice(tx, item.id).await?;
    follow::Entity::delete_many().filter(follow::Column::ItemId.eq(item.id.0)).exec(connection).await?;
    sort_keys::delete(tx, item).await?;
    translation_gaps::delete(tx, item).await?;
    search::remove_item(tx, item.id).await?;
    consent::Entity::delete_many().filter(consent::Column::ItemId.eq(item.id.0)).exec(connection).await?;
    status_change::Entity::delete_many()
        .filter(status_change::Column::ItemId.eq(item.id.0))
        .exec(connection)
        .await?;
    let outcome = item::Entity::delete_many()
        .filter(item::Column::Id.eq(item.id.0))
        .filter(item::Column::Version.eq(item.version))
        .exec(connection)
        .await?;
    if outcome.rows_affected == 1 { Ok(()) } else { Err(StorageError::VersionConflict) }
}

async fn delete_parties(tx: &Tx, item: &Item) -> Result<(), StorageError> {
    let connection = tx.inner();
    item_party::Entity::delete_many()
        .filter(item_party::Column::ItemId.eq(item.id.0))
        .exec(connection)
        .await?;
    item_drafter::Entity::delete_many()
        .filter(item_drafter::Column::ItemId.eq(item.id.0))
        .exec(connection)
        .await?;
    Ok(())
}

async fn write_parties(tx: &Tx, item: &Item) -> Result<(), StorageError> {
    let parties = parties(item);
    if !parties.is_empty() {
        tx.later(Later::insert_many(parties)).await?;
    }
    let drafters = drafters(item);
    if !drafters.is_empty() {
        tx.later(Later::insert_many(drafters)).await?;
    }
    Ok(())
}

/// The organisations with a part in an item.
pub(super) fn parties(item: &Item) -> Vec<item_party::ActiveModel> {
    let party = |part: &str, organisation: uuid::Uuid, place: usize| item_party::ActiveModel {
        item_id: Set(item.id.0),
        part: Set(part.to_owned()),
        organisation_id: Set(organisation),
        role: Set(None),
        by_agreement: Set(false),
        place: Set(place_number(place)),
    };
    let owners = item.owners.iter().enumerate().map(|(place, owner)| item_party::ActiveModel {
        role: Set(Some(owner.role.code().to_owned())),
        by_agreement: Set(owner.by_agreement),
        ..party("owner", owner.organisation.0, place)
    });
    let addressees = item.addressees.iter().enumerate().map(|(place, id)| party("addressee", id.0, place));
    let filers = item.filed_by.iter().enumerate().map(|(place, id)| party("filer", id.0, place));
    owners.chain(addressees).chain(filers).collect()
}

/// Those who write an item.
pub(super) fn drafters(item: &Item) -> Vec<item_drafter::ActiveModel> {
    let drafters = item.drafters.iter().enumerate().map(|(place, id)| item_drafter::ActiveModel {
        item_id: Set(item.id.0),
        account_id: Set(id.0),
        place: Set(place_number(place)),
    });
    drafters.collect()
}

async fn delete_tags(tx: &Tx, item: &Item) -> Result<(), StorageError> {
    item_tag::Entity::delete_many().filter(item_tag::Column::ItemId.eq(item.id.0)).exec(tx.inner()).await?;
    Ok(())
}

async fn write_tags(tx: &Tx, item: &Item) -> Result<(), StorageError> {
    let tags = tags(item);
    if !tags.is_empty() {
        tx.later(Later::insert_many(tags)).await?;
    }
    Ok(())
}

/// What an item is filtered by.
pub(super) fn tags(item: &Item) -> Vec<item_tag::ActiveModel> {
    let lists = [
        ("theme", &item.themes),
        ("legal_ref", &item.legal_refs),
        ("group", &item.groups),
        ("sdg_target", &item.sdg_targets),
    ];
    let tags = lists.into_iter().flat_map(|(vocabulary, codes)| {
        codes.iter().map(move |code| item_tag::ActiveModel {
            vocabulary: Set(vocabulary.to_owned()),
            code: Set(code.clone()),
            item_id: Set(item.id.0),
        })
    });
    tags.collect()
}

/// A place in a list as stored.
fn place_number(place: usize) -> i64 {
    i64::try_from(place).unwrap_or(i64::MAX)
}
