//! A provider of identities that lies: what is right holds, and each thing that can be wrong is refused for itself.

#[cfg(test)]
#[expect(unreachable_pub, reason = "the end-to-end tests have the same provider, where it is public")]
mod fake;
#[cfg(test)]
mod hostile_answers;
#[cfg(test)]
mod hostile_tokens;
#[cfg(test)]
mod ways;

#[cfg(test)]
use fake::{CLIENT, Fake, SECRET};
#[cfg(test)]
use qadam_openid::{
    Answer, Authorization, Claims, ClientSecret, Issuer, OpenIdError, Provider, ProviderSettings,
};
#[cfg(test)]
use serde_json::Value;

#[cfg(test)]
const NOW: i64 = 1_760_518_800;
#[cfg(test)]
const ASKED: Authorization<'static> = Authorization {
    state: "a state",
    nonce: "a nonce",
    verifier: "a verifier of at least forty-three letters.",
    language: "en",
};

/// As what a register is known to a provider.
#[cfg(test)]
fn settings(fake: &Fake) -> ProviderSettings {
    ProviderSettings {
        issuer: Issuer::new(&fake.issuer).unwrap(),
        client_id: CLIENT.to_owned(),
        client_secret: Some(ClientSecret(SECRET.to_owned())),
        redirect_uri: "https://register.example/openid".to_owned(),
        scopes: ["openid", "email"].map(str::to_owned).into(),
        wanted: ["email", "email_verified"].map(str::to_owned).into(),
    }
}

/// What comes of somebody who is let in as these claims.
#[cfg(test)]
async fn came(fake: &Fake, provider: &Provider, claims: Value) -> Result<Claims, OpenIdError> {
    let url = provider.authorization_url(ASKED, NOW).await?;
    let (state, code) = fake.let_in(&url, claims);
    assert_eq!(state, ASKED.state);
    let answer = Answer { code: &code, issuer: None, verifier: ASKED.verifier, nonce: ASKED.nonce };
    provider.exchange(answer, NOW).await
}
