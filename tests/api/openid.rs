//! A register beside a provider of identities that says what it is told to, on both databases.

use std::sync::Arc;

use http::StatusCode;
use qadam_app::authentication::{
    FromProvider, Journey, OwnProof, PageSignIn, Signed, authenticate, authenticate_by_cookie,
    begin_sign_in_with_provider, sign_in_with_provider,
};
use qadam_app::settings::{ClientSecret, Issuer, MappingRule, OpenIdSettings};
use qadam_app::throttling::Origin;
use qadam_app::{App, AppError, Code};
use qadam_domain::accounts::Role;
use qadam_domain::language::{Language, LanguageMap};
use qadam_tests::fake_provider::{CLIENT, Fake, SECRET};
use qadam_tests::{PASSWORD, Person, TestRegister};
use serde_json::{Value, json};
use tower::ServiceExt as _;

/// What somebody says who connects an identity and has no app.
pub(crate) const OWN: OwnProof<'static> = OwnProof { password: PASSWORD, code: None };

/// The register of a story, a node of it that people reach with a provider, and that provider.
pub(crate) struct Beside<'a> {
    pub(crate) register: &'a TestRegister,
    pub(crate) node: Arc<App>,
    pub(crate) provider: Fake,
}

/// How far a provider is believed that is believed in nothing.
fn believed(issuer: &str) -> OpenIdSettings {
    OpenIdSettings {
        issuer: Issuer::new(issuer).unwrap(),
        client_id: CLIENT.to_owned(),
        client_secret: Some(ClientSecret(SECRET.to_owned())),
        name: LanguageMap { kk: None, ru: None, en: Some("State login".to_owned()) },
        scopes: vec!["email".to_owned()],
        email_claim: "email".to_owned(),
        name_claim: "name".to_owned(),
        unverified_addresses: false,
        link_by_email: false,
        rules: Vec::new(),
        second_factors: Vec::new(),
    }
}

/// A rule.
pub(crate) fn rule(value: &str, organisation: &str, role: Role) -> MappingRule {
    let text = str::to_owned;
    MappingRule { claim: text("groups"), value: text(value), organisation: text(organisation), role }
}

/// Whoever the provider calls so, with an address that it verified.
pub(crate) fn somebody(subject: &str, email: &str) -> Value {
    json!({"sub": subject, "email": email, "email_verified": true, "name": "Somebody"})
}

pub(crate) fn code_of<T>(outcome: Result<T, AppError>) -> Code {
    outcome.err().expect("a refusal").code()
}

impl<'a> Beside<'a> {
    /// A node with a provider, and settings that differ.
    pub(crate) async fn start(
        register: &'a TestRegister,
        adjust: impl FnOnce(&mut qadam_app::settings::Settings),
    ) -> Self {
        let provider = Fake::start(register.app().now().0 / 1_000).await;
        let issuer = provider.issuer.clone();
        let node = register
            .node(|settings| {
                settings.openid = Some(believed(&issuer));
                adjust(settings);
            })
            .await;
        Self { register, node, provider }
    }

    /// The same with one that is believed otherwise.
    pub(crate) async fn believing(
        register: &'a TestRegister,
        adjust: impl FnOnce(&mut OpenIdSettings),
    ) -> Self {
        Self::start(register, |settings| adjust(settings.openid.as_mut().unwrap())).await
    }

    /// What comes of somebody who signs in with the provider.
    pub(crate) async fn comes(&self, claims: Value) -> Result<PageSignIn, AppError> {
        let to = begin_sign_in_with_provider(&self.node, Language::English, "").await?;
        let (state, code) = self.provider.let_in(&to.url, claims);
        let journey = Journey::open(&self.node, &to.journey).unwrap();
        let answer = FromProvider { state: &state, code: Some(&code), issuer: None };
        sign_in_with_provider(&self.node, &Origin::default(), &journey, answer).await
    }

    /// Whoever signs in with the provider and needs no code.
    pub(crate) async fn is_in(&self, claims: Value) -> Signed {
        let PageSignIn::Done(cookie) = self.comes(claims).await.unwrap() else { panic!("a code is missing") };
        authenticate_by_cookie(&self.node, &cookie).await.unwrap().expect("somebody")
    }

    /// Somebody who signed in with address and password.
    pub(crate) async fn signed(&self, person: Person) -> Signed {
        let token = self.register.token(person).await;
        authenticate(&self.node, Some(&token)).await.unwrap().unwrap()
    }

    /// Ends the node.
    pub(crate) async fn close(self) {
        Arc::into_inner(self.node).expect("nobody else").close().await.unwrap();
    }

    /// An answer of the node's pages: status, headers, text.
    async fn page(&self, method: &str, path: &str, cookie: &str) -> (StatusCode, http::HeaderMap, String) {
        use http_body_util::BodyExt as _;
        let pages = qadam_web::router(Arc::clone(&self.node));
        let request = http::Request::builder().method(method).uri(path).header("cookie", cookie);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let request = request.header("sec-fetch-site", "same-origin");
        let response =
            pages.oneshot(request.body(axum::body::Body::from("next=items")).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let text = body.collect().await.unwrap().to_bytes();
        (parts.status, parts.headers, String::from_utf8(text.to_vec()).unwrap())
    }
}

fn set_cookies(headers: &http::HeaderMap) -> Vec<String> {
    headers.get_all("set-cookie").iter().map(|cookie| cookie.to_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_browser_goes_to_the_provider_and_comes_back_to_the_page_it_asked_for() {
    TestRegister::on_both(async |register| {
        let beside = Beside::believing(register, |provider| provider.link_by_email = true).await;
        let (_, _, shown) = beside.page("GET", "/en/sign-in", "").await;
        assert!(shown.contains("Sign in with State login"), "{shown}");
        let (status, headers, page) = beside.page("POST", "/en/sign-in/openid", "").await;
        assert_eq!(status, 200);
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("form-action 'self';"), "{policy}");
        let url = headers["refresh"].to_str().unwrap().trim_start_matches("0;url=").to_owned();
        assert!(page.contains("State login"), "{page}");
        let [kept] = &set_cookies(&headers)[..] else { panic!("one cookie") };
        assert!(kept.ends_with("; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=600"), "{kept}");
        let journey = kept.split(';').next().unwrap();
        assert!(journey.starts_with("__Host-qadam-openid="), "{kept}");
        // Where it asks to come back to is the one address that the provider was told.
        assert!(url.contains("redirect_uri=https%3A%2F%2Fregister.example%2Fopenid&"), "{url}");
        let officer = Person::first("GPO", Role::Officer);
        let (state, code) = beside.provider.let_in(&url, somebody("a", &officer.email()));
        let back = format!("/openid?state={state}&code={code}");
        // Another browser, and one that nobody sent out.
        for cookie in ["", "__Host-qadam-openid=made-up"] {
            let (status, headers, _) = beside.page("GET", &back, cookie).await;
            let to = headers["location"].to_str().unwrap();
            assert!(status == 303 && to.ends_with("/sign-in?refused=sign_in_expired"), "{to}");
        }
        let (status, headers, _) = beside.page("GET", &back, journey).await;
        assert_eq!((status.as_u16(), headers["location"].to_str().unwrap()), (303, "/en/items"));
        let [session, forgotten] = &set_cookies(&headers)[..] else { panic!("two cookies") };
        assert!(
            forgotten.starts_with("__Host-qadam-openid=; ") && forgotten.ends_with("; Max-Age=0"),
            "{forgotten}"
        );
        let session = session.split(';').next().unwrap();
        let (status, _, page) = beside.page("GET", "/en/account/identities", session).await;
        assert!(status == 200 && page.contains(&officer.email()), "{page}");
        let (_, headers, _) = beside.page("GET", &back, journey).await;
        assert_eq!(headers["location"], "/en/sign-in?refused=sign_in_expired");
        let (_, _, page) = beside.page("GET", "/en/sign-in?refused=identity_refused", "").await;
        assert!(page.contains("The provider let nobody in"), "{page}");
        beside.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_register_starts_while_its_provider_is_down_and_says_so_on_the_page() {
    TestRegister::on_sqlite(async |register| {
        let beside = Beside::believing(register, |provider| {
            provider.issuer = Issuer::new("http://127.0.0.1:1").unwrap();
        })
        .await;
        let (status, _, page) = beside.page("POST", "/en/sign-in/openid", "").await;
        assert_eq!(status, 503);
        assert!(page.contains("cannot be reached right now") && page.contains("id=\"password\""), "{page}");
        let begun = begin_sign_in_with_provider(&beside.node, Language::English, "").await;
        assert_eq!(code_of(begun), Code::IdentityProviderUnavailable);
        let without = begin_sign_in_with_provider(register.app(), Language::English, "").await;
        assert_eq!(code_of(without), Code::NoIdentityProvider);
        beside.close().await;
    })
    .await;
}
