//! `qadam confirm-account`.

use qadam_app::accounts;

use crate::command_line::ConfirmAccount;
use crate::failure::Failure;
use crate::register::{self, Register, explained};
use crate::{output, telemetry};

pub(super) async fn run(arguments: &ConfirmAccount) -> Result<(), Failure> {
    let configuration = arguments.settings.load()?;
    telemetry::start(&configuration.log);
    let store = register::open_database(&configuration, register::durability(&configuration), false).await?;
    let register = Register::start(store, configuration.settings(configuration.listen.address)).await?;
    let confirmed = accounts::confirm_from_the_host(register.app(), &arguments.email).await;
    register.close().await?;
    let account =
        confirmed.map_err(|error| Failure::failed("the account was not confirmed", explained(&error)))?;
    output::line(&format!("{} can sign in to the secretariat.", account.email))
}
