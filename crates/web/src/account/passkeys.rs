//! `/{language}/account/passkeys`: signing in with a device, and without a password.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use qadam_app::authentication::{
    NewPasskey, OwnProof, PASSKEYS_MAX, Passkey, PasskeyBeginning, Signed, add_passkey, begin_passkey,
    list_passkeys, passkeys_are_possible, remove_passkey,
};
use qadam_app::{AppError, Code};
use qadam_http::passkeys::{Base64Url, CreationOptions};

use super::own::signed;
use crate::failure::Failure;
use crate::form::Form;
use crate::page::Page;
use crate::render::{not_kept, render};
use crate::signing_in::refusing;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "account/passkeys.html")]
struct PasskeysPage<'a> {
    page: &'a Page,
    email: &'a str,
    /// Whether the account has an app, whose code is asked for.
    has_app: bool,
    passkeys: &'a [Passkey],
    form: &'a Form,
    /// Whether browsers have passkeys at the address of the register.
    possible: bool,
    /// What a browser is told for one to be made, once the password was given.
    options: Option<&'a str>,
    /// Why it was refused.
    refused: Option<String>,
}

impl PasskeysPage<'_> {
    /// Which one is removed: identifier, label.
    fn removable(&self) -> Vec<(String, String)> {
        self.passkeys.iter().map(|passkey| (passkey.id.to_string(), passkey.label.clone())).collect()
    }

    fn is_full(&self) -> bool {
        self.passkeys.len() >= PASSKEYS_MAX
    }
}

/// What the page tells beside the passkeys.
#[derive(Default)]
struct Told<'a> {
    options: Option<&'a str>,
    refused: Option<&'a AppError>,
}

async fn page_of(visit: &Visit, signed: &Signed, form: &Form, told: Told<'_>) -> Result<Response, Failure> {
    let page = Page::new(visit, "passkeys-title");
    let passkeys = list_passkeys(visit.app(), signed).await?;
    let response = not_kept(render(&PasskeysPage {
        page: &page,
        email: &signed.account.email,
        has_app: signed.account.second_factor,
        passkeys: &passkeys,
        form,
        possible: passkeys_are_possible(visit.app()),
        options: told.options,
        refused: told.refused.map(|error| page.t(&format!("problem-{}", error.code().as_str()))),
    }));
    Ok(match told.refused {
        Some(error) => refusing(response, error),
        None => response,
    })
}

/// `GET /{language}/account/passkeys`
pub(super) async fn show(visit: Visit) -> Result<Response, Failure> {
    page_of(&visit, signed(&visit)?, &Form::default(), Told::default()).await
}

/// `POST /{language}/account/passkeys`: begins with one, adds it, or removes one.
pub(super) async fn change(visit: Visit, mut form: Form) -> Result<Response, Failure> {
    let (app, origin, signed) = (visit.app(), &visit.origin, signed(&visit)?);
    let outcome = match form.text("act") {
        "begin" => match begin(&visit, signed, &form).await {
            Ok(begun) => {
                let options = serde_json::to_string(&CreationOptions::from(begun));
                let options = options.map_err(|error| AppError::Internal(error.to_string()))?;
                let told = Told { options: Some(&options), ..Told::default() };
                return page_of(&visit, signed, &Form::default(), told).await;
            }
            Err(error) => Err(error),
        },
        "add" => match read(&form) {
            Some(new) => add_passkey(app, origin, signed, new).await.map(|_passkey| "passkey_added"),
            None => Err(Code::InvalidPasskey.into()),
        },
        "remove" => {
            let passkey = form.text("passkey").parse().map_err(|_other| Code::NotFound)?;
            let removed = remove_passkey(app, origin, signed, passkey, form.raw("password")).await;
            removed.map(|()| "passkey_removed")
        }
        _ => return Err(Code::InvalidParameter.into()),
    };
    match outcome {
        Ok(done) => {
            Ok(Redirect::to(&format!("{}?done={done}", visit.to("account/passkeys"))).into_response())
        }
        Err(error) if is_of_the_form(&error) => {
            page_of(&visit, signed, &form, Told { refused: Some(&error), ..Told::default() }).await
        }
        Err(error) => {
            form.take(error)?;
            let mut response = page_of(&visit, signed, &form, Told::default()).await?;
            *response.status_mut() = http::StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
    }
}

async fn begin(visit: &Visit, signed: &Signed, form: &Form) -> Result<PasskeyBeginning, AppError> {
    let said = OwnProof { password: form.raw("password"), code: Some(form.text("code")) };
    begin_passkey(visit.app(), &visit.origin, signed, said).await
}

/// What the script wrote into the form.
fn read(form: &Form) -> Option<NewPasskey> {
    Some(NewPasskey {
        label: form.text("label").to_owned(),
        client_data: Base64Url::read(form.text("client_data"))?.0,
        attestation_object: Base64Url::read(form.text("attestation_object"))?.0,
    })
}

/// Whether it is said above the form, and not beside a field.
fn is_of_the_form(error: &AppError) -> bool {
    matches!(
        error.code(),
        Code::InvalidCredentials
            | Code::SecondFactorRequired
            | Code::InvalidSecondFactor
            | Code::InvalidPasskey
            | Code::NoPasskeys
            | Code::TooManyPasskeys
            | Code::LastSecondFactor
            | Code::TooOften
            | Code::Busy
    )
}
