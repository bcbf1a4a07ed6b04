//! How much is done: little whenever the tests run, much when `cargo xtask torture` asks for it. And by what chance, so
//! that a run that failed can be had again.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher as _, Hasher as _};
use std::sync::OnceLock;

use qadam_tests::program::told;

/// Says that much is to be done.
const TORTURE_VARIABLE: &str = "QADAM_TEST_TORTURE";

/// Names the chance of a run that is to be had again.
const SEED_VARIABLE: &str = "QADAM_TEST_SEED";

/// Whether much is done.
pub(crate) fn is_long() -> bool {
    told(TORTURE_VARIABLE).is_some()
}

/// As much as is done now.
pub(crate) fn amount<T>(short: T, long: T) -> T {
    if is_long() { long } else { short }
}

/// Chance that can be had again (`SplitMix64`).
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

/// What all chance of this run follows from.
pub(crate) fn seed() -> u64 {
    static SEED: OnceLock<u64> = OnceLock::new();
    *SEED.get_or_init(|| {
        let given = told(SEED_VARIABLE).map(|text| text.parse().expect("a seed is a number"));
        given.unwrap_or_else(|| RandomState::new().build_hasher().finish())
    })
}

impl Dice {
    /// The chance of a test. The same seed and name give the same.
    pub(crate) fn of(name: &str) -> Self {
        let of_name =
            name.bytes().fold(0_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte)));
        Self(seed() ^ of_name)
    }

    /// A number from 0 to one below `bound`.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }

    /// A number from `first` to `last`.
    pub(crate) fn between(&mut self, first: usize, last: usize) -> usize {
        let span = u64::try_from(last - first + 1).expect("a span");
        first + usize::try_from(self.below(span)).expect("a number")
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::Dice;

    #[test]
    fn the_same_seed_throws_the_same_and_tests_throw_differently() {
        let throws = |name: &str| {
            let mut dice = Dice::of(name);
            (0..8).map(|_throw| dice.below(1_000_000)).collect::<Vec<_>>()
        };
        assert_eq!(throws("one"), throws("one"));
        assert_ne!(throws("one"), throws("two"));
        let mut dice = Dice::of("between");
        assert!((0..1_000).all(|_throw| (3..=5).contains(&dice.between(3, 5))));
    }
}
