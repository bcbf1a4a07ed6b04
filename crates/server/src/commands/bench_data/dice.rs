//! Chance that repeats itself: `SplitMix64` (Steele, Lea and Flood, 2014), for data alone and never for keys.

use std::sync::atomic::{AtomicU64, Ordering};

use qadam_app::random::Random;

/// The golden ratio in 64 bits: steps that visit every state.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// A stream of numbers that follows from a seed and the stream's own number.
#[derive(Debug)]
pub(super) struct Dice(AtomicU64);

impl Dice {
    pub(super) fn new(seed: u64, stream: u64) -> Self {
        Self(AtomicU64::new(mixed(seed.wrapping_add(STEP)) ^ mixed(stream.wrapping_mul(STEP))))
    }

    fn next(&self) -> u64 {
        mixed(self.0.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP))
    }

    /// A number below another one; 0 below 0.
    pub(super) fn below(&self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % end).unwrap_or_default()
    }

    /// One of these.
    pub(super) fn pick<'a, T>(&self, among: &'a [T]) -> Option<&'a T> {
        among.get(self.below(among.len()))
    }

    /// So many of these at most, each once, in their order.
    pub(super) fn some<T: Clone + PartialEq>(&self, among: &[T], at_most: usize) -> Vec<T> {
        let mut picked: Vec<T> = Vec::with_capacity(at_most);
        for _ in 0..at_most {
            if let Some(one) = self.pick(among).filter(|one| !picked.contains(one)) {
                picked.push(one.clone());
            }
        }
        picked
    }
}

impl Random for Dice {
    fn fill(&self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(8) {
            let bytes = self.next().to_le_bytes();
            for (to, from) in chunk.iter_mut().zip(bytes) {
                *to = from;
            }
        }
    }
}

const fn mixed(state: u64) -> u64 {
    let state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ (state >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_numbers_are_those_of_the_published_generator() {
        // The reference implementation's first two numbers for the seed 1234567.
        let dice = Dice(AtomicU64::new(1_234_567));
        assert_eq!([dice.next(), dice.next()], [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]);
    }

    #[test]
    fn the_same_seed_gives_the_same_and_another_stream_another() {
        let bytes = |seed, stream| {
            let mut buffer = [0; 20];
            Dice::new(seed, stream).fill(&mut buffer);
            buffer
        };
        assert_eq!(bytes(1, 2), bytes(1, 2));
        assert_ne!(bytes(1, 2), bytes(1, 3));
        assert_ne!(bytes(1, 2), bytes(2, 2));
    }

    #[test]
    fn what_is_picked_is_among_it_and_no_twice() {
        let dice = Dice::new(1, 1);
        for _ in 0..100 {
            let some = dice.some(&[1, 2, 3], 3);
            assert!(some.iter().all(|one| (1..=3).contains(one)));
            assert_eq!(some.iter().collect::<std::collections::BTreeSet<_>>().len(), some.len());
        }
        assert_eq!(dice.pick::<u8>(&[]), None);
    }
}
