//! `/{language}/account/second-factor`: turning codes of an authenticator app on and off.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use qadam_app::Code;
use qadam_app::authentication::{
    Enrolment, SecondFactor, begin_second_factor, confirm_second_factor, remove_second_factor,
    renew_recovery_codes, second_factor,
};
use qadam_app::{AppError, authentication::Signed};

use super::own::signed;
use crate::failure::Failure;
use crate::form::Form;
use crate::page::Page;
use crate::qr_code;
use crate::render::{not_kept, render};
use crate::signing_in::refusing;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "account/second_factor.html")]
struct SecondFactorPage<'a> {
    page: &'a Page,
    email: &'a str,
    factor: SecondFactor,
    /// Whether the account must have one: then a passkey does, too.
    is_asked: bool,
    /// What an app is told.
    enrolment: Option<&'a Enrolment>,
    /// The picture of it: modules a side, and the dark ones.
    square: usize,
    modules: String,
    /// Whether the first code of the app is asked for again.
    confirming: bool,
    /// Recovery codes that were made.
    codes: Option<&'a [String]>,
    /// Why it was refused.
    refused: Option<String>,
}

#[expect(clippy::unused_self, reason = "templates call methods of what they show")]
impl SecondFactorPage<'_> {
    /// A secret in groups of four, for whoever types it.
    fn spaced(&self, secret: &str) -> String {
        let letters: Vec<char> = secret.chars().collect();
        letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
    }
}

/// What the page tells beside how things stand.
#[derive(Default)]
struct Told<'a> {
    enrolment: Option<&'a Enrolment>,
    codes: Option<&'a [String]>,
    confirming: bool,
    refused: Option<&'a AppError>,
}

async fn page_of(visit: &Visit, signed: &Signed, told: Told<'_>) -> Result<Response, Failure> {
    let page = Page::new(visit, "second_factor-title");
    let factor = second_factor(visit.app(), signed).await?;
    let drawn = told.enrolment.and_then(|enrolment| qr_code::draw(&enrolment.address));
    let (square, modules) = drawn.unwrap_or_default();
    let response = not_kept(render(&SecondFactorPage {
        page: &page,
        email: &signed.account.email,
        factor,
        is_asked: visit.app().settings().authentication.second_factor.asks(signed.account.role),
        enrolment: told.enrolment,
        square,
        modules,
        confirming: told.confirming,
        codes: told.codes,
        refused: told.refused.map(|error| page.t(&format!("problem-{}", error.code().as_str()))),
    }));
    Ok(match told.refused {
        Some(error) => refusing(response, error),
        None => response,
    })
}

/// `GET /{language}/account/second-factor`
pub(super) async fn show(visit: Visit) -> Result<Response, Failure> {
    page_of(&visit, signed(&visit)?, Told::default()).await
}

/// `POST /{language}/account/second-factor`
pub(super) async fn change(visit: Visit, form: Form) -> Result<Response, Failure> {
    let (app, origin, signed) = (visit.app(), &visit.origin, signed(&visit)?);
    let (password, code) = (form.raw("password"), form.text("code"));
    let outcome = match form.text("act") {
        "begin" => match begin_second_factor(app, origin, signed, password).await {
            Ok(enrolment) => {
                let told = Told { enrolment: Some(&enrolment), ..Told::default() };
                return page_of(&visit, signed, told).await;
            }
            Err(error) => Err(error),
        },
        "confirm" => confirm_second_factor(app, origin, signed, code).await.map(Some),
        "renew" => renew_recovery_codes(app, origin, signed, code).await.map(Some),
        "remove" => remove_second_factor(app, origin, signed, password, code).await.map(|()| None),
        _ => return Err(Code::InvalidParameter.into()),
    };
    match outcome {
        Ok(Some(codes)) => page_of(&visit, signed, Told { codes: Some(&codes), ..Told::default() }).await,
        Ok(None) => {
            let to = format!("{}?done=second_factor_removed", visit.to("account"));
            Ok(Redirect::to(&to).into_response())
        }
        Err(error) if is_of_the_form(&error) => {
            let confirming = form.text("act") == "confirm" && error.code() == Code::InvalidSecondFactor;
            page_of(&visit, signed, Told { refused: Some(&error), confirming, ..Told::default() }).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Whether whoever filled the form can mend it.
fn is_of_the_form(error: &AppError) -> bool {
    matches!(
        error.code(),
        Code::InvalidCredentials
            | Code::InvalidSecondFactor
            | Code::SecondFactorConflict
            | Code::TooOften
            | Code::Busy
    )
}
