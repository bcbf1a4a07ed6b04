//! Who counts as a member of a civil-society organisation, and who says so.
//!
//! An unconfirmed account sees nothing that its organisation sees alone. The first account of an organisation is
//! confirmed by being the first; every later one by a fellow member. Members are all accounts that ever signed in,
//! disabled ones too: otherwise an operator could disable the members and let in a "first" one.

use std::sync::Arc;

use qadam_domain::accounts::{Role, Viewer};
use qadam_domain::ids::{OrganisationId, UserId};
use qadam_domain::organisations::OrganisationKind;
use qadam_domain::policy::{Action, Refusal, Subject, may};
use qadam_storage::accounts::{self as stored, Account, AccountState, Confirmed};
use qadam_storage::{Db, Tx, organisations};

use super::fields::fits;
use super::record::enter;
use crate::application::App;
use crate::error::{AppError, Code};
use crate::ledger::Act;

/// Whether a newcomer to this organisation needs no confirmation.
pub(super) async fn is_confirmed_at_once(
    db: &impl Db,
    kind: OrganisationKind,
    organisation: OrganisationId,
    newcomer: UserId,
) -> Result<bool, AppError> {
    if kind != OrganisationKind::CivilSociety {
        return Ok(true);
    }
    Ok(!stored::has_member(db, organisation, Some(newcomer), Confirmed::OrNot).await?)
}

/// Whether an account keeps its confirmation when it is let in again: not where there is another confirmed member,
/// who can give it anew. That member may be disabled: else an operator could disable all members and let in the
/// one they like.
pub(super) async fn stays_confirmed(db: &impl Db, account: &Account) -> Result<bool, AppError> {
    if !account.confirmed || account.role != Role::NgoMember {
        return Ok(account.confirmed);
    }
    Ok(!stored::has_member(db, account.organisation, Some(account.id), Confirmed::Only).await?)
}

/// Whether the organisation has ever had an account that signed in.
pub(crate) async fn has_members(db: &impl Db, organisation: OrganisationId) -> Result<bool, AppError> {
    Ok(stored::has_member(db, organisation, None, Confirmed::OrNot).await?)
}

/// Lets an invited account in with the hash of its first password.
pub(crate) async fn activate(
    app: &Arc<App>,
    tx: &Tx,
    before: Account,
    password_hash: String,
) -> Result<Account, AppError> {
    let organisation = organisations::find(tx, before.organisation).await?.ok_or(Code::InvalidLink)?;
    if !fits(app, before.role, &organisation) {
        return Err(Code::InvalidLink.into());
    }
    let confirmed = is_confirmed_at_once(tx, organisation.kind, organisation.id, before.id).await?;
    let after = Account {
        state: AccountState::Active,
        password_hash: Some(password_hash),
        confirmed,
        version: before.version + 1,
        ..before.clone()
    };
    stored::update(tx, &before, &after).await?;
    let act = Act::of(app, Some(&after.actor()));
    enter(app, tx, &act, "account.activated", Some(&before), &after).await?;
    Ok(after)
}

/// Whether the viewer knows of an account that it might confirm: 404 where it does not, whatever else is wrong.
pub async fn known(app: &App, viewer: &Viewer, id: UserId) -> Result<(), AppError> {
    let account = stored::find(&app.store.read(), id).await?.ok_or(AppError::NotFound)?;
    match may(viewer, Action::ConfirmMember, subject(&account)) {
        Err(absent @ Refusal::NotFound) => Err(absent.into()),
        Ok(()) | Err(_) => Ok(()),
    }
}

const fn subject(account: &Account) -> Subject<'static> {
    Subject::User { organisation: account.organisation, user: account.id }
}

/// Confirms a fellow member who has signed in. Confirming twice changes nothing.
pub async fn confirm_member(app: &Arc<App>, viewer: &Viewer, id: UserId) -> Result<Account, AppError> {
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let shared = Arc::clone(app);
    let viewer = *viewer;
    let account = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let before = stored::find(tx, id).await?.ok_or(AppError::NotFound)?;
                may(&viewer, Action::ConfirmMember, subject(&before))?;
                if before.state != AccountState::Active {
                    return Err(Code::StatusConflict.into());
                }
                if before.confirmed {
                    return Ok(before);
                }
                let after = Account { confirmed: true, version: before.version + 1, ..before.clone() };
                stored::update(tx, &before, &after).await?;
                let act = Act::of(&shared, Some(&actor));
                enter(&shared, tx, &act, "account.confirmed", Some(&before), &after).await?;
                Ok::<_, AppError>(after)
            })
        })
        .await?;
    app.committed();
    Ok(account)
}
