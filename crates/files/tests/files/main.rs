//! What is taken, what is refused, and what is left of images.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "what goes wrong here is a failed test")]

mod archives;
mod images;
mod laws;
mod pictures;
mod refusals;
