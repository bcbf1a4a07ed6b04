//! What colleagues do for each other: see who else is there, and lock out whoever should be no longer.

use std::sync::Arc;

use qadam_domain::accounts::Viewer;
use qadam_domain::ids::UserId;
use qadam_domain::policy::{Action, may};
use qadam_storage::accounts::{self as stored, Account, AccountState};

use super::change::has_left;
use super::membership::{facts, subject};
use super::record::enter;
use crate::application::App;
use crate::error::{AppError, Code};
use crate::ledger::Act;

/// Somebody who works beside the viewer, and what the viewer may do for them.
#[derive(Debug, Clone)]
pub struct Colleague {
    /// The account.
    pub account: Account,
    /// Whether it waits for a colleague's word to come in, or to see what the organisation sees alone.
    pub may_confirm: bool,
    /// Whether somebody asked for a new password in its stead, which waits for a colleague's word.
    pub may_vouch: bool,
    /// Whether the viewer may lock it out.
    pub may_lock_out: bool,
}

/// Those who work beside the viewer, by address; at most 500. Nobody for whoever is not yet confirmed.
pub async fn colleagues(app: &App, viewer: &Viewer) -> Result<Vec<Colleague>, AppError> {
    let actor = viewer.actor().ok_or(Code::Unauthenticated)?;
    let reading = app.store.read();
    let mut all = stored::list_of(&reading, actor.organisation).await?;
    all.retain(|account| facts(account).is_colleague_of(actor));
    let ids: Vec<UserId> = all.iter().map(|account| account.id).collect();
    let waiting = stored::waiting_for_a_word(&reading, &ids, app.now()).await?;
    let may = |action, account: &Account| may(viewer, action, subject(account)).is_ok();
    let told = all.into_iter().map(|account| Colleague {
        may_confirm: account.state == AccountState::Active
            && !account.confirmed
            && may(Action::ConfirmMember, &account),
        may_vouch: waiting.contains(&account.id) && may(Action::VouchForRecovery, &account),
        may_lock_out: account.state != AccountState::Disabled && may(Action::LockOut, &account),
        account,
    });
    Ok(told.collect())
}

/// Locks a colleague out at once: sessions, tokens and links end, drafts pass on. Only an administrator lets them in
/// again, and then they wait for a colleague's word. Locking out twice changes nothing.
pub async fn lock_out(app: &Arc<App>, viewer: &Viewer, id: UserId) -> Result<Account, AppError> {
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let (shared, viewer) = (Arc::clone(app), *viewer);
    let account = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let before = stored::find(tx, id).await?.ok_or(AppError::NotFound)?;
                may(&viewer, Action::LockOut, subject(&before))?;
                if before.state == AccountState::Disabled {
                    return Ok(before);
                }
                let state = AccountState::Disabled;
                let after = Account { state, version: before.version + 1, ..before.clone() };
                stored::update(tx, &before, &after).await?;
                let act = Act::of(&shared, Some(&actor));
                has_left(tx, &after, act.at).await?;
                enter(&shared, tx, &act, "account.locked_out", Some(&before), &after).await?;
                Ok::<_, AppError>(after)
            })
        })
        .await?;
    app.committed();
    Ok(account)
}
