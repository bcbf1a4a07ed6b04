//! What the unit tests of this crate share: small routers behind the real layers, and requests to them.

mod register;

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use axum::Router;
use axum::body::Body;
use axum::response::Response;
use chrono::NaiveDate;
use http::Request;
use http_body_util::BodyExt as _;
use qadam_app::accounts::AccountState;
use qadam_app::authentication::{Account, Session, Signed};
use qadam_app::random::Random;
use qadam_app::settings::Languages;
use qadam_app::{AppError, Code};
use qadam_domain::accounts::{Actor, Role, Viewer};
use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::{OrganisationId, SessionId, UserId, Uuid};
use qadam_domain::language::Language;
use serde_json::Value;
use tower::ServiceExt as _;

use crate::extract::Authenticate;
use crate::layers;
pub(crate) use register::{Answer, PASSWORD, Register};

/// An account of the secretariat.
pub(crate) const ACTOR: Actor = Actor {
    user: UserId(Uuid::from_u128(1)),
    organisation: OrganisationId(Uuid::from_u128(2)),
    role: Role::Secretariat,
    confirmed: true,
};

/// A state that knows one token: `good`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OneToken;

impl Authenticate for OneToken {
    async fn authenticate(&self, token: Option<&str>) -> Result<Option<Signed>, AppError> {
        match token {
            None => Ok(None),
            Some("good") => Ok(Some(signed())),
            Some(_) => Err(Code::InvalidToken.into()),
        }
    }
}

fn signed() -> Signed {
    let day = NaiveDate::default();
    let session = Session {
        id: SessionId(Uuid::from_u128(3)),
        account: ACTOR.user,
        label: String::new(),
        started_on: day,
        expires_at: Timestamp(i64::MAX),
        revoked_at: None,
        second_factor: false,
    };
    let account = Account {
        id: ACTOR.user,
        email: String::new(),
        name: String::new(),
        organisation: ACTOR.organisation,
        role: ACTOR.role,
        state: AccountState::Active,
        confirmed: ACTOR.confirmed,
        language: Language::Kazakh,
        password_hash: None,
        created_on: day,
        version: 1,
        second_factor: false,
        has_passkey: false,
    };
    Signed { viewer: Viewer::Account(ACTOR), session, account, lacks_second_factor: false, scope: None }
}

/// Counts where randomness is asked for, so that ids are known beforehand.
#[derive(Debug, Default)]
pub(crate) struct Counting(AtomicU8);

impl Random for Counting {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(self.0.fetch_add(1, Ordering::SeqCst));
    }
}

/// A router behind the layers that all of the API is behind.
pub(crate) fn small(router: Router) -> Router {
    layers::wrap(layers::wrap_values(router, Languages::default()), Arc::new(Counting::default()), false, &[])
}

pub(crate) async fn send(router: &Router, request: Request<Body>) -> Response {
    router.clone().oneshot(request).await.unwrap()
}

pub(crate) async fn get(router: &Router, path: &str) -> Response {
    send(router, Request::get(path).body(Body::empty()).unwrap()).await
}

pub(crate) async fn body_of(response: Response) -> Vec<u8> {
    response.into_body().collect().await.unwrap().to_bytes().to_vec()
}

pub(crate) async fn json_of(response: Response) -> Value {
    serde_json::from_slice(&body_of(response).await).unwrap()
}
