//! Tokens whose signature was found good, so that it is computed once and not with every request.
//!
//! They are known by their digest, and only after everything about them was checked that does not change with time.
//! Whether they hold still is asked each time, as is the session they name.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use super::access_tokens::Verified;

/// How many are remembered at most: one for each session at work.
const TOKENS_MAX: usize = 1024;

/// Tokens that were verified, by their SHA-256.
#[derive(Default)]
pub(super) struct VerifiedTokens(Mutex<HashMap<[u8; 32], Verified>>);

impl VerifiedTokens {
    /// What a token says, where it was verified before.
    pub(super) fn find(&self, digest: &[u8; 32]) -> Option<Verified> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(digest).copied()
    }

    /// Remembers a token. Where there are too many, those go that ended before `now` in seconds, and if there are
    /// none, all.
    pub(super) fn remember(&self, digest: [u8; 32], verified: Verified, now: i64) {
        let mut tokens = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if tokens.len() >= TOKENS_MAX {
            tokens.retain(|_, verified| verified.expires >= now);
        }
        if tokens.len() >= TOKENS_MAX {
            tokens.clear();
        }
        tokens.insert(digest, verified);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authentication::access_tokens::Named;
    use qadam_domain::ids::{SessionId, UserId, Uuid};

    fn until(expires: i64) -> Verified {
        let named = Named { account: UserId(Uuid::nil()), session: SessionId(Uuid::nil()) };
        Verified { named, issued: 0, expires }
    }

    fn digest(number: usize) -> [u8; 32] {
        let mut digest = [0; 32];
        digest[..8].copy_from_slice(&number.to_be_bytes());
        digest
    }

    #[test]
    fn too_many_drive_out_those_that_ended_and_else_all() {
        let tokens = VerifiedTokens::default();
        for number in 0..TOKENS_MAX {
            tokens.remember(digest(number), until(if number % 2 == 0 { 10 } else { 20 }), 0);
        }
        assert_eq!(tokens.find(&digest(0)), Some(until(10)));
        tokens.remember(digest(TOKENS_MAX), until(20), 15);
        assert_eq!(tokens.find(&digest(0)), None);
        assert_eq!(tokens.find(&digest(1)), Some(until(20)));
        for number in 0..TOKENS_MAX {
            tokens.remember(digest(TOKENS_MAX + number), until(20), 15);
        }
        assert!(tokens.0.lock().unwrap().len() <= TOKENS_MAX);
        assert_eq!(tokens.find(&digest(1)), None);
        assert_eq!(tokens.find(&digest(2 * TOKENS_MAX - 1)), Some(until(20)));
    }
}
