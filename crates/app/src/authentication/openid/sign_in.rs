//! Coming in with a provider.

use std::fmt;
use std::sync::Arc;

use qadam_domain::ids::IdentityId;
use qadam_domain::language::Language;
use qadam_domain::text::{LABEL_MAX, Lines, clean};
use qadam_mail::AccountEvent;
use qadam_openid::Claims;
use qadam_storage::Tx;
use qadam_storage::accounts::{self as stored, Account, AccountState, Identity};
use serde::{Deserialize, Serialize};

use super::journey::{Journey, Purpose};
use super::{FromProvider, ToProvider, arrive, is_bound_by_address, provider, second_factor_was_used, send};
use crate::accounts::{ByRule, make_by_rule, normalised_email};
use crate::application::App;
use crate::authentication::page_sessions::{PageSignIn, cookie, pending};
use crate::authentication::second_factor;
use crate::error::{AppError, Code};
use crate::letters::tell;
use crate::random::uuid;
use crate::settings::{EMAIL_VERIFIED, OpenIdSettings};
use crate::throttling::Origin;

/// Whoever came from a provider, as it calls them.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Comer {
    issuer: String,
    subject: String,
    /// What the person knows the identity by.
    shown: String,
    /// Whether the identity is to be bound to the account, which it was nobody's before.
    binds: bool,
}

/// Leaves out the person.
impl fmt::Debug for Comer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Comer").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

impl Comer {
    pub(super) fn new(issuer: &str, settings: &OpenIdSettings, claims: &Claims) -> Self {
        let known = claims.text(&settings.email_claim).or_else(|| claims.text(&settings.name_claim));
        let shown = known.and_then(|text| clean(text, LABEL_MAX, Lines::Single).ok()).unwrap_or_default();
        Self { issuer: issuer.to_owned(), subject: claims.subject().to_owned(), shown, binds: false }
    }

    /// The identity that it is already.
    pub(super) async fn find(&self, tx: &Tx) -> Result<Option<Identity>, AppError> {
        Ok(stored::find_identity(tx, &self.issuer, &self.subject).await?)
    }

    /// Binds it to an account; `used` where they come in with it now.
    pub(super) async fn bind(
        &self,
        app: &App,
        tx: &Tx,
        account: &Account,
        used: bool,
    ) -> Result<Identity, AppError> {
        let identity = Identity {
            id: IdentityId(uuid(app.random.as_ref())),
            account: account.id,
            issuer: self.issuer.clone(),
            subject: self.subject.clone(),
            shown: self.shown.clone(),
            made_on: app.today(),
            used_on: used.then(|| app.today()),
        };
        stored::insert_identity(tx, &identity).await?;
        Ok(identity)
    }

    /// Makes sure that it still is the account's, and binds it where that was to be done; tells whether it did.
    pub(crate) async fn hold(&self, app: &App, tx: &Tx, account: &Account) -> Result<bool, AppError> {
        match self.find(tx).await? {
            Some(identity) if identity.account == account.id => {
                stored::note_identity_use(tx, identity.id, app.today()).await?;
                Ok(false)
            }
            None if self.binds && is_free(tx, account, &self.issuer).await? => {
                self.bind(app, tx, account, true).await?;
                Ok(true)
            }
            _ => Err(Code::SignInExpired.into()),
        }
    }
}

/// Whether an account has no identity at a provider.
pub(super) async fn is_free(tx: &Tx, account: &Account, issuer: &str) -> Result<bool, AppError> {
    let known = stored::list_identities(tx, account.id).await?;
    Ok(known.iter().all(|identity| identity.issuer != issuer))
}

/// Sends a browser to the provider, for somebody to sign in and go on with a page.
pub async fn begin_sign_in_with_provider(
    app: &App,
    language: Language,
    next: &str,
) -> Result<ToProvider, AppError> {
    send(app, Purpose::SignIn, language, next).await
}

/// Signs in a browser that came back from the provider. Gives what its cookie is to hold, or what it brings along to the
/// code of the second factor.
pub async fn sign_in_with_provider(
    app: &Arc<App>,
    origin: &Origin,
    journey: &Journey,
    answer: FromProvider<'_>,
) -> Result<PageSignIn, AppError> {
    let (provider, settings) = provider(app)?;
    if journey.purpose != Purpose::SignIn {
        return Err(Code::IdentityRefused.into());
    }
    let (claims, attempt) = arrive(app, origin, journey, answer).await?;
    let comer = Comer::new(provider.issuer().as_str(), settings, &claims);
    let second_factor = second_factor_was_used(settings, &claims);
    let language = journey.language().unwrap_or(app.settings.languages.first());
    let shared = Arc::clone(app);
    let (came, bound) = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let (account, comer) = admit(&shared, tx, &claims, comer, language).await?;
                if account.second_factor && !second_factor {
                    return Ok((PageSignIn::CodeMissing(pending(&shared, &account, Some(comer))?), None));
                }
                if !second_factor {
                    second_factor::ask(&shared, tx, &account, None).await?;
                }
                let bound = comer.hold(&shared, tx, &account).await?;
                let cookie = cookie(&shared, tx, &account, second_factor).await?;
                Ok::<_, AppError>((PageSignIn::Done(cookie), bound.then_some(account)))
            })
        })
        .await?;
    attempt.was_right();
    if let Some(account) = bound {
        app.committed();
        tell(app, &account, AccountEvent::IdentityAdded);
    }
    Ok(came)
}

/// The account of whoever came, if there is one or a rule makes one. All others are refused alike.
async fn admit(
    app: &Arc<App>,
    tx: &Tx,
    claims: &Claims,
    comer: Comer,
    language: Language,
) -> Result<(Account, Comer), AppError> {
    let (_provider, settings) = provider(app)?;
    if let Some(identity) = comer.find(tx).await? {
        let account = stored::find(tx, identity.account).await?;
        let account = account.filter(|account| account.state == AccountState::Active);
        return Ok((account.ok_or(Code::IdentityRefused)?, comer));
    }
    let binding = Comer { binds: true, ..comer };
    let email = verified_address(settings, claims).ok_or(Code::IdentityRefused)?;
    if let Some(account) = stored::find_by_email(tx, &email).await? {
        let bound = account.state == AccountState::Active && is_bound_by_address(settings, &account);
        return if bound { Ok((account, binding)) } else { Err(Code::IdentityRefused.into()) };
    }
    let rule = settings.rules.iter().find(|rule| claims.has(&rule.claim, &rule.value));
    let rule = rule.ok_or(Code::IdentityRefused)?;
    let name = claims.text(&settings.name_claim);
    let account = make_by_rule(app, tx, ByRule { rule, email: &email, name, language }).await?;
    Ok((account, binding))
}

/// The address that the provider says is the person's, as it is stored.
fn verified_address(settings: &OpenIdSettings, claims: &Claims) -> Option<String> {
    let verified = settings.unverified_addresses || claims.is_true(EMAIL_VERIFIED);
    let address = claims.text(&settings.email_claim).filter(|_| verified)?;
    normalised_email(address).ok()
}
