//! Likely duplicates, in any language, among what who asks may see.

use std::fmt::Write as _;

use qadam_tests::{Caller, TestRegister};
use serde_json::{Value, json};

use crate::scenes::{change, create, filed, recommendation};

/// A public commitment with this title.
async fn promised(register: &TestRegister, title: Value) -> String {
    let id = create(register.officer("GPO"), json!({"kind": "commitment", "title": title})).await;
    change(register.officer("GPO"), &id, json!({"to": "planned", "due_on": "2026-12-31"})).await;
    id
}

/// Scores and ids of what is like a title.
async fn similar(caller: Caller<'_>, query: &str) -> Vec<(u64, String)> {
    let found = caller.get(&format!("/items/similar?{query}")).await.expect(200);
    let one = |row: &Value| (row["score"].as_u64().unwrap(), row["item"]["id"].as_str().unwrap().to_owned());
    found["items"].as_array().unwrap().iter().map(one).collect()
}

fn titled(title: &str) -> String {
    let mut encoded = String::from("title=");
    for byte in title.bytes() {
        write!(encoded, "%{byte:02X}").unwrap();
    }
    encoded
}

#[tokio::test]
async fn the_most_alike_come_first_in_whatever_language_they_are_asked_for() {
    TestRegister::on_both(async |register| {
        let compensation = promised(
            register,
            json!({"ru": "Повысить компенсацию жертвам", "kk": "Өтемақыны арттыру", "en": "Raise compensation"}),
        )
        .await;
        let doctors = promised(register, json!({"ru": "Повысить оплату врачам"})).await;
        promised(register, json!({"ru": "Построить школу"})).await;
        let anonymous = register.anonymous();
        let russian = similar(anonymous, &titled("Повышение компенсаций: повысить компенсации жертвам")).await;
        assert_eq!(russian[0].1, compensation);
        assert!(russian[0].0 > 60, "{russian:?}");
        assert_eq!(
            similar(anonymous, &titled("Повысить компенсацию жертвам")).await,
            [(100, compensation.clone()), (33, doctors)]
        );
        for title in ["Өтемақыны арттыру", "raising compensations"] {
            assert_eq!(similar(anonymous, &titled(title)).await, [(100, compensation.clone())], "{title}");
        }
        for nothing in ["Закон о музеях", "…", "of the"] {
            assert_eq!(similar(anonymous, &titled(nothing)).await, [], "{nothing}");
        }
        let recommended = recommendation(register, "CAT", "larch").await;
        let both = similar(anonymous, &titled("Stop ill-treatment larch")).await;
        assert_eq!(both, [(100, recommended)]);
        let of_kind = format!("{}&kind=proposal,commitment", titled("Stop ill-treatment larch"));
        assert_eq!(similar(anonymous, &of_kind).await, []);
    })
    .await;
}

#[tokio::test]
async fn organisations_are_recognised_by_their_other_names() {
    TestRegister::on_both(async |register| {
        let id = promised(register, json!({"en": "MOH reports on psychiatry"})).await;
        let found = similar(register.anonymous(), &titled("Ministry of Health reports on psychiatry")).await;
        assert_eq!(found, [(100, id)]);
    })
    .await;
}

#[tokio::test]
async fn what_is_hidden_is_like_nothing_and_changes_no_score() {
    TestRegister::on_both(async |register| {
        let shown = promised(register, json!({"en": "Open canary cages at night"})).await;
        let asked = titled("Open canary cages");
        let others = [register.anonymous(), register.admin(), register.officer("MOH"), register.ngo("KIBHR")];
        let mut before = Vec::new();
        for caller in others {
            before.push(caller.get(&format!("/items/similar?{asked}")).await.bytes_but_for_the_request());
        }
        for _ in 0..12 {
            let new = json!({"kind": "proposal", "title": {"en": "Open canary cages"}});
            let id = create(register.ngo("KK"), new).await;
            change(register.ngo("KK"), &id, json!({"to": "submitted"})).await;
        }
        filed(register, "canary").await;
        for (caller, before) in others.into_iter().zip(before) {
            let now = caller.get(&format!("/items/similar?{asked}")).await;
            assert!(now.text().contains(&shown));
            assert_eq!(now.bytes_but_for_the_request(), before, "{:?}", caller.person());
        }
        let own = similar(register.ngo("KK"), &asked).await;
        assert_eq!(own.len(), 10, "no more than ten");
        assert!(own.iter().all(|(score, id)| *score == 100 && *id != shown));
        assert_eq!(similar(register.secretariat(), &asked).await, own);
    })
    .await;
}

#[tokio::test]
async fn a_title_is_asked_for_and_not_a_book() {
    TestRegister::on_sqlite(async |register| {
        let anonymous = register.anonymous();
        assert_eq!(anonymous.get("/items/similar").await.mistake(), "?title required");
        let long = format!("/items/similar?title={}", "a".repeat(301));
        assert_eq!(anonymous.get(&long).await.mistake(), "?title too_long");
        let odd = titled("\") OR NEAR(\"a b\" | !x & 'y' :* {title_text} (");
        assert_eq!(similar(anonymous, &odd).await, []);
    })
    .await;
}
