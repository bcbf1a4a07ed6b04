//! What people do with their own account: choose a password by a one-time link, change it, change name and
//! language.

use std::fmt;
use std::sync::Arc;

use qadam_domain::language::Language;
use qadam_mail::AccountEvent;
use qadam_storage::Tx;
use qadam_storage::accounts::{self as stored, Account, AccountState, LinkPurpose};
use qadam_storage::sessions;

use super::Signed;
use super::password_rules::{Known, check};
use super::passwords::Verdict;
use super::second_factor::is_asked_of;
use crate::accounts::{activate, clean_name, etag, may_recover};
use crate::application::App;
use crate::error::{AppError, Code};
use crate::letters::tell;
use crate::precondition::IfMatch;
use crate::sealing::token_digest;
use crate::throttling::{Attempt, Origin, try_link};

/// Chooses a password by a one-time link, which is used up: the first one of an account, which then may sign in, or
/// another one in place of one that was lost. Whoever was signed in is signed out.
///
/// A refused password leaves the link as it was. Of two requests with one link one gets in.
pub async fn set_password_by_link(
    app: &Arc<App>,
    origin: &Origin,
    token: &str,
    password: &str,
) -> Result<Account, AppError> {
    try_link(app, origin)?;
    let known = Known::of_platform(&app.settings.platform_name);
    check(password, &known)?;
    let hash = app.passwords.hash(app.random.as_ref(), password).await?;
    let digest = token_digest(token);
    let password = zeroize::Zeroizing::new(password.to_owned());
    let shared = Arc::clone(app);
    let (account, is_recovery) = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let now = shared.now();
                let link = stored::consume_link(tx, digest, now).await?.ok_or(Code::InvalidLink)?;
                let account = stored::find(tx, link.account).await?.ok_or(Code::InvalidLink)?;
                // Refusing here undoes the use of the link with everything else.
                check(&password, &known.and_account(&account))?;
                let is_recovery = link.purpose == LinkPurpose::Recovery;
                let account = match link.purpose {
                    LinkPurpose::Invitation => activate(&shared, tx, waiting(account)?, hash).await?,
                    LinkPurpose::Recovery => recover(&shared, tx, account, hash, link.vouched).await?,
                };
                stored::revoke_links(tx, account.id).await?;
                sessions::revoke_all(tx, account.id, now, None).await?;
                Ok::<_, AppError>((account, is_recovery))
            })
        })
        .await?;
    app.committed();
    if is_recovery {
        tell(app, &account, AccountEvent::PasswordRecovered);
    }
    Ok(account)
}

/// An account that still waits for its link: an invitation admits nobody to one that has been used.
fn waiting(account: Account) -> Result<Account, Code> {
    let waits = account.state == AccountState::Invited && account.password_hash.is_none();
    if waits { Ok(account) } else { Err(Code::InvalidLink) }
}

/// Gives an account another password. A link that went to its own address leaves the second factor as it was: who reads
/// somebody's mail is not in. One that two people made takes it away too, for it may be lost with the telephone. Passkeys and
/// identities at a provider go with the password, for somebody who had it may have brought them; but for an account that is
/// asked for a second factor and has no other.
async fn recover(
    app: &App,
    tx: &Tx,
    before: Account,
    password_hash: String,
    vouched: bool,
) -> Result<Account, AppError> {
    if !may_recover(&before) {
        return Err(Code::InvalidLink.into());
    }
    let second_factor = before.second_factor && !vouched;
    let is_all_there_is = is_asked_of(app, &before) && !before.second_factor;
    let has_passkey = before.has_passkey && !vouched && is_all_there_is;
    let version = before.version + 1;
    let after =
        Account { password_hash: Some(password_hash), second_factor, has_passkey, version, ..before.clone() };
    stored::update(tx, &before, &after).await?;
    if vouched {
        stored::remove_second_factor(tx, before.id).await?;
    }
    if !has_passkey {
        stored::remove_passkeys(tx, before.id).await?;
        stored::remove_identities(tx, before.id).await?;
    }
    Ok(after)
}

/// A change of one's own password.
#[derive(Clone)]
pub struct PasswordChange {
    /// The present one.
    pub current: String,
    /// The new one.
    pub new: String,
}

/// Leaves out the passwords.
impl fmt::Debug for PasswordChange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PasswordChange(…)")
    }
}

/// Changes one's own password and ends all other sessions. The present password is asked for, because a session
/// left open must not be enough; a wrong one answers [`Code::InvalidCredentials`].
pub async fn change_own_password(
    app: &Arc<App>,
    origin: &Origin,
    signed: &Signed,
    change: PasswordChange,
) -> Result<(), AppError> {
    let kept = signed.account.password_hash.clone();
    // Counted apart from signing in: whoever guesses there does not keep the person from changing the password here.
    let attempt = Attempt::begin(app, origin, format!("own {}", signed.account.id))?;
    if app.passwords.verify(&change.current, kept.as_deref()).await? == Verdict::Wrong {
        return Err(Code::InvalidCredentials.into());
    }
    attempt.was_right();
    check(&change.new, &Known::of_platform(&app.settings.platform_name).and_account(&signed.account))?;
    let hash = app.passwords.hash(app.random.as_ref(), &change.new).await?;
    let (id, session, now) = (signed.account.id, signed.session.id, app.now());
    app.store
        .write(move |tx| {
            Box::pin(async move {
                let before = stored::find(tx, id).await?.ok_or(AppError::NotFound)?;
                if before.state != AccountState::Active || before.password_hash != kept {
                    return Err(Code::InvalidCredentials.into());
                }
                let after = Account { password_hash: Some(hash), ..before.clone() };
                stored::update(tx, &before, &after).await?;
                sessions::revoke_all(tx, id, now, Some(session)).await?;
                Ok::<_, AppError>(())
            })
        })
        .await?;
    tell(app, &signed.account, AccountEvent::PasswordChanged);
    Ok(())
}

/// What people change of their own account; `None` leaves it as it is.
#[derive(Debug, Clone, Default)]
pub struct OwnChanges {
    /// The name.
    pub name: Option<String>,
    /// The language it is written to in.
    pub language: Option<Language>,
}

/// Changes one's own name and language. Neither is entered into the ledger: it holds no names of persons.
pub async fn change_own_account(
    app: &Arc<App>,
    signed: &Signed,
    changes: OwnChanges,
    condition: Option<IfMatch>,
) -> Result<Account, AppError> {
    let name =
        changes.name.as_deref().map(clean_name).transpose().map_err(|error| AppError::Invalid(vec![error]));
    let id = signed.account.id;
    let shared = Arc::clone(app);
    app.store
        .write(move |tx| {
            Box::pin(async move {
                let before = stored::find(tx, id).await?.ok_or(AppError::NotFound)?;
                if condition.is_some_and(|condition| !condition.allows(&etag(&shared, &before))) {
                    return Err(Code::PreconditionFailed.into());
                }
                let mut after = before.clone();
                after.name = name?.unwrap_or(after.name);
                after.language = changes.language.unwrap_or(after.language);
                if after != before {
                    after.version += 1;
                    stored::update(tx, &before, &after).await?;
                }
                Ok(after)
            })
        })
        .await
}
