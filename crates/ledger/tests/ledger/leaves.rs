//! The seven members of a leaf.

use qadam_ledger::{
    Admission, Day, Description, Leaf, LeafActor, LeafError, MAX_INTEGER, Moment, Payload, Subject,
};
use serde_json::{Value, json};

use crate::fixtures::{digest, payload};

const OPEN: &str = concat!(
    r#"{"action":"item.status_changed","actor":{"organisation":"GPO","role":"officer"},"#,
    r#""admitted_at":"2025-02-27T10:00:01.000Z","#,
    r#""digest":"abababababababababababababababababababababababababababababababab","sealed":false,"seq":7,"#,
    r#""subject":{"id":"3f0c9a52-7f0e-4a39-9a3c-0d3f6d1c2b11","ref":"C-2025-0001","type":"item"}}"#,
);
const SEALED: &str = concat!(
    r#"{"action":null,"actor":null,"admitted_at":"2025-02-27","#,
    r#""digest":"cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd","sealed":true,"seq":8,"subject":null}"#,
);

fn open_leaf() -> Leaf {
    let description = Payload::from_json(&payload()).unwrap().description();
    let at: Moment = "2025-02-27T10:00:01.000Z".parse().unwrap();
    Leaf::open(7, at, description, digest(&"ab".repeat(32))).unwrap()
}

fn sealed_leaf() -> Leaf {
    Leaf::sealed(8, "2025-02-27".parse().unwrap(), digest(&"cd".repeat(32))).unwrap()
}

/// Reads a leaf with one member changed.
fn read(text: &str, pointer: &str, to: Value) -> Result<Leaf, LeafError> {
    let mut value: Value = serde_json::from_str(text).unwrap();
    *value.pointer_mut(pointer).unwrap() = to;
    Leaf::from_json(value)
}

#[test]
fn leaves_are_written_and_hashed_as_the_contract_says() {
    assert_eq!(open_leaf().canonical_json().unwrap(), OPEN);
    let expected = "cddbcc424a928660df55f587c42e3879ead7a8c10eb1f1aa85a11e41522bb34b";
    assert_eq!(open_leaf().hash().unwrap(), digest(expected));
    assert_eq!(sealed_leaf().canonical_json().unwrap(), SEALED);
    let expected = "2dc8869f37a1fa186158d3884f476f431697c40847225c46aae6c11b8b4868db";
    assert_eq!(sealed_leaf().hash().unwrap(), digest(expected));
}

#[test]
fn leaves_are_read_back_as_they_were() {
    assert_eq!(Leaf::parse(OPEN).unwrap(), open_leaf());
    assert_eq!(Leaf::parse(SEALED).unwrap(), sealed_leaf());
    assert_eq!(Leaf::from_json(serde_json::from_str(OPEN).unwrap()).unwrap(), open_leaf());
    assert_eq!((open_leaf().seq(), open_leaf().is_sealed(), sealed_leaf().is_sealed()), (7, false, true));
    assert_eq!(sealed_leaf().description(), None);
    let day: Day = "2025-02-27".parse().unwrap();
    assert_eq!(sealed_leaf().admission(), &Admission::Sealed { day });
}

#[test]
fn an_open_leaf_may_be_admitted_on_a_day() {
    assert!(read(OPEN, "/admitted_at", json!("2025-02-27")).is_ok());
}

#[test]
fn a_stored_leaf_must_be_in_canonical_form() {
    for text in [SEALED.replace(':', ": "), SEALED.replace("\"seq\":8", "\"seq\":8 "), format!("{SEALED}\n")]
    {
        assert_eq!(Leaf::parse(&text), Err(LeafError::NotCanonical), "{text}");
    }
    assert!(Leaf::parse(&SEALED.replace("\"sealed\":true,\"seq\":8", "\"seq\":8,\"sealed\":true")).is_err());
}

#[test]
fn every_member_must_be_there_once_and_no_other() {
    for text in [OPEN, SEALED] {
        let value: Value = serde_json::from_str(text).unwrap();
        for name in value.as_object().unwrap().keys() {
            let mut value = value.clone();
            value.as_object_mut().unwrap().remove(name);
            assert!(matches!(Leaf::from_json(value), Err(LeafError::Members(_))), "{name} may be missing");
        }
        let mut value = value.clone();
        value["organisation"] = Value::Null;
        assert!(matches!(Leaf::from_json(value), Err(LeafError::Members(_))));
    }
    assert!(Leaf::parse(&SEALED.replace("\"seq\":8", "\"seq\":8,\"seq\":8")).is_err());
    for (outer, inner) in
        [("subject", "id"), ("subject", "ref"), ("subject", "type"), ("actor", "organisation")]
    {
        let mut value: Value = serde_json::from_str(OPEN).unwrap();
        value[outer].as_object_mut().unwrap().remove(inner);
        assert!(Leaf::from_json(value).is_err(), "{outer}.{inner} may be missing");
    }
}

#[test]
fn a_sealed_leaf_tells_nothing_but_its_day() {
    let sealed = |error: LeafError| Err(LeafError::Members(error.to_string()));
    assert_eq!(read(SEALED, "/action", json!("item.submitted")), sealed(LeafError::SealedDescribed));
    let subject = json!({"type": "item", "id": "x", "ref": null});
    assert_eq!(read(SEALED, "/subject", subject), sealed(LeafError::SealedDescribed));
    let actor = json!({"role": "ngo_member", "organisation": null});
    assert_eq!(read(SEALED, "/actor", actor), sealed(LeafError::SealedDescribed));
    let instant = json!("2025-02-27T10:00:01.000Z");
    assert_eq!(read(SEALED, "/admitted_at", instant), sealed(LeafError::SealedInstant));
    assert_eq!(read(OPEN, "/sealed", json!(true)), sealed(LeafError::SealedDescribed));
}

#[test]
fn an_open_leaf_tells_action_subject_and_actor() {
    let open = |error: LeafError| Err(LeafError::Members(error.to_string()));
    for name in ["/action", "/subject", "/actor"] {
        assert_eq!(read(OPEN, name, Value::Null), open(LeafError::OpenUndescribed), "{name}");
    }
    assert_eq!(read(SEALED, "/sealed", json!(false)), open(LeafError::OpenUndescribed));
    for (pointer, name) in [
        ("/action", "action"),
        ("/subject/type", "subject.type"),
        ("/subject/id", "subject.id"),
        ("/actor/role", "actor.role"),
    ] {
        assert_eq!(read(OPEN, pointer, json!("")), open(LeafError::Empty(name)));
    }
}

#[test]
fn a_leaf_never_names_the_organisation_of_civil_society() {
    let description = |organisation: Option<&str>| Description {
        action: "item.submitted".into(),
        subject: Subject { kind: "item".into(), id: "x".into(), reference: None },
        actor: LeafActor { role: "ngo_member".into(), organisation: organisation.map(str::to_owned) },
    };
    let at: Moment = "2025-02-27".parse().unwrap();
    assert!(Leaf::open(0, at, description(None), digest(&"00".repeat(32))).is_ok());
    let named = Leaf::open(0, at, description(Some("KIBHR")), digest(&"00".repeat(32)));
    assert_eq!(named, Err(LeafError::CivilSocietyNamed));
    assert!(read(OPEN, "/actor/role", json!("ngo_member")).is_err());
}

#[test]
fn a_seq_is_below_2_to_the_53() {
    let day: Day = "2025-02-27".parse().unwrap();
    assert!(Leaf::sealed(MAX_INTEGER, day, digest(&"00".repeat(32))).is_ok());
    assert_eq!(Leaf::sealed(MAX_INTEGER + 1, day, digest(&"00".repeat(32))), Err(LeafError::Sequence));
}
