//! R3: of a hundred changes to the same version exactly one is made, twenty versions in a row, and the ledger has each
//! of them once.

use std::sync::Barrier;
use std::thread;

use chrono::{Days, NaiveDate};
use serde_json::json;

use crate::figures::Figure;
use crate::ground::Ground;
use crate::load::sign_in;
use crate::scale::amount;
use crate::stored::number;
use crate::wire::{Request, send};

/// Changes the item from a version, from so many sides at once. The statuses.
fn race(url: &str, token: &str, path: &str, etag: &str, sides: usize, version: usize) -> Vec<u16> {
    let start = Barrier::new(sides);
    thread::scope(|scope| {
        let racing: Vec<_> = (0..sides)
            .map(|side| {
                let start = &start;
                scope.spawn(move || {
                    // Another day for each, for what changes nothing is no change.
                    let days = Days::new(u64::try_from(version * sides + side).expect("a number"));
                    let day = NaiveDate::from_ymd_opt(2030, 1, 1).expect("a day") + days;
                    let body = json!({"information_due_on": day.to_string()});
                    let headers = [("If-Match", etag)];
                    let request = Request { method: "PATCH", ..Request::post(path, &body) };
                    start.wait();
                    let answer = send(url, &request.by(token).with(&headers)).answer();
                    answer.map_or(0, |answer| answer.status)
                })
            })
            .collect();
        racing.into_iter().map(|side| side.join().expect("a side ended well")).collect()
    })
}

fn one_of_all(ground: &Ground) {
    let (sides, versions) = (amount(25, 100), amount(4, 20));
    let program = ground.serve().start();
    let (url, token) = (program.url.as_str(), sign_in(&program.url, &ground.officer()));
    let secretariat = sign_in(url, &ground.account("secretariat", "MFA"));
    let new = json!({"kind": "commitment", "title": {"en": "Raced"}, "due_on": "2030-12-31"});
    let made = send(url, &Request::post("/api/v1/items", &new).by(&token)).answer().expect("an answer");
    let id = made.body["id"].as_str().expect("an item").to_owned();
    let path = format!("/api/v1/items/{id}");
    let planned = format!("{path}/status-changes");
    let moved = send(url, &Request::post(&planned, &json!({"to": "planned"})).by(&token)).answer();
    assert_eq!(moved.expect("an answer").status, 201);
    let entries =
        format!("SELECT COUNT(*) FROM ledger_entry WHERE subject_type = 'item' AND subject_id = '{id}'");
    let before = number(ground, &entries);
    let mut wrong = Vec::new();
    for version in 0..versions {
        let item = send(url, &Request::get(&path).by(&secretariat)).answer().expect("an answer");
        let statuses = race(url, &secretariat, &path, item.header("etag").expect("an etag"), sides, version);
        let count = |wanted: u16| statuses.iter().filter(|status| **status == wanted).count();
        if (count(200), count(412)) != (1, sides - 1) {
            wrong.push(statuses);
        }
    }
    let entered = number(ground, &entries) - before;
    drop(program);
    ground.is_whole();
    let expected = i64::try_from(versions).expect("a number");
    let counted = format!("{sides} at once, {entered} entries, versions with other answers {wrong:?}");
    let reached = wrong.is_empty() && entered == expected;
    let pass = "one 200 and all others 412 for each version, one entry each";
    Figure { test: "R3 same If-Match", database: ground.name, rounds: versions, counted, pass, reached }
        .hold();
}

#[test]
fn of_many_changes_to_one_version_exactly_one_is_made_each_time() {
    Ground::on_both(one_of_all);
}
