//! R5: what is sent again with the same key is done once, after the program was killed as well as at the same time, and
//! another body with the key is refused.

use std::collections::BTreeSet;
use std::sync::Barrier;
use std::thread;

use serde_json::{Value, json};

use crate::figures::Figure;
use crate::ground::Ground;
use crate::load::sign_in;
use crate::scale::amount;
use crate::stored::{MARK, items};
use crate::wire::{Answer, Request, send};

fn post(url: &str, token: &str, key: &str, mark: &str) -> Answer {
    let body =
        json!({"kind": "commitment", "title": {"en": format!("{MARK}{mark}")}, "due_on": "2030-12-31"});
    let headers = [("Idempotency-Key", key)];
    send(url, &Request::post("/api/v1/items", &body).by(token).with(&headers)).answer().expect("an answer")
}

fn id_of(answer: &Answer) -> Value {
    answer.body["id"].clone()
}

/// Posts with one key from many sides at once. What was not the same for all.
fn at_once(url: &str, token: &str, sides: usize) -> Option<String> {
    let start = Barrier::new(sides);
    let answers: Vec<Answer> = thread::scope(|scope| {
        let posting: Vec<_> = (0..sides)
            .map(|_side| {
                let start = &start;
                scope.spawn(move || {
                    start.wait();
                    post(url, token, "at-once", "at once")
                })
            })
            .collect();
        posting.into_iter().map(|side| side.join().expect("a side ended well")).collect()
    });
    let made: Vec<&Answer> = answers.iter().filter(|answer| answer.status != 409).collect();
    let ids: BTreeSet<String> = made.iter().map(|answer| id_of(answer).to_string()).collect();
    let wrong = made.iter().any(|answer| answer.status != 201) || ids.len() != 1;
    wrong.then(|| format!("{:?}", answers.iter().map(|answer| answer.status).collect::<Vec<_>>()))
}

fn once_each(ground: &Ground) {
    let keys = amount(20, 200);
    // Tokens are good for the address that they were made for, wherever the system has it listen.
    let launch = ground.serve().with(&["--public-url", "http://register.example"]);
    let program = launch.start();
    let token = sign_in(&program.url, &ground.officer());
    let name = |key: usize| (format!("key-{key}"), format!("key {key}"));
    let mut first = Vec::new();
    for key in 0..keys {
        let (key, mark) = name(key);
        let answer = post(&program.url, &token, &key, &mark);
        assert_eq!(answer.status, 201, "{answer:?}");
        first.push(id_of(&answer));
    }
    program.kill();
    let program = launch.start();
    let mut wrong = Vec::new();
    for (key, id) in first.iter().enumerate() {
        let (key, mark) = name(key);
        let again = post(&program.url, &token, &key, &mark);
        let other = post(&program.url, &token, &key, "another body");
        if (again.status, id_of(&again), other.status) != (201, id.clone(), 422) {
            wrong.push(format!("{key}: {} {} {}", again.status, id_of(&again), other.status));
        }
    }
    wrong.extend(at_once(&program.url, &token, 50));
    let stored = items(ground).len();
    drop(program);
    ground.is_whole();
    let counted = format!("{keys} keys sent again, 50 posts of one key, {stored} items, wrong {wrong:?}");
    let reached = wrong.is_empty() && stored == keys + 1;
    let pass = "0 duplicates; other body 422; one item of 50 posts";
    Figure { test: "R5 idempotency keys", database: ground.name, rounds: keys, counted, pass, reached }
        .hold();
}

#[test]
fn what_is_sent_again_with_its_key_is_done_once() {
    Ground::on_both(once_each);
}
