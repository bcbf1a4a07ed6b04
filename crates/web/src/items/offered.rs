//! What forms about an item begin and end with: whether the item's page offers it, and the way back there.

use axum::response::{IntoResponse, Redirect, Response};
use qadam_app::items::{self, ItemView, Possibilities, Possibility};
use qadam_app::{AppError, Code};
use qadam_domain::items::Item;

use super::key;
use crate::failure::Failure;
use crate::page::Page;
use crate::visit::Visit;

/// The item, and what the viewer may do with it.
pub(crate) async fn found(visit: &Visit, item: &str) -> Result<(ItemView, Possibilities), Failure> {
    visit.actor()?;
    let view = items::get(visit.app(), &visit.viewer(), key(item)?).await?;
    let can = items::possibilities(visit.app(), &visit.viewer(), &view).await?;
    Ok((view, can))
}

/// As [`found`], where this is among what the viewer may do: a form that could only be refused is not shown.
pub(crate) async fn offered(
    visit: &Visit,
    item: &str,
    wanted: Possibility,
) -> Result<(ItemView, Possibilities), Failure> {
    let (view, can) = found(visit, item).await?;
    if can.has(wanted) { Ok((view, can)) } else { Err(Code::RoleRequired.into()) }
}

/// A page about an item that somebody works with: no search engine lists it.
pub(crate) fn form_page(visit: &Visit, title: &str) -> Page {
    let mut page = Page::new(visit, title);
    page.hide();
    page
}

/// Back to an item, which says what was done.
pub(crate) fn back(page: &Page, item: &Item, done: &str) -> Response {
    Redirect::to(&format!("{}?done={done}", page.item_path(item))).into_response()
}

/// Why something was refused that is done to several things at once, each for itself: in words beside each.
pub(crate) fn why(page: &Page, error: AppError) -> Result<String, Failure> {
    match error {
        AppError::Invalid(errors) => {
            let one = |error: &qadam_app::error::FieldError| {
                let name = error.pointer.trim_start_matches('/').replace('/', ".");
                format!("{}: {}", page.field_name(&name), page.wrong(&error.code))
            };
            Ok(errors.iter().map(one).collect::<Vec<_>>().join(" "))
        }
        AppError::Refused(Code::Unauthenticated) => Err(error.into()),
        other => {
            let failure = Failure::new(other);
            crate::failure::note(&failure);
            Ok(page.refusal(&failure.code()))
        }
    }
}
