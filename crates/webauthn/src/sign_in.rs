//! Signing in with a credential (section 7.2).

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{SHA256, digest};

use crate::authenticator_data::AuthenticatorData;
use crate::client_data::{Ceremony, check};
use crate::public_key::PublicKey;
use crate::{Refusal, RelyingParty};

/// What a browser brings when a credential signed.
#[derive(Debug, Clone, Copy)]
pub struct SignIn<'a> {
    /// `clientDataJSON`.
    pub client_data: &'a [u8],
    /// `authenticatorData`.
    pub authenticator_data: &'a [u8],
    /// `signature`.
    pub signature: &'a [u8],
    /// `userHandle`: of a credential that says itself whose it is.
    pub user_handle: &'a [u8],
}

/// What is kept of a credential.
#[derive(Debug, Clone, Copy)]
pub struct KnownCredential<'a> {
    /// Its key.
    pub public_key: &'a PublicKey,
    /// The handle of the account that it is of.
    pub user_handle: &'a [u8],
    /// Whether its private key may be copied.
    pub backup_eligible: bool,
}

/// What is new about the credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Use {
    /// How often it signed. Who keeps credentials refuses a count that does not go forward, unless both are 0: the key may
    /// be in two hands.
    pub sign_count: u32,
    /// Whether its private key was copied.
    pub backed_up: bool,
}

/// Verifies that the credential signed an answer to a challenge here, for somebody who was present and verified.
pub fn verify_sign_in(
    party: &RelyingParty,
    challenge: &[u8],
    known: KnownCredential<'_>,
    sign_in: SignIn<'_>,
) -> Result<Use, Refusal> {
    verify_slices_are_equal(known.user_handle, sign_in.user_handle).map_err(|_| Refusal::UserHandle)?;
    check(sign_in.client_data, Ceremony::SignIn, challenge, party)?;
    let data = AuthenticatorData::parse(sign_in.authenticator_data)?;
    data.check(party)?;
    // Only what was made now is attested.
    if data.credential.is_some() {
        return Err(Refusal::AuthenticatorData);
    }
    if data.backup_eligible() != known.backup_eligible {
        return Err(Refusal::Backup);
    }
    let client_data = digest(&SHA256, sign_in.client_data);
    let signed = [sign_in.authenticator_data, client_data.as_ref()].concat();
    known.public_key.verify(&signed, sign_in.signature)?;
    Ok(Use { sign_count: data.sign_count, backed_up: data.backed_up() })
}
