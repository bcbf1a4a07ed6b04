//! Who was given what is not public.

use chrono::NaiveDate;
use qadam_domain::accounts::Role;
use qadam_domain::ids::{OrganisationId, UserId, Uuid};
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement,
};

use crate::db::Db;
use crate::db::sealed::Connection;
use crate::entities::reading::{ActiveModel, Column, Entity, Model};
use crate::error::StorageError;
use crate::write::Tx;

/// How many readings are written by one statement.
const CHUNK: usize = 500;

/// That somebody was given a record on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// The item, or what was added to one.
    pub record: Uuid,
    /// The local day.
    pub on: NaiveDate,
    /// Who it was.
    pub account: UserId,
    /// For which organisation.
    pub organisation: OrganisationId,
    /// In which role.
    pub role: Role,
    /// Whether they looked at it, and it did not just stand in a list.
    pub opened: bool,
}

/// Writes readings down. Of one that is there it is noted that the record was opened.
pub async fn insert(tx: &Tx, readings: &[Reading]) -> Result<(), StorageError> {
    let once = OnConflict::columns([Column::RecordId, Column::OnDay, Column::AccountId])
        .value(Column::Opened, Expr::col((Entity, Column::Opened)).or(Expr::cust("excluded.opened")))
        .to_owned();
    for chunk in readings.chunks(CHUNK) {
        let insert = Entity::insert_many(chunk.iter().map(row)).on_conflict(once.clone());
        insert.exec_without_returning(tx.inner()).await?;
    }
    Ok(())
}

fn row(reading: &Reading) -> ActiveModel {
    ActiveModel {
        record_id: Set(reading.record),
        on_day: Set(reading.on.to_string()),
        account_id: Set(reading.account.0),
        organisation_id: Set(reading.organisation.0),
        role: Set(reading.role.code().to_owned()),
        opened: Set(reading.opened),
    }
}

/// Which readings somebody is shown.
#[derive(Debug, Clone, Default)]
pub struct Shown {
    /// All of these records.
    pub all_of: Vec<Uuid>,
    /// Of these records those for this organisation.
    pub own_of: Option<(Uuid, OrganisationId)>,
}

/// The newest readings, `limit` at most, the newest day first.
pub async fn newest(db: &impl Db, shown: &Shown, limit: u64) -> Result<Vec<Reading>, StorageError> {
    let mut any = Condition::any().add(Column::RecordId.is_in(shown.all_of.iter().copied()));
    if let Some((record, organisation)) = shown.own_of {
        any = any.add(Column::RecordId.eq(record).and(Column::OrganisationId.eq(organisation.0)));
    }
    let rows = Entity::find()
        .filter(any)
        .order_by_desc(Column::OnDay)
        .order_by_asc(Column::RecordId)
        .order_by_asc(Column::AccountId)
        .limit(limit)
        .all(db.inner())
        .await?;
    rows.iter().map(reading).collect()
}

fn reading(row: &Model) -> Result<Reading, StorageError> {
    let unreadable =
        |column| StorageError::Inconsistent { table: "reading", column, row: row.record_id.to_string() };
    Ok(Reading {
        record: row.record_id,
        on: row.on_day.parse().map_err(|_| unreadable("on_day"))?,
        account: UserId(row.account_id),
        organisation: OrganisationId(row.organisation_id),
        role: Role::from_code(&row.role).ok_or_else(|| unreadable("role"))?,
        opened: row.opened,
    })
}

/// Deletes the readings of the oldest day before one, and tells how many there were.
pub async fn delete_a_day_before(tx: &Tx, day: NaiveDate) -> Result<u64, StorageError> {
    let connection = tx.inner();
    let statement = Statement::from_sql_and_values(
        connection.get_database_backend(),
        "DELETE FROM reading WHERE on_day = (SELECT MIN(on_day) FROM reading WHERE on_day < $1)",
        [day.to_string().into()],
    );
    Ok(connection.execute_raw(statement).await?.rows_affected())
}
