//! Providers that do not answer as they should.

use std::time::{Duration, Instant};

use qadam_openid::{Answer, Provider};
use serde_json::{Value, json};

use crate::fake::{Fake, Wire};
use crate::{ASKED, NOW, OpenIdError, came, settings};

const CONFIGURATION: &str = "/.well-known/openid-configuration";

#[tokio::test]
async fn each_question_has_a_bound_and_nobody_is_sent_on() {
    let wires = [
        (Wire::SendsOn("http://127.0.0.1:1/".to_owned()), OpenIdError::Redirected),
        (Wire::Long(300_000), OpenIdError::TooLong),
        (Wire::Says(500, "{}".to_owned()), OpenIdError::Status(500)),
        (Wire::Says(200, "<html>".to_owned()), OpenIdError::Unreadable),
        (Wire::Says(200, "[]".to_owned()), OpenIdError::Unreadable),
        (Wire::Says(200, String::new()), OpenIdError::Unreadable),
    ];
    for path in [CONFIGURATION, "/keys", "/token", "/userinfo"] {
        for (wire, expected) in &wires {
            let fake = Fake::start(NOW).await;
            fake.state().wires.insert(path.to_owned(), wire.clone());
            let provider = Provider::new(settings(&fake)).unwrap();
            let refused = came(&fake, &provider, json!({})).await.err();
            assert_eq!(refused, Some(*expected), "{path} {wire:?}");
            assert!(expected.is_of_the_provider());
        }
    }
}

#[tokio::test]
async fn who_answers_slowly_is_waited_for_ten_seconds_and_left_alone_then() {
    let fake = Fake::start(NOW).await;
    fake.state().wires.insert(CONFIGURATION.to_owned(), Wire::Slow(50));
    let provider = Provider::new(settings(&fake)).unwrap();
    let begun = Instant::now();
    let asked = || provider.authorization_url(ASKED, NOW);
    let (first, second) = tokio::join!(asked(), asked());
    assert_eq!((first, second), (Err(OpenIdError::Unreachable), Err(OpenIdError::Unreachable)));
    assert!((9..15).contains(&begun.elapsed().as_secs()), "{:?}", begun.elapsed());
    assert_eq!(fake.times_asked(CONFIGURATION), 1);
    // It is asked again once it was left alone for a while.
    fake.state().wires.clear();
    assert_eq!(provider.authorization_url(ASKED, NOW + 4).await, Err(OpenIdError::Unreachable));
    provider.authorization_url(ASKED, NOW + 5).await.unwrap();
}

#[tokio::test]
async fn a_provider_that_is_down_is_told_at_once_and_found_when_it_is_back() {
    let fake = Fake::start(NOW).await;
    let mut elsewhere = settings(&fake);
    elsewhere.issuer = qadam_openid::Issuer::new("http://127.0.0.1:1").unwrap();
    let provider = Provider::new(elsewhere).unwrap();
    let begun = Instant::now();
    assert_eq!(provider.authorization_url(ASKED, NOW).await, Err(OpenIdError::Unreachable));
    assert!(begun.elapsed() < Duration::from_secs(5));
}

/// Whether a refusal is the one that is expected.
type Expected = Box<dyn Fn(OpenIdError) -> bool>;

#[tokio::test]
async fn a_provider_that_says_of_itself_what_cannot_be_is_not_asked() {
    let offer = |error: OpenIdError| matches!(error, OpenIdError::Offer(_));
    let is = |expected: OpenIdError| move |error: OpenIdError| error == expected;
    let cases: Vec<(Value, Expected)> = vec![
        (json!({"issuer": "http://127.0.0.1:1"}), Box::new(is(OpenIdError::Name))),
        (json!({"issuer": null}), Box::new(is(OpenIdError::Unreadable))),
        (
            json!({"authorization_endpoint": "http://evil.example/authorize"}),
            Box::new(is(OpenIdError::Address)),
        ),
        (json!({"authorization_endpoint": "javascript:alert(1)"}), Box::new(is(OpenIdError::Address))),
        (json!({"token_endpoint": "http://10.0.0.1/token"}), Box::new(is(OpenIdError::Address))),
        (json!({"jwks_uri": "file:///etc/passwd"}), Box::new(is(OpenIdError::Address))),
        (json!({"userinfo_endpoint": "http://name:word@127.0.0.1/"}), Box::new(is(OpenIdError::Address))),
        (json!({"response_types_supported": ["id_token"]}), Box::new(offer)),
        (json!({"id_token_signing_alg_values_supported": ["HS256", "none"]}), Box::new(offer)),
        (json!({"code_challenge_methods_supported": ["plain"]}), Box::new(offer)),
        (json!({"token_endpoint_auth_methods_supported": ["client_secret_jwt"]}), Box::new(offer)),
    ];
    for (metadata, expected) in cases {
        let fake = Fake::start(NOW).await;
        fake.state().metadata = metadata.clone();
        let provider = Provider::new(settings(&fake)).unwrap();
        let refused = provider.authorization_url(ASKED, NOW).await.expect_err("a refusal");
        assert!(expected(refused), "{metadata} {refused:?}");
    }
}

/// RFC 9207: where the provider says who it is, it must be the one that was asked.
#[tokio::test]
async fn an_answer_of_another_provider_is_not_taken_to_this_one() {
    for (names_itself, says, good) in [
        (false, None, true),
        (false, Some("other"), false),
        (true, None, false),
        (true, Some("other"), false),
    ] {
        let fake = Fake::start(NOW).await;
        fake.state().metadata = json!({"authorization_response_iss_parameter_supported": names_itself});
        let provider = Provider::new(settings(&fake)).unwrap();
        let url = provider.authorization_url(ASKED, NOW).await.unwrap();
        let claims = json!({"email": "a@example.org", "email_verified": true});
        let (_, code) = fake.let_in(&url, claims.clone());
        let answer = Answer { code: &code, issuer: says, verifier: ASKED.verifier, nonce: ASKED.nonce };
        let came = provider.exchange(answer, NOW).await;
        assert_eq!(came.err(), (!good).then_some(OpenIdError::AnsweredBy), "{says:?}");
        assert_eq!(fake.times_asked("/token"), usize::from(good));
        let (_, code) = fake.let_in(&url, claims);
        let answer = Answer { code: &code, issuer: Some(&fake.issuer), ..answer };
        provider.exchange(answer, NOW).await.unwrap();
    }
}

#[tokio::test]
async fn tokens_that_are_not_there_or_of_another_access_token_let_nobody_in() {
    let cases = [
        (json!({"id_token": null}), OpenIdError::Unreadable),
        (json!({"id_token": 7}), OpenIdError::Unreadable),
        (json!({"access_token": "another"}), OpenIdError::AccessToken),
        (json!({"access_token": null}), OpenIdError::AccessToken),
    ];
    for (tokens, expected) in cases {
        let fake = Fake::start(NOW).await;
        fake.state().tokens = tokens.clone();
        let provider = Provider::new(settings(&fake)).unwrap();
        assert_eq!(came(&fake, &provider, json!({})).await.err(), Some(expected), "{tokens}");
    }
}
