//! Passages are taken out of what is said about an item: a rendition for the public, while the original stays at its level.

use qadam_tests::{Caller, TestRegister};
use serde_json::{Value, json};

use crate::ledger::replay;
use crate::scenes::{change, commitment, consent, create, draft, part, proposal};

/// A word that names a person.
const NAME: &str = "quailfeather";

fn redaction(original: &str) -> Value {
    json!({
        "passages": [NAME, "Квейлфезер"], "original": original, "ground": "person_at_risk",
        "reason": {"en": "It named a person."},
    })
}

/// A public proposal of KK that names a person in two languages, answered and found on with the same name.
async fn named(register: &TestRegister) -> String {
    let new = json!({
        "kind": "proposal", "addressees": ["GPO"], "original_language": "en",
        "title": {"en": "Release quailfeather now", "ru": "Освободить: Квейлфезер"},
        "summary": {"en": "quailfeather is held, and quailfeather is ill."},
    });
    let id = create(register.ngo("KK"), new).await;
    change(register.ngo("KK"), &id, json!({"to": "submitted"})).await;
    consent(register, &id, "text", "public").await;
    let passed_on = json!({"to": "under_review", "lead": "GPO", "reason": {"en": "About quailfeather."}});
    change(register.secretariat(), &id, passed_on).await;
    let wider = json!({"axis": "text", "to": "public"});
    register.secretariat().post(&part(&id, "level-changes"), wider).await.expect(201);
    let answer = json!({
        "to": "accepted", "answer": {"text": {"en": "quailfeather was released."}}, "reason": {"en": "quailfeather"},
    });
    change(register.officer("GPO"), &id, answer).await;
    let found =
        json!({"finding": "insufficient_information", "rationale": {"en": "Nobody saw quailfeather."}});
    register.officer("NCHR").post(&part(&id, "assessments"), found).await.expect(201);
    register.pass_days(1);
    register.admit().await;
    register.admit().await;
    id
}

/// Everything that somebody is served about the item and of the ledger.
async fn served(caller: Caller<'_>, id: &str) -> String {
    let mut all = String::new();
    for path in
        ["", "/history", "/status-changes", "/assessments", "?embed=history,status_changes,assessments"]
    {
        all.push_str(&caller.get(&format!("/items/{id}{path}")).await.text());
    }
    for path in ["/ledger/entries?limit=1000", "/items?limit=200"] {
        all.push_str(&caller.get(path).await.text());
    }
    // The list's own address repeats the words that are searched.
    all.push_str(&caller.get("/items?q=quailfeather").await.json()["items"].to_string());
    all
}

fn is_named(text: &str) -> bool {
    text.contains(NAME) || text.contains("Квейлфезер")
}

#[tokio::test]
async fn a_name_is_taken_out_of_all_that_the_public_reads_and_the_original_stays_with_few() {
    TestRegister::on_both(async |register| {
        let id = named(register).await;
        let path = part(&id, "redactions");
        register.officer("GPO").post(&path, redaction("kept")).await.refused("role_required");
        let redacted = register.secretariat().post(&path, redaction("kept")).await.expect(201);
        assert_eq!(redacted["title"], json!({"en": "Release […] now", "ru": "Освободить: […]"}));
        assert_eq!(redacted["summary"]["en"], "[…] is held, and […] is ill.");
        assert_eq!(redacted["answer"]["text"]["en"], "[…] was released.");
        register.pass_days(1);
        register.admit().await;
        register.admit().await;
        for caller in
            [register.anonymous(), register.officer("GPO"), register.ngo("KIBHR"), register.officer("NCHR")]
        {
            assert!(!is_named(&served(caller, &id).await), "{:?}", caller.person());
        }
        for caller in [register.secretariat(), register.ngo("KK")] {
            let item = caller.get(&format!("/items/{id}")).await.text();
            assert!(!is_named(&item), "as it stands it is the same for all: {:?}", caller.person());
            let history = caller.get(&part(&id, "history")).await.text();
            assert!(is_named(&history), "the original stays: {:?}", caller.person());
        }
        let changes = register.anonymous().get(&part(&id, "status-changes")).await.expect(200);
        assert_eq!(changes["items"][0]["reason"], json!({"en": "[…]"}), "{changes}");
        let stated = replay(register.anonymous(), None).await;
        assert!(stated.withheld >= 3 && stated.redacted == 0, "{} and {}", stated.withheld, stated.redacted);
        let (_, state) = stated.states.get("item", &id).unwrap();
        let qadam_ledger::LastState::Known(record) = state else { panic!("withheld") };
        assert_eq!(record["title"], redacted["title"], "the public is told how the record stands");
        register.verify().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_removed_is_read_by_nobody_and_the_ledger_still_holds() {
    TestRegister::on_both(async |register| {
        let id = named(register).await;
        let path = part(&id, "redactions");
        register.secretariat().post(&path, redaction("kept")).await.expect(201);
        register.pass_days(1);
        register.admit().await;
        register.admit().await;
        // What was kept for few is removed later on by the same words.
        register.secretariat().post(&path, redaction("removed")).key("once").await.expect(201);
        let again = register.secretariat().post(&path, redaction("removed")).key("once").await;
        assert_eq!(again.expect(201)["id"], id.as_str());
        register.pass_days(1);
        register.admit().await;
        register.admit().await;
        for caller in [register.anonymous(), register.secretariat(), register.ngo("KK"), register.officer("NCHR")] {
            assert!(!is_named(&served(caller, &id).await), "{:?}", caller.person());
        }
        assert_eq!(register.peek("SELECT COUNT(*) FROM ledger_payload WHERE payload LIKE '%quailfeather%' AND payload NOT LIKE '%draft%'").await, 0);
        assert!(replay(register.anonymous(), None).await.redacted >= 3);
        register.verify().await;
        register.secretariat().post(&path, redaction("removed")).await.invalid("/passages/0", "unknown_reference");
    })
    .await;
}

#[tokio::test]
async fn what_waits_for_the_tree_is_kept_from_others_at_once_and_removed_from_the_next_day_on() {
    TestRegister::on_both(async |register| {
        let id = proposal(register, NAME, "members", "own").await;
        let path = part(&id, "redactions");
        let passages = |original: &str| json!({
            "passages": [NAME], "original": original, "ground": "legal_order", "reason": {"en": "A court ordered it."},
        });
        register.secretariat().post(&path, passages("removed")).await.invalid("/original", "too_early");
        let still = register.officer("NCHR").get(&format!("/items/{id}")).await.text();
        assert!(is_named(&still), "what is refused changes nothing");
        register.secretariat().post(&path, passages("kept")).await.expect(201);
        for caller in [register.officer("NCHR"), register.officer("GPO")] {
            assert!(!is_named(&served(caller, &id).await), "{:?}", caller.person());
        }
        register.pass_days(1);
        register.admit().await;
        register.secretariat().post(&path, passages("removed")).await.expect(201);
        register.admit().await;
        assert!(!is_named(&served(register.secretariat(), &id).await));
        register.verify().await;
    })
    .await;
}

#[tokio::test]
async fn passages_that_stand_nowhere_or_are_none_are_refused_and_drafts_are_not_redacted() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let path = part(&id, "redactions");
        let with = |passages: Value| {
            let mut body = redaction("kept");
            body["passages"] = passages;
            body
        };
        for (passages, pointer, code) in [
            (json!([]), "/passages", "required"),
            (json!(vec!["larch"; 51]), "/passages", "too_many"),
            (json!(["larch", "ab"]), "/passages/1", "too_short"),
            (json!(["a […] b"]), "/passages/0", "forbidden_character"),
            (json!(["larch", "birch"]), "/passages/1", "unknown_reference"),
            (json!(["x".repeat(1_001)]), "/passages/0", "too_long"),
        ] {
            register.secretariat().post(&path, with(passages)).await.invalid(pointer, code);
        }
        let mut unexplained = with(json!(["larch"]));
        unexplained["reason"] = json!({});
        register.secretariat().post(&path, unexplained).await.invalid("/reason", "required");
        let before = register.anonymous().get(&format!("/items/{id}")).await.text();
        assert!(before.contains("larch"), "what is refused changes nothing");

        let new =
            json!({"kind": "recommendation", "title": {"en": "A larch"}, "source": {"mechanism": "CAT"}});
        let own_draft = create(register.secretariat(), new).await;
        let refused =
            register.secretariat().post(&part(&own_draft, "redactions"), with(json!(["larch"]))).await;
        refused.refused("status_conflict");
        let others = draft(register, "larch").await;
        register
            .secretariat()
            .post(&part(&others, "redactions"), with(json!(["larch"])))
            .await
            .refused("not_found");
    })
    .await;
}
