//! Random bytes and identifiers. Injected, so that tests repeat them.

use uuid::{Builder, Uuid};

/// A source of random bytes.
pub trait Random: std::fmt::Debug + Send + Sync {
    /// Fills a buffer with unpredictable bytes.
    fn fill(&self, buffer: &mut [u8]);
}

/// The system's generator, asked directly: the cryptography library's own one measures the processor's jitter for a
/// tenth of a second before it gives its first byte, in every thread.
#[derive(Debug, Default)]
pub struct SystemRandomness;

impl Random for SystemRandomness {
    fn fill(&self, buffer: &mut [u8]) {
        // A system that gives no random bytes cannot run this program: with known ids and salts every promise
        // about hidden items would be void.
        if getrandom::fill(buffer).is_err() {
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
