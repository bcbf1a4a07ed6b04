//! Taking a form from a request: who sent it is made sure of first.
//!
//! Another site must not send forms in somebody's name. Browsers say where a form comes from (`Sec-Fetch-Site`, else
//! `Origin`); and the form of an account brings a token along that follows from its session.

use axum::extract::{FromRequest, Request};
use http::{HeaderMap, header};
use http_body_util::{BodyExt as _, Limited};
use qadam_app::Code;
use qadam_app::authentication::is_form_token;

use super::Form;
use crate::failure::Failure;
use crate::visit::Visit;

/// The name of the field that holds the token.
pub(crate) const TOKEN: &str = "form_token";
/// How long a form may be, in bytes: the longest texts in three languages, each letter in percent form.
const LONGEST: usize = 2 * 1024 * 1024;
/// How many fields a form may have.
const FIELDS_MAX: usize = 2_000;

impl<S: Sync> FromRequest<S> for Form {
    type Rejection = Failure;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Failure> {
        let visit = visit_from_here(&request)?;
        let body = Limited::new(request.into_body(), LONGEST).collect().await;
        let body = body.map_err(|_| Failure::from(Code::BodyTooLarge))?.to_bytes();
        let values: Vec<_> = form_urlencoded::parse(&body).into_owned().take(FIELDS_MAX + 1).collect();
        if values.len() > FIELDS_MAX {
            return Err(Code::BodyTooLarge.into());
        }
        let mut form = Self::of(values);
        form.is_of_session(&visit)?;
        form.look_for_first(&visit, &[]).await?;
        Ok(form)
    }
}

impl Form {
    /// The form of an account brings the token of its session along.
    pub(super) fn is_of_session(&self, visit: &Visit) -> Result<(), Failure> {
        match &visit.signed {
            Some(signed) if !is_form_token(visit.app(), signed, self.text(TOKEN)) => {
                Err(Code::ForeignForm.into())
            }
            _ => Ok(()),
        }
    }
}

/// The visit that a form is sent with, if it was sent from a page of this register.
pub(super) fn visit_from_here(request: &Request) -> Result<Visit, Failure> {
    let visit = request.extensions().get::<Visit>().cloned().ok_or(Code::NotFound)?;
    let is_from_here = comes_from_here(request.headers(), &visit.app().settings().public_url);
    if is_from_here { Ok(visit) } else { Err(Code::ForeignForm.into()) }
}

/// Whether a form was sent from a page of this register, as far as the browser says.
fn comes_from_here(headers: &HeaderMap, public_url: &str) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin";
    }
    match headers.get(header::ORIGIN) {
        Some(origin) => origin.as_bytes() == public_url.as_bytes(),
        // A browser that says neither is older than both; what an account does is guarded by the token then.
        None => true,
    }
}
