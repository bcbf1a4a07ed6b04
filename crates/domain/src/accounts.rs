//! Accounts: roles, what kind of organisation they belong to, and who is asking.

use crate::ids::{OrganisationId, UserId};
use crate::organisations::OrganisationKind;

/// What a person does on the platform, on behalf of their organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Files proposals for a civil-society organisation.
    NgoMember,
    /// Answers and reports for a state body or an independent institution.
    Officer,
    /// Approves what the officers of the body report.
    Approver,
    /// Runs the platform: meetings, moderation, closing.
    Secretariat,
    /// Reads what members share.
    Observer,
    /// Runs the software: accounts, organisations, settings. Reads what the public reads.
    Admin,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 6] =
        [Self::NgoMember, Self::Officer, Self::Approver, Self::Secretariat, Self::Observer, Self::Admin];

    /// The code used in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NgoMember => "ngo_member",
            Self::Officer => "officer",
            Self::Approver => "approver",
            Self::Secretariat => "secretariat",
            Self::Observer => "observer",
            Self::Admin => "admin",
        }
    }

    /// The role with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// Whether an account with this role may belong to an organisation of this kind.
    ///
    /// `is_host` tells whether the organisation hosts the platform; only there may the secretariat and the
    /// administrators be.
    pub const fn fits(self, kind: OrganisationKind, is_host: bool) -> bool {
        match self {
            Self::NgoMember => matches!(kind, OrganisationKind::CivilSociety),
            Self::Officer | Self::Approver => {
                matches!(kind, OrganisationKind::StateBody | OrganisationKind::Independent)
            }
            Self::Observer => matches!(kind, OrganisationKind::International),
            Self::Secretariat | Self::Admin => is_host,
        }
    }

    /// Whether a newcomer with this role is confirmed by a colleague: where an operator could let one in to read what
    /// is kept from operators.
    pub const fn waits_for_colleagues(self) -> bool {
        matches!(self, Self::NgoMember | Self::Secretariat)
    }

    /// Whether an account with this role may come in at all. A member of civil society that nobody confirmed reads
    /// what members read; a secretariat that nobody confirmed reads nothing.
    pub const fn comes_in(self, confirmed: bool) -> bool {
        confirmed || !matches!(self, Self::Secretariat)
    }

    /// The roles that work on the same matters as this one in an organisation. The host has several sides: the
    /// secretariat, the administrators, and those who answer for it as a body.
    pub const fn side(self) -> &'static [Self] {
        match self {
            Self::Officer | Self::Approver => &[Self::Officer, Self::Approver],
            Self::NgoMember => &[Self::NgoMember],
            Self::Secretariat => &[Self::Secretariat],
            Self::Observer => &[Self::Observer],
            Self::Admin => &[Self::Admin],
        }
    }

    /// Whether the role speaks for its body as an owner of items.
    pub const fn speaks_for_body(self) -> bool {
        matches!(self, Self::Officer | Self::Approver)
    }
}

/// What a program may do with a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TokenScope {
    /// Read what the account reads.
    Read,
    /// Do what the account does, but for what guards it.
    Write,
}

impl TokenScope {
    /// All scopes.
    pub const ALL: [Self; 2] = [Self::Read, Self::Write];

    /// The code that is stored and used in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
        }
    }

    /// The scope with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.code() == code)
    }
}

/// Whose accounts must have a second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum SecondFactorRule {
    /// Nobody's: whoever wants one has one.
    #[default]
    Nobody,
    /// Those that act for a body or for the host.
    Staff,
    /// All.
    Everybody,
}

impl SecondFactorRule {
    /// All rules.
    pub const ALL: [Self; 3] = [Self::Nobody, Self::Staff, Self::Everybody];

    /// The word of the rule in settings.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::Staff => "staff",
            Self::Everybody => "everybody",
        }
    }

    /// The rule with this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.code() == code)
    }

    /// Whether accounts with a role must have one.
    pub const fn asks(self, role: Role) -> bool {
        match self {
            Self::Nobody => false,
            Self::Staff => matches!(role, Role::Officer | Role::Approver | Role::Secretariat | Role::Admin),
            Self::Everybody => true,
        }
    }
}

/// An active account that is asking for something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor {
    /// The account.
    pub user: UserId,
    /// The organisation it acts for.
    pub organisation: OrganisationId,
    /// Its role there.
    pub role: Role,
    /// Whether a colleague confirmed it (or it was the first there). An unconfirmed account of a civil-society
    /// organisation sees nothing at level `own`; one of the secretariat does not come in.
    pub confirmed: bool,
}

/// Who is looking: nobody in particular, or an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Viewer {
    /// No account.
    Anonymous,
    /// An active account.
    Account(Actor),
}

impl Viewer {
    /// The account, if there is one.
    pub const fn actor(&self) -> Option<&Actor> {
        match self {
            Self::Anonymous => None,
            Self::Account(actor) => Some(actor),
        }
    }

    /// Whether the viewer is of the secretariat.
    pub fn is_secretariat(&self) -> bool {
        self.actor().is_some_and(|actor| actor.role == Role::Secretariat)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_belong_to_the_kinds_the_design_names() {
        use OrganisationKind::{CivilSociety, Independent, International, StateBody};
        let table = [
            (Role::NgoMember, vec![CivilSociety]),
            (Role::Officer, vec![StateBody, Independent]),
            (Role::Approver, vec![StateBody, Independent]),
            (Role::Observer, vec![International]),
            (Role::Secretariat, vec![]),
            (Role::Admin, vec![]),
        ];
        for (role, kinds) in table {
            for kind in OrganisationKind::ALL {
                assert_eq!(role.fits(kind, false), kinds.contains(&kind), "{role:?} {kind:?}");
            }
        }
        assert!(Role::Secretariat.fits(StateBody, true) && Role::Admin.fits(StateBody, true));
        assert!(Role::Officer.fits(StateBody, true) && !Role::NgoMember.fits(StateBody, true));
    }

    #[test]
    fn who_acts_for_a_body_or_the_host_is_staff() {
        let asked =
            |rule: SecondFactorRule| Role::ALL.into_iter().filter(move |role| rule.asks(*role)).count();
        assert_eq!(SecondFactorRule::ALL.map(asked), [0, 4, 6]);
        assert!(
            !SecondFactorRule::Staff.asks(Role::NgoMember) && !SecondFactorRule::Staff.asks(Role::Observer)
        );
        for rule in SecondFactorRule::ALL {
            assert_eq!(SecondFactorRule::from_code(rule.code()), Some(rule));
        }
    }

    #[test]
    fn only_officers_and_approvers_speak_for_a_body() {
        let speaking: Vec<_> = Role::ALL.into_iter().filter(|role| role.speaks_for_body()).collect();
        assert_eq!(speaking, [Role::Officer, Role::Approver]);
    }
}
