//! Deleting an own draft. Nothing else is ever deleted.

use std::sync::Arc;

use qadam_domain::accounts::Viewer;
use qadam_domain::policy::Action;
use qadam_storage::items::{self as stored, Key};

use super::editing::Editing;
use crate::application::App;
use crate::error::{AppError, Code};
use crate::precondition::IfMatch;

/// Deletes a draft that the actor wrote.
pub async fn delete_draft(
    app: &Arc<App>,
    viewer: &Viewer,
    key: Key,
    condition: IfMatch,
) -> Result<(), AppError> {
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let shared = Arc::clone(app);
    app.store
        .write(move |tx| {
            Box::pin(async move {
                let editing = Editing::open(&shared, tx, actor, key, Some(&condition)).await?;
                editing.may(Action::DeleteDraft)?;
                Ok(stored::delete(tx, &editing.before).await?)
            })
        })
        .await
}
