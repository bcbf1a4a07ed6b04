//! What an item shows of who says what.

use qadam_tests::TestRegister;
use serde_json::{Value, json};

use crate::scenes::{announced, commitment, found, part, recommendation, reported_done};

#[tokio::test]
async fn four_voices_stand_side_by_side_and_are_null_where_nobody_spoke() {
    TestRegister::on_both(async |register| {
        let quiet = announced(register, "GPO", "cedar").await;
        let item = register.anonymous().get(&format!("/items/{quiet}")).await.expect(200);
        let silent = json!({"state": null, "civil_society": null, "independent": null, "mechanisms": null});
        assert_eq!((&item["positions"], &item["disagreement"]), (&silent, &json!(false)));
        let id = reported_done(register, "yew").await;
        found(register.ngo("KK"), &id, "not_implemented").await;
        found(register.ngo("KIBHR"), &id, "not_implemented").await;
        found(register.officer("NCHR"), &id, "partly_implemented").await;
        let item = register.anonymous().get(&format!("/items/{id}")).await.expect(200);
        let positions = &item["positions"];
        assert_eq!(positions["state"]["status"], "reported_done");
        assert_eq!(positions["civil_society"]["counts"], json!({"not_implemented": 2}));
        assert_eq!(positions["independent"]["counts"], json!({"partly_implemented": 1}));
        assert_eq!(positions["independent"]["latest"][0]["organisation"]["code"], "NCHR");
        assert_eq!(positions["mechanisms"], Value::Null);
        assert_eq!(item["disagreement"], true);
        let list = register.anonymous().get("/items?disagreement=true").await.expect(200);
        assert_eq!(list["items"].as_array().unwrap().len(), 1);
        assert_eq!(list["items"][0]["positions"], *positions);
        let list = register.anonymous().get("/items?disagreement=false").await.expect(200);
        assert_eq!(list["items"][0]["id"], *quiet);
    })
    .await;
}

#[tokio::test]
async fn a_measure_is_done_and_its_aim_not_met() {
    TestRegister::on_both(async |register| {
        let aim = recommendation(register, "CAT", "rowan").await;
        let measure = reported_done(register, "yew").await;
        let link = json!({"kind": "implements", "to": aim});
        register.officer("GPO").post(&part(&measure, "links"), link).await.expect(201);
        let at = format!("/items/{measure}");
        let before = register.officer("GPO").get(&at).await.expect(200);
        assert_eq!(before["disagreement"], false);
        found(register.ngo("KIBHR"), &aim, "initial_steps").await;
        let after = register.officer("GPO").get(&at).await.expect(200);
        assert_eq!(after["disagreement"], true);
        assert_ne!(after["etag"], before["etag"], "what is found on the aim changes what the measure shows");
        let voice = &after["positions"]["civil_society"];
        assert_eq!(voice["counts"], json!({}), "counts are those of the item itself");
        let reference = register.anonymous().get(&format!("/items/{aim}")).await.expect(200)["ref"].clone();
        assert_eq!(voice["latest"][0]["on"], reference);
        let list = register.anonymous().get("/items?disagreement=true").await.expect(200);
        assert_eq!(list["items"][0]["id"], *measure);
        let aim = register.anonymous().get(&format!("/items/{aim}")).await.expect(200);
        assert_eq!(aim["disagreement"], false, "nobody says that the aim is met");
    })
    .await;
}

#[tokio::test]
async fn a_plan_is_no_claim_that_something_was_done() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        found(register.ngo("KIBHR"), &id, "not_implemented").await;
        let item = register.anonymous().get(&format!("/items/{id}")).await.expect(200);
        assert_eq!(item["positions"]["state"]["status"], "planned");
        assert_eq!(item["disagreement"], false);
    })
    .await;
}
