//! The benchmark: the released program beside the floors that the same machine gives in the same minutes.
//!
//! Three floors: **A**, a handler that returns ready bytes; **B**, a handler that runs the best hand-written SQL
//! for the same JSON with no rules at all; **W**, a loop that commits a transaction of the same size. Ratios to
//! the floors carry from one machine to another, rates do not.
//!
//! * [`parts`] – what is measured, in parts that each end within minutes; a part that was measured is kept;
//! * [`floors`] – the server of A and B;
//! * [`commits`], [`pgbench`] – W, and PostgreSQL's own load tool with the same statements;
//! * [`register`], [`requests`] – a generated register under the program, and what it is asked;
//! * [`own_plans`] – what the databases make of the program's statements;
//! * [`load`], [`processes`] – the load tool, and what a process took;
//! * [`report`] – the tables of `docs/PERFORMANCE.md`.
#![expect(clippy::print_stdout, reason = "a developer command talks to the terminal it runs in")]

mod client;
mod commits;
mod database;
mod floors;
mod load;
mod own_plans;
mod pages;
mod parts;
mod pgbench;
mod processes;
mod register;
mod report;
mod requests;
mod results;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Measures the program beside its floors.
#[derive(Debug, Parser)]
#[command(name = "qadam-bench")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Measure every part that was not measured yet, or those that are named.
    Run(parts::Options),
    /// Write the tables from what was measured.
    Report {
        /// Where the measurements are.
        #[arg(long)]
        folder: PathBuf,
        /// The document whose tables are written.
        #[arg(long)]
        document: PathBuf,
    },
    /// Serve the floors A and B on a free port, which is printed.
    Floors {
        /// The database.
        #[arg(long)]
        database: String,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Run(options) => parts::run(&options).await,
        Command::Report { folder, document } => report::write(&folder, &document),
        Command::Floors { database } => floors::serve(&database).await,
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
