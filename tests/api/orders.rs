//! Orders of lists and the way through them: every page leads on and back.

use qadam_tests::{Caller, TestRegister};
use serde_json::{Value, json};

use crate::samples;
use crate::scenes::create;

fn of<'a>(page: &'a Value, member: &str) -> Vec<&'a str> {
    page["items"].as_array().unwrap().iter().map(|entry| entry[member].as_str().unwrap()).collect()
}

/// The ids of a list from its first page to its last, one a page, and the same ids on the way back.
async fn there_and_back(caller: Caller<'_>, list: &str) -> (Vec<String>, Vec<String>) {
    let (mut there, mut back) = (Vec::new(), Vec::new());
    let mut page = caller.get(list).await.expect(200);
    assert!(page["prev"].is_null(), "{list}");
    loop {
        there.extend(of(&page, "id").into_iter().map(str::to_owned));
        let Some(next) = page["next"].as_str() else { break };
        page = caller.get(next).await.expect(200);
    }
    loop {
        back.extend(of(&page, "id").into_iter().map(str::to_owned));
        let Some(previous) = page["prev"].as_str() else { break };
        page = caller.get(previous).await.expect(200);
    }
    back.reverse();
    (there, back)
}

#[tokio::test]
async fn titles_are_sorted_for_the_reader_of_the_answer() {
    TestRegister::on_both(async |register| {
        let officer = register.officer("GPO");
        for (kk, ru) in [("Қамау", "Арест"), ("Кәмелет", "Ёмкость"), ("Әділет", "Еда")]
        {
            let title = json!({"kk": kk, "ru": ru});
            create(officer, json!({"kind": "commitment", "title": title})).await;
        }
        let sorted = async |query: &str, language: &str| -> Vec<String> {
            let page = officer.get(&format!("/items?{query}")).await.expect(200);
            let titles = page["items"].as_array().unwrap().iter();
            titles.map(|item| item["title"][language].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(sorted("sort=title&lang=kk", "kk").await, ["Әділет", "Кәмелет", "Қамау"]);
        assert_eq!(sorted("sort=title&lang=ru", "ru").await, ["Арест", "Еда", "Ёмкость"]);
        assert_eq!(sorted("sort=-title&lang=ru", "ru").await, ["Ёмкость", "Еда", "Арест"]);
        // A page belongs to the language it was asked in.
        let page = officer.get("/items?sort=title&limit=1").header("accept-language", "kk").await.expect(200);
        let next = page["next"].as_str().unwrap();
        officer.get(next).header("accept-language", "ru").await.refused("invalid_cursor");
        officer.get(next).header("accept-language", "kk").await.expect(200);
    })
    .await;
}

#[tokio::test]
async fn every_list_leads_on_and_back() {
    TestRegister::on_both(async |register| {
        let world = samples::make(register).await;
        register.secretariat().post("/meetings", samples::meeting("MT-2026-02")).await.expect(201);
        let lists = [
            ("/items?limit=1&sort=title", register.secretariat()),
            ("/items?limit=1&sort=-ref", register.secretariat()),
            ("/items?limit=1&sort=due_on", register.anonymous()),
            ("/meetings?limit=1", register.anonymous()),
            ("/organisations?limit=2", register.anonymous()),
            ("/users?limit=3", register.admin()),
        ];
        for (list, caller) in lists {
            let (mut there, mut back) = there_and_back(caller, list).await;
            assert!(there.len() > 1, "{list}");
            // Pages of the way back are cut from its end: compare what was seen, not where it was cut.
            there.sort_unstable();
            back.sort_unstable();
            assert_eq!(back, there, "{list}");
        }
        let path = format!("/items/{}/history?limit=1", world.planned);
        let first = register.anonymous().get(&path).await.expect(200);
        let second = register.anonymous().get(first["next"].as_str().unwrap()).await.expect(200);
        let back = register.anonymous().get(second["prev"].as_str().unwrap()).await.expect(200);
        assert_eq!(back["items"], first["items"]);
        assert!(back["prev"].is_null());
    })
    .await;
}
