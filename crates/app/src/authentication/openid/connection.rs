//! Connecting an identity to one's own account, and removing it.

use std::sync::Arc;

use qadam_domain::ids::IdentityId;
use qadam_domain::language::Language;
use qadam_mail::AccountEvent;
use qadam_storage::accounts as stored;
use qadam_storage::sessions;

use super::journey::{Journey, Purpose};
use super::sign_in::{Comer, is_free};
use super::{FromProvider, Signed, ToProvider, arrive, provider, send};
use crate::application::App;
use crate::authentication::second_factor::{OwnProof, ask_own, check_own_password, own_attempt};
use crate::authentication::still_signed;
use crate::error::{AppError, Code};
use crate::letters::tell;
use crate::throttling::Origin;

/// Sends a browser to the provider, for an identity to be connected, by the password, and by a code where the account has an
/// app: a provider that is believed to have asked for a second factor lets in without one. What comes of it is given to
/// [`connect_identity`], in the same session.
pub async fn begin_identity(
    app: &Arc<App>,
    origin: &Origin,
    signed: &Signed,
    said: OwnProof<'_>,
    language: Language,
) -> Result<ToProvider, AppError> {
    let (provider, _settings) = provider(app)?;
    let attempt = own_attempt(app, origin, signed)?;
    check_own_password(app, signed, said.password).await?;
    let (shared, asking, code) = (Arc::clone(app), signed.clone(), said.code.map(str::to_owned));
    app.store
        .write(move |tx| {
            Box::pin(async move {
                let account = still_signed(&shared, tx, &asking).await?;
                ask_own(&shared, tx, &account, code.as_deref()).await
            })
        })
        .await?;
    attempt.was_right();
    let known = stored::list_identities(&app.store.read(), signed.account.id).await?;
    if known.iter().any(|identity| identity.issuer == provider.issuer().as_str()) {
        return Err(Code::IdentityConflict.into());
    }
    send(app, Purpose::connection(signed), language, "").await
}

/// Connects the identity that somebody came back from the provider with, and ends all other sessions. One that is an
/// account's already, whose ever, is not taken ([`Code::IdentityConflict`]).
pub async fn connect_identity(
    app: &Arc<App>,
    origin: &Origin,
    signed: &Signed,
    journey: &Journey,
    answer: FromProvider<'_>,
) -> Result<(), AppError> {
    let (provider, settings) = provider(app)?;
    if journey.purpose != Purpose::connection(signed) {
        return Err(Code::IdentityRefused.into());
    }
    let (claims, attempt) = arrive(app, origin, journey, answer).await?;
    let comer = Comer::new(provider.issuer().as_str(), settings, &claims);
    let (issuer, id, asking) = (provider.issuer().clone(), signed.account.id, signed.clone());
    let shared = Arc::clone(app);
    app.store
        .write(move |tx| {
            Box::pin(async move {
                let account = still_signed(&shared, tx, &asking).await?;
                let taken = comer.find(tx).await?.is_some();
                if taken || !is_free(tx, &account, issuer.as_str()).await? {
                    return Err(Code::IdentityConflict.into());
                }
                comer.bind(&shared, tx, &account, false).await?;
                sessions::revoke_all(tx, id, shared.now(), Some(asking.session.id)).await?;
                Ok::<_, AppError>(())
            })
        })
        .await?;
    attempt.was_right();
    tell(app, &signed.account, AccountEvent::IdentityAdded);
    Ok(())
}

/// Removes one of the account's own identities, by the password, and ends all other sessions. One of somebody else is not
/// there. It stays while the account has no password ([`Code::LastWayIn`]): nobody could come in any more.
pub async fn remove_identity(
    app: &Arc<App>,
    origin: &Origin,
    signed: &Signed,
    identity: IdentityId,
    password: &str,
) -> Result<(), AppError> {
    let id = signed.account.id;
    let own = stored::list_identities(&app.store.read(), id).await?;
    if !own.iter().any(|known| known.id == identity) {
        return Err(AppError::NotFound);
    }
    if signed.account.password_hash.is_none() {
        return Err(Code::LastWayIn.into());
    }
    let attempt = own_attempt(app, origin, signed)?;
    check_own_password(app, signed, password).await?;
    attempt.was_right();
    let (asking, shared) = (signed.clone(), Arc::clone(app));
    app.store
        .write(move |tx| {
            Box::pin(async move {
                still_signed(&shared, tx, &asking).await?;
                if !stored::remove_identity(tx, id, identity).await? {
                    return Err(AppError::NotFound);
                }
                sessions::revoke_all(tx, id, shared.now(), Some(asking.session.id)).await?;
                Ok(())
            })
        })
        .await?;
    tell(app, &signed.account, AccountEvent::IdentityRemoved);
    Ok(())
}
