//! The ledger's tables: entries with their payloads, the queue of those not yet admitted, the tree.

mod auditing;
mod entries;
mod tree;

pub use auditing::{AuditedEntry, audited_entries, audited_leaves};
pub use entries::{
    EntrySubject, HistoryEntry, ItemHistory, NARROWED, NewEntry, append, delete_payload, entry_at, history,
    last_position, newest_position, next_position, position_of, public_leaves,
};
pub use tree::{
    Admitted, PublicEntry, Waiting, admit, checkpoint, entries_after, insert_checkpoint, is_admitted, nodes,
    size, waiting,
};
