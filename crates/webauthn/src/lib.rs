//! What an authenticator answers, and whether it holds: the checks of a relying party (Web Authentication Level 3, section 7).
//! Bytes in, values out; no clock, no storage and no chance.
//!
//! Who calls makes a challenge, hands it out, and takes it back once ([`challenge_of`] reads which one an answer names, for
//! that comes before anything else). Then [`verify_registration`] gives the credential to be kept, and [`verify_sign_in`]
//! says what is new about one that is. What only who keeps credentials can decide is left to them: that a credential is
//! nobody's yet, and that a counter goes forward.
//!
//! Attestations are not asked for and, where one comes all the same, not looked at: which make of device somebody has is
//! nothing that the register needs to know.

mod authenticator_data;
mod client_data;
mod public_key;
mod registration;
mod relying_party;
mod sign_in;

pub use client_data::challenge_of;
pub use public_key::{Algorithm, PublicKey};
pub use registration::{NewCredential, Registration, verify_registration};
pub use relying_party::RelyingParty;
pub use sign_in::{KnownCredential, SignIn, Use, verify_sign_in};

/// The longest identifier of a credential in bytes (section 4, "Credential ID").
pub const CREDENTIAL_ID_MAX: usize = 1023;

/// What is wrong with an answer. It is for logs and tests: whoever is refused is told that, and not why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The client data is not what a browser makes.
    #[error("the client data cannot be read")]
    ClientData,
    /// It was made for another ceremony.
    #[error("the client data is of another ceremony")]
    Ceremony,
    /// It answers another challenge.
    #[error("another challenge was answered")]
    Challenge,
    /// It was made on another site.
    #[error("it was made on another site")]
    Origin,
    /// It was made within a page of another site.
    #[error("it was made within another site")]
    CrossOrigin,
    /// The authenticator's data is cut short, too long, or not what it says it is.
    #[error("the authenticator's data cannot be read")]
    AuthenticatorData,
    /// It is for another relying party.
    #[error("it is for another relying party")]
    RelyingParty,
    /// Nobody was there.
    #[error("nobody was present")]
    UserPresence,
    /// Nobody showed the device who they are.
    #[error("the user was not verified")]
    UserVerification,
    /// A key that cannot be copied is said to be copied, or it could be copied before and cannot now.
    #[error("what is said of copies contradicts itself")]
    Backup,
    /// The attestation object is not one.
    #[error("the attestation object cannot be read")]
    AttestationObject,
    /// The credential's identifier is empty, too long, or another than was said.
    #[error("the credential's identifier is wrong")]
    CredentialId,
    /// The key is of an algorithm that was not offered, or none.
    #[error("the public key is none that was asked for")]
    PublicKey,
    /// It is somebody else's.
    #[error("the user handle is another")]
    UserHandle,
    /// The key did not sign it.
    #[error("the signature does not hold")]
    Signature,
}
