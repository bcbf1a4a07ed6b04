//! Three nodes wake up on a day on which much is due: stages of response clocks, reminders of reporting rounds, what
//! accounts are told of both. All look for it at the same time, and each of it is done once.

use std::collections::BTreeMap;
use std::thread;
use std::time::{Duration, Instant};

use chrono::{Days, Utc};
use serde_json::{Value, json};

use crate::figures::Figure;
use crate::ground::Ground;
use crate::launch::Running;
use crate::load::sign_in;
use crate::moved_clock::MovedClock;
use crate::scale::amount;
use crate::stored::{number, rows};
use crate::wire::{Request, send};

/// How many nodes there are.
const NODES: usize = 3;

/// How far ahead they wake up: past a review, and within the last days before a report is due.
const DAYS_AHEAD: u64 = 19;
const DUE_IN: u64 = 22;

/// When what is due is said not to be done.
const PATIENCE: Duration = Duration::from_secs(90);

/// Between two looks at whether it is done.
const LOOK: Duration = Duration::from_millis(100);

/// What the nodes are to do, and to have done.
const STAGE: &str = "item.response_stage_reached";
const REMINDER: &str = "reporting_round.due_soon";

fn post(program: &Running, token: &str, path: &str, body: &Value) -> Value {
    let answer = send(&program.url, &Request::post(path, body).by(token)).answer().expect("an answer");
    assert_eq!(answer.status, 201, "{path}: {answer:?}");
    answer.body
}

/// Files proposals and opens rounds, today.
fn prepare(ground: &Ground, clock: &MovedClock, proposals: usize, rounds: usize) {
    let program = clock.launch(ground).start();
    let member = sign_in(&program.url, &ground.account("ngo_member", "DEMO-NGO"));
    for number in 0..proposals {
        let body = json!({"kind": "proposal", "title": {"en": format!("Waited for {number}")}, "addressees": ["GPO"]});
        let made = post(&program, &member, "/api/v1/items", &body);
        let path = format!("/api/v1/items/{}/status-changes", made["id"].as_str().expect("an item"));
        post(&program, &member, &path, &json!({"to": "submitted"}));
    }
    let secretariat = sign_in(&program.url, &ground.account("secretariat", "MFA"));
    let due_on = (today() + Days::new(DUE_IN)).to_string();
    for _round in 0..rounds {
        let body = json!({"organisations": ["GPO"], "due_on": due_on});
        post(&program, &secretariat, "/api/v1/reporting-rounds", &body);
    }
}

#[expect(clippy::disallowed_methods, reason = "the program under test has the clock of the system, too")]
fn today() -> chrono::NaiveDate {
    Utc::now().date_naive()
}

/// Whether everything that is due is done, and everybody was told.
fn is_done(ground: &Ground) -> bool {
    let then = today() + Days::new(DAYS_AHEAD);
    let left = [
        format!("SELECT COUNT(*) FROM response_clock WHERE next_on <= '{then}'"),
        "SELECT COUNT(*) FROM reporting_round WHERE reminded_on IS NULL".to_owned(),
        "SELECT (SELECT MAX(position) FROM ledger_entry) - (SELECT CAST(value AS BIGINT) FROM setting WHERE key = \
         'notified_until')"
            .to_owned(),
    ];
    left.iter().all(|sql| number(ground, sql) == 0)
}

fn wait_until_done(ground: &Ground) {
    let begun = Instant::now();
    while !is_done(ground) {
        assert!(begun.elapsed() < PATIENCE, "what is due is not done");
        thread::park_timeout(LOOK);
    }
}

/// How many entries there are of an action, and which of them say what another says.
fn entries(ground: &Ground, action: &str) -> (usize, Vec<String>) {
    let sql = format!(
        "SELECT e.subject_id, p.payload, e.axis || e.level, e.position FROM ledger_entry e JOIN ledger_payload p ON \
         p.position = e.position WHERE e.action = '{action}'"
    );
    let mut said: BTreeMap<String, usize> = BTreeMap::new();
    for (subject, payload, level, _) in rows(ground, &sql) {
        let payload: Value = serde_json::from_str(&payload).expect("JSON");
        *said.entry(format!("{subject} {level} {}", payload["reason"])).or_default() += 1;
    }
    let count = said.values().sum();
    (count, said.into_iter().filter(|(_, times)| *times > 1).map(|(what, _)| what).collect())
}

#[test]
fn three_nodes_that_wake_up_together_do_once_whatever_is_due() {
    let (proposals, rounds) = (amount(3, 25), amount(1, 5));
    let ground = Ground::on_postgres();
    let clock = MovedClock::in_folder(ground.directory());
    prepare(&ground, &clock, proposals, rounds);
    let before = entries(&ground, STAGE).0;
    clock.is_off_by(i64::try_from(DAYS_AHEAD * 24 * 60).expect("minutes"));
    let launch = clock.launch(&ground);
    let nodes: Vec<Running> = thread::scope(|scope| {
        let starting: Vec<_> = (0..NODES).map(|_node| scope.spawn(|| launch.start())).collect();
        starting.into_iter().map(|node| node.join().expect("a node starts")).collect()
    });
    wait_until_done(&ground);
    drop(nodes);
    ground.is_whole();
    let ((stages, twice), (reminders, again)) = (entries(&ground, STAGE), entries(&ground, REMINDER));
    let told = "SELECT account_id, position FROM notification GROUP BY account_id, position, item_id, round_id HAVING \
                COUNT(*) > 1";
    let told = number(&ground, &format!("SELECT COUNT(*) FROM ({told}) AS twice"));
    let stages = stages - before;
    let counted =
        format!("{stages} stages, {reminders} reminders; twice: {twice:?} {again:?}, {told} notifications");
    let none_twice = twice.is_empty() && again.is_empty() && told == 0;
    let reached = none_twice && stages >= 2 * proposals && reminders >= rounds;
    let pass = "each stage, reminder and notification once";
    Figure { test: "nodes: what is due", database: ground.name, rounds, counted, pass, reached }.hold();
}
