//! Bad input: every operation with a body refuses what it cannot take with a problem that has a stable code, and
//! stores nothing.

use qadam_tests::TestRegister;
use serde_json::{Value, json};

use crate::samples::{self, Sample, all};

/// Operations that compare what they are sent with a secret and store none of it as text.
const SECRETS: [&str; 12] = [
    "begin_passkey",
    "remove_passkey",
    "remove_identity",
    "sign_in",
    "refresh_tokens",
    "set_password",
    "change_password",
    "make_token",
    "begin_second_factor",
    "confirm_second_factor",
    "renew_recovery_codes",
    "remove_second_factor",
];

/// Bodies that nobody can take: what is sent, the code, and where the mistake is.
fn bodies() -> Vec<(Vec<u8>, &'static str, &'static str)> {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth)).into_bytes();
    let many: Vec<String> = (0..3_000).map(|number| format!("\"k{number}\":0")).collect();
    let text = |text: &str| text.as_bytes().to_vec();
    vec![
        (text(""), "malformed_json", ""),
        (text("{"), "malformed_json", ""),
        (text("{} {}"), "malformed_json", ""),
        (text("{'a': 1}"), "malformed_json", ""),
        (text("{\"a\": 1e400}"), "malformed_json", ""),
        (text("{\"a\": NaN}"), "malformed_json", ""),
        (text("{\"a\": 01}"), "malformed_json", ""),
        (text("{\"a\": \"\\ud800\"}"), "malformed_json", ""),
        (text("{\"a\": \"\u{1}\"}"), "malformed_json", ""),
        (text("\u{feff}{}"), "malformed_json", ""),
        (text("{\"a\": 1, \"a\": 2}"), "malformed_json", "#/a duplicate"),
        (b"{\"a\": \"\xff\"}".to_vec(), "malformed_json", ""),
        (nested(33), "malformed_json", ""),
        (nested(30_000), "malformed_json", ""),
        (text("[]"), "invalid", "# wrong_type"),
        (text("\"text\""), "invalid", "# wrong_type"),
        (text("12345678901234567890"), "invalid", "# wrong_type"),
        (text("{\"colour\": -0}"), "invalid", "#/colour unknown_field"),
        (text("{\"\": 9223372036854775808}"), "invalid", "#/ unknown_field"),
        (text("{\"version\": 1}"), "invalid", "#/version unknown_field"),
        (format!("{{{}}}", many.join(",")).into_bytes(), "invalid", "unknown_field"),
        (vec![b' '; 64 * 1024 + 1], "body_too_large", ""),
    ]
}

#[tokio::test]
async fn a_body_that_cannot_be_taken_is_refused_by_every_operation_and_nothing_is_stored() {
    TestRegister::on_sqlite(async |register| {
        let world = samples::make(register).await;
        let before = register.amount_stored().await;
        let mut wrong = Vec::new();
        let with_bodies: Vec<_> = all(&world).into_iter().filter(|sample| sample.body.is_some()).collect();
        for sample in &with_bodies {
            for (body, code, mistake) in bodies() {
                let shown = String::from_utf8_lossy(&body[..body.len().min(40)]).into_owned();
                let answer = sample.request(register).body(sample.media_type(), body).await;
                if answer.code() != code || !answer.mistake().contains(mistake) {
                    wrong.push(format!("{} {shown}: {answer:?}", sample.operation));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert_eq!(register.amount_stored().await, before);
    })
    .await;
}

#[tokio::test]
async fn another_content_type_is_refused_by_every_operation() {
    TestRegister::on_sqlite(async |register| {
        let world = samples::make(register).await;
        let before = register.amount_stored().await;
        for sample in all(&world).into_iter().filter(|sample| sample.body.is_some()) {
            let other = match sample.media_type() {
                "application/json" => "application/merge-patch+json",
                _ => "application/json",
            };
            let body = sample.body.as_ref().unwrap().to_string();
            let form = "application/x-www-form-urlencoded";
            for media_type in [other, "text/plain", form, "application/json; charset=cp1251", "json"] {
                let answer = sample.request(register).body(media_type, body.clone()).await;
                answer.refused("unsupported_media_type");
            }
            let packed = sample.request(register).header("content-encoding", "gzip").await;
            packed.refused("unsupported_media_type");
        }
        assert_eq!(register.amount_stored().await, before);
    })
    .await;
}

#[tokio::test]
async fn every_field_of_every_body_refuses_another_type_by_its_name() {
    TestRegister::on_sqlite(async |register| {
        let world = samples::make(register).await;
        let mut taken = Vec::new();
        let before = register.amount_stored().await;
        for sample in all(&world).into_iter().filter(|sample| sample.body.is_some()) {
            let body = sample.body.clone().unwrap();
            for (field, value) in body.as_object().unwrap() {
                let is_secret = SECRETS.contains(&sample.operation);
                let text = if is_secret && !value.is_number() { json!(1) } else { json!("\u{202e}") };
                let wrong = [json!(1.5), json!(true), text, json!({"colour": 1}), json!([[]])];
                for wrong in wrong.into_iter().filter(|wrong| !is_alike(wrong, value)) {
                    let mut sent = body.clone();
                    sent[field] = wrong.clone();
                    let answer = sample.request(register).json(&sent).await;
                    if answer.code() != "invalid" || !answer.mistake().starts_with(&format!("#/{field}")) {
                        taken.push(format!("{} {field} {wrong}: {answer:?}", sample.operation));
                    }
                }
            }
        }
        assert!(taken.is_empty(), "{}", taken.join("\n"));
        assert_eq!(register.amount_stored().await, before);
    })
    .await;
}

/// Whether a wrong value could be a right one for this field.
fn is_alike(wrong: &Value, right: &Value) -> bool {
    wrong.is_boolean() && right.is_boolean() || wrong.is_array() && right == &json!([])
}

#[tokio::test]
async fn control_and_direction_characters_are_refused_in_every_text() {
    TestRegister::on_sqlite(async |register| {
        let world = samples::make(register).await;
        let mut taken = Vec::new();
        let before = register.amount_stored().await;
        let bad = [
            "\u{0}", "\u{7}", "\u{b}", "\u{1b}", "\u{7f}", "\u{85}", "\u{9f}", "\u{202a}", "\u{202e}",
            "\u{2066}", "\u{2069}",
        ];
        let stores_texts = |sample: &Sample| sample.body.is_some() && !SECRETS.contains(&sample.operation);
        for sample in all(&world).into_iter().filter(stores_texts) {
            let body = sample.body.clone().unwrap();
            let mut pointers = Vec::new();
            texts(&body, String::new(), &mut pointers);
            for pointer in pointers {
                for character in bad {
                    let mut sent = body.clone();
                    let text = sent.pointer_mut(&pointer).unwrap();
                    *text = json!(format!("{}{character}", text.as_str().unwrap()));
                    let answer = sample.request(register).json(&sent).await;
                    // Of many at once each is refused for itself.
                    let each = answer.status == 207 && answer.json()["items"][0]["status"] == 422;
                    if !each && !["invalid", "malformed_json"].contains(&answer.code().as_str()) {
                        taken.push(format!("{} {pointer} {character:?}: {answer:?}", sample.operation));
                    }
                }
            }
        }
        assert!(taken.is_empty(), "{}", taken.join("\n"));
        assert_eq!(register.amount_stored().await, before);
    })
    .await;
}

/// Pointers to all texts in a body.
fn texts(value: &Value, at: String, found: &mut Vec<String>) {
    match value {
        Value::String(_) => found.push(at),
        Value::Array(list) => {
            for (index, element) in list.iter().enumerate() {
                texts(element, format!("{at}/{index}"), found);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                texts(member, format!("{at}/{name}"), found);
            }
        }
        _ => {}
    }
}
