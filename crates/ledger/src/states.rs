//! What the ledger says each record looks like now, for comparison with what the server says.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;

use serde_json::Value;

use crate::Subject;

/// The last that entries say about a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LastState {
    /// The `after` of the last entry: the record, or null where it is no longer there for the readers.
    Known(Value),
    /// The last entry's payload is withheld or redacted.
    Withheld,
}

/// The last state of each record, by type and id.
///
/// *Last* is by a number given with each entry: `seq` for a reader of the public log, the private position for one who
/// has the database, because sealed entries are admitted in random order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LastStates {
    states: BTreeMap<(String, String), (u64, LastState)>,
}

impl LastStates {
    /// Takes note of an entry, unless one with the same or a higher number is noted for the same record already.
    pub fn record(&mut self, order: u64, subject: &Subject, state: LastState) {
        match self.states.entry((subject.kind.clone(), subject.id.clone())) {
            Slot::Vacant(slot) => {
                slot.insert((order, state));
            }
            Slot::Occupied(mut slot) => {
                if slot.get().0 < order {
                    slot.insert((order, state));
                }
            }
        }
    }

    /// The last state of a record with the number of the entry that says so.
    pub fn get(&self, kind: &str, id: &str) -> Option<(u64, &LastState)> {
        self.states.get(&(kind.to_owned(), id.to_owned())).map(|(order, state)| (*order, state))
    }

    /// All records as type, id, number and state, in order of type and id.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str, u64, &LastState)> {
        self.states.iter().map(|((kind, id), (order, state))| (kind.as_str(), id.as_str(), *order, state))
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.states.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.states.is_empty()
    }
}
