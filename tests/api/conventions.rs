//! The conventions that all resources share: validators, conditions, repetitions, pages.

use futures_util::future::join;
use qadam_tests::{Caller, TestRegister};
use serde_json::{Value, json};

use crate::scenes::{announced, commitment, draft, part, title};

fn ids(page: &Value) -> Vec<String> {
    page["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_change_needs_the_etag_of_what_was_read() {
    TestRegister::on_both(async |register| {
        let ngo = register.ngo("KK");
        let id = draft(register, "alder").await;
        let at = format!("/items/{id}");
        let edit = |text: &str| ngo.patch(&at, json!({"title": {"en": text}}));
        let etag = ngo.etag(&at).await;
        assert_eq!(ngo.get(&at).await.header("etag"), format!("\"{etag}\""));
        edit("One").await.refused("precondition_required");
        let weak = format!("W/\"{etag}\"");
        edit("One").header("if-match", &weak).await.refused("precondition_failed");
        edit("One").header("if-match", &etag).await.refused("invalid_header");
        let list = format!("\"other\", \"{etag}\"");
        edit("One").header("if-match", &list).await.expect(200);
        edit("Two").if_match(&etag).await.refused("precondition_failed");
        edit("Two").header("if-match", "*").await.expect(200);
        assert_eq!(ngo.get(&at).await.expect(200)["title"]["en"], "Two");
        let etag = ngo.etag(&at).await;
        let same = edit("Two").if_match(&etag).await.expect(200);
        assert_eq!(same["etag"], *etag, "what changes nothing changes nothing");
    })
    .await;
}

#[tokio::test]
async fn of_two_changes_on_one_etag_one_is_made() {
    TestRegister::on_both(async |register| {
        let ngo = register.ngo("KK");
        let at = format!("/items/{}", draft(register, "alder").await);
        let etag = ngo.etag(&at).await;
        let edit =
            async |text: &str| ngo.patch(&at, json!({"title": {"en": text}})).if_match(&etag).await.status;
        let (one, two) = join(edit("One"), edit("Two")).await;
        assert_eq!((one.min(two), one.max(two)), (200, 412));
    })
    .await;
}

#[tokio::test]
async fn what_the_public_has_is_confirmed_until_it_changes() {
    TestRegister::on_both(async |register| {
        let anonymous = register.anonymous();
        let id = announced(register, "GPO", "larch").await;
        for path in
            [format!("/items/{id}"), "/items?status=announced".to_owned(), "/organisations".to_owned()]
        {
            let etag = anonymous.get(&path).await.header("etag").to_owned();
            assert!(!etag.is_empty(), "{path}");
            let again = anonymous.get(&path).header("if-none-match", &etag).await;
            assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
            let stale = anonymous.get(&path).header("if-none-match", "\"other\"").await;
            assert_eq!(stale.status, 200, "{path}");
        }
        let path = format!("/items/{id}");
        let etag = anonymous.get(&path).await.header("etag").to_owned();
        let planned = json!({"to": "planned", "due_on": "2026-12-31"});
        register.officer("GPO").post(&part(&id, "status-changes"), planned).await.expect(201);
        assert_eq!(anonymous.get(&path).header("if-none-match", &etag).await.status, 200);
        let etag = anonymous.get(&path).await.header("etag").to_owned();
        register.pass_days(1);
        assert_eq!(
            anonymous.get(&path).header("if-none-match", &etag).await.status,
            200,
            "clocks turn at midnight"
        );
    })
    .await;
}

#[tokio::test]
async fn a_repeated_creation_creates_once() {
    TestRegister::on_both(async |register| {
        let ngo = register.ngo("KK");
        let body = json!({"kind": "proposal", "title": title("elm")});
        let first = ngo.post("/items", body.clone()).key("k-1").await;
        let second = ngo.post("/items", body.clone()).key("k-1").await;
        assert_eq!(first.expect(201)["id"], second.expect(201)["id"]);
        assert_eq!(first.header("location"), second.header("location"));
        let other = json!({"kind": "proposal", "title": title("oak")});
        ngo.post("/items", other).key("k-1").await.refused("idempotency_key_reused");
        let somebody_else = register.ngo("KIBHR").post("/items", body.clone()).key("k-1").await.expect(201);
        assert_ne!(somebody_else["id"], first.json()["id"]);
        let send = async || ngo.post("/items", body.clone()).key("k-2").await;
        let (one, two) = join(send(), send()).await;
        assert_eq!(one.expect(201)["id"], two.expect(201)["id"]);
        let all = ngo.get("/items?status=draft").header("prefer", "count=exact").await.expect(200);
        assert_eq!(all["total"], 2);
    })
    .await;
}

#[tokio::test]
async fn pages_lead_forth_and_back_and_a_cursor_belongs_to_its_list() {
    TestRegister::on_both(async |register| {
        for word in ["larch", "maple", "pine", "rowan", "spruce"] {
            commitment(register, "GPO", word).await;
            register.pass(60);
        }
        let anonymous = register.anonymous();
        let get = async |path: &str| anonymous.get(path).await.expect(200);
        let all = ids(&get("/items").await);
        let first = get("/items?limit=2").await;
        assert_eq!((ids(&first), first.get("prev")), (all[..2].to_vec(), None));
        let second = get(first["next"].as_str().unwrap()).await;
        assert_eq!(ids(&second), all[2..4]);
        let third = get(second["next"].as_str().unwrap()).await;
        assert_eq!((ids(&third), third.get("next")), (all[4..].to_vec(), None));
        let back = get(third["prev"].as_str().unwrap()).await;
        assert_eq!(ids(&back), all[2..4]);
        let next = first["next"].as_str().unwrap().to_owned();
        refuse_moved_cursors(anonymous, &next).await;
    })
    .await;
}

async fn refuse_moved_cursors(caller: Caller<'_>, next: &str) {
    let filtered = next.replace("limit=2", "limit=2&status=planned");
    caller.get(&filtered).await.refused("invalid_cursor");
    let sorted = next.replace("limit=2", "limit=2&sort=due_on");
    caller.get(&sorted).await.refused("invalid_cursor");
    let (before, last) = next.split_at(next.len() - 1);
    let tampered = format!("{before}{}", if last == "A" { "B" } else { "A" });
    caller.get(&tampered).await.refused("invalid_cursor");
    for path in ["/items?limit=0", "/ledger/entries?limit=0"] {
        let none = caller.get(path).await;
        none.refused("invalid_parameter");
        assert_eq!(none.mistake(), "?limit invalid_page_size");
    }
    caller.get("/items?limit=-1").await.refused("invalid_parameter");
    caller.get("/items?limit=100000").await.expect(200);
}

#[tokio::test]
async fn every_filter_finds_its_own() {
    TestRegister::on_both(async |register| {
        let new = json!({
            "kind": "commitment", "title": title("larch"), "due_on": "2026-03-31", "themes": ["redress"],
            "legal_refs": ["CAT-14"],
        });
        let id = crate::scenes::create(register.officer("GPO"), new).await;
        crate::scenes::change(register.officer("GPO"), &id, json!({"to": "planned"})).await;
        let recommendation = crate::scenes::recommendation(register, "CAT", "cedar").await;
        let priority = json!({"priority": true});
        let at = format!("/items/{recommendation}");
        register.secretariat().patch(&at, priority).header("if-match", "*").await.expect(200);
        let found =
            async |query: &str| ids(&register.anonymous().get(&format!("/items?{query}")).await.expect(200));
        let table = [
            ("kind=commitment", true, false),
            ("kind=commitment,recommendation", true, true),
            ("status=planned", true, false),
            ("theme=redress", true, false),
            ("legal_ref=CAT-14", true, false),
            ("lead=GPO", true, false),
            ("organisation=GPO", true, false),
            ("organisation=MOH", false, false),
            ("mechanism=CAT", false, true),
            ("priority=true", false, true),
            ("priority=false", true, false),
            ("overdue=true", false, false),
            ("overdue=false", true, true),
            ("due_before=2026-03-31", true, false),
            ("due_before=2026-03-30", false, false),
            ("due_after=2026-03-31", true, false),
            ("due_after=2026-04-01", false, false),
            ("entered=2026-03-02", true, true),
            ("entered_after=2026-03-03", false, false),
            ("entered_before=2026-03-01", false, false),
            ("updated_after=2026-03-02T04:00:00Z", true, true),
            ("updated_after=2026-03-02T04:00:01Z", false, false),
            ("text_level=public", true, true),
            ("text_level=members", false, false),
            ("q=larch", true, false),
            ("q=азаптауды", true, true),
        ];
        for (query, first, second) in table {
            let ids = found(query).await;
            assert_eq!((ids.contains(&id), ids.contains(&recommendation)), (first, second), "{query}");
        }
        register.pass_days(30);
        assert_eq!(found("overdue=true").await, [id]);
    })
    .await;
}

#[tokio::test]
async fn a_filter_that_names_what_there_is_not_is_refused_and_not_an_empty_list() {
    TestRegister::on_sqlite(async |register| {
        let long = "a".repeat(1_001);
        for (query, mistake) in [
            ("theme=redres", "?theme unknown_reference"),
            ("legal_ref=CAT-14,CAT-99", "?legal_ref unknown_reference"),
            ("mechanism=cat", "?mechanism unknown_reference"),
            ("organisation=NOPE", "?organisation unknown_reference"),
            ("lead=GPO,NOPE", "?lead unknown_reference"),
            (&format!("theme={long}"), "?theme too_long"),
            (&format!("q={long}"), "?q too_long"),
            (&format!("cursor={long}"), "?cursor too_long"),
        ] {
            let answer = register.anonymous().get(&format!("/items?{query}")).await;
            answer.refused("invalid_parameter");
            assert_eq!(answer.mistake(), mistake, "{query}");
        }
    })
    .await;
}

#[tokio::test]
async fn unknown_paths_and_methods_are_problems() {
    TestRegister::on_sqlite(async |register| {
        let anonymous = register.anonymous();
        for path in ["/nothing", "/api/v2/items", "/items/", "/items/P-2026-1", "/items/x/y/z"] {
            anonymous.get(path).await.refused("not_found");
        }
        let answer = anonymous.delete("/items").await;
        answer.refused("method_not_allowed");
        assert!(answer.header("allow").contains("GET"), "{answer:?}");
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_fields_is_told_after_a_state_that_changed_and_a_move_of_others() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let at = part(&id, "status-changes");
        let (lead, other) = (register.officer("GPO"), register.officer("MOH"));
        let nonsense = json!({"to": "nonsense"});
        lead.post(&at, nonsense.clone()).if_match("stale").await.refused("precondition_failed");
        other.post(&at, nonsense.clone()).if_match("stale").await.refused("precondition_failed");
        lead.post(&at, nonsense).await.refused("invalid");
        let owners = json!({"owners": "nobody"});
        let replace = register.secretariat().put(&format!("/items/{id}/owners"), owners);
        replace.if_match("stale").await.refused("precondition_failed");
        let into_nothing = |to: &str| json!({"to": to, "target": "P-1999-0001", "reason": {"en": "Joined."}});
        other.post(&at, into_nothing("in_progress")).await.refused("role_required");
        lead.post(&at, into_nothing("registered")).await.refused("move_not_allowed");
        let superseded = register.secretariat().post(&at, into_nothing("superseded")).await;
        assert_eq!(superseded.refused("invalid")["errors"][0]["pointer"], "#/target");
    })
    .await;
}

#[tokio::test]
async fn two_equal_requests_side_by_side_make_one_move_and_are_told_the_same() {
    TestRegister::on_both(async |register| {
        let id = commitment(register, "GPO", "larch").await;
        let lead = register.officer("GPO");
        let etag = lead.etag(&format!("/items/{id}")).await;
        let send = async || {
            let body = json!({"to": "in_progress"});
            let request = lead.post(&part(&id, "status-changes"), body).if_match(&etag);
            request.header("idempotency-key", "side-by-side").await.expect(201)
        };
        let (one, two) = join(send(), send()).await;
        assert_eq!(one["change"], two["change"]);
        let moves = lead.get(&part(&id, "status-changes")).await.expect(200);
        let made = moves["items"].as_array().unwrap().iter().filter(|made| made["to"] == "in_progress");
        assert_eq!(made.count(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_with_a_record_is_named_as_the_body_has_it() {
    TestRegister::on_both(async |register| {
        let record = |member: &str, value: Value| {
            let mut recorded = json!({
                "from": {"label": "Minutes"}, "status": "planned", "as_of": "2025-01-01",
            });
            recorded[member] = value;
            json!({"kind": "commitment", "title": title("larch"), "recorded": recorded})
        };
        for (member, value, pointer) in [
            ("status", json!("submitted"), "#/recorded/status"),
            ("as_of", json!("2099-01-01"), "#/recorded/as_of"),
            ("filed_by", json!("NOBODY"), "#/recorded/filed_by"),
            ("from", json!({"label": "Minutes", "on": "2099-01-01"}), "#/recorded/from/on"),
        ] {
            let answer = register.secretariat().post("/items", record(member, value)).await;
            assert_eq!(answer.refused("invalid")["errors"][0]["pointer"], *pointer, "{member}");
        }
    })
    .await;
}
