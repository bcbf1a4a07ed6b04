//! What a browser keeps while somebody is at the provider: what the answer has to bring back, and where to go on then.
//!
//! It is sealed, so that nothing is stored here before somebody comes back and a browser can neither read nor change it. An
//! answer is taken from the browser that set out alone, once, within ten minutes.

use std::fmt;
use std::sync::Arc;

use qadam_domain::calendar::Timestamp;
use qadam_domain::language::Language;
use qadam_storage::accounts::spend_challenge;
use serde::{Deserialize, Serialize};

use super::Signed;
use crate::application::App;
use crate::error::AppError;
use crate::sealing::token;

/// For how many seconds somebody may be at the provider.
pub const JOURNEY_SECONDS: i64 = 600;

/// What a journey is sealed for.
const SEALED: &str = "journey to a provider";

/// How long the address to go on to is at most: the whole has to fit into a cookie.
const NEXT_MAX: usize = 1_000;

/// What somebody set out for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Purpose {
    /// To sign in.
    SignIn,
    /// To connect an identity to an account, in one session.
    Connection { account: String, session: String },
}

impl Purpose {
    pub(super) fn connection(signed: &Signed) -> Self {
        Self::Connection { account: signed.account.id.to_string(), session: signed.session.id.to_string() }
    }
}

/// A journey to the provider and back.
#[derive(Clone, Serialize, Deserialize)]
pub struct Journey {
    pub(super) state: String,
    pub(super) nonce: String,
    pub(super) verifier: String,
    pub(super) purpose: Purpose,
    until: i64,
    language: String,
    next: String,
}

/// Leaves out what nobody else may know.
impl fmt::Debug for Journey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Journey").field("purpose", &self.purpose).finish_non_exhaustive()
    }
}

impl Journey {
    pub(super) fn new(app: &App, purpose: Purpose, language: Language, next: &str) -> Self {
        let chance = || token(app.random.as_ref());
        Self {
            state: chance(),
            nonce: chance(),
            verifier: chance(),
            purpose,
            until: app.after(JOURNEY_SECONDS).0,
            language: language.tag().to_owned(),
            next: if next.len() <= NEXT_MAX { next.to_owned() } else { String::new() },
        }
    }

    pub(super) fn seal(&self, app: &App) -> Result<String, AppError> {
        let text = serde_json::to_string(self).ok();
        let sealed = text.and_then(|text| app.sealer.seal(app.random.as_ref(), SEALED, &text));
        sealed.ok_or_else(|| AppError::Internal("a journey cannot be sealed".to_owned()))
    }

    /// Opens what a browser kept; nothing where it is over, or was not made here.
    pub fn open(app: &App, sealed: &str) -> Option<Self> {
        let opened: Self = serde_json::from_str(&app.sealer.open(SEALED, sealed)?).ok()?;
        Some(opened).filter(|journey| journey.until > app.now().0)
    }

    /// The language that it was begun in.
    pub fn language(&self) -> Option<Language> {
        self.language.parse().ok()
    }

    /// Where to go on, as it was asked for.
    pub fn next(&self) -> &str {
        &self.next
    }

    /// Whether somebody set out to connect an identity, and not to sign in.
    pub const fn is_connection(&self) -> bool {
        matches!(self.purpose, Purpose::Connection { .. })
    }

    /// Ends it; `false` where it was ended before. It is a write of its own, for whatever becomes of the answer.
    pub(super) async fn spend(&self, app: &Arc<App>) -> Result<bool, AppError> {
        let digest = app.sealer.digest("spent journey", &[self.state.as_bytes()]);
        let until = Timestamp(self.until);
        app.store
            .write(move |tx| Box::pin(async move { Ok(spend_challenge(tx, digest, until).await?) }))
            .await
    }
}
