//! Reporting rounds: who is asked about what, what became of it, and who is told.

mod hidden;
mod kept;
mod opening;
mod releasing;
mod telling;

use qadam_app::database::{self, Durability, Options};
use qadam_storage::Store;
use qadam_tests::{Caller, TestRegister};
use serde_json::{Value, json};

use crate::scenes::{commitment, part};

/// Opens a round. Gives it.
async fn open(register: &TestRegister, body: Value) -> Value {
    register.secretariat().post("/reporting-rounds", body).await.expect(201)
}

/// The database beneath the register: for what no request tells.
async fn store(register: &TestRegister) -> Store {
    let url = register.url().to_owned();
    let options =
        Options { url, durability: Durability::ThrowAway, readers: 2, migrate: false, patience: None };
    database::open(&options).await.unwrap()
}

fn id(of: &Value) -> &str {
    of["id"].as_str().unwrap_or_else(|| panic!("no id in {of}"))
}

fn at(round: &Value) -> String {
    format!("/reporting-rounds/{}", id(round))
}

/// A member of all entries of a list.
fn all<'a>(list: &'a Value, pointer: &str) -> Vec<&'a Value> {
    let member = |one: &'a Value| one.pointer(pointer).unwrap_or_else(|| panic!("no {pointer} in {one}"));
    list["items"].as_array().unwrap().iter().map(member).collect()
}

/// How many are asked for, received, late, awaited and not received.
fn numbers(of: &Value) -> [u64; 5] {
    ["asked", "received", "late", "awaited", "not_received"]
        .map(|name| of["counts"][name]["value"].as_u64().unwrap_or_else(|| panic!("no {name} in {of}")))
}

/// The counts of a round as somebody sees them, each of which is the length of the list that it names.
async fn counted(caller: Caller<'_>, round: &Value) -> [u64; 5] {
    let seen = caller.get(&at(round)).await.expect(200);
    let bodies: Vec<&Value> = seen["asked"].as_array().unwrap().iter().collect();
    for counts in bodies.into_iter().chain([&seen]) {
        for name in ["asked", "received", "late", "released", "awaited", "not_received"] {
            let count = &counts["counts"][name];
            let path = count["rows"].as_str().unwrap();
            let listed = caller.get(path).header("prefer", "count=exact").await.expect(200);
            assert_eq!(listed["total"], count["value"], "{name} at {path}");
            assert_eq!(listed["items"].as_array().unwrap().len() as u64, count["value"], "{path}");
        }
    }
    let listed = caller.get("/reporting-rounds").await.expect(200);
    let of_list = listed["items"].as_array().unwrap().iter().find(|one| one["id"] == round["id"]).unwrap();
    assert_eq!(of_list["counts"], seen["counts"], "the list counts the same");
    numbers(&seen)
}

fn report(narrative: &str, round: &Value) -> Value {
    json!({"narrative": {"en": narrative}, "round": round["id"]})
}

/// The report of somebody on an item for a round.
async fn reported(caller: Caller<'_>, item: &str, round: &Value) -> Value {
    let made = caller.post(&part(item, "updates"), report("Begun.", round)).await.expect(201);
    made["update"].clone()
}

async fn patch(register: &TestRegister, round: &Value, body: Value) -> Value {
    register.secretariat().patch(&at(round), body).header("if-match", "*").await.expect(200)
}

#[tokio::test]
async fn a_body_fills_one_table_and_what_it_leaves_out_is_shown() {
    TestRegister::on_both(async |register| {
        let mut items = Vec::new();
        for word in ["larch", "maple", "pine"] {
            items.push(commitment(register, "GPO", word).await);
        }
        let round = open(register, json!({"organisations": ["GPO"], "due_on": "2026-03-16"})).await;
        assert_eq!(counted(register.anonymous(), &round).await, [3, 0, 0, 3, 0]);
        let rows: Vec<Value> = items[..2]
            .iter()
            .map(|item| json!({"item": item, "update": {"narrative": {"en": "Ten rooms built."}}}))
            .collect();
        let bulk = json!({"updates": rows, "round": round["id"]});
        let made = register.officer("GPO").post("/items/bulk-updates", bulk).await.expect(207);
        assert_eq!(all(&made, "/status"), [201, 201]);
        assert_eq!(counted(register.anonymous(), &round).await, [3, 2, 0, 1, 0]);
        register.pass_days(14);
        assert_eq!(counted(register.anonymous(), &round).await, [3, 2, 0, 1, 0], "the last day");
        register.pass_days(1);
        assert_eq!(counted(register.anonymous(), &round).await, [3, 2, 0, 0, 1], "the day after");
        let missing = register.anonymous().get(&format!("{}/rows?standing=not_received", at(&round))).await;
        let missing = missing.expect(200);
        assert_eq!(all(&missing, "/item/id"), [&items[2]]);
        assert_eq!(all(&missing, "/report"), [&Value::Null]);
        reported(register.officer("GPO"), &items[2], &round).await;
        assert_eq!(counted(register.anonymous(), &round).await, [3, 3, 1, 0, 0], "late, and taken");
        let late = register.anonymous().get(&format!("{}/rows?late=true", at(&round))).await.expect(200);
        assert_eq!(all(&late, "/received_on"), ["2026-03-17"]);
        let on_time = register.anonymous().get(&format!("{}/rows?late=false", at(&round))).await.expect(200);
        assert_eq!(all(&on_time, "/received_on"), ["2026-03-02", "2026-03-02"]);
    })
    .await;
}

#[tokio::test]
async fn how_an_item_stands_in_the_newest_round_is_shown_with_it_and_filters_it() {
    TestRegister::on_both(async |register| {
        let item = commitment(register, "GPO", "larch").await;
        let other = commitment(register, "GPO", "maple").await;
        let asked = |items: &[&String], due: &str| {
            json!({"organisations": ["GPO"], "items": items, "due_on": due, "name": {"en": due}})
        };
        let first = open(register, asked(&[&item, &other], "2026-03-10")).await;
        let shown = async || {
            let item = register.anonymous().get(&format!("/items/{item}")).await.expect(200);
            item["reporting"].clone()
        };
        let filtered = async |standing: &str| {
            let path = format!("/items?reporting={standing}&sort=title");
            let listed = register.anonymous().get(&path).header("prefer", "count=exact").await.expect(200);
            let ids: Vec<String> =
                all(&listed, "/id").iter().map(|id| id.as_str().unwrap().to_owned()).collect();
            assert_eq!(listed["total"], ids.len());
            let facets = register.anonymous().get(&format!("/items/facets?reporting={standing}")).await;
            assert_eq!(facets.expect(200)["total"]["value"], ids.len(), "{standing}");
            ids
        };
        assert_eq!((&shown().await["standing"], &shown().await["round"]["id"]), (&json!("awaited"), &first["id"]));
        reported(register.officer("GPO"), &item, &first).await;
        assert_eq!(shown().await["asked"][0]["received_on"], "2026-03-02");
        assert_eq!(filtered("received").await, [item.as_str()]);
        assert_eq!(filtered("awaited").await, [other.as_str()]);
        register.pass_days(9);
        assert_eq!(filtered("not_received").await, [other.as_str()]);
        assert_eq!(filtered("received,not_received").await, [item.as_str(), other.as_str()]);
        let card = register.anonymous().get("/organisations/GPO/scorecard").await.expect(200);
        let reports = &card["figures"]["reports"];
        let counts = ["asked", "received", "awaited", "not_received"].map(|name| &reports[name]["value"]);
        assert_eq!(counts, [2, 1, 0, 1]);
        assert_eq!(reports["received_share"]["share"], 0.5);
        let second = open(register, asked(&[&item], "2026-04-10")).await;
        let newest = shown().await;
        assert_eq!(
            (&newest["round"]["id"], &newest["standing"], &newest["due_on"]),
            (&second["id"], &json!("awaited"), &json!("2026-04-10"))
        );
        patch(register, &second, json!({"state": "closed"})).await;
        assert_eq!(shown().await["standing"], "not_received", "nothing is taken any more");
        assert_eq!(filtered("not_received").await, [item.as_str(), other.as_str()]);
        let never = commitment(register, "GPO", "pine").await;
        let never = register.anonymous().get(&format!("/items/{never}")).await.expect(200);
        assert_eq!(never["reporting"], Value::Null);
    })
    .await;
}

#[tokio::test]
async fn of_several_bodies_the_one_that_lags_behind_tells_how_the_item_stands() {
    TestRegister::on_both(async |register| {
        let item = commitment(register, "GPO", "larch").await;
        let owners = json!({"owners": [
            {"organisation": "GPO", "role": "lead"}, {"organisation": "NCHR", "role": "co"},
            {"organisation": "MOH", "role": "oversight"},
        ]});
        let put = register.secretariat().put(&part(&item, "owners"), owners);
        put.header("if-match", "*").await.expect(200);
        let both = json!({"organisations": ["GPO", "NCHR"], "items": [item]});
        let round = open(register, both).await;
        reported(register.officer("NCHR"), &item, &round).await;
        let shown = register.anonymous().get(&format!("/items/{item}")).await.expect(200);
        assert_eq!(shown["reporting"]["standing"], "awaited");
        let mut bodies: Vec<_> = shown["reporting"]["asked"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| (one["organisation"]["code"].as_str().unwrap(), one["standing"].as_str().unwrap()))
            .collect();
        bodies.sort_unstable();
        assert_eq!(bodies, [("GPO", "awaited"), ("NCHR", "received")]);
        let of_nchr = register.anonymous().get(&format!("{}/rows?organisation=NCHR", at(&round))).await;
        assert_eq!(all(&of_nchr.expect(200), "/organisation/code"), ["NCHR"]);
        register
            .secretariat()
            .post("/reporting-rounds", json!({"organisations": ["MOH"], "items": [item]}))
            .await
            .invalid("/items/0", "contradiction");
    })
    .await;
}

#[tokio::test]
async fn a_report_waits_for_its_approver_in_the_table_of_its_body_alone_and_is_received_when_published() {
    TestRegister::on_both(async |register| {
        let item = commitment(register, "MOH", "ash").await;
        let round = open(register, json!({"organisations": ["MOH"], "due_on": "2026-03-05"})).await;
        let waiting = reported(register.officer("MOH"), &item, &round).await;
        let table = format!("{}/rows", at(&round));
        for caller in [register.officer("MOH"), register.approver()] {
            let own = caller.get(&table).await.expect(200);
            assert_eq!(all(&own, "/in_preparation/id"), [&waiting["id"]]);
            assert_eq!(all(&own, "/in_preparation/state"), ["awaiting_approval"]);
            assert_eq!(all(&own, "/report"), [&Value::Null]);
        }
        for caller in [register.anonymous(), register.secretariat(), register.officer("GPO")] {
            let seen = caller.get(&table).await.expect(200);
            assert_eq!(all(&seen, "/in_preparation"), [&Value::Null]);
            assert_eq!(counted(caller, &round).await, [1, 0, 0, 1, 0]);
        }
        register.pass_days(5);
        let step = part(&item, &format!("updates/{}/steps", id(&waiting)));
        register.approver().post(&step, json!({"step": "approve"})).await.expect(201);
        let seen = register.anonymous().get(&table).await.expect(200);
        assert_eq!(all(&seen, "/report/id"), [&waiting["id"]]);
        assert_eq!(all(&seen, "/received_on"), ["2026-03-07"], "not when it was written");
        assert_eq!(all(&seen, "/report/recorded_on"), ["2026-03-07"]);
        assert_eq!(counted(register.anonymous(), &round).await, [1, 1, 1, 0, 0]);
        let correction = reported(register.approver(), &item, &round).await;
        let seen = register.anonymous().get(&table).await.expect(200);
        assert_eq!(all(&seen, "/report/id"), [&correction["id"]], "the newest");
        assert_eq!(all(&seen, "/received_on"), ["2026-03-07"], "the first");
    })
    .await;
}

#[tokio::test]
async fn a_body_is_released_of_what_ends_or_changes_owners_before_it_is_due_and_not_of_what_was_due() {
    TestRegister::on_both(async |register| {
        let (ending, moving) =
            (commitment(register, "GPO", "larch").await, commitment(register, "GPO", "maple").await);
        let round = open(register, json!({"organisations": ["GPO"], "due_on": "2026-03-10"})).await;
        let later = open(register, json!({"organisations": ["GPO"], "due_on": "2026-03-20"})).await;
        let owners = async |body: &str| {
            let owners = json!({"owners": [{"organisation": body, "role": "lead"}]});
            let put = register.secretariat().put(&part(&moving, "owners"), owners);
            put.header("if-match", "*").await.expect(200);
        };
        let released = async |round: &Value| {
            counted(register.anonymous(), round).await;
            let table = format!("{}/rows?standing=released", at(round));
            let rows = register.anonymous().get(&table).await.expect(200);
            let of = |pointer| all(&rows, pointer).iter().map(ToString::to_string).collect::<Vec<_>>();
            (of("/item/id"), of("/released_on"))
        };
        let quoted = |text: &str| vec![format!("\"{text}\"")];
        owners("MOH").await;
        assert_eq!(released(&round).await, (quoted(&moving), quoted("2026-03-02")));
        owners("GPO").await;
        assert_eq!(released(&round).await, (Vec::new(), Vec::new()), "it is asked again");
        register.pass_days(9);
        let withdraw = || json!({"to": "withdrawn", "reason": {"en": "A law."}});
        let asks = json!({"narrative": {"en": "We ask."}, "status_change": withdraw()});
        register.officer("GPO").post(&part(&ending, "updates"), asks).await.expect(201);
        crate::scenes::change(register.secretariat(), &ending, withdraw()).await;
        assert_eq!(released(&round).await, (Vec::new(), Vec::new()), "what was due stays not received");
        assert_eq!(counted(register.anonymous(), &round).await, [2, 0, 0, 0, 2]);
        assert_eq!(released(&later).await, (quoted(&ending), quoted("2026-03-11")));
        let listed = register.anonymous().get("/items?reporting=released").await.expect(200);
        assert_eq!(all(&listed, "/id"), [&ending]);
        assert_eq!(all(&listed, "/reporting/standing"), ["released"]);
        register.pass_days(10);
        assert_eq!(counted(register.anonymous(), &later).await, [2, 0, 0, 0, 1]);
    })
    .await;
}

#[tokio::test]
async fn a_report_names_a_round_that_asks_this_body_about_this_item() {
    TestRegister::on_both(async |register| {
        let asked = commitment(register, "GPO", "larch").await;
        let other = commitment(register, "GPO", "maple").await;
        let round = open(register, json!({"organisations": ["GPO"], "items": [asked]})).await;
        let nothing = json!({"id": crate::samples::NOTHING});
        let officer = register.officer("GPO");
        for (item, named) in [(&other, &round), (&asked, &nothing)] {
            let refused = officer.post(&part(item, "updates"), report("Begun.", named)).await;
            refused.invalid("/round", "unknown_reference");
        }
        let letter = json!({
            "narrative": {"en": "Ten rooms."}, "round": round["id"], "organisation": "GPO",
            "recorded_from": {"label": "Letter of the Office"},
        });
        let mut of_state = letter.clone();
        of_state.as_object_mut().unwrap().remove("organisation");
        let secretariat = register.secretariat();
        let refused = secretariat.post(&part(&asked, "updates"), of_state).await;
        refused.invalid("/round", "not_allowed");
        let refused = secretariat.post(&part(&other, "updates"), letter.clone()).await;
        refused.invalid("/round", "unknown_reference");
        secretariat.post(&part(&asked, "updates"), letter).await.expect(201);
        assert_eq!(counted(register.anonymous(), &round).await, [1, 1, 0, 0, 0], "a letter is a report");
    })
    .await;
}

#[tokio::test]
async fn a_table_is_read_in_pages_in_either_direction() {
    TestRegister::on_both(async |register| {
        for word in ["larch", "maple", "pine", "oak", "elm"] {
            commitment(register, "GPO", word).await;
        }
        let round = open(register, json!({"organisations": ["GPO"]})).await;
        let whole = register.anonymous().get(&format!("{}/rows", at(&round))).await.expect(200);
        let whole: Vec<String> = all(&whole, "/item/id").iter().map(ToString::to_string).collect();
        let (mut forth, mut back) = (Vec::new(), Vec::new());
        let mut next = Some(format!("{}/rows?limit=2", at(&round)));
        let mut last = String::new();
        while let Some(path) = next {
            let page = register.anonymous().get(&path).await.expect(200);
            forth.extend(all(&page, "/item/id").iter().map(ToString::to_string));
            next = page["next"].as_str().map(str::to_owned);
            last = path;
        }
        assert_eq!(forth, whole);
        let mut previous = Some(last);
        while let Some(path) = previous {
            let page = register.anonymous().get(&path).await.expect(200);
            let ids: Vec<String> = all(&page, "/item/id").iter().map(ToString::to_string).collect();
            back.splice(0..0, ids);
            previous = page["prev"].as_str().map(str::to_owned);
        }
        assert_eq!(back, whole);
        for due in ["2026-05-01", "2026-06-01"] {
            open(register, json!({"organisations": ["GPO"], "due_on": due})).await;
        }
        let first = register.anonymous().get("/reporting-rounds?limit=2").await.expect(200);
        assert_eq!(all(&first, "/due_on"), ["2026-06-01", "2026-05-01"], "the newest first");
        let rest = register.anonymous().get(first["next"].as_str().unwrap()).await.expect(200);
        assert_eq!(all(&rest, "/id"), [&round["id"]]);
        let again = register.anonymous().get(rest["prev"].as_str().unwrap()).await.expect(200);
        assert_eq!(all(&again, "/id"), all(&first, "/id"));
        patch(register, &round, json!({"state": "closed"})).await;
        for (filter, count) in
            [("state=closed", 1), ("state=open", 2), ("organisation=GPO", 3), ("organisation=MOH", 0)]
        {
            let listed = register.anonymous().get(&format!("/reporting-rounds?{filter}")).await.expect(200);
            assert_eq!(listed["items"].as_array().unwrap().len(), count, "{filter}");
        }
    })
    .await;
}
