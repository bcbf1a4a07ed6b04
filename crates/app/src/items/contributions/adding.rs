//! Adding something to an item, and going on with what was added: the frame that is the same for every kind.

use std::sync::Arc;

use qadam_domain::accounts::{Role, Viewer};
use qadam_domain::ids::ContributionId;
use qadam_domain::items::Item;
use qadam_domain::items::contributions::{Contribution, ContributionKind};
use qadam_domain::policy::{Action, ContributorFacts};
use qadam_storage::accounts;
use qadam_storage::items::{self as stored, Key};
use serde_json::Value;

use super::Contributed;
use crate::application::App;
use crate::error::{AppError, Code};
use crate::idempotency::Retry;
use crate::items::assessments::assessor_facts;
use crate::items::editing::{Editing, check_condition, find_visible};
use crate::items::read::allowed;
use crate::precondition::IfMatch;

/// How many of a kind one organisation adds to one item at most: what several add still fits into a list.
const ADDED_MAX: u64 = 100;

/// Something that is added to an item.
pub trait Addition: Send + 'static {
    /// What it is.
    const KIND: ContributionKind;
    /// The last part of the address under which it will stand.
    const PATH: &'static str;
    /// What is done, as the ledger calls it.
    const ACTION: &'static str;

    /// What the actor must be allowed to do.
    fn action(facts: ContributorFacts) -> Action {
        Action::Add(Self::KIND, facts)
    }

    /// What was added before that it names.
    fn about(&self) -> Option<ContributionId> {
        None
    }

    /// The contribution as it will be saved, or what is wrong with it. That the actor may add it is certain.
    fn prepare(self, adding: &Adding<'_>) -> Result<Contribution, AppError>;
}

/// Something that is done with what was added.
pub trait Continuation: Send + 'static {
    /// What it is done with.
    const KIND: ContributionKind;
    /// The last part of the address under which that stands.
    const PATH: &'static str;

    /// What the actor must be allowed to do.
    fn action(facts: ContributorFacts) -> Action {
        Action::Add(Self::KIND, facts)
    }

    /// What was added before that this one names.
    fn about(_before: &Contribution) -> Option<ContributionId> {
        None
    }

    /// What was added as it will be then, what is done as the ledger calls it, and why.
    fn apply(
        self,
        adding: &Adding<'_>,
        before: &Contribution,
    ) -> Result<(Contribution, &'static str, Value), AppError>;
}

/// An item to which something is added.
pub struct Adding<'a> {
    pub(in crate::items) editing: &'a Editing<'a>,
    /// What the addition names, where the actor reads it.
    pub(in crate::items) about: Option<Contribution>,
}

/// Adds something to an item.
pub async fn add<A: Addition>(
    app: &Arc<App>,
    viewer: &Viewer,
    key: Key,
    addition: A,
    retry: Option<Retry>,
) -> Result<Contributed, AppError> {
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let shared = Arc::clone(app);
    let (item, made) = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let editing = Editing::open(&shared, tx, actor, key, None).await?;
                editing.may(A::action(editing.contributor().await?))?;
                let about = editing.read_by_actor(addition.about()).await?;
                editing.check_room(A::KIND).await?;
                let made = addition.prepare(&Adding { editing: &editing, about })?;
                if let Some(retry) = retry {
                    let location = format!("/api/v1/items/{}/{}/{}", made.item, A::PATH, made.id);
                    retry.remember(&shared, tx, 201, &location).await?;
                }
                editing.contribute(made, A::ACTION, Value::Null).await
            })
        })
        .await?;
    app.committed();
    Contributed::load(app, viewer, item, made).await
}

/// Goes on with what was added to an item.
pub async fn go_on<C: Continuation>(
    app: &Arc<App>,
    viewer: &Viewer,
    key: Key,
    id: ContributionId,
    condition: Option<IfMatch>,
    continuation: C,
    retry: Option<Retry>,
) -> Result<Contributed, AppError> {
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let shared = Arc::clone(app);
    let (item, made) = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let editing = Editing::open(&shared, tx, actor, key, None).await?;
                let before = editing.contributed(id, C::KIND).await?;
                check_condition(&shared, tx, &editing.viewer(), &editing.before, condition.as_ref()).await?;
                editing.may(C::action(editing.contributor().await?))?;
                let about = editing.read_by_actor(C::about(&before)).await?;
                if let Some(retry) = retry {
                    let location = format!("/api/v1/items/{}/{}/{id}", editing.before.id, C::PATH);
                    retry.remember(&shared, tx, 201, &location).await?;
                }
                let (after, action, reason) =
                    continuation.apply(&Adding { editing: &editing, about }, &before)?;
                if after == before {
                    return Ok::<_, AppError>((editing.before, before));
                }
                editing.change_contribution(&before, after, action, reason).await
            })
        })
        .await?;
    app.committed();
    Contributed::load(app, viewer, item, made).await
}

/// Whether the viewer may add something of a kind to an item that it sees, or go on with it: asked where something is
/// wrong with the fields, so that 412 and 403 come first.
pub async fn may_add(
    app: &App,
    viewer: &Viewer,
    key: Key,
    condition: Option<&IfMatch>,
    action: fn(ContributorFacts) -> Action,
) -> Result<(), AppError> {
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let reader = app.store.read();
    let item = find_visible(&reader, viewer, key).await?;
    let body_has_approver = accounts::has_active(&reader, actor.organisation, Role::Approver).await?;
    let facts = contributor(app, &item, &actor, body_has_approver)?;
    allowed(app, viewer, key, condition, action(facts)).await
}

impl Editing<'_> {
    /// What the actor is who adds something.
    pub(in crate::items) async fn contributor(&self) -> Result<ContributorFacts, AppError> {
        contributor(self.app, &self.before, &self.actor, self.body_has_approver().await?)
    }

    /// Whether the actor's organisation may add one more of a kind to the item.
    pub(in crate::items) async fn check_room(&self, kind: ContributionKind) -> Result<(), AppError> {
        let added =
            stored::count_contributions(self.tx, self.before.id, self.actor.organisation, kind).await?;
        if added < ADDED_MAX { Ok(()) } else { Err(Code::TooManyAdded.into()) }
    }

    /// What was added to the item before, if the actor reads it.
    pub(in crate::items) async fn read_by_actor(
        &self,
        id: Option<ContributionId>,
    ) -> Result<Option<Contribution>, AppError> {
        let Some(id) = id else { return Ok(None) };
        let found = stored::find_contribution(self.tx, id).await?;
        Ok(found.filter(|one| one.item == self.before.id && one.is_read_by(&self.viewer(), &self.before)))
    }
}

/// What somebody is who adds something to an item.
pub(in crate::items) fn contributor(
    app: &App,
    item: &Item,
    actor: &qadam_domain::accounts::Actor,
    body_has_approver: bool,
) -> Result<ContributorFacts, AppError> {
    let directory = app.directory();
    let organisation = directory.get(actor.organisation).ok_or(Code::RoleRequired)?;
    Ok(ContributorFacts { assessor: assessor_facts(app, item, organisation), body_has_approver })
}
