//! Texts of the register in Kazakh, Russian and English, from the Fluent files in `locales/`.
//!
//! The files are embedded at build time. Every key exists in all three languages with the same variables: a test
//! of this crate reads the files and fails otherwise, so looking a text up cannot fail for a key that exists.
//! What the keys are is decided by those who use them; they test that theirs exist.

mod letters;
mod texts;

pub use letters::{Letter, ResponseLetterWords, response_letter, silence};
pub use texts::{Argument, TAGS, exists, text, text_with};
