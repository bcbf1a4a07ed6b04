//! Keys under which items stand in orders that no column of theirs gives: by ref and by title.

use qadam_domain::items::Item;
use qadam_domain::items::reference::Reference;
use qadam_domain::language::{Language, LanguageMap};
use qadam_search::{Alphabet, sort_key};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use crate::db::sealed::Connection;
use crate::entities::item_sort_key;
use crate::error::StorageError;
use crate::write::{Later, Tx};

/// The list of keys by ref.
pub(super) const REFERENCE: &str = "ref";

/// Sorts after every ref: items without one come last.
const NO_REFERENCE: &str = "~";

/// The list of keys by the title that a reader of the language is shown.
pub(super) const fn title_list(language: Language) -> &'static str {
    match language {
        Language::Kazakh => "title_kk",
        Language::Russian => "title_ru",
        Language::English => "title_en",
    }
}

/// Whether a key of the item changed.
pub(super) fn changed(before: &Item, after: &Item) -> bool {
    before.reference != after.reference || before.title != after.title
}

/// Writes the keys of an item that has none.
pub(super) async fn write(tx: &Tx, item: &Item) -> Result<(), StorageError> {
    let row = |list: &str, key: String| item_sort_key::ActiveModel {
        list: Set(list.to_owned()),
        key: Set(key),
        item_id: Set(item.id.0),
    };
    let titles = Language::ALL.map(|language| row(title_list(language), title_key(&item.title, language)));
    let reference = row(REFERENCE, item.reference.map_or_else(|| NO_REFERENCE.to_owned(), reference_key));
    let rows = titles.into_iter().chain([reference]);
    tx.later(Later::insert_many(rows)).await
}

/// Deletes the keys of an item.
pub(super) async fn delete(tx: &Tx, item: &Item) -> Result<(), StorageError> {
    item_sort_key::Entity::delete_many()
        .filter(item_sort_key::Column::ItemId.eq(item.id.0))
        .exec(tx.inner())
        .await?;
    Ok(())
}

/// The number with all its digits: `P-2026-10000` comes after `P-2026-9999`.
fn reference_key(reference: Reference) -> String {
    format!("{}-{:04}-{:010}", reference.kind.letter(), reference.year, reference.number)
}

fn title_key(title: &LanguageMap, language: Language) -> String {
    let alphabet = match language {
        Language::Kazakh => Alphabet::Kazakh,
        Language::Russian => Alphabet::Russian,
        Language::English => Alphabet::English,
    };
    title.best(language).map(|(_, text)| sort_key(text, alphabet)).unwrap_or_default()
}
