//! The load: `wrk`, an existing tool, told by a script what to send.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

use crate::processes::{self, as_f64};

/// What `wrk` is told.
const SCRIPT: &str = include_str!("load/requests.lua");

/// A load to be put on a server.
#[derive(Debug, Clone)]
pub(crate) struct Load<'a> {
    /// Where the server is: `http://127.0.0.1:8080`.
    pub(crate) server: &'a str,
    /// The file of requests.
    pub(crate) requests: &'a Path,
    /// How many connections at the same time.
    pub(crate) connections: u32,
    /// For how long.
    pub(crate) seconds: u32,
    /// The line of the file to begin with.
    pub(crate) from: u64,
    /// What each request carries to say who asks.
    pub(crate) token: Option<&'a str>,
    /// The validator that each request carries.
    pub(crate) known: Option<&'a str>,
    /// The processes that serve it.
    pub(crate) processes: &'a [u32],
}

/// What came of a load.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Outcome {
    /// Requests that were answered.
    pub(crate) requests: u64,
    /// Requests answered in a second.
    pub(crate) rate: f64,
    /// The latency of half the requests, in milliseconds.
    pub(crate) p50: f64,
    /// The latency of 99 in 100 requests, in milliseconds.
    pub(crate) p99: f64,
    /// Processor time a request, in microseconds.
    pub(crate) processor: f64,
    /// How many were answered 4xx or 5xx.
    pub(crate) refused: u64,
}

#[derive(Debug, Deserialize)]
struct Told {
    requests: u64,
    microseconds: u64,
    p50: u64,
    p99: u64,
    refused: u64,
    broken: u64,
}

impl Load<'_> {
    /// Puts the load on the server and waits for its end. Where nothing is answered in time, as by a database whose
    /// memory is empty yet, it lasts longer.
    pub(crate) fn put(&self) -> Result<Outcome> {
        for seconds in [1, 2, 4].map(|times| self.seconds * times) {
            let outcome = Self { seconds, ..self.clone() }.put_once()?;
            if outcome.requests > 0 {
                return Ok(outcome);
            }
        }
        anyhow::bail!("{} x{}: no request was answered", self.requests.display(), self.connections)
    }

    fn put_once(&self) -> Result<Outcome> {
        let script = script()?;
        let before = processes::processor_time(self.processes)?;
        let output = self.command(&script)?.output().context("starting wrk")?;
        let taken = processes::processor_time(self.processes)?.saturating_sub(before);
        let text = String::from_utf8_lossy(&output.stdout);
        ensure!(output.status.success(), "wrk: {text}{}", String::from_utf8_lossy(&output.stderr));
        let line = text.lines().rev().find(|line| line.starts_with('{')).context("wrk told no numbers")?;
        let told: Told = serde_json::from_str(line)?;
        ensure!(told.broken == 0, "{} requests broke off: {text}", told.broken);
        Ok(outcome(&told, taken))
    }

    fn command(&self, script: &Path) -> Result<Command> {
        let mut command = Command::new(processes::find("wrk")?);
        command
            .args(["--threads", "1", "--latency", "--timeout", "30s"])
            .args(["--connections", &self.connections.to_string()])
            .args(["--duration", &format!("{}s", self.seconds)])
            .arg("--script")
            .arg(script)
            .arg(self.server)
            .arg("--")
            .arg(self.requests)
            .arg(self.from.to_string())
            .stdin(Stdio::null())
            .stderr(Stdio::inherit());
        for (name, value) in [("QADAM_BENCH_TOKEN", self.token), ("QADAM_BENCH_IF_NONE_MATCH", self.known)] {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        Ok(command)
    }
}

fn outcome(told: &Told, taken: Duration) -> Outcome {
    // None is no outcome; see above.
    let requests = as_f64(told.requests.max(1));
    Outcome {
        requests: told.requests,
        rate: requests / (as_f64(told.microseconds.max(1)) / 1e6),
        p50: as_f64(told.p50) / 1e3,
        p99: as_f64(told.p99) / 1e3,
        processor: taken.as_secs_f64() * 1e6 / requests,
        refused: told.refused,
    }
}

/// The script as a file, which is how `wrk` takes it.
fn script() -> Result<PathBuf> {
    let path = std::env::temp_dir().join(format!("qadam-bench-{}.lua", std::process::id()));
    std::fs::write(&path, SCRIPT).with_context(|| format!("writing {}", path.display()))?;
    Ok(path)
}
