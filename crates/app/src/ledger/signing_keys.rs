//! The keys that sign the ledger: which one does now, which ones did, and how one follows another.
//!
//! The database holds the public halves, so that all nodes agree on the present key: a node that has another one does
//! not start, and one that still runs with an old key signs nothing more. A rotation is an entry in the ledger; the
//! checkpoint of that moment carries both signatures.
//!
//! The first key has no entry, and neither has the ledger's name: they are not changed but there before the ledger
//! is, and name and signature under the first checkpoint, of nothing, already say both. An entry could only repeat
//! what whoever reads it has to know beforehand.

use std::sync::Arc;

use qadam_domain::levels::Level;
use qadam_ledger::{Checkpoint, Rotation, RotationError, SignedNote, Signer, SigningKey, Subject, Verifier};
use qadam_storage::{Db, Store, Tx, ledger as stored, settings};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Act, RecordEntry, enter_record};
use crate::application::App;
use crate::error::AppError;

/// The setting that keeps the keys, oldest first, as JSON.
pub(crate) const KEYS: &str = "ledger_keys";

/// A key of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerKey {
    /// The verifier key, as C2SP signed notes write it.
    pub key: String,
    /// The note by which it follows the one before, signed by both; none for the first.
    pub rotation: Option<String>,
}

/// All keys of the ledger, oldest first: the last one signs.
pub async fn keys(app: &App) -> Result<Vec<LedgerKey>, AppError> {
    read(&app.store.read()).await
}

/// The same of a database that nobody serves.
pub async fn keys_of(store: &Store) -> Result<Vec<LedgerKey>, AppError> {
    read(&store.read()).await
}

async fn read(db: &impl Db) -> Result<Vec<LedgerKey>, AppError> {
    let Some(text) = settings::get(db, KEYS).await? else { return Ok(Vec::new()) };
    serde_json::from_str(&text).map_err(|error| broken(&error))
}

/// Holds a node's key against the one that signs. The first key that comes is the first of the ledger.
pub(crate) async fn adopt(store: &Store, verifier: &Verifier) -> Result<(), AppError> {
    let own = verifier.to_string();
    let known = read(&store.read()).await?;
    if !known.is_empty() {
        return is_present(&known, &own);
    }
    store
        .write(move |tx| {
            Box::pin(async move {
                let known = read(tx).await?;
                if known.is_empty() {
                    return write(tx, &[LedgerKey { key: own, rotation: None }]).await;
                }
                is_present(&known, &own)
            })
        })
        .await
}

/// Whether the node's key is the one that signs: no other may.
pub(super) async fn check_present(tx: &Tx, verifier: &Verifier) -> Result<(), AppError> {
    is_present(&read(tx).await?, &verifier.to_string())
}

fn is_present(known: &[LedgerKey], own: &str) -> Result<(), AppError> {
    match known.last() {
        Some(present) if present.key != own => Err(AppError::Internal(format!(
            "the ledger is signed with the key {}, and this node has {own}: all nodes need the same key file",
            present.key
        ))),
        _ => Ok(()),
    }
}

/// Lets another key sign from now on. Gives its verifier key. The application that did it signs nothing more: start
/// every node anew with the new key.
pub async fn rotate(app: &Arc<App>, key: SigningKey) -> Result<Verifier, AppError> {
    let new = Arc::new(Signer::new(app.signer.verifier().name().clone(), key));
    let verifier = new.verifier().clone();
    let shared = Arc::clone(app);
    app.store.write(move |tx| Box::pin(async move { change(&shared, tx, &new).await })).await?;
    Ok(verifier)
}

async fn change(app: &Arc<App>, tx: &Tx, new: &Signer) -> Result<(), AppError> {
    let old = &app.signer;
    let mut keys = read(tx).await?;
    let own = old.verifier().to_string();
    is_present(&keys, &own)?;
    let rotation = Rotation::sign(old, new).map_err(|error| broken(&error))?.to_string();
    sign_with_both(tx, old, new).await?;
    let key = LedgerKey { key: new.verifier().to_string(), rotation: Some(rotation) };
    let entry = RecordEntry {
        action: "ledger.key_rotated",
        subject: Subject { kind: "setting".to_owned(), id: "ledger_key".to_owned(), reference: None },
        level: Level::Public,
        before: json!({"key": own}),
        after: json!({"key": key.key, "rotation": key.rotation}),
        reason: Value::Null,
    };
    enter_record(app, tx, &Act::of(app, None), entry).await?;
    keys.push(key);
    write(tx, &keys).await
}

/// Puts both signatures under the newest checkpoint, so that it is known by either key.
async fn sign_with_both(tx: &Tx, old: &Signer, new: &Signer) -> Result<(), AppError> {
    let Some((size, note)) = stored::checkpoint(tx).await? else { return Ok(()) };
    let note: SignedNote = note.parse().map_err(|error| broken(&error))?;
    let checkpoint =
        Checkpoint::open(&note, std::slice::from_ref(old.verifier())).map_err(|error| broken(&error))?;
    let note = checkpoint.sign(&[old, new]).map_err(|error| broken(&error))?;
    Ok(stored::replace_checkpoint(tx, size, &note.to_string()).await?)
}

async fn write(tx: &Tx, keys: &[LedgerKey]) -> Result<(), AppError> {
    let text = serde_json::to_string(keys).map_err(|error| broken(&error))?;
    Ok(settings::set(tx, KEYS, &text).await?)
}

/// The rotations by which the keys follow each other, each signed by both of its keys.
pub fn rotations(keys: &[LedgerKey]) -> Result<Vec<Rotation>, RotationError> {
    let notes = keys.iter().filter_map(|key| key.rotation.as_deref());
    notes.map(|note| Rotation::open(&note.parse::<SignedNote>()?)).collect()
}

fn broken(error: &dyn std::fmt::Display) -> AppError {
    AppError::Internal(format!("the ledger's keys: {error}"))
}
