//! A recommendation that asks for five things, and a proposal that asks for two, are split.

use qadam_tests::TestRegister;
use serde_json::{Value, json};

use crate::scenes::{change, consent, part, proposal, recommendation, title};

fn parts(words: &[&str]) -> Value {
    json!({"parts": words.iter().map(|word| json!({"title": title(word)})).collect::<Vec<_>>()})
}

#[tokio::test]
async fn parts_of_a_recommendation_take_over_its_source_and_status_and_get_numbers_of_their_own() {
    TestRegister::on_both(async |register| {
        let id = recommendation(register, "CAT", "larch").await;
        let secretariat = register.secretariat();
        let split = || secretariat.post(&part(&id, "parts"), parts(&["oak", "ash", "elm"]));
        let made = split().key("once").await.expect(201);
        assert_eq!(split().key("once").await.expect(201)["items"], made["items"]);
        let refs: Vec<&Value> = made["items"].as_array().unwrap().iter().map(|item| &item["ref"]).collect();
        assert_eq!(refs, ["R-2026-0002", "R-2026-0003", "R-2026-0004"]);
        let whole = register.anonymous().get(&format!("/items/{id}")).await.expect(200);
        for item in made["items"].as_array().unwrap() {
            for same in ["kind", "status", "source", "text_level", "owners", "filed_on"] {
                assert_eq!(item[same], whole[same], "{same}");
            }
        }
        let links = register.anonymous().get(&part(&id, "links")).await.expect(200);
        for link in links["items"].as_array().unwrap() {
            assert_eq!((&link["kind"], &link["direction"]), (&json!("part_of"), &json!("incoming")));
        }
        assert_eq!(links["items"].as_array().unwrap().len(), 3);
        // The whole is no part of its part.
        let back = json!({"kind": "part_of", "to": "R-2026-0002"});
        secretariat.post(&part(&id, "links"), back).await.refused("link_cycle");
        let history = register.anonymous().get(&part("R-2026-0002", "history")).await.expect(200);
        assert_eq!(history["items"].as_array().unwrap().last().unwrap()["action"], "item.split_off");
    })
    .await;
}

#[tokio::test]
async fn parts_of_a_proposal_stay_with_its_submitter_at_its_levels_and_go_no_further_without_its_consent() {
    TestRegister::on_both(async |register| {
        let id = proposal(register, "rowan", "addressed", "own").await;
        consent(register, &id, "text", "public").await;
        let secretariat = register.secretariat();
        let made = secretariat.post(&part(&id, "parts"), parts(&["oak", "ash"])).await.expect(201);
        let one = made["items"][0]["id"].as_str().unwrap().to_owned();
        let at = format!("/items/{one}");
        let own = register.ngo("KK").get(&at).await.expect(200);
        assert_eq!(own["filed_by"][0]["code"], "KK");
        let levels = (&own["text_level"], &own["identity_level"], &own["status"]);
        assert_eq!(levels, (&json!("addressed"), &json!("own"), &json!("under_review")));
        assert_eq!(register.officer("GPO").get(&at).await.expect(200)["filed_by"], Value::Null);
        assert_eq!(secretariat.get(&at).await.expect(200)["filed_by"], Value::Null);
        for caller in [register.anonymous(), register.officer("MOH"), register.ngo("KIBHR")] {
            caller.get(&at).await.refused("not_found");
        }
        let public = json!({"axis": "text", "to": "public"});
        let widened = secretariat.post(&part(&one, "level-changes"), public.clone()).await;
        widened.refused("consent_required");
        consent(register, &one, "text", "public").await;
        secretariat.post(&part(&one, "level-changes"), public).await.expect(201);
        // Its submitter withdraws a part that it does not want.
        let two = made["items"][1]["id"].as_str().unwrap();
        change(register.ngo("KK"), two, json!({"to": "withdrawn"})).await;
    })
    .await;
}

#[tokio::test]
async fn an_item_is_split_into_two_to_twenty_parts_at_once_or_not_at_all() {
    TestRegister::on_both(async |register| {
        let id = recommendation(register, "CAT", "larch").await;
        let secretariat = register.secretariat();
        let before = register.amount_stored().await;
        let words: Vec<String> = (0..21).map(|number| format!("word{number}")).collect();
        let many: Vec<&str> = words.iter().map(String::as_str).collect();
        let grounds =
            json!({"parts": [{"title": title("oak")}, {"title": title("ash"), "grounds": {"en": "Why"}}]});
        for (body, mistake) in [
            (parts(&["oak"]), "#/parts required"),
            (parts(&[]), "#/parts required"),
            (parts(&many), "#/parts too_many"),
            (json!({"parts": [{"title": {}}, {"title": title("oak")}]}), "#/parts/0/title required"),
            (grounds, "#/parts/1 not_allowed"),
        ] {
            let answer = secretariat.post(&part(&id, "parts"), body).await;
            assert_eq!(answer.mistake(), mistake, "{answer:?}");
        }
        assert_eq!(register.amount_stored().await, before);
    })
    .await;
}
