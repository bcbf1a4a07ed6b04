//! Who is asking: `Authorization: Bearer …`, or nobody in particular.

use std::future::Future;

use axum::extract::FromRequestParts;
use http::request::Parts;
use http::{HeaderMap, Method, header};
use qadam_app::authentication::Signed;
use qadam_app::{AppError, Code};
use qadam_domain::accounts::{TokenScope, Viewer};

use crate::problems::Problem;

/// A state that knows who an access token belongs to.
///
/// [`crate::ApiState`] asks the application; tests of extractors know one token.
pub trait Authenticate {
    /// Who sent a request with this token, or without one.
    fn authenticate(
        &self,
        token: Option<&str>,
    ) -> impl Future<Output = Result<Option<Signed>, AppError>> + Send;
}

/// Who is asking, signed in or not. A token that is not valid is refused (401), never ignored.
#[derive(Debug, Clone)]
pub struct Caller {
    signed: Option<Signed>,
}

impl Caller {
    /// Whose eyes to look with.
    pub fn viewer(&self) -> Viewer {
        self.signed.as_ref().map_or(Viewer::Anonymous, |signed| signed.viewer)
    }

    /// The account and its session, if somebody is signed in.
    pub const fn signed(&self) -> Option<&Signed> {
        self.signed.as_ref()
    }
}

/// An account that is asking, where nobody else may: 401 without a token.
#[derive(Debug, Clone)]
pub struct SignedIn(pub Signed);

impl SignedIn {
    /// Whose eyes to look with.
    pub const fn viewer(&self) -> Viewer {
        self.0.viewer
    }

    /// Refuses programs that ask in the person's name.
    pub const fn in_person(&self) -> Result<(), Code> {
        match self.0.scope {
            None => Ok(()),
            Some(_) => Err(Code::SessionRequired),
        }
    }
}

/// The same, also where the account must have a second factor and has none: who it is, and that it goes.
#[derive(Debug, Clone)]
pub struct Enrolling(pub Signed);

/// A person who is asking, and no program in its name: for what guards the account. Also where the account must have a second
/// factor and has none, for that is how it gets one.
#[derive(Debug, Clone)]
pub struct InPerson(pub Signed);

impl<S: Authenticate + Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let signed = state.authenticate(token(&parts.headers)?).await?;
        Ok(Self { signed: signed.map(|signed| admitted(signed, &parts.method)).transpose()? })
    }
}

/// An account that has what it must have, with a token that reaches as far as what is asked.
fn admitted(signed: Signed, method: &Method) -> Result<Signed, Code> {
    let reads = matches!(*method, Method::GET | Method::HEAD);
    match signed.scope {
        _ if signed.lacks_second_factor => Err(Code::SecondFactorMissing),
        Some(TokenScope::Read) if !reads => Err(Code::ScopeRequired),
        _ => Ok(signed),
    }
}

impl<S: Authenticate + Sync> FromRequestParts<S> for InPerson {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let signed = state.authenticate(token(&parts.headers)?).await?.ok_or(Code::Unauthenticated)?;
        if signed.scope.is_some() {
            return Err(Code::SessionRequired.into());
        }
        Ok(Self(signed))
    }
}

impl<S: Authenticate + Sync> FromRequestParts<S> for Enrolling {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let signed = state.authenticate(token(&parts.headers)?).await?;
        Ok(Self(signed.ok_or(Code::Unauthenticated)?))
    }
}

impl<S: Authenticate + Sync> FromRequestParts<S> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let signed = state.authenticate(token(&parts.headers)?).await?;
        Ok(Self(admitted(signed.ok_or(Code::Unauthenticated)?, &parts.method)?))
    }
}

/// The bearer token, if the request has an `Authorization` header; one of another scheme is not valid here.
fn token(headers: &HeaderMap) -> Result<Option<&str>, Code> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let value = match (values.next(), values.next()) {
        (None, _) => return Ok(None),
        (Some(value), None) => value.to_str().map_err(|_| Code::InvalidToken)?,
        (Some(_), Some(_)) => return Err(Code::InvalidToken),
    };
    match value.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") && !token.trim().is_empty() => {
            Ok(Some(token.trim()))
        }
        _ => Err(Code::InvalidToken),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{ACTOR, OneToken};

    async fn ask<T: FromRequestParts<OneToken, Rejection = Problem>>(values: &[&str]) -> Result<T, Code> {
        let mut request = http::Request::builder();
        for value in values {
            request = request.header("authorization", *value);
        }
        let mut parts = request.body(()).unwrap().into_parts().0;
        T::from_request_parts(&mut parts, &OneToken).await.map_err(|problem| problem.code())
    }

    #[tokio::test]
    async fn without_a_token_everybody_is_anonymous_and_nobody_is_signed_in() {
        assert_eq!(ask::<Caller>(&[]).await.unwrap().viewer(), Viewer::Anonymous);
        assert_eq!(ask::<SignedIn>(&[]).await.unwrap_err(), Code::Unauthenticated);
    }

    #[tokio::test]
    async fn a_good_token_names_its_account() {
        assert_eq!(ask::<Caller>(&["Bearer good"]).await.unwrap().viewer(), Viewer::Account(ACTOR));
        assert_eq!(ask::<SignedIn>(&["bearer  good"]).await.unwrap().0.actor(), ACTOR);
    }

    #[tokio::test]
    async fn a_bad_token_is_refused_and_never_ignored() {
        let bad: [&[&str]; 6] = [
            &["Bearer bad"],
            &["Bearer"],
            &["Bearer "],
            &["good"],
            &["Basic Z29vZA=="],
            &["Bearer good", "Bearer good"],
        ];
        for values in bad {
            assert_eq!(ask::<Caller>(values).await.unwrap_err(), Code::InvalidToken, "{values:?}");
        }
    }
}
