//! The chain from a meeting to what it binds a body to: decision, commitment, link, history, and back to the meeting;
//! and what of a meeting is absent for whom.

use qadam_domain::accounts::Role;
use qadam_tests::{Caller, Person, TestRegister};
use serde_json::{Value, json};

use crate::samples::meeting;
use crate::scenes::{filed, part, recommendation};

/// A meeting of the secretariat with a code.
async fn held(register: &TestRegister, code: &str) {
    register.secretariat().post("/meetings", meeting(code)).await.expect(201);
}

async fn circulate_and_approve(register: &TestRegister, code: &str) {
    let protocol = format!("/meetings/{code}/protocol");
    let attendance = json!({"items": [{"organisation": "MOH", "level": "members"}]});
    let attended = format!("/meetings/{code}/attendance");
    register.secretariat().put(&attended, attendance).header("if-match", "*").await.expect(200);
    let circulated = json!({"to": "circulated", "objections_until": "2026-04-01"});
    register.secretariat().post(&protocol, circulated).await.expect(200);
    register.secretariat().post(&protocol, json!({"to": "approved"})).await.refused("objections_open");
    // Past the day until which participants may object.
    register.pass_days(31);
    register.secretariat().post(&protocol, json!({"to": "approved"})).await.expect(200);
}

#[tokio::test]
async fn an_approved_decision_can_be_walked_from_meeting_to_commitment_and_back() {
    TestRegister::on_both(async |register| {
        let recommended = recommendation(register, "CAT", "rowan").await;
        held(register, "MT-2026-01").await;
        let decision = json!({
            "text": {"en": "Raise the compensation.", "ru": "Увеличить компенсацию."}, "lead": "GPO",
            "due_on": "2026-07-01", "due_precision": "quarter", "implements": [recommended],
        });
        let secretariat = register.secretariat();
        secretariat.post("/meetings/MT-2026-01/decisions", decision).await.expect(201);
        let officer = register.officer("GPO");
        assert_eq!(officer.get("/items?kind=commitment").await.expect(200)["items"], json!([]));
        assert_eq!(officer.get(&part(&recommended, "links")).await.expect(200)["items"], json!([]));
        circulate_and_approve(register, "MT-2026-01").await;

        let seen = register.anonymous().get("/meetings/MT-2026-01").await.expect(200);
        let decided = &seen["decisions"][0];
        let reference = decided["commitment"]["ref"].as_str().unwrap();
        assert_eq!(reference, "C-2026-0001");
        let commitment = register.anonymous().get(&format!("/items/{reference}")).await.expect(200);
        assert_eq!(
            (&commitment["status"], &commitment["owners"][0]["role"]),
            (&json!("announced"), &json!("lead"))
        );
        assert_eq!(commitment["title"]["ru"], "Увеличить компенсацию.");
        assert_eq!(
            (&commitment["due_on"], &commitment["due_precision"]),
            (&json!("2026-09-30"), &json!("quarter"))
        );
        assert_eq!(
            (&commitment["source"]["meeting"], &commitment["source"]["decision"]),
            (&seen["id"], &decided["id"])
        );

        let links = register.anonymous().get(&part(reference, "links")).await.expect(200);
        assert_eq!(
            (&links["items"][0]["kind"], &links["items"][0]["direction"], &links["items"][0]["item"]["id"]),
            (&json!("implements"), &json!("outgoing"), &json!(recommended))
        );
        let back = register.anonymous().get(&part(&recommended, "links")).await.expect(200);
        assert_eq!(back["items"][0]["item"]["ref"], reference);
        let history = register.anonymous().get(&part(reference, "history")).await.expect(200);
        let oldest = history["items"].as_array().unwrap().last().unwrap();
        assert_eq!(
            (&oldest["action"], &oldest["after"]["status"]),
            (&json!("item.announced"), &json!("announced"))
        );
        let of_meeting = format!("/items?meeting={}", seen["id"].as_str().unwrap());
        let of_meeting = register.anonymous().get(&of_meeting).await.expect(200);
        assert_eq!(of_meeting["items"][0]["ref"], reference);
    })
    .await;
}

#[tokio::test]
async fn a_protocol_is_approved_once_and_makes_one_commitment_of_each_decision() {
    TestRegister::on_both(async |register| {
        held(register, "MT-2026-01").await;
        let secretariat = register.secretariat();
        for lead in ["GPO", "MOH", "NCHR"] {
            let decision = json!({"text": {"en": format!("{lead} reports.")}, "lead": lead});
            secretariat.post("/meetings/MT-2026-01/decisions", decision).await.expect(201);
        }
        let early = secretariat.post("/meetings/MT-2026-01/protocol", json!({"to": "approved"})).await;
        early.refused("protocol_conflict");
        circulate_and_approve(register, "MT-2026-01").await;
        let before = register.amount_stored().await;
        let again = secretariat.post("/meetings/MT-2026-01/protocol", json!({"to": "approved"})).await;
        again.refused("protocol_approved");
        assert_eq!(register.amount_stored().await, before);
        let items = register.anonymous().get("/items?sort=ref").await.expect(200);
        let leads: Vec<_> = items["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| (item["ref"].clone(), item["owners"][0]["organisation"]["code"].clone()))
            .collect();
        let expected = [("C-2026-0001", "GPO"), ("C-2026-0002", "MOH"), ("C-2026-0003", "NCHR")];
        assert_eq!(leads, expected.map(|(reference, lead)| (json!(reference), json!(lead))));
    })
    .await;
}

/// English titles of agenda lines and codes of organisations that somebody is shown.
async fn shown(caller: Caller<'_>) -> (Vec<String>, Vec<String>) {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let list = |value: &Value| value["items"].as_array().unwrap().clone();
    let lines = caller.get("/meetings/MT-2026-01/agenda").await.expect(200);
    let attendance = caller.get("/meetings/MT-2026-01/attendance").await.expect(200);
    let meeting = caller.get("/meetings/MT-2026-01").await.expect(200);
    assert_eq!(meeting["agenda"], lines["items"], "{:?}", caller.person());
    assert_eq!(meeting["attendance"], attendance["items"], "{:?}", caller.person());
    let titles = list(&lines).iter().map(|line| text(&line["title"]["en"])).collect();
    let codes = list(&attendance).iter().map(|one| text(&one["organisation"]["code"])).collect();
    (titles, codes)
}

#[tokio::test]
async fn lines_and_attendance_of_another_level_are_absent_and_leave_no_gap() {
    TestRegister::on_both(async |register| {
        held(register, "MT-2026-01").await;
        let hidden = filed(register, "alder").await;
        let line = |level: &str| json!({"title": {"en": level}, "level": level, "items": [hidden]});
        let secretariat = register.secretariat();
        for level in ["secretariat", "members", "public"] {
            secretariat.post("/meetings/MT-2026-01/agenda", line(level)).await.expect(201);
        }
        let attendance = json!({"items": [
            {"organisation": "KK", "level": "secretariat"},
            {"organisation": "MOH", "level": "members"},
            {"organisation": "GPO", "level": "public"},
        ]});
        let put = secretariat.put("/meetings/MT-2026-01/attendance", attendance);
        put.header("if-match", "*").await.expect(200);
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let public = (words(&["public"]), words(&["GPO"]));
        let members = (words(&["members", "public"]), words(&["GPO", "MOH"]));
        let all = (words(&["secretariat", "members", "public"]), words(&["GPO", "KK", "MOH"]));
        let unconfirmed = Person { organisation: "KK", role: Role::NgoMember, number: 3 };
        for (caller, expected) in [
            (register.anonymous(), &public),
            (register.admin(), &public),
            (register.observer(), &members),
            (register.officer("GPO"), &members),
            (register.approver(), &members),
            (register.ngo("KIBHR"), &members),
            (register.person(unconfirmed), &members),
            (secretariat, &all),
        ] {
            let (titles, mut codes) = shown(caller).await;
            codes.sort();
            assert_eq!((&titles, &codes), (&expected.0, &expected.1), "{:?}", caller.person());
            let meeting = caller.get("/meetings/MT-2026-01").await.expect(200);
            let numbers: Vec<_> = (1..=titles.len()).map(|number| json!(number)).collect();
            let agenda = meeting["agenda"].as_array().unwrap();
            assert_eq!(agenda.iter().map(|line| line["number"].clone()).collect::<Vec<_>>(), numbers);
            let sees_item = caller.person() == secretariat.person();
            assert_eq!(meeting.to_string().contains(&hidden), sees_item, "{:?}", caller.person());
        }
    })
    .await;
}

#[tokio::test]
async fn a_hidden_line_is_answered_like_one_that_was_never_there() {
    TestRegister::on_both(async |register| {
        held(register, "MT-2026-01").await;
        let secretariat = register.secretariat();
        let line = json!({"title": {"en": "Not for them"}, "level": "secretariat"});
        let made = secretariat.post("/meetings/MT-2026-01/agenda", line).await.expect(201);
        let hidden = made["agenda"][0]["id"].as_str().unwrap().to_owned();
        let decision = json!({"text": {"en": "Not yet"}, "lead": "GPO"});
        let made = secretariat.post("/meetings/MT-2026-01/decisions", decision).await.expect(201);
        let undecided = made["decisions"][0]["id"].as_str().unwrap().to_owned();
        for caller in [register.anonymous(), register.admin(), register.officer("GPO"), register.observer()] {
            for (of, id) in [("agenda", &hidden), ("decisions", &undecided)] {
                let ask = async |id: &str| {
                    let path = format!("/meetings/MT-2026-01/{of}/{id}");
                    let edit = caller.patch(&path, json!({"colour": 1})).header("if-match", "*").await;
                    let remove = caller.delete(&path).header("if-match", "*").await;
                    (edit.bytes_but_for_the_request(), remove.bytes_but_for_the_request())
                };
                assert_eq!(ask(id).await, ask(crate::samples::NOTHING).await, "{of} {:?}", caller.person());
            }
        }
    })
    .await;
}
