//! Random bytes and identifiers. Injected, so that tests repeat them.

use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use uuid::{Builder, Uuid};

/// A source of random bytes.
pub trait Random: std::fmt::Debug + Send + Sync {
    /// Fills a buffer with unpredictable bytes.
    fn fill(&self, buffer: &mut [u8]);
}

/// The system's generator.
#[derive(Debug, Default)]
pub struct SystemRandomness(SystemRandom);

impl Random for SystemRandomness {
    fn fill(&self, buffer: &mut [u8]) {
        // A system that gives no random bytes cannot run this program: with known ids and salts every promise
        // about hidden items would be void.
        if self.0.fill(buffer).is_err() {
            tracing::error!("the system gives no random bytes");
            std::process::abort();
        }
    }
}

/// Random bytes of a fixed length.
pub fn bytes<const N: usize>(random: &dyn Random) -> [u8; N] {
    let mut buffer = [0; N];
    random.fill(&mut buffer);
    buffer
}

/// A version 4 UUID.
pub fn uuid(random: &dyn Random) -> Uuid {
    Builder::from_random_bytes(bytes(random)).into_uuid()
}
