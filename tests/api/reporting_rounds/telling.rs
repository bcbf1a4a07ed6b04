//! Who is told of a round.

use qadam_domain::accounts::Role;
use qadam_storage::notifications::news_after;
use qadam_tests::{Caller, Person, TestRegister};
use serde_json::{Value, json};

use super::{at, open, patch, reported};
use crate::scenes::{commitment, proposal};

/// What somebody was told of a round, newest first.
async fn told(caller: Caller<'_>, round: &Value) -> Vec<String> {
    let page = caller.get("/me/notifications?limit=200").await.expect(200);
    let of_round = |one: &&Value| one["round"]["id"] == round["id"];
    let of_round = page["items"].as_array().unwrap().iter().filter(of_round);
    of_round
        .map(|one| {
            assert_eq!((&one["item"], &one["reason"]), (&Value::Null, &json!("asked")));
            assert_eq!(one["subject"]["type"], "reporting_round");
            one["action"].as_str().unwrap().trim_start_matches("reporting_round.").to_owned()
        })
        .collect()
}

#[tokio::test]
async fn officers_and_approvers_of_asked_bodies_are_told_and_nobody_else() {
    TestRegister::on_both(async |register| {
        commitment(register, "MOH", "ash").await;
        commitment(register, "GPO", "larch").await;
        let round = open(register, json!({"organisations": ["MOH"]})).await;
        register.tell().await;
        for caller in [register.officer("MOH"), register.approver()] {
            assert_eq!(told(caller, &round).await, ["opened"]);
        }
        for caller in [
            register.officer("GPO"),
            register.secretariat(),
            register.ngo("KK"),
            register.observer(),
            register.person(Person::first("MFA", Role::Admin)),
        ] {
            assert_eq!(told(caller, &round).await, Vec::<String>::new());
        }
        let more = json!({"organisations": ["GPO"]});
        register.secretariat().post(&format!("{}/rows", at(&round)), more).await.expect(201);
        patch(register, &round, json!({"name": {"en": "Spring"}})).await;
        register.tell().await;
        register.tell().await;
        assert_eq!(told(register.officer("GPO"), &round).await, ["extended"], "once");
        assert_eq!(told(register.officer("MOH"), &round).await, ["opened"], "asked for nothing more");
        let unread = register.officer("GPO").get("/me/notifications?unread=true").await.expect(200);
        let newest = unread["items"][0]["id"].clone();
        let read = json!({"up_to": newest});
        register.officer("GPO").post("/me/notifications/read", read).await.expect_empty(204);
        let unread = register.officer("GPO").get("/me/notifications?unread=true").await.expect(200);
        assert_eq!(unread["items"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn bodies_that_owe_reports_are_reminded_once_seven_days_before_they_are_due() {
    TestRegister::on_both(async |register| {
        commitment(register, "MOH", "ash").await;
        let item = commitment(register, "GPO", "larch").await;
        let both = json!({"organisations": ["GPO", "MOH"], "due_on": "2026-03-16"});
        let round = open(register, both).await;
        let soon = open(register, json!({"organisations": ["MOH"], "due_on": "2026-03-09"})).await;
        reported(register.officer("GPO"), &item, &round).await;
        register.pass_days(6);
        assert_eq!(register.remind().await, 0, "eight days before; and one was opened in the last seven");
        register.pass_days(1);
        assert_eq!(register.remind().await, 1);
        assert_eq!(register.remind().await, 0, "once");
        register.tell().await;
        assert_eq!(told(register.officer("MOH"), &round).await, ["due_soon", "opened"]);
        assert_eq!(told(register.officer("GPO"), &round).await, ["opened"], "it has reported");
        assert_eq!(told(register.officer("MOH"), &soon).await, ["opened"]);
        let shown = register.anonymous().get(&at(&round)).await.expect(200);
        assert_eq!(shown["reminded_on"], "2026-03-09");
        let later = json!({"due_on": "2026-03-30", "reason": {"en": "An election."}});
        assert_eq!(patch(register, &round, later).await["reminded_on"], Value::Null);
        register.tell().await;
        assert_eq!(told(register.officer("MOH"), &round).await, ["changed", "due_soon", "opened"]);
        register.pass_days(13);
        assert_eq!(register.remind().await, 0);
        register.pass_days(1);
        assert_eq!(register.remind().await, 1, "of the new day");
        patch(register, &round, json!({"state": "closed"})).await;
        register.tell().await;
        assert_eq!(told(register.officer("MOH"), &round).await.len(), 4, "of the closing nobody is told");
    })
    .await;
}

#[tokio::test]
async fn the_entries_of_one_act_are_looked_at_together_however_many_are_looked_at() {
    TestRegister::on_both(async |register| {
        let mine = commitment(register, "GPO", "larch").await;
        let members = proposal(register, "rowan", "members", "own").await;
        let round = open(register, json!({"organisations": ["GPO"], "items": [mine, members]})).await;
        let store = super::store(register).await;
        let (mut place, mut together) = (0, Vec::new());
        loop {
            let (news, until) = news_after(&store.read(), place, 1).await.unwrap();
            if until == place {
                break;
            }
            place = until;
            together.extend(news.iter().any(|one| round["id"] == *one.subject_id).then_some(news.len()));
        }
        assert_eq!(together, [2], "what everybody reads of it, and what members do");
    })
    .await;
}

#[tokio::test]
async fn two_nodes_remind_once() {
    TestRegister::on_two_nodes(async |first, second| {
        commitment(first, "MOH", "ash").await;
        open(first, json!({"organisations": ["MOH"], "due_on": "2026-03-16"})).await;
        first.pass_days(8);
        let (one, other) = tokio::join!(first.remind(), second.remind());
        assert_eq!(one + other, 1);
    })
    .await;
}
