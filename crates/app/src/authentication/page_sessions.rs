//! Sessions of browsers. A cookie names one: it holds a random number, of which only the digest is kept here. It ends
//! after half an hour without a request, and after half a day in any case.

use std::fmt;
use std::sync::Arc;

use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::UserId;
use qadam_mail::AccountEvent;
use qadam_storage::Tx;
use qadam_storage::accounts::{self, Account, AccountState};
use qadam_storage::sessions::{self as stored, LivePageSession};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq as _;

use super::Signed;
use super::openid::Comer;
use super::second_factor;
use super::sessions::{Beginning, begin, check_password};
use crate::application::App;
use crate::error::{AppError, Code};
use crate::letters::tell;
use crate::random::bytes;
use crate::sealing::{hexadecimal, token, token_digest};
use crate::throttling::{Attempt, Origin};

/// How much of the time without a request must have passed before its end is put off, in milliseconds: else every
/// page would be a write.
const PUT_OFF_AFTER: i64 = 60_000;

/// How long the mask of a form token is, in bytes.
const MASK: usize = 16;

/// How long the key of a form is, in bytes.
const ONE_TIME_KEY: usize = 16;

/// How far somebody came who signs in with a browser.
#[derive(Clone)]
pub enum PageSignIn {
    /// Signed in: what the cookie is to hold.
    Done(String),
    /// The password was right, or the provider's word. A code of the second factor is missing; with what the browser brings along with it.
    CodeMissing(String),
}

/// Leaves out what it holds.
impl fmt::Debug for PageSignIn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Done(_) => "Done(…)",
            Self::CodeMissing(_) => "CodeMissing(…)",
        })
    }
}

/// Signs in with address and password.
pub async fn sign_in_to_pages(
    app: &Arc<App>,
    origin: &Origin,
    email: &str,
    password: &str,
) -> Result<PageSignIn, AppError> {
    let (checked, attempt) = check_password(app, origin, email, password).await?;
    if checked.account().second_factor {
        return pending(app, checked.account(), None).map(PageSignIn::CodeMissing);
    }
    let shared = Arc::clone(app);
    let cookie = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let account = checked.still_right(tx).await?;
                // One that got a second factor meanwhile is asked for it.
                second_factor::ask(&shared, tx, &account, None).await?;
                cookie(&shared, tx, &account, false).await
            })
        })
        .await?;
    attempt.was_right();
    Ok(PageSignIn::Done(cookie))
}

/// Goes on with signing in by a code of the second factor. Gives what the cookie is to hold.
pub async fn finish_sign_in_to_pages(
    app: &Arc<App>,
    origin: &Origin,
    pending: &str,
    code: &str,
) -> Result<String, AppError> {
    let named = Pending::open(app, pending).ok_or(Code::SignInExpired)?;
    let id: UserId = named.account.parse().map_err(|_| Code::SignInExpired)?;
    let account = accounts::find(&app.store.read(), id).await?.ok_or(Code::SignInExpired)?;
    let attempt = Attempt::begin(app, origin, account.email)?;
    let (shared, code) = (Arc::clone(app), code.to_owned());
    let (cookie, bound) = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let account = accounts::find(tx, id).await?;
                let account = account.filter(|account| named.still_holds(&shared, account));
                let account = account.ok_or(Code::SignInExpired)?;
                second_factor::ask(&shared, tx, &account, Some(&code)).await?;
                let bound = match &named.identity {
                    Some(identity) => identity.hold(&shared, tx, &account).await?,
                    None => false,
                };
                Ok::<_, AppError>((cookie(&shared, tx, &account, false).await?, bound.then_some(account)))
            })
        })
        .await?;
    attempt.was_right();
    if let Some(account) = bound {
        tell(app, &account, AccountEvent::IdentityAdded);
    }
    Ok(cookie)
}

/// For how long somebody may look for a code, in milliseconds.
const PENDING: i64 = 10 * 60_000;
const PENDING_PURPOSE: &str = "pending sign-in";

/// What a browser brings along between the first step and the code: it is sealed, and says nothing to it.
#[derive(Serialize, Deserialize)]
struct Pending {
    account: String,
    until: i64,
    /// A digest of the password's hash: once that is another, the password that was given is not the password.
    password: String,
    /// Where the first step was a provider's: as whom.
    identity: Option<Comer>,
}

/// Goes on to a code after the password, or after a provider's word.
pub(super) fn pending(app: &App, account: &Account, identity: Option<Comer>) -> Result<String, AppError> {
    let (until, password) = (app.now().0 + PENDING, password_tag(app, account));
    let pending = Pending { account: account.id.to_string(), until, password, identity };
    let text = serde_json::to_string(&pending).ok();
    let sealed = text.and_then(|text| app.sealer.seal(app.random.as_ref(), PENDING_PURPOSE, &text));
    sealed.ok_or_else(|| AppError::Internal("a sign-in cannot be sealed".to_owned()))
}

fn password_tag(app: &App, account: &Account) -> String {
    let hash = account.password_hash.as_deref().unwrap_or_default();
    app.sealer.tag(PENDING_PURPOSE, &[hash.as_bytes()])
}

impl Pending {
    fn open(app: &App, sealed: &str) -> Option<Self> {
        let text = app.sealer.open(PENDING_PURPOSE, sealed)?;
        let opened: Self = serde_json::from_str(&text).ok()?;
        Some(opened).filter(|opened| opened.until > app.now().0)
    }

    fn still_holds(&self, app: &App, account: &Account) -> bool {
        account.state == AccountState::Active && password_tag(app, account) == self.password
    }
}

/// Begins a session of a browser, and notes whether a second factor was shown for it in one with the first, by a passkey or at
/// a provider. Gives what its cookie is to hold.
pub(super) async fn cookie(
    app: &App,
    tx: &Tx,
    account: &Account,
    second_factor: bool,
) -> Result<String, AppError> {
    let seconds = app.settings.authentication.page_session_seconds;
    let session = begin(app, tx, account, Beginning { label: String::new(), seconds, second_factor }).await?;
    let cookie = token(app.random.as_ref());
    let idle_until = idle_until(app).min(session.expires_at);
    stored::insert_page_session(tx, token_digest(&cookie), session.id, idle_until).await?;
    Ok(cookie)
}

/// Who sent a request with a cookie: nobody where the session that it names has ended.
pub async fn authenticate_by_cookie(app: &App, cookie: &str) -> Result<Option<Signed>, AppError> {
    let digest = token_digest(cookie);
    let found = stored::find_live_by_cookie(&app.store.read(), digest, app.now()).await?;
    let Some(LivePageSession { live, idle_until: until }) = found else {
        app.newest_public().await?;
        return Ok(None);
    };
    app.catch_up(live.newest_public).await?;
    app.counted.hear_of(live.newest);
    let later = idle_until(app).min(live.session.expires_at);
    if later.0 - until.0 >= PUT_OFF_AFTER {
        app.store
            .write(move |tx| {
                Box::pin(
                    async move { Ok::<_, AppError>(stored::keep_page_session(tx, digest, later).await?) },
                )
            })
            .await?;
    }
    Ok(Some(Signed::new(app, live.session, live.account)))
}

/// What a form of this session must bring along, so that no other site can send it: a token that follows from the
/// session by a key, behind a mask of its own each time, so that it cannot be guessed from the length of compressed pages.
pub fn form_token(app: &App, signed: &Signed) -> String {
    let mask: [u8; MASK] = bytes(app.random.as_ref());
    let mixed = mixed(own_token(app, signed).as_bytes(), &mask);
    hexadecimal(&mask) + &hexadecimal(&mixed)
}

/// A key of which no other form has the same: by it a form that is sent twice is known.
pub fn one_time_key(app: &App) -> String {
    hexadecimal(&bytes::<ONE_TIME_KEY>(app.random.as_ref()))
}

/// Whether a form brought the token of this session along.
pub fn is_form_token(app: &App, signed: &Signed, brought: &str) -> bool {
    let pairs = brought.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).ok());
    let bytes: Option<Vec<u8>> = pairs.map(|pair| u8::from_str_radix(pair?, 16).ok()).collect();
    let Some((mask, brought)) = bytes.as_deref().and_then(|bytes| bytes.split_at_checked(MASK)) else {
        return false;
    };
    mixed(brought, mask).ct_eq(own_token(app, signed).as_bytes()).into()
}

fn own_token(app: &App, signed: &Signed) -> String {
    app.sealer.tag("form token", &[signed.session.id.0.as_bytes()])
}

fn mixed(text: &[u8], mask: &[u8]) -> Vec<u8> {
    text.iter().zip(mask.iter().cycle()).map(|(byte, mask)| byte ^ mask).collect()
}

fn idle_until(app: &App) -> Timestamp {
    Timestamp(app.now().0 + app.settings.authentication.page_idle_seconds * 1000)
}
