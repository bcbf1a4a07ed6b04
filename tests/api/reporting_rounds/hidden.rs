//! What a round asks about items that somebody does not see is not there for them: in no table, no count, no filter.

use qadam_tests::TestRegister;
use serde_json::{Value, json};

use super::{all, at, counted, open};
use crate::scenes::{commitment, narrow, part, proposal};

#[tokio::test]
async fn rows_about_items_that_a_viewer_does_not_see_are_absent() {
    TestRegister::on_both(async |register| {
        let public = commitment(register, "GPO", "larch").await;
        let members = proposal(register, "rowan", "members", "own").await;
        let asked = json!({"organisations": ["GPO"], "items": [public, members]});
        let round = open(register, asked).await;
        for caller in [register.anonymous(), register.admin()] {
            assert_eq!(counted(caller, &round).await, [1, 0, 0, 1, 0], "{:?}", caller.person());
            let seen = caller.get(&at(&round)).await;
            assert!(!seen.text().contains(&members), "{seen:?}");
            let table = caller.get(&format!("{}/rows", at(&round))).await.expect(200);
            assert_eq!(all(&table, "/item/id"), [&public]);
        }
        for caller in
            [register.observer(), register.ngo("KIBHR"), register.officer("GPO"), register.secretariat()]
        {
            assert_eq!(counted(caller, &round).await, [2, 0, 0, 2, 0], "{:?}", caller.person());
        }
        register.admit().await;
        let entries = register.anonymous().get("/ledger/entries?limit=1000").await.text();
        assert!(entries.contains("reporting_round.opened"));
        assert!(!entries.contains(&members), "nor in open entries");
    })
    .await;
}

#[tokio::test]
async fn a_round_that_asks_about_hidden_items_alone_shows_nothing_of_whom_it_asks() {
    TestRegister::on_both(async |register| {
        let members = proposal(register, "rowan", "members", "own").await;
        let round = open(register, json!({"organisations": ["GPO"], "items": [members]})).await;
        let anonymous = register.anonymous();
        assert_eq!(counted(anonymous, &round).await, [0, 0, 0, 0, 0]);
        let seen = anonymous.get(&at(&round)).await.expect(200);
        assert_eq!(seen["asked"], json!([]));
        let listed = anonymous.get("/reporting-rounds?organisation=GPO").await.expect(200);
        assert_eq!(listed["items"], json!([]), "the filter does not tell either");
        let listed = register.observer().get("/reporting-rounds?organisation=GPO").await.expect(200);
        assert_eq!(listed["items"].as_array().unwrap().len(), 1);
        let etag = seen["etag"].clone();
        let other = proposal(register, "birch", "members", "own").await;
        let more = json!({"organisations": ["GPO"], "items": [other]});
        register.secretariat().post(&format!("{}/rows", at(&round)), more).await.expect(201);
        let again = anonymous.get(&at(&round)).await.expect(200);
        assert_eq!(again["etag"], etag, "the validator tells of nothing hidden");
    })
    .await;
}

#[tokio::test]
async fn a_narrowed_item_is_gone_from_the_round_and_a_widened_one_is_told() {
    TestRegister::on_both(async |register| {
        let mine = commitment(register, "GPO", "larch").await;
        let item = proposal(register, "rowan", "public", "own").await;
        let round = open(register, json!({"organisations": ["GPO"], "items": [mine, item]})).await;
        assert_eq!(counted(register.anonymous(), &round).await[0], 2);
        narrow(register, &item, "secretariat").await;
        for caller in [register.anonymous(), register.observer(), register.officer("MOH")] {
            assert_eq!(counted(caller, &round).await[0], 1, "{:?}", caller.person());
        }
        assert_eq!(counted(register.secretariat(), &round).await[0], 2);
        let refused = register.officer("GPO").get(&part(&item, "updates")).await;
        assert_eq!(refused.code(), "gone");
        register.admit().await;
        let entries = register.anonymous().get("/ledger/entries?limit=1000").await.expect(200);
        let told = entries["items"].as_array().unwrap().iter().rev();
        let last = told
            .filter_map(|entry| entry.get("payload"))
            .find(|payload| payload["subject"]["type"] == "reporting_round")
            .unwrap();
        assert_eq!(last["action"], "reporting_round.items_changed");
        assert_eq!(last["after"]["asked"], json!([{"organisation": "GPO", "items": [mine]}]));
        let nothing: Vec<&Value> = Vec::new();
        let listed = register.anonymous().get("/items?reporting=awaited&kind=proposal").await.expect(200);
        assert_eq!(all(&listed, "/id"), nothing);
    })
    .await;
}
