//! Refusals on the wire: RFC 9457 problems with stable codes, in the language of the request.
//!
//! A handler fails with a [`Problem`], which says what is wrong and nothing about how it is shown. The layer
//! `render` gives it a body at the edge, where the language and the request id are known, and writes the cause
//! of a failure to the log: it never leaves the server.

mod body;
pub(crate) mod page;
mod problem;
mod render;
mod slug;
#[cfg(test)]
mod texts;

pub use body::{ErrorView, ProblemView};
pub use page::ProblemPage;
pub use problem::{Place, Problem, Wrong};
pub use qadam_http::status;
pub(crate) use render::render;
