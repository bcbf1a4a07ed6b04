//! Meetings: agendas, attendance, decisions and protocols, kept by the secretariat and read by everybody as far as
//! levels and the state of the protocol allow.
//!
//! * [`changing`] – one meeting inside a write transaction, and what may still be changed of it;
//! * [`mod@rendition`] – what of a meeting is shown to whom;
//! * [`record`] and [`entering`] – how the ledger keeps it, one entry a level;
//! * [`approval`] – an approved protocol turns its decisions into announced commitments;
//! * [`objecting`] and [`mod@objections`] – what participants hold against a circulated protocol, and what is answered;
//! * [`mod@carry_over`] – what a meeting opens with;
//! * [`following`] – a meeting's record follows the items it discussed when their levels change.

mod agenda;
mod approval;
mod attendance;
mod carry_over;
mod change;
mod changing;
mod circulated;
mod create;
mod decisions;
mod details;
mod entering;
mod following;
mod inputs;
mod objecting;
mod objections;
mod protocol;
mod read;
pub mod record;
mod record_from_document;
mod rendition;
mod view;

pub use agenda::{AgendaItemEdit, AgendaItemInput};
pub use attendance::AttendanceInput;
pub use carry_over::{CarriedOver, CarryOver, CarryOverRequest, Origin, carry_over};
pub use change::{MeetingChange, change};
pub use circulated::circulated;
pub use create::create;
pub use decisions::{DecisionEdit, DecisionInput};
pub use details::{HeldInput, MeetingEdit, NewMeeting};
pub(crate) use entering::record_at;
pub(crate) use following::follow_item;
pub use inputs::OfficeHolderInput;
pub use objecting::{ObjectionInput, object};
pub use objections::{
    ListedObjections, ObjectionAnswerInput, ObjectionView, answer_objection, find_objection, objections,
};
pub use protocol::ProtocolChange;
pub use qadam_storage::meetings::{
    CarryOverCursor, Cursor, Filter, Key, ObjectionCursor, ObjectionPage, Page,
};
pub(crate) use read::find_many;
pub use read::{Listed, get, list};
pub use record_from_document::{RecordedMeeting, record_from_document};
pub(crate) use rendition::items_of;
pub use rendition::{Sight, rendition};
pub use view::MeetingView;
