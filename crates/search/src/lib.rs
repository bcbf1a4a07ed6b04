//! Text analysis for search: the same on every database, because no database takes part in it.
//!
//! Readers write Kazakh with and without a Kazakh keyboard, three languages meet in one field, and
//! neither SQLite nor PostgreSQL knows Kazakh. So texts are folded ([`fold()`]), cut into words, and
//! stemmed here, once when written ([`index_text`]) and once when asked for ([`Query`]); both
//! databases only compare tokens byte by byte and answer with the same rows. What a query means is
//! defined by [`Query::matches`]; the two expressions it writes mean the same.
//!
//! * Every word is indexed as written and under its stems: Russian and English by Snowball, Kazakh by
//!   a suffix stripper of our own. Words of unknown language are stemmed under every language they may be of.
//! * A word of a query is found by its beginning, or by an exact stem. All words must be found.
//! * Joined words (`CAT/C/KAZ/CO/4`, `C-2026-0001`, «іс-шара») are found whole and by parts.
//! * [`sort_key`] gives titles an alphabetical order that is the same on both databases.
//! * [`Likeness`] tells how alike two titles are.
//! * [`Synonyms`] bring together names no stemmer can.
#![doc = include_str!("../SQL.md")]

pub use collation::{Alphabet, sort_key};
pub use fold::fold;
pub use index::{INDEX_BYTES_MAX, index_text};
pub use likeness::{Likeness, Lookup};
pub use query::{QUERY_CHARACTERS_MAX, QUERY_WORDS_MAX, Query};
pub use synonyms::Synonyms;
pub use words::TOKEN_CHARACTERS_MAX;

mod collation;
mod english;
mod fold;
mod forms;
mod function_words;
mod index;
mod kazakh;
mod likeness;
mod query;
mod russian;
mod synonyms;
mod words;
