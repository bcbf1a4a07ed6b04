//! R8: the disk is full. What would write is refused for the time being, what only reads is answered, nothing is half
//! there, and when there is room again the register goes on by itself.
//!
//! The disk is a file system in memory of a few megabytes that only the program sees: it is mounted in a name space of
//! its own, which root may do anywhere, and others where the system lets them. Where neither is allowed, the program's
//! files are kept from growing instead (`RLIMIT_FSIZE`), which needs no right at all; SQLite then meets a disk that fails
//! and not one that is full, which its callers have to survive in the same way.

use std::process::Command;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::channel;
use std::thread;

use crate::checker::{Fault, acknowledged, judge, unknown};
use crate::figures::Figure;
use crate::ground::Ground;
use crate::history::{History, Told};
use crate::launch::{Launch, Running};
use crate::load::{Load, Manners, Spirit, Stop, hear, sign_in};
use crate::scale::amount;
use crate::stored::items;
use crate::wire::{Request, send};

/// How much room there is, in MiB: the demonstration and a little.
const ROOM: usize = 24;

/// How the program comes to have no room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shortage {
    /// A file system of its own, which is filled.
    Mounted,
    /// Its files are not let grow.
    Limited,
}

/// How a name space is made in which file systems can be mounted: as root, and as anybody else.
const NAME_SPACES: [&[&str]; 2] = [&["unshare", "--mount"], &["unshare", "--mount", "--map-root-user"]];

/// The way to a file system of one's own, if there is one here.
fn name_space() -> Option<&'static [&'static str]> {
    NAME_SPACES.into_iter().find(|words| {
        let (program, arguments) = words.split_first().expect("a program");
        let tried =
            Command::new(program).args(arguments).args(["mount", "-t", "tmpfs", "tmpfs", "/mnt"]).output();
        tried.is_ok_and(|output| output.status.success())
    })
}

impl Shortage {
    /// The program where its room can be taken.
    fn launch(self, ground: &Ground) -> Launch {
        let directory = ground.directory().to_str().expect("a path in Unicode");
        match self {
            // What is mounted hides what lies there: the files are carried over it, by way of a handle on them.
            Self::Mounted => {
                let script = format!(
                    "exec 9<{directory}; mount -t tmpfs -o size={ROOM}m tmpfs {directory}; cp -a /proc/self/fd/9/. \
                     {directory}; exec 9<&-; exec \"$@\""
                );
                let words = [name_space().expect("a name space"), &["sh", "-ec", &script, "sh"]].concat();
                ground.serve().through(&words)
            }
            // A limit that is passed ends a program that does not look away from the signal.
            Self::Limited => ground.serve().through(&["env", "--ignore-signal=XFSZ"]),
        }
    }

    /// Leaves no room.
    fn take_room(self, program: &Running, ground: &Ground) {
        match self {
            Self::Mounted => {
                let filled = std::fs::write(Self::ballast(program, ground), vec![0; ROOM * 1024 * 1024]);
                assert!(filled.is_err(), "there is room for all of it");
            }
            Self::Limited => limit(program, "0:"),
        }
    }

    /// Gives it back.
    fn give_room(self, program: &Running, ground: &Ground) {
        match self {
            Self::Mounted => std::fs::remove_file(Self::ballast(program, ground)).expect("room"),
            Self::Limited => limit(program, "unlimited:"),
        }
    }

    /// What takes the room, as seen from outside the program's name space.
    fn ballast(program: &Running, ground: &Ground) -> String {
        format!("/proc/{}/root{}/ballast", program.id(), ground.directory().display())
    }

    /// Carries what the program has stored to where it is looked at from outside.
    fn bring_out(self, program: &Running, ground: &Ground) {
        if self == Self::Mounted {
            let inside = format!("/proc/{}/root{}", program.id(), ground.directory().display());
            for name in ["qadam.db", "qadam.db-wal"] {
                // There is no log where all of it was taken over into the database.
                let _copied = std::fs::copy(format!("{inside}/{name}"), ground.directory().join(name));
            }
        }
    }
}

/// How large files may become, in bytes: now, and at most.
fn limit(program: &Running, size: &str) {
    let mut command = Command::new("prlimit");
    command.args(["--pid", &program.id().to_string(), &format!("--fsize={size}")]);
    assert!(command.status().expect("prlimit is there").success());
}

/// What was read while there was no room.
fn reads(program: &Running, token: &str) -> Vec<u16> {
    let public = ["/api/v1/items?limit=5", "/api/v1/organisations", "/en/items", "/livez", "/readyz"];
    let status =
        |request: &Request<'_>| send(&program.url, request).answer().map_or(0, |answer| answer.status);
    let own = Request::get("/api/v1/me").by(token);
    public.iter().map(|path| status(&Request::get(path))).chain([status(&own)]).collect()
}

/// Fills and empties the disk under load. What was answered, and what could be read while it was full.
fn starve(ground: &Ground, program: &Running, shortage: Shortage, history: &History) -> (Manners, Vec<u16>) {
    let stopped = AtomicBool::new(false);
    let (speaks, heard) = channel();
    let token = sign_in(&program.url, &ground.officer());
    let load = Load {
        url: &program.url,
        token: token.clone(),
        name: "full disk".to_owned(),
        spirit: Spirit::Persists,
        history,
        heard: &|told, _| {
            let _heard = speaks.send(told.clone());
        },
        stopped: &stopped,
    };
    thread::scope(|scope| {
        let clients = scope.spawn(|| load.run(amount(4, 24)));
        let stop = Stop(&stopped);
        let mut statuses = Vec::new();
        for _round in 0..rounds() {
            hear(&heard, 6, &Told::Done);
            shortage.take_room(program, ground);
            hear(&heard, 6, &Told::Unknown(503));
            statuses.extend(reads(program, &token));
            shortage.give_room(program, ground);
            while heard.try_recv().is_ok() {}
            hear(&heard, 6, &Told::Done);
        }
        drop(stop);
        (clients.join().expect("the clients ended well"), statuses)
    })
}

fn is_survived(test: &str, shortage: Shortage) {
    let ground = Ground::on_sqlite();
    let program = shortage.launch(&ground).start();
    let history = History::begin();
    let (manners, reads) = starve(&ground, &program, shortage, &history);
    // As it is, for what is mounted is gone with the program.
    program.halt();
    shortage.bring_out(&program, &ground);
    program.kill();
    let events = history.events();
    let faults: Vec<Fault> = judge(&events, &items(&ground));
    ground.is_whole();
    let good = reads.iter().all(|status| *status == 200);
    let counted = format!(
        "{} acknowledged, {} × 503, {} unknown, reads while full {reads:?}, faults {faults:?}, odd answers {:?} \
         ({shortage:?})",
        acknowledged(&events),
        manners.unavailable,
        unknown(&events),
        manners.faults,
    );
    let reached = faults.is_empty() && manners.faults.is_empty() && manners.cut == 0 && good;
    let pass = "writes 503, reads 200, 0 half, resumes by itself, ledger whole";
    Figure { test, database: ground.name, rounds: rounds(), counted, pass, reached }.hold();
}

fn rounds() -> usize {
    amount(2, 10)
}

#[test]
fn a_full_disk_refuses_what_writes_and_nothing_else_and_is_forgotten_when_there_is_room() {
    let shortage = if name_space().is_some() { Shortage::Mounted } else { Shortage::Limited };
    is_survived("R8 disk full", shortage);
}

#[test]
fn a_disk_that_refuses_every_write_is_survived_like_one_that_is_full() {
    is_survived("R8 disk fails", Shortage::Limited);
}
