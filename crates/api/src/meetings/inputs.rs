//! What a caller writes about a meeting, as JSON, and how it becomes the use cases' input.

use qadam_app::error::FieldCode;
use qadam_app::items::Key as ItemKey;
use qadam_app::meetings::{
    AgendaItemInput, AttendanceInput, DecisionInput, HeldInput, NewMeeting, OfficeHolderInput,
};
use qadam_domain::calendar::Precision;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::items::{due, item_key};
use crate::values::{Checks, Day, LanguageMapInput, LevelWord, MeetingKindWord, PrecisionWord, TextLimit};

/// What a meeting says of itself.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MeetingCreate {
    /// Its short code: capital letters, digits and hyphens.
    code: String,
    /// What it is.
    kind: MeetingKindWord,
    /// Its title, in at least one language.
    title: LanguageMapInput,
    /// What it is about.
    #[serde(default)]
    topics: LanguageMapInput,
    /// When: the first day, or a day of the period.
    #[serde(default)]
    held_on: Option<Day>,
    /// How exactly that day is known; without it, to the day.
    #[serde(default)]
    held_on_precision: Option<PrecisionWord>,
    /// The last day, where it takes several.
    #[serde(default)]
    held_until: Option<Day>,
    /// The day it was published.
    #[serde(default)]
    published_on: Option<Day>,
    /// Where.
    #[serde(default)]
    place: LanguageMapInput,
    /// Who chairs.
    #[serde(default)]
    #[schema(max_items = 50)]
    chairs: Vec<OfficeHolderCreate>,
    /// The meeting as a document gives it: recorded with its protocol approved, and without making commitments.
    /// Without it, the draft of a protocol begins.
    #[serde(default)]
    pub(super) recorded: Option<super::create::RecordedMeetingInput>,
}

/// An office and who held it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfficeHolderCreate {
    /// The office.
    office: LanguageMapInput,
    /// The holder's name as published, if it was.
    #[serde(default)]
    holder: Option<String>,
    /// Code or id of the organisation spoken for.
    #[serde(default)]
    organisation: Option<String>,
}

/// A line of an agenda.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AgendaItemCreate {
    /// Id of the line that it is, where an agenda is replaced and this line stays the same one.
    #[serde(default)]
    #[schema(format = Uuid)]
    id: Option<String>,
    /// Its number; without it, the next, or the place where an agenda is replaced.
    #[serde(default)]
    number: Option<i32>,
    /// What it is about, in at least one language.
    title: LanguageMapInput,
    /// Who speaks.
    #[serde(default)]
    #[schema(max_items = 50)]
    speakers: Vec<OfficeHolderCreate>,
    /// Refs or ids of the items discussed.
    #[serde(default)]
    #[schema(max_items = 100)]
    items: Vec<String>,
    /// What the protocol says.
    #[serde(default)]
    protocol_text: LanguageMapInput,
    /// Who reads the line: `secretariat`, `members` or `public`.
    level: LevelWord,
}

/// An organisation that took part.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AttendanceCreate {
    /// Code or id of the organisation.
    organisation: String,
    /// Who reads that it took part: `secretariat`, `members` or `public`.
    level: LevelWord,
}

/// A decision.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DecisionCreate {
    /// Its number; without it, the next.
    #[serde(default)]
    number: Option<i32>,
    /// Id of the agenda line it was taken under.
    #[serde(default)]
    #[schema(format = Uuid)]
    agenda_item: Option<String>,
    /// What was decided, in at least one language.
    text: LanguageMapInput,
    /// Code or id of the body that leads.
    lead: String,
    /// When it is due: a day of the period.
    #[serde(default)]
    due_on: Option<Day>,
    /// How exact the due date is; without it, to the day.
    #[serde(default)]
    due_precision: Option<PrecisionWord>,
    /// Refs or ids of the items it implements.
    #[serde(default)]
    #[schema(max_items = 100)]
    implements: Vec<String>,
}

impl MeetingCreate {
    /// The use case's input.
    pub(super) fn read(self, checks: &mut Checks) -> NewMeeting {
        let held = held(self.held_on, self.held_on_precision, self.held_until, checks);
        NewMeeting {
            code: self.code,
            kind: self.kind.0,
            title: self.title.required("/title", TextLimit::TITLE, checks),
            topics: self.topics.map("/topics", TextLimit::BODY, checks),
            held,
            published_on: self.published_on.map(|day| day.0),
            place: self.place.map("/place", TextLimit::LABEL, checks),
            chairs: office_holders("/chairs", self.chairs, checks),
        }
    }
}

impl AgendaItemCreate {
    /// The use case's input for a line that is new. `at` is where it stands in the body.
    pub(super) fn new_line(mut self, at: &str, checks: &mut Checks) -> AgendaItemInput {
        if self.id.take().is_some() {
            checks.refuse(format!("{at}/id"), FieldCode::NotAllowed);
        }
        self.read(at, checks)
    }

    /// The use case's input. `at` is where the line stands in the body.
    pub(super) fn read(self, at: &str, checks: &mut Checks) -> AgendaItemInput {
        AgendaItemInput {
            id: part_id(&format!("{at}/id"), self.id.as_deref(), checks),
            number: self.number,
            title: self.title.required(&format!("{at}/title"), TextLimit::TITLE, checks),
            speakers: office_holders(&format!("{at}/speakers"), self.speakers, checks),
            items: item_keys(&format!("{at}/items"), &self.items, checks),
            protocol_text: self.protocol_text.map(&format!("{at}/protocol_text"), TextLimit::BODY, checks),
            level: self.level.0,
        }
    }
}

impl AttendanceCreate {
    /// The use case's input.
    pub(super) fn into_input(self) -> AttendanceInput {
        AttendanceInput { organisation: self.organisation, level: self.level.0 }
    }
}

impl DecisionCreate {
    /// The use case's input.
    pub(super) fn read(self, checks: &mut Checks) -> DecisionInput {
        DecisionInput {
            number: self.number,
            agenda_item: part_id("/agenda_item", self.agenda_item.as_deref(), checks),
            text: self.text.required("/text", TextLimit::BODY, checks),
            lead: self.lead,
            due: due(self.due_on, self.due_precision, checks),
            implements: item_keys("/implements", &self.implements, checks),
        }
    }
}

/// When a meeting is held, from its three fields.
pub(super) fn held(
    on: Option<Day>,
    precision: Option<PrecisionWord>,
    until: Option<Day>,
    checks: &mut Checks,
) -> Option<HeldInput> {
    if on.is_none() && (precision.is_some() || until.is_some()) {
        checks.refuse("/held_on", FieldCode::Required);
    }
    let precision = precision.map_or(Precision::Day, |precision| precision.0);
    on.map(|on| HeldInput { on: on.0, precision, until: until.map(|until| until.0) })
}

/// Office holders, checked.
pub(super) fn office_holders(
    pointer: &str,
    named: Vec<OfficeHolderCreate>,
    checks: &mut Checks,
) -> Vec<OfficeHolderInput> {
    let mut one = |(index, holder): (usize, OfficeHolderCreate)| OfficeHolderInput {
        office: holder.office.required(&format!("{pointer}/{index}/office"), TextLimit::LABEL, checks),
        holder: checks.optional_text(
            format!("{pointer}/{index}/holder"),
            holder.holder.as_deref(),
            TextLimit::LABEL,
        ),
        organisation: holder.organisation,
    };
    named.into_iter().enumerate().map(&mut one).collect()
}

/// Items named by ref or id.
pub(super) fn item_keys(pointer: &str, named: &[String], checks: &mut Checks) -> Vec<ItemKey> {
    let mut one = |(index, name): (usize, &String)| item_key(&format!("{pointer}/{index}"), name, checks);
    named.iter().enumerate().filter_map(&mut one).collect()
}

/// A part of a meeting named by id.
pub(super) fn part_id<T: std::str::FromStr>(
    pointer: &str,
    named: Option<&str>,
    checks: &mut Checks,
) -> Option<T> {
    let named = named?;
    let id = named.parse().ok();
    if id.is_none() {
        checks.refuse(pointer, FieldCode::UnknownReference);
    }
    id
}
