//! When to ask again.

use qadam_app::{AppError, Code};

/// Where a short queue is full.
const BUSY: u32 = 1;
/// Where the database does not answer.
const UNAVAILABLE: u32 = 5;
/// Where an hour's files are brought (the oldest of them leaves the hour at some time), or something was done too often.
const LATER: u32 = 60;

/// After how many seconds to try again what was refused with a code; `None` where trying again does not help.
pub const fn retry_after(code: Code) -> Option<u32> {
    match code {
        Code::Busy => Some(BUSY),
        Code::Unavailable | Code::IdentityProviderUnavailable => Some(UNAVAILABLE),
        Code::TooManyUploads | Code::TooOften => Some(LATER),
        _ => None,
    }
}

/// The same of an error, which may know it exactly.
pub const fn retry_after_error(error: &AppError) -> Option<u32> {
    match error {
        AppError::TooOften { seconds, .. } => Some(*seconds),
        other => retry_after(other.code()),
    }
}
