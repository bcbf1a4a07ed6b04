//! Signing in, staying signed in, signing out.
//!
//! A session is a chain of refresh tokens, each good for one use (RFC 9700, section 4.14.2). A used one that comes
//! back is in two hands, and nobody can tell which is the right one: the session ends.

use std::fmt;
use std::sync::Arc;

use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::SessionId;
use qadam_domain::text::{LABEL_MAX, Lines, clean};
use qadam_storage::Tx;
use qadam_storage::accounts::{self, Account, AccountState};
use qadam_storage::sessions::{self as stored, Session, Spent};

use super::Signed;
use super::access_tokens::Named;
use super::passwords::Verdict;
use super::second_factor;
use crate::accounts::normalised_email;
use crate::application::App;
use crate::error::{AppError, Code, text_code};
use crate::random::uuid;
use crate::sealing::{token, token_digest};
use crate::throttling::{Attempt, Origin};

/// What a client gets when it signs in and when it refreshes.
#[derive(Clone)]
pub struct Tokens {
    /// The access token, to be sent with requests.
    pub access_token: String,
    /// How long it holds, in seconds.
    pub expires_in: i64,
    /// The refresh token, good for one use.
    pub refresh_token: String,
    /// The session.
    pub session: SessionId,
}

/// Leaves out the tokens.
impl fmt::Debug for Tokens {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Tokens").field("session", &self.session).finish_non_exhaustive()
    }
}

/// With what somebody signs in.
#[derive(Clone, Copy)]
pub struct SignIn<'a> {
    /// The account's address.
    pub email: &'a str,
    /// Its password.
    pub password: &'a str,
    /// A code of its second factor, where it has one.
    pub code: Option<&'a str>,
    /// What the person wants to recognise the session by.
    pub label: Option<&'a str>,
}

impl<'a> SignIn<'a> {
    /// With address and password alone.
    pub const fn new(email: &'a str, password: &'a str) -> Self {
        Self { email, password, code: None, label: None }
    }
}

/// Leaves out all of it.
impl fmt::Debug for SignIn<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SignIn(…)")
    }
}

/// Signs in.
///
/// What is wrong is counted, for the account and for where it comes from; whoever is right is forgotten. Where a code of
/// the second factor is missing, [`Code::SecondFactorRequired`] says so, which counts until it comes.
pub async fn sign_in(app: &Arc<App>, origin: &Origin, sign_in: SignIn<'_>) -> Result<Tokens, AppError> {
    let label = clean_label(sign_in.label)?;
    let (checked, attempt) = check_password(app, origin, sign_in.email, sign_in.password).await?;
    let shared = Arc::clone(app);
    let code = sign_in.code.map(str::to_owned);
    let tokens = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let account = checked.still_right(tx).await?;
                second_factor::ask(&shared, tx, &account, code.as_deref()).await?;
                let seconds = shared.settings.authentication.session_seconds;
                let session =
                    begin(&shared, tx, &account, Beginning { label, seconds, second_factor: false }).await?;
                tokens(&shared, tx, &session).await
            })
        })
        .await?;
    attempt.was_right();
    Ok(tokens)
}

/// An account whose password was right.
pub(super) struct Checked {
    account: Account,
    /// The password's hash by today's terms, where it is kept by older ones.
    renewed: Option<String>,
}

/// Checks address and password. An unknown address, a wrong password, an account that waits for its link and a disabled
/// one are answered alike, after the same work.
///
/// The attempt counts until whoever signs in is in.
pub(super) async fn check_password<'a>(
    app: &'a App,
    origin: &Origin,
    email: &str,
    password: &str,
) -> Result<(Checked, Attempt<'a>), AppError> {
    let email = normalised_email(email).ok();
    let attempt = Attempt::begin(app, origin, email.clone().unwrap_or_default())?;
    let account = match email {
        Some(email) => accounts::find_by_email(&app.store.read(), &email).await?,
        None => None,
    };
    let kept = account.as_ref().and_then(|account| account.password_hash.as_deref());
    let verdict = app.passwords.verify(password, kept).await.inspect_err(|_busy| attempt.was_not_tried())?;
    let account = account.filter(|account| account.state == AccountState::Active);
    let (Some(account), false) = (account, verdict == Verdict::Wrong) else {
        return Err(Code::InvalidCredentials.into());
    };
    let renewed = match verdict {
        Verdict::RightButOutdated => Some(app.passwords.hash(app.random.as_ref(), password).await?),
        Verdict::Right | Verdict::Wrong => None,
    };
    Ok((Checked { account, renewed }, attempt))
}

impl Checked {
    /// The account as it was when its password was checked.
    pub(super) const fn account(&self) -> &Account {
        &self.account
    }

    /// The account as it is in the transaction, if it may still sign in with the password that was checked.
    pub(super) async fn still_right(self, tx: &Tx) -> Result<Account, AppError> {
        let account = accounts::find(tx, self.account.id)
            .await?
            .filter(|account| {
                account.state == AccountState::Active && account.password_hash == self.account.password_hash
            })
            .ok_or(Code::InvalidCredentials)?;
        if self.renewed.is_some() {
            // The version stays: nothing of the account that anybody reads has changed.
            let after = Account { password_hash: self.renewed, ..account.clone() };
            accounts::update(tx, &account, &after).await?;
        }
        Ok(account)
    }
}

/// How a session begins.
#[derive(Debug)]
pub(super) struct Beginning {
    /// What the person recognises it by.
    pub(super) label: String,
    /// For how many seconds it holds at most.
    pub(super) seconds: i64,
    /// Whether a second factor was shown in one with the first.
    pub(super) second_factor: bool,
}

/// Begins a session. Of the secretariat nobody comes in whom no colleague has
/// confirmed.
pub(super) async fn begin(
    app: &App,
    tx: &Tx,
    account: &Account,
    beginning: Beginning,
) -> Result<Session, AppError> {
    let Beginning { label, seconds, second_factor } = beginning;
    if !account.role.comes_in(account.confirmed) {
        return Err(Code::ConfirmationMissing.into());
    }
    let now = app.now();
    let session = Session {
        id: SessionId(uuid(app.random.as_ref())),
        account: account.id,
        label,
        started_on: app.today(),
        expires_at: Timestamp(now.0 + seconds * 1000),
        revoked_at: None,
        second_factor,
    };
    stored::insert(tx, &session).await?;
    Ok(session)
}

/// The next tokens of a session.
pub(super) async fn tokens(app: &App, tx: &Tx, session: &Session) -> Result<Tokens, AppError> {
    let now = app.now();
    let terms = app.tokens.load();
    let access_token = terms.issue(Named { account: session.account, session: session.id }, now)?;
    let refresh_token = token(app.random.as_ref());
    let expires_at = Timestamp(now.0 + app.settings.authentication.refresh_token_seconds * 1000);
    let expires_at = expires_at.min(session.expires_at);
    stored::insert_refresh_token(tx, token_digest(&refresh_token), session.id, expires_at).await?;
    Ok(Tokens { access_token, expires_in: terms.seconds, refresh_token, session: session.id })
}

pub(super) fn clean_label(label: Option<&str>) -> Result<String, AppError> {
    match label.filter(|label| !label.trim().is_empty()) {
        None => Ok(String::new()),
        Some(label) => clean(label, LABEL_MAX, Lines::Single)
            .map_err(|error| AppError::field("/label", text_code(error))),
    }
}

/// Uses a refresh token up for new tokens. One that was used before ends its session.
pub async fn refresh(app: &Arc<App>, refresh_token: &str) -> Result<Tokens, AppError> {
    let digest = token_digest(refresh_token);
    let shared = Arc::clone(app);
    let renewed =
        app.store.write(move |tx| Box::pin(async move { renew(&shared, tx, digest).await })).await?;
    qadam_failpoints::reach("refresh.committed");
    renewed.ok_or_else(|| Code::InvalidRefreshToken.into())
}

/// New tokens, or none. A refusal is no failure here: the end of a session must be kept.
async fn renew(app: &App, tx: &Tx, digest: [u8; 32]) -> Result<Option<Tokens>, AppError> {
    let now = app.now();
    match stored::spend_refresh_token(tx, digest, now).await? {
        Spent::Fresh { session } => match stored::find_live(tx, session, now).await? {
            Some(live) => Ok(Some(tokens(app, tx, &live.session).await?)),
            None => Ok(None),
        },
        Spent::Reused { session } => {
            if stored::revoke(tx, session, now).await? {
                tracing::warn!(%session, "a used refresh token came back: session ended");
            }
            Ok(None)
        }
        Spent::Unknown | Spent::Expired => Ok(None),
    }
}

/// Ends the session of a request.
pub async fn sign_out(app: &Arc<App>, signed: &Signed) -> Result<(), AppError> {
    end_session(app, signed, signed.session.id).await
}

/// The sessions of the account that have not ended, newest day first.
pub async fn list_sessions(app: &App, signed: &Signed) -> Result<Vec<Session>, AppError> {
    Ok(stored::list_live(&app.store.read(), signed.account.id, app.now()).await?)
}

/// Ends one of the account's own sessions. One of somebody else is not there.
pub async fn end_session(app: &Arc<App>, signed: &Signed, session: SessionId) -> Result<(), AppError> {
    let (account, now) = (signed.account.id, app.now());
    app.store
        .write(move |tx| {
            Box::pin(async move {
                match stored::find_live(tx, session, now).await? {
                    Some(live) if live.account.id == account => {
                        stored::revoke(tx, session, now).await?;
                        Ok(())
                    }
                    _ => Err(AppError::NotFound),
                }
            })
        })
        .await
}

/// Ends all sessions of the account but the one that asks, and tells how many.
pub async fn end_other_sessions(app: &Arc<App>, signed: &Signed) -> Result<u64, AppError> {
    let (account, current, now) = (signed.account.id, signed.session.id, app.now());
    app.store
        .write(move |tx| {
            Box::pin(async move { Ok(stored::revoke_all(tx, account, now, Some(current)).await?) })
        })
        .await
}

/// Removes what has ended: refresh tokens, sessions, one-time links and answered challenges, in several writes of 1,000 rows at most. Tells
/// how many rows it removed: call it again while it is not zero.
pub async fn forget_expired(app: &App) -> Result<u64, AppError> {
    let now = app.now();
    let links = app.store.write(move |tx| Box::pin(accounts::delete_expired_links(tx, now)));
    let challenges = app.store.write(move |tx| Box::pin(accounts::delete_expired_challenges(tx, now)));
    let mut removed = links.await? + challenges.await?;
    for what in stored::Ended::ALL {
        removed += app.store.write(move |tx| Box::pin(stored::delete_ended(tx, what, now))).await?;
    }
    Ok(removed)
}
