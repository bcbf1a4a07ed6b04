//! Typed links between items. A link is seen by those who see both its ends.

use std::sync::Arc;

use qadam_domain::accounts::Viewer;
use qadam_domain::ids::LinkId;
use qadam_domain::items::Item;
use qadam_domain::items::links::LinkKind;
use qadam_domain::policy::Action;
use qadam_storage::items::{self as stored, ItemLink, Key, LinkedItem, Scope};
use serde_json::json;

use super::editing::{Editing, find_visible};
use crate::application::App;
use crate::error::{AppError, Code, FieldCode};
use crate::idempotency::Retry;
use crate::ledger::ItemChange;
use crate::random::uuid;

/// How many links of an item are told at most.
const LINKS_MAX: u64 = 500;

/// A link as named by a caller: the item in the address is `kind` to `to`.
#[derive(Debug, Clone, Copy)]
pub struct LinkInput {
    /// What the item is to the other.
    pub kind: LinkKind,
    /// The other item.
    pub to: Key,
}

/// A link as seen from one of its ends.
#[derive(Debug, Clone)]
pub struct LinkView {
    /// Its identifier.
    pub id: LinkId,
    /// What one is to the other.
    pub kind: LinkKind,
    /// Whether it is read from the item in the address to the other, or the other way round.
    pub outgoing: bool,
    /// Whether the viewer learns who filed the item at the other end: who filed what was merged into an item is
    /// named there as far as it lets itself be named.
    pub shows_filer: bool,
    /// The item at the other end.
    pub other: Item,
}

impl LinkView {
    /// A link as a viewer sees it.
    pub(super) fn new(viewer: &Viewer, linked: LinkedItem) -> Self {
        let LinkedItem { link, of, other } = linked;
        let shows_filer = other.relation(viewer).reads(other.identity_level);
        Self { id: link.id, kind: link.kind, outgoing: link.from == of, shows_filer, other }
    }
}

/// The links of an item whose other end the viewer sees too; the first 500.
pub async fn links(app: &App, viewer: &Viewer, key: Key) -> Result<Vec<LinkView>, AppError> {
    let reader = app.store.read();
    let item = find_visible(&reader, viewer, key).await?;
    let scope = Scope::visible_to(*viewer);
    let linked = stored::links_of_each(&reader, scope, &[item.id], LINKS_MAX).await?;
    Ok(linked.into_iter().map(|linked| LinkView::new(viewer, linked)).collect())
}

/// Links an item to another one that the actor sees.
pub async fn link(
    app: &Arc<App>,
    viewer: &Viewer,
    key: Key,
    input: LinkInput,
    retry: Option<Retry>,
) -> Result<LinkView, AppError> {
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let shared = Arc::clone(app);
    let view = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let editing = Editing::open(&shared, tx, actor, key, None).await?;
                if let Some(retry) = retry {
                    let location = format!("/api/v1/items/{}/links", editing.before.id);
                    retry.remember(&shared, tx, 201, &location).await?;
                }
                editing.may(Action::Link)?;
                let view = make(&editing, input).await?;
                Ok::<_, AppError>(view)
            })
        })
        .await?;
    app.committed();
    Ok(view)
}

async fn make(editing: &Editing<'_>, input: LinkInput) -> Result<LinkView, AppError> {
    let unknown = || AppError::field("/to", FieldCode::UnknownReference);
    let other = match find_visible(editing.tx, &editing.viewer(), input.to).await {
        Err(AppError::NotFound | AppError::Gone { .. }) => return Err(unknown()),
        found => found?,
    };
    if other.id == editing.before.id {
        return Err(AppError::field("/to", FieldCode::NotAllowed));
    }
    let link = ItemLink {
        id: LinkId(uuid(editing.app.random.as_ref())),
        from: editing.before.id,
        to: other.id,
        kind: input.kind,
    };
    check(editing, &link).await?;
    stored::insert_link(editing.tx, &link).await?;
    enter(editing, "item.linked", &link, &other).await?;
    let linked = LinkedItem { link, of: link.from, other };
    Ok(LinkView::new(&editing.viewer(), linked))
}

/// Links an item that was merged, as it stands after the move, to what it was merged into: it is the same.
pub(super) async fn link_to_target(
    editing: &Editing<'_>,
    merged: Item,
    target: &Item,
) -> Result<Item, AppError> {
    let link = ItemLink {
        id: LinkId(uuid(editing.app.random.as_ref())),
        from: merged.id,
        to: target.id,
        kind: LinkKind::Duplicates,
    };
    if stored::is_linked(editing.tx, &link).await? {
        return Ok(merged);
    }
    stored::insert_link(editing.tx, &link).await?;
    let facts = editing.facts.clone();
    let after = Editing {
        app: editing.app,
        tx: editing.tx,
        act: editing.act,
        actor: editing.actor,
        before: merged,
        facts,
    };
    enter(&after, "item.linked", &link, target).await
}

/// The link is new, and leads nowhere back where that must not be.
async fn check(editing: &Editing<'_>, link: &ItemLink) -> Result<(), AppError> {
    if stored::is_linked(editing.tx, link).await? {
        return Err(Code::LinkExists.into());
    }
    if link.kind.is_acyclic() && stored::leads_back(editing.tx, link.kind, link.to, link.from).await? {
        return Err(Code::LinkCycle.into());
    }
    Ok(())
}

/// Enters a link into the ledger, at the end it was made from. The other end is named only where everybody who
/// reads the entry sees it.
async fn enter(
    editing: &Editing<'_>,
    action: &'static str,
    link: &ItemLink,
    other: &Item,
) -> Result<Item, AppError> {
    let named = other.text_level >= editing.before.text_level;
    let target = named.then(|| other.id.to_string());
    let change = ItemChange {
        action,
        reason: json!({"link": link.id.to_string(), "kind": link.kind.code(), "to": target}),
        ..ItemChange::default()
    };
    Ok(editing.save(editing.before.clone(), change).await?.0)
}

/// Removes a link from the end it was made from.
pub async fn delete_link(app: &Arc<App>, viewer: &Viewer, key: Key, id: LinkId) -> Result<(), AppError> {
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let shared = Arc::clone(app);
    app.store
        .write(move |tx| {
            Box::pin(async move {
                let editing = Editing::open(&shared, tx, actor, key, None).await?;
                let link = stored::find_link(tx, id).await?.filter(|link| link.from == editing.before.id);
                let link = link.ok_or(AppError::NotFound)?;
                let other = find_visible(tx, &editing.viewer(), Key::Id(link.to)).await?;
                editing.may(Action::Link)?;
                stored::delete_link(tx, id).await?;
                enter(&editing, "item.unlinked", &link, &other).await?;
                Ok::<_, AppError>(())
            })
        })
        .await?;
    app.committed();
    Ok(())
}
