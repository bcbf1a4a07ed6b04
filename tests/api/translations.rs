//! What there is to do on texts in other languages: a filter and a facet.

use qadam_tests::{Caller, TestRegister};
use serde_json::{Value, json};

use crate::scenes::{commitment, proposal};

async fn listed(caller: Caller<'_>, translation: &str) -> Vec<String> {
    let page = caller.get(&format!("/items?translation={translation}&sort=entered_on")).await.expect(200);
    page["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

async fn edit(caller: Caller<'_>, id: &str, body: Value) -> Value {
    caller.patch(&format!("/items/{id}"), body).header("if-match", "*").await.expect(200)
}

#[tokio::test]
async fn items_are_found_by_what_there_is_to_do_on_them_until_it_is_done() {
    TestRegister::on_both(async |register| {
        let secretariat = register.secretariat();
        // Written in Kazakh and in English.
        let id = commitment(register, "GPO", "larch").await;
        let all = [id.clone()];
        assert_eq!(listed(register.anonymous(), "ru.missing").await, all);
        assert_eq!(listed(register.anonymous(), "kk.missing,en.missing").await, [""; 0]);
        assert_eq!(listed(register.anonymous(), "kk.missing,ru.missing").await, all);

        let machine = json!({"title": {"ru": "Прекратить"}, "translations": {"ru": {"state": "machine"}}});
        edit(secretariat, &id, machine).await;
        assert_eq!(listed(register.anonymous(), "ru.missing").await, [""; 0]);
        assert_eq!(listed(register.anonymous(), "ru.machine").await, all);

        edit(secretariat, &id, json!({"translations": {"ru": {"state": "unreviewed"}}})).await;
        assert_eq!(listed(register.anonymous(), "ru.unreviewed").await, all);
        edit(secretariat, &id, json!({"translations": {"ru": {"state": "human"}}})).await;
        assert_eq!(
            listed(register.anonymous(), "ru.missing,ru.machine,ru.unreviewed,ru.stale").await,
            [""; 0]
        );
        for wrong in ["ru", "ru.human", "kz.missing", "missing"] {
            let path = format!("/items?translation={wrong}");
            register.anonymous().get(&path).await.refused("invalid_parameter");
        }
    })
    .await;
}

#[tokio::test]
async fn what_the_original_says_anew_is_stale_in_other_languages_until_somebody_looked() {
    TestRegister::on_both(async |register| {
        let body = json!({"kind": "commitment", "title": {"en": "Cameras", "ru": "Камеры"},
            "summary": {"en": "In every cell", "ru": "В каждой камере"}, "original_language": "en"});
        let officer = register.officer("GPO");
        let draft = officer.post("/items", body).await.expect(201);
        let id = draft["id"].as_str().unwrap();
        let changed = edit(officer, id, json!({"summary": {"en": "In every corridor"}})).await;
        assert_eq!(changed["translations"]["ru"], json!({"state": "human", "stale": true}));
        assert_eq!(listed(officer, "ru.stale").await, [id]);
        assert_eq!(listed(register.anonymous(), "ru.stale").await, [""; 0], "a draft is its author's");
        let looked =
            json!({"summary": {"ru": "В каждом коридоре"}, "translations": {"ru": {"state": "human"}}});
        let looked = edit(officer, id, looked).await;
        assert_eq!(looked["translations"]["ru"], json!({"state": "human", "stale": false}));
        assert_eq!(listed(officer, "ru.stale").await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn each_thing_to_do_is_counted_for_those_who_may_read_the_item() {
    TestRegister::on_both(async |register| {
        commitment(register, "GPO", "larch").await;
        proposal(register, "birch", "secretariat", "own").await;
        let count = async |caller: Caller<'_>, query: &str| {
            let facets = caller.get(&format!("/items/facets{query}")).await.expect(200);
            let facets = facets["facets"].as_array().unwrap().clone();
            let facet = facets.into_iter().find(|facet| facet["filter"] == "translation").unwrap();
            let values = facet["values"].as_array().unwrap().clone();
            values.into_iter().find(|value| value["code"] == "ru.missing").map(|value| value["value"].clone())
        };
        assert_eq!(count(register.anonymous(), "").await, Some(json!(1)));
        assert_eq!(count(register.secretariat(), "").await, Some(json!(2)));
        assert_eq!(count(register.secretariat(), "?kind=proposal").await, Some(json!(1)));
        assert_eq!(count(register.secretariat(), "?translation=kk.stale").await, Some(json!(2)));
        assert_eq!(count(register.anonymous(), "?kind=proposal").await, None);
    })
    .await;
}
