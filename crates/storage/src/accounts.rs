//! Accounts and the one-time links by which people first come in.

mod colleagues;
mod identities;
mod links;
mod passkeys;
mod row;
mod second_factor;

use std::fmt;

use chrono::NaiveDate;
use qadam_domain::accounts::{Actor, Role};
use qadam_domain::ids::{OrganisationId, UserId};
use qadam_domain::language::Language;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

pub use self::colleagues::{has_been_secretariat, list_of, note_secretariat};
pub use self::identities::{
    Identity, find_identity, insert_identity, list_identities, note_identity_use, remove_identities,
    remove_identity,
};
pub use self::links::{
    LinkPurpose, NewLink, SpentLink, consume_link, delete_expired_links, insert_link, revoke_links,
    revoke_own_links, vouch_for, waiting_for_a_word,
};
pub use self::passkeys::{
    Passkey, delete_expired_challenges, find_passkey, find_user_handle, insert_passkey, list_passkeys,
    note_passkey_doubt, note_passkey_use, remove_passkey, remove_passkeys, spend_challenge, user_handle,
};
pub(crate) use self::row::read;
pub use self::second_factor::{
    TOTPS_AT_ONCE, Totp, count_recovery_codes, find_totp, put_totp, remove_second_factor,
    replace_recovery_codes, spend_recovery_code, spend_step, totps,
};
use crate::changes::keep_changes;
use crate::db::Db;
use crate::db::sealed::Connection;
use crate::entities::account::{self, Entity};
use crate::error::StorageError;
use crate::write::Tx;

/// Whether an account may sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AccountState {
    /// Not yet: it waits for its one-time link to be used.
    Invited,
    /// It may.
    Active,
    /// No longer.
    Disabled,
}

impl AccountState {
    /// All states.
    pub const ALL: [Self; 3] = [Self::Invited, Self::Active, Self::Disabled];

    /// The code that is stored and used in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Active => "active",
            Self::Disabled => "disabled",
        }
    }

    /// The state with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// An account.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// Its identifier.
    pub id: UserId,
    /// The address it signs in with, lower-case.
    pub email: String,
    /// The person's name.
    pub name: String,
    /// The organisation it acts for.
    pub organisation: OrganisationId,
    /// Its role there.
    pub role: Role,
    /// Whether it may sign in.
    pub state: AccountState,
    /// Whether a colleague confirmed it; see [`Actor::confirmed`].
    pub confirmed: bool,
    /// The language it is written to in.
    pub language: Language,
    /// The password's hash in PHC form; `None` until the one-time link was used, and where a provider made the account.
    pub password_hash: Option<String>,
    /// The local day it was created.
    pub created_on: NaiveDate,
    /// Row version for optimistic locking.
    pub version: i64,
    /// Whether it signs in with a second factor: codes of an app beside the password.
    pub second_factor: bool,
    /// Whether it has a passkey.
    pub has_passkey: bool,
}

impl Account {
    /// The account as somebody who asks for something. It is for the caller to make sure that it is active.
    pub const fn actor(&self) -> Actor {
        Actor { user: self.id, organisation: self.organisation, role: self.role, confirmed: self.confirmed }
    }
}

/// Leaves out the hash, and address and name with it: accounts get into logs by mistake.
impl fmt::Debug for Account {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Account")
            .field("id", &self.id)
            .field("organisation", &self.organisation)
            .field("role", &self.role)
            .field("state", &self.state)
            .field("confirmed", &self.confirmed)
            .field("has_password", &self.password_hash.is_some())
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}

/// The account with this identifier.
pub async fn find(db: &impl Db, id: UserId) -> Result<Option<Account>, StorageError> {
    Entity::find_by_id(id.0).one(db.inner()).await?.map(read).transpose()
}

/// The account with this address, which the caller made lower-case.
pub async fn find_by_email(db: &impl Db, email: &str) -> Result<Option<Account>, StorageError> {
    let row = Entity::find().filter(account::Column::Email.eq(email)).one(db.inner()).await?;
    row.map(read).transpose()
}

/// Where an account stands among all: its address and identifier.
pub type Place = (String, UserId);

/// Which accounts of the list by address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// How many at most.
    pub limit: u64,
    /// After this one.
    pub after: Option<Place>,
    /// Before this one; accounts still come in the list's order.
    pub before: Option<Place>,
}

/// Accounts by address, one more than the limit where there are more (with `before`, the surplus one is the first).
pub async fn list(db: &impl Db, page: Page) -> Result<Vec<(Account, Place)>, StorageError> {
    let backwards = page.before.is_some();
    let mut select = Entity::find();
    if let Some((email, id)) = page.before.or(page.after) {
        let here = Expr::tuple([Expr::col(account::Column::Email), Expr::col(account::Column::Id)]);
        let there = Expr::tuple([Expr::value(email), Expr::value(id.0)]);
        select = select.filter(if backwards { here.lt(there) } else { here.gt(there) });
    }
    let order = if backwards { Order::Desc } else { Order::Asc };
    let mut rows = select
        .order_by(account::Column::Email, order.clone())
        .order_by(account::Column::Id, order)
        .limit(page.limit.saturating_add(1))
        .all(db.inner())
        .await?;
    if backwards {
        rows.reverse();
    }
    let placed = |row: account::Model| {
        let place = (row.email.clone(), UserId(row.id));
        Ok((read(row)?, place))
    };
    rows.into_iter().map(placed).collect()
}

/// Whether there is any account at all.
pub async fn exist(db: &impl Db) -> Result<bool, StorageError> {
    let any = Entity::find().select_only().column(account::Column::Id).limit(1);
    Ok(any.into_tuple::<uuid::Uuid>().one(db.inner()).await?.is_some())
}

/// Which members are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confirmed {
    /// Those that are confirmed.
    Only,
    /// All of them.
    OrNot,
}

/// Whether an organisation has a member beside an account: one that ever signed in, whatever its state is now.
pub async fn has_member(
    db: &impl Db,
    organisation: OrganisationId,
    beside: Option<UserId>,
    confirmed: Confirmed,
) -> Result<bool, StorageError> {
    let mut select = Entity::find()
        .select_only()
        .column(account::Column::Id)
        .filter(account::Column::OrganisationId.eq(organisation.0))
        .filter(has_come_in());
    if let Some(beside) = beside {
        select = select.filter(account::Column::Id.ne(beside.0));
    }
    if confirmed == Confirmed::Only {
        select = select.filter(account::Column::Confirmed.eq(true));
    }
    Ok(select.limit(1).into_tuple::<uuid::Uuid>().one(db.inner()).await?.is_some())
}

/// Whether an account ever came in: by a password, or with an identity. One that has no password keeps its identity.
fn has_come_in() -> Condition {
    Condition::any()
        .add(account::Column::PasswordHash.is_not_null())
        .add(account::Column::Id.in_subquery(identities::accounts_with_one()))
}

/// The active accounts of some organisations, as they act; at most 5,000.
pub async fn active_of(db: &impl Db, organisations: &[OrganisationId]) -> Result<Vec<Actor>, StorageError> {
    active(db, account::Column::OrganisationId.is_in(organisations.iter().map(|id| id.0))).await
}

/// Those of the accounts that are active, as they act; at most 5,000.
pub async fn active_among(db: &impl Db, accounts: &[UserId]) -> Result<Vec<Actor>, StorageError> {
    active(db, account::Column::Id.is_in(accounts.iter().map(|id| id.0))).await
}

async fn active(db: &impl Db, which: sea_orm::sea_query::SimpleExpr) -> Result<Vec<Actor>, StorageError> {
    let rows = Entity::find()
        .filter(which)
        .filter(account::Column::State.eq(AccountState::Active.code()))
        .order_by_asc(account::Column::Id)
        .limit(5_000)
        .all(db.inner())
        .await?;
    rows.into_iter().map(|row| Ok(read(row)?.actor())).collect()
}

/// Whether an organisation has an active account with a role.
pub async fn has_active(
    db: &impl Db,
    organisation: OrganisationId,
    role: Role,
) -> Result<bool, StorageError> {
    let found = account::Entity::find()
        .filter(account::Column::OrganisationId.eq(organisation.0))
        .filter(account::Column::Role.eq(role.code()))
        .filter(account::Column::State.eq(AccountState::Active.code()))
        .one(db.inner())
        .await?;
    Ok(found.is_some())
}

/// How many active accounts an organisation has.
pub async fn count_active_in(db: &impl Db, organisation: OrganisationId) -> Result<u64, StorageError> {
    let active = Entity::find()
        .filter(account::Column::OrganisationId.eq(organisation.0))
        .filter(account::Column::State.eq(AccountState::Active.code()));
    Ok(active.count(db.inner()).await?)
}

/// Inserts a new account; `Taken` where its address is.
pub async fn insert(tx: &Tx, account: &Account) -> Result<(), StorageError> {
    Entity::insert(row::active(account)).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// Saves an account that was read as `before`, if its row still has that version. The caller raises the version
/// of `after`.
pub async fn update(tx: &Tx, before: &Account, after: &Account) -> Result<(), StorageError> {
    let outcome = Entity::update_many()
        .set(keep_changes(row::active(after), &row::active(before)))
        .filter(account::Column::Id.eq(before.id.0))
        .filter(account::Column::Version.eq(before.version))
        .exec(tx.inner())
        .await?;
    if outcome.rows_affected == 1 { Ok(()) } else { Err(StorageError::VersionConflict) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn an_account_in_a_log_shows_neither_person_nor_password() {
        let account = Account {
            id: UserId(Uuid::nil()),
            email: "officer@example.org".to_owned(),
            name: "Someone".to_owned(),
            organisation: OrganisationId(Uuid::nil()),
            role: Role::Officer,
            state: AccountState::Active,
            confirmed: true,
            language: Language::Kazakh,
            password_hash: Some("$argon2id$v=19$secret".to_owned()),
            created_on: NaiveDate::default(),
            version: 1,
            second_factor: false,
            has_passkey: false,
        };
        let shown = format!("{account:?}");
        for hidden in ["argon2id", "example.org", "Someone"] {
            assert!(!shown.contains(hidden), "{shown}");
        }
        assert!(shown.contains("has_password: true") && shown.contains("Officer"), "{shown}");
    }

    #[test]
    fn states_are_read_back_by_code() {
        let codes = AccountState::ALL.map(AccountState::code);
        assert_eq!(codes, ["invited", "active", "disabled"]);
        for state in AccountState::ALL {
            assert_eq!(AccountState::from_code(state.code()), Some(state));
        }
        assert_eq!(AccountState::from_code("deleted"), None);
    }
}
