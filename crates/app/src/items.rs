//! Items: reading, filing, editing, moving, widening and narrowing them.

mod assessments;
mod closing;
mod co_filing;
mod consents;
mod contributions;
mod create;
mod deadlines;
mod delete;
mod draft_retention;
mod edit;
mod editing;
mod embedding;
mod evidence;
mod files;
mod history;
mod indicators;
mod inputs;
mod left_drafts;
mod levels;
mod links;
mod milestones;
mod moves;
mod owners;
mod positions;
mod possibilities;
mod questions;
mod read;
mod receipts;
pub mod record;
mod record_from_document;
mod redaction;
mod response;
mod similar;
mod splitting;
mod translation_desk;
mod updates;
mod view;

pub use assessments::{AssessmentInput, ReplyInput, assessments, assessor};
pub use closing::{announce_closing, closing_notices};
pub use co_filing::{
    Invitation, InvitedTo, accept_invitation, check_invited, decline_invitation, invitations,
    invitations_of_mine, invite_to_file, leave_co_filing, withdraw_invitation,
};
pub use consents::{ConsentInput, ConsentedTo, GivenConsent, consent, consents};
pub use contributions::{
    Adding, Addition, Continuation, Contributed, ContributionView, add, ask_for_publication,
    change_contribution_level, contribution, contribution_record, go_on, may_add,
};
pub use create::{Created, create};
pub use deadlines::{DeadlineRevisionInput, deadline_revisions, revise_deadline};
pub use delete::delete_draft;
pub use edit::{ItemEdit, edit};
pub(crate) use editing::Editing;
pub use embedding::{ENTRIES_MAX, Embedded, Part, embedded};
pub use evidence::{ItemEvidenceInput, evidence};
pub use files::{FileContent, SentFile, Turn, bring_file, file, file_content, may_bring_file, turn};
pub use history::{HistoryPage, HistoryView, history};
pub use indicators::{IndicatorInput, IndicatorValueInput, indicators};
pub use inputs::{DueInput, NewItem, OwnerInput};
pub use levels::{LevelChangeInput, NarrowingReason, change_level};
pub use links::{LinkInput, LinkView, delete_link, link, links};
pub use milestones::{MilestoneEdit, MilestoneInput, NamedDay, milestones};
pub use moves::{EvidenceInput, Moved, StatusChangeInput, change_status, status_changes};
pub use owners::replace_owners;
pub use possibilities::{Possibilities, Possibility, has_approver, may_create, possibilities};
pub use qadam_storage::items::{
    Cursor, DeadlineRevision, Filter, FindingFilter, Flags, Key, Measures, Page, ResponseStep, Sort,
    SortField, StatusChange,
};
pub use qadam_storage::ledger::HistoryEntry;
pub use questions::{
    AnswerInput, AnswerPassing, AskedOfMine, PassingInput, QuestionInput, QuestionPassing, answers,
    questions, questions_to_mine,
};
pub use read::{ListRequest, Listed, allowed, get, list};
pub use receipts::{moved_before, receipt};
pub use record_from_document::{RecordedItem, record_from_document};
pub use redaction::{Original, PassagesInput, renditions, take_out};
pub use response::{ResponseLetter, Waiting, response_letter, response_letter_sent, response_steps};
pub use similar::{Similar, similar};
pub use splitting::{PartInput, parts_of, split};
pub use translation_desk::{desk, desk_order, next_on_desk};
pub use updates::{
    OwnReport, REPORTS_MAX, StepInput, TranscribedReport, UpdateInput, awaiting_approval, edit_update,
    own_reports, report, step, updates,
};
pub use view::ItemView;

pub(crate) use contributions::{CONTRIBUTION_REDACTED, remove_words, seen};
pub(crate) use create::item_from;
pub(crate) use draft_retention::end_stale_drafts;
pub(crate) use editing::{find_visible, publish};
pub(crate) use files::{Turns, remove as remove_files, sweep};
pub(crate) use inputs::body;
pub(crate) use left_drafts::pass_on as pass_drafts_on;
pub(crate) use response::{follow_status, reach};
