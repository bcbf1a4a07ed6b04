//! What clients did and were told, in the order of time: recorded while it happens, judged afterwards.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Act {
    /// That an item with this mark in its title be made. The same mark is sent again with the same idempotency key.
    Make { mark: String },
    /// That the item with this mark be moved on.
    Move { mark: String, to: &'static str },
    /// Which moves the item with this mark has made; what was read is [`Told::Read`].
    Read { mark: String },
}

/// What was said in return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Told {
    /// It is done.
    Done,
    /// These moves were made.
    Read(Vec<String>),
    /// It is not done: a status that says so for certain, or nobody took the connection.
    Not(u16),
    /// Nobody knows: a status that does not say for certain, or 0 where the connection broke off.
    Unknown(u16),
}

/// One request from its beginning to its end, since the history began.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) began: Duration,
    pub(crate) ended: Duration,
    pub(crate) act: Act,
    pub(crate) told: Told,
}

/// What happened. Several clients write into one.
#[derive(Debug)]
pub(crate) struct History {
    began: Instant,
    events: Mutex<Vec<Event>>,
}

impl History {
    pub(crate) fn begin() -> Self {
        Self { began: Instant::now(), events: Mutex::default() }
    }

    /// The time since the beginning.
    pub(crate) fn now(&self) -> Duration {
        self.began.elapsed()
    }

    /// Records what came of something that was begun then and ends now.
    pub(crate) fn record(&self, began: Duration, act: Act, told: Told) {
        let event = Event { began, ended: self.now(), act, told };
        self.events.lock().unwrap_or_else(PoisonError::into_inner).push(event);
    }

    /// Everything until now.
    pub(crate) fn events(&self) -> Vec<Event> {
        self.events.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
