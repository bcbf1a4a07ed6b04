//! ID tokens that must not hold.

use qadam_openid::{LEEWAY_SECONDS, OLDEST_SECONDS, Provider};
use serde_json::{Value, json};

use crate::fake::{Fake, Forger, Key, half_digest, token_by_secret, written};
use crate::{NOW, OpenIdError, SECRET, came, settings};

/// Members over those that are right, null for none, and why they are refused; nothing where they hold.
fn members() -> Vec<(&'static str, Value, Option<OpenIdError>)> {
    let late = NOW - LEEWAY_SECONDS;
    vec![
        ("right", json!({}), None),
        ("of another issuer", json!({"iss": "https://evil.example"}), Some(OpenIdError::Issuer)),
        ("of a slash more", json!({"iss": "http://127.0.0.1/"}), Some(OpenIdError::Issuer)),
        ("of no issuer", json!({"iss": null}), Some(OpenIdError::Issuer)),
        ("for nobody", json!({"aud": null}), Some(OpenIdError::Audience)),
        ("for another", json!({"aud": "other"}), Some(OpenIdError::Audience)),
        ("for others", json!({"aud": ["other", 1]}), Some(OpenIdError::Audience)),
        ("for one in a list", json!({"aud": ["register"]}), None),
        ("for several", json!({"aud": ["register", "other"]}), Some(OpenIdError::AuthorizedParty)),
        ("for several, of us", json!({"aud": ["register", "other"], "azp": "register"}), None),
        ("of another client", json!({"azp": "other"}), Some(OpenIdError::AuthorizedParty)),
        ("over", json!({"exp": late}), Some(OpenIdError::Time)),
        ("over by clocks that differ", json!({"exp": late + 1}), None),
        ("without an end", json!({"exp": null}), Some(OpenIdError::Time)),
        ("with an end in words", json!({"exp": "tomorrow"}), Some(OpenIdError::Time)),
        ("with an end beyond all times", json!({"exp": 1e300}), None),
        ("of later", json!({"iat": NOW + LEEWAY_SECONDS + 1}), Some(OpenIdError::Time)),
        ("of parts of a second", json!({"iat": 1_760_518_800.25, "exp": 1_760_518_860.5}), None),
        ("of long ago", json!({"iat": late - OLDEST_SECONDS - 1}), Some(OpenIdError::Time)),
        ("of no time", json!({"iat": null}), Some(OpenIdError::Time)),
        ("not yet good", json!({"nbf": NOW + LEEWAY_SECONDS + 1}), Some(OpenIdError::Time)),
        ("good at some time", json!({"nbf": "soon"}), Some(OpenIdError::Time)),
        ("to another question", json!({"nonce": "another nonce"}), Some(OpenIdError::Nonce)),
        ("to no question", json!({"nonce": null}), Some(OpenIdError::Nonce)),
        (
            "of another access token",
            json!({"at_hash": half_digest("ES256", "other")}),
            Some(OpenIdError::AccessToken),
        ),
        ("of half a digest in words", json!({"at_hash": 1}), Some(OpenIdError::AccessToken)),
        ("of no access token", json!({"at_hash": null}), None),
        ("of nobody", json!({"sub": null}), Some(OpenIdError::Subject)),
        ("of no name", json!({"sub": ""}), Some(OpenIdError::Subject)),
        ("of a number", json!({"sub": 7}), Some(OpenIdError::Subject)),
        ("of a name of lines", json!({"sub": "a\nb"}), Some(OpenIdError::Subject)),
        ("of the longest name", json!({"sub": "a".repeat(255)}), None),
        ("of a name too long", json!({"sub": "a".repeat(256)}), Some(OpenIdError::Subject)),
        ("too long", json!({"more": "a".repeat(40_000)}), Some(OpenIdError::IdToken)),
    ]
}

#[tokio::test]
async fn each_claim_that_is_wrong_is_refused_for_itself() {
    let fake = Fake::start(NOW).await;
    let provider = Provider::new(settings(&fake)).unwrap();
    for (name, wrong, expected) in members() {
        let mut claims = json!({"email": "a@example.org", "email_verified": true});
        claims.as_object_mut().unwrap().extend(wrong.as_object().unwrap().clone());
        assert_eq!(came(&fake, &provider, claims).await.err(), expected, "{name}");
    }
}

/// What it is, how it is made, and why it is refused.
type Forgery = (&'static str, Forger, OpenIdError);

fn header(algorithm: &str) -> Value {
    json!({"alg": algorithm, "kid": "first"})
}

fn plain(part: &Value) -> String {
    written(part.to_string().as_bytes())
}

/// How tokens are made that the key did not sign as it says, and why they are refused.
fn forgeries(shown: &Value) -> Vec<Forgery> {
    let public = shown["keys"][0].to_string();
    let other = Key::of("ES256");
    vec![
        (
            "by nobody",
            Box::new(move |_, members| format!("{}.{}.", plain(&json!({"alg": "none"})), plain(&members))),
            OpenIdError::Algorithm,
        ),
        (
            "by nobody, in other letters",
            Box::new(move |_, members| format!("{}.{}.", plain(&json!({"alg": "nOnE"})), plain(&members))),
            OpenIdError::Algorithm,
        ),
        (
            "by the public key as a secret",
            Box::new(move |_, members| token_by_secret(public.as_bytes(), &header("HS256"), &members)),
            OpenIdError::Algorithm,
        ),
        (
            "by the client's secret",
            Box::new(move |_, members| token_by_secret(SECRET.as_bytes(), &header("HS256"), &members)),
            OpenIdError::Algorithm,
        ),
        (
            "by a secret that calls itself a key",
            Box::new(move |_, members| token_by_secret(SECRET.as_bytes(), &header("ES256"), &members)),
            OpenIdError::Signature,
        ),
        (
            "by an algorithm of another kind",
            Box::new(move |key, members| key.token(&header("RS256"), &members)),
            OpenIdError::Key,
        ),
        (
            "by another algorithm",
            Box::new(move |key, members| key.token(&header("ES384"), &members)),
            OpenIdError::Algorithm,
        ),
        (
            "by another key",
            Box::new(move |_, members| other.token(&header("ES256"), &members)),
            OpenIdError::Signature,
        ),
        (
            "by a key that it brings along",
            Box::new(move |_, members| {
                let own = Key::of("ES256");
                let header = json!({"alg": "ES256", "kid": "mine", "jwk": own.shown("mine"), "jku": "http://127.0.0.1:1/"});
                own.token(&header, &members)
            }),
            OpenIdError::Key,
        ),
    ]
}

/// How tokens of the right key are bent, and why they are refused.
fn bent() -> Vec<Forgery> {
    vec![
        (
            "by a key of no name that is known",
            Box::new(|key, members| key.token(&json!({"alg": "ES256", "kid": "second"}), &members)),
            OpenIdError::Key,
        ),
        (
            "with what must be understood",
            Box::new(|key, members| {
                key.token(&json!({"alg": "ES256", "kid": "first", "crit": ["b64"], "b64": false}), &members)
            }),
            OpenIdError::IdToken,
        ),
        (
            "changed afterwards",
            Box::new(move |key, members| {
                let token = key.token(&header("ES256"), &members);
                let mut parts: Vec<&str> = token.split('.').collect();
                let mut changed = members.clone();
                changed["sub"] = "somebody else".into();
                let changed = plain(&changed);
                parts[1] = &changed;
                parts.join(".")
            }),
            OpenIdError::Signature,
        ),
        (
            "without a signature",
            Box::new(move |key, members| {
                let token = key.token(&header("ES256"), &members);
                format!("{}.", token.rsplit_once('.').unwrap().0)
            }),
            OpenIdError::Signature,
        ),
        (
            "in four parts",
            Box::new(move |key, members| key.token(&header("ES256"), &members) + ".e30"),
            OpenIdError::IdToken,
        ),
        ("of no parts", Box::new(|_, _| "token".to_owned()), OpenIdError::IdToken),
        ("of nothing that is read", Box::new(|_, _| "!.!.!".to_owned()), OpenIdError::IdToken),
    ]
}

#[tokio::test]
async fn what_the_providers_key_did_not_sign_does_not_hold() {
    let fake = Fake::start(NOW).await;
    let provider = Provider::new(settings(&fake)).unwrap();
    let claims = json!({"email": "a@example.org", "email_verified": true});
    let shown = fake.state().shown.clone();
    for (name, forger, expected) in forgeries(&shown).into_iter().chain(bent()) {
        fake.state().forger = Some(forger);
        assert_eq!(came(&fake, &provider, claims.clone()).await.err(), Some(expected), "{name}");
    }
    // Without a name the only key is taken, and of several none.
    let nameless: fn(&Key, Value) -> String = |key, members| key.token(&json!({"alg": "ES256"}), &members);
    fake.state().forger = Some(Box::new(nameless));
    came(&fake, &provider, claims.clone()).await.unwrap();
    fake.state().shown["keys"].as_array_mut().unwrap().push(Key::of("ES256").shown("second"));
    let provider = Provider::new(settings(&fake)).unwrap();
    assert_eq!(came(&fake, &provider, claims).await.err(), Some(OpenIdError::Key));
}

#[tokio::test]
async fn a_key_that_is_for_something_else_signs_nothing() {
    for (name, value) in
        [("use", json!("enc")), ("alg", json!("ES384")), ("crv", json!("P-384")), ("kty", json!("oct"))]
    {
        let fake = Fake::start(NOW).await;
        fake.state().shown["keys"][0][name] = value;
        let provider = Provider::new(settings(&fake)).unwrap();
        assert_eq!(came(&fake, &provider, json!({})).await.err(), Some(OpenIdError::Key), "{name}");
    }
}
