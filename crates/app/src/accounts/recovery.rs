//! Coming in again without the password.
//!
//! Where the register sends mail, a link goes to the person's own address. Where it does not, two people are needed: an
//! administrator asks for a link and hands it over, and a colleague vouches that the person wants it. Neither alone lets
//! anybody in: the administrator could take the account over, the colleague could pass as the person.

use std::sync::Arc;

use qadam_domain::accounts::Viewer;
use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::UserId;
use qadam_domain::policy::{Action, Subject, may};
use qadam_storage::Tx;
use qadam_storage::accounts::{self as stored, Account, AccountState, LinkPurpose, NewLink};

use super::create::Invitation;
use super::membership::{facts, subject};
use crate::application::App;
use crate::error::{AppError, Code};
use crate::idempotency::Retry;
use crate::sealing::{token, token_digest};

/// Asks for a link in somebody's stead, for administrators. It lets nobody in until a colleague vouches; who has none is
/// helped by nobody but their own mail.
pub async fn ask_for_recovery(
    app: &Arc<App>,
    viewer: &Viewer,
    id: UserId,
    retry: Option<Retry>,
) -> Result<Invitation, AppError> {
    may(viewer, Action::ManageUsers, Subject::Register)?;
    let asking = viewer.actor().ok_or(Code::Unauthenticated)?.user;
    let shared = Arc::clone(app);
    app.store
        .write(move |tx| {
            Box::pin(async move {
                let account = stored::find(tx, id).await?.ok_or(AppError::NotFound)?;
                if !may_recover(&account) || asking == id {
                    return Err(Code::StatusConflict.into());
                }
                if !has_colleague(tx, &account, asking).await? {
                    return Err(Code::NoColleague.into());
                }
                if let Some(retry) = retry {
                    retry.remember(&shared, tx, 201, &format!("/api/v1/users/{}", account.id)).await?;
                }
                stored::revoke_links(tx, id).await?;
                let expires_at = shared.after(shared.settings.authentication.link_seconds);
                make_link(&shared, tx, account, LinkPurpose::Recovery, Some(asking), expires_at).await
            })
        })
        .await
}

/// Whether an account can be come into again: it was before, and it may be.
pub(crate) fn may_recover(account: &Account) -> bool {
    account.state == AccountState::Active && account.password_hash.is_some()
}

/// Whether somebody other than who asks could vouch for an account.
async fn has_colleague(tx: &Tx, account: &Account, asking: UserId) -> Result<bool, AppError> {
    let beside = stored::active_of(tx, &[account.organisation]).await?;
    let of = facts(account);
    Ok(beside.iter().any(|actor| actor.user != asking && of.is_colleague_of(actor)))
}

/// Vouches that a colleague asked for a new password. It answers a conflict where nobody asked in their stead, so that
/// a word is never kept for later.
pub async fn vouch_for_recovery(app: &Arc<App>, viewer: &Viewer, id: UserId) -> Result<(), AppError> {
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let (viewer, now) = (*viewer, app.now());
    app.store
        .write(move |tx| {
            Box::pin(async move {
                let account = stored::find(tx, id).await?.ok_or(AppError::NotFound)?;
                may(&viewer, Action::VouchForRecovery, subject(&account))?;
                if stored::vouch_for(tx, id, actor.user, now).await? {
                    Ok(())
                } else {
                    Err(Code::StatusConflict.into())
                }
            })
        })
        .await
}

/// Makes a link for an account and tells its token this once.
pub(super) async fn make_link(
    app: &App,
    tx: &Tx,
    account: Account,
    purpose: LinkPurpose,
    asked_by: Option<UserId>,
    expires_at: Timestamp,
) -> Result<Invitation, AppError> {
    let token = token(app.random.as_ref());
    let digest = token_digest(&token);
    let link = NewLink { digest, account: account.id, purpose, asked_by, expires_at };
    stored::insert_link(tx, link).await?;
    Ok(Invitation { account, token, expires_at })
}
