//! What each command does, a file for each.

mod backup;
mod bench_data;
mod confirm_account;
mod create_admin;
mod demo;
mod doctor;
mod healthcheck;
mod migrate;
mod openapi;
mod restore;
mod rotate_ledger_key;
mod rotate_sealing_key;
mod rotate_token_key;
mod serve;
mod verify;
mod verify_backup;

use crate::command_line::Command;
use crate::failure::Failure;

/// Runs a command to its end.
pub(crate) async fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Serve(arguments) => Box::pin(serve::run(&arguments)).await,
        Command::Demo(arguments) => Box::pin(demo::run(&arguments)).await,
        Command::Migrate(arguments) => migrate::run(&arguments).await,
        Command::CreateAdmin(arguments) => Box::pin(create_admin::run(&arguments)).await,
        Command::ConfirmAccount(arguments) => confirm_account::run(&arguments).await,
        Command::Verify(arguments) => verify::run(&arguments).await,
        Command::Backup(arguments) => backup::run(&arguments).await,
        Command::Restore(arguments) => restore::run(&arguments).await,
        Command::VerifyBackup(arguments) => verify_backup::run(&arguments).await,
        Command::RotateLedgerKey(arguments) => Box::pin(rotate_ledger_key::run(&arguments)).await,
        Command::RotateTokenKey(arguments) => rotate_token_key::run(&arguments).await,
        Command::RotateSealingKey(arguments) => rotate_sealing_key::run(&arguments).await,
        Command::Doctor(arguments) => doctor::run(&arguments).await,
        Command::Openapi(arguments) => openapi::run(&arguments),
        Command::Healthcheck(arguments) => healthcheck::run(&arguments).await,
        Command::BenchData(arguments) => bench_data::run(&arguments).await,
    }
}
