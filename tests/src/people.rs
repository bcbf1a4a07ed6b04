//! The people of every story: one account for each part somebody can have in the register.

use qadam_domain::accounts::Role;
use qadam_domain::organisations::OrganisationKind;

/// Everybody's password.
pub const PASSWORD: &str = "kumquat saddle orbit";

/// An account, named by its organisation, its role and which of several it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Person {
    /// Code of the organisation.
    pub organisation: &'static str,
    /// The role.
    pub role: Role,
    /// 1 for the first of that role in the organisation.
    pub number: u8,
}

impl Person {
    /// The first of a role in an organisation.
    pub const fn first(organisation: &'static str, role: Role) -> Self {
        Self { organisation, role, number: 1 }
    }

    /// The second of a role in an organisation.
    pub const fn second(organisation: &'static str, role: Role) -> Self {
        Self { organisation, role, number: 2 }
    }

    /// The mail address with which the person signs in.
    pub fn email(self) -> String {
        format!("{}{}@{}.example", self.role.code(), self.number, self.organisation.to_lowercase())
    }
}

/// Code, kind and English name of each organisation.
pub(crate) const ORGANISATIONS: [(&str, OrganisationKind, &str); 8] = [
    ("MFA", OrganisationKind::StateBody, "Ministry of Foreign Affairs"),
    ("GPO", OrganisationKind::StateBody, "General Prosecutor’s Office"),
    ("MOH", OrganisationKind::StateBody, "Ministry of Health"),
    ("NCHR", OrganisationKind::Independent, "National Centre for Human Rights"),
    ("KK", OrganisationKind::CivilSociety, "Kadir-kasiet"),
    ("KIBHR", OrganisationKind::CivilSociety, "Bureau for Human Rights"),
    ("OHCHR", OrganisationKind::International, "Office of the High Commissioner"),
    ("OSCE", OrganisationKind::International, "Organization for Security and Co-operation"),
];

/// Everybody, in the order in which their accounts are made. The second and third member of KK are not confirmed
/// by that: the first confirms the second.
pub(crate) const PEOPLE: [Person; 13] = [
    Person::first("MFA", Role::Secretariat),
    Person::second("MFA", Role::Secretariat),
    Person::first("MFA", Role::Admin),
    Person::first("MFA", Role::Officer),
    Person::first("GPO", Role::Officer),
    Person::first("MOH", Role::Officer),
    Person::first("MOH", Role::Approver),
    Person::first("NCHR", Role::Officer),
    Person::first("KK", Role::NgoMember),
    Person::second("KK", Role::NgoMember),
    Person { organisation: "KK", role: Role::NgoMember, number: 3 },
    Person::first("KIBHR", Role::NgoMember),
    Person::first("OHCHR", Role::Observer),
];
