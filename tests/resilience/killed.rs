//! R1: the program is killed while it writes. What it acknowledged is there when it starts again, nothing is half
//! there, and its ledger is unbroken. At any moment, and just before and just after each commit.

use std::sync::atomic::AtomicBool;
use std::time::Duration;

use qadam_tests::socket::bring;

use crate::checker::{Fault, acknowledged, judge, unknown};
use crate::figures::Figure;
use crate::ground::Ground;
use crate::history::{History, Told};
use crate::load::{Load, Manners, Spirit, sign_in};
use crate::scale::{Dice, amount};
use crate::stored::items;
use crate::wire::{Request, send};

/// How soon a program that was killed is to be ready again: so soon where that is measured, and before it is said to
/// hang where it is not.
const READY: Duration = Duration::from_secs(2);
const HANGS: Duration = Duration::from_secs(30);

/// What is counted over all rounds.
#[derive(Default)]
struct Tally {
    slowest: Duration,
    faults: Vec<Fault>,
    manners: Vec<String>,
}

impl Tally {
    fn add(&mut self, manners: Manners) {
        self.manners.extend(manners.faults);
    }

    fn figure<'a>(&self, ground: &Ground, test: &'a str, rounds: usize, history: &History) -> Figure<'a> {
        let events = history.events();
        let (faults, slowest) = (&self.faults, self.slowest);
        let manners = &self.manners;
        let counted = format!(
            "{} acknowledged, {} unknown, faults {faults:?}, odd answers {manners:?}, ready after {} ms at most",
            acknowledged(&events),
            unknown(&events),
            slowest.as_millis()
        );
        let reached = faults.is_empty() && manners.is_empty() && slowest < amount(HANGS, READY);
        let pass = "0 lost, 0 doubled, 0 half, ledger whole, ready < 2 s";
        Figure { test, database: ground.name, rounds, counted, pass, reached }
    }
}

/// Kills the program in each round right after an acknowledgement that chance picks.
fn survives_kills(ground: &Ground) {
    let (rounds, clients, most) = (amount(5, 100), amount(6, 200), amount(60, 600));
    let mut dice = Dice::of("kills");
    let history = History::begin();
    let mut tally = Tally::default();
    let mut program = ground.serve().start();
    for round in 0..rounds {
        let killed_after = dice.between(1, most);
        let load = Load {
            url: &program.url,
            token: sign_in(&program.url, &ground.officer()),
            name: format!("round {round}"),
            spirit: Spirit::GivesUp,
            history: &history,
            heard: &|told, count| {
                if *told == Told::Done && count == killed_after {
                    program.kill();
                }
            },
            stopped: &AtomicBool::new(false),
        };
        tally.add(load.run(clients));
        assert!(!program.lives(), "round {round}: the program was not killed");
        program = ground.serve().start();
        tally.slowest = tally.slowest.max(program.ready_after);
        tally.faults.extend(judge(&history.events(), &items(ground)));
        ground.is_whole();
    }
    tally.figure(ground, "R1 kill -9", rounds, &history).hold();
}

/// Ends the program just before or just after one of its first commits, in each round another.
fn survives_ends_of_commits(ground: &Ground) {
    let rounds = amount(2, 20);
    let history = History::begin();
    let mut tally = Tally::default();
    // Tokens are good for the address that they were made for, wherever the system has it listen.
    let launch = ground.serve().with(&["--public-url", "http://register.example"]);
    let token = {
        let program = launch.start();
        sign_in(&program.url, &ground.officer())
    };
    for round in 0..rounds {
        for place in ["commit.before", "commit.after"] {
            let armed = launch.clone().ending_at(place, 4 + amount(7, 3) * round).try_start();
            // The first commits of a start are its own: where it came to that one before it was ready, it ended there.
            let Ok(program) = armed else { continue };
            let load = Load {
                url: &program.url,
                token: token.clone(),
                name: format!("{place} {round}"),
                spirit: Spirit::GivesUp,
                history: &history,
                heard: &|_, _| {},
                stopped: &AtomicBool::new(false),
            };
            tally.add(load.run(amount(3, 16)));
            assert!(!program.wait().success(), "it ended at {place}");
            tally.faults.extend(judge(&history.events(), &items(ground)));
        }
        let again = launch.start();
        tally.slowest = tally.slowest.max(again.ready_after);
        ground.is_whole();
    }
    tally.figure(ground, "R1 before and after each commit", 2 * rounds, &history).hold();
}

/// Ends the program when a file lies where it belongs and nothing says yet whose it is.
fn survives_an_end_between_a_file_and_its_evidence(ground: &Ground) {
    let rounds = amount(1, 10);
    let launch = ground.serve().with(&["--public-url", "http://register.example"]);
    let mut wrong = Vec::new();
    for _round in 0..rounds {
        let dying = launch.clone().ending_at("file.put", 1).start();
        let token = sign_in(&dying.url, &ground.officer());
        let list = send(&dying.url, &Request::get("/api/v1/items?kind=commitment&lead=GPO&limit=1")).answer();
        let list = list.expect("an answer");
        let path = format!("/items/{}/evidence", list.body["items"][0]["id"].as_str().expect("an item"));
        let whole = format!("/api/v1{path}");
        let known =
            |url: &str| send(url, &Request::get(&whole)).answer().map(|answer| answer.body["items"].clone());
        let before = known(&dying.url);
        if let Some((status, _)) = bring(&dying.url, &path, &token, "act.txt", "Seen.") {
            wrong.push(format!("it was answered with {status}"));
        }
        dying.wait();
        let program = launch.start();
        if known(&program.url) != before {
            wrong.push("half of it is there".to_owned());
        }
        let again = bring(&program.url, &path, &token, "act.txt", "Seen.").map(|(status, _)| status);
        if again != Some(201) {
            wrong.push(format!("a second try is answered with {again:?}"));
        }
    }
    ground.is_whole();
    let counted = format!("wrong {wrong:?}");
    let pass = "no evidence without an answer, a second try succeeds, ledger whole";
    let reached = wrong.is_empty();
    Figure {
        test: "R1 between a file and its evidence",
        database: ground.name,
        rounds,
        counted,
        pass,
        reached,
    }
    .hold();
}

#[test]
fn a_program_that_ends_between_a_file_and_its_evidence_leaves_no_evidence() {
    Ground::on_both(survives_an_end_between_a_file_and_its_evidence);
}

#[test]
fn a_program_that_is_killed_loses_nothing_that_it_acknowledged_on_sqlite() {
    survives_kills(&Ground::on_sqlite());
}

#[test]
fn a_program_that_is_killed_loses_nothing_that_it_acknowledged_on_postgresql() {
    survives_kills(&Ground::on_postgres());
}

#[test]
fn a_program_that_ends_within_a_commit_leaves_all_of_it_or_nothing_on_sqlite() {
    survives_ends_of_commits(&Ground::on_sqlite());
}

#[test]
fn a_program_that_ends_within_a_commit_leaves_all_of_it_or_nothing_on_postgresql() {
    survives_ends_of_commits(&Ground::on_postgres());
}
