//! Every action on every kind of item: who may, and how everybody else is refused.

use crate::cast::{LEAD_BODY, Person};
use crate::items::{proposal, public};
use crate::sight::reads;
use crate::table::legal;
use crate::verdicts::{Verdict, for_each_person};
use qadam_domain::items::fields::Field;
use qadam_domain::items::moves::Mover;
use qadam_domain::items::{Kind, Status};
use qadam_domain::levels::{Axis, Level};
use qadam_domain::policy::{Action, ItemFacts, Refusal, Subject, may, movers};

/// Every action there is.
pub(crate) fn every_action() -> impl Iterator<Item = Action> {
    let single = [
        Action::RecordFromDocument,
        Action::ReadItem,
        Action::ReadFiler,
        Action::DeleteDraft,
        Action::Consent,
        Action::ReviseDeadline,
        Action::ChangeOwners,
        Action::Link,
        Action::ResponseLetter,
        Action::Split,
        Action::ReadProtocol,
        Action::ManageMeetings,
        Action::ManageReportingRounds,
        Action::ReadCirculatedProtocol,
        Action::ReadObjections,
        Action::Object,
        Action::AnswerObjection,
        Action::ManageOrganisations,
        Action::ManageUsers,
        Action::ConfirmMember,
        Action::LockOut,
        Action::VouchForRecovery,
        Action::Redact,
    ];
    let levels = Axis::ALL
        .into_iter()
        .flat_map(|axis| Level::ALL.into_iter().map(move |to| Action::ChangeLevel { axis, to }));
    single
        .into_iter()
        .chain(Kind::ALL.map(Action::CreateItem))
        .chain(Field::ALL.map(Action::EditField))
        .chain(Status::ALL.iter().copied().map(Action::Move))
        .chain(levels)
}

/// What somebody is answered about a proposal at a text level: 401 before 404 before anything else.
fn in_order(person: Person, text: Level, else_answered: Verdict) -> Verdict {
    if person == Person::Anonymous {
        Err(Refusal::Unauthenticated)
    } else if reads(person, text) {
        else_answered
    } else {
        Err(Refusal::NotFound)
    }
}

// Columns: anonymous, admin, observer, stranger, other officer, unconfirmed member | named officer, lead's officer,
// lead's approver | secretariat | author, colleague, third member, co-filer.

/// What is answered about a proposal to those who read it.
const ON_PROPOSALS: &[(Status, Action, &str)] = &[
    (Status::Submitted, Action::EditField(Field::Text), "1RRRRR RFF F FFFF"),
    (Status::Submitted, Action::EditField(Field::Translation), "1RRRRR RFF + FFFF"),
    (Status::Submitted, Action::EditField(Field::Addressees), "1RRRRR RFF + FFFF"),
    (Status::Submitted, Action::EditField(Field::Priority), "1RRRRR RFF + FFFF"),
    (Status::Submitted, Action::EditField(Field::Drafters), "1RRRRR RFF F FFFF"),
    (Status::Submitted, Action::DeleteDraft, "1RRRRR RRR R DDDD"),
    (Status::Submitted, Action::Consent, "1RRRRR RRR R ++++"),
    (Status::Submitted, Action::ReviseDeadline, "1RRRRR RSS S RRRR"),
    (Status::Submitted, Action::ChangeOwners, "1RRRRR RRR + RRRR"),
    (Status::Submitted, Action::Link, "1RRRRR R++ + ++++"),
    (Status::Submitted, Action::ResponseLetter, "1RRRRR RRR + RRRR"),
    (Status::Submitted, Action::Split, "1RRRRR RRR + RRRR"),
    (Status::UnderReview, Action::Split, "1RRRRR RRR + RRRR"),
    (Status::Returned, Action::Split, "1RRRRR RRR P RRRR"),
    (Status::Returned, Action::EditField(Field::Text), "1RRRRR RFF F ++++"),
    (Status::Returned, Action::EditField(Field::Translation), "1RRRRR RFF + ++++"),
    (Status::Returned, Action::EditField(Field::Addressees), "1RRRRR RFF F ++++"),
    (Status::Returned, Action::EditField(Field::Due), "1RRRRR RFF F FFFF"),
    (Status::Returned, Action::DeleteDraft, "1RRRRR RRR R DDDD"),
    (Status::UnderReview, Action::EditField(Field::Text), "1RRRRR RFF F FFFF"),
    (Status::UnderReview, Action::EditField(Field::Classification), "1RRRRR RFF + FFFF"),
    (Status::UnderReview, Action::ChangeOwners, "1RRRRR RRR + RRRR"),
    (Status::Withdrawn, Action::EditField(Field::Translation), "1RRRRR RFF F FFFF"),
    (Status::Withdrawn, Action::EditField(Field::Priority), "1RRRRR RFF + FFFF"),
    (Status::Withdrawn, Action::DeleteDraft, "1RRRRR RRR R DDDD"),
    // What is never done to an item.
    (Status::Submitted, Action::CreateItem(Kind::Proposal), "1RRRRR RRR R RRRR"),
    (Status::Submitted, Action::CreateItem(Kind::Commitment), "1RRRRR RRR R RRRR"),
    (Status::Submitted, Action::CreateItem(Kind::Recommendation), "1RRRRR RRR R RRRR"),
    (Status::Submitted, Action::RecordFromDocument, "1RRRRR RRR R RRRR"),
    (Status::Submitted, Action::ReadProtocol, "1RRRRR RRR R RRRR"),
    (Status::Submitted, Action::ManageMeetings, "1RRRRR RRR R RRRR"),
    (Status::Submitted, Action::ManageReportingRounds, "1RRRRR RRR R RRRR"),
    (Status::Submitted, Action::ManageOrganisations, "1RRRRR RRR R RRRR"),
    (Status::Submitted, Action::ManageUsers, "1RRRRR RRR R RRRR"),
    (Status::Submitted, Action::ConfirmMember, "1RRRRR RRR R RRRR"),
    (Status::Submitted, Action::LockOut, "1RRRRR RRR R RRRR"),
    (Status::Submitted, Action::VouchForRecovery, "1RRRRR RRR R RRRR"),
    (Status::Submitted, Action::Redact, "1RRRRR RRR + RRRR"),
];

/// What is answered about a commitment recorded from a document.
const ON_COMMITMENTS: &[(Status, Action, &str)] = &[
    (Status::Announced, Action::ReadItem, "++++++ +++ + ++++"),
    (Status::Announced, Action::ReadFiler, "++++++ +++ + ++++"),
    (Status::Announced, Action::EditField(Field::Text), "1RRRRR R++ F RRRR"),
    (Status::Announced, Action::EditField(Field::Translation), "1RRRRR R++ + RRRR"),
    (Status::Announced, Action::EditField(Field::Source), "1RRRRR RFF + RRRR"),
    (Status::Announced, Action::EditField(Field::Due), "1RRRRR RFF F RRRR"),
    (Status::Planned, Action::EditField(Field::Text), "1RRRRR RFF F RRRR"),
    (Status::Planned, Action::EditField(Field::InformationDue), "1RRRRR RFF + RRRR"),
    (Status::Planned, Action::DeleteDraft, "1RRRRR RRR R RRRR"),
    (Status::Planned, Action::Consent, "1RRRRR RRR R RRRR"),
    (Status::Planned, Action::ReviseDeadline, "1RRRRR R++ + RRRR"),
    (Status::Planned, Action::ChangeOwners, "1RRRRR RRR + RRRR"),
    (Status::Planned, Action::Link, "1RRRRR R++ + RRRR"),
    (Status::Announced, Action::ResponseLetter, "1RRRRR RRR + RRRR"),
    (Status::Planned, Action::Redact, "1RRRRR RRR + RRRR"),
    (Status::Superseded, Action::EditField(Field::Priority), "1RRRRR RFF + RRRR"),
    (Status::Superseded, Action::EditField(Field::Source), "1RRRRR RFF F RRRR"),
];

/// What is answered about a recommendation.
const ON_RECOMMENDATIONS: &[(Status, Action, &str)] = &[
    (Status::Registered, Action::ReadItem, "++++++ +++ + ++++"),
    (Status::Registered, Action::EditField(Field::Text), "1RRRRR RFF + RRRR"),
    (Status::Registered, Action::EditField(Field::Followup), "1RRRRR RFF + RRRR"),
    (Status::Registered, Action::EditField(Field::Due), "1RRRRR RFF F RRRR"),
    (Status::Registered, Action::ReviseDeadline, "1RRRRR RSS S RRRR"),
    (Status::InProgress, Action::ReviseDeadline, "1RRRRR R++ + RRRR"),
    (Status::InProgress, Action::ChangeOwners, "1RRRRR RRR + RRRR"),
    (Status::InProgress, Action::Link, "1RRRRR R++ + RRRR"),
    (Status::UnderReview, Action::ResponseLetter, "1RRRRR RRR + RRRR"),
];

#[test]
fn on_a_proposal_each_is_answered_as_written_by_hand_at_every_level() {
    for (status, action, letters) in ON_PROPOSALS {
        for text in Level::ALL {
            let item = proposal(*status, text);
            for (person, answer) in for_each_person(letters) {
                let decided = may(&person.viewer(), *action, Subject::Item(&item));
                let expected = in_order(person, text, answer);
                assert_eq!(decided, expected, "{status:?} {action:?} {person:?} {text:?}");
            }
        }
    }
}

#[test]
fn on_public_items_each_is_answered_as_written_by_hand() {
    let tables = [(Kind::Commitment, ON_COMMITMENTS), (Kind::Recommendation, ON_RECOMMENDATIONS)];
    for (kind, rows) in tables {
        for (status, action, letters) in rows {
            for (person, expected) in for_each_person(letters) {
                let item = public(kind, *status);
                let decided = may(&person.viewer(), *action, Subject::Item(&item));
                assert_eq!(decided, expected, "{kind:?} {status:?} {action:?} {person:?}");
            }
        }
    }
}

#[test]
fn a_body_that_filed_its_commitment_is_refused_what_belongs_to_drafts_and_proposals() {
    let mut item = public(Kind::Commitment, Status::Planned);
    item.parties.filed_by = vec![LEAD_BODY];
    let rows = [
        (Action::DeleteDraft, "1RRRRR RDD R RRRR"),
        (Action::Consent, "1RRRRR RXX R RRRR"),
        (Action::ChangeOwners, "1RRRRR RRR + RRRR"),
        (Action::EditField(Field::Text), "1RRRRR RFF F RRRR"),
        (Action::ReviseDeadline, "1RRRRR R++ + RRRR"),
    ];
    for (action, letters) in rows {
        for (person, expected) in for_each_person(letters) {
            let decided = may(&person.viewer(), action, Subject::Item(&item));
            assert_eq!(decided, expected, "{action:?} {person:?}");
        }
    }
}

#[test]
fn what_is_not_visible_is_absent_for_every_action_of_everybody_who_signed_in() {
    for text in Level::ALL {
        for status in [Status::Submitted, Status::UnderReview, Status::Closed, Status::Withdrawn] {
            let item = proposal(status, text);
            for action in every_action() {
                for person in Person::ALL.into_iter().filter(|person| !reads(*person, text)) {
                    let reading = matches!(action, Action::ReadItem | Action::ReadFiler);
                    let expected = if person == Person::Anonymous && !reading {
                        Refusal::Unauthenticated
                    } else {
                        Refusal::NotFound
                    };
                    let decided = may(&person.viewer(), action, Subject::Item(&item));
                    assert_eq!(decided, Err(expected), "{action:?} {person:?} {text:?} {status:?}");
                }
            }
        }
    }
}

#[test]
fn nobody_changes_anything_without_signing_in() {
    for kind in Kind::ALL {
        for status in Status::ALL {
            let item = public(kind, *status);
            for action in every_action().filter(|a| !matches!(a, Action::ReadItem | Action::ReadFiler)) {
                let decided = may(&Person::Anonymous.viewer(), action, Subject::Item(&item));
                assert_eq!(decided, Err(Refusal::Unauthenticated), "{kind:?} {status:?} {action:?}");
            }
        }
    }
}

/// What each person is to a filed proposal, and to a public item that nobody filed.
const PARTS: [(Person, &[Mover], &[Mover]); 14] = [
    (Person::Anonymous, &[], &[]),
    (Person::Admin, &[], &[]),
    (Person::Observer, &[], &[]),
    (Person::Stranger, &[], &[]),
    (Person::OtherOfficer, &[], &[]),
    (Person::Unconfirmed, &[], &[]),
    (Person::NamedOfficer, &[], &[]),
    (Person::LeadOfficer, &[Mover::Lead], &[Mover::Lead]),
    (Person::LeadApprover, &[Mover::Lead], &[Mover::Lead]),
    (Person::Secretariat, &[Mover::Secretariat], &[Mover::Secretariat]),
    (Person::Author, &[Mover::Submitter], &[]),
    (Person::Colleague, &[Mover::Submitter], &[]),
    (Person::ThirdMember, &[Mover::Submitter], &[]),
    (Person::CoFiler, &[Mover::Submitter], &[]),
];

#[test]
fn each_person_has_the_parts_written_by_hand() {
    for (person, on_proposal, on_public) in PARTS {
        let viewer = person.viewer();
        assert_eq!(movers(&viewer, &proposal(Status::UnderReview, Level::Own)), on_proposal, "{person:?}");
        for kind in [Kind::Commitment, Kind::Recommendation] {
            assert_eq!(movers(&viewer, &public(kind, Status::Planned)), on_public, "{person:?} {kind:?}");
        }
    }
}

fn move_answer(item: &ItemFacts, to: Status, parts: &[Mover]) -> Verdict {
    match legal(item.kind, item.status, to) {
        None => Err(Refusal::StatusConflict),
        Some(row) if row.who.iter().any(|who| parts.contains(who)) => Ok(()),
        Some(_) => Err(Refusal::RoleRequired),
    }
}

#[test]
fn each_move_of_a_proposal_is_open_to_those_the_table_names_if_they_see_it() {
    for from in Status::ALL.iter().filter(|status| **status != Status::Draft) {
        for to in Status::ALL {
            for text in Level::ALL {
                let item = proposal(*from, text);
                for (person, parts, _) in PARTS {
                    let expected = in_order(person, text, move_answer(&item, *to, parts));
                    let decided = may(&person.viewer(), Action::Move(*to), Subject::Item(&item));
                    assert_eq!(decided, expected, "{from:?} {to:?} {person:?} {text:?}");
                }
            }
        }
    }
}

#[test]
fn each_move_of_a_public_item_is_open_to_those_the_table_names() {
    for kind in [Kind::Commitment, Kind::Recommendation] {
        for from in Status::ALL.iter().filter(|status| **status != Status::Draft) {
            for to in Status::ALL {
                let item = public(kind, *from);
                for (person, _, parts) in PARTS {
                    let expected = in_order(person, Level::Public, move_answer(&item, *to, parts));
                    let decided = may(&person.viewer(), Action::Move(*to), Subject::Item(&item));
                    assert_eq!(decided, expected, "{kind:?} {from:?} {to:?} {person:?}");
                }
            }
        }
    }
}

#[test]
fn a_deadline_is_revised_while_something_promised_is_being_done_and_not_else() {
    for kind in Kind::ALL {
        for status in Status::ALL {
            let runs = [Status::Planned, Status::InProgress].contains(status);
            let expected = if runs { Ok(()) } else { Err(Refusal::StatusConflict) };
            for person in [Person::LeadOfficer, Person::LeadApprover, Person::Secretariat] {
                let item = public(kind, *status);
                let decided = may(&person.viewer(), Action::ReviseDeadline, Subject::Item(&item));
                assert_eq!(decided, expected, "{kind:?} {status:?} {person:?}");
            }
        }
    }
}

#[test]
fn an_item_without_a_lead_has_no_one_who_moves_it_as_lead() {
    let item = ItemFacts { lead: None, ..public(Kind::Recommendation, Status::Registered) };
    for person in [Person::LeadOfficer, Person::LeadApprover, Person::NamedOfficer] {
        let decided = may(&person.viewer(), Action::Move(Status::Planned), Subject::Item(&item));
        assert_eq!(decided, Err(Refusal::RoleRequired), "{person:?}");
    }
}
