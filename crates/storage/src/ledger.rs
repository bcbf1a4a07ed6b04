//! The ledger's tables: entries with their payloads, the queue of those not yet admitted, the tree.

mod auditing;
mod entries;
mod history;
mod receipts;
mod redacted;
mod tree;
mod withheld;

pub use auditing::{AuditedEntry, audited_checkpoints, audited_entries, audited_leaves};
pub use entries::{
    EntrySubject, ITEM, ITEM_FILING, NARROWED, NewEntry, append, delete_payload, entry_at, last_position,
    newest_position, next_position, position_of, public_leaves,
};
pub use history::{HistoryEntry, ItemHistory, Readable, history, newest_of_each};
pub use receipts::{Commitment, commitment, promised};
pub use redacted::{ToldOfItem, keep_from_wider, told_of_item};
pub use tree::{
    Admitted, PublicEntry, ToldOf, Waiting, admit, checkpoint, checkpoint_before, entries_after,
    insert_checkpoint, is_admitted, nodes, replace_checkpoint, size, waiting,
};
pub use withheld::{NowRead, public_leaves_of, readable_leaves_of, withhold};
