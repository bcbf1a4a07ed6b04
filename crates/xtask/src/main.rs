//! Developer commands: `cargo xtask <command>`.
//!
//! What the project asks of a change is code here and not a page of advice: `tidy` proves the layout, `test`
//! runs everything that a change must pass, the others serve one of these two by themselves.
#![expect(clippy::print_stdout, reason = "a developer command talks to the terminal it runs in")]

mod bench;
mod cargo;
mod deny;
mod openapi;
mod packages;
mod pictures;
mod postgres;
mod repository;
mod sbom;
mod schemathesis;
mod test;
mod tidy;
mod torture;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Developer commands of Qadam.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Prove the layout: dependency direction, module docs, file sizes, names, forbidden constructs.
    Tidy,
    /// Run everything a change must pass, in order, stopping at the first step that fails.
    Test(test::Options),
    /// Write the OpenAPI document and the list of operations, or compare them with the committed ones.
    Openapi(openapi::Options),
    /// Run a throw-away PostgreSQL in the foreground, for single tests; Ctrl-C stops and removes it.
    Postgres,
    /// Measure the released program beside its floors and write the tables of docs/PERFORMANCE.md.
    Bench(bench::Options),
    /// Take the pictures of the README anew, from the demonstration in a browser.
    Pictures,
    /// Write what the shipped program is made of, as a `CycloneDX` document.
    Sbom(sbom::Options),
    /// Run the reliability tests in their long form and print what was reached of each figure.
    Torture(torture::Options),
    /// Ask the program what its `OpenAPI` document describes, as each role, with Schemathesis.
    Schemathesis(schemathesis::Options),
    /// Check dependencies with cargo-deny: banned crates, licences, sources.
    Deny,
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Tidy => tidy::run(),
        Command::Test(options) => return test::run(&options),
        Command::Openapi(options) => openapi::run(options),
        Command::Postgres => postgres::serve(),
        Command::Bench(options) => bench::run(&options),
        Command::Pictures => pictures::take(),
        Command::Sbom(options) => sbom::run(&options),
        Command::Torture(options) => torture::run(&options),
        Command::Schemathesis(options) => schemathesis::run(&options),
        Command::Deny => deny::run(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
