//! Bytes that look random and are the same in every run.

use std::sync::{Mutex, PoisonError};

use qadam_app::random::Random;

/// The generator `SplitMix64` by Sebastiano Vigna: good enough to tell identifiers apart.
#[derive(Debug)]
pub(crate) struct Repeatable(Mutex<u64>);

impl Repeatable {
    pub(crate) const fn seeded(seed: u64) -> Self {
        Self(Mutex::new(seed))
    }
}

impl Random for Repeatable {
    fn fill(&self, buffer: &mut [u8]) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for chunk in buffer.chunks_mut(8) {
            *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut mixed = *state;
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            mixed ^= mixed >> 31;
            chunk.copy_from_slice(&mixed.to_be_bytes()[..chunk.len()]);
        }
    }
}
