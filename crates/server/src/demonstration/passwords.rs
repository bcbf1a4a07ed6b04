//! Passwords that people read off a screen and type: words and digits, new on each run.

use qadam_app::random::{Random, bytes};

/// Short words without letters that are taken for others, none of them rude in the register's languages.
const WORDS: [&str; 128] = [
    "acorn", "amber", "anchor", "apple", "apricot", "arch", "aspen", "autumn", "badger", "bamboo", "banner",
    "barley", "basket", "beacon", "birch", "biscuit", "blanket", "blossom", "boulder", "bramble", "breeze",
    "bridge", "bronze", "brook", "bucket", "button", "cabin", "camel", "candle", "canyon", "caravan",
    "carpet", "carrot", "castle", "cedar", "cherry", "chestnut", "cinnamon", "clover", "cobalt", "comet",
    "copper", "coral", "cotton", "crane", "cricket", "crystal", "curtain", "desert", "dolphin", "dune",
    "eagle", "ember", "engine", "falcon", "feather", "fern", "fiddle", "forest", "fountain", "garden",
    "garnet", "ginger", "glacier", "granite", "hammer", "harbour", "hazel", "heron", "honey", "horizon",
    "island", "ivory", "jacket", "jasmine", "kettle", "kumquat", "ladder", "lagoon", "lantern", "lavender",
    "lemon", "linen", "maple", "marble", "meadow", "melon", "mirror", "mosaic", "mountain", "mustard",
    "nutmeg", "oasis", "ocean", "olive", "orchard", "otter", "paddle", "pebble", "pepper", "pigeon",
    "pillow", "planet", "poplar", "quartz", "quince", "raven", "ribbon", "river", "saddle", "saffron",
    "sandal", "silver", "sparrow", "spruce", "steppe", "summit", "sunrise", "thimble", "thunder", "timber",
    "tulip", "turnip", "valley", "velvet", "walnut", "willow", "window",
];

/// A fresh password: four words and four digits, 41 bits.
pub(super) fn password(random: &dyn Random) -> String {
    let drawn: [u8; 6] = bytes(random);
    let [first, second, third, fourth, high, low] = drawn;
    let word = |byte: u8| WORDS.get(usize::from(byte % 128)).copied().unwrap_or_default();
    let digits = u16::from_be_bytes([high, low]) % 10_000;
    format!("{}-{}-{}-{}-{digits:04}", word(first), word(second), word(third), word(fourth))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use qadam_app::random::SystemRandomness;

    use super::*;

    #[test]
    fn no_word_is_there_twice() {
        assert_eq!(WORDS.iter().collect::<BTreeSet<_>>().len(), 128);
    }

    #[test]
    fn a_password_has_four_words_and_four_digits_and_is_another_each_time() {
        let random = SystemRandomness;
        let mut seen = BTreeSet::new();
        for _ in 0..100 {
            let password = password(&random);
            assert!(password.chars().count() >= 20, "{password}");
            assert_eq!(password.split('-').filter(|part| WORDS.contains(part)).count(), 4, "{password}");
            let digits = password.rsplit('-').next().unwrap();
            assert!(digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit()), "{password}");
            assert!(seen.insert(password));
        }
    }
}
