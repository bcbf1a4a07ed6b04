//! Drafts are nobody's record: deleted by who writes them, or when nobody touches them for long.

use qadam_app::housekeeping::tidy;
use qadam_tests::TestRegister;
use serde_json::{Value, json};

async fn draft(register: &TestRegister) -> String {
    let body = json!({"kind": "proposal", "title": {"en": "About the shaft"}, "addressees": ["GPO"]});
    let made = register.ngo("KK").post("/items", body).await.expect(201);
    format!("/items/{}", made["id"].as_str().unwrap())
}

async fn tidied(register: &TestRegister, days: i64) {
    register.pass_days(days);
    tidy(register.app()).await.unwrap();
}

#[tokio::test]
async fn a_draft_ends_thirty_days_after_its_writers_were_told_and_whoever_changes_it_keeps_it() {
    TestRegister::on_both(async |register| {
        let ngo = || register.ngo("KK");
        let (left, kept) = (draft(register).await, draft(register).await);
        let filed = draft(register).await;
        let submission = json!({"to": "submitted"});
        ngo().post(&format!("{filed}/status-changes"), submission).await.expect(201);
        let until = |item: &Value| item["kept_until"].as_str().map(str::to_owned);
        let first = until(&ngo().get(&left).await.expect(200)).expect("a day");
        assert_eq!(until(&ngo().get(&filed).await.expect(200)), None, "what was filed stays");
        let told = "SELECT COUNT(*) FROM draft_notice";
        tidied(register, 364).await;
        assert_eq!(register.peek(told).await, 0);
        tidied(register, 1).await;
        assert_eq!(register.peek(told).await, 2);
        tidied(register, 29).await;
        let change = json!({"title": {"en": "About another shaft"}});
        let changed = ngo().patch(&kept, change).header("if-match", "*").await.expect(200);
        assert!(until(&changed).expect("a day") > first, "{changed}");
        assert_eq!(until(&ngo().get(&left).await.expect(200)), Some(first.clone()));
        assert!(register.today() < first);
        tidied(register, 1).await;
        assert_eq!(register.today(), first, "on the day that was shown");
        ngo().get(&left).await.refused("not_found");
        ngo().get(&kept).await.expect(200);
        tidied(register, 364).await;
        tidied(register, 29).await;
        ngo().get(&kept).await.expect(200);
        tidied(register, 1).await;
        ngo().get(&kept).await.refused("not_found");
        assert_eq!(register.peek(told).await, 0);
        ngo().get(&filed).await.expect(200);
    })
    .await;
}

#[tokio::test]
async fn a_draft_that_somebody_follows_is_deleted_with_that() {
    TestRegister::on_both(async |register| {
        let draft = draft(register).await;
        let followed = format!("/me/follows/{}", draft.trim_start_matches("/items/"));
        register.ngo("KK").put(&followed, json!({})).await.expect_empty(204);
        register.ngo("KK").delete(&draft).header("if-match", "*").await.expect_empty(204);
        assert_eq!(register.ngo("KK").get("/me/follows").await.expect(200)["items"], json!([]));
    })
    .await;
}

#[tokio::test]
async fn what_accounts_were_told_long_ago_is_shown_no_more() {
    TestRegister::on_both(async |register| {
        let filed = draft(register).await;
        let submission = json!({"to": "submitted"});
        register.ngo("KK").post(&format!("{filed}/status-changes"), submission).await.expect(201);
        qadam_app::notifications::tell_due(register.app()).await.unwrap();
        let stored = "SELECT COUNT(*) FROM notification";
        assert!(register.peek(stored).await > 0, "the secretariat is told");
        // What is filed under protection is told with its day alone.
        tidied(register, 364).await;
        assert!(register.peek(stored).await > 0);
        tidied(register, 2).await;
        assert_eq!(register.peek(stored).await, 0);
    })
    .await;
}
