//! The key that seals: the database knows it by its fingerprint, so that no node seals with another, and it is changed
//! by sealing anew what is kept sealed, which is the secrets of authenticator apps.
//!
//! What else it made is forgotten with it: cursors and half-done sign-ins are begun again, validators match nothing, and
//! the keys of repeated requests are not known again.

use std::fs;

use qadam_storage::accounts::{TOTPS_AT_ONCE, Totp, put_totp, totps};
use qadam_storage::{Db, Store, Tx, settings};

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
    random: &dyn Random,
) -> Result<usize, AppError> {
    let present = SealingKey::read(&files.sealing)?;
    let (next, place) = (SealingKey::read_or_make(&files.next_sealing(), random)?, files.next_sealing());
    let (old, new) = (Sealer::new(&present), Sealer::new(&next));
    let sealed = if known(store).await?.as_deref() == Some(new.fingerprint()) {
        0
    } else {
        adopt(store, &old).await?;
        let ready = all_sealed_anew(&store.read(), &old, &new, random).await?;
        let (count, fingerprint) = (ready.len(), new.fingerprint().to_owned());
        store.write(move |tx| Box::pin(async move { replace(tx, &ready, &fingerprint).await })).await?;
        count
    };
    // A link keeps the present key readable under its name until the new one takes it over.
    let kept = files.sealing.with_extension(format!("{}.key", short(old.fingerprint())));
    match fs::hard_link(&files.sealing, &kept) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            return Err(unusable(&kept, &error));
        }
        _ => {}
    }
    fs::rename(&place, &files.sealing)
        .and_then(|()| qadam_archive::sync_folder_of(&files.sealing))
        .map_err(|error| unusable(&files.sealing, &error))?;
    Ok(sealed)
}

/// Enough of a fingerprint to tell files apart.
fn short(fingerprint: &str) -> &str {
    fingerprint.get(..8).unwrap_or(fingerprint)
}

async fn known(store: &Store) -> Result<Option<String>, AppError> {
    Ok(settings::get(&store.read(), FINGERPRINT).await?)
}

async fn all_sealed_anew(
    db: &impl Db,
    old: &Sealer,
    new: &Sealer,
    random: &dyn Random,
) -> Result<Vec<Totp>, AppError> {
    let (mut ready, mut after) = (Vec::new(), None);
    loop {
        let some = totps(db, after).await?;
        after = some.last().map(|totp| totp.account);
        let is_last = some.len() < TOTPS_AT_ONCE;
        for totp in some {
            ready.push(sealed_anew(&totp, old, new, random)?);
        }
        if is_last {
            return Ok(ready);
        }
    }
}

fn sealed_anew(totp: &Totp, old: &Sealer, new: &Sealer, random: &dyn Random) -> Result<Totp, AppError> {
    let purpose = totp_purpose(totp.account);
    let secret = old.open(&purpose, &totp.secret).and_then(|open| new.seal(random, &purpose, &open));
    let account = totp.account;
    let secret =
        secret.ok_or_else(|| AppError::Internal(format!("the secret of {account} cannot be opened")))?;
    Ok(Totp { secret, ..totp.clone() })
}

async fn replace(tx: &Tx, ready: &[Totp], fingerprint: &str) -> Result<(), AppError> {
    for totp in ready {
        put_totp(tx, totp).await?;
    }
    Ok(settings::set(tx, FINGERPRINT, fingerprint).await?)
}
