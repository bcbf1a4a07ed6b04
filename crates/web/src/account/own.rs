//! `GET /{language}/account`: name, language, password, sessions.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use http::StatusCode;
use qadam_app::Code;
use qadam_app::accounts::colleagues;
use qadam_app::authentication::{
    OwnChanges, PasswordChange, Session, Signed, change_own_account, change_own_password, end_other_sessions,
    end_session as end_one, list_sessions, provider_name,
};
use qadam_domain::language::Language;

use crate::failure::Failure;
use crate::form::Form;
use crate::page::Page;
use crate::render::render;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "account/own.html")]
struct OwnPage<'a> {
    page: &'a Page,
    signed: &'a Signed,
    sessions: &'a [Session],
    /// How many colleagues wait for one's word.
    waiting: u64,
    /// What the provider of identities is called; nothing where people sign in with none.
    provider: Option<&'a str>,
    form: &'a Form,
    /// Why the password was not changed.
    refused: Option<String>,
}

pub(super) fn signed(visit: &Visit) -> Result<&Signed, Failure> {
    visit.signed.as_ref().ok_or_else(|| Code::Unauthenticated.into())
}

/// `GET /{language}/account`
pub(super) async fn show(visit: Visit) -> Result<Response, Failure> {
    let account = &signed(&visit)?.account;
    let values = [("name", account.name.as_str()), ("language", account.language.tag())];
    let form = Form::of(values.map(|(name, value)| (name.to_owned(), value.to_owned())));
    own_page(&visit, &form, None).await
}

async fn own_page(visit: &Visit, form: &Form, refused: Option<Code>) -> Result<Response, Failure> {
    let signed = signed(visit)?;
    let sessions = list_sessions(visit.app(), signed).await?;
    let mut colleagues = colleagues(visit.app(), &visit.viewer()).await?;
    colleagues.retain(|colleague| colleague.may_confirm || colleague.may_vouch);
    let waiting = u64::try_from(colleagues.len()).unwrap_or(u64::MAX);
    let page = Page::new(visit, "account-title");
    let is_wrong = refused.is_some() || form.is_wrong();
    let refused = refused.map(|code| page.t(&format!("problem-{}", code.as_str())));
    let provider = provider_name(visit.app(), visit.language);
    let shown = OwnPage { page: &page, signed, sessions: &sessions, waiting, provider, form, refused };
    let mut response = render(&shown);
    if is_wrong {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// `POST /{language}/account`
pub(super) async fn change(visit: Visit, mut form: Form) -> Result<Response, Failure> {
    let language: Option<Language> = form.text("language").parse().ok();
    let changes = OwnChanges { name: Some(form.text("name").to_owned()), language };
    match change_own_account(visit.app(), signed(&visit)?, changes, None).await {
        Ok(_account) => Ok(done(&visit, "account_changed")),
        Err(error) => {
            form.take(error)?;
            own_page(&visit, &form, None).await
        }
    }
}

/// `POST /{language}/account/password`
pub(super) async fn change_password(visit: Visit, mut form: Form) -> Result<Response, Failure> {
    let change = PasswordChange { current: form.raw("current").to_owned(), new: form.raw("new").to_owned() };
    match change_own_password(visit.app(), &visit.origin, signed(&visit)?, change).await {
        Ok(()) => Ok(done(&visit, "password_changed")),
        Err(error) if matches!(error.code(), Code::InvalidCredentials | Code::TooOften | Code::Busy) => {
            own_page(&visit, &form, Some(error.code())).await
        }
        Err(error) => {
            form.take(error)?;
            own_page(&visit, &form, None).await
        }
    }
}

/// `POST /{language}/account/sessions`: ends one session, or all others.
pub(super) async fn end_session(visit: Visit, form: Form) -> Result<Response, Failure> {
    match form.text("session").parse() {
        Ok(session) => end_one(visit.app(), signed(&visit)?, session).await?,
        Err(_) => {
            end_other_sessions(visit.app(), signed(&visit)?).await?;
        }
    }
    Ok(done(&visit, "session_ended"))
}

fn done(visit: &Visit, what: &str) -> Response {
    Redirect::to(&format!("{}?done={what}", visit.to("account"))).into_response()
}
