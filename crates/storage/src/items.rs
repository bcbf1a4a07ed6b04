//! Items: finding, listing and saving them.

mod assessor;
mod conditions;
mod consents;
mod content;
mod contributions;
mod counting;
mod decoding;
mod events;
mod evidence;
mod find;
mod finding_conditions;
mod implemented;
mod links;
mod list;
mod measures;
mod numbering;
mod order;
mod row;
mod save;
mod scope;
mod sort_keys;

pub use consents::{Consent, consents, insert_consent, newest_consents, withdraw_consents};
pub(crate) use content::StoredRecordedFrom;
pub use contributions::{
    Seen, contributions, delete_contribution, every_contribution, find_contribution, findings,
    insert_contribution, newest_contributions, update_contribution,
};
pub use counting::{counted, counted_after, counted_drafts, ids};
pub use events::{
    DeadlineRevision, StatusChange, deadline_revisions, insert_deadline_revision, insert_status_change,
    newest_deadline_revisions, newest_status_changes, status_changes,
};
pub use find::{Key, every, find, find_many, narrowing};
pub use finding_conditions::FindingFilter;
pub use implemented::{implemented_by_each, implementing};
pub use links::{
    ItemLink, LinkedItem, delete_link, find_link, insert_link, is_linked, leads_back, links_of_each,
};
pub use list::{Filter, Flags, Page, count, list, plan};
pub use measures::Measures;
pub use numbering::next_number;
pub use order::{Cursor, Sort, SortField};
pub use save::{Narrowing, delete, insert, narrow, update};
pub use scope::Scope;
