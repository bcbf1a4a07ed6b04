//! What the authenticator says (section 6.1), as bytes: whom for, what was done, how often, and a credential that it made.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use ciborium::Value;

use crate::public_key::PublicKey;
use crate::relying_party::RelyingParty;
use crate::{CREDENTIAL_ID_MAX, Refusal};

/// The digest of the relying party's identifier, in bytes.
const PARTY: usize = 32;
/// The identifier of the authenticator's make, in bytes. Nothing is done with it.
const MAKE: usize = 16;
/// How deep what it says may be nested.
const DEPTH: usize = 16;

const PRESENT: u8 = 1;
const VERIFIED: u8 = 1 << 2;
const ELIGIBLE: u8 = 1 << 3;
const BACKED_UP: u8 = 1 << 4;
const ATTESTED: u8 = 1 << 6;
const EXTENDED: u8 = 1 << 7;

/// What was read of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AuthenticatorData {
    party: Vec<u8>,
    flags: u8,
    pub(crate) sign_count: u32,
    pub(crate) credential: Option<Credential>,
}

/// A credential that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Credential {
    pub(crate) id: Vec<u8>,
    pub(crate) public_key: PublicKey,
}

impl AuthenticatorData {
    /// Reads all of it: what is left over would be signed and not looked at.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, Refusal> {
        let mut rest = bytes;
        let party = take(&mut rest, PARTY)?.to_vec();
        let flags = take(&mut rest, 1)?.first().copied().unwrap_or_default();
        let sign_count = u32::from_be_bytes(array(take(&mut rest, 4)?)?);
        let credential = if flags & ATTESTED == 0 { None } else { Some(credential(&mut rest)?) };
        if flags & EXTENDED != 0 {
            extensions(&mut rest)?;
        }
        if !rest.is_empty() {
            return Err(Refusal::AuthenticatorData);
        }
        Ok(Self { party, flags, sign_count, credential })
    }

    /// Checks for whom it is, that somebody was there and showed who they are, and that copies are spoken of consistently.
    pub(crate) fn check(&self, party: &RelyingParty) -> Result<(), Refusal> {
        verify_slices_are_equal(&self.party, &party.digest()).map_err(|_| Refusal::RelyingParty)?;
        if !self.has(PRESENT) {
            return Err(Refusal::UserPresence);
        }
        if !self.has(VERIFIED) {
            return Err(Refusal::UserVerification);
        }
        if self.backed_up() && !self.backup_eligible() {
            return Err(Refusal::Backup);
        }
        Ok(())
    }

    /// Whether the key may leave the device it was made on.
    pub(crate) const fn backup_eligible(&self) -> bool {
        self.has(ELIGIBLE)
    }

    /// Whether it has.
    pub(crate) const fn backed_up(&self) -> bool {
        self.has(BACKED_UP)
    }

    const fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }
}

/// The credential's identifier and key (section 6.5.1).
fn credential(rest: &mut &[u8]) -> Result<Credential, Refusal> {
    take(rest, MAKE)?;
    let length = usize::from(u16::from_be_bytes(array(take(rest, 2)?)?));
    if length == 0 || length > CREDENTIAL_ID_MAX {
        return Err(Refusal::CredentialId);
    }
    let id = take(rest, length)?.to_vec();
    let public_key = PublicKey::from_cose(value(rest).ok_or(Refusal::AuthenticatorData)?)?;
    Ok(Credential { id, public_key })
}

/// Extensions are not asked for; what is there must be what it says it is.
fn extensions(rest: &mut &[u8]) -> Result<(), Refusal> {
    match value(rest) {
        Some(Value::Map(_)) => Ok(()),
        _ => Err(Refusal::AuthenticatorData),
    }
}

/// One value in CBOR, off the front.
pub(crate) fn value(rest: &mut &[u8]) -> Option<Value> {
    ciborium::de::from_reader_with_recursion_limit(rest, DEPTH).ok()
}

fn take<'a>(rest: &mut &'a [u8], length: usize) -> Result<&'a [u8], Refusal> {
    let (taken, left) = rest.split_at_checked(length).ok_or(Refusal::AuthenticatorData)?;
    *rest = left;
    Ok(taken)
}

fn array<const N: usize>(bytes: &[u8]) -> Result<[u8; N], Refusal> {
    bytes.try_into().map_err(|_| Refusal::AuthenticatorData)
}
