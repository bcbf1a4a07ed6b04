//! `qadam backup`.

use qadam_app::backups::{self, Finished, LEFT_OUT, Source};
use qadam_app::clock::{Clock as _, SystemClock};
use qadam_app::keys::KeyFiles;

use crate::archives::{Watcher, failed, lock};
use crate::command_line::Backup;
use crate::failure::Failure;
use crate::{output, register, telemetry};

pub(super) async fn run(arguments: &Backup) -> Result<(), Failure> {
    let configuration = arguments.settings.load()?;
    telemetry::start(&configuration.log);
    let lock = lock(arguments)?;
    if arguments.with_keys && lock.is_none() {
        return Err(Failure::Misused(
            "--with-keys: keys go into an encrypted backup alone: give --encrypt-to or --passphrase-file"
                .to_owned(),
        ));
    }
    if register::is_missing_file(&configuration) {
        return Err(Failure::Misused("there is no database yet, and nothing to back up".to_owned()));
    }
    let store = register::open_database(&configuration, register::durability(&configuration), false).await?;
    let keys =
        arguments.with_keys.then(|| KeyFiles::of(&configuration.settings(configuration.listen.address)));
    let source = Source {
        store: &store,
        files: &configuration.file_place(),
        keys: keys.as_ref(),
        program: env!("CARGO_PKG_VERSION"),
        now: SystemClock.now(),
    };
    let mut watcher = Watcher::begin("backing up");
    let made =
        backups::make(&source, &arguments.to, lock.as_ref(), &mut |progress| watcher.reached(progress)).await;
    drop(watcher);
    let closed = store.close().await.map_err(|error| Failure::failed("the database", error));
    let made = made.map_err(|error| failed(&arguments.to, &error))?;
    tell(arguments, lock.is_some(), &made)?;
    closed
}

fn tell(arguments: &Backup, encrypted: bool, made: &Finished) -> Result<(), Failure> {
    let manifest = &made.manifest;
    let rows: u64 = manifest.rows.iter().map(|table| table.rows).sum();
    let files = manifest.members.iter().filter(|member| member.name.starts_with("files/")).count();
    output::line(&format!(
        "Backed up {rows} rows of {} tables, {files} files and {} entries of the ledger, as they were at {}, to {} ({} \
         bytes).",
        manifest.head.tables.len(),
        manifest.ledger.entries,
        manifest.head.made_at,
        arguments.to.display(),
        made.size
    ))?;
    output::line(&format!("SHA-256 of the file, to be kept elsewhere: {}", made.sha256))?;
    output::line(if arguments.with_keys {
        "The register's keys are in it: whoever opens it can sign as the register."
    } else {
        "The register's keys are NOT in it: without them a restored register cannot go on. Keep the folder keys of the \
         data directory apart."
    })?;
    output::line(&format!("Left out, for they are made anew: {}.", LEFT_OUT.join(", ")))?;
    if !encrypted {
        output::line("It is NOT encrypted: whoever reads it reads all texts and names.")?;
    }
    let absent = &manifest.absent_files;
    for file in absent {
        output::line(&format!(
            "Missing: the file {} of evidence {}: {}",
            file.object, file.evidence, file.why
        ))?;
    }
    match absent.len() {
        0 => Ok(()),
        missing => Err(Failure::Failed(format!("{missing} files are not in the backup; all else is"))),
    }
}
