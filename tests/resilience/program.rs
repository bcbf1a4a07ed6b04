//! The program under test as a process: started, killed, asked to verify.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::channel;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use qadam_tests::program::binary;
use serde_json::Value;

/// When a program that says nothing is said to hang.
const SILENCE: Duration = Duration::from_mins(2);

/// A running program; killed at the latest when it is dropped.
pub(crate) struct Program {
    process: Mutex<Child>,
    url: String,
    accounts: Value,
}

/// Somebody who can sign in.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    pub(crate) email: String,
    pub(crate) password: String,
}

/// What a command said.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) success: bool,
    /// None where it was killed.
    pub(crate) code: Option<i32>,
    pub(crate) said: String,
}

/// The program on kept data.
fn command(arguments: &[&str], directory: &Path, database: &str) -> Command {
    let mut command = Command::new(binary());
    command.args(arguments);
    // For files that lie elsewhere; who keeps them in a folder asks for neither.
    command.env("AWS_ACCESS_KEY_ID", "clerk").env("AWS_SECRET_ACCESS_KEY", "paper");
    command.arg("--data-dir").arg(directory).args(["--database-url", database]);
    command
}

/// What is said of a PostgreSQL: that nothing need be kept, for the cluster that tests share syncs nothing. What it
/// acknowledged it has all the same, as long as it is the program that dies and not the cluster.
pub(crate) fn unsynced(database: &str) -> &'static [&'static str] {
    if database.starts_with("postgres") { &["--unsafe-unsynced", "true"] } else { &[] }
}

/// Starts the program and gives the line with which it says that it is ready.
fn start(arguments: &[&str], directory: &Path, database: &str) -> (Child, String) {
    let mut process = command(arguments, directory, database)
        .args(["--listen", "127.0.0.1:0", "--log", "warn"])
        .args(unsynced(database))
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let output = process.stdout.take().expect("its output");
    let (says, said) = channel();
    // Who reads from a program that says nothing waits for ever: this thread ends with the program.
    thread::spawn(move || {
        let mut line = String::new();
        let _read = BufReader::new(output).read_line(&mut line);
        let _heard = says.send(line);
    });
    let Ok(line) = said.recv_timeout(SILENCE) else {
        process.kill().expect("it still runs");
        process.wait().expect("it is gone");
        panic!("the program says nothing");
    };
    (process, line)
}

impl Program {
    /// A demonstration that is kept.
    pub(crate) fn demonstration(directory: &Path, database: &str) -> Self {
        Self::demonstrating(start(&["demo", "--json"], directory, database))
    }

    fn demonstrating((process, line): (Child, String)) -> Self {
        let ready: Value = serde_json::from_str(&line).expect("one line of JSON");
        let url = ready["url"].as_str().expect("an address").to_owned();
        Self { process: Mutex::new(process), url, accounts: ready["accounts"].clone() }
    }

    /// The register that goes on with the same data.
    pub(crate) fn serve(directory: &Path, database: &str) -> Self {
        let (process, line) = start(&["serve"], directory, database);
        let url = line.trim().strip_prefix("Listening on ").expect("its address").to_owned();
        Self { process: Mutex::new(process), url, accounts: Value::Null }
    }

    /// A demonstration with more settings.
    pub(crate) fn with(directory: &Path, database: &str, settings: &[&str]) -> Self {
        let arguments = [&["demo", "--json"], settings].concat();
        Self::demonstrating(start(&arguments, directory, database))
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Who can sign in, as the demonstration says.
    pub(crate) const fn accounts(&self) -> &Value {
        &self.accounts
    }

    /// The officer of the General Prosecutor's Office.
    pub(crate) fn officer(&self) -> Account {
        self.find(|account| account["role"] == "officer" && account["organisation"] == "GPO")
    }

    /// Somebody with a role.
    pub(crate) fn account(&self, role: &str) -> Account {
        self.find(|account| account["role"] == role)
    }

    fn find(&self, is_theirs: impl Fn(&Value) -> bool) -> Account {
        let accounts = self.accounts.as_array().expect("accounts");
        let account = accounts.iter().find(|account| is_theirs(account)).expect("an account");
        let text = |name: &str| account[name].as_str().expect("a text").to_owned();
        Account { email: text("email"), password: text("password") }
    }

    /// Ends the program at once, as `kill -9` does, and waits until it is gone.
    pub(crate) fn kill(&self) {
        let mut process = self.process.lock().unwrap_or_else(PoisonError::into_inner);
        process.kill().expect("it still ran");
        process.wait().expect("it is gone");
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let process = self.process.get_mut().unwrap_or_else(PoisonError::into_inner);
        let _ended = process.kill();
        let _reaped = process.wait();
    }
}

/// Verifies everything that is stored.
pub(crate) fn verify(directory: &Path, database: &str) -> Told {
    run(&["verify", "--database", database], directory, database)
}

/// Runs a command on kept data to its end.
pub(crate) fn run(arguments: &[&str], directory: &Path, database: &str) -> Told {
    tell(command(arguments, directory, database).args(["--log", "warn"]))
}

/// Runs a command that needs no data.
pub(crate) fn run_alone(arguments: &[&str]) -> Told {
    tell(Command::new(binary()).args(arguments))
}

/// Begins a command on kept data.
pub(crate) fn begin(arguments: &[&str], directory: &Path, database: &str) -> Child {
    let mut command = command(arguments, directory, database);
    command.args(["--log", "warn"]).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().expect("it runs")
}

/// What a command said that ended.
pub(crate) fn ended(process: Child) -> Told {
    said(&process.wait_with_output().expect("it ends"))
}

fn tell(command: &mut Command) -> Told {
    said(&command.output().expect("it runs"))
}

fn said(output: &Output) -> Told {
    let said =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    Told { success: output.status.success(), code: output.status.code(), said }
}
