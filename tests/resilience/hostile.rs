//! R10 and R11: headers and bodies that no good client sends, over the socket as they are. Each is refused, once; what is
//! refused takes no memory; and no link is made from what a request says of its host.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use crate::figures::Figure;
use crate::ground::Ground;
use crate::launch::Running;
use crate::load::sign_in;
use crate::scale::amount;
use crate::wire::{Request, send};

/// When a program that neither answers nor closes is said to hang.
const PATIENCE: Duration = Duration::from_secs(30);

/// How much more memory the program may have after all of it, in KiB.
const GROWTH_KIB: u64 = 20 * 1024;

/// How much of a body without an end is sent before it has to be refused.
const ENDLESS: usize = 64 * 1024 * 1024;

/// What is sent, and the statuses that it may be answered with: once, or where 0 is among them, not at all.
struct Case {
    name: &'static str,
    bytes: Vec<u8>,
    statuses: &'static [u16],
}

/// Sends bytes and reads all that comes back, answers and refusals alike.
fn exchange(url: &str, bytes: &[u8]) -> String {
    let host = url.strip_prefix("http://").expect("an address without encryption");
    let mut stream = TcpStream::connect(host).expect("a connection");
    stream.set_read_timeout(Some(PATIENCE)).expect("a time limit");
    stream.set_write_timeout(Some(PATIENCE)).expect("a time limit");
    // What is refused before its end need not be taken to its end.
    let _taken = stream.write_all(bytes);
    let mut answer = Vec::new();
    let _read = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

/// The statuses of all answers in what came back.
fn statuses(answer: &str) -> Vec<u16> {
    let heads = answer.match_indices("HTTP/1.1 ");
    heads.filter_map(|(at, _)| answer.get(at + 9..at + 12)?.parse().ok()).collect()
}

fn head(lines: &[&str]) -> Vec<u8> {
    format!("{}\r\n\r\n", lines.join("\r\n")).into_bytes()
}

/// A request with a second one behind it, which must never be answered.
fn smuggling(lines: &[&str], body: &str) -> Vec<u8> {
    let second = "GET /livez HTTP/1.1\r\nHost: second\r\n\r\n";
    [head(lines), body.as_bytes().to_vec(), second.as_bytes().to_vec()].concat()
}

fn headers() -> Vec<Case> {
    let token = format!("Authorization: Bearer {}", "a".repeat(64 * 1024));
    let many: Vec<String> = (0..200).map(|number| format!("X-Number-{number}: {number}")).collect();
    let mut with_many = vec!["GET /livez HTTP/1.1", "Host: a"];
    with_many.extend(many.iter().map(String::as_str));
    let post = "POST /api/v1/auth/login HTTP/1.1";
    let refused: &[u16] = &[400, 431];
    let case = |name, bytes| Case { name, bytes, statuses: refused };
    vec![
        case("64 KiB token", head(&["GET /livez HTTP/1.1", "Host: a", &token])),
        case("200 headers", head(&with_many)),
        case("two lengths", smuggling(&[post, "Host: a", "Content-Length: 2", "Content-Length: 44"], "{}")),
        case("a length of two", smuggling(&[post, "Host: a", "Content-Length: 2, 44"], "{}")),
        case("a signed length", smuggling(&[post, "Host: a", "Content-Length: +2"], "{}")),
        case(
            "chunks that are not last",
            smuggling(&[post, "Host: a", "Transfer-Encoding: chunked, identity"], "0\r\n\r\n"),
        ),
        case("a folded header", head(&["GET /livez HTTP/1.1", "Host: a", "X-Folded: one", " two"])),
        case("a space before the colon", head(&["GET /livez HTTP/1.1", "Host : a"])),
        case("no host", head(&["GET /livez HTTP/1.1"])),
        case("two hosts", head(&["GET /livez HTTP/1.1", "Host: a", "Host: b"])),
        case(
            "a line feed alone in a value",
            head(&["GET /livez HTTP/1.1", "Host: a", "X-Split: one\nX-Other: two\0"]),
        ),
        case("no version", b"GET /livez\r\n\r\n".to_vec()),
        Case {
            name: "another protocol",
            bytes: b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(),
            statuses: &[0, 400, 505],
        },
        case("nonsense", vec![0xff; 4096]),
    ]
}

/// A length and chunks. The chunks hold, nothing else is taken from the connection (RFC 9112, section 6.3), and what
/// they hold is no JSON.
fn ambiguous() -> Vec<Case> {
    let post = "POST /api/v1/auth/login HTTP/1.1";
    let (length, chunks) = ("Content-Length: 5", "Transfer-Encoding: chunked");
    [("length and chunks", [length, chunks]), ("chunks and length", [chunks, length])]
        .map(|(name, [one, other])| Case {
            name,
            bytes: smuggling(&[post, "Host: a", one, other], "0\r\n\r\n"),
            statuses: &[400, 415],
        })
        .into()
}

fn body(token: &str, kind: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "POST /api/v1/items HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer \
         {token}\r\n{kind}Content-Length: {length}\r\n\r\n"
    );
    [head.as_bytes(), body].concat()
}

fn bodies(token: &str) -> Vec<Case> {
    const JSON: &str = "Content-Type: application/json\r\n";
    let keys: Vec<String> = (0..10_000).map(|number| format!("\"key {number}\":{number}")).collect();
    let of_a_title = |title: &[u8]| {
        let (before, after) = (br#"{"kind":"commitment","title":{"en":"#.as_slice(), b"}}".as_slice());
        [before, title, after].concat()
    };
    let json = |name, text: &[u8], statuses| Case { name, bytes: body(token, JSON, text), statuses };
    let declared = format!(
        "POST /api/v1/items HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {token}\r\n{JSON}Content-Length: \
         10737418240\r\n\r\n{{"
    );
    let mut endless = format!(
        "POST /api/v1/items HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {token}\r\n{JSON}Transfer-Encoding: \
         chunked\r\n\r\n"
    )
    .into_bytes();
    let chunk = [b"10000\r\n".as_slice(), &vec![b' '; 0x10000], b"\r\n"].concat();
    while endless.len() < ENDLESS {
        endless.extend_from_slice(&chunk);
    }
    vec![
        json("64 KiB and one", &vec![b' '; 64 * 1024 + 1], &[413]),
        Case { name: "10 GiB declared", bytes: declared.into_bytes(), statuses: &[413] },
        Case { name: "chunks without end", bytes: endless, statuses: &[413] },
        json("100,000 brackets", &[b'['; 100_000], &[400, 413]),
        json("60,000 brackets", &[b'['; 60_000], &[400]),
        json("10,000 keys", format!("{{{}}}", keys.join(",")).as_bytes(), &[400, 413, 422]),
        json("a key twice", br#"{"kind":"commitment","kind":"proposal"}"#, &[400]),
        json("no UTF-8", &of_a_title(b"\"\xff\""), &[400]),
        json("half a pair", &of_a_title(br#""\ud800""#), &[400]),
        json("NUL", &of_a_title(br#""\u0000""#), &[400, 422]),
        json("1e400", &of_a_title(b"1e400"), &[400, 422]),
        json("-0", &of_a_title(b"-0"), &[400, 422]),
        json("2^63", &of_a_title(b"9223372036854775808"), &[400, 422]),
        json("a mark of order", b"\xef\xbb\xbf{}", &[400]),
        Case { name: "no type", bytes: body(token, "", b"{}"), statuses: &[415] },
        Case {
            name: "another type",
            bytes: body(token, "Content-Type: text/xml\r\n", b"<a/>"),
            statuses: &[415],
        },
        Case {
            name: "two types",
            bytes: body(token, "Content-Type: application/json\r\nContent-Type: text/xml\r\n", b"{}"),
            statuses: &[400, 415, 422],
        },
    ]
}

/// Sends every case; what was answered otherwise than it may be.
fn wrong(program: &Running, cases: &[Case]) -> Vec<String> {
    let differently = |case: &Case| {
        let answered = statuses(&exchange(&program.url, &case.bytes));
        let good = match answered.as_slice() {
            [] => case.statuses.contains(&0),
            [status] => case.statuses.contains(status),
            _ => false,
        };
        (!good).then(|| format!("{}: {answered:?}", case.name))
    };
    cases.iter().filter_map(differently).collect()
}

#[test]
fn no_header_and_no_body_is_answered_twice_or_costs_memory() {
    let rounds = amount(2, 100);
    let ground = Ground::on_sqlite();
    let program = ground.serve().start();
    let token = sign_in(&program.url, &ground.officer());
    let cases: Vec<Case> = headers().into_iter().chain(ambiguous()).chain(bodies(&token)).collect();
    let mut faults = wrong(&program, &cases);
    let before = program.memory_kib();
    for _round in 1..rounds {
        faults.extend(wrong(&program, &cases));
    }
    let growth = program.memory_kib().saturating_sub(before);
    let alive =
        send(&program.url, &Request::get("/readyz")).answer().is_some_and(|ready| ready.status == 200);
    let panics = program.logged().contains("panicked");
    let counted = format!(
        "{} requests, {growth} KiB more memory, panics: {panics}, wrong {faults:?}",
        rounds * cases.len()
    );
    let reached = faults.is_empty() && growth < GROWTH_KIB && alive && !panics;
    let pass = "400, 413, 415, 422 or 431, one answer each, < 20 MiB";
    Figure { test: "R10, R11 hostile requests", database: ground.name, rounds, counted, pass, reached }
        .hold();
}

#[test]
fn links_are_made_from_the_configured_address_whatever_a_request_says_of_its_host() {
    let ground = Ground::on_sqlite();
    let program = ground.serve().with(&["--public-url", "https://register.example"]).start();
    for lines in [
        ["GET /api/v1/items?limit=1 HTTP/1.1", "Host: evil.example", "Connection: close"],
        ["GET http://evil.example/api/v1/items?limit=1 HTTP/1.1", "Host: evil.example", "Connection: close"],
        [
            "GET /api/v1/items?limit=1 HTTP/1.1",
            "Host: a\r\nX-Forwarded-Host: evil.example",
            "Connection: close",
        ],
        [
            "GET /api/v1/items?limit=1 HTTP/1.1",
            "Host: a\r\nForwarded: host=evil.example",
            "Connection: close",
        ],
        ["GET /en/items HTTP/1.1", "Host: evil.example", "Connection: close"],
        ["GET /.well-known/security.txt HTTP/1.1", "Host: evil.example", "Connection: close"],
    ] {
        let answer = exchange(&program.url, &head(&lines));
        assert_eq!(statuses(&answer).len(), 1, "{lines:?}");
        assert!(!answer.contains("evil.example"), "{lines:?}: {answer}");
        if lines[0].contains("/api/v1/items") {
            assert!(answer.contains("https://register.example/api/v1/items"), "{lines:?}: {answer}");
        }
    }
}
