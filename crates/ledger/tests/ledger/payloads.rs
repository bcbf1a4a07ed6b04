//! Payloads, salts and the digests made of them.

use qadam_ledger::{CanonicalError, Day, Instant, Moment, Payload, PayloadError, Salt, actor_digest, commit};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::fixtures::{PAYLOAD_DIGEST, digest, payload, salt};

fn changed(change: impl FnOnce(&mut Value)) -> Value {
    let mut value = payload();
    change(&mut value);
    value
}

#[test]
fn the_digest_of_an_entry_is_sha_256_of_salt_and_canonical_payload() {
    assert_eq!(commit(&salt(), &payload()).unwrap(), digest(PAYLOAD_DIGEST));
    assert_eq!(Payload::from_json(&payload()).unwrap().commit(&salt()).unwrap(), digest(PAYLOAD_DIGEST));
    assert_ne!(commit(&Salt::from_bytes([0; 32]), &payload()).unwrap(), digest(PAYLOAD_DIGEST));
}

#[test]
fn the_digest_of_an_actor_is_sha_256_of_salt_and_hyphenated_lower_case_id() {
    let user: Uuid = "3F0C9A52-7F0E-4A39-9A3C-0D3F6D1C2B11".parse().unwrap();
    let expected = "ec76a03962884591af03a15c1609197b4510049210beb24a6cc9e073f5583637";
    assert_eq!(actor_digest(&salt(), user), digest(expected));
}

#[test]
fn a_payload_is_written_in_canonical_form() {
    let expected = concat!(
        r#"{"action":"item.status_changed","actor":{"digest":"0000000000000000000000000000000000000000000000000000000000000000","#,
        r#""organisation":"GPO","role":"officer"},"after":{"status":"planned","title":{"kk":"Қадам"}},"#,
        r#""at":"2025-02-27T10:00:00.123Z","before":{"status":"announced"},"reason":null,"#,
        r#""subject":{"id":"3f0c9a52-7f0e-4a39-9a3c-0d3f6d1c2b11","ref":"C-2025-0001","type":"item"}}"#,
    );
    assert_eq!(Payload::from_json(&payload()).unwrap().canonical_json().unwrap(), expected);
}

#[test]
fn a_payload_read_and_written_again_is_the_same() {
    let value = changed(|value| {
        value["at"] = json!("2025-02-27");
        value["actor"]["organisation"] = Value::Null;
        value["subject"]["ref"] = Value::Null;
        value["reason"] = json!({"kk": "себеп"});
        value["withheld"] = json!([1, 5, 9]);
        value["redacted"] = json!([2]);
    });
    assert_eq!(Payload::from_json(&value).unwrap().to_json().unwrap(), value);
    assert_eq!(Payload::from_json(&payload()).unwrap().to_json().unwrap(), payload());
}

#[test]
fn a_missing_member_is_refused_even_where_null_is_allowed() {
    for name in ["at", "action", "subject", "actor", "before", "after", "reason"] {
        let value = changed(|value| {
            value.as_object_mut().unwrap().remove(name);
        });
        assert!(matches!(Payload::from_json(&value), Err(PayloadError::Members(_))), "{name} may be missing");
    }
    for (outer, inner) in [("subject", "ref"), ("actor", "organisation"), ("actor", "digest")] {
        let value = changed(|value| {
            value[outer].as_object_mut().unwrap().remove(inner);
        });
        assert!(
            matches!(Payload::from_json(&value), Err(PayloadError::Members(_))),
            "{inner} may be missing"
        );
    }
}

#[test]
fn an_unknown_member_such_as_a_user_id_is_refused() {
    for place in ["/actor", "/subject", ""] {
        let value = changed(|value| {
            value.pointer_mut(place).unwrap()["user"] = json!("3f0c9a52-7f0e-4a39-9a3c-0d3f6d1c2b11");
        });
        assert!(matches!(Payload::from_json(&value), Err(PayloadError::Members(_))), "at {place:?}");
    }
}

#[test]
fn a_record_is_an_object_or_null() {
    for name in ["before", "after"] {
        assert!(Payload::from_json(&changed(|value| value[name] = Value::Null)).is_ok());
        for wrong in [json!([]), json!("text"), json!(1), json!(true)] {
            let value = changed(|value| value[name] = wrong);
            assert_eq!(Payload::from_json(&value).unwrap_err(), PayloadError::Record(name));
        }
    }
}

#[test]
fn lists_of_seqs_are_ascending_and_never_empty() {
    for name in ["withheld", "redacted"] {
        assert!(
            Payload::from_json(&changed(|value| value[name] = json!([0, 9_007_199_254_740_991_u64]))).is_ok()
        );
        for wrong in [json!([]), json!([3, 3]), json!([4, 3]), json!([9_007_199_254_740_992_u64])] {
            let value = changed(|value| value[name] = wrong);
            assert_eq!(Payload::from_json(&value).unwrap_err(), PayloadError::Sequences(name), "{value}");
        }
    }
}

#[test]
fn a_fraction_in_a_record_is_refused_on_reading_and_on_writing() {
    let value = changed(|value| value["after"]["share"] = json!(0.5));
    let refused = PayloadError::Canonical(CanonicalError::Number("0.5".into()));
    assert_eq!(Payload::from_json(&value).unwrap_err(), refused);
    let mut written = Payload::from_json(&payload()).unwrap();
    written.after = json!({"share": 0.5});
    assert_eq!(written.canonical_json().unwrap_err(), refused);
    assert_eq!(written.commit(&salt()).unwrap_err(), refused);
}

#[test]
fn the_description_leaves_out_the_organisation_of_civil_society_only() {
    let officer = Payload::from_json(&payload()).unwrap().description();
    assert_eq!(officer.actor.organisation.as_deref(), Some("GPO"));
    let member = changed(|value| value["actor"]["role"] = json!("ngo_member"));
    let member = Payload::from_json(&member).unwrap().description();
    assert_eq!((member.actor.role.as_str(), member.actor.organisation), ("ngo_member", None));
}

#[test]
fn days_and_instants_have_one_spelling() {
    for right in ["2025-02-27", "0000-01-01", "9999-12-31", "2024-02-29", "2025-02-27T10:00:00.000Z"] {
        assert_eq!(right.parse::<Moment>().unwrap().to_string(), right);
    }
    let wrong = [
        "2025-02-29",
        "2025-2-27",
        "+2025-02-27",
        " 2025-02-27",
        "2025-02-27 ",
        "12025-02-27",
        "2025-02-27T10:00:00Z",
        "2025-02-27T10:00:00.000+00:00",
        "2025-02-27T10:00:00.0000Z",
        "2025-02-27t10:00:00.000z",
        "2025-02-27 10:00:00.000Z",
        "2025-02-27T15:00:00.000+05:00",
        "2025-02-27T23:59:60.000Z",
        "",
    ];
    for wrong in wrong {
        assert!(wrong.parse::<Moment>().is_err(), "{wrong:?} is accepted");
    }
}

#[test]
fn an_instant_counts_milliseconds_from_1970() {
    let instant = Instant::from_epoch_milliseconds(1_740_650_400_123).unwrap();
    assert_eq!(instant.to_string(), "2025-02-27T10:00:00.123Z");
    assert_eq!(instant.epoch_milliseconds(), 1_740_650_400_123);
    assert!(Instant::from_epoch_milliseconds(253_402_300_799_999).is_ok());
    assert!(Instant::from_epoch_milliseconds(253_402_300_800_000).is_err());
    assert!(Day::new(chrono::NaiveDate::from_ymd_opt(10_000, 1, 1).unwrap()).is_err());
}

#[test]
fn debug_output_shows_neither_salt_nor_records() {
    let value = payload();
    let shown = format!("{:?} {:?}", salt(), Payload::from_json(&value).unwrap());
    assert_eq!(shown, r#"Salt(..) Payload { action: "item.status_changed", subject.type: "item", .. }"#);
}

#[test]
fn a_salt_is_written_in_lower_case_hexadecimal() {
    let hex = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    assert_eq!(salt().to_hex(), hex);
    assert_eq!(hex.parse::<Salt>().unwrap(), salt());
    for wrong in
        [&hex[..62], &hex.to_uppercase(), &format!("{hex}00"), &hex.replace('a', "g"), &"é".repeat(32)]
    {
        assert!(wrong.parse::<Salt>().is_err(), "{wrong} is accepted");
    }
}
