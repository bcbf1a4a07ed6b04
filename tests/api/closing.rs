//! Closing as implemented.

use qadam_domain::accounts::Role;
use qadam_tests::{Person, TestRegister};
use serde_json::{Value, json};

use crate::scenes::{change, commitment, create, found, part, reported_done, title};

fn implemented() -> Value {
    json!({"to": "closed", "closing_result": "implemented"})
}

#[tokio::test]
async fn an_item_closes_as_implemented_on_the_word_of_somebody_who_does_not_own_it() {
    TestRegister::on_both(async |register| {
        let id = reported_done(register, "yew").await;
        let at = part(&id, "status-changes");
        register.secretariat().post(&at, implemented()).await.refused("finding_required");
        let narrow = json!({"finding": "implemented", "rationale": {"en": "Seen."}, "text_level": "members"});
        register.ngo("KK").post(&part(&id, "assessments"), narrow).await.expect(201);
        register.secretariat().post(&at, implemented()).await.refused("finding_required");
        found(register.officer("NCHR"), &id, "implemented").await;
        let closed = change(register.secretariat(), &id, implemented()).await;
        assert_eq!((&closed["closing_result"], &closed["contested"]), (&json!("implemented"), &json!(false)));
    })
    .await;
}

#[tokio::test]
async fn where_somebody_found_otherwise_it_closes_after_a_notice_of_thirty_days_and_stays_contested() {
    TestRegister::on_both(async |register| {
        let id = reported_done(register, "yew").await;
        let at = part(&id, "status-changes");
        found(register.officer("NCHR"), &id, "implemented").await;
        found(register.ngo("KIBHR"), &id, "initial_steps").await;
        register.secretariat().post(&at, implemented()).await.refused("closing_notice_required");
        let notice = json!({"reason": {"en": "The rooms were seen."}});
        let made = register.secretariat().post(&part(&id, "closing-notices"), notice).await.expect(201);
        assert!(made["closing_notice"]["objections_until"].is_string());
        register.pass_days(30);
        register.secretariat().post(&at, implemented()).await.refused("closing_notice_required");
        register.pass_days(1);
        let closed = change(register.secretariat(), &id, implemented()).await;
        assert_eq!((&closed["contested"], &closed["disagreement"]), (&json!(true), &json!(true)));
        let reopened = change(register.secretariat(), &id, json!({"to": "in_progress"})).await;
        assert_eq!((&reopened["contested"], &reopened["closing_result"]), (&json!(false), &Value::Null));
    })
    .await;
}

#[tokio::test]
async fn what_the_host_owns_is_closed_by_two_persons() {
    TestRegister::on_both(async |register| {
        let owners = json!([{"organisation": "MFA", "role": "lead"}]);
        // The host has no officer here: the status is recorded as it stands by a document.
        let recorded = json!({
            "kind": "commitment", "title": title("elm"), "owners": owners,
            "recorded": {
                "status": "reported_done", "as_of": "2025-05-01",
                "from": {"label": "Report of the ministry"},
            },
        });
        let id = create(register.secretariat(), recorded).await;
        found(register.officer("NCHR"), &id, "implemented").await;
        let at = part(&id, "status-changes");
        register.secretariat().post(&at, implemented()).await.refused("second_person_required");
        let notice = json!({"reason": {"en": "The office was seen."}});
        register.secretariat().post(&part(&id, "closing-notices"), notice).await.expect(201);
        register.secretariat().post(&at, implemented()).await.refused("second_person_required");
        let second = register.person(Person::second("MFA", Role::Secretariat));
        let closed = change(second, &id, implemented()).await;
        assert_eq!(closed["closing_result"], "implemented");
    })
    .await;
}

#[tokio::test]
async fn a_closing_is_announced_of_what_was_reported_done() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let notice = json!({"reason": {"en": "Soon."}});
        register.secretariat().post(&part(&id, "closing-notices"), notice).await.refused("status_conflict");
    })
    .await;
}
