//! Drafts that nobody is left to write, and who works beside whoever wrote them.

use qadam_domain::accounts::Role;
use qadam_domain::ids::{ItemId, OrganisationId, UserId};
use sea_orm::{ConnectionTrait, Statement};
use uuid::Uuid;

use crate::db::Db;
use crate::error::StorageError;

/// Drafts of an organisation that accounts with these roles wrote, none of whom is active and confirmed any more; at
/// most 200, which is how many items are read at once.
pub async fn orphaned_drafts(
    db: &impl Db,
    organisation: OrganisationId,
    roles: &[Role],
) -> Result<Vec<ItemId>, StorageError> {
    let (roles, able) = (words(roles), able("writer", roles));
    let statement = format!(
        "SELECT i.id FROM item i JOIN item_party p ON p.item_id = i.id AND p.part = 'filer' \
         WHERE p.organisation_id = $1 AND i.status = 'draft' \
         AND EXISTS (SELECT 1 FROM item_drafter d JOIN account writer ON writer.id = d.account_id \
                     WHERE d.item_id = i.id AND writer.organisation_id = $1 AND writer.role IN ({roles})) \
         AND NOT EXISTS (SELECT 1 FROM item_drafter d JOIN account writer ON writer.id = d.account_id \
                         WHERE d.item_id = i.id AND {able}) \
         ORDER BY i.id LIMIT 200"
    );
    Ok(ids(db, statement, organisation).await?.into_iter().map(ItemId).collect())
}

/// Accounts of an organisation with these roles that are active and confirmed, in order; at most 20.
pub async fn heirs(
    db: &impl Db,
    organisation: OrganisationId,
    roles: &[Role],
) -> Result<Vec<UserId>, StorageError> {
    let able = able("heir", roles);
    let statement = format!("SELECT heir.id FROM account heir WHERE {able} ORDER BY heir.id LIMIT 20");
    Ok(ids(db, statement, organisation).await?.into_iter().map(UserId).collect())
}

/// The roles, to stand in a statement: words of ours, never anybody's text.
fn words(roles: &[Role]) -> String {
    roles.iter().map(|role| format!("'{}'", role.code())).collect::<Vec<_>>().join(", ")
}

/// What holds of an account of organisation `$1` that could write a draft.
fn able(account: &str, roles: &[Role]) -> String {
    let roles = words(roles);
    format!(
        "{account}.organisation_id = $1 AND {account}.role IN ({roles}) AND {account}.state = 'active' \
         AND {account}.confirmed"
    )
}

async fn ids(
    db: &impl Db,
    statement: String,
    organisation: OrganisationId,
) -> Result<Vec<Uuid>, StorageError> {
    let connection = db.inner();
    let backend = connection.get_database_backend();
    let statement = Statement::from_sql_and_values(backend, statement, [organisation.0.into()]);
    let rows = connection.query_all_raw(statement).await?;
    rows.iter().map(|row| Ok(row.try_get_by_index(0)?)).collect()
}
