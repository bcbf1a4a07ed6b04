//! What accounts are told: those who filed, who own, who follow; never of what they may not read.

use qadam_domain::accounts::Role;
use qadam_tests::{Caller, Person, TestRegister};
use serde_json::{Value, json};

use crate::scenes::{announced, change, commitment, found, part, proposal};

/// Action and reason of what somebody was told of an item, newest first.
async fn told(caller: Caller<'_>, id: &str) -> Vec<(String, String)> {
    let page = caller.get("/me/notifications?limit=200").await.expect(200);
    let of_item = |one: &&Value| one["item"]["id"] == *id;
    let word = |one: &Value, name: &str| one[name].as_str().unwrap().to_owned();
    let all = page["items"].as_array().unwrap();
    all.iter().filter(of_item).map(|one| (word(one, "action"), word(one, "reason"))).collect()
}

fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter().map(|(action, reason)| ((*action).to_owned(), (*reason).to_owned())).collect()
}

#[tokio::test]
async fn a_submitter_is_told_of_its_items_and_of_what_implements_them() {
    TestRegister::on_both(async |register| {
        let filed = proposal(register, "elm", "public", "own").await;
        let measure = commitment(register, "GPO", "larch").await;
        register.tell().await;
        let second = register.person(Person::second("KK", Role::NgoMember));
        let mine = told(register.ngo("KK"), &filed).await;
        assert!(mine.contains(&("item.status_changed".to_owned(), "submitted".to_owned())), "{mine:?}");
        assert_eq!(told(register.ngo("KIBHR"), &filed).await, []);
        assert_eq!(told(second, &measure).await, [], "nothing links it to what they filed");
        let link = json!({"kind": "implements", "to": filed});
        register.officer("GPO").post(&part(&measure, "links"), link).await.expect(201);
        change(register.officer("GPO"), &measure, json!({"to": "in_progress"})).await;
        found(register.officer("NCHR"), &measure, "initial_steps").await;
        register.tell().await;
        let why = "implements_submitted";
        let all = [("assessment.given", why), ("item.status_changed", why), ("item.linked", why)];
        assert_eq!(told(second, &measure).await, pairs(&all));
        assert_eq!(told(register.ngo("KIBHR"), &measure).await, []);
        register.tell().await;
        assert_eq!(told(second, &measure).await.len(), 3, "each once");
    })
    .await;
}

#[tokio::test]
async fn nobody_is_told_of_what_they_did_themselves() {
    TestRegister::on_both(async |register| {
        let id = announced(register, "GPO", "cedar").await;
        change(register.officer("GPO"), &id, json!({"to": "planned", "due_on": "2026-12-31"})).await;
        register.tell().await;
        let owner = told(register.officer("GPO"), &id).await;
        assert_eq!(
            owner,
            pairs(&[("item.status_changed", "owns")]),
            "the announcement, not the confirmation"
        );
    })
    .await;
}

#[tokio::test]
async fn who_follows_is_told_until_it_does_no_more_or_sees_it_no_more() {
    TestRegister::on_both(async |register| {
        let id = announced(register, "GPO", "cedar").await;
        register.tell().await;
        let observer = register.observer();
        let follow = format!("/me/follows/{id}");
        for _ in 0..2 {
            observer.request(http::Method::PUT, &follow).await.expect_empty(204);
        }
        assert_eq!(observer.get("/me/follows").await.expect(200)["items"][0]["id"], *id);
        change(register.officer("GPO"), &id, json!({"to": "planned", "due_on": "2026-12-31"})).await;
        register.tell().await;
        assert_eq!(told(observer, &id).await, pairs(&[("item.status_changed", "follows")]));
        observer.delete(&follow).await.expect_empty(204);
        change(register.officer("GPO"), &id, json!({"to": "in_progress"})).await;
        register.tell().await;
        assert_eq!(told(observer, &id).await.len(), 1);
        let hidden = proposal(register, "elm", "members", "own").await;
        let follow = format!("/me/follows/{hidden}");
        observer.request(http::Method::PUT, &follow).await.expect_empty(204);
        register.admin().request(http::Method::PUT, &follow).await.refused("not_found");
        let narrowed = json!({"axis": "text", "to": "secretariat"});
        register.ngo("KK").post(&part(&hidden, "level-changes"), narrowed).await.expect(201);
        register.tell().await;
        assert_eq!(observer.get("/me/follows").await.expect(200)["items"], json!([]));
        assert_eq!(told(observer, &hidden).await, [], "what is gone is not told any more");
    })
    .await;
}

#[tokio::test]
async fn an_approver_is_told_of_what_waits_and_its_author_of_what_came_back() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "MOH", "larch").await;
        register.tell().await;
        let report = json!({"narrative": {"en": "Begun."}});
        let made = register.officer("MOH").post(&part(&id, "updates"), report).await.expect(201);
        register.tell().await;
        let waits = told(register.approver(), &id).await;
        assert_eq!(waits, pairs(&[("update.submitted", "approves")]));
        assert_eq!(told(register.officer("GPO"), &id).await, []);
        let at = part(&id, &format!("updates/{}/steps", made["update"]["id"].as_str().unwrap()));
        let back = json!({"step": "return", "reason": {"en": "Say where."}});
        register.approver().post(&at, back).await.expect(201);
        register.tell().await;
        let back = told(register.officer("MOH"), &id).await;
        assert_eq!(back.first(), pairs(&[("update.returned", "wrote")]).first());
        // Handed in and approved before anybody is told of either.
        let follow = format!("/me/follows/{id}");
        register.observer().request(http::Method::PUT, &follow).await.expect_empty(204);
        let report = json!({"narrative": {"en": "Begun in Astana."}});
        let made = register.officer("MOH").post(&part(&id, "updates"), report).await.expect(201);
        let at = part(&id, &format!("updates/{}/steps", made["update"]["id"].as_str().unwrap()));
        register.approver().post(&at, json!({"step": "approve"})).await.expect(201);
        register.tell().await;
        let seen = told(register.observer(), &id).await;
        assert_eq!(seen, pairs(&[("update.published", "follows")]), "nothing of what only the body read");
    })
    .await;
}

#[tokio::test]
async fn a_hidden_act_in_public_is_told_to_others_by_the_days_batch() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        register.tell().await;
        found(register.ngo("KK"), &id, "not_implemented").await;
        register.admit().await;
        register.tell().await;
        assert_eq!(told(register.officer("GPO"), &id).await, [], "not the hour of it");
        register.pass_days(1);
        register.admit().await;
        register.tell().await;
        let owner = told(register.officer("GPO"), &id).await;
        assert_eq!(owner, pairs(&[("contribution.made", "owns")]));
    })
    .await;
}

#[tokio::test]
async fn what_was_read_is_marked_and_that_of_others_left_alone() {
    TestRegister::on_both(async |register| {
        let id = announced(register, "GPO", "cedar").await;
        found(register.officer("NCHR"), &id, "initial_steps").await;
        register.tell().await;
        let officer = register.officer("GPO");
        let unread = async || {
            let page = officer.get("/me/notifications?unread=true").header("prefer", "count=exact").await;
            page.expect(200)
        };
        let before = unread().await;
        assert_eq!(before["total"], 2);
        let oldest = before["items"][1]["id"].clone();
        let read = |body: Value| officer.post("/me/notifications/read", body);
        register.observer().post("/me/notifications/read", json!({"ids": [oldest]})).await.expect_empty(204);
        assert_eq!(unread().await["total"], 2);
        read(json!({"ids": [oldest]})).await.expect_empty(204);
        assert_eq!(unread().await["total"], 1);
        let newest = before["items"][0]["id"].clone();
        read(json!({"up_to": newest})).await.expect_empty(204);
        assert_eq!(unread().await["total"], 0);
        read(json!({})).await.invalid("/ids", "required");
        read(json!({"ids": ["x"]})).await.invalid("/ids/0", "unknown_reference");
        read(json!({"ids": [], "up_to": newest})).await.invalid("/up_to", "contradiction");
        let page = officer.get("/me/notifications?limit=1").await.expect(200);
        let next = page["next"].as_str().unwrap().split_once("/api/v1").unwrap().1.to_owned();
        assert_eq!(officer.get(&next).await.expect(200)["items"][0]["id"], oldest);
    })
    .await;
}
