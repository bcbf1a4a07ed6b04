//! Reading items: one, and lists.

use qadam_domain::accounts::Viewer;
use qadam_domain::policy::{Action, Subject, may};
use qadam_storage::items::{self as stored, Cursor, Filter, Key, Page, Scope, Sort};

use super::editing::{check_condition, facts, find_visible};
use super::view::ItemView;
use crate::application::App;
use crate::error::AppError;
use crate::paging::{Cut, Read};
use crate::precondition::IfMatch;

/// One item.
pub async fn get(app: &App, viewer: &Viewer, key: Key) -> Result<ItemView, AppError> {
    let item = find_visible(&app.store.read(), viewer, key).await?;
    ItemView::load(app, viewer, item).await
}

/// Which part of which list.
#[derive(Debug, Clone)]
pub struct ListRequest {
    /// What the list is narrowed to.
    pub filter: Filter,
    /// What it is ordered by.
    pub sort: Sort,
    /// Which rows.
    pub page: Page,
    /// Whether to count the whole list.
    pub counted: bool,
}

/// A part of a list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The items in order.
    pub items: Vec<ItemView>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
    /// Where the previous page ends, if there is one.
    pub previous: Option<Cursor>,
    /// How many items the whole list has, where that was asked for.
    pub total: Option<u64>,
}

/// A list of what the viewer may see.
pub async fn list(app: &App, viewer: &Viewer, request: ListRequest) -> Result<Listed, AppError> {
    let today = app.today();
    let scope = Scope::visible_to(*viewer);
    let reader = app.store.read();
    let ListRequest { mut filter, sort, page, counted } = request;
    filter.today = Some(today);
    let rows = stored::list(&reader, scope, &filter, sort, &page).await?;
    let total = if counted { Some(stored::count(&reader, scope, &filter).await?) } else { None };
    let cut = Cut::new(rows, page.limit, Read::of(page.after.as_ref(), page.before.as_ref()));
    Ok(Listed {
        items: ItemView::load_all(app, &reader, viewer, cut.rows).await?,
        next: cut.next,
        previous: cut.previous,
        total,
    })
}

/// Whether the viewer sees the item, read it as it is now where the change is conditional, and may do this to it:
/// asked where something is wrong with the fields, so that 404, 412 and 403 come first.
pub async fn allowed(
    app: &App,
    viewer: &Viewer,
    key: Key,
    condition: Option<&IfMatch>,
    action: Action,
) -> Result<(), AppError> {
    let reader = app.store.read();
    let item = find_visible(&reader, viewer, key).await?;
    check_condition(app, &reader, viewer, &item, condition).await?;
    let consents = stored::consents(&reader, item.id).await?;
    let facts = facts(&item, &consents);
    Ok(may(viewer, action, Subject::Item(&facts))?)
}
