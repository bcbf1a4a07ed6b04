//! `/{language}/account/identities`: signing in with a provider of identities.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use qadam_app::authentication::{
    Identity, OwnProof, Signed, begin_identity, list_identities, provider_name, remove_identity,
};
use qadam_app::{AppError, Code};

use super::own::signed;
use crate::failure::Failure;
use crate::form::Form;
use crate::page::Page;
use crate::render::{not_kept, render};
use crate::signing_in::{openid, refusing};
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "account/identities.html")]
struct IdentitiesPage<'a> {
    page: &'a Page,
    email: &'a str,
    /// Whether the account has an app, whose code is asked for.
    has_app: bool,
    identities: &'a [Identity],
    form: &'a Form,
    /// What the provider is called; nothing where people sign in with none.
    provider: Option<&'a str>,
    /// The provider itself.
    issuer: Option<&'a str>,
    /// Whether somebody could come in without an identity.
    has_password: bool,
    /// Why it was refused.
    refused: Option<String>,
}

impl IdentitiesPage<'_> {
    /// Which one is removed: identifier, what it is known by.
    fn removable(&self) -> Vec<(String, String)> {
        self.identities.iter().map(|identity| (identity.id.to_string(), named(identity))).collect()
    }

    /// Whether the account has an identity at the provider.
    fn is_connected(&self) -> bool {
        self.identities.iter().any(|identity| Some(identity.issuer.as_str()) == self.issuer)
    }
}

/// What a person knows an identity by.
fn named(identity: &Identity) -> String {
    let provider = identity.issuer.split("://").last().unwrap_or_default();
    if identity.shown.is_empty() { provider.to_owned() } else { format!("{} · {provider}", identity.shown) }
}

async fn page_of(
    visit: &Visit,
    signed: &Signed,
    form: &Form,
    refused: Option<&AppError>,
) -> Result<Response, Failure> {
    let page = Page::new(visit, "identities-title");
    let identities = list_identities(visit.app(), signed).await?;
    let settings = visit.app().settings().openid.as_ref();
    let response = not_kept(render(&IdentitiesPage {
        page: &page,
        email: &signed.account.email,
        has_app: signed.account.second_factor,
        identities: &identities,
        form,
        provider: provider_name(visit.app(), visit.language),
        issuer: settings.map(|settings| settings.issuer.as_str()),
        has_password: signed.account.password_hash.is_some(),
        refused: refused.map(|error| page.t(&format!("problem-{}", error.code().as_str()))),
    }));
    Ok(match refused {
        Some(error) => refusing(response, error),
        None => response,
    })
}

/// `GET /{language}/account/identities`
pub(super) async fn show(visit: Visit) -> Result<Response, Failure> {
    let refused = openid::refused(&visit).map(AppError::from);
    page_of(&visit, signed(&visit)?, &Form::default(), refused.as_ref()).await
}

/// `POST /{language}/account/identities`: sets out to connect one, or removes one.
pub(super) async fn change(visit: Visit, mut form: Form) -> Result<Response, Failure> {
    let (app, origin, signed) = (visit.app(), &visit.origin, signed(&visit)?);
    let password = form.raw("password");
    let outcome = match form.text("act") {
        "connect" => {
            let said = OwnProof { password, code: Some(form.text("code")) };
            let begun = begin_identity(app, origin, signed, said, visit.language).await;
            begun.map(|to| openid::going(&visit, &to))
        }
        "remove" => {
            let identity = form.text("identity").parse().map_err(|_other| Code::NotFound)?;
            let done = format!("{}?done=identity_removed", visit.to("account/identities"));
            let removed = remove_identity(app, origin, signed, identity, password).await;
            removed.map(|()| Redirect::to(&done).into_response())
        }
        _ => return Err(Code::InvalidParameter.into()),
    };
    match outcome {
        Ok(response) => Ok(response),
        Err(error) if is_of_the_form(&error) => page_of(&visit, signed, &form, Some(&error)).await,
        Err(error) => {
            form.take(error)?;
            page_of(&visit, signed, &form, None).await
        }
    }
}

/// Whether it is said above the form.
fn is_of_the_form(error: &AppError) -> bool {
    matches!(
        error.code(),
        Code::InvalidCredentials
            | Code::SecondFactorRequired
            | Code::InvalidSecondFactor
            | Code::IdentityConflict
            | Code::IdentityProviderUnavailable
            | Code::NoIdentityProvider
            | Code::LastWayIn
            | Code::TooOften
            | Code::Busy
    )
}
