//! Who reads what: five levels, two axes, and the table that joins them to a viewer's relation to an item.
//!
//! An item has a level for its text and a level for who filed it, because who filed is more dangerous than what
//! was filed. Identity is never wider than text. "Members" is every active account, ministries included.

use crate::accounts::{Actor, Role, Viewer};
use crate::ids::{OrganisationId, UserId};

/// How widely something is read, narrow to wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The organisations that filed it.
    Own,
    /// And the secretariat.
    Secretariat,
    /// And the bodies the item names.
    Addressed,
    /// And every active account.
    Members,
    /// And everybody.
    Public,
}

impl Level {
    /// All levels, narrow to wide.
    pub const ALL: [Self; 5] = [Self::Own, Self::Secretariat, Self::Addressed, Self::Members, Self::Public];

    /// The code used in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Secretariat => "secretariat",
            Self::Addressed => "addressed",
            Self::Members => "members",
            Self::Public => "public",
        }
    }

    /// The level with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.code() == code)
    }

    /// Its place from narrow (0) to wide (4); the number that is stored.
    pub const fn rank(self) -> i16 {
        match self {
            Self::Own => 0,
            Self::Secretariat => 1,
            Self::Addressed => 2,
            Self::Members => 3,
            Self::Public => 4,
        }
    }

    /// The level with this rank.
    pub fn from_rank(rank: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.rank() == rank)
    }
}

/// What a level is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Axis {
    /// What was written.
    Text,
    /// Who filed it.
    Identity,
}

impl Axis {
    /// Both axes.
    pub const ALL: [Self; 2] = [Self::Text, Self::Identity];

    /// The code used in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Identity => "identity",
        }
    }

    /// The axis with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|axis| axis.code() == code)
    }
}

/// What a viewer is to an item. Ordered from weakest to strongest; the strongest that holds applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// No account, or an administrator: running the software gives no sight of the records.
    Anonymous,
    /// Any other active account.
    Member,
    /// Staff of an owner or an addressee.
    Addressed,
    /// The secretariat.
    Secretariat,
    /// A member of a filing organisation; of a draft: its author and the colleagues they name.
    Submitter,
}

impl Relation {
    /// All relations, weakest first.
    pub const ALL: [Self; 5] =
        [Self::Anonymous, Self::Member, Self::Addressed, Self::Secretariat, Self::Submitter];

    /// The narrowest level the relation reads. It reads every wider one too.
    ///
    /// This is the read table: one row a relation.
    pub const fn floor(self) -> Level {
        match self {
            Self::Anonymous => Level::Public,
            Self::Member => Level::Members,
            Self::Addressed => Level::Addressed,
            Self::Secretariat => Level::Secretariat,
            Self::Submitter => Level::Own,
        }
    }

    /// Whether the relation reads what stands at a level.
    pub fn reads(self, level: Level) -> bool {
        level >= self.floor()
    }
}

/// The facts about an item that decide what a viewer is to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parties {
    /// The organisations that filed it, the first filer first. For a draft of a body: that body.
    pub filed_by: Vec<OrganisationId>,
    /// Owners and addressees.
    pub addressed: Vec<OrganisationId>,
    /// While it is a draft: its author and the colleagues they named. Empty once it left the draft.
    pub drafters: Vec<UserId>,
    /// Whether it is a draft.
    pub draft: bool,
}

/// What an account's organisation is to an item: what of the parties decides the relation, whoever keeps them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// Its organisation is one of those that filed the item.
    pub files: bool,
    /// Its organisation is an owner or an addressee.
    pub addressed: bool,
    /// Of a draft: the account is its author or a colleague they named. Else `None`.
    pub drafts: Option<bool>,
}

impl Standing {
    /// What an account is to an item with these parties.
    pub fn of(actor: &Actor, parties: &Parties) -> Self {
        Self {
            files: parties.filed_by.contains(&actor.organisation),
            addressed: parties.addressed.contains(&actor.organisation),
            drafts: parties.draft.then(|| parties.drafters.contains(&actor.user)),
        }
    }
}

/// What a viewer is to an item with these parties.
pub fn relation(viewer: &Viewer, parties: &Parties) -> Relation {
    match viewer {
        Viewer::Anonymous => Relation::Anonymous,
        Viewer::Account(actor) => relation_of(actor, Standing::of(actor, parties)),
    }
}

/// What an account is to an item to which it stands like this.
pub fn relation_of(actor: &Actor, standing: Standing) -> Relation {
    let files = standing.files && may_see_own(actor.role, actor.confirmed);
    if files && standing.drafts.unwrap_or(true) {
        return Relation::Submitter;
    }
    match actor.role {
        Role::Admin => Relation::Anonymous,
        Role::Secretariat => Relation::Secretariat,
        Role::NgoMember | Role::Officer | Role::Approver | Role::Observer => {
            if standing.addressed {
                Relation::Addressed
            } else {
                Relation::Member
            }
        }
    }
}

/// Whether an account stands for the filing organisation where it sees `own` texts: administrators never do,
/// though they belong to the host, and an NGO member does once confirmed.
pub const fn may_see_own(role: Role, confirmed: bool) -> bool {
    match role {
        Role::Admin => false,
        Role::NgoMember => confirmed,
        Role::Officer | Role::Approver | Role::Secretariat | Role::Observer => true,
    }
}

/// Whether a pair of levels may stand together: identity never wider than text.
pub fn is_legal_pair(text: Level, identity: Level) -> bool {
    identity <= text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Uuid;
    use proptest::prelude::*;

    fn organisation(number: u128) -> OrganisationId {
        OrganisationId(Uuid::from_u128(number))
    }

    fn account(role: Role, organisation_number: u128, confirmed: bool) -> Viewer {
        let user = UserId(Uuid::from_u128(organisation_number * 100));
        Viewer::Account(Actor { user, organisation: organisation(organisation_number), role, confirmed })
    }

    /// The table of the design, cell by cell: own, secretariat, addressed, members, public.
    #[test]
    fn the_read_table_is_the_one_of_the_design() {
        let table = [
            (Relation::Anonymous, [false, false, false, false, true]),
            (Relation::Member, [false, false, false, true, true]),
            (Relation::Addressed, [false, false, true, true, true]),
            (Relation::Secretariat, [false, true, true, true, true]),
            (Relation::Submitter, [true, true, true, true, true]),
        ];
        for (relation, row) in table {
            for (level, expected) in Level::ALL.into_iter().zip(row) {
                assert_eq!(relation.reads(level), expected, "{relation:?} {level:?}");
            }
        }
    }

    #[test]
    fn fifteen_of_twenty_five_pairs_are_legal() {
        let legal: Vec<_> = Level::ALL
            .into_iter()
            .flat_map(|text| Level::ALL.into_iter().map(move |identity| (text, identity)))
            .filter(|(text, identity)| is_legal_pair(*text, *identity))
            .collect();
        assert_eq!(legal.len(), 15);
        assert!(
            legal.contains(&(Level::Public, Level::Own)) && !legal.contains(&(Level::Own, Level::Public))
        );
        assert!(legal.contains(&(Level::Members, Level::Members)));
    }

    #[test]
    fn ranks_and_codes_are_read_back() {
        for (index, level) in Level::ALL.into_iter().enumerate() {
            assert_eq!(usize::try_from(level.rank()).unwrap(), index);
            assert_eq!(Level::from_rank(level.rank()), Some(level));
            assert_eq!(Level::from_code(level.code()), Some(level));
        }
        assert_eq!(Level::from_rank(5), None);
        assert_eq!(Axis::from_code("text"), Some(Axis::Text));
        assert_eq!(Axis::from_code("identity"), Some(Axis::Identity));
    }

    #[test]
    fn relations_follow_from_the_parties() {
        let parties = Parties {
            filed_by: vec![organisation(1)],
            addressed: vec![organisation(2)],
            ..Parties::default()
        };
        let cases = [
            (Viewer::Anonymous, Relation::Anonymous),
            (account(Role::Admin, 9, true), Relation::Anonymous),
            (account(Role::Admin, 2, true), Relation::Anonymous),
            (account(Role::Observer, 3, true), Relation::Member),
            (account(Role::Officer, 4, true), Relation::Member),
            (account(Role::NgoMember, 5, true), Relation::Member),
            (account(Role::Officer, 2, true), Relation::Addressed),
            (account(Role::Approver, 2, true), Relation::Addressed),
            (account(Role::Secretariat, 9, true), Relation::Secretariat),
            (account(Role::Secretariat, 2, true), Relation::Secretariat),
            (account(Role::NgoMember, 1, true), Relation::Submitter),
            (account(Role::NgoMember, 1, false), Relation::Member),
        ];
        for (viewer, expected) in cases {
            assert_eq!(relation(&viewer, &parties), expected, "{viewer:?}");
        }
    }

    #[test]
    fn a_draft_is_its_authors_and_named_colleagues_alone() {
        let author = UserId(Uuid::from_u128(100));
        let draft = Parties {
            filed_by: vec![organisation(1)],
            drafters: vec![author],
            draft: true,
            ..Parties::default()
        };
        assert_eq!(relation(&account(Role::NgoMember, 1, true), &draft), Relation::Submitter);
        let colleague = Viewer::Account(Actor {
            user: UserId(Uuid::from_u128(101)),
            organisation: organisation(1),
            role: Role::NgoMember,
            confirmed: true,
        });
        assert_eq!(relation(&colleague, &draft), Relation::Member);
    }

    #[test]
    fn an_administrator_of_a_filing_organisation_is_no_submitter() {
        let parties = Parties { filed_by: vec![organisation(9)], ..Parties::default() };
        assert_eq!(relation(&account(Role::Admin, 9, true), &parties), Relation::Anonymous);
        assert_eq!(relation(&account(Role::Secretariat, 9, true), &parties), Relation::Submitter);
    }

    proptest! {
        #[test]
        fn reading_is_monotone_in_level_and_relation(low in 0usize..5, high in 0usize..5, level in 0usize..5) {
            let (weak, strong) = (Relation::ALL[low.min(high)], Relation::ALL[low.max(high)]);
            let level = Level::ALL[level];
            prop_assert!(!weak.reads(level) || strong.reads(level));
            for wider in Level::ALL.into_iter().filter(|wider| *wider > level) {
                prop_assert!(!weak.reads(level) || weak.reads(wider));
            }
        }
    }
}
