//! Who counts as a member of a civil-society organisation or of the secretariat, and who says so.
//!
//! An unconfirmed account of civil society sees nothing that its organisation sees alone; one of the secretariat does
//! not come in at all. The first account is confirmed by being the first; every later one by a colleague. Members are all accounts that ever signed in,
//! disabled ones too: otherwise an operator could disable the members and let in a "first" one.

use std::sync::Arc;

use qadam_domain::accounts::{Actor, Role, Viewer};
use qadam_domain::ids::{OrganisationId, UserId};
use qadam_domain::policy::{AccountFacts, Action, Refusal, Subject, may};
use qadam_storage::accounts::{self as stored, Account, AccountState, Confirmed};
use qadam_storage::{Db, Tx, organisations};

use super::email::normalised as normalised_email;
use super::fields::fits;
use super::record::enter;
use crate::application::App;
use crate::error::{AppError, Code};
use crate::items;
use crate::ledger::Act;

/// Whether a newcomer with this role needs nobody's word. The first of an organisation of civil society, or of the
/// secretariat, does not: there is nobody yet, and nothing yet to read.
pub(super) async fn is_confirmed_at_once(
    db: &impl Db,
    role: Role,
    organisation: OrganisationId,
    newcomer: UserId,
) -> Result<bool, AppError> {
    Ok(match role {
        Role::NgoMember => !stored::has_member(db, organisation, Some(newcomer), Confirmed::OrNot).await?,
        Role::Secretariat => !stored::has_been_secretariat(db, newcomer).await?,
        Role::Officer | Role::Approver | Role::Observer | Role::Admin => true,
    })
}

/// Whether an account keeps its confirmation when it is let in again: not where there is another confirmed member,
/// who can give it anew. That member may be disabled: else an operator could disable all members and let in the
/// one they like.
pub(super) async fn stays_confirmed(db: &impl Db, account: &Account) -> Result<bool, AppError> {
    if !account.confirmed {
        return Ok(false);
    }
    Ok(match account.role {
        Role::NgoMember => {
            !stored::has_member(db, account.organisation, Some(account.id), Confirmed::Only).await?
        }
        role => is_confirmed_at_once(db, role, account.organisation, account.id).await?,
    })
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
    let confirmed = is_confirmed_at_once(tx, before.role, organisation.id, before.id).await?;
    let after = Account {
        state: AccountState::Active,
        password_hash: Some(password_hash),
        confirmed,
        version: before.version + 1,
        ..before.clone()
    };
    stored::update(tx, &before, &after).await?;
    has_come(tx, &after).await?;
    let act = Act::of(app, Some(&after.actor()));
    enter(app, tx, &act, "account.activated", Some(&before), &after).await?;
    Ok(after)
}

/// What follows when an account comes to act, or comes back: it is noted where it is of the secretariat, and drafts that
/// nobody writes any more are its.
pub(super) async fn has_come(tx: &Tx, account: &Account) -> Result<(), AppError> {
    if account.state != AccountState::Active {
        return Ok(());
    }
    if account.role == Role::Secretariat {
        stored::note_secretariat(tx, account.id).await?;
    }
    pass_drafts_on(tx, account).await
}

/// Drafts that nobody writes any more pass to who is left beside an account.
pub(super) async fn pass_drafts_on(tx: &Tx, account: &Account) -> Result<(), AppError> {
    items::pass_drafts_on(tx, account.organisation, account.role).await
}

/// Whether the viewer knows of an account that it might confirm: 404 where it does not, whatever else is wrong.
pub async fn known(app: &App, viewer: &Viewer, id: UserId) -> Result<(), AppError> {
    let account = stored::find(&app.store.read(), id).await?.ok_or(AppError::NotFound)?;
    match may(viewer, Action::ConfirmMember, subject(&account)) {
        Err(absent @ Refusal::NotFound) => Err(absent.into()),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// What is known of an account that something is done to.
pub(super) const fn facts(account: &Account) -> AccountFacts {
    AccountFacts { organisation: account.organisation, user: account.id, role: account.role }
}

pub(super) const fn subject(account: &Account) -> Subject<'static> {
    Subject::Account(facts(account))
}

/// Confirms a colleague who has signed in for the first time. Confirming twice changes nothing.
pub async fn confirm_member(app: &Arc<App>, viewer: &Viewer, id: UserId) -> Result<Account, AppError> {
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let (shared, viewer) = (Arc::clone(app), *viewer);
    let account = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let before = stored::find(tx, id).await?.ok_or(AppError::NotFound)?;
                may(&viewer, Action::ConfirmMember, subject(&before))?;
                confirm(&shared, tx, before, Some(&actor)).await
            })
        })
        .await?;
    app.committed();
    Ok(account)
}

/// Confirms an account of the secretariat for whoever runs the program, from the command line: where no colleague is left
/// who could. No account does this, an administrator's neither.
pub async fn confirm_from_the_host(app: &Arc<App>, email: &str) -> Result<Account, AppError> {
    let email = normalised_email(email).map_err(|code| AppError::field("/email", code))?;
    let shared = Arc::clone(app);
    let account = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let before = stored::find_by_email(tx, &email).await?.ok_or(AppError::NotFound)?;
                if before.role != Role::Secretariat {
                    return Err(Code::StatusConflict.into());
                }
                confirm(&shared, tx, before, None).await
            })
        })
        .await?;
    app.committed();
    Ok(account)
}

async fn confirm(
    app: &Arc<App>,
    tx: &Tx,
    before: Account,
    actor: Option<&Actor>,
) -> Result<Account, AppError> {
    if before.state != AccountState::Active {
        return Err(Code::StatusConflict.into());
    }
    if before.confirmed {
        return Ok(before);
    }
    let after = Account { confirmed: true, version: before.version + 1, ..before.clone() };
    stored::update(tx, &before, &after).await?;
    pass_drafts_on(tx, &after).await?;
    let act = Act::of(app, actor);
    enter(app, tx, &act, "account.confirmed", Some(&before), &after).await?;
    Ok(after)
}
