//! Signing in with a provider of identities (OpenID Connect Core 1.0, by the authorization code flow).
//!
//! An identity is what a provider calls somebody, and is of one account. It becomes an account's in three ways: whoever is
//! signed in connects it, by the password; where the settings say so, by an address that the provider verified, but only of
//! accounts that act for a body or observe, for of others a provider alone would let somebody in; or with an account that a
//! rule of the settings makes ([`crate::accounts`]). Whoever is refused is told that and no more.
//!
//! * `journey` – what a browser keeps while somebody is at the provider;
//! * `sign_in` – coming in;
//! * `connection` – connecting and removing an identity.
//!
//! What a provider answers is verified by `qadam_openid`. A code of the second factor is asked for as after a password, unless
//! the provider says, in words that the settings name, that it asked for one.

mod connection;
mod journey;
mod sign_in;

use std::fmt;
use std::sync::Arc;

use qadam_domain::calendar::Timestamp;
use qadam_domain::language::Language;
use qadam_openid::{Answer, Authorization, Claims, OpenIdError, Provider};
use qadam_storage::accounts::{self as stored, Account, Identity};
use subtle::ConstantTimeEq as _;

pub use self::connection::{begin_identity, connect_identity, remove_identity};
use self::journey::Purpose;
pub use self::journey::{JOURNEY_SECONDS, Journey};
pub(super) use self::sign_in::Comer;
pub use self::sign_in::{begin_sign_in_with_provider, sign_in_with_provider};
use super::Signed;
use crate::application::App;
use crate::error::{AppError, Code};
use crate::settings::{OpenIdSettings, Settings};
use crate::throttling::{Attempt, Origin};

/// Where a browser goes, and what it keeps meanwhile.
#[derive(Clone)]
pub struct ToProvider {
    /// The address at the provider.
    pub url: String,
    /// What the browser keeps, sealed.
    pub journey: String,
}

/// Leaves out both.
impl fmt::Debug for ToProvider {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ToProvider(…)")
    }
}

/// What a browser comes back with.
#[derive(Clone, Copy)]
pub struct FromProvider<'a> {
    /// What it was to bring back.
    pub state: &'a str,
    /// The code; none where the provider let nobody in.
    pub code: Option<&'a str>,
    /// Who says that it answers.
    pub issuer: Option<&'a str>,
}

/// Leaves out all of it.
impl fmt::Debug for FromProvider<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("FromProvider(…)")
    }
}

/// What the provider is called in a language, or else in another; nothing where people sign in with none.
pub fn provider_name(app: &App, language: Language) -> Option<&str> {
    let settings = app.settings.openid.as_ref()?;
    let host = settings.issuer.as_str().split("://").last().and_then(|rest| rest.split('/').next());
    let elsewhere = Language::ALL.into_iter().find_map(|other| settings.name.get(other));
    settings.name.get(language).or(elsewhere).or(host)
}

/// Whether the provider that settings name answers as it should: where browsers come back to from it, or what is wrong.
/// Nothing where none is named.
pub async fn ask_provider(settings: &Settings, now: Timestamp) -> Option<Result<String, String>> {
    let named = settings.openid.as_ref()?.provider(&settings.public_url);
    let (issuer, back) = (named.issuer.as_str().to_owned(), named.redirect_uri.clone());
    let asked = Authorization { state: "", nonce: "", verifier: "", language: "" };
    let answered = match Provider::new(named) {
        Ok(provider) => provider.authorization_url(asked, now.0.div_euclid(1_000)).await,
        Err(error) => Err(error),
    };
    Some(match answered {
        Ok(_url) => Ok(format!("{issuer} answers; it has to know that browsers come back to {back}")),
        Err(error) => Err(format!("{issuer}: {error}")),
    })
}

/// The identities of the account, oldest first.
pub async fn list_identities(app: &App, signed: &Signed) -> Result<Vec<Identity>, AppError> {
    Ok(stored::list_identities(&app.store.read(), signed.account.id).await?)
}

/// The provider and how far it is believed; [`Code::NoIdentityProvider`] where there is none.
fn provider(app: &App) -> Result<(&Provider, &OpenIdSettings), AppError> {
    match (&app.provider, &app.settings.openid) {
        (Some(provider), Some(settings)) => Ok((provider, settings)),
        _ => Err(Code::NoIdentityProvider.into()),
    }
}

/// Sends a browser to the provider.
async fn send(app: &App, purpose: Purpose, language: Language, next: &str) -> Result<ToProvider, AppError> {
    let (provider, _settings) = provider(app)?;
    let journey = Journey::new(app, purpose, language, next);
    let asked = Authorization {
        state: &journey.state,
        nonce: &journey.nonce,
        verifier: &journey.verifier,
        language: language.tag(),
    };
    let url = provider.authorization_url(asked, seconds(app)).await.map_err(refusal)?;
    Ok(ToProvider { url, journey: journey.seal(app)? })
}

/// Now, as providers tell the time.
fn seconds(app: &App) -> i64 {
    app.now().0.div_euclid(1_000)
}

/// What the provider says of whoever came back from a journey, which is over with that whatever comes of it. The attempt
/// counts until they are in, by where it comes from alone: before the provider spoke nobody was named.
async fn arrive<'a>(
    app: &'a Arc<App>,
    origin: &Origin,
    journey: &Journey,
    answer: FromProvider<'_>,
) -> Result<(Claims, Attempt<'a>), AppError> {
    let (provider, _settings) = provider(app)?;
    let same: bool = journey.state.as_bytes().ct_eq(answer.state.as_bytes()).into();
    if !same {
        return Err(Code::IdentityRefused.into());
    }
    // Whoever turned back at the provider tried nothing, and may go there again.
    let code = answer.code.ok_or(Code::IdentityRefused)?;
    let attempt = Attempt::begin(app, origin, format!("journey {}", journey.state))?;
    if !journey.spend(app).await? {
        return Err(Code::SignInExpired.into());
    }
    let answer = Answer { code, issuer: answer.issuer, verifier: &journey.verifier, nonce: &journey.nonce };
    let claims = provider.exchange(answer, seconds(app)).await.map_err(|error| {
        if error.is_of_the_provider() {
            attempt.was_not_tried();
        }
        refusal(error)
    })?;
    Ok((claims, attempt))
}

fn refusal(error: OpenIdError) -> Code {
    if error.is_of_the_provider() {
        tracing::warn!(%error, "the provider of identities does not answer as it should");
        return Code::IdentityProviderUnavailable;
    }
    if error == OpenIdError::Code {
        // A secret of the register's own that is not taken looks like this, too.
        tracing::warn!(%error, "nobody was signed in with the provider of identities");
    } else {
        tracing::debug!(%error, "nobody was signed in with the provider of identities");
    }
    Code::IdentityRefused
}

/// Whether the provider said that it asked for a second factor.
fn second_factor_was_used(settings: &OpenIdSettings, claims: &Claims) -> bool {
    settings.second_factors.iter().any(|value| claims.has("acr", value) || claims.has("amr", value))
}

/// Whether an address alone binds an identity to an account: not where a colleague would have to confirm a newcomer, and not
/// of administrators, for then a provider could let somebody in to what is kept from it.
fn is_bound_by_address(settings: &OpenIdSettings, account: &Account) -> bool {
    settings.link_by_email
        && !account.role.waits_for_colleagues()
        && crate::settings::MappingRule::may_give(account.role)
}
