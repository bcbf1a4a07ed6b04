//! Clients that misbehave, by raw sockets. Each test waits for the socket to close, never for time to pass.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::routing::{get, post};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

use super::serve;
use crate::config::Limits;
use crate::shutdown::{StopSwitch, switch};

/// Longer than anything takes that ends at all.
const PATIENCE: Duration = Duration::from_secs(20);

/// Far shorter than a client's patience, far longer than a request takes.
const SHORT: Duration = Duration::from_millis(300);

const HELLO: &[u8] = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n";

struct Server {
    address: SocketAddr,
    switch: StopSwitch,
    running: JoinHandle<usize>,
}

impl Server {
    async fn start(router: Router, limits: Limits) -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = socket.local_addr().unwrap();
        let (switch, stop) = switch();
        let running = tokio::spawn(serve(socket, router, limits, stop));
        Self { address, switch, running }
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    async fn say(&self, bytes: &[u8]) -> TcpStream {
        let mut stream = self.connect().await;
        stream.write_all(bytes).await.unwrap();
        stream
    }

    /// How many requests were cut.
    async fn stopped(self) -> usize {
        tokio::time::timeout(PATIENCE, self.running).await.unwrap().unwrap()
    }
}

fn limits() -> Limits {
    Limits { header: SHORT, stall: SHORT, shutdown: PATIENCE, ..Limits::default() }
}

fn greeter() -> Router {
    Router::new().route("/", get(async || "hello").post(async |body: String| body))
}

/// Everything until the server closes the connection; a reset counts as its end.
async fn rest(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let read = tokio::time::timeout(PATIENCE, async {
        let mut buffer = [0; 4096];
        while let Ok(count @ 1..) = stream.read(&mut buffer).await {
            bytes.extend_from_slice(&buffer[..count]);
        }
    });
    read.await.expect("the server keeps the connection open");
    String::from_utf8_lossy(&bytes).into_owned()
}

/// One answer of a known last word.
async fn answer_ending_in(stream: &mut TcpStream, last: &str) -> String {
    let mut text = String::new();
    let mut buffer = [0; 4096];
    while !text.ends_with(last) {
        let count = tokio::time::timeout(PATIENCE, stream.read(&mut buffer)).await.unwrap().unwrap();
        assert_ne!(count, 0, "closed after {text:?}");
        text.push_str(&String::from_utf8_lossy(&buffer[..count]));
    }
    text
}

#[tokio::test]
async fn a_silent_connection_is_closed_without_a_word() {
    let server = Server::start(greeter(), limits()).await;
    let begun = Instant::now();
    assert_eq!(rest(&mut server.connect().await).await, "");
    assert!(begun.elapsed() >= SHORT);
}

#[tokio::test]
async fn half_a_header_is_not_waited_for() {
    let server = Server::start(greeter(), limits()).await;
    let mut stream = server.say(b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ").await;
    let answer = rest(&mut stream).await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408"), "{answer}");
}

#[tokio::test]
async fn an_idle_connection_serves_again_and_is_then_closed() {
    let server = Server::start(greeter(), limits()).await;
    let mut stream = server.say(HELLO).await;
    for _ in 0..2 {
        assert!(answer_ending_in(&mut stream, "hello").await.starts_with("HTTP/1.1 200"));
        stream.write_all(HELLO).await.unwrap();
    }
    let begun = Instant::now();
    assert!(rest(&mut stream).await.ends_with("hello"));
    assert!(begun.elapsed() >= SHORT / 2);
}

/// Tells that it is no longer held.
struct Tell(Arc<Notify>);

impl Drop for Tell {
    fn drop(&mut self) {
        self.0.notify_one();
    }
}

#[tokio::test]
async fn a_client_that_takes_no_answer_is_cut() {
    let dropped = Arc::new(Notify::new());
    let tell = Arc::clone(&dropped);
    let endless = async move || {
        let guard = Tell(tell);
        let chunks = futures_util::stream::repeat_with(move || {
            let _held = &guard;
            Ok::<_, std::io::Error>(bytes::Bytes::from(vec![b'x'; 65_536]))
        });
        axum::body::Body::from_stream(chunks)
    };
    let server = Server::start(Router::new().route("/", get(endless)), limits()).await;
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4_096).unwrap();
    let mut stream = socket.connect(server.address).await.unwrap();
    stream.write_all(HELLO).await.unwrap();
    tokio::time::timeout(PATIENCE, dropped.notified()).await.expect("the answer is held for ever");
}

#[tokio::test]
async fn too_large_and_too_many_headers_are_refused() {
    let limits = Limits { header: PATIENCE, ..Limits::default() };
    let server = Server::start(greeter(), limits).await;
    let large = format!("GET / HTTP/1.1\r\nHost: a\r\nAuthorization: {}\r\n\r\n", "x".repeat(65_536));
    let many = format!("GET / HTTP/1.1\r\nHost: a\r\n{}\r\n", "X: y\r\n".repeat(200));
    for request in [large, many] {
        let mut stream = server.connect().await;
        // The server may close before it has read everything.
        let _cut = stream.write_all(request.as_bytes()).await;
        let answer = rest(&mut stream).await;
        assert!(answer.starts_with("HTTP/1.1 431 "), "{answer:?}");
    }
}

#[tokio::test]
async fn ambiguous_framing_never_gets_two_answers() {
    let server = Server::start(greeter(), limits()).await;
    for head in [
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Content-Length: 5\r\nContent-Length: 6",
        "Transfer-Encoding: chunked, identity",
        "X: a\r\n folded",
    ] {
        let smuggled = "0\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n";
        let request = format!("POST / HTTP/1.1\r\nHost: a\r\n{head}\r\n\r\n{smuggled}");
        let mut stream = server.say(request.as_bytes()).await;
        let answer = rest(&mut stream).await;
        assert!(answer.matches("HTTP/1.1 200").count() <= 1, "{head}: {answer}");
        assert!(!answer.contains("hello"), "{head}: {answer}");
    }
}

#[tokio::test]
async fn more_connections_than_allowed_wait_and_are_served_when_there_is_room() {
    let limits = Limits { connections: 2, header: PATIENCE, ..limits() };
    let server = Server::start(greeter(), limits).await;
    let first = server.say(b"G").await;
    let _second = server.say(b"G").await;
    let mut third = server.say(HELLO).await;
    let early = tokio::time::timeout(SHORT, third.readable()).await;
    assert!(early.is_err(), "a third connection was served");
    drop(first);
    assert!(answer_ending_in(&mut third, "hello").await.starts_with("HTTP/1.1 200"));
}

#[tokio::test]
async fn a_request_under_way_is_answered_after_the_request_to_stop_and_no_other() {
    let (begun, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (tell, wait) = (Arc::clone(&begun), Arc::clone(&go_on));
    let slow = async move || {
        tell.notify_one();
        wait.notified().await;
        "finished"
    };
    let server = Server::start(Router::new().route("/", post(slow)), limits()).await;
    let mut under_way = server.say(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n").await;
    begun.notified().await;
    server.switch.stop();
    // The socket that listens is closed first: once nobody can connect, the request is still under way.
    let refused = async { while TcpStream::connect(server.address).await.is_ok() {} };
    tokio::time::timeout(PATIENCE, refused).await.unwrap();
    go_on.notify_one();
    let answer = rest(&mut under_way).await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("finished"), "{answer}");
    assert_eq!(server.stopped().await, 0);
}

#[tokio::test]
async fn idle_and_silent_connections_do_not_delay_the_end() {
    let limits = Limits { header: PATIENCE * 10, ..limits() };
    let server = Server::start(greeter(), limits).await;
    let mut idle = server.say(HELLO).await;
    answer_ending_in(&mut idle, "hello").await;
    let mut silent = server.connect().await;
    server.switch.stop();
    assert_eq!(rest(&mut idle).await + &rest(&mut silent).await, "");
    assert_eq!(server.stopped().await, 0);
}

#[tokio::test]
async fn a_request_that_never_ends_is_cut_in_the_end() {
    let begun = Arc::new(Notify::new());
    let tell = Arc::clone(&begun);
    let never = async move || {
        tell.notify_one();
        std::future::pending::<()>().await;
    };
    let limits = Limits { shutdown: SHORT, ..limits() };
    let server = Server::start(Router::new().route("/", get(never)), limits).await;
    let mut stream = server.say(HELLO).await;
    begun.notified().await;
    server.switch.stop();
    assert_eq!(rest(&mut stream).await, "");
    assert_eq!(server.stopped().await, 1);
}
