//! The whole API over an application on a throw-away SQLite file.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::Body;
use http::{HeaderMap, Request, StatusCode};
use qadam_app::accounts::NewAccount;
use qadam_app::authentication::SignIn;
use qadam_app::clock::{Clock, SystemClock};
use qadam_app::database::{Durability, Options, open};
use qadam_app::organisations::{DatedName, NewOrganisation, OrganisationKind};
use qadam_app::random::SystemRandomness;
use qadam_app::settings::{AuthenticationSettings, Languages, Settings};
use qadam_app::throttling::Origin;
use qadam_app::{App, accounts, authentication, organisations};
use qadam_domain::accounts::Role;
use qadam_domain::calendar::Timestamp;
use qadam_domain::language::{Language, LanguageMap};
use serde_json::{Value, json};

use super::{body_of, send};

/// The password of every account, one that the rules allow.
pub(crate) const PASSWORD: &str = "kumquat saddle orbit";

/// An API with a database of its own: the organisations MFA (the host), GPO and NGO-A, and no accounts.
pub(crate) struct Register {
    pub(crate) app: Arc<App>,
    router: Router,
    clock: Arc<ShiftedClock>,
    _directory: tempfile::TempDir,
}

/// The system's clock, ahead by some milliseconds.
#[derive(Debug, Default)]
struct ShiftedClock(AtomicI64);

impl Clock for ShiftedClock {
    fn now(&self) -> Timestamp {
        Timestamp(SystemClock.now().0 + self.0.load(Ordering::SeqCst))
    }
}

/// An answer, its body as JSON; a body that is none is a text.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

impl Answer {
    /// Status and code of a refusal.
    pub(crate) fn refusal(&self) -> (u16, &str) {
        (self.status.as_u16(), self.body["code"].as_str().unwrap_or_default())
    }

    /// Status, and pointer and code of the first field that is wrong.
    pub(crate) fn wrong_field(&self) -> (u16, &str, &str) {
        let wrong = &self.body["errors"][0];
        let word = |name: &str| wrong[name].as_str().unwrap_or_default();
        (self.status.as_u16(), word("pointer"), word("code"))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }
}

impl Register {
    pub(crate) async fn start() -> Self {
        Self::answering_in(Languages::default()).await
    }

    pub(crate) async fn answering_in(languages: Languages) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let settings = Settings {
            public_url: "https://register.example".to_owned(),
            languages,
            data_dir: directory.path().to_owned(),
            authentication: AuthenticationSettings {
                argon2_memory_kib: 8,
                argon2_passes: 1,
                // A day that passes ends no token.
                access_token_seconds: 7 * 86_400,
                ..AuthenticationSettings::default()
            },
            ..Settings::default()
        };
        let url = format!("sqlite://{}", directory.path().join("register.sqlite").display());
        let options =
            Options { url, durability: Durability::ThrowAway, readers: 2, migrate: true, patience: None };
        let store = open(&options).await.unwrap();
        let random = Arc::new(SystemRandomness);
        let clock = Arc::new(ShiftedClock::default());
        let app =
            App::start(store, settings, Arc::clone(&clock) as _, Arc::clone(&random) as _).await.unwrap();
        let app = Arc::new(app);
        let known = [
            organisation("MFA", OrganisationKind::StateBody, "Ministry of Foreign Affairs"),
            organisation("GPO", OrganisationKind::StateBody, "General Prosecutor’s Office"),
            organisation("NGO-A", OrganisationKind::CivilSociety, "First Organisation"),
        ];
        organisations::provision(&app, known.to_vec()).await.unwrap();
        Self { router: crate::router(Arc::clone(&app), random), app, clock, _directory: directory }
    }

    /// Lets a day pass.
    pub(crate) fn pass_a_day(&self) {
        self.clock.0.fetch_add(86_400_000, Ordering::SeqCst);
    }

    /// The day that it is in the register.
    pub(crate) fn today(&self) -> String {
        self.app.today().to_string()
    }

    /// Makes an account of `name` at example.org that has chosen [`PASSWORD`], and signs it in: its access token.
    pub(crate) async fn account(&self, name: &str, organisation: &str, role: Role) -> String {
        let new = NewAccount {
            email: format!("{name}@example.org"),
            name: name.to_owned(),
            organisation: organisation.to_owned(),
            role,
            language: Language::English,
        };
        let invitation = accounts::provision(&self.app, new).await.unwrap();
        authentication::set_password_by_link(&self.app, &Origin::default(), &invitation.token, PASSWORD)
            .await
            .unwrap();
        let email = format!("{name}@example.org");
        authentication::sign_in(&self.app, &Origin::default(), SignIn::new(&email, PASSWORD))
            .await
            .unwrap()
            .access_token
    }

    /// Sends a request without a body; `token` may be empty.
    pub(crate) async fn ask(&self, method: &str, path: &str, token: &str) -> Answer {
        self.send(method, path, token, &[], &Value::Null).await
    }

    /// Sends JSON; a merge patch where the method is `PATCH`.
    pub(crate) async fn tell(&self, method: &str, path: &str, token: &str, body: Value) -> Answer {
        self.send(method, path, token, &[], &body).await
    }

    /// Sends a merge patch under the condition that the resource has this etag.
    pub(crate) async fn patch(&self, path: &str, token: &str, etag: &Value, body: Value) -> Answer {
        let condition = format!("\"{}\"", etag.as_str().unwrap());
        self.send("PATCH", path, token, &[("if-match", &condition)], &body).await
    }

    /// Sends a request with headers; without a body where it is null.
    pub(crate) async fn send(
        &self,
        method: &str,
        path: &str,
        token: &str,
        headers: &[(&str, &str)],
        body: &Value,
    ) -> Answer {
        let kind = if method == "PATCH" { "application/merge-patch+json" } else { "application/json" };
        let mut request = Request::builder().method(method).uri(path);
        if !token.is_empty() {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = match body {
            Value::Null => Body::empty(),
            body => {
                request = request.header("content-type", kind);
                Body::from(body.to_string())
            }
        };
        let response = send(&self.router, request.body(body).unwrap()).await;
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = body_of(response).await;
        let text = || json!(String::from_utf8(bytes.clone()).unwrap());
        let body = serde_json::from_slice(&bytes).unwrap_or_else(|_| text());
        Answer { status, headers, body }
    }
}

fn organisation(code: &str, kind: OrganisationKind, name: &str) -> NewOrganisation {
    let name = LanguageMap::single(Language::English, name);
    NewOrganisation {
        code: code.to_owned(),
        kind,
        names: vec![DatedName { name, from: None, until: None }],
        aliases: Vec::new(),
        parent: None,
        by_agreement: false,
        active: true,
    }
}
