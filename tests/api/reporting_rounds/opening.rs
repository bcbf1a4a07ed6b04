//! Opening a round, asking for more, editing and closing it.

use qadam_storage::items::{self, Filter, Measures, Scope};
use qadam_tests::TestRegister;
use serde_json::{Value, json};

use super::{all, at, counted, id, numbers, open, patch};
use crate::scenes::{announced, change, commitment, proposal, recommendation, reported_done};

#[tokio::test]
async fn a_round_without_items_asks_what_bodies_have_on_its_way_and_waits_for_no_other_word_on() {
    TestRegister::on_both(async |register| {
        let planned = commitment(register, "GPO", "larch").await;
        let done = reported_done(register, "yew").await;
        let of_moh = commitment(register, "MOH", "ash").await;
        announced(register, "GPO", "cedar").await;
        proposal(register, "rowan", "public", "own").await;
        recommendation(register, "CAT", "oak").await;
        let ended = commitment(register, "GPO", "pine").await;
        let asked = json!({"narrative": {"en": "We ask."}, "status_change": {"to": "withdrawn", "reason": {"en": "A law."}}});
        register.officer("GPO").post(&format!("/items/{ended}/updates"), asked).await.expect(201);
        change(register.secretariat(), &ended, json!({"to": "withdrawn", "reason": {"en": "A law."}})).await;
        let round = open(register, json!({"organisations": ["MOH", "GPO"]})).await;
        let of_body = |code: &str| {
            let bodies = round["asked"].as_array().unwrap().iter();
            let mut items: Vec<&str> = bodies
                .filter(|one| one["organisation"]["code"] == code)
                .flat_map(|one| one["items"].as_array().unwrap())
                .map(|item| item.as_str().unwrap())
                .collect();
            items.sort_unstable();
            items.into_iter().map(str::to_owned).collect::<Vec<_>>()
        };
        let mut of_gpo = vec![planned, done];
        of_gpo.sort_unstable();
        assert_eq!((of_body("GPO"), of_body("MOH")), (of_gpo, vec![of_moh]));
        // It is 2 March 2026: the day after the last half-year has passed.
        for (name, value) in [
            ("period_from", "2025-07-01"), ("period_to", "2025-12-31"), ("due_on", "2026-04-15"),
            ("opened_on", "2026-03-02"), ("state", "open"),
        ] {
            assert_eq!(round[name], value, "{name}");
        }
        assert_eq!(round["name"]["en"], "Reports for 1 July 2025 – 31 December 2025");
        assert_eq!(round["name"]["ru"], "Информация о ходе исполнения за 01.07.2025 – 31.12.2025");
        assert!(round["name"]["kk"].as_str().unwrap().starts_with("01.07.2025 – 31.12.2025"));
    })
    .await;
}

#[tokio::test]
async fn what_bodies_oversee_is_not_looked_through_for_what_they_are_asked_about() {
    TestRegister::on_both(async |register| {
        let led = commitment(register, "GPO", "larch").await;
        let overseen = commitment(register, "MOH", "ash").await;
        for (item, lead, other, role) in [(&led, "GPO", "NCHR", "co"), (&overseen, "MOH", "GPO", "oversight")]
        {
            let owners = json!({"owners": [
                {"organisation": lead, "role": "lead"}, {"organisation": other, "role": role},
            ]});
            let put = register.secretariat().put(&format!("/items/{item}/owners"), owners);
            put.header("if-match", "*").await.expect(200);
        }
        let store = super::store(register).await;
        for (body, expected) in [("GPO", &led), ("NCHR", &led), ("MOH", &overseen)] {
            let body = register.organisation_id(body).parse().unwrap();
            let measures = Measures { owners: vec![body], owners_asked: true, ..Measures::default() };
            let filter = Filter { measures, ..Filter::default() };
            let found = items::ids(&store.read(), Scope::everything(), &filter).await.unwrap();
            assert_eq!(found, [expected.parse().unwrap()]);
        }
    })
    .await;
}

#[tokio::test]
async fn what_a_round_cannot_ask_is_told_field_by_field() {
    TestRegister::on_both(async |register| {
        let mine = commitment(register, "GPO", "larch").await;
        let of_moh = commitment(register, "MOH", "ash").await;
        let addressed = proposal(register, "rowan", "addressed", "own").await;
        let filed = crate::scenes::filed(register, "birch").await;
        let secretariat = register.secretariat();
        let wrong = [
            (json!({"organisations": []}), "/organisations", "required"),
            (json!({"organisations": ["NOPE"]}), "/organisations/0", "unknown_reference"),
            (json!({"organisations": ["KK"]}), "/organisations/0", "unknown_reference"),
            (json!({"organisations": ["GPO", "GPO"]}), "/organisations/1", "duplicate"),
            (json!({"organisations": vec!["GPO"; 101]}), "/organisations", "too_many"),
            (json!({"organisations": ["GPO", "NCHR"]}), "/organisations/1", "not_allowed"),
            (json!({"organisations": ["GPO", "MOH"], "items": [mine]}), "/organisations/1", "contradiction"),
            (json!({"organisations": ["GPO"], "items": []}), "/items", "too_short"),
            (json!({"organisations": ["GPO"], "items": vec![&mine; 201]}), "/items", "too_many"),
            (json!({"organisations": ["GPO"], "items": [mine, mine]}), "/items/1", "duplicate"),
            (json!({"organisations": ["GPO"], "items": [mine, of_moh]}), "/items/1", "contradiction"),
            (json!({"organisations": ["GPO"], "items": ["C-1999-0001"]}), "/items/0", "unknown_reference"),
            (json!({"organisations": ["GPO"], "items": ["x"]}), "/items/0", "unknown_reference"),
            (json!({"organisations": ["GPO"], "items": [addressed]}), "/items/0", "not_allowed"),
            (json!({"organisations": ["GPO"], "items": [filed]}), "/items/0", "not_allowed"),
            (json!({"organisations": ["GPO"], "period_from": "2026-01-01"}), "/period_to", "required"),
            (json!({"organisations": ["GPO"], "period_to": "2026-01-01"}), "/period_from", "required"),
            (
                json!({"organisations": ["GPO"], "period_from": "2026-02-01", "period_to": "2026-01-31"}),
                "/period_to",
                "contradiction",
            ),
            (json!({"organisations": ["GPO"], "due_on": "2026-03-01"}), "/due_on", "not_allowed"),
            (
                json!({"organisations": ["GPO"], "due_on": "2026-06-15", "period_from": "2026-01-01",
                    "period_to": "2026-06-30"}),
                "/due_on",
                "contradiction",
            ),
        ];
        register.admit().await;
        let before = register.amount_stored().await;
        for (body, pointer, code) in wrong {
            secretariat.post("/reporting-rounds", body).await.invalid(pointer, code);
        }
        assert_eq!(register.amount_stored().await, before);
        // Today is the first day that can be named.
        open(register, json!({"organisations": ["GPO"], "due_on": "2026-03-02"})).await;
    })
    .await;
}

#[tokio::test]
async fn an_open_round_asks_for_more_and_what_it_asked_for_stays() {
    TestRegister::on_both(async |register| {
        let first = commitment(register, "GPO", "larch").await;
        let round = open(register, json!({"organisations": ["GPO"]})).await;
        super::reported(register.officer("GPO"), &first, &round).await;
        let second = commitment(register, "GPO", "maple").await;
        let of_moh = commitment(register, "MOH", "ash").await;
        let rows = format!("{}/rows", at(&round));
        let more = || json!({"organisations": ["GPO", "MOH"]});
        let secretariat = register.secretariat();
        let extended = secretariat.post(&rows, more()).if_match(round["etag"].as_str().unwrap()).await;
        assert_eq!(numbers(&extended.expect(201)), [3, 1, 0, 2, 0]);
        assert_eq!(counted(register.anonymous(), &round).await, [3, 1, 0, 2, 0]);
        let table = register.anonymous().get(&rows).await.expect(200);
        for item in [&first, &second, &of_moh] {
            assert!(all(&table, "/item/id").contains(&&json!(item)));
        }
        register.admit().await;
        let before = register.amount_stored().await;
        secretariat.post(&rows, more()).await.expect(201);
        assert_eq!(register.amount_stored().await, before, "nothing is asked for twice");
        let stale = secretariat.post(&rows, more()).if_match(round["etag"].as_str().unwrap()).await;
        stale.refused("precondition_failed");
    })
    .await;
}

#[tokio::test]
async fn a_round_asks_for_nothing_more_once_its_due_day_is_over() {
    TestRegister::on_both(async |register| {
        commitment(register, "GPO", "larch").await;
        let round = open(register, json!({"organisations": ["GPO"], "due_on": "2026-03-10"})).await;
        commitment(register, "MOH", "ash").await;
        let rows = format!("{}/rows", at(&round));
        let send =
            async |body: &str| register.secretariat().post(&rows, json!({"organisations": [body]})).await;
        register.pass_days(9);
        register.admit().await;
        let before = register.amount_stored().await;
        send("MOH").await.refused("round_overdue");
        assert_eq!(register.amount_stored().await, before);
        assert_eq!(counted(register.anonymous(), &round).await, [1, 0, 0, 0, 1]);
        patch(register, &round, json!({"due_on": "2026-03-11", "reason": {"en": "More bodies."}})).await;
        send("MOH").await.expect(201);
        assert_eq!(counted(register.anonymous(), &round).await, [2, 0, 0, 2, 0], "on the due day itself");
    })
    .await;
}

#[tokio::test]
async fn a_round_is_opened_once_however_often_it_is_sent() {
    TestRegister::on_both(async |register| {
        commitment(register, "GPO", "larch").await;
        let send = async || {
            let body = json!({"organisations": ["GPO"], "name": {"en": "Spring"}});
            let made = register.secretariat().post("/reporting-rounds", body).key("one-round").await;
            id(&made.expect(201)).to_owned()
        };
        assert_eq!(send().await, send().await);
        let listed = register.anonymous().get("/reporting-rounds").await.expect(200);
        assert_eq!(all(&listed, "/name/en"), ["Spring"]);
    })
    .await;
}

#[tokio::test]
async fn another_due_day_needs_a_reason_and_so_does_opening_again() {
    TestRegister::on_both(async |register| {
        let item = commitment(register, "GPO", "larch").await;
        let round = open(register, json!({"organisations": ["GPO"], "due_on": "2026-03-10"})).await;
        let secretariat = register.secretariat();
        let send = async |body: Value| secretariat.patch(&at(&round), body).header("if-match", "*").await;
        send(json!({"due_on": "2026-03-20"})).await.invalid("/reason", "required");
        send(json!({"due_on": "2026-03-01", "reason": {"en": "x"}})).await.invalid("/due_on", "not_allowed");
        send(json!({"due_on": null})).await.invalid("/due_on", "required");
        let later = json!({"due_on": "2026-03-20", "reason": {"en": "An election."}});
        assert_eq!(send(later).await.expect(200)["due_on"], "2026-03-20");
        register.pass_days(10);
        assert_eq!(counted(register.anonymous(), &round).await, [1, 0, 0, 1, 0], "there is time still");
        let closed = patch(register, &round, json!({"state": "closed"})).await;
        assert_eq!((&closed["state"], &closed["closed_on"]), (&json!("closed"), &json!("2026-03-12")));
        assert_eq!(counted(register.anonymous(), &round).await, [1, 0, 0, 0, 1]);
        send(json!({"state": "open"})).await.invalid("/reason", "required");
        let open_again = json!({"state": "open", "reason": {"en": "Closed by mistake."}});
        let opened = send(open_again).await.expect(200);
        assert_eq!((&opened["state"], &opened["closed_on"]), (&json!("open"), &Value::Null));
        super::reported(register.officer("GPO"), &item, &round).await;
        assert_eq!(counted(register.anonymous(), &round).await, [1, 1, 0, 0, 0]);
        register.admit().await;
        let entries = register.anonymous().get("/ledger/entries?limit=1000").await.text();
        for told in
            ["reporting_round.opened", "reporting_round.closed", "reporting_round.reopened", "An election."]
        {
            assert!(entries.contains(told), "{told}");
        }
    })
    .await;
}
