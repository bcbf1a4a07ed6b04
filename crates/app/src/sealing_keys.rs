//! The key that seals: the database knows it by its fingerprint, so that no node seals with another, and it is changed
//! by sealing anew what is kept sealed, which is the secrets of authenticator apps.
//!
//! What else it made is forgotten with it: cursors and half-done sign-ins are begun again, validators match nothing, and
//! the keys of repeated requests are not known again.

use std::fs;
use std::sync::Arc;

use qadam_storage::accounts::{TOTPS_AT_ONCE, Totp, put_totp, totps};
use qadam_storage::{Store, Tx, settings};

use crate::authentication::totp_purpose;
use crate::error::AppError;
use crate::keys::{KeyFiles, SealingKey, unusable};
use crate::random::Random;
use crate::sealing::Sealer;

/// The setting that keeps the fingerprint.
const FINGERPRINT: &str = "sealing_key";

/// Holds a node's key against the one that the database was sealed with. The first that comes is the one.
pub(crate) async fn adopt(store: &Store, sealer: &Sealer) -> Result<(), AppError> {
    if let Some(known) = settings::get(&store.read(), FINGERPRINT).await? {
        return is_present(&known, sealer.fingerprint());
    }
    let own = sealer.fingerprint().to_owned();
    store.write(move |tx| Box::pin(async move { adopt_first(tx, &own).await })).await
}

/// Whether a node's key is the one still, in a write that keeps something it sealed: `qadam rotate-sealing-key` may have
/// been run while this node was forgotten.
pub(crate) async fn check_present(tx: &Tx, sealer: &Sealer) -> Result<(), AppError> {
    match settings::get(tx, FINGERPRINT).await? {
        Some(known) => is_present(&known, sealer.fingerprint()),
        None => Ok(()),
    }
}

/// Of two nodes that start at once the first one chooses.
async fn adopt_first(tx: &Tx, own: &str) -> Result<(), AppError> {
    match settings::get(tx, FINGERPRINT).await? {
        Some(known) => is_present(&known, own),
        None => Ok(settings::set(tx, FINGERPRINT, own).await?),
    }
}

fn is_present(known: &str, own: &str) -> Result<(), AppError> {
    if known == own {
        return Ok(());
    }
    Err(AppError::Internal(
        "the database was sealed with another sealing.key than this node has: all nodes need the same, and where \
         `qadam rotate-sealing-key` was interrupted, it goes on when it is run again"
            .to_owned(),
    ))
}

/// Seals everything anew with another key, which takes the place of the present one; the present one is kept beside it,
/// for older backups. No node may run meanwhile. Run again, it goes on where it was interrupted. Gives how many secrets
/// were sealed anew.
pub async fn change_sealing_key(
    store: &Store,
    files: &KeyFiles,
    random: &Arc<dyn Random>,
) -> Result<usize, AppError> {
    let present = SealingKey::read(&files.sealing)?;
    let (next, place) =
        (SealingKey::read_or_make(&files.next_sealing(), random.as_ref())?, files.next_sealing());
    let (old, new) = (Sealer::new(&present), Sealer::new(&next));
    let sealed = if known(store).await?.as_deref() == Some(new.fingerprint()) {
        0
    } else {
        adopt(store, &old).await?;
        keep(files, &present, &old)?;
        let random = Arc::clone(random);
        store
            .write(move |tx| Box::pin(async move { seal_all_anew(tx, &old, &new, random.as_ref()).await }))
            .await?
    };
    fs::rename(&place, &files.sealing)
        .and_then(|()| qadam_archive::sync_folder_of(&files.sealing))
        .map_err(|error| unusable(&files.sealing, &error))?;
    Ok(sealed)
}

/// Keeps the present key beside the one that takes its place, before anything is sealed anew.
fn keep(files: &KeyFiles, present: &SealingKey, old: &Sealer) -> Result<(), AppError> {
    let kept = files.sealing.with_extension(format!("{}.key", short(old.fingerprint())));
    // It may be there from a run that was interrupted, and then it is the same.
    let known = SealingKey::read_or_keep(&kept, present)?;
    if Sealer::new(&known).fingerprint() == old.fingerprint() {
        return Ok(());
    }
    Err(unusable(&kept, &"another key lies there"))
}

/// Enough of a fingerprint to tell files apart.
fn short(fingerprint: &str) -> &str {
    fingerprint.get(..8).unwrap_or(fingerprint)
}

async fn known(store: &Store) -> Result<Option<String>, AppError> {
    Ok(settings::get(&store.read(), FINGERPRINT).await?)
}

/// Seals all secrets anew, in one write: none is used or changed between its reading and its writing.
async fn seal_all_anew(tx: &Tx, old: &Sealer, new: &Sealer, random: &dyn Random) -> Result<usize, AppError> {
    let (mut count, mut after) = (0, None);
    loop {
        let some = totps(tx, after).await?;
        for totp in &some {
            put_totp(tx, &sealed_anew(totp, old, new, random)?).await?;
        }
        count += some.len();
        after = some.last().map(|totp| totp.account);
        if some.len() < TOTPS_AT_ONCE {
            break;
        }
    }
    settings::set(tx, FINGERPRINT, new.fingerprint()).await?;
    Ok(count)
}

fn sealed_anew(totp: &Totp, old: &Sealer, new: &Sealer, random: &dyn Random) -> Result<Totp, AppError> {
    let purpose = totp_purpose(totp.account);
    let secret = old.open(&purpose, &totp.secret).and_then(|open| new.seal(random, &purpose, &open));
    let account = totp.account;
    let secret =
        secret.ok_or_else(|| AppError::Internal(format!("the secret of {account} cannot be opened")))?;
    Ok(Totp { secret, ..totp.clone() })
}
