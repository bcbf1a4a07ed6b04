//! The step that runs the tests, on a PostgreSQL of their own.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use anyhow::{Context, Result, ensure};

use super::tally::Tally;
use crate::postgres::{Purpose, Running, URL_VARIABLE};
use crate::{cargo, openapi, packages};

/// Tells end-to-end tests where the program is.
pub(crate) const PROGRAM_VARIABLE: &str = "QADAM_TEST_PROGRAM";

/// Tells tests of pages where a browser is.
pub(crate) const BROWSER_VARIABLE: &str = "QADAM_TEST_CHROMIUM";

/// Runs all tests (or those whose names contain `filter`) and counts them, passing their output on as it comes.
pub(super) fn run(filter: Option<&str>, tally: &mut Tally) -> Result<()> {
    let cluster = Running::start(Purpose::ThrowAway).context("a PostgreSQL for the tests")?;
    println!("PostgreSQL for the tests: {}", cluster.url());
    let browser = packages::browser().context("a browser for the tests of pages")?;
    packages::install_tools_of_tests().context("what the reliability tests need")?;
    // What outsiders check a register with is written in it.
    packages::install("python3", "python3").context("Python for the verifier that outsiders use")?;
    packages::python_module("python3-aiosmtpd", "aiosmtpd").context("a mail server for the tests")?;
    packages::install("glewlwyd", "glewlwyd").context("a provider of identities for the tests")?;
    // End-to-end tests run the program itself, which cargo does not build for tests of other packages.
    let program = openapi::build().context("the program that end-to-end tests run")?;
    let mut command = cargo::command();
    command.args(["test", "--workspace", "--no-fail-fast"]).args(filter);
    command.env(PROGRAM_VARIABLE, program).env(URL_VARIABLE, cluster.url());
    command.env(BROWSER_VARIABLE, browser).stdout(Stdio::piped());
    let mut tests = command.spawn().context("starting cargo test")?;
    if let Some(output) = tests.stdout.take() {
        for line in BufReader::new(output).split(b'\n') {
            let line = line.context("reading what the tests print")?;
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            tally.count(&line);
        }
    }
    let status = tests.wait().context("waiting for cargo test")?;
    ensure!(status.success(), "cargo test ended with {status}");
    ensure!(tally.failed == 0, "{} tests failed", tally.failed);
    ensure!(tally.passed > 0, "no test ran");
    ensure!(tally.ignored == 0, "{} tests did not run", tally.ignored);
    Ok(())
}
