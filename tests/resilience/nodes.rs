//! Three nodes on one PostgreSQL behind a distributor. One after the other is killed and started again under load:
//! nothing that any of them acknowledged is lost or doubled, and whoever asks another one reads it. What nodes do that no
//! request asks for is looked at in [`crate::due_jobs`].

use std::net::TcpListener;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::channel;
use std::thread;

use crate::checker::{acknowledged, judge, longest, unknown};
use crate::figures::Figure;
use crate::ground::Ground;
use crate::history::{History, Told};
use crate::launch::Launch;
use crate::load::{Load, Spirit, Stop, hear, sign_in};
use crate::relay::Relay;
use crate::scale::{Dice, amount};
use crate::stored::items;

/// How many nodes there are.
const NODES: usize = 3;

/// Addresses that nobody uses now.
fn addresses() -> Vec<String> {
    // All are held until the last is found, so that none comes twice.
    let held: Vec<_> = (0..NODES).map(|_node| TcpListener::bind("127.0.0.1:0").expect("a port")).collect();
    held.iter().map(|listener| listener.local_addr().expect("an address").to_string()).collect()
}

/// One node of the register, which all others are like.
fn node(ground: &Ground, address: &str, public: &str) -> Launch {
    // Behind a distributor a request comes from the distributor.
    ground.serve().listening(address).with(&["--public-url", public, "--database-readers", "2"])
}

#[test]
fn three_nodes_of_which_one_is_always_killed_lose_nothing_and_double_nothing() {
    let rounds = amount(3, 40);
    let ground = Ground::on_postgres();
    let addresses = addresses();
    let relay = Relay::to(&addresses);
    let public = format!("http://{}", relay.address());
    let mut nodes: Vec<_> =
        addresses.iter().map(|address| Some(node(&ground, address, &public).start())).collect();
    let (history, stopped) = (History::begin(), AtomicBool::new(false));
    let (speaks, heard) = channel();
    let load = Load {
        url: &public,
        token: sign_in(&public, &ground.officer()),
        name: "nodes".to_owned(),
        spirit: Spirit::Persists,
        history: &history,
        heard: &|told, _| {
            let _heard = speaks.send(told.clone());
        },
        stopped: &stopped,
    };
    let manners = thread::scope(|scope| {
        let clients = scope.spawn(|| load.run(amount(6, 30)));
        let stop = Stop(&stopped);
        let mut dice = Dice::of("nodes");
        for round in 0..rounds {
            hear(&heard, dice.between(5, amount(20, 200)), &Told::Done);
            let killed = round % NODES;
            drop(nodes[killed].take());
            nodes[killed] = Some(node(&ground, &addresses[killed], &public).start());
        }
        drop(stop);
        clients.join().expect("the clients ended well")
    });
    let events = history.events();
    let faults = judge(&events, &items(&ground));
    drop(nodes);
    ground.is_whole();
    let counted = format!(
        "{} acknowledged, {} cut, {} × 503, {} unknown, faults {faults:?}, odd answers {:?}, longest \
         request {} ms",
        acknowledged(&events),
        manners.cut,
        manners.unavailable,
        unknown(&events),
        manners.faults,
        longest(&events).as_millis(),
    );
    let reached = faults.is_empty() && manners.faults.is_empty();
    let pass = "0 lost, 0 doubled, 0 stale, ledger whole";
    Figure { test: "nodes: one of three killed -9", database: ground.name, rounds, counted, pass, reached }
        .hold();
}
