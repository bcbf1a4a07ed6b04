//! `cargo xtask test`: everything that a change must pass, in the order in which failing is cheapest.
//!
//! Nothing is skipped because something is not installed: it is installed, or the run fails and says what is
//! missing. `cargo check` is not among the steps, because neither clippy nor the tests could use what it builds.

mod suite;
mod tally;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use clap::Args;

pub(crate) use self::suite::{BROWSER_VARIABLE, PROGRAM_VARIABLE};
use self::tally::Tally;
use crate::{cargo, deny, openapi, tidy};

#[derive(Debug, Args)]
pub(crate) struct Options {
    /// While working: only tidy, clippy and the tests.
    #[arg(long)]
    fast: bool,
    /// Run only the tests whose names contain this.
    #[arg(long, value_name = "NAME")]
    filter: Option<String>,
}

/// Runs the steps. The last line printed is always the sum of the tests: `N passed, N failed`.
pub(crate) fn run(options: &Options) -> ExitCode {
    let begun = Instant::now();
    let mut tally = Tally::default();
    let outcome = steps(options, &mut tally);
    println!("\nTotal time {}", seconds(begun.elapsed()));
    if let Err(error) = &outcome {
        // On stdout, so that it cannot come after the last line.
        println!("FAILED: {error:#}");
    }
    println!("{tally}");
    if outcome.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn steps(options: &Options, tally: &mut Tally) -> Result<()> {
    let thorough = !options.fast;
    if thorough {
        step("format", || cargo::run(cargo::command().args(["fmt", "--all", "--check"])))?;
    }
    step("tidy", tidy::run)?;
    step("clippy", || {
        cargo::run(cargo::command().args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
    })?;
    if thorough {
        step("documentation", documentation)?;
    }
    step("tests", || suite::run(options.filter.as_deref(), tally))?;
    if thorough {
        step("what is released", released)?;
        step("OpenAPI drift", || openapi::run(openapi::Options { check: true }))?;
        step("dependencies", deny::run)?;
    }
    Ok(())
}

/// What only a build that is released can show: nothing ends the program where tests of others would have it end.
fn released() -> Result<()> {
    cargo::run(cargo::command().args(["test", "--release", "--package", "qadam-failpoints"]))
}

fn documentation() -> Result<()> {
    cargo::run(
        cargo::command()
            .args(["doc", "--workspace", "--no-deps", "--document-private-items"])
            .env("RUSTDOCFLAGS", "-Dwarnings"),
    )
}

/// Runs one step under a heading and says how long it took.
fn step(name: &str, run: impl FnOnce() -> Result<()>) -> Result<()> {
    println!("\n=== {name} ===");
    let begun = Instant::now();
    run().with_context(|| name.to_owned())?;
    println!("--- {name}: {}", seconds(begun.elapsed()));
    Ok(())
}

fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}
