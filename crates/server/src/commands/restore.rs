//! `qadam restore`.

mod place;

use std::path::Path;

use qadam_app::backups::{self, BackupError, Destination, Examined, KeyName, Trust, Unlock};
use qadam_app::database::Durability;
use qadam_app::ledger::signing_keys::keys_of;

use self::place::{Place, key_files};
use crate::archives::{Watcher, failed, unlock};
use crate::command_line::Restore;
use crate::config::Configuration;
use crate::failure::Failure;
use crate::verify::{Keys, read_evidence, rotations, verify_database};
use crate::{output, register, shutdown, telemetry};

pub(super) async fn run(arguments: &Restore) -> Result<(), Failure> {
    let configuration = arguments.settings.load()?;
    telemetry::start(&configuration.log);
    let unlock = unlock(&arguments.opening)?;
    let place = Place::find(&configuration, arguments.files_may_lie).await?;
    let file = &arguments.file;
    let trust = Trust { key: arguments.key.clone(), payloads: false };
    let mut watcher = Watcher::begin("verifying");
    let examined =
        backups::examine(file, unlock.as_ref(), &trust, &mut |progress| watcher.reached(progress)).await;
    drop(watcher);
    let examined = examined.map_err(|error| failed(file, &error))?;
    if let Some(unknown) = backups::unknown_migration(&examined.manifest.head.migrations) {
        let program = &examined.manifest.head.program;
        return Err(Failure::Failed(format!(
            "{}: a newer program made it ({program}): this one does not know {unknown}",
            file.display()
        )));
    }
    place.fits(&examined)?;
    register::make_data_directory(&configuration)?;
    write(file, unlock.as_ref(), &examined, &place.destination).await?;
    tell(&examined, &place.destination)?;
    tokio::select! {
        verified = verify(arguments, &configuration) => verified,
        _ = shutdown::signal() => Err(Failure::Failed("it was restored, and its verification interrupted".to_owned())),
    }
}

async fn write(
    file: &Path,
    unlock: Option<&Unlock>,
    examined: &Examined,
    destination: &Destination,
) -> Result<(), Failure> {
    let mut watcher = Watcher::begin("restoring");
    let outcome =
        backups::restore(file, unlock, examined, destination, &mut |progress| watcher.reached(progress))
            .await;
    drop(watcher);
    outcome.map_err(|error| match error {
        error if error.is_uncertain() => Failure::Failed(format!(
            "it is uncertain whether it was restored: {error}. Files and keys stay. Ask the database with `qadam verify \
             --database`; if it is empty, restore once more"
        )),
        BackupError::FilesInUse(_) => Failure::Misused(format!(
            "nothing was restored: {error}. Two registers on one store remove each other's files: give --files-url of \
             another place, or --files-may-lie if no register runs on this one"
        )),
        error => Failure::Failed(format!("nothing was restored: {error}")),
    })
}

fn tell(examined: &Examined, destination: &Destination) -> Result<(), Failure> {
    let head = &examined.manifest.head;
    output::line(&format!(
        "Restored {} rows of {} tables and {} files, as they were at {}. What was recorded later is not there.",
        examined.rows,
        head.tables.len(),
        examined.files,
        head.made_at
    ))?;
    for file in &examined.manifest.absent_files {
        output::line(&format!(
            "Missing since before: the file {} of evidence {}",
            file.object, file.evidence
        ))?;
    }
    for (name, path) in key_files(&destination.keys).into_iter().filter(|(_, path)| !path.exists()) {
        output::line(&format!("{} is not there: {}", path.display(), what_follows(name)))?;
    }
    output::line("Everybody signs in anew; one-time links and tokens of programs are made anew.")
}

/// What follows from a key that is not there.
const fn what_follows(missing: KeyName) -> &'static str {
    match missing {
        KeyName::Ledger => "lay it there before the register is served, or it cannot go on with its ledger.",
        KeyName::Sealing => {
            "lay it there before the register is served: second factors are sealed with it, and it is not served without."
        }
        KeyName::Token => {
            "lay it there before the register is served, or let `qadam rotate-token-key --at-once` make another: nobody is \
             worse off, for everybody signs in anew."
        }
    }
}

/// What `qadam verify` does.
async fn verify(arguments: &Restore, configuration: &Configuration) -> Result<(), Failure> {
    let unverified = |error: &dyn std::fmt::Display| Failure::Failed(format!("it was restored, and {error}"));
    let store = register::open_database(configuration, Durability::Synced, false).await?;
    let known = keys_of(&store).await.map_err(|error| unverified(&error))?;
    let Some(present) = known.last().map(|last| last.key.clone()) else {
        return output::line("The ledger was never signed: there is nothing to verify.");
    };
    let evidence = rotations(&known).and_then(|rotations| {
        read_evidence(arguments.key.as_deref(), &Keys { present, rotations }, None, None)
    });
    let outcome = match evidence {
        Ok(evidence) => verify_database(&store, &evidence).await,
        Err(doubt) => Err(doubt),
    };
    store.close().await.map_err(|error| unverified(&error))?;
    match outcome {
        Ok(proof) => output::line(&proof.to_string()),
        Err(doubt) => Err(unverified(&doubt)),
    }
}
