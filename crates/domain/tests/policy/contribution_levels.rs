//! Who changes the levels of what civil society added, against a table written by hand.

use crate::cast::Person;
use crate::items::public;
use qadam_domain::items::{Kind, Status};
use qadam_domain::levels::{Axis, Level};
use qadam_domain::policy::{Action, ContributionLevels, Refusal, Subject, may};

/// A finding that members read, whose author addressed bodies know, on a public item.
const FINDING: ContributionLevels = ContributionLevels {
    has_levels: true,
    own: false,
    text: Level::Members,
    identity: Level::Addressed,
    about: Level::Public,
    names: Level::Public,
    held: false,
    publication_asked_by: None,
};

fn answer(person: Person, axis: Axis, to: Level, of: ContributionLevels) -> Result<(), Refusal> {
    let item = public(Kind::Commitment, Status::Planned);
    may(&person.viewer(), Action::ChangeContributionLevel { axis, to, of }, Subject::Item(&item))
}

#[test]
fn authors_widen_and_narrow_and_the_secretariat_narrows_the_text() {
    use Level::{Addressed, Members, Own, Public, Secretariat};
    use Refusal::{IdentityWiderThanText, LevelFixed, LevelUnchanged, RoleRequired, SecondPersonRequired};
    let (author, secretariat) = (Person::Author, Person::Secretariat);
    let own = ContributionLevels { own: true, ..FINDING };
    let held = ContributionLevels { held: true, ..own };
    let of_body = ContributionLevels { has_levels: false, ..own };
    let narrow_item = ContributionLevels { about: Members, ..own };
    let of_filer = ContributionLevels { names: Addressed, ..own };
    let published = ContributionLevels { text: Public, ..own };
    let asked_by_author = ContributionLevels {
        publication_asked_by: author.viewer().actor().map(|actor| actor.user),
        ..published
    };
    for (person, axis, to, of, expected) in [
        (author, Axis::Text, Public, own, Ok(())),
        (author, Axis::Text, Secretariat, own, Ok(())),
        (author, Axis::Text, Own, own, Err(LevelFixed)),
        (author, Axis::Text, Members, own, Err(LevelUnchanged)),
        (author, Axis::Text, Public, narrow_item, Err(LevelFixed)),
        (author, Axis::Text, Public, held, Err(LevelFixed)),
        (author, Axis::Text, Addressed, held, Ok(())),
        (author, Axis::Text, Public, of_body, Err(LevelFixed)),
        (author, Axis::Identity, Members, own, Ok(())),
        (author, Axis::Identity, Members, of_filer, Err(LevelFixed)),
        (author, Axis::Identity, Own, of_filer, Ok(())),
        (author, Axis::Identity, Own, own, Ok(())),
        (author, Axis::Identity, Addressed, own, Err(LevelUnchanged)),
        (author, Axis::Identity, Public, own, Err(IdentityWiderThanText)),
        (author, Axis::Identity, Public, published, Err(SecondPersonRequired)),
        (author, Axis::Identity, Public, asked_by_author, Err(SecondPersonRequired)),
        (Person::Colleague, Axis::Identity, Public, asked_by_author, Ok(())),
        (secretariat, Axis::Text, Secretariat, FINDING, Ok(())),
        (secretariat, Axis::Text, Public, FINDING, Err(RoleRequired)),
        (secretariat, Axis::Identity, Own, FINDING, Err(RoleRequired)),
        (
            secretariat,
            Axis::Text,
            Addressed,
            ContributionLevels { has_levels: false, ..FINDING },
            Err(LevelFixed),
        ),
        (Person::LeadOfficer, Axis::Text, Addressed, FINDING, Err(RoleRequired)),
        (Person::Observer, Axis::Text, Addressed, FINDING, Err(RoleRequired)),
        (Person::Anonymous, Axis::Text, Addressed, FINDING, Err(Refusal::Unauthenticated)),
    ] {
        assert_eq!(answer(person, axis, to, of), expected, "{person:?} {axis:?} {to:?} {of:?}");
    }
}
