//! Who reads a text and who reads who filed it.

use crate::cast::Person::{self, *};
use crate::items::proposal;
use qadam_domain::accounts::Viewer;
use qadam_domain::items::Status;
use qadam_domain::levels::{Level, Relation, relation};
use qadam_domain::policy::{Action, Refusal, Subject, identity_after_narrowing, may};

/// What each person reads of a filed proposal. Columns: own, secretariat, addressed, members, public.
pub(crate) const SIGHT: [(Person, &str); 14] = [
    (Anonymous, "- - - - r"),
    (Admin, "- - - - r"),
    (Observer, "- - - r r"),
    (Stranger, "- - - r r"),
    (OtherOfficer, "- - - r r"),
    (Unconfirmed, "- - - r r"),
    (NamedOfficer, "- - r r r"),
    (LeadOfficer, "- - r r r"),
    (LeadApprover, "- - r r r"),
    (Secretariat, "- r r r r"),
    (Author, "r r r r r"),
    (Colleague, "r r r r r"),
    (ThirdMember, "r r r r r"),
    (CoFiler, "r r r r r"),
];

/// Whether a person reads what stands at a level of a filed proposal.
pub(crate) fn reads(person: Person, level: Level) -> bool {
    let (_, row) = SIGHT.into_iter().find(|row| row.0 == person).unwrap();
    let column = Level::ALL.into_iter().position(|other| other == level).unwrap();
    row.split(' ').nth(column).unwrap() == "r"
}

#[test]
fn a_text_is_read_at_the_levels_written_by_hand() {
    for person in Person::ALL {
        for text in Level::ALL {
            let item = proposal(Status::Submitted, text);
            let expected = if reads(person, text) { Ok(()) } else { Err(Refusal::NotFound) };
            let decided = may(&person.viewer(), Action::ReadItem, Subject::Item(&item));
            assert_eq!(decided, expected, "{person:?} {text:?}");
        }
    }
}

#[test]
fn who_filed_is_read_by_those_who_read_the_text_and_that_level() {
    for person in Person::ALL {
        for text in Level::ALL {
            // Pairs that must not exist are asked about too: a broken row must not give a name away.
            for identity in Level::ALL {
                let mut item = proposal(Status::Submitted, text);
                item.identity_level = identity;
                let seen = reads(person, text) && reads(person, identity);
                let expected = if seen { Ok(()) } else { Err(Refusal::NotFound) };
                let decided = may(&person.viewer(), Action::ReadFiler, Subject::Item(&item));
                assert_eq!(decided, expected, "{person:?} {text:?} {identity:?}");
            }
        }
    }
}

#[test]
fn by_default_only_the_filing_organisations_read_who_filed() {
    let item = proposal(Status::UnderReview, Level::Public);
    let readers: Vec<_> = Person::ALL
        .into_iter()
        .filter(|person| may(&person.viewer(), Action::ReadFiler, Subject::Item(&item)).is_ok())
        .collect();
    assert_eq!(readers, [Author, Colleague, ThirdMember, CoFiler]);
}

#[test]
fn the_strongest_part_applies() {
    // The secretariat stays the secretariat where its host is named; whoever filed stays the submitter.
    let mut item = proposal(Status::Submitted, Level::Own);
    item.parties.addressed.extend(Person::ALL.into_iter().filter_map(Person::actor).map(|a| a.organisation));
    let cases = [
        (Anonymous, Relation::Anonymous),
        (Admin, Relation::Anonymous),
        (Observer, Relation::Addressed),
        (Stranger, Relation::Addressed),
        (Unconfirmed, Relation::Addressed),
        (Secretariat, Relation::Secretariat),
        (Author, Relation::Submitter),
        (CoFiler, Relation::Submitter),
    ];
    for (person, expected) in cases {
        assert_eq!(relation(&person.viewer(), &item.parties), expected, "{person:?}");
    }
}

#[test]
fn narrowing_the_text_takes_the_name_along_and_never_widens_it() {
    // Columns: identity own, secretariat, addressed, members, public before.
    let table = [
        (Level::Own, [0, 0, 0, 0, 0]),
        (Level::Secretariat, [0, 1, 1, 1, 1]),
        (Level::Addressed, [0, 1, 2, 2, 2]),
        (Level::Members, [0, 1, 2, 3, 3]),
        (Level::Public, [0, 1, 2, 3, 4]),
    ];
    for (text, row) in table {
        for (identity, rank) in Level::ALL.into_iter().zip(row) {
            assert_eq!(identity_after_narrowing(text, identity).rank(), rank, "{text:?} {identity:?}");
        }
    }
}

#[test]
fn nobody_is_nobodys_account() {
    assert_eq!(Anonymous.viewer(), Viewer::Anonymous);
    assert!(Person::ALL.into_iter().skip(1).all(|person| person.viewer().actor().is_some()));
}
