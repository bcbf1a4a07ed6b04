//! Who adds what to an item, against tables written by hand.

use crate::cast::{LEAD_BODY, NAMED_BODY, Person};
use crate::items::{draft, proposal, public};
use crate::verdicts::for_each_person;
use qadam_domain::items::contributions::ContributionKind;
use qadam_domain::items::{Kind, Status};
use qadam_domain::levels::Level;
use qadam_domain::organisations::OrganisationKind;
use qadam_domain::policy::{Action, AssessorFacts, ContributorFacts, ItemFacts, Subject, may};

const NGO: Action = assess(OrganisationKind::CivilSociety, false);
const INDEPENDENT: Action = assess(OrganisationKind::Independent, false);
const STATE_BODY: Action = assess(OrganisationKind::StateBody, false);
const KIN: Action = assess(OrganisationKind::Independent, true);
const REPLY: Action = Action::ReplyToFinding { body_has_approver: false };
const REPLY_APPROVED: Action = Action::ReplyToFinding { body_has_approver: true };

const fn assess(kind: OrganisationKind, kin_of_owner: bool) -> Action {
    Action::Assess(AssessorFacts { kind, kin_of_owner })
}

const MILESTONE: Action = add(ContributionKind::Milestone, OrganisationKind::StateBody, false, false);
const MILESTONE_APPROVED: Action = add(ContributionKind::Milestone, OrganisationKind::StateBody, false, true);
const INSTITUTION_PLANS: Action =
    add(ContributionKind::Milestone, OrganisationKind::Independent, false, false);
const INSTITUTION_COUNTS: Action =
    add(ContributionKind::Indicator, OrganisationKind::Independent, false, false);
const KIN_COUNTS: Action = add(ContributionKind::Indicator, OrganisationKind::Independent, true, false);
const STATE_BODY_COUNTS: Action = add(ContributionKind::Indicator, OrganisationKind::StateBody, false, true);

const NGO_PROVES: Action = add(ContributionKind::Evidence, OrganisationKind::CivilSociety, false, true);
const STATE_BODY_PROVES: Action = add(ContributionKind::Evidence, OrganisationKind::StateBody, false, false);
const KIN_PROVES: Action = add(ContributionKind::Evidence, OrganisationKind::Independent, true, false);

const NGO_ASKS: Action = add(ContributionKind::Question, OrganisationKind::CivilSociety, false, true);
const STATE_BODY_ASKS: Action = add(ContributionKind::Question, OrganisationKind::StateBody, false, false);
const KIN_ASKS: Action = add(ContributionKind::Question, OrganisationKind::Independent, true, false);
const ANSWER: Action = add(ContributionKind::Answer, OrganisationKind::CivilSociety, false, false);
const ANSWER_APPROVED: Action = add(ContributionKind::Answer, OrganisationKind::CivilSociety, false, true);

const fn add(
    what: ContributionKind,
    kind: OrganisationKind,
    kin_of_owner: bool,
    body_has_approver: bool,
) -> Action {
    Action::Add(what, ContributorFacts { assessor: AssessorFacts { kind, kin_of_owner }, body_has_approver })
}

// Columns: anonymous, admin, observer, stranger, other officer, unconfirmed member | named officer, lead's officer,
// lead's approver | secretariat | author, colleague, third member, co-filer.

/// What is answered about a public commitment.
const ON_PUBLIC: &[(Status, Action, &str)] = &[
    (Status::Planned, NGO, "1RR++R +++ R ++++"),
    (Status::Planned, INDEPENDENT, "1RR++R +++ R ++++"),
    (Status::Planned, STATE_BODY, "1RRNNR NNN R NNNN"),
    (Status::Planned, KIN, "1RRNNR NNN R NNNN"),
    (Status::Closed, NGO, "1RR++R +++ R ++++"),
    (Status::Planned, Action::Transcribe, "1RRRRR RRR + RRRR"),
    (Status::Withdrawn, Action::Transcribe, "1RRRRR RRR + RRRR"),
    (Status::Planned, REPLY, "1RRRRR R++ R RRRR"),
    (Status::Planned, REPLY_APPROVED, "1RRRRR RA+ R RRRR"),
    (Status::Announced, Action::Report, "1RRRRR R++ R RRRR"),
    (Status::Closed, Action::Report, "1RRRRR R++ R RRRR"),
    (Status::Withdrawn, Action::Report, "1RRRRR RSS R RRRR"),
    (Status::Superseded, Action::Report, "1RRRRR RSS R RRRR"),
    (Status::ReportedDone, Action::AnnounceClosing, "1RRRRR RRR + RRRR"),
    (Status::InProgress, Action::AnnounceClosing, "1RRRRR RRR S RRRR"),
    (Status::Planned, MILESTONE, "1RRRRR R++ + RRRR"),
    (Status::Closed, MILESTONE_APPROVED, "1RRRRR RA+ + RRRR"),
    (Status::Planned, INSTITUTION_PLANS, "1RRRRR R++ + RRRR"),
    (Status::Withdrawn, MILESTONE, "1RRRRR RSS S RRRR"),
    (Status::Planned, INSTITUTION_COUNTS, "1RRR+R +++ + RRRR"),
    (Status::Planned, KIN_COUNTS, "1RRRNR N++ + RRRR"),
    (Status::Planned, STATE_BODY_COUNTS, "1RRRRR RA+ + RRRR"),
    (Status::Planned, NGO_PROVES, "1RR++R +A+ + ++++"),
    (Status::Planned, STATE_BODY_PROVES, "1RRNNR N++ + NNNN"),
    (Status::Planned, KIN_PROVES, "1RRNNR N++ + NNNN"),
    (Status::Withdrawn, NGO_PROVES, "1RR++R +AS S ++++"),
    (Status::Withdrawn, INSTITUTION_COUNTS, "1RRRSR SSS S RRRR"),
    (Status::Planned, NGO_ASKS, "1RR++R +A+ + ++++"),
    (Status::Planned, STATE_BODY_ASKS, "1RRNNR N++ + NNNN"),
    (Status::Planned, KIN_ASKS, "1RRNNR N++ + NNNN"),
    (Status::Withdrawn, NGO_ASKS, "1RRSSR SAS S SSSS"),
    (Status::Planned, ANSWER, "1RRRRR R++ R RRRR"),
    (Status::Planned, ANSWER_APPROVED, "1RRRRR RA+ R RRRR"),
    (Status::Planned, Action::PassOn, "1RRRRR RRR + RRRR"),
];

/// What is answered about a proposal at level `addressed`.
const ON_ADDRESSED: &[(Status, Action, &str)] = &[
    (Status::UnderReview, NGO, "1----- +++ R ++++"),
    (Status::UnderReview, Action::Report, "1----- R++ R RRRR"),
    (Status::Submitted, Action::Report, "1----- RSS R RRRR"),
    (Status::UnderReview, Action::Transcribe, "1----- RRR + RRRR"),
    (Status::Submitted, ANSWER, "1----- R++ R ++++"),
    (Status::UnderReview, ANSWER_APPROVED, "1----- RA+ R ++++"),
    (Status::Merged, ANSWER, "1----- RSS R SSSS"),
    (Status::UnderReview, Action::PassOn, "1----- RRR + RRRR"),
];

fn check(item: &ItemFacts, action: Action, row: &str) {
    for (person, expected) in for_each_person(row) {
        let found = may(&person.viewer(), action, Subject::Item(item));
        assert_eq!(found, expected, "{person:?} {action:?} {:?}", item.status);
    }
}

#[test]
fn contributions_are_made_by_whom_the_tables_say() {
    for (status, action, row) in ON_PUBLIC {
        check(&public(Kind::Commitment, *status), *action, row);
    }
    for (status, action, row) in ON_ADDRESSED {
        check(&proposal(*status, Level::Addressed), *action, row);
    }
}

#[test]
fn every_owner_reports_and_none_that_is_only_named() {
    let item =
        ItemFacts { owners: vec![LEAD_BODY, NAMED_BODY], ..public(Kind::Commitment, Status::InProgress) };
    check(&item, Action::Report, "1RRRRR +++ R RRRR");
}

#[test]
fn a_draft_is_assessed_and_reported_on_by_nobody() {
    let item = draft(Kind::Proposal, Person::Author, &[]);
    check(&item, NGO, "1----- --- - S---");
    check(&item, Action::Report, "1----- --- - R---");
}
