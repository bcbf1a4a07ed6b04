//! Several nodes on one database: what one of them acknowledged, the others know.

use http::Method;
use qadam_tests::{PASSWORD, TestRegister};
use serde_json::{Value, json};

use crate::samples::{organisation, user};
use crate::scenes::{announced, commitment, filed, part, proposal, title};

/// Longer than a node may answer the public without asking the database, in seconds.
const A_MOMENT: i64 = 1;

#[tokio::test]
async fn an_organisation_made_on_one_node_is_named_on_the_other_in_the_next_request() {
    TestRegister::on_two_nodes(async |first, second| {
        first.secretariat().post("/organisations", organisation("MIA")).await.expect(201);
        let owners = json!([{"organisation": "MIA", "role": "lead"}]);
        let new = json!({"kind": "commitment", "title": title("larch"), "owners": owners});
        let made = second.secretariat().post("/items", new).await.expect(201);
        assert_eq!(made["owners"][0]["organisation"]["code"], "MIA");
        let renamed = json!({"names": [{"name": {"en": "Ministry of Order"}}]});
        let secretariat = second.secretariat();
        secretariat.patch("/organisations/MIA", renamed).header("if-match", "*").await.expect(200);
        let path = format!("/items/{}", made["id"].as_str().unwrap());
        let seen = first.secretariat().get(&path).await.expect(200);
        assert_eq!(seen["owners"][0]["organisation"]["name"]["en"], "Ministry of Order");
    })
    .await;
}

#[tokio::test]
async fn the_public_reads_on_one_node_what_another_changed_and_its_validator_no_longer_holds() {
    TestRegister::on_two_nodes(async |first, second| {
        let id = commitment(first, "GPO", "larch").await;
        let paths = [format!("/items/{id}"), "/organisations/GPO".to_owned(), "/items?q=larch".to_owned()];
        first.pass(A_MOMENT);
        let mut known = Vec::new();
        for path in &paths {
            let read = second.anonymous().get(path).await;
            read.expect(200);
            let etag = read.header("etag").to_owned();
            for node in [first, second] {
                let again = node.anonymous().get(path).header("if-none-match", &etag).await;
                assert_eq!(again.status, 304, "validators of one node hold on the other: {again:?}");
            }
            known.push(etag);
        }
        let renamed = json!({"names": [{"name": {"en": "Prosecution Service"}}]});
        let secretariat = first.secretariat();
        secretariat.patch("/organisations/GPO", renamed).header("if-match", "*").await.expect(200);
        first.pass(A_MOMENT);
        for (path, etag) in paths.iter().zip(known) {
            let read = second.anonymous().get(path).header("if-none-match", &etag).await;
            assert_eq!(read.status, 200, "{read:?}");
            assert!(read.text().contains("Prosecution Service"), "{read:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_session_ended_and_an_account_disabled_on_one_node_have_ended_on_the_other() {
    TestRegister::on_two_nodes(async |first, second| {
        let credentials = json!({"email": "officer1@gpo.example", "password": PASSWORD});
        let one = first.anonymous().post("/auth/login", credentials.clone()).await.expect(200);
        let two = first.anonymous().post("/auth/login", credentials).await.expect(200);
        let token = |tokens: &Value| tokens["access_token"].as_str().unwrap().to_owned();
        let me = async |token: &str| second.anonymous().get("/me").token(token).await;
        me(&token(&one)).await.expect(200);
        me(&token(&two)).await.expect(200);
        let sign_out = first.anonymous().request(Method::POST, "/auth/logout");
        sign_out.token(&token(&one)).await.expect(204);
        me(&token(&one)).await.refused("invalid_token");
        let officer = first.user_id(first.officer("GPO").person().unwrap());
        let disable = json!({"state": "disabled"});
        let admin = first.admin();
        admin.patch(&format!("/users/{officer}"), disable).header("if-match", "*").await.expect(200);
        me(&token(&two)).await.refused("invalid_token");
        let refresh = json!({"refresh_token": two["refresh_token"]});
        second.anonymous().post("/auth/refresh", refresh).await.refused("invalid_refresh_token");
    })
    .await;
}

#[tokio::test]
async fn a_request_repeated_on_another_node_does_nothing_twice() {
    TestRegister::on_two_nodes(async |first, second| {
        let before = first.amount_stored().await;
        let body = user("newcomer@gpo.example");
        let made = first.admin().post("/users", body.clone()).key("k-1").await.expect(201);
        let after = first.amount_stored().await;
        assert!(after > before);
        let again = second.admin().post("/users", body).key("k-1").await;
        assert_eq!(again.expect(201)["id"], made["id"]);
        let other = user("other@gpo.example");
        second.admin().post("/users", other).key("k-1").await.refused("idempotency_key_reused");
        assert_eq!(second.amount_stored().await, after);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn equal_requests_on_two_nodes_at_once_are_done_once() {
    TestRegister::on_two_nodes(async |first, second| {
        let new = json!({"kind": "commitment", "title": title("larch")});
        first.token(first.officer("GPO").person().unwrap()).await;
        second.token(second.officer("GPO").person().unwrap()).await;
        for round in 0..10 {
            let key = format!("k-{round}");
            let one = first.officer("GPO").post("/items", new.clone()).key(&key);
            let two = second.officer("GPO").post("/items", new.clone()).key(&key);
            let (one, two) = tokio::join!(one.into_future(), two.into_future());
            assert_eq!(one.expect(201)["id"], two.expect(201)["id"], "round {round}");
        }
        let mine = first.officer("GPO").get("/items?status=draft").header("prefer", "count=exact").await;
        assert_eq!(mine.expect(200)["total"], 10);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_nodes_admit_every_entry_once_and_in_its_order() {
    TestRegister::on_two_nodes(async |first, second| {
        for word in ["larch", "maple", "rowan"] {
            commitment(first, "GPO", word).await;
            commitment(second, "MOH", word).await;
            proposal(second, word, "public", "own").await;
        }
        let entries = first.anonymous().get("/ledger/entries?limit=1000").await.expect(200);
        let before = entries["items"].as_array().unwrap().len();
        tokio::join!(first.admit(), second.admit(), first.admit(), second.admit());
        first.pass_days(1);
        tokio::join!(second.admit(), first.admit());
        let entries = second.anonymous().get("/ledger/entries?limit=1000").await.expect(200);
        let leaves = entries["items"].as_array().unwrap();
        let sequence: Vec<u64> = leaves.iter().map(|entry| entry["leaf"]["seq"].as_u64().unwrap()).collect();
        let expected: Vec<u64> = (0..sequence.len() as u64).collect();
        assert_eq!(sequence, expected);
        assert!(leaves.len() > before + 9, "{} after {before}", leaves.len());
        let mut digests: Vec<&str> =
            leaves.iter().map(|entry| entry["leaf"]["digest"].as_str().unwrap()).collect();
        digests.sort_unstable();
        digests.dedup();
        assert_eq!(digests.len(), leaves.len(), "an entry was admitted twice");
        first.pass_days(1);
        let size = |node| async move { TestRegister::anonymous(node).get("/ledger/checkpoint").await.text() };
        assert_eq!(size(first).await, size(second).await);
    })
    .await;
}

#[tokio::test]
async fn numbers_given_on_two_nodes_leave_no_gap() {
    TestRegister::on_two_nodes(async |first, second| {
        let mut references = Vec::new();
        for (node, word) in [(first, "larch"), (second, "maple"), (first, "rowan"), (second, "cedar")] {
            let id = commitment(node, "GPO", word).await;
            let item = node.officer("GPO").get(&format!("/items/{id}")).await.expect(200);
            references.push(item["ref"].as_str().unwrap().to_owned());
            node.officer("GPO").get(&part(&id, "history")).await.expect(200);
        }
        assert_eq!(references, ["C-2026-0001", "C-2026-0002", "C-2026-0003", "C-2026-0004"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_nodes_record_each_stage_exactly_once() {
    TestRegister::on_two_nodes(async |first, second| {
        let mut items = Vec::new();
        for word in ["larch", "maple", "rowan", "cedar", "hazel"] {
            items.push(announced(first, "GPO", word).await);
            items.push(filed(second, word).await);
        }
        let mut recorded = 0;
        for days in [6, 7, 12, 10, 20] {
            first.pass_days(days);
            let (one, two, three, four) =
                tokio::join!(first.advance(), second.advance(), first.advance(), second.advance());
            recorded += one + two + three + four;
        }
        assert_eq!(recorded, items.len() * 4);
        let order = ["due_soon", "overdue", "letter_drafted", "listed_for_meeting"];
        for (index, id) in items.iter().enumerate() {
            let node = if index % 2 == 0 { first } else { second };
            let list = node.secretariat().get(&part(id, "response-stages")).await.expect(200);
            let stages: Vec<_> =
                list["items"].as_array().unwrap().iter().map(|step| step["stage"].clone()).collect();
            assert_eq!(stages, order);
            let history = node.secretariat().get(&part(id, "history")).await.expect(200);
            let entries = history["items"].as_array().unwrap().iter();
            let entered = entries.filter(|entry| entry["action"] == "item.response_stage_reached").count();
            assert_eq!(entered, 4);
        }
    })
    .await;
}
