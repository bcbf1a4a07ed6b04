//! Clients that write and read as fast as they are answered, each its own items, and record all of it.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::Receiver;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::history::{Act, History, Told};
use crate::program::Account;
use crate::stored::MARK;
use crate::wire::{Answer, Fate, Request, send};

/// The moves of every commitment, in their order.
const MOVES: [&str; 3] = ["planned", "in_progress", "reported_done"];

/// How often a client sends again what it does not know the outcome of.
const TRIES: usize = 200;

/// How clients go on where they are not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spirit {
    /// They stop where nobody answers any more: the program is gone. One that says when to come back is not.
    GivesUp,
    /// They send the same again with the same idempotency key until they know.
    Persists,
}

/// Clients of one account, and what they found.
pub(crate) struct Load<'a> {
    /// Where the program answers.
    pub(crate) url: &'a str,
    /// Who they are.
    pub(crate) token: String,
    /// What the marks of their items have in common and no others have.
    pub(crate) name: String,
    pub(crate) spirit: Spirit,
    pub(crate) history: &'a History,
    /// Called with what was said, and the number of writes that were acknowledged until then.
    pub(crate) heard: &'a (dyn Fn(&Told, usize) + Sync),
    pub(crate) stopped: &'a AtomicBool,
}

/// Stops clients when it goes, also where it goes by a panic: nobody would end them else.
pub(crate) struct Stop<'a>(pub(crate) &'a AtomicBool);

impl Drop for Stop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// When what is waited for is said not to come any more.
const SILENCE: Duration = Duration::from_secs(90);

/// Waits until clients were told something so many times more, and fails where that does not come.
pub(crate) fn hear(heard: &Receiver<Told>, count: usize, wanted: &Told) {
    let (mut left, begun) = (count, Instant::now());
    while left > 0 {
        assert!(begun.elapsed() < SILENCE, "{wanted:?} is not heard any more");
        let told = heard.recv_timeout(SILENCE).expect("clients are answered");
        left -= usize::from(told == *wanted);
    }
}

/// What is wrong with answers by themselves, whatever was done.
#[derive(Debug, Default)]
pub(crate) struct Manners {
    /// How many requests were refused for the time being, as they should be.
    pub(crate) unavailable: usize,
    /// Connections that broke off.
    pub(crate) cut: usize,
    /// Answers that no program in service may give, in words.
    pub(crate) faults: Vec<String>,
}

struct Clients<'a> {
    load: &'a Load<'a>,
    count: AtomicUsize,
    manners: Mutex<Manners>,
}

/// Signs in, and gives the access token.
pub(crate) fn sign_in(url: &str, account: &Account) -> String {
    let credentials = json!({"email": account.email, "password": account.password});
    let fate = send(url, &Request::post("/api/v1/auth/login", &credentials));
    let answer = fate.answer().expect("an answer");
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.body["access_token"].as_str().expect("a token").to_owned()
}

impl Load<'_> {
    /// Lets so many clients work until they are stopped or give up.
    pub(crate) fn run(&self, clients: usize) -> Manners {
        let all = Clients { load: self, count: AtomicUsize::new(0), manners: Mutex::default() };
        thread::scope(|scope| {
            for client in 0..clients {
                let all = &all;
                scope.spawn(move || all.work(client));
            }
        });
        all.manners.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clients<'_> {
    /// One client: makes and moves one item after another.
    fn work(&self, client: usize) {
        for number in 0.. {
            let mark = format!("{MARK}{} client {client} item {number}", self.load.name);
            let done = self.one_item(&mark).is_some();
            if self.is_over() || (!done && self.load.spirit == Spirit::GivesUp) {
                return;
            }
        }
    }

    fn persists(&self) -> bool {
        self.load.spirit == Spirit::Persists && !self.is_over()
    }

    fn is_over(&self) -> bool {
        self.load.stopped.load(Ordering::Relaxed)
    }

    /// An item from its beginning to its end. Nothing where that was not reached.
    fn one_item(&self, mark: &str) -> Option<()> {
        let new = json!({"kind": "commitment", "title": {"en": mark}, "due_on": "2030-12-31"});
        let made = self.write("/api/v1/items", &new, &Act::Make { mark: mark.to_owned() })?;
        let id = made.body["id"].as_str().expect("an item has an id").to_owned();
        let path = format!("/api/v1/items/{id}/status-changes");
        for to in MOVES {
            self.write(&path, &change(to), &Act::Move { mark: mark.to_owned(), to })?;
            self.read(&path, mark);
        }
        Some(())
    }

    /// Sends a write until it is known what came of it. The answer where it was done.
    fn write(&self, path: &str, body: &Value, act: &Act) -> Option<Answer> {
        // The key tells the item and the step, so that a second try is known for what it is.
        let key = format!("{act:?}").replace(|letter: char| !letter.is_ascii_alphanumeric(), "-");
        let headers = [("Idempotency-Key", key.as_str())];
        let request = Request::post(path, body).by(&self.load.token).with(&headers);
        for _try in 0..TRIES {
            let began = self.load.history.now();
            let fate = send(self.load.url, &request);
            let told = self.told(&fate);
            self.load.history.record(began, act.clone(), told.clone());
            let count = self.count.fetch_add(usize::from(told == Told::Done), Ordering::SeqCst);
            (self.load.heard)(&told, count + usize::from(told == Told::Done));
            match told {
                Told::Done => return fate.answer(),
                Told::Not(0) | Told::Unknown(_) if self.persists() => {}
                Told::Unknown(503) if !self.is_over() => {}
                _ => return None,
            }
        }
        self.manners().faults.push(format!("{act:?} was not answered in {TRIES} tries"));
        None
    }

    /// Reads which moves an item made, and records it.
    fn read(&self, path: &str, mark: &str) {
        let began = self.load.history.now();
        let fate = send(self.load.url, &Request::get(path).by(&self.load.token));
        let told = match self.told(&fate) {
            Told::Done => Told::Read(moves_of(&fate.answer().expect("an answer").body)),
            told => told,
        };
        self.load.history.record(began, Act::Read { mark: mark.to_owned() }, told);
    }

    /// What the fate of a request says of its outcome; notes how it was said.
    fn told(&self, fate: &Fate) -> Told {
        let mut manners = self.manners();
        match fate {
            Fate::Refused => Told::Not(0),
            Fate::Cut => {
                manners.cut += 1;
                Told::Unknown(0)
            }
            Fate::Hung => {
                manners.faults.push("a request was not answered at all".to_owned());
                Told::Unknown(0)
            }
            Fate::Answered(answer) if matches!(answer.status, 200..300) => Told::Done,
            Fate::Answered(answer) if answer.status == 503 && answer.says_when_to_come_back() => {
                manners.unavailable += 1;
                Told::Unknown(503)
            }
            Fate::Answered(answer) => {
                manners.faults.push(format!("{} {:?}: {}", answer.status, answer.head, answer.body));
                if answer.status < 500 { Told::Not(answer.status) } else { Told::Unknown(answer.status) }
            }
        }
    }

    fn manners(&self) -> std::sync::MutexGuard<'_, Manners> {
        self.manners.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn moves_of(changes: &Value) -> Vec<String> {
    let changes = changes["items"].as_array().expect("a list");
    changes.iter().map(|change| change["to"].as_str().expect("a status").to_owned()).collect()
}

fn change(to: &str) -> Value {
    if to == "reported_done" {
        let evidence =
            json!([{"kind": "link", "title": {"en": "Order"}, "url": "https://example.org/order"}]);
        return json!({"to": to, "evidence": evidence});
    }
    json!({"to": to})
}
