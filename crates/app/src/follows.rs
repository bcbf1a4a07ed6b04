//! What an account follows. A submitter follows its items, and every item that implements them, without doing anything.

use std::sync::Arc;

use qadam_domain::accounts::Viewer;
use qadam_domain::ids::ItemId;
use qadam_storage::follows as stored;
use qadam_storage::items::{self as stored_items, Key, Scope};

use crate::application::App;
use crate::error::{AppError, Code};
use crate::items::ItemView;
use crate::items::find_visible;

/// A part of what an account follows.
#[derive(Debug, Clone)]
pub struct Followed {
    /// The items, in order of their identifiers.
    pub items: Vec<ItemView>,
    /// After which item the next part begins, if there is one.
    pub next: Option<ItemId>,
}

/// The items that the viewer follows and sees, `limit` after one of them.
pub async fn followed(
    app: &App,
    viewer: &Viewer,
    after: Option<ItemId>,
    limit: u64,
) -> Result<Followed, AppError> {
    let actor = viewer.actor().ok_or(Code::Unauthenticated)?;
    let reader = app.store.read();
    let scope = Scope::visible_to(*viewer);
    let mut ids = stored::followed(&reader, scope, actor.user, after, limit.saturating_add(1)).await?;
    let more = ids.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    if more {
        ids.pop();
    }
    let mut items = stored_items::find_many(&reader, scope, &ids).await?;
    items.sort_by_key(|item| item.id);
    let next = ids.last().copied().filter(|_| more);
    Ok(Followed { items: ItemView::load_all(app, &reader, viewer, items).await?, next })
}

/// Whether the viewer asked to follow an item.
pub async fn is_followed(app: &App, viewer: &Viewer, item: ItemId) -> Result<bool, AppError> {
    match viewer.actor() {
        Some(actor) => Ok(stored::is_followed(&app.store.read(), actor.user, item).await?),
        None => Ok(false),
    }
}

/// Follows an item that the viewer sees. Following twice changes nothing.
pub async fn follow(app: &Arc<App>, viewer: &Viewer, key: Key) -> Result<(), AppError> {
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let shared = Arc::clone(app);
    let viewer = *viewer;
    app.store
        .write(move |tx| {
            Box::pin(async move {
                let item = find_visible(tx, &viewer, key).await?;
                Ok::<_, AppError>(stored::follow(tx, actor.user, item.id, shared.today()).await?)
            })
        })
        .await
}

/// Follows an item no more. Not to have followed it changes nothing.
pub async fn unfollow(app: &Arc<App>, viewer: &Viewer, key: Key) -> Result<(), AppError> {
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let viewer = *viewer;
    app.store
        .write(move |tx| {
            Box::pin(async move {
                let item = find_visible(tx, &viewer, key).await?;
                Ok::<_, AppError>(stored::unfollow(tx, actor.user, item.id).await?)
            })
        })
        .await
}
