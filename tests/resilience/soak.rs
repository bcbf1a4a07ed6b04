//! R22: the register works for a long time. Memory and open files stay as they are, and nothing fails.

use std::sync::atomic::AtomicBool;
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use qadam_tests::program::told;

use crate::checker::{acknowledged, judge};
use crate::figures::Figure;
use crate::ground::Ground;
use crate::history::{Event, History};
use crate::launch::Running;
use crate::load::{Load, Manners, Spirit, Stop, sign_in};
use crate::scale::{amount, is_long};
use crate::stored::items;

/// Says for how many minutes.
const MINUTES_VARIABLE: &str = "QADAM_TEST_SOAK_MINUTES";

/// For how long one sign-in is used: less than an access token is good.
const SIGNED_IN: Duration = Duration::from_mins(5);

/// How much the memory may grow from the first look to the last, in hundredths, and how many files more may be open.
const GROWTH: u64 = 5;
const FILES: usize = 8;

/// How slow the slowest answers may be: one of a hundred takes longer.
const SLOW: Duration = Duration::from_secs(1);

/// How long it works: seconds where little is done.
fn length() -> Duration {
    let minutes = told(MINUTES_VARIABLE).map(|text| text.parse().expect("minutes are a number"));
    Duration::from_secs(amount(4, 60 * minutes.unwrap_or(3)))
}

/// What the program has at a moment.
#[derive(Debug, Clone, Copy)]
struct Holding {
    memory_kib: u64,
    files: usize,
}

impl Holding {
    fn of(program: &Running) -> Self {
        Self { memory_kib: program.memory_kib(), files: program.open_files() }
    }
}

/// Works for some time.
fn work(ground: &Ground, program: &Running, name: &str, history: &History, time: Duration) -> Manners {
    let stopped = AtomicBool::new(false);
    let load = Load {
        url: &program.url,
        token: sign_in(&program.url, &ground.officer()),
        name: name.to_owned(),
        spirit: Spirit::Persists,
        history,
        heard: &|_, _| {},
        stopped: &stopped,
    };
    thread::scope(|scope| {
        let clients = scope.spawn(|| load.run(amount(4, 50)));
        let stop = Stop(&stopped);
        let (_open, never) = channel::<()>();
        let _time_passed = never.recv_timeout(time);
        drop(stop);
        clients.join().expect("the clients ended well")
    })
}

fn percentile(events: &[Event], hundredths: usize) -> Duration {
    let mut took: Vec<Duration> =
        events.iter().map(|event| event.ended.saturating_sub(event.began)).collect();
    took.sort_unstable();
    took.get(took.len() * hundredths / 100).copied().unwrap_or_default()
}

fn works_on(ground: &Ground) {
    let program = ground.serve().start();
    let (history, begun, whole) = (History::begin(), Instant::now(), length());
    // The first part fills what is kept in memory: only from then on may nothing grow.
    let mut manners = vec![work(ground, &program, "warm", &history, whole / 6)];
    let before = Holding::of(&program);
    let mut part = 0;
    while begun.elapsed() < whole {
        let left = whole.saturating_sub(begun.elapsed()).min(SIGNED_IN);
        manners.push(work(ground, &program, &format!("part {part}"), &history, left));
        part += 1;
    }
    let after = Holding::of(&program);
    drop(program);
    let events = history.events();
    let faults = judge(&events, &items(ground));
    ground.is_whole();
    let odd: Vec<String> = manners.iter().flat_map(|manners| manners.faults.clone()).collect();
    let grown = after.memory_kib.saturating_sub(before.memory_kib);
    let refused: usize = manners.iter().map(|manners| manners.unavailable).sum();
    let cut: usize = manners.iter().map(|manners| manners.cut).sum();
    let slow = percentile(&events, 99);
    let growth = grown * 100 / before.memory_kib.max(1);
    let counted = format!(
        "{} s, {} requests, {} acknowledged, memory {} → {} KiB (+{growth} %), files {} → {}, p99 {} ms, {refused} × \
         503, {cut} cut, faults {faults:?}, odd answers {odd:?}",
        whole.as_secs(),
        events.len(),
        acknowledged(&events),
        before.memory_kib,
        after.memory_kib,
        before.files,
        after.files,
        slow.as_millis(),
    );
    let flat = growth <= GROWTH && after.files <= before.files + FILES;
    // What is measured fails the long form alone.
    let measured = flat && slow < SLOW;
    let answered = refused == 0 && cut == 0 && odd.is_empty();
    let reached = faults.is_empty() && answered && (measured || !is_long());
    let pass = "memory ±5 %, open files flat, p99 < 1 s, 0 × 5xx, 0 cut, 0 lost";
    Figure { test: "R22 soak", database: ground.name, rounds: 1, counted, pass, reached }.hold();
}

#[test]
fn a_register_that_works_on_holds_no_more_and_fails_no_request() {
    Ground::on_both(works_on);
}
