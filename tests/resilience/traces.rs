//! What clients leave behind: neither where they come from nor with what is in anything that is kept, and nothing that
//! they send makes a line of its own in the log.

use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::Path;

use qadam_tests::socket::visit_saying;
use serde_json::{Value, json};

use crate::ground::{Ground, sqlite_in};
use crate::launch::Launch;
use crate::load::sign_in;
use crate::program::run;
use crate::wire::{Answer, Request, send};

/// Where everybody comes from. RFC 5737 keeps it for examples.
const ADDRESS: &str = "203.0.113.77";
/// With what.
const AGENT: &str = "CanaryBrowser/7.7";
/// From which page of another site.
const REFERRER: &str = "canary-referrer.example";
/// What is written into the register, to see that what is looked through is what is kept.
const TITLE: &str = "Canary of the shaft";

const TRACES: [&str; 3] = [ADDRESS, AGENT, REFERRER];
const HEADERS: [(&str, &str); 3] = [
    ("X-Forwarded-For", ADDRESS),
    ("User-Agent", AGENT),
    ("Referer", "https://canary-referrer.example/page"),
];

fn ask(url: &str, request: Request<'_>) -> Answer {
    send(url, &request.with(&HEADERS)).answer().expect("an answer")
}

/// What people do: come in and fail to, file, read, search, and ask for what is not there or not theirs.
fn people_are_here(url: &str, ground: &Ground) {
    let officer = ground.officer();
    let wrong = json!({"email": officer.email, "password": "kumquat saddle orbiT"});
    assert_eq!(ask(url, Request::post("/api/v1/auth/login", &wrong)).status, 401);
    let right = json!({"email": officer.email, "password": officer.password});
    let tokens = ask(url, Request::post("/api/v1/auth/login", &right));
    assert_eq!(tokens.status, 200, "{tokens:?}");
    let token = tokens.body["access_token"].as_str().expect("a token");
    let again = json!({"refresh_token": tokens.body["refresh_token"]});
    assert_eq!(ask(url, Request::post("/api/v1/auth/refresh", &again)).status, 200);
    let filed = json!({"kind": "proposal", "title": {"en": TITLE}, "summary": {"en": "Seen by nobody."}});
    let member = sign_in(url, &ground.account("ngo_member", "DEMO-NGO"));
    assert_eq!(ask(url, Request::post("/api/v1/items", &filed).by(&member)).status, 201);
    for (path, status) in [
        ("/api/v1/me", 200),
        ("/api/v1/items?q=canary", 200),
        ("/api/v1/items?nonsense=1", 400),
        ("/api/v1/items/P-2026-9999", 404),
        ("/api/v1/users", 403),
        ("/en/", 200),
        ("/en/items?q=canary", 200),
        ("/en/nothing", 404),
    ] {
        assert_eq!(ask(url, Request::get(path).by(token)).status, status, "{path}");
    }
    let form = format!("email={}&password={}&next=", officer.email.replace('@', "%40"), officer.password);
    let (forwarded, agent) = (format!("X-Forwarded-For: {ADDRESS}"), format!("User-Agent: {AGENT}"));
    let said = ["Sec-Fetch-Site: same-origin", &forwarded, &agent];
    let page = visit_saying(url, "/en/sign-in", None, Some(&form), &said).expect("an answer");
    assert_eq!(page.status, 303, "{page:?}");
    let mail = format!("email={}", officer.email.replace('@', "%40"));
    let asked = visit_saying(url, "/en/password/forgotten", None, Some(&mail), &said).expect("an answer");
    assert!(asked.status < 500, "{asked:?}");
}

/// Whether a file holds a text, however large it is.
fn holds(path: &Path, text: &str) -> bool {
    // What was there when the folder was read may be gone: a server works in it.
    let Ok(file) = File::open(path) else { return false };
    let (mut reader, mut window) = (BufReader::new(file), Vec::new());
    let mut chunk = vec![0; 1 << 20];
    loop {
        match reader.read(&mut chunk) {
            Ok(0) | Err(_) => return false,
            Ok(count) => window.extend_from_slice(chunk.get(..count).unwrap_or_default()),
        }
        if window.windows(text.len()).any(|place| place == text.as_bytes()) {
            return true;
        }
        // A text may begin in one chunk and end in the next.
        window.drain(..window.len().saturating_sub(text.len()));
    }
}

/// The files below a folder that hold a text.
fn files_with(folder: &Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files_with(&path, text));
        } else if holds(&path, text) {
            found.push(path.display().to_string());
        }
    }
    found
}

fn has_none(folder: &Path, what: &str) {
    for trace in TRACES {
        assert_eq!(files_with(folder, trace), Vec::<String>::new(), "{trace} is kept in {what}");
    }
}

/// The program behind a proxy that it believes, telling its log as much as it can.
fn telling_all(ground: &Ground) -> Launch {
    ground.serve().with(&["--trusted-proxies", "127.0.0.1", "--log-format", "json"]).telling("trace")
}

#[test]
fn where_people_come_from_and_with_what_is_kept_nowhere() {
    Ground::on_both(|ground| {
        let program = telling_all(ground).start();
        people_are_here(&program.url, ground);
        has_none(ground.directory(), "the data directory of a program at work");
        let archive = ground.directory().join("all.qadam");
        let archive = archive.to_str().expect("a path in Unicode");
        let made = run(&["backup", "--to", archive], ground.directory(), ground.database());
        assert!(made.success, "{made:?}");
        program.terminate();
        program.wait();
        assert!(!program.logged().is_empty(), "the log is told everything");
        has_none(ground.directory(), "the data directory");
        // An archive is compressed: what it holds is read where it was restored.
        let restored = tempfile::tempdir().expect("a folder");
        let told = run(&["restore", archive], restored.path(), &sqlite_in(restored.path()));
        assert!(told.success, "{told:?}");
        has_none(restored.path(), "a backup");
        assert_ne!(files_with(restored.path(), TITLE), Vec::<String>::new(), "what was filed is there");
    });
}

/// What somebody would like to read in the log.
const FORGED: &str = "the ledger was changed by hand";

/// What may be written where, so that a log that repeats it has a line with it.
fn forge(url: &str, ground: &Ground) {
    let line = json!({"timestamp": "2026-01-01T00:00:00Z", "level": "ERROR", "message": FORGED});
    let (lines, colours) = (format!("\n{line}\n"), format!("\r\u{1b}[31m{FORGED}\u{1b}[0m\u{2028}"));
    let in_path: String =
        lines.bytes().flat_map(|byte| format!("%{byte:02X}").into_bytes()).map(char::from).collect();
    let token = sign_in(url, &ground.officer());
    for text in [&lines, &colours] {
        let credentials = json!({"email": format!("somebody@example.org{text}"), "password": text});
        let answer =
            send(url, &Request::post("/api/v1/auth/login", &credentials)).answer().expect("an answer");
        assert!((400..500).contains(&answer.status), "{answer:?}");
        for (path, body) in [
            ("/api/v1/auth/refresh", json!({"refresh_token": text})),
            ("/api/v1/items", json!({"kind": text, "title": {"en": text}})),
            ("/api/v1/me/tokens", json!({"label": text, "scope": text, "password": text})),
        ] {
            let answer = send(url, &Request::post(path, &body).by(&token)).answer().expect("an answer");
            assert!((400..500).contains(&answer.status), "{path}: {answer:?}");
        }
    }
    for path in ["/api/v1/items/", "/api/v1/items?q=", "/en/", "/en/items?sort=", "/problems/"] {
        let path = format!("{path}{in_path}");
        let answer = send(url, &Request::get(&path).by(&token)).answer().expect("an answer");
        assert!(answer.status < 500, "{path}: {answer:?}");
    }
    // Lines end in no header, but tabs and letters above those of ASCII are in them.
    let said = format!("\t{FORGED}\u{85}");
    for name in
        ["X-Request-Id", "traceparent", "User-Agent", "Idempotency-Key", "Accept-Language", "If-Match"]
    {
        let headers = [(name, said.as_str())];
        let answer = send(url, &Request::get("/api/v1/items").with(&headers)).answer().expect("an answer");
        assert!(answer.status < 500, "{name}: {answer:?}");
    }
}

#[test]
fn nobody_writes_a_line_of_their_own_into_the_log() {
    for form in ["json", "pretty"] {
        let ground = Ground::on_sqlite();
        let program = ground.serve().with(&["--log-format", form]).telling("trace").start();
        forge(&program.url, &ground);
        program.terminate();
        program.wait();
        let log = program.logged();
        assert!(log.lines().count() > 20, "the log is told everything: {log}");
        assert!(!log.contains(FORGED) && !log.contains('\u{1b}'), "{log}");
        for line in log.lines().filter(|_| form == "json") {
            let told: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
            assert!(told["level"].is_string() && told["target"].is_string(), "{line}");
        }
    }
}
