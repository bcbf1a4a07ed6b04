//! What commands say on stdout: results and links, never logs.

use std::io::{self, Write as _};

use crate::failure::Failure;

/// Writes a line, at once: what reads it may be waiting for it.
pub(crate) fn line(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    writeln!(out, "{text}")
        .and_then(|()| out.flush())
        .map_err(|error| Failure::failed("cannot write to stdout", error))
}
