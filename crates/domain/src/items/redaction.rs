//! Taking words out of what was published.
//!
//! Two ways. Of something that was added to an item nothing that anybody wrote may be left ([`blanking`]). Or passages
//! are taken out of all that is said about an item, and a mark stands where they stood ([`passages`]): whoever takes them out can
//! put nothing else there, so that nobody rewrites a filing under the name of protecting somebody. [`writing`] says what of
//! an item people wrote.

mod blanking;
pub mod passages;
pub mod writing;
