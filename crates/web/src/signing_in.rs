//! Signing in and out, and choosing a password by a one-time link.
//!
//! The cookie is `__Host-`: browsers send it to this host alone, over `https` alone, and take it from no other host.
//! Where a register is reached over `http` (a demonstration on one's own machine) not all browsers keep such a cookie,
//! and it goes by a plain name.

pub(crate) mod openid;
mod passkey;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use http::{HeaderMap, HeaderValue, header};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use qadam_app::authentication::{PageSignIn, passkeys_are_possible, provider_name};
use qadam_app::{AppError, Code, authentication};

use crate::failure::Failure;
use crate::form::Form;
use crate::page::Page;
use crate::render::{not_kept, render};
use crate::state::Web;
use crate::visit::Visit;

/// The pages.
pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route("/sign-in", get(show).post(sign_in))
        .route("/sign-in/passkey", post(passkey::sign_in))
        .route("/sign-in/openid", post(openid::set_out))
        .route("/sign-in/code", post(give_code))
        .route("/sign-out", post(sign_out))
        .route("/password", get(show_password).post(choose_password))
}

const fn cookie_name(is_https: bool) -> &'static str {
    if is_https { "__Host-qadam" } else { "qadam" }
}

/// What the cookie of a request holds.
pub(crate) fn cookie(web: &Web, headers: &HeaderMap) -> Option<String> {
    cookie_value(headers, cookie_name(web.is_https()))
}

/// What a cookie of a request holds; nothing where it is empty.
pub(crate) fn cookie_value(headers: &HeaderMap, name: &str) -> Option<String> {
    let values = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = values.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(known, value)| *known == name && !value.is_empty()).map(|(_, value)| value.to_owned())
}

/// The header that sets the cookie; without a value it removes it.
fn set_cookie(is_https: bool, value: Option<&str>) -> HeaderValue {
    let (name, secure) = (cookie_name(is_https), if is_https { "; Secure" } else { "" });
    let ends = if value.is_some() { "" } else { "; Max-Age=0" };
    let text = format!("{name}={}; Path=/; HttpOnly; SameSite=Lax{secure}{ends}", value.unwrap_or_default());
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
}

/// Where to sign in and come back to what was asked for.
pub(crate) fn address(visit: &Visit) -> String {
    if visit.path.is_empty() || visit.path.starts_with("sign-") || visit.path.starts_with("password") {
        return visit.to("sign-in");
    }
    let query = if visit.query.is_empty() { String::new() } else { format!("?{}", visit.query) };
    let back = format!("{}{query}", visit.path);
    format!("{}?next={}", visit.to("sign-in"), utf8_percent_encode(&back, NON_ALPHANUMERIC))
}

/// Where to go on: a page of this register in the same language, whatever was asked for; where nothing was, what waits for
/// the account.
fn next(visit: &Visit, asked: &str) -> String {
    if asked.is_empty() {
        return visit.to("work");
    }
    let harmless = !asked.contains(['\\', '\r', '\n']) && !asked.starts_with('/') && asked.len() <= 2_000;
    visit.to(if harmless { asked } else { "" })
}

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage<'a> {
    page: &'a Page,
    email: &'a str,
    next: &'a str,
    /// Where the script asks what a device is to sign; nothing where browsers have no passkeys.
    challenges: Option<&'static str>,
    /// What the provider of identities is called; nothing where people sign in with none.
    provider: Option<&'a str>,
    /// Why it was refused.
    refused: Option<String>,
}

/// Where REST tells what a device is to sign. It stores nothing, so that no page needs one of its own.
const CHALLENGES: &str = "/api/v1/auth/passkey-challenges";

async fn show(visit: Visit) -> Response {
    let next = visit.parameter("next").unwrap_or_default();
    let refused = openid::refused(&visit).map(AppError::from);
    not_kept(match refused {
        Some(error) => refused_page(&visit, "", &next, &error),
        None => sign_in_page(&visit, "", &next, None),
    })
}

/// The page again that was refused, for the words of a problem.
fn refused_page(visit: &Visit, email: &str, next: &str, error: &AppError) -> Response {
    let words = format!("problem-{}", error.code().as_str());
    sign_in_page(visit, email, next, Some((error, &words)))
}

fn sign_in_page(visit: &Visit, email: &str, next: &str, refused: Option<(&AppError, &str)>) -> Response {
    let mut page = Page::new(visit, "sign_in-title");
    page.hide();
    let words = refused.map(|(_, words)| page.t(words));
    let challenges = passkeys_are_possible(visit.app()).then_some(CHALLENGES);
    let provider = provider_name(visit.app(), visit.language);
    let response = render(&SignInPage { page: &page, email, next, challenges, provider, refused: words });
    match refused {
        Some((error, _)) => refusing(response, error),
        None => response,
    }
}

/// A form that is shown again because it was refused: no browser takes it for what was asked for.
pub(crate) fn refusing(mut response: Response, error: &AppError) -> Response {
    *response.status_mut() = match error.code() {
        Code::InvalidCredentials | Code::InvalidSecondFactor | Code::InvalidLink | Code::Invalid => {
            http::StatusCode::UNPROCESSABLE_ENTITY
        }
        code => qadam_http::status(code),
    };
    if let Some(seconds) = qadam_http::retry_after_error(error) {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

async fn sign_in(State(web): State<Web>, visit: Visit, form: Form) -> Result<Response, Failure> {
    let (email, asked) = (form.text("email"), form.text("next"));
    match authentication::sign_in_to_pages(visit.app(), &visit.origin, email, form.raw("password")).await {
        Ok(PageSignIn::Done(cookie)) => Ok(signed_in(&web, &visit, asked, &cookie)),
        Ok(PageSignIn::CodeMissing(pending)) => Ok(not_kept(code_page(&visit, &pending, asked, None))),
        Err(error) if is_of_the_form(&error) => Ok(refused_page(&visit, email, asked, &error)),
        Err(error) => Err(error.into()),
    }
}

/// Whether whoever signs in can go on from it.
fn is_of_the_form(error: &AppError) -> bool {
    matches!(error.code(), Code::InvalidCredentials | Code::PasskeyRequired | Code::TooOften | Code::Busy)
}

/// Whoever is in goes on with the cookie of the new session.
fn signed_in(web: &Web, visit: &Visit, asked: &str, cookie: &str) -> Response {
    let mut response = Redirect::to(&next(visit, asked)).into_response();
    response.headers_mut().append(header::SET_COOKIE, set_cookie(web.is_https(), Some(cookie)));
    response
}

#[derive(Template)]
#[template(path = "sign_in_code.html")]
struct CodePage<'a> {
    page: &'a Page,
    pending: &'a str,
    next: &'a str,
    /// Why it was refused.
    refused: Option<String>,
}

fn code_page(visit: &Visit, pending: &str, next: &str, refused: Option<&AppError>) -> Response {
    let mut page = Page::new(visit, "sign_in-title");
    page.hide();
    let words = refused.map(|error| page.t(&format!("problem-{}", error.code().as_str())));
    let response = render(&CodePage { page: &page, pending, next, refused: words });
    match refused {
        Some(error) => refusing(response, error),
        None => response,
    }
}

/// `POST /{language}/sign-in/code`: the second step, with what the first one gave.
async fn give_code(State(web): State<Web>, visit: Visit, form: Form) -> Result<Response, Failure> {
    let (pending, asked) = (form.text("pending"), form.text("next"));
    let code = form.text("code");
    match authentication::finish_sign_in_to_pages(visit.app(), &visit.origin, pending, code).await {
        Ok(cookie) => Ok(signed_in(&web, &visit, asked, &cookie)),
        Err(error) => match error.code() {
            Code::SignInExpired => Ok(refused_page(&visit, "", asked, &error)),
            Code::SecondFactorRequired | Code::InvalidSecondFactor | Code::TooOften => {
                Ok(not_kept(code_page(&visit, pending, asked, Some(&error))))
            }
            _ => Err(error.into()),
        },
    }
}

async fn sign_out(State(web): State<Web>, visit: Visit, _form: Form) -> Result<Response, Failure> {
    if let Some(signed) = &visit.signed {
        authentication::sign_out(visit.app(), signed).await?;
    }
    let mut response = Redirect::to(&format!("{}?done=signed_out", visit.to(""))).into_response();
    let headers = response.headers_mut();
    headers.append(header::SET_COOKIE, set_cookie(web.is_https(), None));
    headers.insert("clear-site-data", HeaderValue::from_static("\"cache\", \"storage\""));
    Ok(response)
}

#[derive(Template)]
#[template(path = "password.html")]
struct PasswordPage<'a> {
    page: &'a Page,
    token: &'a str,
    refused: Option<String>,
}

async fn show_password(visit: Visit) -> Response {
    let token = visit.parameter("token").unwrap_or_default();
    not_kept(password_page(&visit, &token, None))
}

fn password_page(visit: &Visit, token: &str, refused: Option<String>) -> Response {
    let mut page = Page::new(visit, "password-title");
    page.hide();
    let refused_status = refused.is_some();
    let mut response = render(&PasswordPage { page: &page, token, refused });
    if refused_status {
        *response.status_mut() = http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

async fn choose_password(visit: Visit, mut form: Form) -> Result<Response, Failure> {
    let token = form.text("token").to_owned();
    match authentication::set_password_by_link(visit.app(), &visit.origin, &token, form.raw("password")).await
    {
        Ok(_account) => {
            Ok(Redirect::to(&format!("{}?done=password_chosen", visit.to("sign-in"))).into_response())
        }
        Err(error) if matches!(error.code(), Code::InvalidLink | Code::TooOften | Code::Busy) => {
            let words =
                qadam_localisation::text(visit.language.tag(), &format!("problem-{}", error.code().as_str()));
            Ok(refusing(password_page(&visit, &token, Some(words)), &error))
        }
        Err(error) => {
            form.take(error)?;
            let code = form.wrong("password").map_or("field-required", |code| code.as_str());
            let refused = qadam_localisation::text(visit.language.tag(), &format!("password-{code}"));
            Ok(password_page(&visit, &token, Some(refused)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_bound_to_its_host_and_to_https_and_no_script_reads_it() {
        let cookie = |is_https, value| set_cookie(is_https, value).to_str().unwrap().to_owned();
        assert_eq!(cookie(true, Some("a")), "__Host-qadam=a; Path=/; HttpOnly; SameSite=Lax; Secure");
        assert_eq!(cookie(false, Some("a")), "qadam=a; Path=/; HttpOnly; SameSite=Lax");
        assert!(cookie(true, None).ends_with("; Secure; Max-Age=0"), "{}", cookie(true, None));
    }
}
