//! Sessions of browsers. A cookie names one: it holds a random number, of which only the digest is kept here. It ends
//! after half an hour without a request, and after half a day in any case.

use std::sync::Arc;

use qadam_domain::accounts::Viewer;
use qadam_domain::calendar::Timestamp;
use qadam_storage::sessions::{self as stored, LivePageSession};
use subtle::ConstantTimeEq as _;

use super::Signed;
use super::sessions::{begin, check_password};
use crate::application::App;
use crate::error::AppError;
use crate::random::bytes;
use crate::sealing::{hexadecimal, token, token_digest};

/// How much of the time without a request must have passed before its end is put off, in milliseconds: else every
/// page would be a write.
const PUT_OFF_AFTER: i64 = 60_000;

/// How long the mask of a form token is, in bytes.
const MASK: usize = 16;

/// How long the key of a form is, in bytes.
const ONE_TIME_KEY: usize = 16;

/// Signs in with address and password; what the cookie is to hold.
pub async fn sign_in_to_pages(app: &Arc<App>, email: &str, password: &str) -> Result<String, AppError> {
    let checked = check_password(app, email, password).await?;
    let shared = Arc::clone(app);
    app.store
        .write(move |tx| {
            Box::pin(async move {
                let account = checked.still_right(tx).await?;
                let settings = &shared.settings.authentication;
                let seconds = settings.page_session_seconds;
                let session = begin(&shared, tx, &account, String::new(), seconds).await?;
                let cookie = token(shared.random.as_ref());
                let idle_until = idle_until(&shared).min(session.expires_at);
                stored::insert_page_session(tx, token_digest(&cookie), session.id, idle_until).await?;
                Ok(cookie)
            })
        })
        .await
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
    Ok(Some(Signed {
        viewer: Viewer::Account(live.account.actor()),
        session: live.session,
        account: live.account,
    }))
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
