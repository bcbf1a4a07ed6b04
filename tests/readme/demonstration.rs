//! A running demonstration: the real binary on a free port with a throw-away database.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Output, Stdio};

use qadam_tests::program::binary;
use serde_json::Value;

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
        let ready = serde_json::from_str(&line).expect("one line of JSON");
        Self { process, ready }
    }

    pub(crate) fn url(&self) -> &str {
        self.ready["url"].as_str().expect("an address")
    }

    fn account(&self, role: &str, organisation: &str) -> (&str, &str) {
        let accounts = self.ready["accounts"].as_array().expect("accounts");
        let account = accounts
            .iter()
            .find(|account| account["role"] == role && account["organisation"] == organisation)
            .expect("the account");
        (account["email"].as_str().unwrap(), account["password"].as_str().unwrap())
    }

    /// Runs a script with the variables that the README names.
    pub(crate) fn shell(&self, script: &str) -> Output {
        let (email, password) = self.account("officer", "GPO");
        let (ngo_email, ngo_password) = self.account("ngo_member", "KK");
        let both = |role, organisation| {
            let (email, password) = self.account(role, organisation);
            format!("{email}:{password}")
        };
        Command::new("bash")
            .args(["-c", script])
            .env("MEMBER", both("ngo_member", "DEMO-NGO"))
            .env("SECRETARIAT", both("secretariat", "MFA"))
            .env("OFFICER", both("officer", "DEMO-MIN"))
            .env("APPROVER", both("approver", "DEMO-MIN"))
            .env("MECHANISM", both("officer", "NPM"))
            .env("URL", self.url())
            .env("EMAIL", email)
            .env("PASSWORD", password)
            .env("NGO_EMAIL", ngo_email)
            .env("NGO_PASSWORD", ngo_password)
            .output()
            .expect("bash and curl are installed")
    }

    /// Runs the verifier against it.
    pub(crate) fn verify(&self) -> Output {
        Command::new(binary()).args(["verify", "--url", self.url()]).output().expect("the verifier runs")
    }
}

impl Drop for Demonstration {
    fn drop(&mut self) {
        let _ended = self.process.kill();
        let _reaped = self.process.wait();
    }
}
