//! The description of the API, made from the same routes that answer it.

pub mod codes;
mod complete;
pub(crate) mod document;

pub(crate) use complete::complete;
pub(crate) use document::Description;
pub use document::operations;
