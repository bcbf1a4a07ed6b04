//! Tokens made by hand, each with one thing otherwise.

use super::*;
use crate::keys::RetiredKey;
use qadam_domain::ids::Uuid;

const NOW: i64 = 1_760_000_000;
const ISSUER: &str = "https://register.example";

fn named() -> Named {
    Named { account: UserId(Uuid::from_u128(1)), session: SessionId(Uuid::from_u128(2)) }
}

fn at(seconds: i64) -> Timestamp {
    Timestamp(seconds * 1000)
}

/// A token with this header and these claims, signed with this key whatever they say.
fn forged(key: &SigningKey, header: &Value, claims: &str) -> String {
    let header = URL_SAFE_NO_PAD.encode(header.to_string());
    let message = format!("{header}.{}", URL_SAFE_NO_PAD.encode(claims));
    let signature = key.sign(message.as_bytes()).unwrap();
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn good_header(key: &SigningKey) -> Value {
    json!({"alg": "EdDSA", "typ": "at+jwt", "kid": key_id(&key.verifying_key())})
}

fn good_claims() -> Value {
    json!({
        "iss": ISSUER, "aud": "qadam", "sub": "00000000-0000-0000-0000-000000000001",
        "sid": "00000000-0000-0000-0000-000000000002", "iat": NOW, "exp": NOW + 600,
    })
}

/// The value with one member replaced, or removed where there is no replacement.
fn with(value: &Value, member: &str, replacement: Option<Value>) -> Value {
    let mut value = value.clone();
    let members = value.as_object_mut().unwrap();
    match replacement {
        Some(replacement) => members.insert(member.to_owned(), replacement),
        None => members.remove(member),
    };
    value
}

/// Another copy of a key.
fn copy(key: &SigningKey) -> SigningKey {
    SigningKey::from_pem(key.to_pem().unwrap().as_str()).unwrap()
}

/// A key that has none beside it.
fn alone(key: &SigningKey) -> TokenKeys {
    TokenKeys { present: copy(key), next: None, retired: None }
}

fn terms(keys: TokenKeys, issuer: &str, seconds: i64) -> Terms {
    Terms::new(keys, issuer, seconds).unwrap()
}

fn accepts(key: &SigningKey, token: &str, now: i64) -> bool {
    let terms = terms(alone(key), ISSUER, 600);
    match terms.check(token, at(now)) {
        Ok(found) => {
            assert_eq!(found, named());
            true
        }
        Err(error) => {
            assert_eq!(error.code(), Code::InvalidToken);
            false
        }
    }
}

#[test]
fn the_hand_made_good_token_and_the_issued_one_are_accepted() {
    let key = SigningKey::generate().unwrap();
    assert!(accepts(&key, &forged(&key, &good_header(&key), &good_claims().to_string()), NOW));
    let terms = terms(alone(&key), ISSUER, 600);
    let issued = terms.issue(named(), at(NOW)).unwrap();
    assert!(accepts(&key, &issued, NOW));
    let header = issued.split('.').next().unwrap();
    let header: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).unwrap()).unwrap();
    assert_eq!(header, good_header(&key));
}

#[test]
fn no_other_header_is_accepted() {
    let key = SigningKey::generate().unwrap();
    let good = good_header(&key);
    let x = URL_SAFE_NO_PAD.encode(key.verifying_key().as_bytes());
    let other = key_id(&SigningKey::generate().unwrap().verifying_key());
    let jwk = json!({"kty": "OKP", "crv": "Ed25519", "x": x});
    let cases = [
        ("alg", Some(json!("none"))),
        ("alg", Some(json!("None"))),
        ("alg", Some(json!("HS256"))),
        ("alg", Some(json!("RS256"))),
        ("alg", Some(json!("ES256"))),
        ("alg", Some(json!("Ed25519"))),
        ("alg", Some(json!(["EdDSA"]))),
        ("alg", None),
        ("typ", Some(json!("JWT"))),
        ("typ", Some(json!("application/at+jwt"))),
        ("typ", Some(json!("AT+JWT"))),
        ("typ", None),
        ("kid", Some(json!(other))),
        ("kid", Some(json!("../../dev/null"))),
        ("kid", Some(json!("' OR 1=1 --"))),
        ("kid", None),
        ("jwk", Some(jwk)),
        ("jku", Some(json!("https://attacker.example/jwks.json"))),
        ("x5u", Some(json!("https://attacker.example/chain.pem"))),
        ("x5c", Some(json!(["AAAA"]))),
        ("x5t", Some(json!("AAAA"))),
        ("crit", Some(json!(["exp"]))),
        ("crit", Some(json!([]))),
        ("zip", Some(json!("DEF"))),
        ("cty", Some(json!("JWT"))),
        ("b64", Some(json!(false))),
        ("unknown", Some(json!(1))),
    ];
    for (member, replacement) in cases {
        let header = with(&good, member, replacement);
        let token = forged(&key, &header, &good_claims().to_string());
        assert!(!accepts(&key, &token, NOW), "{header}");
    }
}

#[test]
fn every_claim_is_required_and_none_may_be_otherwise() {
    let key = SigningKey::generate().unwrap();
    let good = good_claims();
    let mut cases: Vec<_> =
        ["iss", "aud", "sub", "sid", "iat", "exp"].into_iter().map(|member| (member, None)).collect();
    for (member, value) in [
        ("iss", json!("https://register.example/")),
        ("iss", json!("https://other.example")),
        ("iss", json!([ISSUER])),
        ("aud", json!("other")),
        ("aud", json!(["qadam"])),
        ("aud", json!(["qadam", "other"])),
        ("sub", json!("")),
        ("sub", json!(1)),
        ("sub", json!("00000000-0000-0000-0000-00000000000")),
        ("sid", json!("nobody")),
        ("iat", json!(NOW + 6)),
        ("iat", json!(NOW - 1)),
        ("iat", json!("1760000000")),
        ("iat", json!(1.5)),
        ("iat", json!(i64::MIN)),
        ("iat", Value::Null),
        ("exp", json!(NOW + 601)),
        ("exp", json!(NOW)),
        ("exp", json!(NOW - 6)),
        ("exp", json!(9_007_199_254_740_992_i64)),
        ("exp", json!(i64::MAX)),
        ("exp", json!(u64::MAX)),
        ("exp", json!(1e300)),
        ("exp", json!("1760000600")),
        ("exp", Value::Null),
        ("nbf", json!(NOW + 60)),
        ("nbf", json!(NOW)),
        ("role", json!("admin")),
        ("scope", json!("")),
    ] {
        cases.push((member, Some(value)));
    }
    for (member, replacement) in cases {
        let claims = with(&good, member, replacement);
        let token = forged(&key, &good_header(&key), &claims.to_string());
        assert!(!accepts(&key, &token, NOW), "{claims}");
    }
}

#[test]
fn a_claim_given_twice_is_refused() {
    let key = SigningKey::generate().unwrap();
    let claims =
        good_claims().to_string().replacen('{', "{\"sub\":\"00000000-0000-0000-0000-000000000009\",", 1);
    assert!(!accepts(&key, &forged(&key, &good_header(&key), &claims), NOW));
}

#[test]
fn a_token_holds_from_its_issue_to_five_seconds_past_its_end() {
    let key = SigningKey::generate().unwrap();
    let token = forged(&key, &good_header(&key), &good_claims().to_string());
    for (now, holds) in
        [(NOW - 6, false), (NOW - 5, true), (NOW + 600, true), (NOW + 605, true), (NOW + 606, false)]
    {
        assert_eq!(accepts(&key, &token, now), holds, "{}", now - NOW);
    }
}

#[test]
fn a_token_of_another_key_is_refused_whatever_it_calls_itself() {
    let (key, other) = (SigningKey::generate().unwrap(), SigningKey::generate().unwrap());
    for header in [good_header(&key), good_header(&other)] {
        assert!(!accepts(&key, &forged(&other, &header, &good_claims().to_string()), NOW));
    }
}

#[test]
fn a_secret_made_of_the_public_key_signs_nothing() {
    let key = SigningKey::generate().unwrap();
    let secret = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, key.verifying_key().as_bytes());
    for algorithm in ["HS256", "EdDSA"] {
        let header = with(&good_header(&key), "alg", Some(json!(algorithm)));
        let header = URL_SAFE_NO_PAD.encode(header.to_string());
        let message = format!("{header}.{}", URL_SAFE_NO_PAD.encode(good_claims().to_string()));
        let tag = aws_lc_rs::hmac::sign(&secret, message.as_bytes());
        let token = format!("{message}.{}", URL_SAFE_NO_PAD.encode(tag.as_ref()));
        assert!(!accepts(&key, &token, NOW), "{algorithm}");
    }
}

#[test]
fn no_character_of_a_token_can_be_changed() {
    let key = SigningKey::generate().unwrap();
    let token = forged(&key, &good_header(&key), &good_claims().to_string());
    for index in 0..token.len() {
        let mut bytes = token.clone().into_bytes();
        bytes[index] = if bytes[index] == b'A' { b'B' } else { b'A' };
        assert!(!accepts(&key, &String::from_utf8(bytes).unwrap(), NOW), "{index}");
    }
}

#[test]
fn what_is_not_a_signed_token_is_refused() {
    let key = SigningKey::generate().unwrap();
    let good = forged(&key, &good_header(&key), &good_claims().to_string());
    let (message, signature) = good.rsplit_once('.').unwrap();
    let (header, claims) = message.split_once('.').unwrap();
    let padded = json!({"alg": "EdDSA", "typ": "at+jwt", "kid": "x".repeat(TOKEN_MAX)});
    for bad in [
        String::new(),
        ".".to_owned(),
        "..".to_owned(),
        "...".to_owned(),
        "null".to_owned(),
        format!("{message}."),
        message.to_owned(),
        format!("{header}..{signature}"),
        format!(".{claims}.{signature}"),
        format!("{good}."),
        format!("{good}.{signature}"),
        format!(" {good}"),
        format!("{good} "),
        format!("Bearer {good}"),
        format!("{good}=="),
        format!("{message}.{}", &signature[..signature.len() - 4]),
        format!("{message}.{signature}AAAA"),
        forged(&key, &good_header(&key), "[]"),
        forged(&key, &good_header(&key), "not json"),
        forged(&key, &good_header(&key), ""),
        forged(&key, &padded, &good_claims().to_string()),
        format!(r#"{{"payload":"{claims}","protected":"{header}","signature":"{signature}"}}"#),
    ] {
        assert!(!accepts(&key, &bad, NOW), "{bad}");
    }
}

#[test]
fn terms_in_a_log_show_no_key() {
    let key = SigningKey::generate().unwrap();
    let shown = format!("{:?}", terms(alone(&key), ISSUER, 600));
    assert_eq!(shown, "Terms { issuer: \"https://register.example\", .. }");
}

#[test]
fn the_name_of_a_key_is_its_thumbprint() {
    // RFC 8037, appendices A.2 and A.3.
    let x = URL_SAFE_NO_PAD.decode("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo").unwrap();
    let key = VerifyingKey::from_bytes(x.try_into().unwrap());
    assert_eq!(key_id(&key), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
}

#[test]
fn a_token_that_was_good_once_holds_no_longer_than_it_says() {
    let key = SigningKey::generate().unwrap();
    let terms = terms(alone(&key), ISSUER, 600);
    let token = terms.issue(named(), at(NOW)).unwrap();
    for now in [NOW, NOW + 1, NOW + 600] {
        assert_eq!(terms.check(&token, at(now)).unwrap(), named());
    }
    for now in [NOW + 606, NOW - 6] {
        assert_eq!(terms.check(&token, at(now)).unwrap_err().code(), Code::InvalidToken);
    }
    let (message, _) = token.rsplit_once('.').unwrap();
    let other = format!("{message}.{}", URL_SAFE_NO_PAD.encode([0; 64]));
    assert_eq!(terms.check(&other, at(NOW)).unwrap_err().code(), Code::InvalidToken);
}

#[test]
fn a_key_is_accepted_before_it_signs_and_for_a_while_after_it_did() {
    let [old, key, next, other] = [(); 4].map(|()| SigningKey::generate().unwrap());
    let retired = RetiredKey { key: old.verifying_key(), until: NOW + 60 };
    let keys = TokenKeys { next: Some(next.verifying_key()), retired: Some(retired), ..alone(&key) };
    let terms = terms(keys, ISSUER, 600);
    let token = |key: &SigningKey| forged(key, &good_header(key), &good_claims().to_string());
    for accepted in [&key, &next, &old] {
        assert_eq!(terms.check(&token(accepted), at(NOW)).unwrap(), named());
    }
    assert!(terms.check(&token(&other), at(NOW)).is_err());
    // With the header of a key that is accepted, and the signature of another that is accepted too.
    let crossed = forged(&next, &good_header(&key), &good_claims().to_string());
    assert!(terms.check(&crossed, at(NOW)).is_err());
    // What nobody showed before its key was refused is refused; what it signs itself is of the present key.
    let claims = with(&good_claims(), "iat", Some(json!(NOW + 1)));
    let late = forged(&old, &good_header(&old), &claims.to_string());
    assert!(terms.check(&late, at(NOW + 61)).is_err());
    let issued = terms.issue(named(), at(NOW)).unwrap();
    assert!(accepts(&key, &issued, NOW));
}
