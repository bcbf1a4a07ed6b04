//! What the translation desk goes through: items on whose texts there is something to do in a language, while the
//! secretariat may do it.

use qadam_domain::accounts::Viewer;
use qadam_domain::items::fields::{Field, statuses_for};
use qadam_domain::items::moves::Mover;
use qadam_domain::items::translation_gaps::TranslationGap;
use qadam_domain::items::{Item, Kind};
use qadam_storage::items::{Filter, Page, Sort, SortField, on_desk};

use super::read::{ListRequest, list};
use super::view::ItemView;
use crate::application::App;
use crate::error::AppError;

/// What is on the desk: of all kinds where none is named, and whatever there is to do where nothing is named.
pub fn desk(kinds: Vec<Kind>, gap: Option<TranslationGap>) -> Filter {
    Filter {
        kinds,
        statuses: statuses_for(Field::Translation, Mover::Secretariat),
        translation_gaps: gap.into_iter().collect(),
        ..Filter::default()
    }
}

/// The order in which the desk goes through what there is to do.
pub const fn desk_order(gap: TranslationGap) -> Sort {
    Sort { field: SortField::TranslationGap(gap), descending: false }
}

/// What comes after an item on the desk, whether or not it is still there itself.
pub async fn next_on_desk(
    app: &App,
    viewer: &Viewer,
    kinds: Vec<Kind>,
    gap: TranslationGap,
    item: &Item,
) -> Result<Option<ItemView>, AppError> {
    let page = Page { limit: 1, after: Some(on_desk(item)), before: None };
    let request = ListRequest { filter: desk(kinds, Some(gap)), sort: desk_order(gap), page, counted: false };
    Ok(list(app, viewer, request).await?.items.into_iter().next())
}
