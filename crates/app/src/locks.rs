//! Locks of what is in memory alone.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Takes a lock. What was noted by whoever panicked is as true as before.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
