//! R7: the database ends under load and comes back. Meanwhile there is nothing but 503 that says when to come back;
//! afterwards the program goes on by itself, and nothing is lost that it acknowledged.
//!
//! The same where it is not the database that fails but the network between.

use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::checker::{Fault, acknowledged, judge, longest, unknown};
use crate::figures::Figure;
use crate::ground::Ground;
use crate::history::{History, Told};
use crate::load::{Load, Manners, Spirit, Stop, hear, sign_in};
use crate::relay::{Fault as Cable, Relay};
use crate::scale::{Dice, amount, is_long};
use crate::stored::items;

/// How soon writes succeed again once the database answers.
const RECOVERY: Duration = Duration::from_secs(5);

/// The same after the network swallowed what it was given: what was begun must first be given up on both sides.
const RECOVERY_FROM_SILENCE: Duration = Duration::from_secs(20);

/// How long any request takes at most: a turn to write, a statement, its end, each waited for in vain.
const BOUND: Duration = Duration::from_secs(45);

/// What the clients hear, as it comes.
struct Ear(Receiver<Told>);

impl Ear {
    /// Waits until so many writes more were acknowledged.
    fn acknowledged(&self, count: usize) {
        hear(&self.0, count, &Told::Done);
    }

    /// Waits until a request was refused for the time being.
    fn unavailable(&self) {
        hear(&self.0, 1, &Told::Unknown(503));
    }

    /// How long it takes from now until a write is acknowledged.
    fn recovery(&self) -> Duration {
        let begun = Instant::now();
        while self.0.try_recv().is_ok() {}
        self.acknowledged(1);
        begun.elapsed()
    }
}

/// What came of a disturbance.
struct Outcome {
    history: History,
    manners: Manners,
    recovery: Duration,
    faults: Vec<Fault>,
    lives: bool,
}

/// Puts load on a register while it is disturbed, and looks at what is stored afterwards.
fn under_load(ground: &Ground, database: &str, disturb: impl FnOnce(&Ear) -> Duration) -> Outcome {
    let program = ground.serve_at(database).start();
    let (history, stopped) = (History::begin(), AtomicBool::new(false));
    let (speaks, heard) = channel();
    let load = Load {
        url: &program.url,
        token: sign_in(&program.url, &ground.officer()),
        name: "outage".to_owned(),
        spirit: Spirit::Persists,
        history: &history,
        // Nobody listens any more once the disturbance is over.
        heard: &|told, _| {
            let _heard = speaks.send(told.clone());
        },
        stopped: &stopped,
    };
    let ear = Ear(heard);
    let (recovery, manners) = thread::scope(|scope| {
        let clients = scope.spawn(|| load.run(amount(4, 24)));
        let stop = Stop(&stopped);
        let recovery = disturb(&ear);
        drop(stop);
        let manners = clients.join().expect("the clients ended well");
        (recovery, manners)
    });
    let lives = program.lives();
    let faults = judge(&history.events(), &items(ground));
    drop(program);
    ground.is_whole();
    Outcome { history, manners, recovery, faults, lives }
}

impl Outcome {
    fn figure<'a>(&self, test: &'a str, pass: &'a str, rounds: usize, recovery: Duration) -> Figure<'a> {
        let Self { history, manners, faults, lives, .. } = self;
        let events = history.events();
        let counted = format!(
            "{} acknowledged, {} × 503, {} unknown, {} cut, faults {faults:?}, odd answers {:?}, recovery {} ms, longest \
             request {} ms",
            acknowledged(&events),
            manners.unavailable,
            unknown(&events),
            manners.cut,
            manners.faults,
            self.recovery.as_millis(),
            longest(&events).as_millis(),
        );
        let polite = manners.faults.is_empty() && manners.cut == 0;
        let reached = polite
            && faults.is_empty()
            && *lives
            // How fast it is, is a figure of the long form alone; that it comes at all, of both.
            && (!is_long() || self.recovery < recovery)
            && longest(&events) < BOUND
            && manners.unavailable > 0;
        Figure { test, database: "PostgreSQL", rounds, counted, pass, reached }
    }
}

#[test]
fn a_database_that_crashes_and_comes_back_is_waited_for_with_503_and_nothing_is_lost() {
    let rounds = amount(2, 10);
    let ground = Ground::in_own_postgres();
    let server = ground.server();
    let outcome = under_load(&ground, ground.database(), |ear| {
        let crashes = (0..rounds).map(|_round| {
            ear.acknowledged(amount(10, 100));
            server.crash();
            ear.unavailable();
            server.start_again();
            ear.recovery()
        });
        crashes.max().expect("a crash")
    });
    let pass = "only 503 with Retry-After, recovery < 5 s, 0 lost";
    outcome.figure("R7 database restart under load", pass, rounds, RECOVERY).hold();
}

/// Puts a relay between the program and its database, and lets it fail in each way in turn.
fn through_a_relay(test: &str, cables: &[Cable], recovery: Duration) {
    let ground = Ground::on_postgres();
    let relay = Relay::to(&[ground.server().address()]);
    let database = ground.database().replace(&ground.server().address(), relay.address());
    let outcome = under_load(&ground, &database, |ear| {
        let failures = cables.iter().map(|cable| {
            ear.acknowledged(5);
            relay.set(*cable);
            match cable {
                Cable::Late(_) => ear.acknowledged(5),
                _ => ear.unavailable(),
            }
            relay.set(Cable::None);
            ear.recovery()
        });
        failures.max().expect("a failure")
    });
    let pass = "503 or success in bounded time, 0 lost, 0 half";
    outcome.figure(test, pass, cables.len(), recovery).hold();
}

#[test]
fn a_network_that_cuts_connections_to_the_database_anywhere_loses_nothing() {
    let mut dice = Dice::of("cables");
    let late = Cable::Late(Duration::from_millis(20));
    let mut cables = vec![late];
    for _round in 0..amount(3, 25) {
        cables.push(Cable::CutAfter(dice.below(40_000)));
        cables.push(Cable::HalfClosedAfter(dice.below(40_000)));
    }
    through_a_relay("R7 network cuts, half-closes, delays", &cables, RECOVERY);
}

#[test]
fn a_network_that_swallows_everything_keeps_nobody_waiting_for_ever() {
    let cables = vec![Cable::Swallowed; amount(1, 5)];
    through_a_relay("R7 network swallows everything", &cables, RECOVERY_FROM_SILENCE);
}
