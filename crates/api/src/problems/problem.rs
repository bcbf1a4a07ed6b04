//! What a handler fails with.

use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use http::{HeaderName, HeaderValue, header};
use qadam_app::error::FieldCode;
use qadam_app::{AppError, Code, FieldError};

use qadam_http::{Refused, retry_after, retry_after_error, status};

/// The longest word that is given back as it came.
const WORD_MAX: usize = 64;

/// Where in a request something is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In the body, at a JSON pointer: `/title/kk`; empty for the whole body.
    Pointer(String),
    /// In the query, at a parameter.
    Parameter(String),
    /// In a header.
    Header(HeaderName),
}

/// One thing that is wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// Where.
    pub place: Place,
    /// What.
    pub code: FieldCode,
    /// Which of several values, where that is a plain word.
    pub value: Option<String>,
}

/// What is said of something that was public and has been narrowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Narrowed {
    pub(super) reference: Option<String>,
    pub(super) on: NaiveDate,
    pub(super) reason_class: String,
}

/// Why a request was refused.
///
/// As a response it has a status and no body; the layer `render` gives it one.
#[derive(Debug, Clone)]
pub struct Problem {
    pub(super) code: Code,
    pub(super) errors: Vec<Wrong>,
    pub(super) narrowed: Option<Narrowed>,
    /// After how many seconds to try again, where that helps.
    retry_after: Option<u32>,
    /// For the log alone.
    pub(super) cause: Option<String>,
}

impl Problem {
    /// A problem that its code says all about.
    pub const fn new(code: Code) -> Self {
        Self { code, errors: Vec::new(), narrowed: None, retry_after: retry_after(code), cause: None }
    }

    /// A query parameter that is wrong.
    pub fn parameter(code: Code, name: impl Into<String>, what: FieldCode) -> Self {
        let wrong = Wrong { place: Place::Parameter(name.into()), code: what, value: None };
        Self { errors: vec![wrong], ..Self::new(code) }
    }

    /// A word in a query parameter that is none of those it may be.
    pub fn unknown_word(parameter: impl Into<String>, word: &str) -> Self {
        let plain =
            word.len() <= WORD_MAX && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let value = plain.then(|| word.to_owned());
        let place = Place::Parameter(parameter.into());
        let wrong = Wrong { place, code: FieldCode::UnknownValue, value };
        Self { errors: vec![wrong], ..Self::new(Code::InvalidParameter) }
    }

    /// A header that is wrong.
    pub fn header(name: HeaderName, what: FieldCode) -> Self {
        let wrong = Wrong { place: Place::Header(name), code: what, value: None };
        Self { errors: vec![wrong], ..Self::new(Code::InvalidHeader) }
    }

    /// A body that is refused for what stands at a pointer.
    pub fn pointer(code: Code, pointer: impl Into<String>, what: FieldCode) -> Self {
        let wrong = Wrong { place: Place::Pointer(pointer.into()), code: what, value: None };
        Self { errors: vec![wrong], ..Self::new(code) }
    }

    /// A fault of the program. The cause is for the log alone.
    pub fn internal(cause: impl Into<String>) -> Self {
        Self { cause: Some(cause.into()), ..Self::new(Code::Internal) }
    }

    /// Its code.
    pub const fn code(&self) -> Code {
        self.code
    }

    /// What is wrong with which part of the request.
    pub fn errors(&self) -> &[Wrong] {
        &self.errors
    }

    /// The headers that its status asks for.
    fn headers(&self) -> Option<(HeaderName, HeaderValue)> {
        match self.code {
            Code::InvalidToken => Some((
                header::WWW_AUTHENTICATE,
                HeaderValue::from_static(r#"Bearer realm="qadam", error="invalid_token""#),
            )),
            Code::Unauthenticated
            | Code::InvalidCredentials
            | Code::SecondFactorRequired
            | Code::PasskeyRequired
            | Code::InvalidPasskey
            | Code::InvalidSecondFactor
            | Code::SignInExpired
            | Code::IdentityRefused
            | Code::InvalidRefreshToken
            | Code::InvalidLink => {
                Some((header::WWW_AUTHENTICATE, HeaderValue::from_static(r#"Bearer realm="qadam""#)))
            }
            _ => self.retry_after.map(|seconds| (header::RETRY_AFTER, seconds.into())),
        }
    }
}

impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        Self::new(code)
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Parameter { code, name, what } => Self::parameter(code, &name, what),
            Refused::Other(error) => error.into(),
        }
    }
}

impl From<AppError> for Problem {
    fn from(error: AppError) -> Self {
        let code = error.code();
        let cause = status(code).is_server_error().then(|| chain(&error));
        let mut problem = Self { cause, retry_after: retry_after_error(&error), ..Self::new(code) };
        match error {
            AppError::Invalid(errors) => problem.errors = errors.into_iter().map(Wrong::from).collect(),
            AppError::Gone { reference, on, reason } => {
                problem.narrowed = Some(Narrowed { reference, on, reason_class: reason });
            }
            AppError::Refused(_)
            | AppError::NotFound
            | AppError::TooOften { .. }
            | AppError::Storage(_)
            | AppError::Internal(_) => {}
        }
        problem
    }
}

impl From<FieldError> for Wrong {
    fn from(error: FieldError) -> Self {
        Self { place: Place::Pointer(error.pointer), code: error.code, value: None }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = status(self.code).into_response();
        if let Some((name, value)) = self.headers() {
            response.headers_mut().insert(name, value);
        }
        response.extensions_mut().insert(self);
        response
    }
}

/// An error with everything that caused it, in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let said = cause.to_string();
        // Transparent errors say what their source says.
        if !text.ends_with(&said) {
            text.push_str(": ");
            text.push_str(&said);
        }
        source = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_faults_of_the_server_carry_a_cause() {
        assert_eq!(Problem::from(AppError::NotFound).cause, None);
        let fault = Problem::from(AppError::Internal("the key is odd".to_owned()));
        assert_eq!(fault.cause.as_deref(), Some("internal error: the key is odd"));
    }

    #[test]
    fn hidden_and_absent_are_one_problem() {
        let refused = Problem::from(AppError::Refused(Code::NotFound));
        let absent = Problem::from(AppError::NotFound);
        assert_eq!(format!("{refused:?}"), format!("{absent:?}"));
    }

    #[test]
    fn every_401_says_how_to_sign_in_and_every_429_and_503_when_to_come_back() {
        for code in Code::ALL {
            let response = Problem::new(*code).into_response();
            let has = |name: HeaderName| response.headers().contains_key(name);
            assert_eq!(has(header::WWW_AUTHENTICATE), response.status() == 401, "{code:?}");
            let passes = matches!(response.status().as_u16(), 429 | 503);
            assert_eq!(has(header::RETRY_AFTER), passes, "{code:?}");
        }
    }
}
