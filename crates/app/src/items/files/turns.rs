//! Who sends files at the moment, and whose were refused within the hour.
//!
//! Both are known to this node alone and forgotten with it: they keep its memory and its processors from being held by a few,
//! and nothing else depends on them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::UserId;

use crate::error::{AppError, Code};
use crate::locks::lock;

/// How many files an account sends at the same time: one person with two windows. More would let one hold the turns of all.
const AN_ACCOUNT: usize = 2;

/// The turns of a node.
#[derive(Debug, Clone)]
pub(crate) struct Turns {
    at_once: usize,
    known: Arc<Mutex<Known>>,
}

#[derive(Debug, Default)]
struct Known {
    /// How many files accounts are sending; those that send none are not in it.
    sending: BTreeMap<UserId, usize>,
    /// When files of accounts were refused, oldest first.
    refused: BTreeMap<UserId, Vec<Timestamp>>,
}

/// A place among the files that are taken at the same time, from before the first byte is read until the file is put down.
#[derive(Debug)]
pub struct Turn {
    account: UserId,
    known: Arc<Mutex<Known>>,
}

impl Turns {
    /// So many turns.
    pub(crate) fn new(at_once: usize) -> Self {
        Self { at_once, known: Arc::default() }
    }

    /// A turn for an account, if it and all together have one left.
    pub(super) fn take(&self, account: UserId) -> Result<Turn, AppError> {
        let mut known = lock(&self.known);
        let all: usize = known.sending.values().sum();
        let own = known.sending.get(&account).copied().unwrap_or_default();
        if all >= self.at_once || own >= AN_ACCOUNT {
            return Err(Code::Busy.into());
        }
        known.sending.insert(account, own + 1);
        Ok(Turn { account, known: Arc::clone(&self.known) })
    }

    /// Notes that a file of an account was refused, and forgets what was refused before an instant.
    pub(super) fn note_refusal(&self, account: UserId, at: Timestamp, forgotten_before: Timestamp) {
        let mut known = lock(&self.known);
        known.refused.entry(account).or_default().push(at);
        known.refused.retain(|_, refused| {
            refused.retain(|at| *at > forgotten_before);
            !refused.is_empty()
        });
    }

    /// How many files of an account were refused since an instant.
    pub(super) fn refused_since(&self, account: UserId, since: Timestamp) -> u64 {
        let known = lock(&self.known);
        let refused = known.refused.get(&account).map(Vec::as_slice).unwrap_or_default();
        refused.iter().filter(|at| **at > since).count() as u64
    }
}

impl Turn {
    /// Does what takes long on a thread of its own. The work keeps the turn even when the caller stops waiting, because it
    /// goes on.
    pub(super) async fn work<T: Send + 'static>(
        self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<(Self, T), AppError> {
        let done = tokio::task::spawn_blocking(move || {
            let outcome = work();
            (self, outcome)
        });
        done.await.map_err(|error| AppError::Internal(format!("a file was not looked at: {error}")))
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut known = lock(&self.known);
        if let Some(own) = known.sending.get_mut(&self.account) {
            *own -= 1;
            if *own == 0 {
                known.sending.remove(&self.account);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use qadam_domain::ids::Uuid;
    use std::sync::mpsc::channel;

    fn account(number: u128) -> UserId {
        UserId(Uuid::from_u128(number))
    }

    fn is_busy(turns: &Turns, number: u128) -> bool {
        turns.take(account(number)).is_err_and(|error| error.code() == Code::Busy)
    }

    #[test]
    fn an_account_has_two_turns_and_all_have_so_many() {
        let turns = Turns::new(3);
        let mut taken: Vec<_> = (0..2).map(|_| turns.take(account(1)).unwrap()).collect();
        assert!(is_busy(&turns, 1) && !is_busy(&turns, 2));
        taken.push(turns.take(account(2)).unwrap());
        assert!(is_busy(&turns, 3));
        taken.remove(0);
        assert!(!is_busy(&turns, 3) && !is_busy(&turns, 1));
        drop(taken);
        assert!(lock(&turns.known).sending.is_empty());
    }

    #[tokio::test]
    async fn work_keeps_its_turn_when_nobody_waits_for_it_any_more() {
        let turns = Turns::new(1);
        let (begun, begins) = tokio::sync::oneshot::channel();
        let (go_on, goes_on) = channel::<()>();
        let (done, is_done) = tokio::sync::oneshot::channel::<()>();
        let turn = turns.take(account(1)).unwrap();
        let waiting = tokio::spawn(turn.work(move || {
            begun.send(()).unwrap();
            goes_on.recv().unwrap();
            done
        }));
        begins.await.unwrap();
        waiting.abort();
        assert!(waiting.await.unwrap_err().is_cancelled());
        assert!(is_busy(&turns, 1), "the work goes on");
        go_on.send(()).unwrap();
        // What the work gave is dropped, after its turn.
        is_done.await.unwrap_err();
        assert!(!is_busy(&turns, 1));
    }

    #[test]
    fn refusals_are_counted_for_each_account_and_forgotten() {
        let turns = Turns::new(1);
        for at in [1, 5, 9] {
            turns.note_refusal(account(1), Timestamp(at), Timestamp(at - 6));
        }
        assert_eq!(turns.refused_since(account(1), Timestamp(0)), 2, "the first was forgotten");
        assert_eq!(turns.refused_since(account(1), Timestamp(5)), 1);
        assert_eq!(turns.refused_since(account(2), Timestamp(0)), 0);
        turns.note_refusal(account(2), Timestamp(50), Timestamp(40));
        assert_eq!(lock(&turns.known).refused.len(), 1);
    }
}
