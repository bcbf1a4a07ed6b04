//! `/{language}/password/forgotten`: how somebody comes in again who lost the password.

use askama::Template;
use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use qadam_app::{Code, accounts};

use crate::failure::Failure;
use crate::form::Form;
use crate::page::Page;
use crate::render::{not_kept, render_form};
use crate::signing_in::refusing;
use crate::state::Web;
use crate::visit::Visit;

/// The page.
pub(crate) fn routes() -> Router<Web> {
    Router::new().route("/password/forgotten", get(show).post(ask))
}

#[derive(Template)]
#[template(path = "forgotten.html")]
struct ForgottenPage<'a> {
    page: &'a Page,
    form: &'a Form,
    /// Whether the register posts letters; without them others help.
    by_mail: bool,
    refused: Option<String>,
}

fn page_of(visit: &Visit, form: &Form, refused: Option<Code>) -> Response {
    let mut page = Page::new(visit, "forgotten-title");
    page.hide();
    let by_mail = visit.app().settings().mail.is_some();
    let refused = refused.map(|code| page.t(&format!("problem-{}", code.as_str())));
    not_kept(render_form(&ForgottenPage { page: &page, form, by_mail, refused }, form))
}

async fn show(visit: Visit) -> Response {
    page_of(&visit, &Form::default(), None)
}

/// Says the same whether somebody has the address or not.
async fn ask(visit: Visit, mut form: Form) -> Result<Response, Failure> {
    match accounts::ask_for_own_recovery(visit.app(), &visit.origin, form.text("email")) {
        Ok(()) => {
            let to = format!("{}?done=letter_sent", visit.to("sign-in"));
            Ok(Redirect::to(&to).into_response())
        }
        Err(error) if matches!(error.code(), Code::NoMail | Code::TooOften | Code::Busy) => {
            Ok(refusing(page_of(&visit, &form, Some(error.code())), &error))
        }
        Err(error) => {
            form.take(error)?;
            Ok(page_of(&visit, &form, None))
        }
    }
}
