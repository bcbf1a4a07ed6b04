//! Widening and narrowing: from every level to every level, on both axes, by everybody.

use crate::cast::Person::{self, *};
use crate::items::{draft, proposal, public};
use crate::verdicts::row;
use qadam_domain::items::{Kind, Status};
use qadam_domain::levels::{Axis, Level, Parties};
use qadam_domain::policy::{
    Action, IdentityVoice, ItemFacts, Refusal, Subject, consent_after_narrowing, may,
};

/// A row for each level before, a column for each level after: own, secretariat, addressed, members, public.
type Grid = [&'static str; 5];

/// Asks `person` for every change of `axis` on the item that `before` makes, and compares with the grid.
fn check(person: Person, axis: Axis, grid: Grid, before: impl Fn(Level) -> ItemFacts) {
    for (from, letters) in Level::ALL.into_iter().zip(grid) {
        let item = before(from);
        for (to, expected) in Level::ALL.into_iter().zip(row::<5>(letters)) {
            let decided = may(&person.viewer(), Action::ChangeLevel { axis, to }, Subject::Item(&item));
            assert_eq!(decided, expected, "{person:?} {axis:?} {from:?} to {to:?}, {item:?}");
        }
    }
}

/// Members of the filing organisations narrow the text, but not back to where it was a draft.
const TEXT_BY_SUBMITTER: Grid = [
    "= R R R R", // from own
    "X = R R R", // from secretariat
    "X + = R R", // from addressed
    "X + + = R", // from members
    "X + + + =", // from public
];

/// The secretariat narrows it too, and widens it as far as the submitter consented.
const TEXT_BY_SECRETARIAT: [(Option<Level>, Grid); 6] = [
    (None, ["- - - - -", "X = C C C", "X + = C C", "X + + = C", "X + + + ="]),
    (Some(Level::Own), ["- - - - -", "X = C C C", "X + = C C", "X + + = C", "X + + + ="]),
    (Some(Level::Secretariat), ["- - - - -", "X = C C C", "X + = C C", "X + + = C", "X + + + ="]),
    (Some(Level::Addressed), ["- - - - -", "X = + C C", "X + = C C", "X + + = C", "X + + + ="]),
    (Some(Level::Members), ["- - - - -", "X = + + C", "X + = + C", "X + + = C", "X + + + ="]),
    (Some(Level::Public), ["- - - - -", "X = + + +", "X + = + +", "X + + = +", "X + + + ="]),
];

/// Everybody else changes nothing, and hears of nothing they do not see.
const BY_OTHERS: [(Person, Grid); 9] = [
    (Anonymous, ["1 1 1 1 1", "1 1 1 1 1", "1 1 1 1 1", "1 1 1 1 1", "1 1 1 1 1"]),
    (Admin, ["- - - - -", "- - - - -", "- - - - -", "- - - - -", "R R R R R"]),
    (Observer, ["- - - - -", "- - - - -", "- - - - -", "R R R R R", "R R R R R"]),
    (Stranger, ["- - - - -", "- - - - -", "- - - - -", "R R R R R", "R R R R R"]),
    (OtherOfficer, ["- - - - -", "- - - - -", "- - - - -", "R R R R R", "R R R R R"]),
    (Unconfirmed, ["- - - - -", "- - - - -", "- - - - -", "R R R R R", "R R R R R"]),
    (NamedOfficer, ["- - - - -", "- - - - -", "R R R R R", "R R R R R", "R R R R R"]),
    (LeadOfficer, ["- - - - -", "- - - - -", "R R R R R", "R R R R R", "R R R R R"]),
    (LeadApprover, ["- - - - -", "- - - - -", "R R R R R", "R R R R R", "R R R R R"]),
];

/// Every consent that may stand on an item.
const CONSENTS: [Option<Level>; 6] = [
    None,
    Some(Level::Own),
    Some(Level::Secretariat),
    Some(Level::Addressed),
    Some(Level::Members),
    Some(Level::Public),
];

fn with_text(text: Level, consent: Option<Level>) -> ItemFacts {
    ItemFacts { text_consent: consent, ..proposal(Status::UnderReview, text) }
}

#[test]
fn members_of_the_filing_organisations_narrow_a_text_and_never_widen_it() {
    for person in [Author, Colleague, ThirdMember, CoFiler] {
        for consent in CONSENTS {
            check(person, Axis::Text, TEXT_BY_SUBMITTER, |from| with_text(from, consent));
        }
    }
}

#[test]
fn the_secretariat_widens_a_text_as_far_as_the_submitter_consented() {
    for (consent, grid) in TEXT_BY_SECRETARIAT {
        check(Secretariat, Axis::Text, grid, |from| with_text(from, consent));
    }
}

#[test]
fn nobody_else_changes_the_level_of_a_text_whatever_was_consented_to() {
    for (person, grid) in BY_OTHERS {
        for consent in CONSENTS {
            check(person, Axis::Text, grid, |from| with_text(from, consent));
        }
    }
}

/// A proposal of somebody's organisation with a text level and an identity level, whose publication `asked` asked for.
fn named(filer: Person, text: Level, identity: Level, asked: Option<Person>) -> ItemFacts {
    let recorded = proposal(Status::UnderReview, text);
    ItemFacts {
        identity_level: identity,
        identity_voices: asked.map(|person| voice(person, Level::Public)).into_iter().collect(),
        parties: Parties {
            filed_by: filer.actor().map(|actor| actor.organisation).into_iter().collect(),
            ..recorded.parties.clone()
        },
        ..recorded
    }
}

fn voice(person: Person, level: Level) -> IdentityVoice {
    let actor = person.actor().unwrap();
    IdentityVoice { organisation: actor.organisation, user: actor.user, level }
}

/// Under a public text, a member changes its organisation's name to any level but `public` alone.
const NAME_BY_ONE: Grid = [
    "= + + + 2", // from own
    "+ = + + 2", // from secretariat
    "+ + = + 2", // from addressed
    "+ + + = 2", // from members
    "+ + + + =", // from public
];

/// To `public` it does once another member has asked.
const NAME_BY_TWO: Grid = [
    "= + + + +", // from own
    "+ = + + +", // from secretariat
    "+ + = + +", // from addressed
    "+ + + = +", // from members
    "+ + + + =", // from public
];

/// Under a narrower text, up to the text's level. A row for each text level, from `own`; the name is at `own`.
const NAME_UNDER_TEXT: Grid = [
    "= W W W W", // text own
    "= + W W W", // text secretariat
    "= + + W W", // text addressed
    "= + + + W", // text members
    "= + + + 2", // text public
];

#[test]
fn a_member_alone_publishes_no_name() {
    for person in [Author, Colleague, ThirdMember, CoFiler] {
        for asked in [None, Some(person)] {
            check(person, Axis::Identity, NAME_BY_ONE, |from| named(person, Level::Public, from, asked));
        }
    }
}

#[test]
fn two_members_publish_their_name() {
    for (first, second) in [(Author, Colleague), (Colleague, Author), (ThirdMember, Author)] {
        check(second, Axis::Identity, NAME_BY_TWO, |from| named(first, Level::Public, from, Some(first)));
    }
}

#[test]
fn the_names_of_several_go_further_where_each_agreed_and_are_hidden_by_any() {
    let (members, public) = (Level::Members, Level::Public);
    let (two, one) = (vec![voice(Author, public), voice(Colleague, public)], vec![voice(Author, public)]);
    for (person, to, voices, expected) in [
        (Author, members, vec![], Err(Refusal::ConsentRequired)),
        (Author, members, vec![voice(CoFiler, Level::Addressed)], Err(Refusal::ConsentRequired)),
        (Author, members, vec![voice(CoFiler, members)], Ok(())),
        (Author, members, vec![voice(CoFiler, public)], Ok(())),
        (CoFiler, members, one.clone(), Ok(())),
        (CoFiler, public, one, Err(Refusal::ConsentRequired)),
        (CoFiler, public, two.clone(), Err(Refusal::SecondPersonRequired)),
        (Author, public, vec![voice(Colleague, public)], Err(Refusal::ConsentRequired)),
        (Author, public, [two, vec![voice(CoFiler, public)]].concat(), Err(Refusal::ConsentRequired)),
        (CoFiler, Level::Own, vec![], Ok(())),
    ] {
        let item = ItemFacts {
            identity_level: Level::Secretariat,
            identity_voices: voices,
            ..proposal(Status::UnderReview, public)
        };
        let change = Action::ChangeLevel { axis: Axis::Identity, to };
        let answer = may(&person.viewer(), change, Subject::Item(&item));
        assert_eq!(answer, expected, "{person:?} {to:?} {:?}", item.identity_voices);
    }
}

#[test]
fn a_name_is_never_wider_than_the_text() {
    for person in [Author, Colleague, ThirdMember, CoFiler] {
        check(person, Axis::Identity, NAME_UNDER_TEXT, |text| named(person, text, Level::Own, None));
    }
    // Nor is that forgiven when two ask.
    let item = named(Author, Level::Members, Level::Own, Some(Author));
    let publish = Action::ChangeLevel { axis: Axis::Identity, to: Level::Public };
    let [too_wide] = row::<1>("W");
    assert_eq!(may(&Colleague.viewer(), publish, Subject::Item(&item)), too_wide);
}

#[test]
fn nobody_but_the_submitter_touches_a_name() {
    for asked in [None, Some(Author)] {
        for (person, grid) in BY_OTHERS {
            // The grid is about what the person sees of the text, so the text moves and the name stays hidden.
            check(person, Axis::Identity, grid, |text| named(Author, text, Level::Own, asked));
        }
        let secretariat = ["- - - - -", "R R R R R", "R R R R R", "R R R R R", "R R R R R"];
        check(Secretariat, Axis::Identity, secretariat, |text| named(Author, text, Level::Own, asked));
    }
}

#[test]
fn drafts_commitments_and_recommendations_have_no_levels_to_change() {
    let fixed = ["X X X X X"; 5];
    for axis in Axis::ALL {
        check(Author, axis, fixed, |level| ItemFacts {
            text_level: level,
            ..draft(Kind::Proposal, Author, &[])
        });
        for kind in [Kind::Commitment, Kind::Recommendation] {
            for status in [Status::Announced, Status::Registered, Status::Planned, Status::Closed] {
                for person in [Secretariat, LeadOfficer] {
                    check(person, axis, fixed, |_| public(kind, status));
                }
                // Who has no part in the item is refused for that, and not for what the item is.
                for person in [Admin, Observer, Stranger, OtherOfficer, Unconfirmed] {
                    check(person, axis, ["R R R R R"; 5], |_| public(kind, status));
                }
            }
        }
    }
}

#[test]
fn a_level_is_changed_in_every_status_after_the_draft() {
    let narrow = Action::ChangeLevel { axis: Axis::Text, to: Level::Secretariat };
    for status in Kind::Proposal.statuses().iter().filter(|status| **status != Status::Draft) {
        for person in [Author, Secretariat] {
            let item = proposal(*status, Level::Public);
            assert_eq!(may(&person.viewer(), narrow, Subject::Item(&item)), Ok(()), "{person:?} {status:?}");
        }
    }
}

#[test]
fn after_the_submitter_narrowed_no_wider_consent_is_left() {
    for consent in CONSENTS {
        assert_eq!(consent_after_narrowing(Level::Public, consent), consent);
    }
    assert_eq!(consent_after_narrowing(Level::Secretariat, None), None);
    assert_eq!(consent_after_narrowing(Level::Secretariat, Some(Level::Public)), Some(Level::Secretariat));
    assert_eq!(consent_after_narrowing(Level::Members, Some(Level::Public)), Some(Level::Members));
    assert_eq!(consent_after_narrowing(Level::Members, Some(Level::Addressed)), Some(Level::Addressed));
    // The secretariat cannot undo the narrowing.
    let remaining = consent_after_narrowing(Level::Secretariat, Some(Level::Public));
    let grid = ["- - - - -", "X = C C C", "X + = C C", "X + + = C", "X + + + ="];
    check(Secretariat, Axis::Text, grid, |from| with_text(from, remaining));
}
