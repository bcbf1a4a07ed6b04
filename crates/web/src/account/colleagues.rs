//! `/{language}/account/colleagues`: who works beside one, who waits for one's word, and who should be out.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use qadam_app::accounts::{self, AccountState, Colleague};
use qadam_app::{AppError, Code};
use qadam_domain::ids::UserId;

use super::own::signed;
use crate::failure::Failure;
use crate::form::Form;
use crate::page::Page;
use crate::render::{not_kept, render};
use crate::signing_in::refusing;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "account/colleagues.html")]
struct ColleaguesPage<'a> {
    page: &'a Page,
    colleagues: &'a [Colleague],
    /// Whether the account itself waits for a colleague's word, so that it is told of nobody.
    unconfirmed: bool,
    /// Why something was refused.
    refused: Option<String>,
}

impl ColleaguesPage<'_> {
    /// Where an account stands, where it does not simply act.
    fn standing(&self, colleague: &Colleague) -> Option<String> {
        match colleague.account.state {
            AccountState::Active if colleague.account.confirmed => None,
            AccountState::Active => Some(self.page.t("colleagues-unconfirmed")),
            state => Some(self.page.word("account_state", state.code())),
        }
    }
}

async fn page_of(visit: &Visit, refused: Option<&AppError>) -> Result<Response, Failure> {
    let signed = signed(visit)?;
    let mut page = Page::new(visit, "colleagues-title");
    page.hide();
    let colleagues = accounts::colleagues(visit.app(), &visit.viewer()).await?;
    let response = not_kept(render(&ColleaguesPage {
        page: &page,
        colleagues: &colleagues,
        unconfirmed: !signed.account.confirmed,
        refused: refused.map(|error| page.t(&format!("problem-{}", error.code().as_str()))),
    }));
    Ok(match refused {
        Some(error) => refusing(response, error),
        None => response,
    })
}

/// `GET /{language}/account/colleagues`
pub(super) async fn show(visit: Visit) -> Result<Response, Failure> {
    page_of(&visit, None).await
}

/// `POST /{language}/account/colleagues`: confirms a colleague, vouches for one, or locks one out.
pub(super) async fn change(visit: Visit, form: Form) -> Result<Response, Failure> {
    signed(&visit)?;
    let (app, viewer) = (visit.app(), visit.viewer());
    let id: UserId = form.text("colleague").parse().map_err(|_other| Code::NotFound)?;
    let (done, said) = match form.text("act") {
        "confirm" => ("colleague_confirmed", accounts::confirm_member(app, &viewer, id).await.map(drop)),
        "vouch" => ("colleague_vouched", accounts::vouch_for_recovery(app, &viewer, id).await),
        "lock_out" => ("colleague_out", accounts::lock_out(app, &viewer, id).await.map(drop)),
        _ => return Err(Code::Invalid.into()),
    };
    match said {
        Ok(()) => {
            let to = format!("{}?done={done}", visit.to("account/colleagues"));
            Ok(Redirect::to(&to).into_response())
        }
        Err(error) if error.code() == Code::StatusConflict => page_of(&visit, Some(&error)).await,
        Err(error) => Err(error.into()),
    }
}
