//! Drafts: their author's and the named colleagues', and nobody else's.

use crate::cast::{HOST, LEAD_BODY, NGO, Person};
use crate::items::draft;
use crate::verdicts::for_each_person;
use qadam_domain::items::fields::Field;
use qadam_domain::items::moves::Mover;
use qadam_domain::items::{Kind, Status};
use qadam_domain::levels::{Axis, Level};
use qadam_domain::policy::{Action, ItemFacts, Subject, may, movers};

const PLAN: Action = Action::Move(Status::Planned);
const SUBMIT: Action = Action::Move(Status::Submitted);
const ANNOUNCE: Action = Action::Move(Status::Announced);
const REGISTER: Action = Action::Move(Status::Registered);
const WIDEN: Action = Action::ChangeLevel { axis: Axis::Text, to: Level::Secretariat };
const NAME: Action = Action::ChangeLevel { axis: Axis::Identity, to: Level::Own };

fn check(item: &ItemFacts, rows: &[(Action, &str)]) {
    for (action, letters) in rows {
        for (person, expected) in for_each_person(letters) {
            let decided = may(&person.viewer(), *action, Subject::Item(item));
            assert_eq!(decided, expected, "{action:?} {person:?}");
        }
    }
}

// Columns: anonymous, admin, observer, stranger, other officer, unconfirmed member | named officer, lead's officer,
// lead's approver | secretariat | author, colleague, third member, co-filer.

#[test]
fn the_draft_of_a_proposal_is_its_authors_and_named_colleagues() {
    check(
        &draft(Kind::Proposal, Person::Author, &[Person::Colleague]),
        &[
            (Action::ReadItem, "------ --- - ++--"),
            (Action::ReadFiler, "------ --- - ++--"),
            (Action::EditField(Field::Text), "1----- --- - ++--"),
            (Action::EditField(Field::Addressees), "1----- --- - ++--"),
            (Action::EditField(Field::Drafters), "1----- --- - ++--"),
            (Action::EditField(Field::Due), "1----- --- - FF--"),
            (Action::EditField(Field::Priority), "1----- --- - FF--"),
            (Action::DeleteDraft, "1----- --- - ++--"),
            (SUBMIT, "1----- --- - ++--"),
            (Action::Move(Status::Withdrawn), "1----- --- - SS--"),
            (Action::Consent, "1----- --- - ++--"),
            (WIDEN, "1----- --- - XX--"),
            (NAME, "1----- --- - XX--"),
            (Action::ReviseDeadline, "1----- --- - RR--"),
            (Action::ChangeOwners, "1----- --- - RR--"),
            (Action::Link, "1----- --- - ++--"),
        ],
    );
}

#[test]
fn a_bodys_draft_is_its_authors_who_plans_it_and_names_owners() {
    let item = draft(Kind::Commitment, Person::LeadOfficer, &[]);
    check(
        &item,
        &[
            (Action::ReadItem, "------ -+- - ----"),
            (Action::EditField(Field::Text), "1----- -+- - ----"),
            (Action::EditField(Field::Due), "1----- -+- - ----"),
            (Action::EditField(Field::Addressees), "1----- -F- - ----"),
            (Action::EditField(Field::Priority), "1----- -F- - ----"),
            (Action::DeleteDraft, "1----- -+- - ----"),
            (PLAN, "1----- -+- - ----"),
            (ANNOUNCE, "1----- -R- - ----"),
            (REGISTER, "1----- -S- - ----"),
            (Action::Consent, "1----- -X- - ----"),
            (WIDEN, "1----- -X- - ----"),
            (Action::ReviseDeadline, "1----- -S- - ----"),
            (Action::ChangeOwners, "1----- -+- - ----"),
            (Action::Link, "1----- -+- - ----"),
        ],
    );
    assert_eq!(movers(&Person::LeadOfficer.viewer(), &item), [Mover::Submitter, Mover::Lead]);
    let named = draft(Kind::Commitment, Person::LeadOfficer, &[Person::LeadApprover]);
    check(&named, &[(Action::ReadItem, "------ -++ - ----"), (PLAN, "1----- -++ - ----")]);
}

#[test]
fn a_body_cannot_plan_a_draft_that_names_another_lead() {
    let item = draft(Kind::Commitment, Person::NamedOfficer, &[]);
    check(
        &item,
        &[
            (Action::ReadItem, "------ +-- - ----"),
            (PLAN, "1----- R-- - ----"),
            (Action::ChangeOwners, "1----- +-- - ----"),
            (Action::ReviseDeadline, "1----- R-- - ----"),
        ],
    );
}

#[test]
fn the_secretariats_draft_is_announced_or_registered_by_its_author() {
    let commitment = draft(Kind::Commitment, Person::Secretariat, &[]);
    let recommendation = draft(Kind::Recommendation, Person::Secretariat, &[]);
    check(
        &commitment,
        &[
            (Action::ReadItem, "------ --- + ----"),
            (Action::EditField(Field::Text), "1----- --- + ----"),
            (Action::EditField(Field::Followup), "1----- --- F ----"),
            (ANNOUNCE, "1----- --- + ----"),
            (PLAN, "1----- --- R ----"),
            (Action::ReviseDeadline, "1----- --- S ----"),
        ],
    );
    check(
        &recommendation,
        &[
            (Action::ReadItem, "------ --- + ----"),
            (Action::EditField(Field::Followup), "1----- --- + ----"),
            (Action::EditField(Field::Priority), "1----- --- + ----"),
            (Action::DeleteDraft, "1----- --- + ----"),
            (REGISTER, "1----- --- + ----"),
            (Action::Consent, "1----- --- X ----"),
            (Action::ChangeOwners, "1----- --- + ----"),
        ],
    );
    assert_eq!(movers(&Person::Secretariat.viewer(), &commitment), [Mover::Submitter, Mover::Secretariat]);
}

#[test]
fn an_account_that_was_named_and_moved_to_another_organisation_sees_the_draft_no_more() {
    let mut item = draft(Kind::Proposal, Person::Author, &[Person::Stranger, Person::Unconfirmed]);
    check(&item, &[(Action::ReadItem, "------ --- - +---")]);
    // Nor does an administrator, though their organisation filed it and they are named.
    item = draft(Kind::Commitment, Person::Secretariat, &[Person::Admin]);
    check(&item, &[(Action::ReadItem, "------ --- + ----")]);
}

#[test]
fn a_role_that_files_no_such_item_has_no_submitters_part_in_it() {
    // Rows that should not exist: the wrong kind of organisation stands as the filer.
    let wrong = [
        (Kind::Proposal, LEAD_BODY, Person::LeadOfficer),
        (Kind::Proposal, HOST, Person::Secretariat),
        (Kind::Commitment, NGO, Person::Author),
        (Kind::Recommendation, NGO, Person::Author),
        (Kind::Recommendation, LEAD_BODY, Person::LeadApprover),
    ];
    for (kind, filer, person) in wrong {
        let mut item = draft(kind, person, &[]);
        assert_eq!(item.parties.filed_by, [filer]);
        item.lead = None;
        assert!(!movers(&person.viewer(), &item).contains(&Mover::Submitter), "{kind:?} {person:?}");
    }
    let right = [
        (Kind::Proposal, Person::Author),
        (Kind::Commitment, Person::LeadOfficer),
        (Kind::Commitment, Person::LeadApprover),
        (Kind::Commitment, Person::Secretariat),
        (Kind::Recommendation, Person::Secretariat),
    ];
    for (kind, person) in right {
        let item = draft(kind, person, &[]);
        assert!(movers(&person.viewer(), &item).contains(&Mover::Submitter), "{kind:?} {person:?}");
    }
}
