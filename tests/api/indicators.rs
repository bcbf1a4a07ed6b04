//! Indicators and their values.

use qadam_tests::TestRegister;
use serde_json::{Value, json};

use crate::scenes::{commitment, part};

fn cameras() -> Value {
    json!({"name": {"en": "Cameras installed"}, "unit": {"en": "cameras"}, "baseline": "0", "target": "70000.0"})
}

async fn named(register: &TestRegister, id: &str) -> String {
    let made = register.officer("GPO").post(&part(id, "indicators"), cameras()).await.expect(201);
    part(id, &format!("indicators/{}", made["indicator"]["id"].as_str().unwrap()))
}

#[tokio::test]
async fn values_stand_beside_each_other_each_with_what_it_counts() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let at = named(register, &id).await;
        let values = format!("{at}/values");
        let own = json!({"on": "2025-05-12", "value": "39000", "scope": {"en": "Penitentiary"}});
        register.officer("GPO").post(&values, own).await.expect(201);
        let theirs = json!({
            "on": "2025-01-01", "precision": "year", "value": "38111.5",
            "source": {"label": "Annual report", "on": "2026-02-01"},
        });
        let given = register.officer("NCHR").post(&values, theirs).await.expect(201);
        let given = &given["indicator"];
        let read = |index: usize| {
            (given["values"][index]["value"].clone(), given["values"][index]["organisation"]["code"].clone())
        };
        assert_eq!(read(0), (json!("39000"), json!("GPO")));
        assert_eq!(read(1), (json!("38111.5"), json!("NCHR")));
        assert_eq!(given["target"], "70000.0");
        assert_eq!(given["organisation"]["code"], "GPO");
        let embedded = register.anonymous().get(&format!("/items/{id}?embed=indicators")).await.expect(200);
        assert_eq!(&embedded["embedded"]["indicators"][0], given);
    })
    .await;
}

#[tokio::test]
async fn a_value_that_was_wrong_is_corrected_once_by_another_and_both_stay() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let at = named(register, &id).await;
        let values = format!("{at}/values");
        let officer = register.officer("GPO");
        let first = json!({"on": "2025-05-12", "value": "93000"});
        let first = officer.post(&values, first).await.expect(201)["indicator"]["values"][0]["id"].clone();
        let right = json!({"on": "2025-05-12", "value": "39000", "corrects": first});
        let made = officer.post(&values, right.clone()).await.expect(201);
        let all = &made["indicator"]["values"];
        assert_eq!(all[0]["value"], "93000");
        assert_eq!((&all[0]["corrected_by"], &all[1]["corrects"]), (&all[1]["id"], &first));
        officer.post(&values, right).await.invalid("/corrects", "unknown_reference");
    })
    .await;
}

#[tokio::test]
async fn numbers_are_decimal_texts_and_days_lie_behind_us() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let at = named(register, &id).await;
        let values = format!("{at}/values");
        let officer = register.officer("GPO");
        for (body, pointer, code) in [
            (json!({"on": "2025-05-12", "value": "1e3"}), "/value", "invalid_number"),
            (json!({"on": "2025-05-12", "value": "1,5"}), "/value", "invalid_number"),
            (json!({"on": "2025-05-12", "value": 15}), "/value", "wrong_type"),
            (json!({"on": "2099-01-01", "value": "15"}), "/on", "in_future"),
        ] {
            officer.post(&values, body).await.invalid(pointer, code);
        }
        let secretariat = register.secretariat();
        let value = json!({"on": "2025-05-12", "value": "15"});
        secretariat.post(&values, value).await.invalid("/source", "required");
        secretariat.post(&part(&id, "indicators"), cameras()).await.invalid("/recorded_from", "required");
        let list = register.anonymous().get(&part(&id, "indicators")).await.expect(200);
        assert_eq!(list["items"][0]["values"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn the_same_request_twice_gives_one_value() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let at = named(register, &id).await;
        for _ in 0..2 {
            let value = json!({"on": "2025-05-12", "value": "15"});
            let request = register.officer("GPO").post(&format!("{at}/values"), value);
            request.key("one-value").await.expect(201);
        }
        let read = register.anonymous().get(&at).await.expect(200);
        assert_eq!(read["values"].as_array().unwrap().len(), 1);
    })
    .await;
}
