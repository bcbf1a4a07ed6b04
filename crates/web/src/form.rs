//! What was sent with a form: who sent it is made sure of first.
//!
//! Another site must not send forms in somebody's name. Browsers say where a form comes from (`Sec-Fetch-Site`, else
//! `Origin`); and the form of an account brings a token along that follows from its session.

use std::collections::BTreeMap;

use axum::extract::{FromRequest, Request};
use http::{HeaderMap, header};
use http_body_util::{BodyExt as _, Limited};
use qadam_app::authentication::is_form_token;
use qadam_app::error::FieldCode;
use qadam_app::{AppError, Code};

use crate::failure::Failure;
use crate::visit::Visit;

/// The name of the field that holds the token.
pub(crate) const TOKEN: &str = "form_token";
/// How long a form may be, in bytes: the longest texts in three languages, each letter in percent form.
const LONGEST: usize = 2 * 1024 * 1024;
/// How many fields a form may have.
const FIELDS_MAX: usize = 2_000;

/// What was sent with a form.
#[derive(Debug, Clone, Default)]
pub(crate) struct Form {
    values: Vec<(String, String)>,
    /// What is wrong, by the name of the field.
    wrong: BTreeMap<String, FieldCode>,
}

impl Form {
    /// A form with these values.
    pub(crate) fn of(values: impl IntoIterator<Item = (String, String)>) -> Self {
        Self { values: values.into_iter().collect(), wrong: BTreeMap::new() }
    }

    /// The value of a field, without blanks around it; empty where it was not sent.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.values.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim()).unwrap_or_default()
    }

    /// The value of a field exactly as it was sent.
    pub(crate) fn raw(&self, name: &str) -> &str {
        self.values
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
            .unwrap_or_default()
    }

    /// All values of a field that may be sent several times.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.values.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether a box was ticked, or one of several with this value was.
    pub(crate) fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|sent| sent == value)
    }

    /// Whether something is wrong.
    pub(crate) fn is_wrong(&self) -> bool {
        !self.wrong.is_empty()
    }

    /// All that is wrong: names of fields with what is wrong with each.
    pub(crate) fn all_wrong(&self) -> impl Iterator<Item = (&str, FieldCode)> {
        self.wrong.iter().map(|(name, code)| (name.as_str(), *code))
    }

    /// Notes that a field is wrong.
    pub(crate) fn refuse(&mut self, name: &str, code: FieldCode) {
        self.wrong.entry(name.to_owned()).or_insert(code);
    }

    /// Notes what a use case found wrong; anything else is given back.
    pub(crate) fn take(&mut self, error: AppError) -> Result<(), Failure> {
        match error {
            AppError::Invalid(errors) => {
                for error in errors {
                    let name = error.pointer.trim_start_matches('/').replace('/', ".");
                    self.refuse(&name, error.code);
                }
                Ok(())
            }
            other => Err(other.into()),
        }
    }

    /// What is wrong with a field, or with one of its languages.
    pub(crate) fn wrong(&self, name: &str) -> Option<FieldCode> {
        self.wrong.get(name).copied()
    }
}

impl<S: Sync> FromRequest<S> for Form {
    type Rejection = Failure;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Failure> {
        let Some(visit) = request.extensions().get::<Visit>().cloned() else {
            return Err(Code::NotFound.into());
        };
        if !comes_from_here(request.headers(), &visit.app().settings().public_url) {
            return Err(Code::ForeignForm.into());
        }
        let body = Limited::new(request.into_body(), LONGEST).collect().await;
        let body = body.map_err(|_| Failure::from(Code::BodyTooLarge))?.to_bytes();
        let values: Vec<_> = form_urlencoded::parse(&body).into_owned().take(FIELDS_MAX + 1).collect();
        if values.len() > FIELDS_MAX {
            return Err(Code::BodyTooLarge.into());
        }
        let form = Self::of(values);
        match &visit.signed {
            Some(signed) if !is_form_token(visit.app(), signed, form.text(TOKEN)) => {
                Err(Code::ForeignForm.into())
            }
            _ => Ok(form),
        }
    }
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
