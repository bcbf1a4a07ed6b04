//! Tokens for programs that ask in somebody's name: made by the person, told once, with an end and a scope.
//!
//! A token is a session of its own, so that whatever ends sessions ends it, and what an account may no longer do no token
//! of it does. With a token nobody changes what guards the account: passwords, second factors, sessions and tokens are for
//! the person.

use std::fmt;
use std::sync::Arc;

use qadam_domain::accounts::TokenScope;
use qadam_domain::ids::SessionId;
use qadam_domain::text::{LABEL_MAX, Lines, clean};
pub use qadam_storage::sessions::PersonalToken;
use qadam_storage::sessions::{self as stored, LiveToken};

use super::passwords::Verdict;
use super::sessions::{Beginning, begin};
use super::{Signed, still_signed};
use crate::application::App;
use crate::error::{AppError, Code, FieldCode, FieldError, text_code};
use crate::sealing::{token, token_digest};
use crate::throttling::{Attempt, Origin};

/// What every token begins with, by which scanners for secrets find one that was published.
pub const TOKEN_PREFIX: &str = "qadam_pt_";
/// For how many days a token holds at most.
pub const TOKEN_DAYS_MAX: u32 = 366;
/// How many tokens an account has at most.
const TOKENS_MAX: usize = 20;

/// A token that is asked for.
#[derive(Clone)]
pub struct NewToken {
    /// What the person knows it by.
    pub label: String,
    /// What it may do.
    pub scope: TokenScope,
    /// For how many days it holds.
    pub days: u32,
    /// The person's password: a session left open must not be enough.
    pub password: String,
}

/// Leaves out the password.
impl fmt::Debug for NewToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("NewToken").field("scope", &self.scope).finish_non_exhaustive()
    }
}

/// Makes a token. Gives what it is told by, this once, and what is kept of it.
pub async fn make_token(
    app: &Arc<App>,
    origin: &Origin,
    signed: &Signed,
    new: NewToken,
) -> Result<(String, PersonalToken), AppError> {
    let label = checked(&new)?;
    let attempt = Attempt::begin(app, origin, format!("own {}", signed.account.id))?;
    let kept = signed.account.password_hash.as_deref();
    if app.passwords.verify(&new.password, kept).await? == Verdict::Wrong {
        return Err(Code::InvalidCredentials.into());
    }
    attempt.was_right();
    // A token asks in the name of whoever made it, as they had come in.
    let (shared, asking) = (Arc::clone(app), signed.clone());
    let told = format!("{TOKEN_PREFIX}{}", token(app.random.as_ref()));
    let digest = token_digest(&told);
    let session = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let account = still_signed(&shared, tx, &asking).await?;
                let known = stored::list_personal_tokens(tx, account.id, shared.now()).await?;
                if known.len() >= TOKENS_MAX {
                    return Err(Code::TooManyTokens.into());
                }
                let seconds = i64::from(new.days) * 86_400;
                let second_factor = asking.session.second_factor;
                let beginning = Beginning { label, seconds, second_factor };
                let session = begin(&shared, tx, &account, beginning).await?;
                stored::insert_personal_token(tx, digest, session.id, new.scope).await?;
                Ok::<_, AppError>(session)
            })
        })
        .await?;
    Ok((told, PersonalToken { session, scope: new.scope, used_on: None }))
}

/// The label, if that and the days can be.
fn checked(new: &NewToken) -> Result<String, AppError> {
    let mut wrong = Vec::new();
    let label = clean(&new.label, LABEL_MAX, Lines::Single);
    match &label {
        Ok(label) if label.is_empty() => wrong.push(FieldError::new("/label", FieldCode::Required)),
        Ok(_) => {}
        Err(error) => wrong.push(FieldError::new("/label", text_code(*error))),
    }
    if !(1..=TOKEN_DAYS_MAX).contains(&new.days) {
        wrong.push(FieldError::new("/days", FieldCode::InvalidNumber));
    }
    match label {
        Ok(label) if wrong.is_empty() => Ok(label),
        _ => Err(AppError::Invalid(wrong)),
    }
}

/// The tokens of the account that hold, newest day first.
pub async fn list_tokens(app: &App, signed: &Signed) -> Result<Vec<PersonalToken>, AppError> {
    Ok(stored::list_personal_tokens(&app.store.read(), signed.account.id, app.now()).await?)
}

/// Ends one of the account's own tokens. One of somebody else is not there.
pub async fn end_token(app: &Arc<App>, signed: &Signed, token: SessionId) -> Result<(), AppError> {
    let (account, now) = (signed.account.id, app.now());
    app.store
        .write(move |tx| {
            Box::pin(async move {
                let known = stored::list_personal_tokens(tx, account, now).await?;
                if !known.iter().any(|one| one.session.id == token) {
                    return Err(AppError::NotFound);
                }
                stored::revoke(tx, token, now).await?;
                Ok(())
            })
        })
        .await
}

/// Who a token names.
pub(super) async fn authenticate(app: &App, told: &str) -> Result<Signed, AppError> {
    let found = stored::find_live_by_token(&app.store.read(), token_digest(told), app.now()).await?;
    let LiveToken { live, scope, used_on } = found.ok_or(Code::InvalidToken)?;
    app.catch_up(live.newest_public).await?;
    app.counted.hear_of(live.newest);
    let (today, session) = (app.today(), live.session.id);
    if used_on != Some(today) {
        let note = app.store.write(move |tx| {
            Box::pin(async move { Ok::<_, AppError>(stored::note_use(tx, session, today).await?) })
        });
        note.await?;
    }
    Ok(Signed { scope: Some(scope), ..Signed::new(app, live.session, live.account) })
}
