//! Filing together: inviting organisations, and joining those that invite.
//!
//! Who is invited reads the proposal through the invitation and nowhere else. An invitation is no record of the register:
//! the ledger learns of who joined, on the identity axis.

use std::sync::Arc;

use qadam_domain::accounts::{Actor, Role, Viewer};
use qadam_domain::ids::{EventId, OrganisationId};
use qadam_domain::items::co_filing::{FILERS_MAX, FilingLevels, JOINED, JoiningRefusal, may_join};
use qadam_domain::items::{Item, Status};
use qadam_domain::levels::{Axis, Level, may_see_own};
use qadam_domain::organisations::OrganisationKind;
use qadam_domain::policy::Action;
use qadam_storage::Db;
use qadam_storage::items::{self as stored, CoFilingInvitation, Consent, Key, Scope};

use super::create::drafters_of_others;
use super::editing::{Editing, find_visible};
use super::view::ItemView;
use crate::application::App;
use crate::error::{AppError, Code, FieldCode};
use crate::idempotency::Retry;
use crate::ledger::{Axes, ItemChange};
use crate::random::uuid;

/// An invitation to file a proposal together.
pub type Invitation = CoFilingInvitation;

/// An invitation as the invited organisation reads it.
#[derive(Debug, Clone)]
pub struct InvitedTo {
    /// The invitation.
    pub invitation: Invitation,
    /// The proposal as it stands.
    pub item: Item,
}

/// The invitations to file a proposal that are open, for those who file it.
pub async fn invitations(app: &App, viewer: &Viewer, key: Key) -> Result<Vec<Invitation>, AppError> {
    let reader = app.store.read();
    let item = find_visible(&reader, viewer, key).await?;
    let files = viewer.actor().is_some_and(|actor| item.filed_by.contains(&actor.organisation));
    if !files || !item.relation(viewer).reads(Level::Own) {
        return Err(Code::RoleRequired.into());
    }
    Ok(stored::invitations_to(&reader, item.id).await?)
}

/// Invites an organisation of civil society, by code or identifier.
pub async fn invite_to_file(
    app: &Arc<App>,
    viewer: &Viewer,
    key: Key,
    organisation: String,
    retry: Option<Retry>,
) -> Result<Invitation, AppError> {
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let shared = Arc::clone(app);
    app.store
        .write(move |tx| {
            Box::pin(async move {
                let editing = Editing::open(&shared, tx, actor, key, None).await?;
                if let Some(retry) = retry {
                    let at = format!("/api/v1/items/{}/co-filing-invitations", editing.before.id);
                    retry.remember(&shared, tx, 201, &at).await?;
                }
                editing.may(Action::InviteToFile)?;
                let invited = invitable(&editing, &organisation).await?;
                let invitation = Invitation {
                    id: EventId(uuid(shared.random.as_ref())),
                    item: editing.before.id,
                    organisation: invited,
                    invited_by: actor.organisation,
                    invited_on: editing.act.today,
                };
                stored::insert_invitation(tx, &invitation).await?;
                Ok::<_, AppError>(invitation)
            })
        })
        .await
}

/// Takes an invitation back.
pub async fn withdraw_invitation(
    app: &Arc<App>,
    viewer: &Viewer,
    key: Key,
    id: EventId,
) -> Result<(), AppError> {
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let shared = Arc::clone(app);
    app.store
        .write(move |tx| {
            Box::pin(async move {
                let editing = Editing::open(&shared, tx, actor, key, None).await?;
                editing.may(Action::TakeBackInvitation)?;
                let found = stored::find_invitation(tx, id).await?;
                let found = found.filter(|found| found.item == editing.before.id);
                let found = found.ok_or(AppError::NotFound)?;
                stored::delete_invitation(tx, found.id).await?;
                Ok::<_, AppError>(())
            })
        })
        .await
}

/// Takes the name of the viewer's organisation, and all that it agreed to, from a proposal that others file too. What it
/// wrote stays; what was told of it stays told, where it was told.
pub async fn leave_co_filing(app: &Arc<App>, viewer: &Viewer, key: Key) -> Result<(), AppError> {
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let shared = Arc::clone(app);
    app.store
        .write(move |tx| {
            Box::pin(async move {
                let editing = Editing::open(&shared, tx, actor, key, None).await?;
                editing.may(Action::LeaveFiling)?;
                leave(&editing).await
            })
        })
        .await?;
    app.committed();
    Ok(())
}

/// The invitations of the viewer's organisation that are open, newest first.
pub async fn invitations_of_mine(app: &App, viewer: &Viewer) -> Result<Vec<InvitedTo>, AppError> {
    let actor = viewer.actor().ok_or(Code::Unauthenticated)?;
    if !speaks(actor) {
        return Ok(Vec::new());
    }
    let reader = app.store.read();
    let all = stored::invitations_of(&reader, actor.organisation, &JOINED).await?;
    let ids: Vec<_> = all.iter().map(|invitation| invitation.item).collect();
    // Through the invitation, whoever else may see it.
    let items = stored::find_many(&reader, Scope::everything(), &ids).await?;
    let invited = |invitation: Invitation| {
        let item = items.iter().find(|item| item.id == invitation.item)?;
        Some(InvitedTo { invitation, item: item.clone() })
    };
    Ok(all.into_iter().filter_map(invited).collect())
}

/// Accepts an invitation: the viewer's organisation files the proposal too, with its text and its name known at the
/// levels at which the others agreed to be read, which it says.
pub async fn accept_invitation(
    app: &Arc<App>,
    viewer: &Viewer,
    id: EventId,
    agreed: FilingLevels,
    retry: Option<Retry>,
) -> Result<ItemView, AppError> {
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let shared = Arc::clone(app);
    let item = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let (invitation, before) = invited(tx, &actor, id).await?;
                if let Some(retry) = retry {
                    retry.remember(&shared, tx, 201, &format!("/api/v1/items/{}", before.id)).await?;
                }
                let stands = FilingLevels { text: before.text_level, identity: before.identity_level };
                may_join(before.status, stands, agreed).map_err(|refusal| match refusal {
                    JoiningRefusal::TooLate => Code::StatusConflict.into(),
                    JoiningRefusal::NamesPublic => Code::SecondPersonRequired.into(),
                    JoiningRefusal::OtherLevel(Axis::Text) => {
                        AppError::field("/text_level", FieldCode::Contradiction)
                    }
                    JoiningRefusal::OtherLevel(Axis::Identity) => {
                        AppError::field("/identity_level", FieldCode::Contradiction)
                    }
                })?;
                let consents = stored::consents(tx, before.id).await?;
                let editing = Editing::of(&shared, tx, actor, before, &consents);
                stored::delete_invitation(tx, invitation.id).await?;
                join(&editing).await
            })
        })
        .await?;
    app.committed();
    ItemView::load(app, viewer, item).await
}

/// Declines an invitation.
pub async fn decline_invitation(app: &Arc<App>, viewer: &Viewer, id: EventId) -> Result<(), AppError> {
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    app.store
        .write(move |tx| {
            Box::pin(async move {
                let (invitation, _) = invited(tx, &actor, id).await?;
                stored::delete_invitation(tx, invitation.id).await?;
                Ok::<_, AppError>(())
            })
        })
        .await
}

/// Whether the viewer's organisation has this invitation; otherwise there is none.
pub async fn check_invited(app: &App, viewer: &Viewer, id: EventId) -> Result<(), AppError> {
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    invited(&app.store.read(), &actor, id).await.map(|_| ())
}

/// An invitation of the actor's organisation, and what it is to.
async fn invited(db: &impl Db, actor: &Actor, id: EventId) -> Result<(Invitation, Item), AppError> {
    let found = stored::find_invitation(db, id).await?;
    let found = found.filter(|found| found.organisation == actor.organisation && speaks(actor));
    let found = found.ok_or(AppError::NotFound)?;
    let item = stored::find(db, Scope::everything(), Key::Id(found.item)).await?;
    Ok((found, item.ok_or(AppError::NotFound)?))
}

/// Whether somebody answers invitations for its organisation.
fn speaks(actor: &Actor) -> bool {
    actor.role == Role::NgoMember && may_see_own(actor.role, actor.confirmed)
}

/// The organisation, if it can be invited.
async fn invitable(editing: &Editing<'_>, named: &str) -> Result<OrganisationId, AppError> {
    let refused = |code| AppError::field("/organisation", code);
    let directory = editing.app.directory();
    let found = directory.find(named).filter(|organisation| organisation.active);
    let found = found.ok_or_else(|| refused(FieldCode::UnknownReference))?;
    if found.kind != OrganisationKind::CivilSociety {
        return Err(refused(FieldCode::NotAllowed));
    }
    let open = stored::invitations_to(editing.tx, editing.before.id).await?;
    let filers = &editing.before.filed_by;
    if filers.contains(&found.id) || open.iter().any(|invitation| invitation.organisation == found.id) {
        return Err(refused(FieldCode::Duplicate));
    }
    if filers.len() + open.len() >= FILERS_MAX {
        return Err(refused(FieldCode::TooMany));
    }
    Ok(found.id)
}

/// Lets the actor's organisation file the item too, agreeing to what the others agreed to.
async fn join(editing: &Editing<'_>) -> Result<Item, AppError> {
    let mut after = editing.before.clone();
    after.filed_by.push(editing.actor.organisation);
    if after.status == Status::Draft {
        after.drafters.push(editing.actor.user);
    }
    for (axis, level) in [(Axis::Text, after.text_level), (Axis::Identity, after.identity_level)] {
        if level > Level::Secretariat || (axis == Axis::Identity && level > Level::Own) {
            let consent = Consent {
                id: EventId(uuid(editing.app.random.as_ref())),
                item: after.id,
                axis,
                level,
                organisation: editing.actor.organisation,
                user: editing.actor.user,
                given_on: editing.act.today,
            };
            stored::insert_consent(editing.tx, &consent).await?;
        }
    }
    let change = ItemChange { action: "item.co_filed", axes: Axes::Identity, ..ItemChange::default() };
    Ok(editing.save(after, change).await?.0)
}

/// Takes the actor's organisation from those who file the item.
async fn leave(editing: &Editing<'_>) -> Result<(), AppError> {
    let mut after = editing.before.clone();
    after.filed_by.retain(|filer| *filer != editing.actor.organisation);
    after.drafters = drafters_of_others(editing.tx, &editing.actor, &after.drafters).await?;
    stored::withdraw_consents_of(editing.tx, after.id, editing.actor.organisation).await?;
    let change = ItemChange { action: "item.co_filing_left", axes: Axes::Identity, ..ItemChange::default() };
    editing.save(after, change).await?;
    Ok(())
}
