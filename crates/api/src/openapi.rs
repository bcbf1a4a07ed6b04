//! The description of the API, made from the same routes that answer it.

pub mod codes;
mod complete;
pub(crate) mod document;
mod headers;
mod limits;
mod parts;
mod schemas;
mod version_3_0;

pub(crate) use complete::complete;
pub(crate) use document::Description;
pub use document::operations;
pub(crate) use version_3_0::in_3_0;
