//! What may not be seen is absent: hidden and never there give the same bytes, and nothing beside them tells.

mod canaries;
mod hidden;

use qadam_domain::accounts::Role;
use qadam_tests::{Caller, Person, TestRegister};
use serde_json::{Value, json};

use crate::samples::NOTHING;
use crate::scenes::{commitment, draft, filed, narrow, part, proposal};

/// Those who see nothing of what waits at the secretariat.
fn outsiders(register: &TestRegister) -> Vec<Caller<'_>> {
    let unconfirmed = Person { organisation: "KK", role: Role::NgoMember, number: 3 };
    vec![
        register.anonymous(),
        register.admin(),
        register.observer(),
        register.officer("GPO"),
        register.officer("MOH"),
        register.approver(),
        register.ngo("KIBHR"),
        register.person(unconfirmed),
    ]
}

async fn count(caller: Caller<'_>, path: &str) -> Value {
    caller.get(path).header("prefer", "count=exact").await.expect(200)["total"].clone()
}

#[tokio::test]
async fn hidden_items_are_in_no_list_no_count_no_search_and_move_no_page() {
    TestRegister::on_both(async |register| {
        for word in ["larch", "maple", "pine"] {
            commitment(register, "GPO", word).await;
        }
        let pages = async |caller: Caller<'_>| {
            let mut pages = Vec::new();
            let mut next = Some("/items?limit=2&sort=entered_on".to_owned());
            while let Some(path) = next {
                let page = caller.get(&path).await.expect(200);
                let ids: Vec<String> =
                    page["items"].as_array().unwrap().iter().map(|item| item["id"].to_string()).collect();
                pages.push(ids);
                next = page["next"].as_str().map(str::to_owned);
            }
            pages
        };
        let mut before = Vec::new();
        for caller in outsiders(register) {
            before.push((pages(caller).await, count(caller, "/items").await));
        }
        draft(register, "hiddenword").await;
        filed(register, "hiddenword").await;
        for (caller, (shown, counted)) in outsiders(register).into_iter().zip(before) {
            assert_eq!(pages(caller).await, shown, "{:?}", caller.person());
            assert_eq!(count(caller, "/items").await, counted, "{:?}", caller.person());
            for path in ["/items?q=hiddenword", "/items?organisation=KK", "/items?text_level=own,secretariat"]
            {
                assert_eq!(count(caller, path).await, 0, "{path} {:?}", caller.person());
            }
            assert_eq!(count(caller, "/items?status=submitted,draft").await, 0, "{:?}", caller.person());
        }
    })
    .await;
}

#[tokio::test]
async fn a_filter_by_organisation_does_not_reveal_who_filed() {
    TestRegister::on_both(async |register| {
        let hidden = proposal(register, "rowan", "public", "own").await;
        let shown = proposal(register, "birch", "public", "public").await;
        for caller in outsiders(register).into_iter().chain([register.secretariat()]) {
            let found = caller.get("/items?organisation=KK").await.expect(200);
            let ids: Vec<&str> =
                found["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect();
            assert_eq!(ids, [shown.as_str()], "{:?}", caller.person());
        }
        let own = register.ngo("KK").get("/items?organisation=KK").await.expect(200);
        assert_eq!(own["items"].as_array().unwrap().len(), 2);
        for of in ["", "/history", "/status-changes", "/links"] {
            for caller in outsiders(register).into_iter().chain([register.secretariat()]) {
                let text = caller.get(&format!("/items/{hidden}{of}")).await.text();
                assert!(
                    !text.contains("\"KK\"") && !text.contains(&register.organisation_id("KK")),
                    "{of}: {text}"
                );
                assert!(
                    !text.contains(&register.user_id(Person::first("KK", Role::NgoMember))),
                    "{of}: {text}"
                );
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_link_is_shown_only_to_who_sees_both_ends_and_changes_nothing_for_others() {
    TestRegister::on_both(async |register| {
        let public = commitment(register, "GPO", "larch").await;
        let hidden = filed(register, "alder").await;
        let before = register.anonymous().get(&format!("/items/{public}")).await.bytes_but_for_the_request();
        let link = json!({"kind": "relates_to", "to": public});
        register.secretariat().post(&part(&hidden, "links"), link).await.expect(201);
        for caller in outsiders(register) {
            let links = caller.get(&part(&public, "links")).await.expect(200);
            assert_eq!(links["items"], json!([]), "{:?}", caller.person());
            let history = caller.get(&part(&public, "history")).await.text();
            assert!(!history.contains(&hidden), "{:?}", caller.person());
        }
        let after = register.anonymous().get(&format!("/items/{public}")).await.bytes_but_for_the_request();
        assert_eq!(after, before, "etag and time of change tell nothing");
        assert_eq!(
            register.secretariat().get(&part(&public, "links")).await.expect(200)["items"][0]["item"]["id"],
            *hidden
        );
        let unknown = json!({"kind": "relates_to", "to": hidden});
        let refused = register.officer("GPO").post(&part(&public, "links"), unknown).await;
        let absent = json!({"kind": "relates_to", "to": NOTHING});
        let absent = register.officer("GPO").post(&part(&public, "links"), absent).await;
        assert_eq!(refused.bytes_but_for_the_request(), absent.bytes_but_for_the_request());
    })
    .await;
}

#[tokio::test]
async fn numbers_are_given_at_publication_and_leave_no_gap() {
    TestRegister::on_both(async |register| {
        filed(register, "alder").await;
        let first = proposal(register, "rowan", "public", "own").await;
        filed(register, "birch").await;
        let second = proposal(register, "cedar", "public", "own").await;
        let reference = async |id: &str| {
            register.anonymous().get(&format!("/items/{id}")).await.expect(200)["ref"]
                .as_str()
                .unwrap()
                .to_owned()
        };
        assert_eq!(reference(&first).await, "P-2026-0001");
        assert_eq!(reference(&second).await, "P-2026-0002");
    })
    .await;
}

#[tokio::test]
async fn what_was_narrowed_is_gone_for_those_who_read_it_and_absent_for_the_rest() {
    TestRegister::on_both(async |register| {
        let id = proposal(register, "spruce", "members", "own").await;
        narrow(register, &id, "addressed").await;
        let at = format!("/items/{id}");
        let gone = register.observer().get(&at).await.refused("gone");
        assert_eq!(
            (&gone["reason_class"], &gone["narrowed_on"]),
            (&json!("submitter_request"), &json!("2026-03-02"))
        );
        for caller in [register.anonymous(), register.admin()] {
            let absent = caller.get(&format!("/items/{NOTHING}")).await.bytes_but_for_the_request();
            assert_eq!(caller.get(&at).await.bytes_but_for_the_request(), absent, "{:?}", caller.person());
        }
        for caller in [register.officer("GPO"), register.secretariat(), register.ngo("KK")] {
            caller.get(&at).await.expect(200);
        }
        assert_eq!(count(register.observer(), "/items?q=spruce").await, 0);
    })
    .await;
}

#[tokio::test]
async fn signed_in_answers_are_kept_by_no_cache() {
    TestRegister::on_sqlite(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let at = format!("/items/{id}");
        assert_eq!(register.officer("GPO").get(&at).await.header("cache-control"), "no-store");
        assert_eq!(register.anonymous().get(&at).await.header("cache-control"), "public, max-age=60");
    })
    .await;
}
