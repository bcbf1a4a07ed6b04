//! What the browser says: which ceremony, which challenge, on which site (section 5.8.1).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;

use crate::Refusal;
use crate::relying_party::RelyingParty;

/// The members that are looked at. Browsers may add others.
#[derive(Deserialize)]
struct ClientData {
    r#type: String,
    challenge: String,
    origin: String,
    #[serde(default, rename = "crossOrigin")]
    cross_origin: Option<bool>,
    #[serde(default, rename = "topOrigin")]
    top_origin: Option<String>,
}

/// What somebody is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ceremony {
    Registration,
    SignIn,
}

impl Ceremony {
    const fn name(self) -> &'static str {
        match self {
            Self::Registration => "webauthn.create",
            Self::SignIn => "webauthn.get",
        }
    }
}

fn parse(client_data: &[u8]) -> Result<(ClientData, Vec<u8>), Refusal> {
    let parsed: ClientData = serde_json::from_slice(client_data).map_err(|_| Refusal::ClientData)?;
    let challenge = URL_SAFE_NO_PAD.decode(&parsed.challenge).map_err(|_| Refusal::ClientData)?;
    Ok((parsed, challenge))
}

/// The challenge that an answer names. Nothing says yet that it is an answer to it.
pub fn challenge_of(client_data: &[u8]) -> Result<Vec<u8>, Refusal> {
    parse(client_data).map(|(_, challenge)| challenge)
}

/// Checks type, challenge, origin and that no other site was around (sections 7.1 and 7.2: "Verify that the value of C.…").
pub(crate) fn check(
    client_data: &[u8],
    ceremony: Ceremony,
    challenge: &[u8],
    party: &RelyingParty,
) -> Result<(), Refusal> {
    let (said, answered) = parse(client_data)?;
    if said.r#type != ceremony.name() {
        return Err(Refusal::Ceremony);
    }
    // An empty challenge would be answered by anything that was ever made.
    if challenge.is_empty() || answered != challenge {
        return Err(Refusal::Challenge);
    }
    if said.origin != party.origin() {
        return Err(Refusal::Origin);
    }
    if said.cross_origin == Some(true) || said.top_origin.is_some() {
        return Err(Refusal::CrossOrigin);
    }
    Ok(())
}
