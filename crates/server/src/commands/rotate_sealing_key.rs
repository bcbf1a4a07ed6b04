//! `qadam rotate-sealing-key`: while no node runs.

use std::sync::Arc;

use qadam_app::keys::KeyFiles;
use qadam_app::random::{Random, SystemRandomness};
use qadam_app::sealing_keys::change_sealing_key;

use crate::command_line::RotateSealingKey;
use crate::failure::Failure;
use crate::register::{self, explained};
use crate::{output, telemetry};

pub(super) async fn run(arguments: &RotateSealingKey) -> Result<(), Failure> {
    let configuration = arguments.settings.load()?;
    telemetry::start(&configuration.log);
    if register::is_missing_file(&configuration) {
        return Err(Failure::Misused("there is no database yet: its first start makes the key".to_owned()));
    }
    let random: Arc<dyn Random> = Arc::new(SystemRandomness);
    let files = KeyFiles::of(&configuration.settings(configuration.listen.address));
    let store = register::open_database(&configuration, register::durability(&configuration), true).await?;
    let changed = change_sealing_key(&store, &files, &random).await;
    store.close().await.map_err(|error| Failure::failed("the database", error))?;
    let sealed = changed.map_err(|error| Failure::failed("the key was not changed", explained(&error)))?;
    output::line(&format!(
        "Changed. Sealed anew: {sealed} secrets of authenticator apps. The old key lies beside the new one, for backups \
         made until now. Whoever may have read the old one may know those secrets: then let people connect their apps \
         anew. Nodes with a data directory of their own need a copy of {}.",
        files.sealing.display()
    ))
}
