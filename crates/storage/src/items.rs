//! Items: finding, listing and saving them.

mod content;
mod events;
mod find;
mod links;
mod list;
mod numbering;
mod order;
mod row;
mod save;
mod scope;
mod sort_keys;

pub(crate) use content::StoredRecordedFrom;
pub use events::{
    Consent, DeadlineRevision, StatusChange, consents, deadline_revisions, insert_consent,
    insert_deadline_revision, insert_status_change, status_changes, withdraw_consents,
};
pub use find::{Key, every, find, find_many, narrowing};
pub use links::{ItemLink, delete_link, find_link, insert_link, leads_back, links};
pub use list::{Filter, Flags, Page, count, list, plan};
pub use numbering::next_number;
pub use order::{Cursor, Sort, SortField};
pub use save::{Narrowing, delete, insert, narrow, update};
pub use scope::Scope;
