//! What the rules say, told a second time: the hand-written tables and a few sentences, and nothing of the code
//! that is tested but its vocabulary.

use std::collections::BTreeSet;

use crate::cast::{HOST, Person};
use crate::facts::closes_with;
use crate::table::legal;
use qadam_domain::accounts::{Actor, Role};
use qadam_domain::ids::OrganisationId;
use qadam_domain::items::moves::{Mover, Need};
use qadam_domain::items::{ClosingResult, Kind, Status};
use qadam_domain::levels::{Axis, Level};

/// How an attempt ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    /// Nobody is signed in.
    Unauthenticated,
    /// There is nothing to see.
    Absent,
    /// It is seen, and refused.
    Refused,
    /// It is done.
    Done,
}

/// An item as the model keeps it.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) kind: Kind,
    pub(crate) status: Status,
    pub(crate) text: Level,
    pub(crate) identity: Level,
    pub(crate) filers: Vec<OrganisationId>,
    pub(crate) drafters: Vec<Person>,
    pub(crate) named: Vec<OrganisationId>,
    pub(crate) lead: Option<OrganisationId>,
    pub(crate) consent: Option<Level>,
    pub(crate) due: bool,
    pub(crate) asked: Vec<Person>,
}

/// What comes with a move.
#[derive(Debug, Clone)]
pub(crate) struct Offer {
    /// The needs that are met, by what comes with the move or stands on the item.
    pub(crate) at_hand: BTreeSet<Need>,
    /// The result, where one is given.
    pub(crate) result: Option<ClosingResult>,
    /// Whether a non-owner found that it was implemented.
    pub(crate) finding: bool,
}

/// How wide a level is.
pub(crate) const fn width(level: Level) -> u8 {
    match level {
        Level::Own => 1,
        Level::Secretariat => 2,
        Level::Addressed => 3,
        Level::Members => 4,
        Level::Public => 5,
    }
}

/// Whether the account belongs to those who filed, and counts as such.
fn is_filer(actor: &Actor, person: Person, item: &Item) -> bool {
    let named_for_draft = item.status != Status::Draft || item.drafters.contains(&person);
    item.filers.contains(&actor.organisation)
        && actor.role != Role::Admin
        && actor.confirmed
        && named_for_draft
}

/// Whether a person sees the item.
pub(crate) fn sees(person: Person, item: &Item) -> bool {
    let Some(actor) = person.actor() else { return item.text == Level::Public };
    if is_filer(&actor, person, item) {
        return true;
    }
    let is_named = item.named.contains(&actor.organisation) || item.lead == Some(actor.organisation);
    match actor.role {
        Role::Admin => item.text == Level::Public,
        Role::Secretariat => item.text != Level::Own,
        _ if is_named => [Level::Addressed, Level::Members, Level::Public].contains(&item.text),
        _ => [Level::Members, Level::Public].contains(&item.text),
    }
}

/// What a person is to the item.
pub(crate) fn parts(person: Person, item: &Item) -> Vec<Mover> {
    let Some(actor) = person.actor() else { return Vec::new() };
    let mut parts = Vec::new();
    let files_such = match actor.role {
        Role::NgoMember => item.kind == Kind::Proposal,
        Role::Officer | Role::Approver => item.kind == Kind::Commitment,
        Role::Secretariat => item.kind != Kind::Proposal,
        Role::Observer | Role::Admin => false,
    };
    if files_such && is_filer(&actor, person, item) {
        parts.push(Mover::Submitter);
    }
    if [Role::Officer, Role::Approver].contains(&actor.role) && item.lead == Some(actor.organisation) {
        parts.push(Mover::Lead);
    }
    if actor.role == Role::Secretariat {
        assert_eq!(actor.organisation, HOST);
        parts.push(Mover::Secretariat);
    }
    parts
}

/// 401 before 404 before everything else.
fn in_order(person: Person, item: &Item, allowed: bool) -> Verdict {
    match (person, sees(person, item), allowed) {
        (Person::Anonymous, _, _) => Verdict::Unauthenticated,
        (_, false, _) => Verdict::Absent,
        (_, true, false) => Verdict::Refused,
        (_, true, true) => Verdict::Done,
    }
}

/// Whether somebody may begin an item.
pub(crate) fn create(person: Person, kind: Kind) -> Verdict {
    let may = match kind {
        Kind::Proposal => {
            [Person::Stranger, Person::Author, Person::Colleague, Person::ThirdMember, Person::CoFiler]
                .contains(&person)
        }
        Kind::Commitment => [
            Person::OtherOfficer,
            Person::NamedOfficer,
            Person::LeadOfficer,
            Person::LeadApprover,
            Person::Secretariat,
        ]
        .contains(&person),
        Kind::Recommendation => person == Person::Secretariat,
    };
    match person {
        Person::Anonymous => Verdict::Unauthenticated,
        _ if may => Verdict::Done,
        _ => Verdict::Refused,
    }
}

/// Whether a move is made.
pub(crate) fn make_move(person: Person, item: &Item, to: Status, offer: &Offer) -> Verdict {
    let parts = parts(person, item);
    let is_made = legal(item.kind, item.status, to).is_some_and(|row| {
        row.who.iter().any(|who| parts.contains(who))
            && row.needs.iter().all(|need| offer.at_hand.contains(need))
            && offer.result.is_none_or(|result| {
                to == Status::Closed
                    && closes_with(item.kind, item.status, result)
                    && (result != ClosingResult::Implemented || offer.finding)
            })
    });
    in_order(person, item, is_made)
}

/// Whether a submitter's consent is taken.
pub(crate) fn consent(person: Person, item: &Item) -> Verdict {
    let is_submitter = parts(person, item).contains(&Mover::Submitter);
    in_order(person, item, is_submitter && item.kind == Kind::Proposal)
}

/// Whether every filing organisation agrees to a level of its name: one of its people does, to `public` two, and who acts
/// is one of them.
fn all_agree(person: Person, item: &Item, to: Level) -> bool {
    let needed = if to == Level::Public { 2 } else { 1 };
    item.filers.iter().all(|filer| {
        let of_filer = |one: &&Person| one.actor().is_some_and(|actor| actor.organisation == *filer);
        let mut people: Vec<Person> = item.asked.iter().chain([&person]).filter(of_filer).copied().collect();
        people.sort_by_key(|one| one.user().0);
        people.dedup();
        people.len() >= needed
    })
}

/// Whether a level is changed.
pub(crate) fn change_level(person: Person, item: &Item, axis: Axis, to: Level) -> Verdict {
    let parts = parts(person, item);
    let (submitter, secretariat) = (parts.contains(&Mover::Submitter), parts.contains(&Mover::Secretariat));
    let is_changed = match axis {
        Axis::Text if width(to) < width(item.text) => (submitter || secretariat) && to != Level::Own,
        Axis::Text => {
            let consented = item.consent.is_some_and(|level| width(level) >= width(to));
            secretariat && to != item.text && consented
        }
        Axis::Identity => {
            let narrower = width(to) < width(item.identity);
            submitter
                && to != item.identity
                && width(to) <= width(item.text)
                && (narrower || all_agree(person, item, to))
        }
    };
    let has_levels = item.kind == Kind::Proposal && item.status != Status::Draft;
    in_order(person, item, has_levels && is_changed)
}

/// Whether the item is in order: the name no wider than the text, and a lead where one is needed.
pub(crate) fn is_in_order(item: &Item) -> bool {
    let needs_lead = [
        Status::Announced,
        Status::UnderReview,
        Status::Accepted,
        Status::PartlyAccepted,
        Status::Planned,
        Status::InProgress,
        Status::ReportedDone,
    ];
    width(item.identity) <= width(item.text) && (item.lead.is_some() || !needs_lead.contains(&item.status))
}
