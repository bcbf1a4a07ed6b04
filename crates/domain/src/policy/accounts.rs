//! What is done to somebody's account, and by whom: administrators keep accounts, colleagues vouch for each other.
//!
//! An administrator alone lets nobody into what an organisation or the secretariat reads: newcomers are confirmed, and
//! lost passwords vouched for, by a colleague.

use super::{Action, Refusal, when};
use crate::accounts::{Actor, Role};
use crate::ids::{OrganisationId, UserId};

/// An account that something is done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccountFacts {
    /// Its organisation.
    pub organisation: OrganisationId,
    /// The account.
    pub user: UserId,
    /// Its role there.
    pub role: Role,
}

impl AccountFacts {
    /// Whether an account works side by side with this one: in the same organisation, on the same matters, and
    /// known to belong there.
    pub fn is_colleague_of(&self, actor: &Actor) -> bool {
        actor.confirmed
            && actor.organisation == self.organisation
            && actor.user != self.user
            && actor.role.side().contains(&self.role)
    }
}

/// Whether somebody may do this to an account.
pub(super) fn may_on_account(actor: &Actor, action: Action, account: &AccountFacts) -> Result<(), Refusal> {
    // An account is known to administrators and to its own organisation; to others it is not there.
    when(actor.role == Role::Admin || actor.organisation == account.organisation, Refusal::NotFound)?;
    let is_colleague = account.is_colleague_of(actor);
    let allowed = match action {
        Action::ManageUsers => actor.role == Role::Admin,
        Action::ConfirmMember => is_colleague && account.role.waits_for_colleagues(),
        // Who approves is not locked out by whose reports they approve; administrators manage each other.
        Action::LockOut => {
            is_colleague
                && !matches!((actor.role, account.role), (Role::Officer, Role::Approver) | (Role::Admin, _))
        }
        Action::VouchForRecovery => is_colleague,
        _ => false,
    };
    when(allowed, Refusal::RoleRequired)
}
