//! `qadam verify`.

use std::fs;

use qadam_app::database::{Durability, Store};
use qadam_app::ledger::auditing::Audit;
use qadam_app::ledger::signing_keys::keys_of;
use qadam_ledger::{KeyName, SigningKey, Verifier};

use crate::command_line::Verify;
use crate::config::{Configuration, Secret};
use crate::failure::Failure;
use crate::verify::{Doubt, Given, Keys, Proof, read_evidence, rotations, verify_database, verify_server};
use crate::{output, register, telemetry};

pub(super) async fn run(arguments: &Verify) -> Result<(), Failure> {
    let mut configuration = arguments.settings.load()?;
    telemetry::start(&configuration.log);
    let outcome = if let Some(database) = &arguments.database {
        configuration.database.url = Some(Secret(database.clone()));
        database_of(arguments, &configuration).await?
    } else {
        let given = Given {
            key: arguments.key.as_deref(),
            since: arguments.since.as_deref(),
            receipt: arguments.receipt.as_deref(),
        };
        verify_server(arguments.url.as_deref().unwrap_or_default(), &given).await
    };
    match outcome {
        Ok(proof) => output::line(&proof.to_string()),
        Err(doubt @ Doubt::Unreadable(_)) => Err(Failure::Failed(doubt.to_string())),
        Err(doubt) => {
            output::line(&doubt.to_string())?;
            Err(Failure::Failed("the ledger is not what it claims to be".to_owned()))
        }
    }
}

async fn database_of(
    arguments: &Verify,
    configuration: &Configuration,
) -> Result<Result<Proof, Doubt>, Failure> {
    if register::is_missing_file(configuration) {
        return Err(Failure::Misused("--database: there is no such file".to_owned()));
    }
    let store = register::open_database(configuration, Durability::Synced, false).await?;
    let failed = |error| Failure::failed("the database", error);
    if store.pending_migrations().await.map_err(failed)? > 0 {
        return Err(Failure::Failed("the database has another schema: migrate it first".to_owned()));
    }
    let present = match &arguments.key {
        Some(_) => String::new(),
        None => own_key(configuration, &store).await?,
    };
    let known = keys_of(&store).await.map_err(|error| Failure::failed("the keys", error))?;
    let (since, receipt) = (arguments.since.as_deref(), arguments.receipt.as_deref());
    let evidence = rotations(&known).and_then(|rotations| {
        read_evidence(arguments.key.as_deref(), &Keys { present, rotations }, since, receipt)
    });
    let outcome = match evidence {
        Ok(evidence) => verify_database(&store, &evidence).await,
        Err(doubt) => Err(doubt),
    };
    store.close().await.map_err(failed)?;
    Ok(outcome)
}

/// The ledger's key from where the settings say that it lies, under the name that the ledger's checkpoint gives it.
async fn own_key(configuration: &Configuration, store: &Store) -> Result<String, Failure> {
    let path = configuration.ledger_key_file();
    let missing = |error: &dyn std::fmt::Display| {
        let place = path.display();
        Failure::Misused(format!("{place}: {error}; give --key, or --data-dir with the keys of the register"))
    };
    let pem = fs::read_to_string(&path).map_err(|error| missing(&error))?;
    let key = SigningKey::from_pem(&pem).map_err(|error| missing(&error))?;
    let failed = |error| Failure::failed("the database", error);
    let audit = Audit::begin(store).await.map_err(failed)?;
    let checkpoint = audit.checkpoint().await.map_err(failed)?;
    let checkpoint =
        checkpoint.ok_or_else(|| Failure::Failed("the ledger holds no signed checkpoint".to_owned()))?;
    // The name is not believed by this: the key must have signed under it.
    let name = checkpoint.lines().next().unwrap_or_default();
    let name = KeyName::new(name).map_err(|error| Failure::failed("the ledger's name", error))?;
    Ok(Verifier::new(name, key.verifying_key()).to_string())
}
