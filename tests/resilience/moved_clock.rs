//! R15: the clock is two hours ahead or behind, and jumps while the register works. What happened after another thing
//! stands after it, nothing panics, and no token is good for longer than it was made for.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::channel;
use std::thread;

use crate::checker::{acknowledged, judge};
use crate::figures::Figure;
use crate::ground::Ground;
use crate::history::{History, Told};
use crate::launch::{Launch, Running};
use crate::load::{Load, Manners, Spirit, Stop, hear, sign_in};
use crate::scale::amount;
use crate::stored::items;
use crate::wire::{Request, send};

/// Where Debian keeps the library that tells programs another time, for programs with threads.
const LIBRARIES: [&str; 3] = [
    "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
    "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1",
    "/usr/lib/faketime/libfaketimeMT.so.1",
];

/// A clock that is moved while the program looks at it.
pub(crate) struct MovedClock(PathBuf);

impl MovedClock {
    pub(crate) fn in_folder(folder: &Path) -> Self {
        let clock = Self(folder.join("clock.txt"));
        clock.is_off_by(0);
        clock
    }

    /// From now on the clock is so many minutes ahead of the right time, or behind.
    pub(crate) fn is_off_by(&self, minutes: i64) {
        // Never half written: the program may look at any moment.
        let other = self.0.with_extension("new");
        std::fs::write(&other, format!("{minutes:+}m\n")).expect("a file");
        std::fs::rename(other, &self.0).expect("a file");
    }

    /// The program with this clock. What waits, waits by the right one.
    pub(crate) fn launch(&self, ground: &Ground) -> Launch {
        let library = LIBRARIES.into_iter().find(|path| Path::new(path).exists());
        let library = library.expect("libfaketime is installed (Debian: apt-get install libfaketime)");
        ground
            .serve()
            .with(&["--public-url", "http://register.example"])
            .env("LD_PRELOAD", library)
            .env("FAKETIME_TIMESTAMP_FILE", self.0.to_str().expect("a path in Unicode"))
            .env("FAKETIME_NO_CACHE", "1")
            .env("FAKETIME_DONT_FAKE_MONOTONIC", "1")
    }
}

fn status_of(program: &Running, token: &str) -> u16 {
    send(&program.url, &Request::get("/api/v1/me").by(token)).answer().map_or(0, |answer| answer.status)
}

/// Whether tokens are good while they should be, by how far the clock is off when they are looked at.
fn tokens(program: &Running, clock: &MovedClock, ground: &Ground) -> Vec<String> {
    let mut wrong = Vec::new();
    // Made at one time, and looked at at others: access tokens hold ten minutes, with a few seconds of grace.
    for (made, looked_at) in [
        (0, [(0, 200), (9, 200), (11, 401), (120, 401), (-5, 401)]),
        (120, [(120, 200), (129, 200), (131, 401), (60, 401), (0, 401)]),
        (-120, [(-120, 200), (-111, 200), (-109, 401), (0, 401), (-180, 401)]),
    ] {
        clock.is_off_by(made);
        let token = sign_in(&program.url, &ground.officer());
        for (off, expected) in looked_at {
            clock.is_off_by(off);
            let status = status_of(program, &token);
            if status != expected {
                wrong.push(format!("made at {made:+} min, at {off:+} min: {status}"));
            }
        }
    }
    clock.is_off_by(0);
    wrong
}

/// Lets clients work while the clock jumps.
fn work(program: &Running, clock: &MovedClock, ground: &Ground, history: &History) -> Manners {
    let mut all = Manners::default();
    for (round, [off, next]) in [[120, 60], [60, -60], [-60, -120], [-120, 0]].into_iter().enumerate() {
        clock.is_off_by(off);
        let manners = work_at(program, clock, ground, history, (round, off, next));
        // Who is met by another hour has to sign in anew.
        all.faults.extend(manners.faults.into_iter().filter(|fault| !fault.starts_with("401 ")));
        all.cut += manners.cut;
    }
    all
}

/// The same at one hour, a minute later at once, and into another hour.
fn work_at(
    program: &Running,
    clock: &MovedClock,
    ground: &Ground,
    history: &History,
    (round, off, next): (usize, i64, i64),
) -> Manners {
    let stopped = AtomicBool::new(false);
    let (speaks, heard) = channel();
    let load = Load {
        url: &program.url,
        // Tokens of another hour are not good in this one.
        token: sign_in(&program.url, &ground.officer()),
        name: format!("clock {round}"),
        spirit: Spirit::Persists,
        history,
        heard: &|told, _| {
            let _heard = speaks.send(told.clone());
        },
        stopped: &stopped,
    };
    thread::scope(|scope| {
        let clients = scope.spawn(|| load.run(amount(3, 16)));
        let stop = Stop(&stopped);
        hear(&heard, amount(6, 100), &Told::Done);
        clock.is_off_by(off + 1);
        hear(&heard, amount(6, 100), &Told::Done);
        clock.is_off_by(next);
        hear(&heard, 1, &Told::Not(401));
        drop(stop);
        clients.join().expect("the clients ended well")
    })
}

fn keeps_order(ground: &Ground) {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = MovedClock::in_folder(folder.path());
    let program = clock.launch(ground).start();
    let wrong = tokens(&program, &clock, ground);
    let history = History::begin();
    let manners = work(&program, &clock, ground, &history);
    let panics = program.logged().contains("panicked");
    let lives = program.lives();
    drop(program);
    let events = history.events();
    let faults = judge(&events, &items(ground));
    ground.is_whole();
    let counted = format!(
        "{} acknowledged, faults {faults:?}, odd answers {:?}, panics: {panics}, tokens {wrong:?}",
        acknowledged(&events),
        manners.faults
    );
    let polite = manners.faults.is_empty() && manners.cut == 0;
    let reached = faults.is_empty() && polite && !panics && lives && wrong.is_empty();
    let pass = "order by sequence, no panic, no token good for longer";
    Figure { test: "R15 clock ±2 h, jumps", database: ground.name, rounds: 4, counted, pass, reached }.hold();
}

#[test]
fn a_clock_that_is_wrong_or_jumps_changes_no_order_and_lengthens_no_token() {
    Ground::on_both(keeps_order);
}
