//! Clients that write as fast as they are answered, and remember what they were told.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use qadam_tests::socket::ask;
use serde_json::{Value, json};

use crate::program::{Account, Program};

/// The moves of every commitment, in their order.
const MOVES: [&str; 3] = ["planned", "in_progress", "reported_done"];

/// What a client knows of an item: it was told that it is there, and how many moves were made.
#[derive(Debug)]
struct Known {
    id: String,
    title: String,
    moves: usize,
}

/// Several clients of one account.
pub(crate) struct Crowd {
    url: String,
    token: String,
    clients: usize,
    known: Vec<Known>,
}

/// What one client did in one round.
struct Writer<'a> {
    crowd: &'a Crowd,
    program: &'a Program,
    /// Acknowledged writes of all clients of this round.
    acknowledged: &'a AtomicUsize,
    killed_after: usize,
}

/// Signs in, and gives the access token.
pub(crate) fn sign_in(url: &str, account: &Account) -> String {
    let credentials = json!({"email": account.email, "password": account.password});
    let (status, tokens) = ask(url, "POST", "/auth/login", None, Some(&credentials)).expect("an answer");
    assert_eq!(status, 200, "{tokens}");
    tokens["access_token"].as_str().expect("a token").to_owned()
}

/// Lets all clients write until the program is killed: right after the acknowledgement with this number.
pub(crate) fn write_until_killed(crowd: &mut Crowd, program: &Arc<Program>, round: usize, after: usize) {
    let acknowledged = AtomicUsize::new(0);
    let writer = Writer { crowd, program, acknowledged: &acknowledged, killed_after: after };
    let known: Vec<Known> = thread::scope(|scope| {
        let clients: Vec<_> = (0..crowd.clients)
            .map(|client| {
                scope.spawn({
                    let writer = &writer;
                    move || writer.write(&format!("round {round}, client {client}"))
                })
            })
            .collect();
        clients.into_iter().flat_map(|client| client.join().expect("a client ended well")).collect()
    });
    crowd.known.extend(known);
}

impl Writer<'_> {
    /// Creates and moves one item after another until there is no answer any more.
    fn write(&self, name: &str) -> Vec<Known> {
        let mut known = Vec::new();
        for number in 0.. {
            let title = format!("Item {number} of {name}");
            let new = json!({"kind": "commitment", "title": {"en": title}, "due_on": "2030-12-31"});
            let Some(made) = self.send("/items", &new) else { break };
            let id = made["id"].as_str().expect("an item has an id").to_owned();
            known.push(Known { id, title, moves: 0 });
            let Some(item) = known.last_mut() else { break };
            if !self.make_moves(item) {
                break;
            }
        }
        known
    }

    /// Moves an item through its life; false where the program did not live that long.
    fn make_moves(&self, item: &mut Known) -> bool {
        MOVES.into_iter().all(|to| {
            let path = format!("/items/{}/status-changes", item.id);
            let done = self.send(&path, &change(to)).is_some();
            item.moves += usize::from(done);
            done
        })
    }

    /// Sends a write. The acknowledgement with the chosen number is the last thing that the program says.
    fn send(&self, path: &str, body: &Value) -> Option<Value> {
        let (status, answer) = ask(&self.crowd.url, "POST", path, Some(&self.crowd.token), Some(body))?;
        assert_eq!(status, 201, "{path} {body}: {answer}");
        if self.acknowledged.fetch_add(1, Ordering::SeqCst) + 1 == self.killed_after {
            self.program.kill();
        }
        Some(answer)
    }
}

fn change(to: &str) -> Value {
    if to == "reported_done" {
        let evidence =
            json!([{"kind": "link", "title": {"en": "Order"}, "url": "https://example.org/order"}]);
        return json!({"to": to, "evidence": evidence});
    }
    json!({"to": to})
}

impl Crowd {
    /// Clients that use one account.
    pub(crate) fn sign_in(url: &str, account: &Account, clients: usize) -> Self {
        let mut crowd = Self { url: String::new(), token: String::new(), clients, known: Vec::new() };
        crowd.moved_to(url, account);
        crowd
    }

    /// Signs in where the program answers now.
    pub(crate) fn moved_to(&mut self, url: &str, account: &Account) {
        self.token = sign_in(url, account);
        self.url = url.to_owned();
    }

    /// How many writes were acknowledged in all rounds.
    pub(crate) fn acknowledged(&self) -> usize {
        self.known.iter().map(|item| 1 + item.moves).sum()
    }

    /// How many items were acknowledged in all rounds.
    pub(crate) const fn items(&self) -> usize {
        self.known.len()
    }

    /// Reads every item that was acknowledged: it is there, and at least as far as was acknowledged.
    pub(crate) fn find_what_was_acknowledged(&self) {
        for known in &self.known {
            let item = self.read(&format!("/items/{}", known.id));
            assert_eq!(item["title"]["en"], known.title, "{item}");
            let made = self.moves_of(&known.id).len();
            // The one that was under way when the program died may have been committed.
            assert!((known.moves..=known.moves + 1).contains(&made), "{made} moves of {known:?}");
        }
    }

    /// Reads every item that any client sent, acknowledged or not: what its row says, its status changes and its
    /// ledger say as well. Gives how many there are.
    pub(crate) fn find_nothing_half_written(&self) -> usize {
        let mut page = self.read("/items?organisation=GPO&kind=commitment&limit=200");
        let mut found = 0;
        loop {
            for item in page["items"].as_array().expect("a list") {
                if item["title"]["en"].as_str().is_some_and(|title| title.starts_with("Item ")) {
                    self.is_whole(item);
                    found += 1;
                }
            }
            let Some(next) = page["next"].as_str() else { return found };
            let path = next.split_once("/api/v1").expect("an address of this register").1.to_owned();
            page = self.read(&path);
        }
    }

    fn is_whole(&self, item: &Value) {
        let id = item["id"].as_str().expect("an id");
        let moves = self.moves_of(id);
        assert!(MOVES.iter().take(moves.len()).eq(&moves), "{moves:?} of {item}");
        assert_eq!(item["status"], *moves.last().map_or("draft", String::as_str), "{item}");
        let history = self.read(&format!("/items/{id}/history?limit=200"));
        let entries = history["items"].as_array().expect("a list");
        // Newest first. Who filed it has an entry of its own, which says nothing of the status.
        let statuses = entries.iter().rev().filter_map(|entry| entry["after"]["status"].as_str());
        let entered: Vec<String> = statuses.map(str::to_owned).collect();
        let filings = entries.len() - entered.len();
        assert_eq!(filings, usize::from(!moves.is_empty()), "the ledger of {item}");
        assert_eq!(entered, moves, "the ledger of {item}");
    }

    /// The statuses an item was given, oldest first.
    fn moves_of(&self, id: &str) -> Vec<String> {
        let changes = self.read(&format!("/items/{id}/status-changes"));
        let changes = changes["items"].as_array().expect("a list");
        changes.iter().map(|change| change["to"].as_str().expect("a status").to_owned()).collect()
    }

    fn read(&self, path: &str) -> Value {
        let (status, answer) = ask(&self.url, "GET", path, Some(&self.token), None).expect("an answer");
        assert_eq!(status, 200, "{path} was acknowledged: {answer}");
        answer
    }
}
