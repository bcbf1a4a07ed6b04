//! An account as a row, and back.

use qadam_domain::accounts::Role;
use qadam_domain::ids::{OrganisationId, UserId};
use sea_orm::ActiveValue::Set;

use super::{Account, AccountState};
use crate::entities::account::{ActiveModel, Model};
use crate::error::StorageError;

/// The account in a row.
pub(crate) fn read(row: Model) -> Result<Account, StorageError> {
    let id = row.id;
    decode(row).map_err(|column| StorageError::Inconsistent { table: "account", column, row: id.to_string() })
}

fn decode(row: Model) -> Result<Account, &'static str> {
    Ok(Account {
        id: UserId(row.id),
        email: row.email,
        name: row.name,
        organisation: OrganisationId(row.organisation_id),
        role: Role::from_code(&row.role).ok_or("role")?,
        state: AccountState::from_code(&row.state).ok_or("state")?,
        confirmed: row.confirmed,
        language: row.language.parse().map_err(|_| "language")?,
        password_hash: row.password_hash,
        created_on: row.created_on.parse().map_err(|_| "created_on")?,
        version: row.version,
        second_factor: row.second_factor,
        has_passkey: row.has_passkey,
    })
}

/// The row of an account.
pub(super) fn active(account: &Account) -> ActiveModel {
    ActiveModel {
        id: Set(account.id.0),
        email: Set(account.email.clone()),
        name: Set(account.name.clone()),
        organisation_id: Set(account.organisation.0),
        role: Set(account.role.code().to_owned()),
        state: Set(account.state.code().to_owned()),
        confirmed: Set(account.confirmed),
        language: Set(account.language.tag().to_owned()),
        password_hash: Set(account.password_hash.clone()),
        created_on: Set(account.created_on.to_string()),
        version: Set(account.version),
        second_factor: Set(account.second_factor),
        has_passkey: Set(account.has_passkey),
    }
}
