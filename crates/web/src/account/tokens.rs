//! `/{language}/account/tokens`: tokens for programs that ask in the account's name.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use qadam_app::authentication::{NewToken, PersonalToken, Signed, end_token, list_tokens, make_token};
use qadam_app::{AppError, Code};
use qadam_domain::accounts::TokenScope;

use super::own::signed;
use crate::failure::Failure;
use crate::form::Form;
use crate::markup::Dated;
use crate::page::Page;
use crate::render::{not_kept, render};
use crate::signing_in::refusing;
use crate::visit::Visit;

/// For how many days a token may be made.
const DAYS: [u32; 4] = [30, 90, 180, 366];

#[derive(Template)]
#[template(path = "account/tokens.html")]
struct TokensPage<'a> {
    page: &'a Page,
    email: &'a str,
    tokens: &'a [PersonalToken],
    form: &'a Form,
    /// A token that was made just now.
    told: Option<&'a str>,
    /// Why it was refused.
    refused: Option<String>,
}

impl TokensPage<'_> {
    /// What a token may do: code, name, and no more to say of it.
    fn scopes(&self) -> Vec<(String, String, String)> {
        let name = |scope: TokenScope| self.page.word("token_scope", scope.code());
        TokenScope::ALL
            .into_iter()
            .map(|scope| (scope.code().to_owned(), name(scope), String::new()))
            .collect()
    }

    /// For how long: days, words.
    fn days(&self) -> Vec<(String, String)> {
        let words = |days: u32| self.page.count("tokens-of_days", &u64::from(days));
        DAYS.into_iter().map(|days| (days.to_string(), words(days))).collect()
    }

    /// The local day on which a token ends.
    fn until(&self, token: &PersonalToken) -> Dated {
        let zone = self.page.app().settings().time_zone;
        self.page.long_day(&qadam_app::clock::local_day(token.session.expires_at, zone))
    }
}

/// What the page tells beside the tokens.
#[derive(Default)]
struct Told<'a> {
    token: Option<&'a str>,
    refused: Option<&'a AppError>,
}

async fn page_of(visit: &Visit, signed: &Signed, form: &Form, told: Told<'_>) -> Result<Response, Failure> {
    let page = Page::new(visit, "tokens-title");
    let tokens = list_tokens(visit.app(), signed).await?;
    let response = not_kept(render(&TokensPage {
        page: &page,
        email: &signed.account.email,
        tokens: &tokens,
        form,
        told: told.token,
        refused: told.refused.map(|error| page.t(&format!("problem-{}", error.code().as_str()))),
    }));
    Ok(match told.refused {
        Some(error) => refusing(response, error),
        None => response,
    })
}

/// An empty form: a token that reads, for a quarter of a year.
fn empty() -> Form {
    Form::of([("scope", "read"), ("days", "90")].map(|(name, value)| (name.to_owned(), value.to_owned())))
}

/// `GET /{language}/account/tokens`
pub(super) async fn show(visit: Visit) -> Result<Response, Failure> {
    page_of(&visit, signed(&visit)?, &empty(), Told::default()).await
}

/// `POST /{language}/account/tokens`: makes one, or ends one.
pub(super) async fn change(visit: Visit, mut form: Form) -> Result<Response, Failure> {
    let (app, signed) = (visit.app(), signed(&visit)?);
    if form.text("act") == "end" {
        let token = form.text("token").parse().map_err(|_other| Code::NotFound)?;
        end_token(app, signed, token).await?;
        let to = format!("{}?done=token_ended", visit.to("account/tokens"));
        return Ok(Redirect::to(&to).into_response());
    }
    let new = NewToken {
        label: form.text("label").to_owned(),
        scope: TokenScope::from_code(form.text("scope")).unwrap_or(TokenScope::Read),
        days: form.text("days").parse().unwrap_or_default(),
        password: form.raw("password").to_owned(),
    };
    match make_token(app, &visit.origin, signed, new).await {
        Ok((token, _)) => {
            page_of(&visit, signed, &empty(), Told { token: Some(&token), ..Told::default() }).await
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

/// Whether it is said above the form, and not beside a field.
fn is_of_the_form(error: &AppError) -> bool {
    matches!(error.code(), Code::InvalidCredentials | Code::TooManyTokens | Code::TooOften | Code::Busy)
}
