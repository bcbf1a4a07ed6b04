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
use qadam_mail::LinkPurpose as LetterPurpose;
use qadam_storage::Tx;
use qadam_storage::accounts::{self as stored, Account, AccountState, LinkPurpose, NewLink};

use super::create::Invitation;
use super::email::normalised;
use super::membership::{facts, subject};
use crate::application::App;
use crate::error::{AppError, Code};
use crate::idempotency::Retry;
use crate::letters::{Delivery, Place, post_link};
use crate::sealing::{token, token_digest};
use crate::throttling::{self, Origin};

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
    let invitation = app
        .store
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
        .await?;
    let delivery = post_link(app, &invitation, LetterPurpose::VouchedRecovery).await;
    Ok(Invitation { delivery, ..invitation })
}

/// Asks for a new password by mail, for whoever has an account with this address.
///
/// Nothing tells whether there is one: not the answer, and not its time, for all of it is done after the answer. The link
/// holds for some minutes and leaves the second factor as it is.
pub fn ask_for_own_recovery(app: &Arc<App>, origin: &Origin, email: &str) -> Result<(), AppError> {
    let email = normalised(email).map_err(|code| AppError::field("/email", code))?;
    throttling::ask_for_recovery(app, origin, &email)?;
    if !app.letters.are_posted() {
        return Err(Code::NoMail.into());
    }
    // Held until it is known whose address it is, and no longer: how long a letter takes must not be felt by those who
    // ask next.
    let asking = app.letters.ask()?;
    let shared = Arc::clone(app);
    tokio::spawn(async move {
        let made = link_by_mail(&shared, email).await;
        drop(asking);
        match made {
            Ok(Some((place, invitation))) => place.post(&shared, &invitation, LetterPurpose::Recovery).await,
            Ok(None) => {}
            Err(error) => tracing::warn!(code = error.code().as_str(), "no link for a new password was made"),
        }
    });
    Ok(())
}

/// Makes a link for whoever has this address, if somebody has and their letter has a place. An earlier one that they asked
/// for ends; what an administrator asked for goes on, or anybody could undo it.
async fn link_by_mail(app: &Arc<App>, email: String) -> Result<Option<(Place, Invitation)>, AppError> {
    let shared = Arc::clone(app);
    app.store
        .write(move |tx| {
            Box::pin(async move {
                let found = stored::find_by_email(tx, &email).await?;
                let Some(account) = found.filter(may_recover) else { return Ok(None) };
                let Some(place) = shared.letters.place() else { return Ok(None) };
                stored::revoke_own_links(tx, account.id).await?;
                let expires_at = shared.after(shared.settings.authentication.recovery_seconds);
                let link = make_link(&shared, tx, account, LinkPurpose::Recovery, None, expires_at).await?;
                Ok::<_, AppError>(Some((place, link)))
            })
        })
        .await
}

/// Whether an account can be come into again: it was before, and it may be. One that came in with a provider alone gets its
/// first password so.
pub(crate) fn may_recover(account: &Account) -> bool {
    account.state == AccountState::Active
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
    Ok(Invitation { account, token, expires_at, delivery: Delivery::None })
}
