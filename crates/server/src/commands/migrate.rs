//! `qadam migrate`.

use crate::command_line::Migrate;
use crate::failure::Failure;
use crate::{output, register, telemetry};

pub(super) async fn run(arguments: &Migrate) -> Result<(), Failure> {
    let configuration = arguments.settings.load()?;
    telemetry::start(&configuration.log);
    if arguments.check && register::is_missing_file(&configuration) {
        return Err(Failure::Failed("there is no database yet".to_owned()));
    }
    if !arguments.check {
        register::make_data_directory(&configuration)?;
    }
    let store = register::open_database(&configuration, register::durability(&configuration), false).await?;
    let failed = |error| Failure::failed("the database", error);
    let pending = store.pending_migrations().await.map_err(failed)?;
    store.close().await.map_err(failed)?;
    match (pending, arguments.check) {
        (0, _) => output::line("The schema is up to date."),
        (pending, true) => Err(Failure::Failed(format!("{pending} migrations are missing"))),
        (pending, false) => {
            let store =
                register::open_database(&configuration, register::durability(&configuration), true).await?;
            store.close().await.map_err(failed)?;
            output::line(&format!("{pending} migrations were applied; the schema is up to date."))
        }
    }
}
