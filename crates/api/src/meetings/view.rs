//! A meeting as JSON.

use std::collections::HashMap;

use qadam_app::App;
use qadam_app::directory::Directory;
use qadam_app::meetings::MeetingView;
use qadam_domain::ids::{ItemId, OrganisationId};
use qadam_domain::items::Item;
use qadam_domain::meetings::{AgendaItem, Attendance, Decision, Meeting, OfficeHolder};
use serde::Serialize;
use utoipa::ToSchema;

use crate::items::{ItemReference, RecordedFromBody};
use crate::links::Links;
use crate::values::{
    Day, LanguageMapView, LevelWord, MeetingKindWord, Moment, OrganisationReference, PrecisionWord,
    ProtocolStateWord,
};

/// A meeting, as the caller may see it. What its protocol says is shown outside the secretariat once it is approved.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Meeting)]
pub(crate) struct MeetingBody {
    /// Its identifier.
    #[schema(format = Uuid)]
    id: String,
    /// Its short code.
    #[schema(example = "MT-2025-01")]
    code: String,
    /// What it is.
    kind: MeetingKindWord,
    /// Its title.
    title: LanguageMapView,
    /// What it is about.
    topics: LanguageMapView,
    /// The first day, or the first day of the period in which it was held.
    held_on: Option<Day>,
    /// How exactly that day is known.
    held_on_precision: Option<PrecisionWord>,
    /// The last day, where it took several.
    held_until: Option<Day>,
    /// The day it was published.
    published_on: Option<Day>,
    /// Where it took place.
    place: LanguageMapView,
    /// Who chaired.
    chairs: Vec<OfficeHolderBody>,
    /// Where its protocol stands; null for those who see it only once it is approved.
    protocol: Option<ProtocolStateWord>,
    /// Until when participants may object to the protocol.
    objections_until: Option<Day>,
    /// The document it was recorded from.
    recorded_from: Option<RecordedFromBody>,
    /// Its agenda.
    agenda: Vec<AgendaItemBody>,
    /// Its decisions.
    decisions: Vec<DecisionBody>,
    /// Who took part.
    attendance: Vec<AttendanceBody>,
    /// When it last changed; null outside the secretariat, because not every change is seen there.
    updated_at: Option<Moment>,
    /// Its validator, for `If-Match`, whatever part is changed.
    etag: String,
    /// Its address.
    #[schema(format = "uri")]
    url: String,
}

/// An office and who held it, as published.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = OfficeHolder)]
pub(crate) struct OfficeHolderBody {
    /// The office.
    office: LanguageMapView,
    /// The holder's name as published, if it was.
    holder: Option<String>,
    /// The organisation spoken for.
    organisation: Option<OrganisationReference>,
}

/// A line of an agenda.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AgendaItem)]
pub(crate) struct AgendaItemBody {
    /// Its identifier.
    #[schema(format = Uuid)]
    id: String,
    /// Its number, from 1.
    number: i32,
    /// What it is about.
    title: LanguageMapView,
    /// Who speaks.
    speakers: Vec<OfficeHolderBody>,
    /// The items discussed.
    items: Vec<ItemReference>,
    /// What the protocol says.
    protocol_text: LanguageMapView,
    /// Who reads the line.
    level: LevelWord,
}

/// A decision.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Decision)]
pub(crate) struct DecisionBody {
    /// Its identifier.
    #[schema(format = Uuid)]
    id: String,
    /// Its number, from 1.
    number: i32,
    /// The agenda line it was taken under.
    #[schema(format = Uuid)]
    agenda_item: Option<String>,
    /// What was decided.
    text: LanguageMapView,
    /// The body that leads.
    lead: Option<OrganisationReference>,
    /// When it is due: the last day of the period.
    due_on: Option<Day>,
    /// How exact the due date is.
    due_precision: Option<PrecisionWord>,
    /// The items it implements.
    implements: Vec<ItemReference>,
    /// The commitment it created, once the protocol was approved.
    commitment: Option<ItemReference>,
}

/// An organisation that took part.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Attendance)]
pub(crate) struct AttendanceBody {
    /// The organisation.
    organisation: Option<OrganisationReference>,
    /// Who reads that it took part.
    level: LevelWord,
}

/// The agenda of a meeting.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Agenda {
    /// Its lines.
    items: Vec<AgendaItemBody>,
}

/// The decisions of a meeting.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Decisions {
    /// The decisions.
    items: Vec<DecisionBody>,
}

/// What was said and decided at a meeting.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Protocol)]
pub(crate) struct ProtocolBody {
    /// Where it stands.
    state: ProtocolStateWord,
    /// Until when participants may object to it.
    objections_until: Option<Day>,
    /// The lines of the agenda with what was said.
    agenda: Vec<AgendaItemBody>,
    /// What was decided.
    decisions: Vec<DecisionBody>,
}

/// A meeting as others name it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct MeetingReference {
    /// Its identifier.
    #[schema(format = Uuid)]
    id: String,
    /// Its short code.
    #[schema(example = "MT-2025-01")]
    code: String,
    /// Its title.
    title: LanguageMapView,
    /// The first day, or the first day of the period in which it was held.
    held_on: Option<Day>,
    /// How exactly that day is known.
    held_on_precision: Option<PrecisionWord>,
    /// Its address.
    #[schema(format = "uri")]
    url: String,
}

/// Who took part in a meeting.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AttendanceList {
    /// The organisations.
    items: Vec<AttendanceBody>,
}

impl MeetingBody {
    /// A meeting as JSON.
    pub(crate) fn new(app: &App, links: &Links, view: MeetingView) -> Self {
        let directory = app.directory();
        let MeetingView { meeting, items, shows_protocol, etag, updated_at } = view;
        let names = Names { directory: &directory, links, items: &items };
        Self {
            url: links.to(&["meetings", &meeting.code]),
            id: meeting.id.to_string(),
            kind: meeting.kind.into(),
            held_on: meeting.held_on.map(Day),
            held_on_precision: meeting.held_on.map(|_| meeting.held_on_precision.into()),
            held_until: meeting.held_until.map(Day),
            published_on: meeting.published_on.map(Day),
            chairs: names.office_holders(&meeting.chairs),
            protocol: shows_protocol.then(|| meeting.protocol.into()),
            objections_until: meeting.objections_until.map(Day),
            agenda: names.agenda(&meeting),
            decisions: names.decisions(&meeting),
            attendance: names.attendance(&meeting),
            code: meeting.code,
            title: meeting.title.into(),
            topics: meeting.topics.into(),
            place: meeting.place.into(),
            recorded_from: meeting.recorded_from.map(Into::into),
            updated_at: updated_at.map(Moment),
            etag,
        }
    }
}

impl Agenda {
    /// The agenda of a meeting as JSON.
    pub(super) fn new(app: &App, links: &Links, view: &MeetingView) -> Self {
        let directory = app.directory();
        let names = Names { directory: &directory, links, items: &view.items };
        Self { items: names.agenda(&view.meeting) }
    }
}

impl Decisions {
    /// The decisions of a meeting as JSON.
    pub(super) fn new(app: &App, links: &Links, view: &MeetingView) -> Self {
        let directory = app.directory();
        let names = Names { directory: &directory, links, items: &view.items };
        Self { items: names.decisions(&view.meeting) }
    }
}

impl ProtocolBody {
    /// The protocol of a meeting as JSON.
    pub(super) fn new(app: &App, links: &Links, view: &MeetingView) -> Self {
        let directory = app.directory();
        let names = Names { directory: &directory, links, items: &view.items };
        Self {
            state: view.meeting.protocol.into(),
            objections_until: view.meeting.objections_until.map(Day),
            agenda: names.agenda(&view.meeting),
            decisions: names.decisions(&view.meeting),
        }
    }
}

impl MeetingReference {
    /// A meeting as others name it.
    pub(super) fn new(meeting: &Meeting, links: &Links) -> Self {
        Self {
            id: meeting.id.to_string(),
            code: meeting.code.clone(),
            title: (&meeting.title).into(),
            held_on: meeting.held_on.map(Day),
            held_on_precision: meeting.held_on.map(|_| meeting.held_on_precision.into()),
            url: links.to(&["meetings", &meeting.code]),
        }
    }
}

impl AttendanceList {
    /// The attendance of a meeting as JSON.
    pub(super) fn new(app: &App, links: &Links, view: &MeetingView) -> Self {
        let directory = app.directory();
        let names = Names { directory: &directory, links, items: &view.items };
        Self { items: names.attendance(&view.meeting) }
    }
}

/// What turns identifiers into names.
struct Names<'a> {
    directory: &'a Directory,
    links: &'a Links,
    items: &'a HashMap<ItemId, Item>,
}

impl Names<'_> {
    fn organisation(&self, id: OrganisationId) -> Option<OrganisationReference> {
        OrganisationReference::find(id, self.directory, self.links)
    }

    fn item(&self, id: ItemId) -> Option<ItemReference> {
        self.items.get(&id).map(|item| ItemReference::new(item, self.links))
    }

    fn items(&self, ids: &[ItemId]) -> Vec<ItemReference> {
        ids.iter().filter_map(|id| self.item(*id)).collect()
    }

    fn office_holders(&self, holders: &[OfficeHolder]) -> Vec<OfficeHolderBody> {
        let one = |holder: &OfficeHolder| OfficeHolderBody {
            office: (&holder.office).into(),
            holder: holder.holder.clone(),
            organisation: holder.organisation.and_then(|id| self.organisation(id)),
        };
        holders.iter().map(one).collect()
    }

    fn agenda(&self, meeting: &Meeting) -> Vec<AgendaItemBody> {
        let one = |line: &AgendaItem| AgendaItemBody {
            id: line.id.to_string(),
            number: line.number,
            title: (&line.title).into(),
            speakers: self.office_holders(&line.speakers),
            items: self.items(&line.items),
            protocol_text: (&line.protocol_text).into(),
            level: line.level.into(),
        };
        meeting.agenda.iter().map(one).collect()
    }

    fn decisions(&self, meeting: &Meeting) -> Vec<DecisionBody> {
        let one = |decision: &Decision| DecisionBody {
            id: decision.id.to_string(),
            number: decision.number,
            agenda_item: decision.agenda_item.map(|id| id.to_string()),
            text: (&decision.text).into(),
            lead: self.organisation(decision.lead),
            due_on: decision.due.map(|due| Day(due.on)),
            due_precision: decision.due.map(|due| due.precision.into()),
            implements: self.items(&decision.implements),
            commitment: decision.commitment.and_then(|id| self.item(id)),
        };
        meeting.decisions.iter().map(one).collect()
    }

    fn attendance(&self, meeting: &Meeting) -> Vec<AttendanceBody> {
        let one = |one: &Attendance| AttendanceBody {
            organisation: self.organisation(one.organisation),
            level: one.level.into(),
        };
        meeting.attendance.iter().map(one).collect()
    }
}
