//! The keys of a register that is served: changed while people work, and neither missing nor known to others.

use std::sync::atomic::AtomicBool;
use std::thread;
use std::time::{Duration, Instant};

use crate::checker::judge;
use crate::ground::Ground;
use crate::history::History;
use crate::load::{Load, Spirit, Stop, sign_in};
use crate::program::run;
use crate::stored::items;
use crate::wire::{Request, send};

/// When a node that does not hear of a new key is said never to.
const DEAF: Duration = Duration::from_mins(1);

/// The name of the key that signs.
fn signing_key(url: &str) -> String {
    let keys = send(url, &Request::get("/.well-known/jwks.json")).answer().expect("an answer").body;
    keys["keys"][0]["kid"].as_str().expect("a name").to_owned()
}

fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < DEAF, "{what}");
        thread::yield_now();
    }
}

fn rotate(ground: &Ground, flags: &[&str]) {
    let arguments = [&["rotate-token-key"], flags].concat();
    let told = run(&arguments, ground.directory(), ground.database());
    assert!(told.success && told.said.contains("Changed."), "{told:?}");
}

#[test]
fn the_key_of_tokens_is_changed_under_load_and_nobody_is_refused_until_it_ends_at_once() {
    let ground = Ground::on_sqlite();
    let program = ground.serve().start();
    let (url, history, stopped) = (&program.url, History::begin(), AtomicBool::new(false));
    let token = sign_in(url, &ground.officer());
    let load = Load {
        url,
        token: token.clone(),
        name: "while keys change".to_owned(),
        spirit: Spirit::GivesUp,
        history: &history,
        heard: &|_, _| {},
        stopped: &stopped,
    };
    let old = signing_key(url);
    let manners = thread::scope(|scope| {
        let clients = scope.spawn(|| load.run(3));
        let stop = Stop(&stopped);
        rotate(&ground, &[]);
        wait_until("the new key does not sign", || signing_key(url) != old);
        let new = sign_in(url, &ground.officer());
        assert_ne!(new.split('.').next(), token.split('.').next(), "another key signed it");
        drop(stop);
        clients.join().expect("the clients end well")
    });
    assert_eq!(manners.faults, Vec::<String>::new());
    assert_eq!(judge(&history.events(), &items(&ground)), []);

    rotate(&ground, &["--at-once"]);
    let asked = Request::get("/api/v1/me");
    let status = |token: &str| send(url, &asked.by(token)).answer().map_or(0, |answer| answer.status);
    wait_until("the old key is still good", || status(&token) == 401);
    assert_eq!(status(&sign_in(url, &ground.officer())), 200);
    ground.is_whole();
}

/// What lies in a key file that everybody knows.
fn known_to_all(name: &str) -> String {
    if name == "sealing.key" {
        return "00".repeat(32);
    }
    // The example of RFC 8410, section 10.3.
    "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE \
     KEY-----\n"
        .to_owned()
}

#[test]
fn a_register_is_not_served_whose_keys_are_gone_or_short_or_known_to_others() {
    let ground = Ground::on_sqlite();
    let folder = ground.directory().join("keys");
    for name in ["ledger.pem", "token.pem", "sealing.key"] {
        let path = folder.join(name);
        let kept = std::fs::read_to_string(&path).expect("a key");
        let short: String = kept.chars().take(20).collect();
        for (content, why) in
            [(None, "is missing"), (Some(short), "not"), (Some(known_to_all(name)), "known to others")]
        {
            match content {
                None => std::fs::remove_file(&path).expect("it was there"),
                Some(content) => std::fs::write(&path, content).expect("it is written"),
            }
            let (status, said) = ground.serve().try_start().expect_err("it is not served");
            let last = said.lines().last().unwrap_or_default();
            assert!(!status.success() && last.contains(name) && last.contains(why), "{name}: {last}");
        }
        std::fs::write(&path, kept).expect("it is written");
    }
    let program = ground.serve().start();
    let answer = send(&program.url, &Request::get("/api/v1/items")).answer();
    assert_eq!(answer.map(|answer| answer.status), Some(200));
}
