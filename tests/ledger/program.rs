//! The real program: a demonstration on a free port with a throw-away database, and its own verifier.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Output, Stdio};

use qadam_tests::program::binary;
use qadam_tests::socket::ask;
use serde_json::{Value, json};

/// A demonstration that runs until it is dropped.
pub(crate) struct Demonstration {
    process: Child,
    ready: Value,
}

impl Demonstration {
    /// Starts one and waits for its word that it is ready.
    pub(crate) fn start() -> Self {
        let mut process = Command::new(binary())
            .args(["demo", "--json", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the demonstration starts");
        let mut line = String::new();
        BufReader::new(process.stdout.take().expect("its output")).read_line(&mut line).expect("a line");
        Self { process, ready: serde_json::from_str(&line).expect("one line of JSON") }
    }

    pub(crate) fn url(&self) -> &str {
        self.ready["url"].as_str().expect("an address")
    }

    /// Signs somebody in, and gives the access token.
    pub(crate) fn sign_in(&self, role: &str, organisation: &str) -> String {
        let accounts = self.ready["accounts"].as_array().expect("accounts");
        let account = accounts
            .iter()
            .find(|account| account["role"] == role && account["organisation"] == organisation)
            .expect("the account");
        let credentials = json!({"email": account["email"], "password": account["password"]});
        self.post("/auth/login", None, &credentials)["access_token"].as_str().expect("a token").to_owned()
    }

    /// Posts something that is taken.
    pub(crate) fn post(&self, path: &str, token: Option<&str>, body: &Value) -> Value {
        let (status, answer) = ask(self.url(), "POST", path, token, Some(body)).expect("an answer");
        assert!((200..300).contains(&status), "POST {path}: {status} {answer}");
        answer
    }
}

impl Drop for Demonstration {
    fn drop(&mut self) {
        let _ended = self.process.kill();
        let _reaped = self.process.wait();
    }
}

/// What `qadam verify` says.
pub(crate) fn verify(arguments: &[&str]) -> Output {
    Command::new(binary()).arg("verify").args(arguments).output().expect("it runs")
}
