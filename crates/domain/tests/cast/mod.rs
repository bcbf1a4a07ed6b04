//! The people of these tests: one for each role and each part that somebody can have in an item.

use qadam_domain::accounts::{Actor, Role, Viewer};
use qadam_domain::ids::{OrganisationId, UserId, Uuid};

/// The civil-society organisation that files.
pub(crate) const NGO: OrganisationId = organisation(1);
/// The one that files together with it.
pub(crate) const CO_NGO: OrganisationId = organisation(2);
/// One that has nothing to do with the item.
pub(crate) const OTHER_NGO: OrganisationId = organisation(3);
/// The body that leads.
pub(crate) const LEAD_BODY: OrganisationId = organisation(4);
/// A body the item names, which does not lead.
pub(crate) const NAMED_BODY: OrganisationId = organisation(5);
/// A body that has nothing to do with the item.
pub(crate) const OTHER_BODY: OrganisationId = organisation(6);
/// An intergovernmental organisation.
pub(crate) const MISSION: OrganisationId = organisation(7);
/// The organisation that hosts the platform.
pub(crate) const HOST: OrganisationId = organisation(8);

const fn organisation(number: u128) -> OrganisationId {
    OrganisationId(Uuid::from_u128(number))
}

/// Somebody who asks for something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Person {
    /// Nobody signed in.
    Anonymous,
    /// Runs the software.
    Admin,
    /// Of an international organisation.
    Observer,
    /// Of an organisation of civil society that did not file.
    Stranger,
    /// Of a body that the item does not name.
    OtherOfficer,
    /// A new account of the filing organisation, confirmed by nobody.
    Unconfirmed,
    /// Of a body that the item names.
    NamedOfficer,
    /// Of the lead body.
    LeadOfficer,
    /// Of the lead body.
    LeadApprover,
    /// Of the secretariat.
    Secretariat,
    /// Who wrote the draft.
    Author,
    /// Whom the author named as a colleague for the draft.
    Colleague,
    /// Of the filing organisation, not named for the draft.
    ThirdMember,
    /// Of the other filing organisation.
    CoFiler,
}

impl Person {
    /// All of them, in the order of the columns of the tables.
    pub(crate) const ALL: [Self; 14] = [
        Self::Anonymous,
        Self::Admin,
        Self::Observer,
        Self::Stranger,
        Self::OtherOfficer,
        Self::Unconfirmed,
        Self::NamedOfficer,
        Self::LeadOfficer,
        Self::LeadApprover,
        Self::Secretariat,
        Self::Author,
        Self::Colleague,
        Self::ThirdMember,
        Self::CoFiler,
    ];

    /// The account, unless nobody is signed in.
    pub(crate) fn actor(self) -> Option<Actor> {
        let (role, organisation) = match self {
            Self::Anonymous => return None,
            Self::Admin => (Role::Admin, HOST),
            Self::Observer => (Role::Observer, MISSION),
            Self::Stranger => (Role::NgoMember, OTHER_NGO),
            Self::OtherOfficer => (Role::Officer, OTHER_BODY),
            Self::NamedOfficer => (Role::Officer, NAMED_BODY),
            Self::LeadOfficer => (Role::Officer, LEAD_BODY),
            Self::LeadApprover => (Role::Approver, LEAD_BODY),
            Self::Secretariat => (Role::Secretariat, HOST),
            Self::Unconfirmed | Self::Author | Self::Colleague | Self::ThirdMember => (Role::NgoMember, NGO),
            Self::CoFiler => (Role::NgoMember, CO_NGO),
        };
        Some(Actor { user: self.user(), organisation, role, confirmed: self != Self::Unconfirmed })
    }

    /// What the rules are asked about.
    pub(crate) fn viewer(self) -> Viewer {
        self.actor().map_or(Viewer::Anonymous, Viewer::Account)
    }

    /// The account's identifier.
    pub(crate) fn user(self) -> UserId {
        UserId(Uuid::from_u128(100 + self as u128))
    }
}
