//! R2: what is acknowledged was synced to the disk. On SQLite the system is watched while it happens; a PostgreSQL that
//! does not sync is refused, unless somebody says that this is meant.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::checker::acknowledged;
use crate::figures::Figure;
use crate::ground::Ground;
use crate::history::History;
use crate::launch::{Launch, logged};
use crate::load::{Load, Spirit, sign_in};
use crate::scale::amount;
use crate::server::Server;
use crate::stored::number;

/// Lets one client write one after another, so that none shares a commit with the next. Gives how many were
/// acknowledged, and how often the system was asked to sync meanwhile.
fn watched(ground: &Ground, settings: &[&str], writes: usize) -> (usize, usize) {
    let trace = ground.directory().join("syncs.txt");
    let path = trace.to_str().expect("a path in Unicode");
    // The watcher stands behind, so that the program itself is what was started. It writes down each call before the
    // program goes on.
    let watcher =
        ["strace", "-D", "-f", "-qq", "-e", "trace=fsync,fdatasync", "-e", "signal=none", "-o", path];
    let program = ground.serve().with(settings).through(&watcher).start();
    let token = sign_in(&program.url, &ground.officer());
    let (history, stopped) = (History::begin(), AtomicBool::new(false));
    let load = Load {
        url: &program.url,
        token,
        name: "synced".to_owned(),
        spirit: Spirit::Persists,
        history: &history,
        heard: &|_, count| stopped.store(count >= writes, Ordering::Relaxed),
        stopped: &stopped,
    };
    let before = syncs(&trace);
    let manners = load.run(1);
    assert!(manners.faults.is_empty(), "{:?}", manners.faults);
    (acknowledged(&history.events()), syncs(&trace) - before)
}

/// How many calls the watcher has seen.
fn syncs(trace: &Path) -> usize {
    let seen = std::fs::read_to_string(trace).unwrap_or_default();
    seen.lines().filter(|line| line.contains("sync(")).count()
}

#[test]
fn every_acknowledged_write_on_sqlite_was_synced() {
    let writes = amount(24, 400);
    let ground = Ground::on_sqlite();
    let (acknowledged, synced) = watched(&ground, &[], writes);
    let unsynced = watched(&Ground::on_sqlite(), &["--unsafe-unsynced", "true"], writes).1;
    let counted = format!("{acknowledged} acknowledged, {synced} syncs; {unsynced} where it was told not to");
    let reached = synced >= acknowledged && acknowledged >= writes && unsynced < writes;
    let pass = "as many syncs as writes, each in a commit of its own";
    Figure { test: "R2 synced", database: ground.name, rounds: writes, counted, pass, reached }.hold();
}

/// What the program says when it is refused to start, before it writes anything, and that it does not where that is
/// meant.
fn refused(ground: &Ground, setting: &'static str) -> Result<(), String> {
    ground.server().start_with(setting, "off");
    let launch = Launch::serve(ground.directory(), ground.database());
    let tables = "SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'public'";
    let before = number(ground, tables);
    let outcome = match launch.try_start() {
        Ok(_started) => Err(format!("{setting} = off is taken")),
        Err((_status, said))
            if !said.contains(&format!("{setting} = off")) || !said.contains("--unsafe-unsynced") =>
        {
            Err(said)
        }
        Err((status, said)) => {
            if status.code() == Some(2) && number(ground, tables) == before {
                Ok(())
            } else {
                Err(said)
            }
        }
    };
    let meant = launch.with(&["--unsafe-unsynced", "true"]).try_start();
    ground.server().start_with(setting, "on");
    outcome.and(meant.map(drop).map_err(|(_status, said)| said))
}

#[test]
fn a_postgresql_that_does_not_sync_is_refused_unless_that_is_meant() {
    let ground = Ground::empty_in(Arc::new(Server::start()));
    let mut wrong: Vec<String> = refused(&ground, "fsync").err().into_iter().collect();
    // Right on a file system that copies on write: whoever runs one is told and not kept out.
    ground.server().start_with("full_page_writes", "off");
    wrong.extend(ground.serve().try_start().err().map(|(_status, said)| said));
    if !logged(ground.directory()).contains("full_page_writes = off") {
        wrong.push("no word of full_page_writes".to_owned());
    }
    ground.server().start_with("full_page_writes", "on");
    // Whether a commit waits is said by who commits, and the program says so whatever the server is told.
    ground.server().start_with("synchronous_commit", "off");
    wrong.extend(ground.serve().try_start().err().map(|(_status, said)| said));
    let counted = format!("fsync, full_page_writes, synchronous_commit off; wrong {wrong:?}");
    let pass = "refused for fsync, warned for full_page_writes, the third turned on by the program";
    let reached = wrong.is_empty();
    Figure { test: "R2 refused unsynced", database: ground.name, rounds: 3, counted, pass, reached }.hold();
}
