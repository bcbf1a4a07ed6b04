//! What people do with their own account: choose a password by a one-time link, change it, change name and
//! language.

use std::fmt;
use std::sync::Arc;

use qadam_domain::language::Language;
use qadam_storage::Tx;
use qadam_storage::accounts::{self as stored, Account, AccountState};
use qadam_storage::sessions;

use super::Signed;
use super::password_rules::{Known, check};
use super::passwords::Verdict;
use crate::accounts::{activate, clean_name, etag};
use crate::application::App;
use crate::error::{AppError, Code};
use crate::precondition::IfMatch;
use crate::sealing::token_digest;
use crate::throttling::{Attempt, Origin, try_link};

/// Chooses the first password of an account by its one-time link, which is used up, and lets it sign in. Whoever
/// was signed in is signed out.
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
    let account = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let now = shared.now();
                let account = stored::consume_link(tx, digest, now).await?.ok_or(Code::InvalidLink)?;
                let account = waiting(tx, account).await?;
                // Refusing here undoes the use of the link with everything else.
                check(&password, &known.and_account(&account))?;
                let account = activate(&shared, tx, account, hash).await?;
                stored::revoke_links(tx, account.id).await?;
                sessions::revoke_all(tx, account.id, now, None).await?;
                Ok::<_, AppError>(account)
            })
        })
        .await?;
    app.committed();
    Ok(account)
}

/// The account of a link, if it still waits for one: a link admits nobody to an account that has been used.
async fn waiting(tx: &Tx, id: qadam_domain::ids::UserId) -> Result<Account, AppError> {
    stored::find(tx, id)
        .await?
        .filter(|account| account.state == AccountState::Invited && account.password_hash.is_none())
        .ok_or_else(|| Code::InvalidLink.into())
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
                Ok(())
            })
        })
        .await
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
