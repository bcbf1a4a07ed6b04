//! What administrators change of an account.

use std::sync::Arc;

use qadam_domain::accounts::{Role, Viewer};
use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::UserId;
use qadam_domain::policy::{Action, Subject, may};
use qadam_storage::accounts::{self as stored, Account, AccountState};
use qadam_storage::{Tx, organisations, sessions};

use super::etag;
use super::fields::{check_role, clean_name};
use super::membership::{has_come, is_confirmed_at_once, pass_drafts_on, stays_confirmed};
use super::record::enter;
use crate::application::App;
use crate::error::{AppError, Code, FieldCode};
use crate::ledger::Act;
use crate::precondition::IfMatch;

/// What is changed of an account; `None` leaves it as it is.
#[derive(Debug, Clone, Default)]
pub struct AccountChanges {
    /// The person's name.
    pub name: Option<String>,
    /// The role.
    pub role: Option<Role>,
    /// Whether it may sign in: `Active` or `Disabled`. An account that is let in again without ever having signed
    /// in waits for a link as before.
    pub state: Option<AccountState>,
}

/// Changes an account, for administrators. Nobody changes their own role or state: the last administrator would
/// be the first to do it by mistake.
pub async fn change(
    app: &Arc<App>,
    viewer: &Viewer,
    id: UserId,
    changes: AccountChanges,
    condition: Option<IfMatch>,
) -> Result<Account, AppError> {
    may(viewer, Action::ManageUsers, Subject::Register)?;
    let own = viewer.actor().is_some_and(|actor| actor.user == id);
    let act = Act::of(app, viewer.actor());
    let shared = Arc::clone(app);
    let account = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let before = stored::find(tx, id).await?.ok_or(AppError::NotFound)?;
                if condition.is_some_and(|condition| !condition.allows(&etag(&shared, &before))) {
                    return Err(Code::PreconditionFailed.into());
                }
                let mut after = changed(&shared, tx, &before, &changes).await?;
                if own && (after.role, after.state) != (before.role, before.state) {
                    return Err(Code::RoleRequired.into());
                }
                if after == before {
                    return Ok(after);
                }
                after.version += 1;
                stored::update(tx, &before, &after).await?;
                if after.state == AccountState::Disabled && before.state != AccountState::Disabled {
                    has_left(tx, &after, act.at).await?;
                }
                if after.role != before.role {
                    pass_drafts_on(tx, &before).await?;
                }
                has_come(tx, &after).await?;
                enter(&shared, tx, &act, action(&before, &after), Some(&before), &after).await?;
                Ok::<_, AppError>(after)
            })
        })
        .await?;
    app.committed();
    Ok(account)
}

/// The account after the change.
async fn changed(
    app: &App,
    tx: &Tx,
    before: &Account,
    changes: &AccountChanges,
) -> Result<Account, AppError> {
    let mut after = before.clone();
    if let Some(name) = &changes.name {
        after.name = clean_name(name).map_err(|error| AppError::Invalid(vec![error]))?;
    }
    after.role = changes.role.unwrap_or(before.role);
    let comes_back = before.state == AccountState::Disabled && changes.state == Some(AccountState::Active);
    if after.role != before.role || comes_back {
        let organisation = organisations::find(tx, before.organisation).await?.ok_or(AppError::NotFound)?;
        check_role(app, after.role, &organisation).map_err(|error| AppError::Invalid(vec![error]))?;
    }
    if after.role != before.role {
        after.confirmed = is_confirmed_at_once(tx, after.role, before.organisation, before.id).await?;
    }
    match (before.state, changes.state) {
        (_, None) | (AccountState::Active, Some(AccountState::Active)) => {}
        (_, Some(AccountState::Disabled)) => after.state = AccountState::Disabled,
        (AccountState::Disabled, Some(AccountState::Active)) => {
            let has_signed_in =
                before.password_hash.is_some() || !stored::list_identities(tx, before.id).await?.is_empty();
            after.state = if has_signed_in { AccountState::Active } else { AccountState::Invited };
            after.confirmed = stays_confirmed(tx, &after).await?;
        }
        // Only its holder lets an invited account in, and nobody becomes invited again.
        (AccountState::Invited, Some(AccountState::Active)) | (_, Some(AccountState::Invited)) => {
            return Err(AppError::field("/state", FieldCode::NotAllowed));
        }
    }
    Ok(after)
}

/// What follows when an account does not act any more: its sessions and links end, and drafts that it alone wrote pass
/// to those beside it.
pub(super) async fn has_left(tx: &Tx, account: &Account, now: Timestamp) -> Result<(), AppError> {
    sessions::revoke_all(tx, account.id, now, None).await?;
    stored::revoke_links(tx, account.id).await?;
    pass_drafts_on(tx, account).await
}

/// What the change is called; the weightiest where it is several.
fn action(before: &Account, after: &Account) -> &'static str {
    match (before.state, after.state) {
        (from, AccountState::Disabled) if from != AccountState::Disabled => "account.disabled",
        (AccountState::Disabled, to) if to != AccountState::Disabled => "account.reactivated",
        _ => "account.role_changed",
    }
}
