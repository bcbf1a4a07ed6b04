//! The `qadam` binary: the command line, the configuration, and the wiring of the register's parts.
//!
//! * [`command_line`] – what can be typed; [`commands`] – what it does;
//! * [`config`] – what a deployment decides;
//! * [`register`] – the application on its database, from start to end;
//! * [`listener`], [`readiness`], [`shutdown`] – how it is served and how it stops;
//! * [`verify`] – that nobody rewrote what was recorded;
//! * [`archives`] – what the commands about backups have in common;
//! * [`demonstration`] – the register filled from public sources;
//! * [`telemetry`], [`output`], [`failure`] – what it says, where, and with which exit code.

mod archives;
mod command_line;
mod commands;
mod config;
mod demonstration;
mod failure;
mod listener;
mod output;
mod readiness;
mod register;
mod shutdown;
mod telemetry;
mod verify;
mod vocabularies;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    // What the program writes (keys, the database) is for its own user, whatever the shell would allow others.
    #[cfg(unix)]
    rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
    let command = command_line::CommandLine::parse().into_command();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failure::Failure::failed("cannot start", error).report(),
    };
    match runtime.block_on(commands::run(command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
