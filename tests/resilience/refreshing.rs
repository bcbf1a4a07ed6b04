//! R13: a refresh token is good once, whoever comes at the same time, and a program that dies between the change and
//! the answer leaves nobody with two lives.

use std::sync::Barrier;
use std::thread;

use serde_json::json;

use crate::figures::Figure;
use crate::ground::Ground;
use crate::program::Account;
use crate::scale::amount;
use crate::stored::number;
use crate::wire::{Answer, Fate, Request, send};

/// A session as its holder knows it.
#[derive(Debug, Clone)]
struct Session {
    access: String,
    refresh: String,
}

impl Session {
    fn of(answer: &Answer) -> Self {
        let text = |name: &str| answer.body[name].as_str().expect("a token").to_owned();
        Self { access: text("access_token"), refresh: text("refresh_token") }
    }

    fn sign_in(url: &str, account: &Account) -> Self {
        let credentials = json!({"email": account.email, "password": account.password});
        let answer = send(url, &Request::post("/api/v1/auth/login", &credentials)).answer();
        let answer = answer.expect("an answer");
        assert_eq!(answer.status, 200, "{answer:?}");
        Self::of(&answer)
    }

    fn renew(&self, url: &str) -> Fate {
        send(url, &Request::post("/api/v1/auth/refresh", &json!({"refresh_token": self.refresh})))
    }

    fn end(&self, url: &str) -> Fate {
        send(url, &Request { method: "POST", ..Request::get("/api/v1/auth/logout") }.by(&self.access))
    }

    fn lives(&self, url: &str) -> bool {
        let answer = send(url, &Request::get("/api/v1/me").by(&self.access)).answer().expect("an answer");
        assert!([200, 401].contains(&answer.status), "{answer:?}");
        answer.status == 200
    }
}

fn status(fate: &Fate) -> u16 {
    match fate {
        Fate::Answered(answer) => answer.status,
        Fate::Refused | Fate::Cut | Fate::Hung => 0,
    }
}

/// Does several things at the same time.
fn together<T: Send>(works: Vec<Box<dyn FnOnce() -> T + Send + '_>>) -> Vec<T> {
    let start = Barrier::new(works.len());
    thread::scope(|scope| {
        let doing: Vec<_> = works
            .into_iter()
            .map(|work| {
                let start = &start;
                scope.spawn(move || {
                    start.wait();
                    work()
                })
            })
            .collect();
        doing.into_iter().map(|done| done.join().expect("it was done")).collect()
    })
}

/// How many sessions have more than one refresh token that was not used.
fn two_lives(ground: &Ground) -> i64 {
    let two =
        "SELECT session_id FROM refresh_token WHERE used_at IS NULL GROUP BY session_id HAVING COUNT(*) > 1";
    number(ground, &format!("SELECT COUNT(*) FROM ({two}) AS two"))
}

/// Of so many uses at the same time one wins; as the others are uses of a spent token, all end with it.
fn one_wins(ground: &Ground, url: &str) -> Result<(), String> {
    let session = Session::sign_in(url, &ground.officer());
    let uses: Vec<Box<dyn FnOnce() -> Fate + Send + '_>> = (0..50)
        .map(|_use| {
            let session = &session;
            Box::new(move || session.renew(url)) as Box<dyn FnOnce() -> Fate + Send + '_>
        })
        .collect();
    let fates = together(uses);
    let won: Vec<Session> = fates
        .iter()
        .filter(|fate| status(fate) == 200)
        .filter_map(|fate| fate.clone().answer())
        .map(|answer| Session::of(&answer))
        .collect();
    let refused = fates.iter().filter(|fate| status(fate) == 401).count();
    let [heir] = won.as_slice() else { return Err(format!("{} won", won.len())) };
    if refused != 49 {
        return Err(format!("{refused} refused"));
    }
    if heir.lives(url) || session.lives(url) || status(&heir.renew(url)) != 401 {
        return Err("somebody lives after a spent token came back".to_owned());
    }
    Ok(())
}

/// The spent token comes back while its holder goes on and signs out: in the end nobody is signed in.
fn nobody_stays(ground: &Ground, url: &str) -> Result<(), String> {
    let session = Session::sign_in(url, &ground.officer());
    let heir = Session::of(&session.renew(url).answer().expect("an answer"));
    let fates = together(vec![
        Box::new(|| session.renew(url)) as Box<dyn FnOnce() -> Fate + Send + '_>,
        Box::new(|| heir.renew(url)),
        Box::new(|| heir.end(url)),
    ]);
    let [reused, renewed, ended] = fates.try_into().expect("three fates");
    if status(&reused) != 401 || ![204, 401].contains(&status(&ended)) {
        return Err(format!("{reused:?} {ended:?}"));
    }
    let last = renewed.answer().filter(|answer| answer.status == 200).map(|answer| Session::of(&answer));
    let alive = last.is_some_and(|last| last.lives(url) || status(&last.renew(url)) == 200);
    if alive || heir.lives(url) { Err("somebody stayed".to_owned()) } else { Ok(()) }
}

/// The program dies when the token was exchanged and nobody was told. The holder asks again with the old one, which was
/// used: the session ends, and the holder signs in anew.
fn nobody_lives_twice(ground: &Ground) -> Result<(), String> {
    let dying = ground.serve().ending_at("refresh.committed", 1).start();
    let session = Session::sign_in(&dying.url, &ground.officer());
    let fate = session.renew(&dying.url);
    if !matches!(fate, Fate::Cut) {
        return Err(format!("{fate:?}"));
    }
    dying.wait();
    let program = ground.serve().start();
    let url = program.url.as_str();
    if two_lives(ground) != 0 {
        return Err("two tokens of one session can be used".to_owned());
    }
    let again = status(&session.renew(url));
    if again != 401 || session.lives(url) {
        return Err(format!("the spent token is answered {again}"));
    }
    if Session::sign_in(url, &ground.officer()).lives(url) { Ok(()) } else { Err("locked out".to_owned()) }
}

fn holds(ground: &Ground) {
    let rounds = amount(1, 20);
    let program = ground.serve().start();
    let mut wrong = Vec::new();
    for _round in 0..rounds {
        wrong.extend(one_wins(ground, &program.url).err());
        wrong.extend(nobody_stays(ground, &program.url).err());
    }
    drop(program);
    for _round in 0..amount(1, 5) {
        wrong.extend(nobody_lives_twice(ground).err());
    }
    ground.is_whole();
    let counted = format!("{} uses, wrong {wrong:?}", rounds * 50);
    let pass = "1 success of 50, family revoked, never two live descendants";
    let reached = wrong.is_empty();
    Figure { test: "R13 refresh", database: ground.name, rounds, counted, pass, reached }.hold();
}

#[test]
fn a_refresh_token_is_good_once_whoever_comes_and_whatever_dies() {
    Ground::on_both(holds);
}
