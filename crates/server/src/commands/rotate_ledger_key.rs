//! `qadam rotate-ledger-key`.
//!
//! A key that lies in the data directory is replaced there in three steps, each of which may be the last before the
//! power goes: the new key is written beside the old one, the database is told, the files change their names. Run
//! again, the command goes on where it was.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use qadam_app::App;
use qadam_app::clock::SystemClock;
use qadam_app::database::Store;
use qadam_app::keys::signing_key;
use qadam_app::ledger::signing_keys::{self, keys_of};
use qadam_app::random::SystemRandomness;
use qadam_ledger::{SigningKey, Verifier};

use crate::command_line::RotateLedgerKey;
use crate::config::Configuration;
use crate::failure::Failure;
use crate::register::{self, explained};
use crate::{output, telemetry};

pub(super) async fn run(arguments: &RotateLedgerKey) -> Result<(), Failure> {
    let configuration = arguments.settings.load()?;
    telemetry::start(&configuration.log);
    if register::is_missing_file(&configuration) {
        return Err(Failure::Misused("there is no database yet: its first start makes the key".to_owned()));
    }
    if configuration.ledger.key_file.is_some() && arguments.new_key.is_none() {
        return Err(Failure::Misused(
            "--new-key: is needed where ledger.key_file names the present key".to_owned(),
        ));
    }
    let key = match &arguments.new_key {
        Some(path) => rotate(&configuration, read(path)?).await?,
        None => replace(&configuration).await?,
    };
    output::line(&format!("The ledger is signed with this key from now on:\n  {key}"))?;
    match &arguments.new_key {
        Some(path) => output::line(&format!(
            "Let every node read it: QADAM_LEDGER_KEY_FILE={}, or lay it over {}.",
            path.display(),
            configuration.ledger_key_file().display()
        )),
        None => output::line("Nodes with a data directory of their own need a copy of the file."),
    }
}

/// Rotates to a key that lies beside the present one, and lets the two files change places.
async fn replace(configuration: &Configuration) -> Result<Verifier, Failure> {
    let present = configuration.ledger_key_file();
    let next = present.with_file_name("ledger.next.pem");
    let old = read(&present)?;
    let key = signing_key(&next).map_err(|error| Failure::failed("the new key", explained(&error)))?;
    let verifier = match rotated_already(configuration, &key).await? {
        Some(verifier) => verifier,
        None => rotate(configuration, key).await?,
    };
    let text = Verifier::new(verifier.name().clone(), old.verifying_key()).to_string();
    // A verifier key is written as name, id and key, with plus signs between.
    let id = text.split('+').nth(1).unwrap_or_default();
    let kept = present.with_file_name(format!("ledger.{id}.pem"));
    for (from, to) in [(&present, &kept), (&next, &present)] {
        // A link keeps the present key readable under its name until the new one takes it over.
        let step = if from == &present { link(from, to) } else { fs::rename(from, to) };
        step.map_err(|error| Failure::failed(&format!("{} to {}", from.display(), to.display()), error))?;
    }
    Ok(verifier)
}

fn link(from: &Path, to: &Path) -> std::io::Result<()> {
    match fs::hard_link(from, to) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        outcome => outcome,
    }
}

/// The key's name in the ledger, where the database was told of it by a run that went no further.
async fn rotated_already(
    configuration: &Configuration,
    key: &SigningKey,
) -> Result<Option<Verifier>, Failure> {
    let store = open(configuration).await?;
    let known = keys_of(&store).await.map_err(|error| Failure::failed("the keys", explained(&error)))?;
    store.close().await.map_err(|error| Failure::failed("the database", error))?;
    let present = known.last().and_then(|last| last.key.parse::<Verifier>().ok());
    Ok(present.filter(|present| present.key() == key.verifying_key()))
}

async fn rotate(configuration: &Configuration, key: SigningKey) -> Result<Verifier, Failure> {
    let failed = |error| Failure::failed("the key was not rotated", explained(&error));
    let store = open(configuration).await?;
    let settings = configuration.settings(configuration.listen.address);
    let random = Arc::new(SystemRandomness);
    let app = App::start(store, settings, Arc::new(SystemClock), random).await.map_err(failed)?;
    let app = Arc::new(app);
    let rotated = signing_keys::rotate(&app, key).await;
    if let Some(app) = Arc::into_inner(app) {
        app.close().await.map_err(failed)?;
    }
    rotated.map_err(failed)
}

async fn open(configuration: &Configuration) -> Result<Store, Failure> {
    register::open_database(configuration, register::durability(configuration), true).await
}

fn read(path: &Path) -> Result<SigningKey, Failure> {
    let wrong = |error: &dyn std::fmt::Display| Failure::Misused(format!("{}: {error}", path.display()));
    let pem = fs::read_to_string(path).map_err(|error| wrong(&error))?;
    SigningKey::from_pem(&pem).map_err(|error| wrong(&error))
}
