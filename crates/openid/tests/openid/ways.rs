//! What holds: each algorithm, clients with a secret and without, claims from either place, keys that change.

use qadam_openid::{Answer, Provider};
use serde_json::json;

use crate::fake::{Fake, Key};
use crate::{ASKED, NOW, OpenIdError, came, settings};

#[tokio::test]
async fn tokens_by_each_algorithm_hold_with_a_secret_and_without() {
    for algorithm in ["ES256", "EdDSA", "RS256", "PS256"] {
        let fake = Fake::signing_by(NOW, algorithm).await;
        let claims = json!({"sub": "a", "email": "a@example.org", "email_verified": true});
        let provider = Provider::new(settings(&fake)).unwrap();
        let came_in = came(&fake, &provider, claims.clone()).await.unwrap();
        assert_eq!((came_in.subject(), came_in.text("email")), ("a", Some("a@example.org")), "{algorithm}");
        let mut public = settings(&fake);
        public.client_secret = None;
        came(&fake, &Provider::new(public).unwrap(), claims).await.unwrap();
        assert_eq!(fake.times_asked("/userinfo"), 0, "the token says it all");
    }
}

#[tokio::test]
async fn what_the_token_does_not_say_is_asked_for_and_is_of_the_same_person() {
    let fake = Fake::start(NOW).await;
    let provider = Provider::new(settings(&fake)).unwrap();
    fake.state().user_info =
        Some(json!({"sub": "a", "email": "a@example.org", "email_verified": true, "amr": ["otp"]}));
    let came_in = came(&fake, &provider, json!({"sub": "a"})).await.unwrap();
    assert!(came_in.is_true("email_verified") && !came_in.has("amr", "otp"));
    let refused = came(&fake, &provider, json!({"sub": "b"})).await;
    assert_eq!(refused, Err(OpenIdError::UserInfo));
}

#[tokio::test]
async fn a_code_is_good_once_and_for_whoever_has_the_verifier() {
    let fake = Fake::start(NOW).await;
    let provider = Provider::new(settings(&fake)).unwrap();
    let url = provider.authorization_url(ASKED, NOW).await.unwrap();
    let claims = json!({"email": "a@example.org", "email_verified": true});
    let (_, code) = fake.let_in(&url, claims.clone());
    let answer = Answer { code: &code, issuer: None, verifier: ASKED.verifier, nonce: ASKED.nonce };
    provider.exchange(answer, NOW).await.unwrap();
    assert_eq!(provider.exchange(answer, NOW).await, Err(OpenIdError::Code));
    let (_, code) = fake.let_in(&url, claims);
    let other = Answer { code: &code, verifier: "another verifier of forty-three letters....", ..answer };
    assert_eq!(provider.exchange(other, NOW).await, Err(OpenIdError::Code));
}

#[tokio::test]
async fn a_new_key_is_found_and_names_that_are_made_up_are_asked_for_once_a_minute() {
    let fake = Fake::start(NOW).await;
    let provider = Provider::new(settings(&fake)).unwrap();
    let claims = json!({"email": "a@example.org", "email_verified": true});
    let at = async |seconds: i64| {
        fake.state().now = NOW + seconds;
        let url = provider.authorization_url(ASKED, NOW + seconds).await.unwrap();
        let (_, code) = fake.let_in(&url, claims.clone());
        let answer = Answer { code: &code, issuer: None, verifier: ASKED.verifier, nonce: ASKED.nonce };
        provider.exchange(answer, NOW + seconds).await.map(|_| ())
    };
    at(0).await.unwrap();
    {
        let mut state = fake.state();
        state.key = Key::of("EdDSA");
        state.kid = "second".to_owned();
        state.shown = json!({"keys": [state.key.shown("second"), {"kty": "of another world"}]});
    }
    assert_eq!(at(59).await, Err(OpenIdError::Key));
    assert_eq!(fake.times_asked("/keys"), 1);
    at(60).await.unwrap();
    fake.state().kid = "made up".to_owned();
    for second in 61..70 {
        assert_eq!(at(second).await, Err(OpenIdError::Key));
    }
    assert_eq!((fake.times_asked("/keys"), fake.times_asked("/.well-known/openid-configuration")), (2, 1));
    // A key that was withdrawn is forgotten within the hour.
    fake.state().kid = "second".to_owned();
    fake.state().shown = json!({"keys": []});
    assert_eq!(at(60 + 3_600).await, Err(OpenIdError::Key));
}
