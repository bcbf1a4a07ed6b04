//! Deadlines: every move of one is remembered with its reason, the first date never changes, and who may not see the
//! item sees none of it.

use qadam_tests::TestRegister;
use serde_json::{Value, json};

use crate::scenes::{commitment, part};

#[tokio::test]
async fn every_move_of_a_deadline_is_remembered_and_the_first_date_stays() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let officer = register.officer("GPO");
        let revisions = part(&id, "deadline-revisions");
        let moves = [
            (json!({"due_on": "2027-01-31", "reason": {"en": "The budget comes later."}}), "2027-01-31", "day", 31),
            (
                json!({"due_on": "2027-02-01", "due_precision": "half_year", "reason": {"kk": "Заң күтілуде."}}),
                "2027-06-30",
                "half_year",
                181,
            ),
            (json!({"due_on": "2026-11-30", "reason": {"ru": "Раньше срока."}}), "2026-11-30", "day", -31),
        ];
        for (body, due_on, precision, slippage) in &moves {
            let item = officer.post(&revisions, body.clone()).await.expect(201);
            assert_eq!((&item["due_on"], &item["due_precision"]), (&json!(due_on), &json!(precision)));
            assert_eq!(item["original_due_on"], "2026-12-31");
            assert_eq!(item["slippage_days"], *slippage, "{body}");
        }
        let without = json!({"due_on": null, "reason": {"en": "Nobody knows."}});
        let item = officer.post(&revisions, without).await.expect(201);
        assert_eq!((&item["due_on"], &item["original_due_on"]), (&Value::Null, &json!("2026-12-31")));
        assert_eq!(item["slippage_days"], Value::Null);
        for reader in [register.anonymous(), officer, register.ngo("KK")] {
            let list = reader.get(&revisions).await.expect(200);
            let seen: Vec<_> = list["items"]
                .as_array()
                .unwrap()
                .iter()
                .map(|one| (one["old_due_on"].clone(), one["new_due_on"].clone()))
                .collect();
            let expected = [
                (json!("2026-12-31"), json!("2027-01-31")),
                (json!("2027-01-31"), json!("2027-06-30")),
                (json!("2027-06-30"), json!("2026-11-30")),
                (json!("2026-11-30"), Value::Null),
            ];
            assert_eq!(seen, expected, "{:?}", reader.person());
            let first = &list["items"][0];
            assert_eq!(
                (&first["reason"]["en"], &first["organisation"]["code"], &first["recorded_on"]),
                (&json!("The budget comes later."), &json!("GPO"), &json!("2026-03-02"))
            );
        }
        let history = register.anonymous().get(&part(&id, "history")).await.expect(200);
        let entered = history["items"].as_array().unwrap().iter();
        let revised = entered.filter(|entry| entry["action"] == "item.deadline_revised").count();
        assert_eq!(revised, 4, "{history}");
    })
    .await;
}

#[tokio::test]
async fn a_deadline_is_moved_with_a_reason_by_who_leads_and_a_refusal_stores_nothing() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let revisions = part(&id, "deadline-revisions");
        let good = json!({"due_on": "2027-01-31", "reason": {"en": "Later."}});
        let before = register.amount_stored().await;
        let officer = register.officer("GPO");
        let cases = [
            (json!({"due_on": "2027-01-31"}), "#/reason required"),
            (json!({"due_on": "2027-01-31", "reason": {}}), "#/reason required"),
            (json!({"due_on": "2027-02-30", "reason": {"en": "Later."}}), "#/due_on invalid_date"),
            (json!({"due_on": "31.01.2027", "reason": {"en": "Later."}}), "#/due_on invalid_date"),
            (json!({"due_precision": "year", "reason": {"en": "Later."}}), "#/due_on required"),
        ];
        for (body, mistake) in cases {
            let refused = officer.post(&revisions, body.clone()).await;
            assert_eq!((refused.status, refused.mistake()), (422, mistake.to_owned()), "{body}");
        }
        for stranger in [register.officer("MOH"), register.approver(), register.observer(), register.admin()]
        {
            stranger.post(&revisions, good.clone()).await.refused("role_required");
        }
        register.anonymous().post(&revisions, good).await.refused("unauthenticated");
        assert_eq!(register.amount_stored().await, before);
    })
    .await;
}
