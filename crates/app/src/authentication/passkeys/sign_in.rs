//! Coming in with a passkey.

use std::fmt;
use std::sync::Arc;

use qadam_storage::Tx;
use qadam_storage::accounts::{self as stored, Account, AccountState, Passkey};
use qadam_webauthn::{Algorithm, KnownCredential, PublicKey, SignIn, Use, challenge_of, verify_sign_in};

use super::challenges::{self, Made, Purpose};
use super::relying_party;
use crate::application::App;
use crate::authentication::page_sessions::cookie;
use crate::authentication::sessions::{Beginning, Tokens, begin, clean_label, tokens};
use crate::error::{AppError, Code};
use crate::throttling::{Attempt, Origin};

/// What a browser is told for somebody to sign in. It names no account and no passkey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyChallenge {
    /// What the device signs.
    pub challenge: Vec<u8>,
    /// The domain that the passkey is bound to.
    pub domain: String,
}

/// With what somebody signs in: as the browser tells it.
#[derive(Clone)]
pub struct PasskeySignIn {
    /// What the device calls the passkey.
    pub credential_id: Vec<u8>,
    /// `clientDataJSON`.
    pub client_data: Vec<u8>,
    /// `authenticatorData`.
    pub authenticator_data: Vec<u8>,
    /// `signature`.
    pub signature: Vec<u8>,
    /// `userHandle`.
    pub user_handle: Vec<u8>,
}

/// Leaves out all of it.
impl fmt::Debug for PasskeySignIn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PasskeySignIn(…)")
    }
}

/// What somebody who wants to sign in answers to, within five minutes.
pub fn passkey_challenge(app: &App) -> Result<PasskeyChallenge, AppError> {
    let domain = relying_party(app)?.id().to_owned();
    Ok(PasskeyChallenge { challenge: challenges::make(app, Purpose::SignIn), domain })
}

/// Signs in with a passkey alone. Whatever is wrong is answered as a wrong password is ([`Code::InvalidCredentials`]), and
/// counted for where it comes from and for the passkey.
pub async fn sign_in_with_passkey(
    app: &Arc<App>,
    origin: &Origin,
    answer: &PasskeySignIn,
    label: Option<&str>,
) -> Result<Tokens, AppError> {
    let label = clean_label(label)?;
    let (verified, attempt) = verify(app, origin, answer).await?;
    let shared = Arc::clone(app);
    let tokens = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let Some(account) = admit(&shared, tx, &verified).await? else { return Ok(None) };
                let seconds = shared.settings.authentication.session_seconds;
                let session =
                    begin(&shared, tx, &account, Beginning { label, seconds, second_factor: true }).await?;
                tokens(&shared, tx, &session).await.map(Some)
            })
        })
        .await?;
    let tokens = tokens.ok_or(Code::InvalidCredentials)?;
    attempt.was_right();
    Ok(tokens)
}

/// Signs in a browser with a passkey alone. Gives what its cookie is to hold.
pub async fn sign_in_to_pages_with_passkey(
    app: &Arc<App>,
    origin: &Origin,
    answer: &PasskeySignIn,
) -> Result<String, AppError> {
    let (verified, attempt) = verify(app, origin, answer).await?;
    let shared = Arc::clone(app);
    let cookie = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let Some(account) = admit(&shared, tx, &verified).await? else { return Ok(None) };
                cookie(&shared, tx, &account, true).await.map(Some)
            })
        })
        .await?;
    let cookie = cookie.ok_or(Code::InvalidCredentials)?;
    attempt.was_right();
    Ok(cookie)
}

/// A passkey whose signature held, and what is new about it.
struct Verified {
    made: Made,
    passkey: Passkey,
    used: Use,
}

/// Verifies the answer, and writes nothing yet. The attempt counts until whoever signs in is in.
async fn verify<'a>(
    app: &'a Arc<App>,
    origin: &Origin,
    answer: &PasskeySignIn,
) -> Result<(Verified, Attempt<'a>), AppError> {
    let party = relying_party(app)?;
    let named = app.sealer.tag("passkey attempt", &[&answer.credential_id]);
    let attempt = Attempt::begin(app, origin, format!("passkey {named}"))?;
    let challenge = challenge_of(&answer.client_data).map_err(|_| Code::InvalidCredentials)?;
    let made = challenges::made(app, Purpose::SignIn, &challenge).ok_or(Code::InvalidCredentials)?;
    let known = stored::find_passkey(&app.store.read(), &answer.credential_id).await?;
    let passkey = known.ok_or(Code::InvalidCredentials)?;
    let user_handle = stored::find_user_handle(&app.store.read(), passkey.account).await?;
    let user_handle = user_handle.ok_or(Code::InvalidCredentials)?;
    let algorithm = Algorithm::from_number(passkey.algorithm.into())
        .ok_or_else(|| AppError::Internal(format!("algorithm {} is not known", passkey.algorithm)))?;
    let public_key = PublicKey { algorithm, bytes: passkey.public_key.clone() };
    let backup_eligible = passkey.backup_eligible;
    let known = KnownCredential { public_key: &public_key, user_handle: &user_handle, backup_eligible };
    let used = verify_sign_in(&party, &challenge, known, read(answer)).map_err(|refusal| {
        tracing::debug!(%refusal, "nobody was signed in with a passkey");
        Code::InvalidCredentials
    })?;
    Ok((Verified { made, passkey, used }, attempt))
}

fn read(answer: &PasskeySignIn) -> SignIn<'_> {
    SignIn {
        client_data: &answer.client_data,
        authenticator_data: &answer.authenticator_data,
        signature: &answer.signature,
        user_handle: &answer.user_handle,
    }
}

/// The account as it is in the transaction, if it may sign in with the passkey. `None` where the passkey's count went back,
/// which is noted: it is a refusal, and no failure that would undo the note.
async fn admit(app: &App, tx: &Tx, verified: &Verified) -> Result<Option<Account>, AppError> {
    let Verified { made, passkey, used } = verified;
    if !made.spend(tx).await? {
        return Err(Code::InvalidCredentials.into());
    }
    let account = stored::find(tx, passkey.account).await?;
    let account = account.filter(|account| account.state == AccountState::Active);
    let account = account.ok_or(Code::InvalidCredentials)?;
    if stored::note_passkey_use(tx, passkey.id, used.sign_count, used.backed_up, app.today()).await? {
        return Ok(Some(account));
    }
    tracing::warn!(passkey = %passkey.id, "the count of a passkey went back: it may have been copied");
    stored::note_passkey_doubt(tx, passkey.id, app.today()).await?;
    Ok(None)
}
