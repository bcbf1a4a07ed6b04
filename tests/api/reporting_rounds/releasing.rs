//! What a body is released of that is not a matter of one item's end: narrowed texts, moved due days, closed rounds.

use qadam_tests::TestRegister;
use serde_json::{Value, json};

use super::{all, at, counted, open, patch};
use crate::scenes::{change, commitment, consent, narrow, part, proposal, widen};

/// What a round released, with the days on which it did, as the secretariat sees it.
async fn released(register: &TestRegister, round: &Value) -> Vec<(String, String)> {
    counted(register.secretariat(), round).await;
    let table = format!("{}/rows?standing=released", at(round));
    let rows = register.secretariat().get(&table).await.expect(200);
    let texts = |pointer| all(&rows, pointer).into_iter().map(|text| text.as_str().unwrap().to_owned());
    let mut released: Vec<_> = texts("/item/id").zip(texts("/released_on")).collect();
    released.sort_unstable();
    released
}

/// A commitment of the Office that ends, as the Office asks for it.
async fn withdraw(register: &TestRegister, item: &str) {
    let withdrawn = || json!({"to": "withdrawn", "reason": {"en": "A law."}});
    let asks = json!({"narrative": {"en": "We ask."}, "status_change": withdrawn()});
    register.officer("GPO").post(&part(item, "updates"), asks).await.expect(201);
    change(register.secretariat(), item, withdrawn()).await;
}

async fn lead(register: &TestRegister, item: &str, body: &str) {
    let owners = json!({"owners": [{"organisation": body, "role": "lead"}]});
    register.secretariat().put(&part(item, "owners"), owners).header("if-match", "*").await.expect(200);
}

#[tokio::test]
async fn a_body_is_released_of_what_it_may_not_read_any_more_and_not_reminded_of_it() {
    TestRegister::on_both(async |register| {
        let item = proposal(register, "rowan", "public", "own").await;
        let asked = json!({"organisations": ["GPO"], "items": [item], "due_on": "2026-03-16"});
        let round = open(register, asked).await;
        for level in ["members", "addressed"] {
            narrow(register, &item, level).await;
            assert_eq!(released(register, &round).await, [], "its bodies read it still");
        }
        narrow(register, &item, "secretariat").await;
        let expected = [(item.clone(), "2026-03-02".to_owned())];
        assert_eq!(released(register, &round).await, expected);
        register.pass_days(7);
        register.remind().await;
        register.tell().await;
        let told = register.officer("GPO").get("/me/notifications?limit=200").await.expect(200);
        assert!(!all(&told, "/action").contains(&&json!("reporting_round.due_soon")), "{told}");
        consent(register, &item, "text", "members").await;
        widen(register.secretariat(), &item, "text", "members").await;
        assert_eq!(released(register, &round).await, [], "it is read again, and asked for again");
    })
    .await;
}

#[tokio::test]
async fn another_due_day_releases_of_what_ended_since_and_asks_again_for_what_came_back() {
    TestRegister::on_both(async |register| {
        let staying = commitment(register, "GPO", "larch").await;
        let ending = commitment(register, "GPO", "maple").await;
        let returning = commitment(register, "GPO", "pine").await;
        let round = open(register, json!({"organisations": ["GPO"], "due_on": "2026-03-10"})).await;
        super::reported(register.officer("GPO"), &staying, &round).await;
        lead(register, &returning, "MOH").await;
        register.pass_days(9);
        withdraw(register, &ending).await;
        withdraw(register, &staying).await;
        lead(register, &returning, "GPO").await;
        let due = |released: &str| (returning.clone(), released.to_owned());
        assert_eq!(released(register, &round).await, [due("2026-03-02")], "what was due stays as it was");
        register.pass_days(1);
        let later = json!({"due_on": "2026-03-30", "reason": {"en": "An election."}});
        patch(register, &round, later).await;
        assert_eq!(released(register, &round).await, [(ending.clone(), "2026-03-12".to_owned())]);
        assert_eq!(counted(register.anonymous(), &round).await, [3, 1, 0, 1, 0]);
        let card = register.anonymous().get("/organisations/GPO/scorecard").await.expect(200);
        let reports = &card["figures"]["reports"];
        assert_eq!([&reports["asked"]["value"], &reports["released"]["value"]], [3, 1]);
        let share = &reports["received_share"];
        assert_eq!(
            (&share["share"], &share["of"]["value"]),
            (&json!(0.5), &json!(2)),
            "of what is asked for"
        );
        let listed = register.anonymous().get(share["of"]["items"].as_str().unwrap()).await.expect(200);
        assert_eq!(listed["items"].as_array().unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_round_that_is_opened_again_releases_of_what_ended_while_it_was_closed_unless_that_was_due() {
    TestRegister::on_both(async |register| {
        let first = commitment(register, "GPO", "larch").await;
        let second = commitment(register, "GPO", "maple").await;
        commitment(register, "GPO", "pine").await;
        let round = open(register, json!({"organisations": ["GPO"], "due_on": "2026-03-10"})).await;
        let again = || json!({"state": "open", "reason": {"en": "Closed by mistake."}});
        patch(register, &round, json!({"state": "closed"})).await;
        withdraw(register, &first).await;
        assert_eq!(released(register, &round).await, []);
        patch(register, &round, again()).await;
        let expected = [(first.clone(), "2026-03-02".to_owned())];
        assert_eq!(released(register, &round).await, expected);
        patch(register, &round, json!({"state": "closed"})).await;
        register.pass_days(9);
        withdraw(register, &second).await;
        patch(register, &round, again()).await;
        assert_eq!(released(register, &round).await, expected, "what was due by then stays not received");
        assert_eq!(counted(register.anonymous(), &round).await, [3, 0, 0, 0, 2]);
    })
    .await;
}
