//! Meetings: their kinds and the life of their protocol.

pub mod carry_over;
pub mod objections;

use chrono::NaiveDate;

use crate::calendar::{Deadline, Precision, Timestamp};
use crate::ids::{AgendaItemId, DecisionId, ItemId, MeetingId, OrganisationId};
use crate::language::LanguageMap;
use crate::levels::Level;

/// What a meeting is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MeetingKind {
    /// Of the whole platform.
    Plenary,
    /// Of a part, on one topic.
    Subgroup,
}

impl MeetingKind {
    /// Both kinds.
    pub const ALL: [Self; 2] = [Self::Plenary, Self::Subgroup];

    /// The code used in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Plenary => "plenary",
            Self::Subgroup => "subgroup",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Where a meeting's protocol stands. Decisions and what they create are seen outside the secretariat only once
/// it is approved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProtocolState {
    /// Being written by the secretariat.
    Draft,
    /// Sent to the participants, who may object until a date.
    Circulated,
    /// Approved by the chair.
    Approved,
}

impl ProtocolState {
    /// All states.
    pub const ALL: [Self; 3] = [Self::Draft, Self::Circulated, Self::Approved];

    /// The code used in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Circulated => "circulated",
            Self::Approved => "approved",
        }
    }

    /// The state with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether the protocol may go from here to `to`. A circulated one returns to the draft when an objection
    /// is taken up; an approved one stays.
    pub const fn may_become(self, to: Self) -> bool {
        matches!(
            (self, to),
            (Self::Draft, Self::Circulated) | (Self::Circulated, Self::Draft | Self::Approved)
        )
    }
}

/// An office and who held it, as published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeHolder {
    /// The office.
    pub office: LanguageMap,
    /// The holder's name as published, if it was.
    pub holder: Option<String>,
    /// The organisation spoken for.
    pub organisation: Option<OrganisationId>,
}

/// A point of a meeting's agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgendaItem {
    /// Its identifier.
    pub id: AgendaItemId,
    /// Its number, from 1.
    pub number: i32,
    /// What it is about.
    pub title: LanguageMap,
    /// Who speaks.
    pub speakers: Vec<OfficeHolder>,
    /// The items discussed.
    pub items: Vec<ItemId>,
    /// What the protocol says.
    pub protocol_text: LanguageMap,
    /// Who reads the line.
    pub level: Level,
}

/// A decision of a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Its identifier.
    pub id: DecisionId,
    /// Its number, from 1.
    pub number: i32,
    /// The agenda item it was taken under.
    pub agenda_item: Option<AgendaItemId>,
    /// What was decided.
    pub text: LanguageMap,
    /// The body that leads.
    pub lead: OrganisationId,
    /// When it is due.
    pub due: Option<Deadline>,
    /// The items it implements.
    pub implements: Vec<ItemId>,
    /// The commitment it created, once the protocol was approved.
    pub commitment: Option<ItemId>,
}

/// An organisation that took part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendance {
    /// The organisation.
    pub organisation: OrganisationId,
    /// Who reads that it took part.
    pub level: Level,
}

/// A meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// Its identifier.
    pub id: MeetingId,
    /// Its short code in the register, `MT-2025-01`.
    pub code: String,
    /// What it is.
    pub kind: MeetingKind,
    /// Its title.
    pub title: LanguageMap,
    /// What it is about.
    pub topics: LanguageMap,
    /// The first day; `None` when not known.
    pub held_on: Option<NaiveDate>,
    /// How exactly the day is known.
    pub held_on_precision: Precision,
    /// The last day, where it took several.
    pub held_until: Option<NaiveDate>,
    /// The day it was published.
    pub published_on: Option<NaiveDate>,
    /// Where it took place.
    pub place: LanguageMap,
    /// Who chaired.
    pub chairs: Vec<OfficeHolder>,
    /// Where its protocol stands.
    pub protocol: ProtocolState,
    /// Until when participants may object to a circulated protocol.
    pub objections_until: Option<NaiveDate>,
    /// The document it was recorded from.
    pub recorded_from: Option<crate::items::RecordedFrom>,
    /// Its agenda, in order.
    pub agenda: Vec<AgendaItem>,
    /// Its decisions, in order.
    pub decisions: Vec<Decision>,
    /// Who took part.
    pub attendance: Vec<Attendance>,
    /// Row version for optimistic locking.
    pub version: i64,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl Meeting {
    /// The last day on which it takes place or may; `None` where its day is not known.
    pub fn ends_on(&self) -> Option<NaiveDate> {
        self.held_until.or_else(|| self.held_on.map(|day| self.held_on_precision.last_day(day)))
    }

    /// Whether an organisation took part.
    pub fn was_attended_by(&self, organisation: OrganisationId) -> bool {
        self.attendance.iter().any(|one| one.organisation == organisation)
    }

    /// Whether participants may still object to the protocol, which is therefore not approved yet: until the end of
    /// the day that was named when it was circulated. Where nobody is entered as having taken part, nobody may.
    pub fn objections_open(&self, today: NaiveDate) -> bool {
        self.protocol == ProtocolState::Circulated
            && !self.attendance.is_empty()
            && self.objections_until.is_some_and(|until| today <= until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meeting(protocol: ProtocolState, objections_until: Option<NaiveDate>) -> Meeting {
        Meeting {
            id: MeetingId(uuid::Uuid::nil()),
            code: "MT-2026-01".to_owned(),
            kind: MeetingKind::Plenary,
            title: LanguageMap::default(),
            topics: LanguageMap::default(),
            held_on: None,
            held_on_precision: Precision::Day,
            held_until: None,
            published_on: None,
            place: LanguageMap::default(),
            chairs: Vec::new(),
            protocol,
            objections_until,
            recorded_from: None,
            agenda: Vec::new(),
            decisions: Vec::new(),
            attendance: vec![Attendance {
                organisation: OrganisationId(uuid::Uuid::nil()),
                level: Level::Members,
            }],
            version: 1,
            updated_at: Timestamp(0),
        }
    }

    #[test]
    fn participants_object_to_a_circulated_protocol_until_the_named_day_is_over() {
        let until = NaiveDate::from_ymd_opt(2026, 3, 31);
        for (protocol, until, today, open) in [
            (ProtocolState::Circulated, until, "2026-03-02", true),
            (ProtocolState::Circulated, until, "2026-03-30", true),
            (ProtocolState::Circulated, until, "2026-03-31", true),
            (ProtocolState::Circulated, until, "2026-04-01", false),
            (ProtocolState::Circulated, until, "2027-03-31", false),
            (ProtocolState::Circulated, None, "2026-03-02", false),
            (ProtocolState::Draft, until, "2026-03-02", false),
            (ProtocolState::Draft, None, "2026-03-02", false),
            (ProtocolState::Approved, until, "2026-03-02", false),
            (ProtocolState::Approved, until, "2026-04-01", false),
        ] {
            let found = meeting(protocol, until).objections_open(today.parse().unwrap());
            assert_eq!(found, open, "{protocol:?} until {until:?} on {today}");
        }
        let alone = Meeting { attendance: Vec::new(), ..meeting(ProtocolState::Circulated, until) };
        assert!(!alone.objections_open("2026-03-02".parse().unwrap()), "nobody took part");
    }

    #[test]
    fn a_protocol_is_circulated_before_it_is_approved_and_then_stays() {
        let legal: Vec<_> = ProtocolState::ALL
            .into_iter()
            .flat_map(|from| ProtocolState::ALL.into_iter().map(move |to| (from, to)))
            .filter(|(from, to)| from.may_become(*to))
            .collect();
        assert_eq!(
            legal,
            [
                (ProtocolState::Draft, ProtocolState::Circulated),
                (ProtocolState::Circulated, ProtocolState::Draft),
                (ProtocolState::Circulated, ProtocolState::Approved),
            ]
        );
    }

    #[test]
    fn codes_are_read_back() {
        for kind in MeetingKind::ALL {
            assert_eq!(MeetingKind::from_code(kind.code()), Some(kind));
        }
        for state in ProtocolState::ALL {
            assert_eq!(ProtocolState::from_code(state.code()), Some(state));
        }
    }
}
