//! How large the body of a request may be, and how long it may take.

use std::time::Duration;

/// The largest JSON body, and the largest part of a form that is no file, in bytes.
pub const BODY_MAX: usize = 64 * 1024;
/// How long a body may say nothing.
pub const SILENCE_MAX: Duration = Duration::from_secs(5);
/// How long a body may take in all.
pub const WHOLE_MAX: Duration = Duration::from_secs(30);
