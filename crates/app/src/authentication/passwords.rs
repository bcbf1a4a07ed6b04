//! Password hashes: Argon2id (RFC 9106), a few at a time.
//!
//! A hash takes tens of milliseconds and megabytes on purpose, so a flood of sign-ins must neither take all cores
//! nor all memory: a few are computed at once on threads of their own, a bounded number waits, and the rest is
//! turned away. An address without an account costs as much as one with a wrong password.

use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::error::{AppError, Code};
use crate::random::{Random, bytes};
use crate::settings::AuthenticationSettings;

/// Lanes of the hash. One: a sign-in uses one core.
const LANES: u32 = 1;

/// Length of a salt in bytes (RFC 9106, section 3.1).
const SALT: usize = 16;

/// The longest text that is hashed, in bytes before normalisation. No password that may be chosen is longer.
const BYTES_MAX: usize = 4 * 1024;

/// How much longer NFC may make a text in UTF-8 (Unicode Standard Annex 15, section 2): room for it is taken at
/// once, so that no half-written copy stays behind in memory.
const GROWTH: usize = 3;

/// Hashes and checks passwords.
#[derive(Debug)]
pub struct Passwords {
    hasher: Argon2<'static>,
    /// What a password is checked against where there is no account: the work of a hash of the present cost, and
    /// no password that anybody knows.
    decoy: PasswordHash,
    running: Arc<Semaphore>,
    places: Arc<Semaphore>,
}

/// What came of checking a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It is not the password, or there is none.
    Wrong,
    /// It is.
    Right,
    /// It is, and its hash was made with other parameters than the present ones.
    RightButOutdated,
}

impl Passwords {
    /// Hashes at the cost that the settings name.
    pub fn new(settings: &AuthenticationSettings) -> Result<Self, AppError> {
        let params = Params::new(settings.argon2_memory_kib, settings.argon2_passes, LANES, None)
            .map_err(|error| AppError::Internal(format!("Argon2 parameters: {error}")))?;
        let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let (memory, passes) = (settings.argon2_memory_kib, settings.argon2_passes);
        let salt = "A".repeat(22);
        let hash = "A".repeat(43);
        let decoy = format!("$argon2id$v=19$m={memory},t={passes},p={LANES}${salt}${hash}");
        Ok(Self {
            hasher,
            decoy: PasswordHash::new(&decoy)
                .map_err(|error| AppError::Internal(format!("decoy hash: {error}")))?,
            running: Arc::new(Semaphore::new(settings.concurrent_hashes.max(1))),
            places: Arc::new(Semaphore::new(settings.concurrent_hashes.max(1) + settings.waiting_hashes)),
        })
    }

    /// The hash of a password in PHC form, which carries its parameters and its salt.
    pub(crate) async fn hash(&self, random: &dyn Random, password: &str) -> Result<String, AppError> {
        let salt: [u8; SALT] = bytes(random);
        let password = normalised(password);
        let hasher = self.hasher.clone();
        let hash = self.run(move || hasher.hash_password_with_salt(&password, &salt)).await?;
        match hash {
            Ok(hash) => Ok(PasswordHash::to_string(&hash)),
            Err(error) => Err(AppError::Internal(format!("password hash: {error}"))),
        }
    }

    /// Checks a password against a stored hash; without one, does the same work for nothing.
    pub(crate) async fn verify(&self, password: &str, stored: Option<&str>) -> Result<Verdict, AppError> {
        if password.len() > BYTES_MAX {
            return Ok(Verdict::Wrong);
        }
        let against = match stored {
            Some(stored) => PasswordHash::new(stored)
                .map_err(|error| AppError::Internal(format!("stored password hash: {error}")))?,
            None => self.decoy.clone(),
        };
        let outdated = (&against.algorithm, &against.version, &against.params)
            != (&self.decoy.algorithm, &self.decoy.version, &self.decoy.params);
        let password = normalised(password);
        let hasher = self.hasher.clone();
        let matches = self.run(move || hasher.verify_password(&password, &against).is_ok()).await?;
        Ok(match (matches && stored.is_some(), outdated) {
            (false, _) => Verdict::Wrong,
            (true, false) => Verdict::Right,
            (true, true) => Verdict::RightButOutdated,
        })
    }

    /// Runs one computation on a thread of its own when it is its turn; [`Code::Busy`] when too many wait.
    ///
    /// The computation keeps its place even when the caller stops waiting, because it goes on.
    async fn run<T, F>(&self, work: F) -> Result<T, AppError>
    where
        T: Send + 'static,
        F: FnOnce() -> T + Send + 'static,
    {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_full| Code::Busy)?;
        let closed = |_closed| AppError::Internal("password hashing has stopped".to_owned());
        let turn = Arc::clone(&self.running).acquire_owned().await.map_err(closed)?;
        let done = tokio::task::spawn_blocking(move || {
            let outcome = work();
            drop((turn, place));
            outcome
        });
        done.await.map_err(|error| AppError::Internal(format!("password hashing: {error}")))
    }
}

/// A password as it is hashed: Unicode NFC (NIST SP 800-63B-4, section 3.1.1.2), so that it does not depend on
/// the keyboard that typed it. Wiped when it is no longer needed.
fn normalised(password: &str) -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(password.len() * GROWTH));
    let mut buffer = [0; 4];
    for character in password.nfc() {
        bytes.extend_from_slice(character.encode_utf8(&mut buffer).as_bytes());
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SystemRandomness;

    fn settings(memory: u32, passes: u32) -> AuthenticationSettings {
        AuthenticationSettings {
            argon2_memory_kib: memory,
            argon2_passes: passes,
            concurrent_hashes: 1,
            waiting_hashes: 1,
            ..AuthenticationSettings::default()
        }
    }

    fn cheap() -> Passwords {
        Passwords::new(&settings(64, 1)).unwrap()
    }

    #[tokio::test]
    async fn a_hash_carries_its_parameters_and_a_fresh_salt() {
        let random = SystemRandomness;
        let hash = cheap().hash(&random, "a long enough secret").await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{hash}");
        assert_ne!(hash, cheap().hash(&random, "a long enough secret").await.unwrap());
        assert_eq!(cheap().verify("a long enough secret", Some(&hash)).await.unwrap(), Verdict::Right);
        assert_eq!(cheap().verify("a long enough Secret", Some(&hash)).await.unwrap(), Verdict::Wrong);
    }

    #[tokio::test]
    async fn the_same_letters_typed_decomposed_are_the_same_password() {
        let hash = cheap().hash(&SystemRandomness, "тройкой промчался йод").await.unwrap();
        let decomposed = "тройкой промчался йод".replace('й', "и\u{306}");
        assert_eq!(cheap().verify(&decomposed, Some(&hash)).await.unwrap(), Verdict::Right);
    }

    #[tokio::test]
    async fn a_hash_of_other_parameters_is_right_but_outdated() {
        let hash = cheap().hash(&SystemRandomness, "a long enough secret").await.unwrap();
        let dearer = Passwords::new(&settings(128, 1)).unwrap();
        let verdict = dearer.verify("a long enough secret", Some(&hash)).await.unwrap();
        assert_eq!(verdict, Verdict::RightButOutdated);
        assert_eq!(dearer.verify("another", Some(&hash)).await.unwrap(), Verdict::Wrong);
    }

    #[tokio::test]
    async fn without_a_stored_hash_every_password_is_wrong() {
        for password in ["", "A", "a long enough secret", &"x".repeat(BYTES_MAX + 1)] {
            assert_eq!(cheap().verify(password, None).await.unwrap(), Verdict::Wrong);
        }
    }

    #[tokio::test]
    async fn the_decoy_costs_what_a_real_hash_costs() {
        let passwords = cheap();
        let hash = passwords.hash(&SystemRandomness, "a long enough secret").await.unwrap();
        let real = PasswordHash::new(&hash).unwrap();
        assert_eq!((real.algorithm, real.version), (passwords.decoy.algorithm, passwords.decoy.version));
        assert_eq!(real.params, passwords.decoy.params);
        assert_eq!(real.salt.unwrap().len(), passwords.decoy.salt.unwrap().len());
        assert_eq!(real.hash.unwrap().len(), passwords.decoy.hash.unwrap().len());
    }

    #[tokio::test]
    async fn a_full_queue_turns_new_ones_away_and_lets_them_in_again() {
        let passwords = cheap();
        let taken = Arc::clone(&passwords.places).try_acquire_many_owned(2).unwrap();
        let refused = passwords.verify("a long enough secret", None).await.unwrap_err();
        assert_eq!(refused.code(), Code::Busy);
        drop(taken);
        assert_eq!(passwords.verify("a long enough secret", None).await.unwrap(), Verdict::Wrong);
    }

    #[test]
    fn impossible_parameters_stop_the_start() {
        assert!(Passwords::new(&settings(1, 1)).is_err());
        assert!(Passwords::new(&settings(64, 0)).is_err());
    }
}
