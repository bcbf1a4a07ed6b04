//! R14: somebody guesses passwords as fast as they can. From the sixth on they are kept out, whoever is signed in goes
//! on, whoever reads is answered, and nobody learns by the time it takes whether an account exists.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::figures::Figure;
use crate::ground::Ground;
use crate::load::{Stop, sign_in};
use crate::scale::{amount, is_long};
use crate::wire::{Answer, Request, send};

/// How many guess at the same time.
const GUESSERS: usize = 8;

/// How slow the slowest reads may be meanwhile: one of a hundred takes longer.
const READS: Duration = Duration::from_millis(500);

/// Tries a password as a proxy passes it on from somewhere.
fn guess(url: &str, email: &str, from: &str) -> Answer {
    let body = json!({"email": email, "password": "not the one that opens it"});
    let headers = [("X-Forwarded-For", from)];
    send(url, &Request::post("/api/v1/auth/login", &body).with(&headers)).answer().expect("an answer")
}

/// A network that is not that of any other number.
fn network(number: usize) -> String {
    format!("198.{}.{}.1", 18 + number / 250 % 2, number % 250)
}

/// What was answered while somebody guessed: how many guesses were looked at, and how long reads took.
struct Flooded {
    looked_at: usize,
    odd: Vec<u16>,
    reads: Vec<Duration>,
    owner_stays: bool,
}

fn flood(url: &str, ground: &Ground, guesses: usize) -> Flooded {
    let owner = sign_in(url, &ground.officer());
    let email = ground.officer().email;
    let (left, over) = (AtomicUsize::new(guesses), AtomicBool::new(false));
    let keep_guessing = || {
        let mut statuses = Vec::new();
        while left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok() {
            statuses.push(guess(url, &email, "203.0.113.7").status);
        }
        statuses
    };
    thread::scope(|scope| {
        let stop = Stop(&over);
        let reader = scope.spawn(|| {
            let (mut reads, mut stays) = (Vec::new(), true);
            while !over.load(Ordering::Relaxed) {
                let begun = Instant::now();
                let list = send(url, &Request::get("/api/v1/items?limit=20").by(&owner)).answer();
                reads.push(begun.elapsed());
                stays &= list.is_some_and(|list| list.status == 200);
            }
            (reads, stays)
        });
        let guessing: Vec<_> = (0..GUESSERS).map(|_guesser| scope.spawn(keep_guessing)).collect();
        let statuses: Vec<u16> =
            guessing.into_iter().flat_map(|guesser| guesser.join().expect("guesses ended")).collect();
        drop(stop);
        let (reads, owner_stays) = reader.join().expect("reads ended");
        let looked_at = statuses.iter().filter(|status| **status == 401).count();
        let odd = statuses.into_iter().filter(|status| ![401, 429, 503].contains(status)).collect();
        Flooded { looked_at, odd, reads, owner_stays }
    })
}

/// The one below which so many of a hundred are.
fn percentile(durations: &mut [Duration], hundredths: usize) -> Duration {
    durations.sort_unstable();
    durations.get(durations.len() * hundredths / 100).copied().unwrap_or_default()
}

#[test]
fn who_guesses_is_kept_out_and_nobody_else() {
    let guesses = amount(200, 10_000);
    let ground = Ground::on_sqlite();
    let program = ground.serve().with(&["--trusted-proxies", "127.0.0.1"]).start();
    let mut flooded = flood(&program.url, &ground, guesses);
    let (count, slow) = (flooded.reads.len(), percentile(&mut flooded.reads, 99));
    let counted = format!(
        "{guesses} guesses, {} looked at, odd {:?}, {count} reads with p99 {} ms, owner stays: {}",
        flooded.looked_at,
        flooded.odd,
        slow.as_millis(),
        flooded.owner_stays
    );
    // How fast it is, is a figure of the long form alone.
    let fast = !is_long() || slow < READS;
    let reached = flooded.looked_at == 5 && flooded.odd.is_empty() && flooded.owner_stays && fast;
    let pass = "throttled from the 6th, the owner's session goes on, reads p99 < 500 ms";
    Figure { test: "R14 guesses at one account", database: ground.name, rounds: 1, counted, pass, reached }
        .hold();
}

/// An answer without what is different in each.
fn without_id(answer: &Answer) -> (u16, serde_json::Value) {
    let mut body = answer.body.clone();
    for name in ["request_id", "instance"] {
        body.as_object_mut().expect("a problem").remove(name);
    }
    (answer.status, body)
}

#[test]
fn nobody_learns_from_an_answer_or_its_time_whether_an_account_exists() {
    let tries = amount(6, 90);
    let ground = Ground::on_sqlite();
    let program = ground.serve().with(&["--trusted-proxies", "127.0.0.1"]).start();
    let email = ground.officer().email;
    let (mut known, mut unknown, mut alike) = (Vec::new(), Vec::new(), true);
    for number in 0..tries {
        // Each from a network of its own, and one after the other, now this one first and now that, so that both meet
        // the same machine.
        let nobody = format!("nobody{number}@demo.local");
        let mut answers = Vec::new();
        for turn in [number % 2, 1 - number % 2] {
            let begun = Instant::now();
            let who = if turn == 0 { &email } else { &nobody };
            answers.push(without_id(&guess(&program.url, who, &network(2 * number + turn))));
            let took = if turn == 0 { &mut known } else { &mut unknown };
            took.push(begun.elapsed());
        }
        alike &= answers.iter().all(|answer| answer.0 == 401 && Some(answer) == answers.first());
    }
    let (one, other) = (percentile(&mut known, 50), percentile(&mut unknown, 50));
    let apart = one.abs_diff(other).as_secs_f64() / one.as_secs_f64() * 100.0;
    let counted = format!(
        "medians {:.1} ms known, {:.1} ms unknown, {apart:.1} % apart, same answers: {alike}",
        one.as_secs_f64() * 1e3,
        other.as_secs_f64() * 1e3
    );
    let reached = alike && (!is_long() || apart < 10.0);
    let pass = "the same answer, medians within 10 %";
    Figure {
        test: "R14 known and unknown accounts",
        database: ground.name,
        rounds: tries,
        counted,
        pass,
        reached,
    }
    .hold();
}
