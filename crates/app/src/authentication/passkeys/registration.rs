//! Adding a passkey to one's own account: by the password first, by what the device made then.

use std::fmt;
use std::sync::Arc;

use qadam_domain::ids::PasskeyId;
use qadam_domain::text::{LABEL_MAX, Lines, clean};
use qadam_mail::AccountEvent;
use qadam_storage::accounts::{self as stored, Passkey};
use qadam_storage::{Tx, sessions};
use qadam_webauthn::{NewCredential, Registration, challenge_of, verify_registration};

use super::challenges::{self, Purpose};
use super::{PASSKEYS_MAX, Signed, note, relying_party};
use crate::application::App;
use crate::authentication::second_factor::{OwnProof, ask_own, check_own_password, own_attempt};
use crate::authentication::still_signed;
use crate::error::{AppError, Code, FieldCode, text_code};
use crate::letters::tell;
use crate::random::{bytes, uuid};
use crate::sealing::hexadecimal;
use crate::throttling::Origin;

/// The length of what devices know an account by, in bytes: as long as it may be (section 5.4.3).
const USER_HANDLE: usize = 64;

/// What a browser is told for a passkey to be made.
#[derive(Clone)]
pub struct PasskeyBeginning {
    /// What the device signs.
    pub challenge: Vec<u8>,
    /// The domain that the passkey is bound to.
    pub domain: String,
    /// What devices know the account by.
    pub user_handle: Vec<u8>,
    /// What devices show of the account, and copy to wherever they keep passkeys: nothing that names its person, who may be
    /// asked to unlock the device.
    pub shown: String,
    /// The passkeys that the account has, by what their devices call them: none makes a second one.
    pub known: Vec<Vec<u8>>,
}

/// Leaves out challenge and person.
impl fmt::Debug for PasskeyBeginning {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("PasskeyBeginning").field("domain", &self.domain).finish_non_exhaustive()
    }
}

/// A passkey that was made.
#[derive(Debug, Clone)]
pub struct NewPasskey {
    /// What the person knows it by.
    pub label: String,
    /// `clientDataJSON` of the browser.
    pub client_data: Vec<u8>,
    /// `attestationObject` of the device.
    pub attestation_object: Vec<u8>,
}

/// Begins to add a passkey, by the password, and by a code where the account has an app: what lets in without a code takes
/// one to be made. What comes of it is given to [`add_passkey`] within five minutes, in the same
/// session.
pub async fn begin_passkey(
    app: &Arc<App>,
    origin: &Origin,
    signed: &Signed,
    said: OwnProof<'_>,
) -> Result<PasskeyBeginning, AppError> {
    let domain = relying_party(app)?.id().to_owned();
    let attempt = own_attempt(app, origin, signed)?;
    check_own_password(app, signed, said.password).await?;
    let id = signed.account.id;
    let fresh: [u8; USER_HANDLE] = bytes(app.random.as_ref());
    let (shared, asking, code) = (Arc::clone(app), signed.clone(), said.code.map(str::to_owned));
    let (user_handle, passkeys) = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let account = still_signed(&shared, tx, &asking).await?;
                ask_own(&shared, tx, &account, code.as_deref()).await?;
                let passkeys = not_too_many(tx, id).await?;
                Ok::<_, AppError>((stored::user_handle(tx, id, &fresh).await?, passkeys))
            })
        })
        .await?;
    attempt.was_right();
    // Told apart by two bytes, where somebody has several accounts.
    let letters = user_handle.get(..2).map(hexadecimal).unwrap_or_default();
    let shown = format!("{domain} {letters}");
    Ok(PasskeyBeginning {
        challenge: challenges::make(app, Purpose::Registration(id, signed.session.id)),
        domain,
        user_handle,
        shown,
        known: passkeys.into_iter().map(|passkey| passkey.credential_id).collect(),
    })
}

async fn not_too_many(tx: &Tx, account: qadam_domain::ids::UserId) -> Result<Vec<Passkey>, AppError> {
    let passkeys = stored::list_passkeys(tx, account).await?;
    if passkeys.len() >= PASSKEYS_MAX { Err(Code::TooManyPasskeys.into()) } else { Ok(passkeys) }
}

/// Adds a passkey that a device made, and ends all other sessions. What does not hold, is some account's already, or
/// answers no challenge that [`begin_passkey`] gave this session, is refused alike ([`Code::InvalidPasskey`]).
pub async fn add_passkey(
    app: &Arc<App>,
    origin: &Origin,
    signed: &Signed,
    new: NewPasskey,
) -> Result<Passkey, AppError> {
    let party = relying_party(app)?;
    let label = clean_label(&new.label)?;
    let attempt = own_attempt(app, origin, signed)?;
    let (id, session) = (signed.account.id, signed.session.id);
    let challenge = challenge_of(&new.client_data).map_err(|_| Code::InvalidPasskey)?;
    let made = challenges::made(app, Purpose::Registration(id, session), &challenge);
    let made = made.ok_or(Code::InvalidPasskey)?;
    let registration =
        Registration { client_data: &new.client_data, attestation_object: &new.attestation_object };
    let credential = verify_registration(&party, &challenge, registration).map_err(|refusal| {
        tracing::debug!(%refusal, "a passkey was not taken");
        Code::InvalidPasskey
    })?;
    let passkey = kept(app, signed, label, credential)?;
    let (row, asking, shared) = (passkey.clone(), signed.clone(), Arc::clone(app));
    app.store
        .write(move |tx| {
            Box::pin(async move {
                let account = still_signed(&shared, tx, &asking).await?;
                if !made.spend(tx).await? {
                    return Err(Code::InvalidPasskey.into());
                }
                not_too_many(tx, id).await?;
                if stored::find_passkey(tx, &row.credential_id).await?.is_some() {
                    return Err(Code::InvalidPasskey.into());
                }
                stored::insert_passkey(tx, &row).await?;
                note(tx, &account, true).await?;
                sessions::note_second_factor(tx, session).await?;
                sessions::revoke_all(tx, id, shared.now(), Some(session)).await?;
                Ok::<_, AppError>(())
            })
        })
        .await?;
    attempt.was_right();
    tell(app, &signed.account, AccountEvent::PasskeyAdded);
    Ok(passkey)
}

fn clean_label(label: &str) -> Result<String, AppError> {
    match clean(label, LABEL_MAX, Lines::Single) {
        Ok(label) if label.is_empty() => Err(AppError::field("/label", FieldCode::Required)),
        Ok(label) => Ok(label),
        Err(error) => Err(AppError::field("/label", text_code(error))),
    }
}

/// What is kept of a credential.
fn kept(app: &App, signed: &Signed, label: String, credential: NewCredential) -> Result<Passkey, AppError> {
    let algorithm = credential.public_key.algorithm.number();
    Ok(Passkey {
        id: PasskeyId(uuid(app.random.as_ref())),
        account: signed.account.id,
        credential_id: credential.id,
        algorithm: i16::try_from(algorithm)
            .map_err(|_| AppError::Internal(format!("algorithm {algorithm} has no place")))?,
        public_key: credential.public_key.bytes,
        sign_count: credential.sign_count,
        backup_eligible: credential.backup_eligible,
        backed_up: credential.backed_up,
        label,
        made_on: app.today(),
        used_on: None,
        doubted_on: None,
    })
}
