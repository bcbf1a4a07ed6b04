//! Passkeys: signing in with a device that knows who holds it, and without a password (Web Authentication Level 3).
//!
//! A device that was unlocked for it signs a challenge for this site alone: that is two factors in one, which no other site
//! can ask for, so neither password nor code is asked beside it, and the settings that ask for a second factor are
//! satisfied. Which account it is the device says itself, by a handle that chance made; nobody is told which accounts have
//! passkeys. Whoever adds or removes one says the password, since a session left open must not be enough, and all other
//! sessions end with the change.
//!
//! * `challenges` – what devices sign: made without being stored, and taken back once;
//! * `registration` – adding a passkey;
//! * `sign_in` – coming in with one.
//!
//! What a device answers is verified by `qadam_webauthn`. Passkeys are bound to the register's domain; at an address of
//! numbers, or over `http`, browsers have none, and neither has the register.

mod challenges;
mod registration;
mod sign_in;

use std::sync::Arc;

use qadam_domain::ids::PasskeyId;
use qadam_mail::AccountEvent;
use qadam_storage::accounts::{self as stored, Account, Passkey};
use qadam_storage::{Tx, sessions};
use qadam_webauthn::{Algorithm, RelyingParty};

pub use self::challenges::CHALLENGE_SECONDS;
pub use self::registration::{NewPasskey, PasskeyBeginning, add_passkey, begin_passkey};
pub use self::sign_in::{
    PasskeyChallenge, PasskeySignIn, passkey_challenge, sign_in_to_pages_with_passkey, sign_in_with_passkey,
};
use super::second_factor::{check_own_password, is_asked_of, own_attempt};
use super::{Signed, still_signed};
use crate::application::App;
use crate::error::{AppError, Code};
use crate::letters::tell;
use crate::throttling::Origin;

/// The algorithms that devices are offered, by their numbers in the registry of COSE, the preferred one first.
pub const PASSKEY_ALGORITHMS: [i64; 2] = {
    let [first, second] = Algorithm::OFFERED;
    [first.number(), second.number()]
};
/// How many passkeys an account has at most.
pub const PASSKEYS_MAX: usize = 10;

/// The register as browsers and devices name it; [`Code::NoPasskeys`] where it is reached at an address that has none.
fn relying_party(app: &App) -> Result<RelyingParty, AppError> {
    RelyingParty::at(&app.settings.public_url).ok_or_else(|| Code::NoPasskeys.into())
}

/// The domain that passkeys of a register at an address are bound to; nothing where browsers have none there.
pub fn passkey_domain(public_url: &str) -> Option<String> {
    RelyingParty::at(public_url).map(|party| party.id().to_owned())
}

/// Whether browsers have passkeys at the address of the register.
pub fn passkeys_are_possible(app: &App) -> bool {
    relying_party(app).is_ok()
}

/// The passkeys of the account, oldest first.
pub async fn list_passkeys(app: &App, signed: &Signed) -> Result<Vec<Passkey>, AppError> {
    Ok(stored::list_passkeys(&app.store.read(), signed.account.id).await?)
}

/// Removes one of the account's own passkeys, by the password, and ends all other sessions. One of somebody else is not
/// there. The last one stays while the account must have a second factor and has no codes
/// ([`Code::LastSecondFactor`]): with the password alone nobody could come in.
pub async fn remove_passkey(
    app: &Arc<App>,
    origin: &Origin,
    signed: &Signed,
    passkey: PasskeyId,
    password: &str,
) -> Result<(), AppError> {
    let attempt = own_attempt(app, origin, signed)?;
    check_own_password(app, signed, password).await?;
    attempt.was_right();
    let (id, asking, shared) = (signed.account.id, signed.clone(), Arc::clone(app));
    app.store
        .write(move |tx| {
            Box::pin(async move {
                let account = still_signed(&shared, tx, &asking).await?;
                if !stored::remove_passkey(tx, id, passkey).await? {
                    return Err(AppError::NotFound);
                }
                let left = !stored::list_passkeys(tx, id).await?.is_empty();
                if !left && !account.second_factor && is_asked_of(&shared, &account) {
                    return Err(Code::LastSecondFactor.into());
                }
                note(tx, &account, left).await?;
                sessions::revoke_all(tx, id, shared.now(), Some(asking.session.id)).await?;
                Ok(())
            })
        })
        .await?;
    tell(app, &signed.account, AccountEvent::PasskeyRemoved);
    Ok(())
}

/// Notes whether an account has a passkey.
async fn note(tx: &Tx, before: &Account, has_passkey: bool) -> Result<(), AppError> {
    if before.has_passkey != has_passkey {
        let after = Account { has_passkey, version: before.version + 1, ..before.clone() };
        stored::update(tx, before, &after).await?;
    }
    Ok(())
}
