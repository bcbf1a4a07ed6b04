//! A body with an approver: its approver reads and writes what its officers do, and nothing of other bodies.

use qadam_tests::{Answer, TestRegister};
use serde_json::{Value, json};

use crate::scenes::{announced, change, commitment, consent, create, draft, filed, part, proposal, title};

/// `o` answered, `.` absent, `x` refused by role, `c` by the state of the thing.
fn cell(answer: &Answer) -> char {
    match (answer.status, answer.code().as_str()) {
        (200..300, _) | (422, "invalid") => 'o',
        (404, "not_found") => '.',
        (403, "role_required" | "not_an_assessor") => 'x',
        (409, _) => 'c',
        _ => panic!("neither allowed nor refused: {answer:?}"),
    }
}

/// A proposal that names the approver's body and waits for its answer.
async fn addressed_to_moh(register: &TestRegister) -> String {
    let id = filed(register, "alder").await;
    consent(register, &id, "text", "addressed").await;
    change(register.secretariat(), &id, json!({"to": "under_review", "lead": "MOH"})).await;
    id
}

/// Sends what is refused for its content in the end.
async fn told(register: &TestRegister, operation: &str, id: &str) -> char {
    let approver = register.approver();
    let late = |to: &str| json!({"to": to, "due_on": "2026-12-31", "as_of": "2099-01-01"});
    let answer = match operation {
        "get_item" => approver.get(&format!("/items/{id}")).await,
        "get_item_history" => approver.get(&part(id, "history")).await,
        "edit_item" => {
            let edit = json!({"themes": ["nope"]});
            approver.patch(&format!("/items/{id}"), edit).header("if-match", "*").await
        }
        "accept" => approver.post(&part(id, "status-changes"), late("accepted")).await,
        "plan" => approver.post(&part(id, "status-changes"), late("planned")).await,
        "begin" => approver.post(&part(id, "status-changes"), late("in_progress")).await,
        "revise_item_deadline" => {
            let revision = json!({"due_on": "x", "reason": {"en": "Later."}});
            approver.post(&part(id, "deadline-revisions"), revision).await
        }
        "link_item" => {
            approver.post(&part(id, "links"), json!({"kind": "relates_to", "to": "P-1999-0001"})).await
        }
        "list_consents" => approver.get(&part(id, "consents")).await,
        "replace_item_owners" => {
            let owners = json!({"owners": [{"organisation": "NOPE", "role": "lead"}]});
            approver.put(&part(id, "owners"), owners).header("if-match", "*").await
        }
        other => panic!("no way to ask for {other}"),
    };
    cell(&answer)
}

/// Operation, and what the approver of the Ministry of Health is told about each item of [`make`].
#[rustfmt::skip] // Read as a table.
const ROWS: [(&str, &str); 10] = [
    //                      draft, filed, for GPO, for MOH, an officer's draft, MOH announced, MOH planned, GPO planned
    ("get_item",            "...o.ooo"),
    ("get_item_history",    "...o.ooo"),
    ("edit_item",           "...c.ccx"),
    ("accept",              "...o.ccc"),
    ("plan",                "...c.occ"),
    ("begin",               "...c.cox"),
    ("revise_item_deadline","...c.cox"),
    ("link_item",           "...o.oox"),
    ("list_consents",       "...x.xox"),
    ("replace_item_owners", "...x.xxx"),
];

async fn make(register: &TestRegister) -> [String; 8] {
    let new = json!({"kind": "commitment", "title": title("maple"), "due_on": "2026-12-31"});
    [
        draft(register, "birch").await,
        filed(register, "cedar").await,
        proposal(register, "rowan", "addressed", "own").await,
        addressed_to_moh(register).await,
        create(register.officer("MOH"), new).await,
        announced(register, "MOH", "spruce").await,
        commitment(register, "MOH", "larch").await,
        commitment(register, "GPO", "pine").await,
    ]
}

#[tokio::test]
async fn an_approver_is_told_what_the_table_says_and_a_refusal_changes_nothing() {
    TestRegister::on_both(async |register| {
        let items = make(register).await;
        let before = register.amount_stored().await;
        let mut wrong = Vec::new();
        for (operation, row) in ROWS {
            let mut found = String::new();
            for id in &items {
                found.push(told(register, operation, id).await);
            }
            if found != row {
                wrong.push(format!("{operation}: {found}, not {row}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert_eq!(register.amount_stored().await, before);
    })
    .await;
}

#[tokio::test]
async fn approver_and_officer_of_a_body_read_the_same_bytes() {
    TestRegister::on_both(async |register| {
        make(register).await;
        for path in [
            "/items?limit=200&status=under_review,announced,planned",
            "/organisations",
            "/meetings",
            "/vocabularies/themes",
        ] {
            let by_officer: Value = register.officer("MOH").get(path).await.expect(200);
            assert_eq!(register.approver().get(path).await.expect(200), by_officer, "{path}");
        }
    })
    .await;
}
