//! Serving the ledger: the signed checkpoint, the leaves, the proofs, the key.

use std::collections::BTreeSet;

use qadam_domain::accounts::Viewer;
use qadam_ledger::{Digest, ProofPlan};
use qadam_storage::items::{self as stored_items, Scope};
use qadam_storage::ledger::{self as stored, ToldOf};

use super::signing_keys;
use crate::application::App;
use crate::error::{AppError, Code};
use crate::readings::{hear_earlier, hear_of_additions};

/// How many leaves are served at once at most.
pub const ENTRIES_MAX: u64 = 1_000;

/// The newest signed checkpoint, a C2SP signed note.
pub async fn checkpoint(app: &App) -> Result<String, AppError> {
    let newest = stored::checkpoint(&app.store.read()).await?;
    // Signed at start, when the tree is empty; a database without one was never served.
    newest.map(|(_, note)| note).ok_or(AppError::Refused(Code::Unavailable))
}

/// The verifier key of the ledger's notes since the last rotation.
pub async fn verifier_key(app: &App) -> Result<String, AppError> {
    let present = signing_keys::keys(app).await?.pop();
    Ok(present.map_or_else(|| app.signer.verifier().to_string(), |present| present.key))
}

/// Leaves after a number, opened where the viewer may read the payload.
pub async fn entries(
    app: &App,
    viewer: &Viewer,
    after: Option<u64>,
    limit: u64,
) -> Result<Vec<stored::PublicEntry>, AppError> {
    let scope = Scope::visible_to(*viewer);
    let reader = app.store.read();
    let entries = stored::entries_after(&reader, scope, after, limit.min(ENTRIES_MAX)).await?;
    let (mut items, mut added) = (BTreeSet::new(), BTreeSet::new());
    for told in entries.iter().filter_map(|entry| entry.told_to_few) {
        match told {
            ToldOf::Item(id) => items.insert(id),
            ToldOf::Added(id) => added.insert(id),
        };
    }
    let items: Vec<_> = items.into_iter().collect();
    for item in stored_items::find_many(&reader, scope, &items).await? {
        hear_earlier(app, viewer, &item)?;
    }
    hear_of_additions(app, viewer, added)?;
    Ok(entries)
}

/// The proof that leaf `seq` is in the tree of `size` leaves.
pub async fn inclusion(app: &App, seq: u64, size: u64) -> Result<Vec<Digest>, AppError> {
    prove(app, size, ProofPlan::inclusion(seq, size).ok()).await
}

/// The proof that the tree of `to` leaves continues that of `from`.
pub async fn consistency(app: &App, from: u64, to: u64) -> Result<Vec<Digest>, AppError> {
    prove(app, to, ProofPlan::consistency(from, to).ok()).await
}

async fn prove(app: &App, size: u64, plan: Option<ProofPlan>) -> Result<Vec<Digest>, AppError> {
    let reader = app.store.read();
    let plan = plan.ok_or(AppError::NotFound)?;
    if size > stored::size(&reader).await? {
        return Err(AppError::NotFound);
    }
    let addresses: Vec<_> = plan.nodes().collect();
    let hashes = stored::nodes(&reader, &addresses).await?;
    plan.complete(|address| hashes.get(&address).copied())
        .map_err(|error| AppError::Internal(format!("the ledger's tree: {error}")))
}

/// Whether every open entry is in the tree.
pub async fn is_settled(app: &App) -> Result<bool, AppError> {
    Ok(stored::is_admitted(&app.store.read()).await?)
}
