//! Who answers for an item.

use std::sync::Arc;

use qadam_domain::accounts::Viewer;
use qadam_domain::policy::Action;
use qadam_storage::items::Key;

use super::editing::Editing;
use super::inputs::{OwnerInput, owners};
use super::view::ItemView;
use crate::application::App;
use crate::error::{AppError, Code, FieldCode};
use crate::ledger::ItemChange;
use crate::precondition::IfMatch;

/// Replaces an item's owners. One lead remains wherever the status needs one.
pub async fn replace_owners(
    app: &Arc<App>,
    viewer: &Viewer,
    key: Key,
    condition: IfMatch,
    named: Vec<OwnerInput>,
) -> Result<ItemView, AppError> {
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let shared = Arc::clone(app);
    let item = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let editing = Editing::open(&shared, tx, actor, key, Some(&condition)).await?;
                editing.may(Action::ChangeOwners)?;
                let mut after = editing.before.clone();
                after.owners = owners(&shared, &named).map_err(AppError::Invalid)?;
                if after.status.needs_lead() && after.lead().is_none() {
                    return Err(AppError::field("/owners", FieldCode::Required));
                }
                if after.owners == editing.before.owners {
                    return Ok(after);
                }
                let change = ItemChange { action: "item.owners_changed", ..ItemChange::default() };
                Ok::<_, AppError>(editing.save(after, change).await?.0)
            })
        })
        .await?;
    app.committed();
    ItemView::load(app, viewer, item).await
}
