//! Items: finding, listing and saving them.

mod assessor;
mod auditing;
mod co_filing;
mod conditions;
mod consents;
mod content;
mod contributions;
mod counting;
mod decoding;
mod draft_notices;
mod drafters;
mod events;
mod evidence;
mod find;
mod finding_conditions;
mod implemented;
mod links;
mod list;
mod measures;
mod merge_consents;
mod numbering;
mod order;
mod response_clocks;
mod row;
mod save;
mod scope;
mod similar;
mod sort_keys;
mod translation_gaps;

pub use auditing::{Audited, audited_contributions, audited_items, status_changes_at};
pub use co_filing::{
    CoFilingInvitation, delete_invitation, find_invitation, insert_invitation, invitations_of, invitations_to,
};
pub(crate) use conditions::late;
pub use consents::{
    Consent, consents, insert_consent, newest_consents, withdraw_consents, withdraw_consents_of,
};
pub(crate) use content::StoredRecordedFrom;
pub use contributions::{
    RecordedFile, Seen, all_contributions, asked_about, contributions, count_contributions,
    delete_contribution, every_contribution, find_contribution, find_contributions, findings,
    insert_contribution, newest_contributions, recorded_file, reports_in_preparation, reports_of,
    update_contribution,
};
pub use counting::{counted, counted_after, counted_drafts, ids};
pub(crate) use decoding::ItemRow;
pub use draft_notices::{STALE_DRAFTS_MAX, StaleDraft, draft_told_at, note_draft_told, stale_drafts};
pub use drafters::{heirs, orphaned_drafts};
pub use events::{
    DeadlineRevision, ResponseStep, StatusChange, deadline_revisions, insert_deadline_revision,
    insert_response_step, insert_status_change, newest_deadline_revisions, newest_response_steps,
    newest_status_changes, redact_deadline_revision, redact_status_change, response_steps, status_changes,
};
pub use find::{Key, every, find, find_many, narrowing, text_levels};
pub use finding_conditions::FindingFilter;
pub use implemented::{implemented_by_each, implementing};
pub use links::{
    ItemLink, LinkedItem, delete_link, find_link, insert_link, is_linked, leads_back, links_of_each,
};
pub use list::{Filter, Flags, Page, count, list, plan};
pub use measures::Measures;
pub use merge_consents::{MergeConsent, insert_merge_consent, merge_consents};
pub use numbering::next_number;
pub use order::{Cursor, Sort, SortField};
pub(crate) use response_clocks::at_stages;
pub use response_clocks::{NextStage, find_waiting, with_stage_due};
pub(crate) use row::item;
pub use save::{Narrowing, delete, insert, narrow, update};
pub use scope::Scope;
pub use similar::similar;
pub use translation_gaps::on_desk;
