//! Challenges: what devices sign, so that no answer is good twice or long.
//!
//! A challenge is 32 random bytes, when it ends, and a keyed digest of both and of what it is for, so that nothing is stored
//! until one is answered well: whoever asks for many, or answers wrongly, fills no table, and every node knows those of all.
//! Which were answered is noted by one statement, in the transaction of what the answer is good for, and kept until they would
//! have ended.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::{SessionId, UserId};
use qadam_storage::Tx;
use qadam_storage::accounts::spend_challenge;

use crate::application::App;
use crate::error::AppError;
use crate::random::bytes;

/// For how many seconds a challenge may be answered.
pub const CHALLENGE_SECONDS: i64 = 300;

const RANDOM: usize = 32;
const END: usize = 8;

/// What a challenge is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// An account adds a passkey, in one session.
    Registration(UserId, SessionId),
    /// Somebody signs in.
    SignIn,
}

/// A challenge that ends five minutes from now.
pub(super) fn make(app: &App, purpose: Purpose) -> Vec<u8> {
    let random: [u8; RANDOM] = bytes(app.random.as_ref());
    let end = app.after(CHALLENGE_SECONDS).0.to_be_bytes();
    let proof = proof(app, purpose, &random, &end);
    [&random[..], &end, &proof].concat()
}

/// A challenge that was made here and has not ended.
#[derive(Debug, Clone, Copy)]
pub(super) struct Made {
    /// What is kept of it once it is used up.
    digest: [u8; 32],
    until: Timestamp,
}

impl Made {
    /// Uses it up; `false` where another answer to it was taken before.
    pub(super) async fn spend(self, tx: &Tx) -> Result<bool, AppError> {
        Ok(spend_challenge(tx, self.digest, self.until).await?)
    }
}

/// A challenge that is answered; `None` where it was not made here for this, or has ended.
pub(super) fn made(app: &App, purpose: Purpose, challenge: &[u8]) -> Option<Made> {
    let (random, rest) = challenge.split_at_checked(RANDOM)?;
    let (end, told) = rest.split_at_checked(END)?;
    verify_slices_are_equal(&proof(app, purpose, random, end), told).ok()?;
    let until = Timestamp(i64::from_be_bytes(end.try_into().ok()?));
    let digest = app.sealer.digest("spent challenge", &[challenge]);
    (until > app.now()).then_some(Made { digest, until })
}

fn proof(app: &App, purpose: Purpose, random: &[u8], end: &[u8]) -> [u8; 32] {
    match purpose {
        Purpose::SignIn => app.sealer.digest("passkey sign-in", &[random, end]),
        Purpose::Registration(account, session) => {
            let (account, session) = (account.0.as_bytes(), session.0.as_bytes());
            app.sealer.digest("passkey registration", &[random, end, account, session])
        }
    }
}
