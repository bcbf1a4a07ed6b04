//! A mail server that is a program of its own: what it takes it prints, which is how tests hear of it.

use std::io::{BufRead as _, BufReader};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// How long a letter may be on its way.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running server; stopped when it is dropped.
pub(crate) struct MailServer {
    process: Child,
    port: u16,
    letters: Receiver<Letter>,
}

/// A letter as it arrived.
#[derive(Debug)]
pub(crate) struct Letter {
    pub(crate) headers: Vec<String>,
    pub(crate) text: String,
}

impl Letter {
    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> &str {
        let named = |line: &&String| line.to_lowercase().starts_with(&format!("{}:", name.to_lowercase()));
        let line = self.headers.iter().find(named).expect("the header");
        line.split_once(':').map_or("", |(_, value)| value.trim())
    }

    /// The link in it.
    pub(crate) fn link(&self) -> &str {
        self.text.lines().find(|line| line.starts_with("http")).expect("a link on a line of its own").trim()
    }
}

impl MailServer {
    pub(crate) fn start() -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut process = Command::new(python())
            .args(["-u", "-m", "aiosmtpd", "--nosetuid", "--listen", &format!("127.0.0.1:{port}")])
            .args(["--class", "aiosmtpd.handlers.Debugging", "stdout"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let output = process.stdout.take().expect("its output");
        let (sender, letters) = channel();
        thread::spawn(move || listen(output, &sender));
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(begun.elapsed() < PATIENCE, "the mail server does not listen");
            thread::yield_now();
        }
        Self { process, port, letters }
    }

    /// Its address for the program.
    pub(crate) fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// The next letter.
    pub(crate) fn letter(&self) -> Letter {
        self.letters.recv_timeout(PATIENCE).expect("a letter")
    }

    /// Whether no letter has come that nobody has looked at.
    pub(crate) fn is_silent(&self) -> bool {
        self.letters.try_recv().is_err()
    }
}

/// A Python that has the server: the one of the path, or the system's own, which is where its package puts it.
fn python() -> &'static str {
    let has_it = |python: &&&str| {
        let tried = Command::new(python).args(["-c", "import aiosmtpd"]).output();
        tried.is_ok_and(|output| output.status.success())
    };
    ["python3", "/usr/bin/python3"]
        .iter()
        .find(has_it)
        .expect("python3 with aiosmtpd (Debian: python3-aiosmtpd)")
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _ended = self.process.kill();
        let _reaped = self.process.wait();
    }
}

/// Hands on what the server prints.
fn listen(output: ChildStdout, letters: &Sender<Letter>) {
    let mut lines = BufReader::new(output).lines().map_while(Result::ok);
    while lines.by_ref().any(|line| line.contains("MESSAGE FOLLOWS")) {
        let whole: Vec<String> = lines.by_ref().take_while(|line| !line.contains("END MESSAGE")).collect();
        let end = whole.iter().position(String::is_empty).unwrap_or(whole.len());
        let (headers, body) = whole.split_at(end);
        let encoded =
            headers.iter().any(|line| line.eq_ignore_ascii_case("Content-Transfer-Encoding: base64"));
        let text = if encoded {
            let joined: String = body.iter().map(|line| line.trim()).collect();
            String::from_utf8(STANDARD.decode(joined).expect("base64")).expect("UTF-8").replace("\r\n", "\n")
        } else {
            body.join("\n").replace("=\n", "").replace("=3D", "=")
        };
        if letters.send(Letter { headers: unfolded(headers), text }).is_err() {
            return;
        }
    }
}

/// The headers of a letter, each on one line.
fn unfolded(lines: &[String]) -> Vec<String> {
    let mut headers: Vec<String> = Vec::new();
    for line in lines {
        match headers.last_mut() {
            Some(last) if line.starts_with([' ', '\t']) => last.push_str(line),
            _ => headers.push(line.clone()),
        }
    }
    headers
}
