//! Participants object to a circulated protocol, the secretariat answers, and then it is approved; who objected is
//! known to those who may know it and to nobody else.

use qadam_domain::accounts::Role;
use qadam_tests::{Caller, Person, TestRegister};
use serde_json::{Value, json};

use crate::samples::meeting;

const AT: &str = "/meetings/MT-2026-01";

/// A meeting of the General Prosecutor's Office, KK and an observer with one decision, its protocol circulated.
async fn circulated(register: &TestRegister) -> String {
    let secretariat = register.secretariat();
    secretariat.post("/meetings", meeting("MT-2026-01")).await.expect(201);
    let there = json!({"items": [
        {"organisation": "GPO", "level": "public"}, {"organisation": "KK", "level": "secretariat"},
        {"organisation": "OHCHR", "level": "members"},
    ]});
    secretariat.put(&format!("{AT}/attendance"), there).header("if-match", "*").await.expect(200);
    let decision = json!({"text": {"en": "Raise the compensation."}, "lead": "GPO"});
    let made = secretariat.post(&format!("{AT}/decisions"), decision).await.expect(201);
    let sent = json!({"to": "circulated", "objections_until": "2026-03-10"});
    secretariat.post(&format!("{AT}/protocol"), sent).await.expect(200);
    made["decisions"][0]["id"].as_str().unwrap().to_owned()
}

async fn object(caller: Caller<'_>, body: Value) -> Value {
    caller.post(&format!("{AT}/objections"), body).await.expect(201)
}

async fn listed(caller: Caller<'_>) -> Vec<Value> {
    let list = caller.get(&format!("{AT}/objections")).await.expect(200);
    list["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn who_was_there_reads_what_was_circulated_and_nobody_else_before_it_is_approved() {
    TestRegister::on_both(async |register| {
        let decision = circulated(register).await;
        let unconfirmed = Person { organisation: "KK", role: Role::NgoMember, number: 3 };
        let there =
            [register.officer("GPO"), register.ngo("KK"), register.observer(), register.secretariat()];
        for caller in there {
            let protocol = caller.get(&format!("{AT}/protocol")).await.expect(200);
            assert_eq!(protocol["decisions"][0]["id"], *decision, "{:?}", caller.person());
            assert_eq!(protocol["objections_until"], "2026-03-10");
        }
        let elsewhere = [
            register.anonymous(),
            register.admin(),
            register.officer("MOH"),
            register.ngo("KIBHR"),
            register.person(unconfirmed),
        ];
        for caller in elsewhere {
            caller.get(&format!("{AT}/protocol")).await.refused("not_found");
        }
        // The meeting itself tells nothing of it before it is approved.
        for caller in [register.officer("GPO"), register.ngo("KK"), register.anonymous()] {
            let seen = caller.get(AT).await.expect(200);
            assert_eq!((&seen["decisions"], &seen["protocol"]), (&json!([]), &Value::Null));
        }
    })
    .await;
}

#[tokio::test]
async fn objections_are_answered_before_the_protocol_is_approved() {
    TestRegister::on_both(async |register| {
        let decision = circulated(register).await;
        let of_decision = json!({"decision": decision, "text": {"ru": "Срок не назван."}});
        let first = object(register.officer("GPO"), of_decision).await;
        assert_eq!((&first["decision_number"], &first["outcome"]), (&json!(1), &Value::Null));
        assert_eq!(first["organisation"]["code"], "GPO");
        let second = object(register.observer(), json!({"text": {"en": "We spoke, too."}})).await;

        let secretariat = register.secretariat();
        let approve = async || secretariat.post(&format!("{AT}/protocol"), json!({"to": "approved"})).await;
        approve().await.refused("objections_open");
        register.pass_days(9);
        approve().await.refused("objections_unanswered");
        let answer = async |objection: &Value, outcome: &str| {
            let path = format!("{AT}/objections/{}", objection["id"].as_str().unwrap());
            let body = json!({"outcome": outcome, "answer": {"en": "As the record says."}});
            let etag = objection["etag"].as_str().unwrap();
            secretariat.patch(&path, body.clone()).await.refused("precondition_required");
            let answered = secretariat.patch(&path, body.clone()).if_match(etag).await.expect(200);
            assert_eq!(
                (&answered["outcome"], &answered["answered_on"]),
                (&json!(outcome), &json!("2026-03-11"))
            );
            secretariat.patch(&path, body).if_match(etag).await.refused("precondition_failed");
        };
        answer(&first, "rejected").await;
        approve().await.refused("objections_unanswered");
        answer(&second, "accepted").await;
        assert_eq!(listed(register.officer("GPO")).await[0]["answer"]["en"], "As the record says.");
        approve().await.expect(200);
        let public = register.anonymous().get(AT).await.expect(200);
        assert_eq!(public["decisions"][0]["commitment"]["ref"], "C-2026-0001");
    })
    .await;
}

#[tokio::test]
async fn an_objection_is_seen_by_its_author_and_the_secretariat_alone_and_civil_society_by_name_where_it_says_so()
 {
    TestRegister::on_both(async |register| {
        circulated(register).await;
        let before = register.anonymous().get(AT).await.bytes_but_for_the_request();
        let hidden = object(register.ngo("KK"), json!({"text": {"en": "canaryone"}})).await;
        assert_eq!(
            (&hidden["organisation"]["code"], &hidden["identity_level"]),
            (&json!("KK"), &json!("own"))
        );
        let named = json!({"text": {"en": "canarytwo"}, "identity_level": "secretariat"});
        object(register.ngo("KK"), named).await;

        let seen = listed(register.secretariat()).await;
        let organisation = |text: &str| {
            let one = seen.iter().find(|one| one["text"]["en"] == text).unwrap();
            (one["organisation"]["code"].clone(), one["role"].clone(), one["raised_on"].clone())
        };
        let (role, day) = (json!("ngo_member"), json!("2026-03-02"));
        assert_eq!(organisation("canaryone"), (Value::Null, role.clone(), day.clone()));
        assert_eq!(organisation("canarytwo"), (json!("KK"), role, day));
        assert_eq!(listed(register.person(Person::second("KK", Role::NgoMember))).await.len(), 2);
        assert_eq!(listed(register.officer("GPO")).await, Vec::<Value>::new());

        register.admit().await;
        let id = hidden["id"].as_str().unwrap();
        let others = [
            register.anonymous(),
            register.admin(),
            register.officer("GPO"),
            register.observer(),
            register.ngo("KIBHR"),
        ];
        for caller in others {
            for path in [AT.to_owned(), format!("{AT}/protocol"), "/ledger/entries?limit=1000".to_owned()] {
                let text = caller.get(&path).await.text();
                assert!(!text.contains("canary") && !text.contains(id), "{path} {:?}", caller.person());
            }
            let ask = async |id: &str| {
                let path = format!("{AT}/objections/{id}");
                let body = json!({"outcome": "accepted", "answer": {"en": "Yes."}});
                caller.patch(&path, body).header("if-match", "*").await.bytes_but_for_the_request()
            };
            assert_eq!(ask(id).await, ask(crate::samples::NOTHING).await, "{:?}", caller.person());
        }
        let after = register.anonymous().get(AT).await.bytes_but_for_the_request();
        assert_eq!(after, before, "an objection changes nothing that others see of the meeting");
    })
    .await;
}

#[tokio::test]
async fn objections_come_from_who_was_there_in_time_and_repeat_nothing() {
    TestRegister::on_both(async |register| {
        circulated(register).await;
        let at = format!("{AT}/objections");
        let body = || json!({"text": {"en": "Not so."}});
        for caller in
            [register.officer("MOH"), register.ngo("KIBHR"), register.secretariat(), register.admin()]
        {
            caller.post(&at, body()).await.refused("role_required");
        }
        let officer = register.officer("GPO");
        let wide = json!({"text": {"en": "Not so."}, "identity_level": "public"});
        assert_eq!(register.ngo("KK").post(&at, wide).await.mistake(), "#/identity_level not_allowed");
        let unknown = json!({"text": {"en": "Not so."}, "decision": crate::samples::NOTHING});
        assert_eq!(officer.post(&at, unknown).await.mistake(), "#/decision unknown_reference");
        let first = officer.post(&at, body()).key("once").await.expect(201);
        assert_eq!(officer.post(&at, body()).key("once").await.expect(201), first);
        assert_eq!(listed(officer).await.len(), 1);
        // Pages lead on and back.
        for _ in 0..2 {
            object(officer, body()).await;
        }
        let page = officer.get(&format!("{at}?limit=2")).await.expect(200);
        let next = officer.get(page["next"].as_str().unwrap()).await.expect(200);
        assert_eq!(
            (page["items"].as_array().unwrap().len(), next["items"].as_array().unwrap().len()),
            (2, 1)
        );
        let back = officer.get(next["prev"].as_str().unwrap()).await.expect(200);
        assert_eq!(back["items"], page["items"]);
        // Taken back to the draft, nobody objects; circulated anew, they do; what was objected waits all the same.
        let secretariat = register.secretariat();
        let protocol = format!("{AT}/protocol");
        secretariat.post(&protocol, json!({"to": "draft"})).await.expect(200);
        officer.post(&at, body()).await.refused("objections_closed");
        officer.get(&protocol).await.refused("not_found");
        assert_eq!(listed(officer).await.len(), 3);
        let again = json!({"to": "circulated", "objections_until": "2026-03-20"});
        secretariat.post(&protocol, again).await.expect(200);
        object(officer, body()).await;
        register.pass_days(19);
        officer.post(&at, body()).await.refused("objections_closed");
        secretariat.post(&protocol, json!({"to": "approved"})).await.refused("objections_unanswered");
    })
    .await;
}
