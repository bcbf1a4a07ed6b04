//! What becomes of a report that was written: handing in, approving, returning, throwing away.

use std::sync::Arc;

use qadam_domain::accounts::{Actor, Viewer};
use qadam_domain::ids::ContributionId;
use qadam_domain::items::Item;
use qadam_domain::items::contributions::Contribution;
use qadam_domain::items::updates::UpdateStep;
use qadam_domain::language::LanguageMap;
use qadam_storage::Tx;
use qadam_storage::items::{self as stored, Key};

use super::reporting::{hand_in, in_state, next, publish, state_of};
use crate::application::App;
use crate::error::{AppError, Code, FieldCode};
use crate::idempotency::Retry;
use crate::items::contributions::Contributed;
use crate::items::editing::Editing;
use crate::items::record::language_map;

/// A step as named by a caller.
#[derive(Debug, Clone)]
pub struct StepInput {
    /// Which.
    pub step: UpdateStep,
    /// Why, where a report is returned.
    pub reason: LanguageMap,
}

/// Takes a step with a report of the actor's body. Nothing is left of one that was thrown away.
pub async fn step(
    app: &Arc<App>,
    viewer: &Viewer,
    key: Key,
    id: ContributionId,
    input: StepInput,
    retry: Option<Retry>,
) -> Result<Contributed, AppError> {
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let shared = Arc::clone(app);
    let (item, made) = app
        .store
        .write(move |tx| Box::pin(async move { take(&shared, tx, actor, key, id, &input, retry).await }))
        .await?;
    app.committed();
    Contributed::load(app, viewer, item, made).await
}

async fn take(
    app: &Arc<App>,
    tx: &Tx,
    actor: Actor,
    key: Key,
    id: ContributionId,
    input: &StepInput,
    retry: Option<Retry>,
) -> Result<(Item, Contribution), AppError> {
    let editing = Editing::open(app, tx, actor, key, None).await?;
    let before = editing.own_update(id).await?;
    if let Some(retry) = retry {
        let location = format!("/api/v1/items/{}/updates/{id}", editing.before.id);
        retry.remember(app, tx, 201, &location).await?;
    }
    let state = state_of(&before)?;
    if input.step == UpdateStep::Submit {
        return Box::pin(hand_in(&editing, before.clone(), Some(&before))).await;
    }
    let after = next(&editing, state, input.step, false)?;
    match input.step {
        UpdateStep::Approve => Box::pin(publish(&editing, before.clone(), Some(&before))).await,
        UpdateStep::Return => {
            if input.reason.is_empty() {
                return Err(AppError::field("/reason", FieldCode::Required));
            }
            let returned = in_state(before.clone(), after, input.reason.clone());
            let words = language_map(&input.reason);
            editing.change_contribution(&before, returned, "update.returned", words).await
        }
        UpdateStep::Discard => {
            stored::delete_contribution(tx, &before).await?;
            Ok((editing.before, before))
        }
        UpdateStep::Edit | UpdateStep::Submit => Err(Code::UpdateConflict.into()),
    }
}
