//! `POST /{language}/sign-in/passkey`: what a device answered, in place of address and password.

use axum::extract::State;
use axum::response::Response;
use qadam_app::authentication::{PasskeySignIn, sign_in_to_pages_with_passkey};
use qadam_app::{AppError, Code};
use qadam_http::passkeys::Base64Url;

use super::{sign_in_page, signed_in};
use crate::failure::Failure;
use crate::form::Form;
use crate::render::not_kept;
use crate::state::Web;
use crate::visit::Visit;

pub(super) async fn sign_in(State(web): State<Web>, visit: Visit, form: Form) -> Result<Response, Failure> {
    let asked = form.text("next");
    let came = match read(&form) {
        Some(answer) => sign_in_to_pages_with_passkey(visit.app(), &visit.origin, &answer).await,
        None => Err(Code::InvalidCredentials.into()),
    };
    match came {
        Ok(cookie) => Ok(signed_in(&web, &visit, asked, &cookie)),
        Err(error) if is_of_the_form(&error) => {
            // Neither address nor password was given: the words for those would lead astray.
            let words = match error.code() {
                Code::InvalidCredentials => "sign_in-passkey_refused".to_owned(),
                code => format!("problem-{}", code.as_str()),
            };
            Ok(not_kept(sign_in_page(&visit, "", asked, Some((&error, &words)))))
        }
        Err(error) => Err(error.into()),
    }
}

fn is_of_the_form(error: &AppError) -> bool {
    matches!(error.code(), Code::InvalidCredentials | Code::NoPasskeys | Code::TooOften | Code::Busy)
}

/// What the script wrote into the form.
fn read(form: &Form) -> Option<PasskeySignIn> {
    let field = |name| Some(Base64Url::read(form.text(name))?.0);
    Some(PasskeySignIn {
        credential_id: field("credential_id")?,
        client_data: field("client_data")?,
        authenticator_data: field("authenticator_data")?,
        signature: field("signature")?,
        user_handle: field("user_handle")?,
    })
}
