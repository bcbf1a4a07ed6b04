//! Registering a credential (section 7.1).

use ciborium::Value;

use crate::authenticator_data::{AuthenticatorData, value};
use crate::client_data::{Ceremony, check};
use crate::public_key::PublicKey;
use crate::{Refusal, RelyingParty};

/// The longest attestation object in bytes: some hundred are enough where none is asked for, and a certificate or two fit.
const ATTESTATION_OBJECT_MAX: usize = 16 * 1024;

/// What a browser brings when a credential was made.
#[derive(Debug, Clone, Copy)]
pub struct Registration<'a> {
    /// `clientDataJSON`.
    pub client_data: &'a [u8],
    /// `attestationObject`.
    pub attestation_object: &'a [u8],
}

/// A credential to be kept, once it is certain that it is nobody's yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCredential {
    /// Its identifier, at most [`crate::CREDENTIAL_ID_MAX`] bytes.
    pub id: Vec<u8>,
    /// Its key.
    pub public_key: PublicKey,
    /// How often it signed; 0 where the authenticator does not count.
    pub sign_count: u32,
    /// Whether its private key may be copied to other devices; never changes.
    pub backup_eligible: bool,
    /// Whether it was.
    pub backed_up: bool,
}

/// Verifies that somebody who was present and verified made a credential here, in answer to a challenge.
///
/// The extensions and the attestation statement are not looked at: none is asked for and none is trusted.
pub fn verify_registration(
    party: &RelyingParty,
    challenge: &[u8],
    registration: Registration<'_>,
) -> Result<NewCredential, Refusal> {
    if registration.attestation_object.len() > ATTESTATION_OBJECT_MAX {
        return Err(Refusal::AttestationObject);
    }
    check(registration.client_data, Ceremony::Registration, challenge, party)?;
    let data = AuthenticatorData::parse(&authenticator_data(registration.attestation_object)?)?;
    data.check(party)?;
    let (backup_eligible, backed_up) = (data.backup_eligible(), data.backed_up());
    let credential = data.credential.ok_or(Refusal::AttestationObject)?;
    Ok(NewCredential {
        id: credential.id,
        public_key: credential.public_key,
        sign_count: data.sign_count,
        backup_eligible,
        backed_up,
    })
}

/// The authenticator's data in an attestation object: a map with it and with what is not looked at.
fn authenticator_data(attestation_object: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut rest = attestation_object;
    let Some(Value::Map(members)) = value(&mut rest).filter(|_| rest.is_empty()) else {
        return Err(Refusal::AttestationObject);
    };
    let mut named = members.into_iter().filter(|(name, _)| name.as_text() == Some("authData"));
    match (named.next(), named.next()) {
        (Some((_, Value::Bytes(data))), None) => Ok(data),
        _ => Err(Refusal::AttestationObject),
    }
}
