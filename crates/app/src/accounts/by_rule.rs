//! Accounts that a provider's word makes, by a rule of the deployment.
//!
//! No rule lets anybody in alone. An account of a body, or of an observer, stands on two words: the operator's, who wrote the
//! rule, and the provider's. One of civil society needs a third, its colleagues': it is confirmed by one of them as every
//! newcomer is, and where there is none yet the first comes in by an invitation. The secretariat and administrators are in no
//! rule.

use std::fmt;
use std::sync::Arc;

use qadam_domain::ids::UserId;
use qadam_domain::language::Language;
use qadam_storage::accounts::{self as stored, Account, AccountState, Confirmed};
use qadam_storage::{Tx, organisations};

use super::fields::{clean_name, fits};
use super::membership::has_come;
use super::record::enter;
use crate::application::App;
use crate::error::{AppError, Code};
use crate::ledger::Act;
use crate::random::uuid;
use crate::settings::MappingRule;

/// Who comes by a rule.
#[derive(Clone, Copy)]
pub(crate) struct ByRule<'a> {
    /// The rule.
    pub(crate) rule: &'a MappingRule,
    /// The address, as it is stored.
    pub(crate) email: &'a str,
    /// What the provider calls the person, if it does.
    pub(crate) name: Option<&'a str>,
    /// The language they came in.
    pub(crate) language: Language,
}

/// Leaves out the person.
impl fmt::Debug for ByRule<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ByRule").field("rule", self.rule).finish_non_exhaustive()
    }
}

/// Makes an account by a rule; whom no rule can let in is refused as everybody is ([`Code::IdentityRefused`]), and the log
/// says why.
pub(crate) async fn make_by_rule(app: &Arc<App>, tx: &Tx, new: ByRule<'_>) -> Result<Account, AppError> {
    let role = new.rule.role;
    let directory = app.directory();
    let named = directory.find(&new.rule.organisation).filter(|organisation| organisation.active);
    let Some(organisation) = named.filter(|organisation| fits(app, role, organisation)) else {
        tracing::warn!(rule = ?new.rule, "a rule made no account: there is no organisation in which it could");
        return Err(Code::IdentityRefused.into());
    };
    organisations::find(tx, organisation.id).await?.ok_or(Code::IdentityRefused)?;
    let waits = role.waits_for_colleagues();
    if !MappingRule::may_give(role)
        || (waits && !stored::has_member(tx, organisation.id, None, Confirmed::Only).await?)
    {
        tracing::warn!(rule = ?new.rule, "a rule made no account: the first of an organisation is invited");
        return Err(Code::IdentityRefused.into());
    }
    let account = Account {
        id: UserId(uuid(app.random.as_ref())),
        email: new.email.to_owned(),
        name: new.name.and_then(|name| clean_name(name).ok()).unwrap_or_else(|| new.email.to_owned()),
        organisation: organisation.id,
        role,
        state: AccountState::Active,
        confirmed: !waits,
        language: new.language,
        password_hash: None,
        created_on: app.today(),
        version: 1,
        second_factor: false,
        has_passkey: false,
    };
    stored::insert(tx, &account).await?;
    has_come(tx, &account).await?;
    enter(app, tx, &Act::of(app, Some(&account.actor())), "account.created", None, &account).await?;
    Ok(account)
}
