//! Creating a draft.

use std::sync::Arc;

use qadam_domain::accounts::{Actor, Role, Viewer};
use qadam_domain::calendar::AsOf;
use qadam_domain::ids::{ItemId, OrganisationId, UserId};
use qadam_domain::items::reference::filing_code;
use qadam_domain::items::{ChangedAt, Item, Kind, Owner, OwnerRole, Status};
use qadam_domain::language::Translations;
use qadam_domain::levels::Level;
use qadam_domain::policy::{Action, Subject, may};
use qadam_storage::{Tx, accounts, items as stored};

use super::inputs::{NewItem, check_classification, check_mechanism, organisations, owners};
use super::view::ItemView;
use crate::application::App;
use crate::error::{AppError, FieldCode, FieldError};
use crate::idempotency::Retry;
use crate::random::{bytes, uuid};

/// How many colleagues a draft may name.
const DRAFTERS_MAX: usize = 20;

/// A new draft.
#[derive(Debug)]
pub struct Created {
    /// As its author sees it.
    pub view: ItemView,
}

/// Creates a draft of an item in the actor's own name. It is seen by its author and the colleagues it names.
pub async fn create(
    app: &Arc<App>,
    viewer: &Viewer,
    new: NewItem,
    retry: Option<Retry>,
) -> Result<Created, AppError> {
    may(viewer, Action::CreateItem(new.kind), Subject::Register)?;
    let actor = *viewer.actor().ok_or(AppError::NotFound)?;
    let item = draft(app, &actor, new)?;
    let shared = Arc::clone(app);
    let item = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                if let Some(retry) = retry {
                    retry.remember(&shared, tx, 201, &format!("/api/v1/items/{}", item.id)).await?;
                }
                check_drafters(tx, &actor, &item).await?;
                stored::insert(tx, &item).await?;
                Ok::<_, AppError>(item)
            })
        })
        .await?;
    Ok(Created { view: ItemView::load(app, viewer, item).await? })
}

/// The draft that the named values make.
fn draft(app: &App, actor: &Actor, new: NewItem) -> Result<Item, AppError> {
    let mut item = item_from(app, new)?;
    item.filed_by = vec![actor.organisation];
    item.drafters.retain(|drafter| *drafter != actor.user);
    item.drafters.insert(0, actor.user);
    if item.kind == Kind::Commitment && actor.role != Role::Secretariat {
        lead_own(app, &mut item, actor.organisation)?;
    }
    Ok(item)
}

/// A body's draft is led by the body.
fn lead_own(app: &App, item: &mut Item, body: OrganisationId) -> Result<(), AppError> {
    match item.lead() {
        None => {
            item.owners.retain(|owner| owner.organisation != body);
            let by_agreement = app.directory().get(body).is_some_and(|body| body.by_agreement);
            item.owners.insert(0, Owner { organisation: body, role: OwnerRole::Lead, by_agreement });
            Ok(())
        }
        Some(lead) if lead == body => Ok(()),
        Some(_) => Err(AppError::field("/owners", FieldCode::NotAllowed)),
    }
}

/// A draft item from named values, without author: every value checked, all mistakes told at once.
pub(crate) fn item_from(app: &App, new: NewItem) -> Result<Item, AppError> {
    let original_language = new.original()?;
    let mut errors = new.misplaced();
    errors.extend(check_classification(app, [&new.themes, &new.legal_refs, &new.groups, &new.sdg_targets]));
    errors.extend(check_mechanism(app, &new.source));
    if new.drafters.len() > DRAFTERS_MAX {
        errors.push(FieldError::new("/drafters", FieldCode::TooMany));
    }
    if new.due.is_some() && !new.no_due_reason.is_empty() {
        errors.push(FieldError::new("/no_due_reason", FieldCode::Contradiction));
    }
    let owners = owners(app, &new.owners).unwrap_or_else(|mistakes| {
        errors.extend(mistakes);
        Vec::new()
    });
    let addressees = organisations(app, "/addressees", &new.addressees).unwrap_or_else(|mistakes| {
        errors.extend(mistakes);
        Vec::new()
    });
    if !errors.is_empty() {
        return Err(AppError::Invalid(errors));
    }
    let now = app.now();
    let today = app.today();
    Ok(Item {
        id: ItemId(uuid(app.random.as_ref())),
        kind: new.kind,
        reference: None,
        filing_code: (new.kind == Kind::Proposal).then(|| filing_code(bytes(app.random.as_ref()))),
        status: Status::Draft,
        status_as_of: AsOf::day(today),
        closing_result: None,
        contested: false,
        translations: Translations::of(&new.title),
        title: new.title,
        summary: new.summary,
        original_language,
        themes: new.themes,
        legal_refs: new.legal_refs,
        groups: new.groups,
        sdg_targets: new.sdg_targets,
        owners,
        addressees,
        filed_by: Vec::new(),
        drafters: new.drafters,
        source: new.source,
        recorded_from: None,
        answer: None,
        due: new.due.map(super::inputs::DueInput::deadline),
        no_due_reason: new.no_due_reason,
        original_due_on: None,
        information_due_on: new.information_due_on,
        priority: false,
        grounds: new.grounds,
        expected_result: new.expected_result,
        completion_form: new.completion_form,
        followup_selected: new.followup_selected,
        information_quality: new.information_quality,
        text_level: Level::Own,
        identity_level: Level::Own,
        filed_on: None,
        response: None,
        entered_on: today,
        version: 1,
        changed: [ChangedAt { position: 0, at: now }; 5],
    })
}

/// The colleagues a draft names are accounts of its author's organisation.
async fn check_drafters(tx: &Tx, actor: &Actor, item: &Item) -> Result<(), AppError> {
    check_drafters_but(tx, actor, item, &[]).await
}

async fn check_drafters_but(tx: &Tx, actor: &Actor, item: &Item, known: &[UserId]) -> Result<(), AppError> {
    for (index, drafter) in item.drafters.iter().enumerate() {
        let known = *drafter == actor.user || known.contains(drafter);
        if !known && !is_colleague(tx, actor, *drafter).await? {
            return Err(AppError::field(format!("/drafters/{index}"), FieldCode::UnknownReference));
        }
    }
    Ok(())
}

/// Lets those of other organisations that file a draft together stay its drafters: each names its own people.
pub(super) async fn keep_drafters_of_others(
    tx: &Tx,
    actor: &Actor,
    before: &Item,
    after: &mut Item,
) -> Result<(), AppError> {
    check_drafters_but(tx, actor, after, &before.drafters).await?;
    let author = before.drafters.first().copied();
    let named = std::mem::take(&mut after.drafters);
    let mut kept: Vec<UserId> = author.into_iter().chain([actor.user]).collect();
    for drafter in before.drafters.iter().skip(1) {
        if !is_colleague(tx, actor, *drafter).await? {
            kept.push(*drafter);
        }
    }
    kept.extend(named);
    for drafter in kept {
        if !after.drafters.contains(&drafter) {
            after.drafters.push(drafter);
        }
    }
    Ok(())
}

/// Those drafters who are of other organisations than the actor's.
pub(super) async fn drafters_of_others(
    tx: &Tx,
    actor: &Actor,
    drafters: &[UserId],
) -> Result<Vec<UserId>, AppError> {
    let mut others = Vec::new();
    for drafter in drafters {
        if *drafter != actor.user && !is_colleague(tx, actor, *drafter).await? {
            others.push(*drafter);
        }
    }
    Ok(others)
}

async fn is_colleague(tx: &Tx, actor: &Actor, drafter: UserId) -> Result<bool, AppError> {
    let account = accounts::find(tx, drafter).await?;
    Ok(account.is_some_and(|account| account.organisation == actor.organisation))
}
