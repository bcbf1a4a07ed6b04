//! Signing in with a provider of identities: what a relying party asks and checks (OpenID Connect Core 1.0, the
//! authorization code flow; RFC 6749, 7636, 9207; RFC 9700 for how).
//!
//! Who calls makes state, nonce and verifier by chance, keeps them with the browser and not here, and tells the time.
//! [`Provider::authorization_url`] says where the browser goes, [`Provider::exchange`] makes the code that it comes back with
//! into [`Claims`], every one of which the provider signed or said over a connection of ours. Who that is among accounts is
//! for the caller to decide.
//!
//! * [`issuer`] – which addresses are asked at all;
//! * [`metadata`] – what a provider says of itself;
//! * [`keys`], [`id_token`] – with which keys it signs, and whether an ID token holds;
//! * [`claims`] – what it says of a person;
//! * [`transport`] – questions over HTTP, with an end and a bound;
//! * [`provider`] – all of it together, remembered for a while.
//!
//! The provider is asked at the first use: a register starts while its provider is down. A shared secret signs nothing, for
//! whoever knows the client's could make tokens then.

mod authorization;
mod claims;
mod id_token;
mod issuer;
mod keys;
mod metadata;
mod provider;
mod transport;

pub use authorization::{Authorization, challenge};
pub use claims::Claims;
pub use id_token::{Expected, LEEWAY_SECONDS, OLDEST_SECONDS};
pub use issuer::Issuer;
pub use provider::{Answer, ClientSecret, Provider, ProviderSettings};

/// What is wrong with a provider or its answer. It is for logs and tests: whoever is refused is told that, and not why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenIdError {
    /// It does not answer, in time or at all, or not as itself.
    #[error("the provider cannot be reached")]
    Unreachable,
    /// It sends on to another address, which nobody follows.
    #[error("the provider sends on to another address")]
    Redirected,
    /// Its answer is longer than any that holds.
    #[error("the provider's answer is too long")]
    TooLong,
    /// Its answer is another status than the question has.
    #[error("the provider answers with status {0}")]
    Status(u16),
    /// Its answer is no JSON object of the kind that was asked for.
    #[error("the provider's answer cannot be read")]
    Unreadable,
    /// The address of a provider is none that is asked.
    #[error("the address is neither https:// nor http:// on this machine")]
    Address,
    /// What it says of itself is of another provider.
    #[error("the provider calls itself by another name")]
    Name,
    /// What it says of itself leaves no way to sign in.
    #[error("the provider does not offer what is needed: {0}")]
    Offer(&'static str),
    /// Another provider answered than was asked (RFC 9207).
    #[error("another provider answered")]
    AnsweredBy,
    /// It does not take the code.
    #[error("the provider does not take the code")]
    Code,
    /// The ID token is none, or too long.
    #[error("the ID token cannot be read")]
    IdToken,
    /// It is signed by an algorithm that is not accepted, or by none.
    #[error("the ID token's algorithm is not accepted")]
    Algorithm,
    /// It is signed with a key that the provider does not show.
    #[error("the ID token's key is not known")]
    Key,
    /// The key did not sign it.
    #[error("the ID token's signature does not hold")]
    Signature,
    /// Another provider issued it.
    #[error("the ID token is of another issuer")]
    Issuer,
    /// It says of nobody.
    #[error("the ID token names nobody")]
    Subject,
    /// It is for somebody else.
    #[error("the ID token is for another client")]
    Audience,
    /// It was asked for by somebody else.
    #[error("the ID token was issued to another client")]
    AuthorizedParty,
    /// It is over, or not yet good.
    #[error("the ID token is not good at this time")]
    Time,
    /// It answers another question.
    #[error("the ID token answers another question")]
    Nonce,
    /// It came with another access token.
    #[error("the ID token is of another access token")]
    AccessToken,
    /// What is said of the person is of another.
    #[error("the claims are of another person")]
    UserInfo,
}

impl OpenIdError {
    /// Whether the provider is at fault and not the answer: whoever signs in may try again later.
    pub const fn is_of_the_provider(self) -> bool {
        matches!(
            self,
            Self::Unreachable
                | Self::Redirected
                | Self::TooLong
                | Self::Status(_)
                | Self::Unreadable
                | Self::Address
                | Self::Name
                | Self::Offer(_)
        )
    }
}
