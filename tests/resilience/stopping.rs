//! R23: a program that is asked to end under load finishes what it has begun, takes up nothing more, and says that all
//! went well.

use std::sync::atomic::AtomicBool;
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use crate::checker::{acknowledged, judge};
use crate::figures::Figure;
use crate::ground::Ground;
use crate::history::{Event, History, Told};
use crate::load::{Load, Manners, Spirit, Stop, hear, sign_in};
use crate::scale::{amount, is_long};
use crate::stored::items;

/// How long requests under way are waited for at most.
const FINISH: Duration = Duration::from_secs(10);

/// One that is not begun is not done: a connection that ended without an answer must have had nothing done for it.
fn as_refused(event: Event) -> Event {
    let told = if event.told == Told::Unknown(0) { Told::Not(0) } else { event.told };
    Event { told, ..event }
}

/// Ends the program under load. How long it took, what was answered, and whether it ended well.
fn end(ground: &Ground, round: usize, history: &History) -> (Duration, Manners, bool) {
    let program = ground.serve().start();
    let (stopped, (speaks, heard)) = (AtomicBool::new(false), channel());
    let load = Load {
        url: &program.url,
        token: sign_in(&program.url, &ground.officer()),
        name: format!("end {round}"),
        spirit: Spirit::GivesUp,
        history,
        heard: &|told, _| {
            let _heard = speaks.send(told.clone());
        },
        stopped: &stopped,
    };
    thread::scope(|scope| {
        let stop = Stop(&stopped);
        let clients = scope.spawn(|| load.run(amount(8, 50)));
        hear(&heard, amount(10, 100), &Told::Done);
        let asked = Instant::now();
        program.terminate();
        let status = program.wait();
        let took = asked.elapsed();
        let manners = clients.join().expect("the clients ended well");
        drop(stop);
        (took, manners, status.success())
    })
}

fn ends_in_order(ground: &Ground) {
    let rounds = amount(1, 20);
    let history = History::begin();
    let (mut slowest, mut odd, mut well) = (Duration::ZERO, Vec::new(), true);
    for round in 0..rounds {
        let (took, manners, success) = end(ground, round, &history);
        slowest = slowest.max(took);
        well &= success;
        odd.extend(manners.faults);
    }
    let events: Vec<Event> = history.events().into_iter().map(as_refused).collect();
    let faults = judge(&events, &items(ground));
    ground.is_whole();
    let counted = format!(
        "{} acknowledged, slowest end {} ms, ended well: {well}, faults {faults:?}, odd answers {odd:?}",
        acknowledged(&events),
        slowest.as_millis()
    );
    // How fast it is, is a figure of the long form alone; one that does not end at all fails both.
    let fast = !is_long() || slowest < FINISH;
    let reached = faults.is_empty() && odd.is_empty() && well && fast;
    let pass = "whatever was done is answered within 10 s, the rest not begun, exit 0";
    Figure { test: "R23 SIGTERM under load", database: ground.name, rounds, counted, pass, reached }.hold();
}

#[test]
fn a_program_that_is_asked_to_end_answers_whatever_it_did() {
    Ground::on_both(ends_in_order);
}
