//! Rows of the table of items, decoded by the places of their columns.
//!
//! Lists decode thousands of values a page. By name each costs a look-up, and each NULL a text that says which
//! column it was; by place they cost neither.

use sea_orm::sqlx::{self, ColumnIndex, Decode, Row, Type};
use sea_orm::{DbErr, FromQueryResult, QueryResult, RuntimeErr};
use uuid::Uuid;

use super::order::{Listed, Place};
use crate::entities::item::Model;
use qadam_domain::ids::ItemId;

/// How many columns the table has beside the database's own: where what is selected beside them begins.
const COLUMNS: usize = 39;

/// An item's row: all columns of the entity in their order, as `Entity::find` selects them.
#[derive(Debug)]
pub(crate) struct ItemRow(pub(crate) Model);

impl FromQueryResult for ItemRow {
    fn from_query_result(result: &QueryResult, _prefix: &str) -> Result<Self, DbErr> {
        decoded(result).map(|(model, _)| Self(model))
    }
}

/// An item's row, and behind its columns the sort value as text.
impl FromQueryResult for Listed {
    fn from_query_result(result: &QueryResult, _prefix: &str) -> Result<Self, DbErr> {
        let (item, key) = decoded(result)?;
        let key = key.ok_or_else(|| DbErr::Type("a listed row has no sort value".to_owned()))?;
        let place = Place { id: ItemId(item.id), key, title_match: false };
        Ok(Self { item, place })
    }
}

fn decoded(result: &QueryResult) -> Result<(Model, Option<String>), DbErr> {
    let decoded = if let Some(row) = result.try_as_sqlite_row() {
        Columns { row, next: 0 }.model_and_key()
    } else if let Some(row) = result.try_as_pg_row() {
        Columns { row, next: 0 }.model_and_key()
    } else {
        return Err(DbErr::Type("a row of an unknown database".to_owned()));
    };
    decoded.map_err(|error| DbErr::Query(RuntimeErr::SqlxError(error.into())))
}

/// The columns of a row, one after another.
struct Columns<'r, R> {
    row: &'r R,
    next: usize,
}

impl<R: Row> Columns<'_, R>
where
    usize: ColumnIndex<R>,
    for<'r> Uuid: Decode<'r, R::Database> + Type<R::Database>,
    for<'r> String: Decode<'r, R::Database> + Type<R::Database>,
    for<'r> bool: Decode<'r, R::Database> + Type<R::Database>,
    for<'r> i16: Decode<'r, R::Database> + Type<R::Database>,
    for<'r> i64: Decode<'r, R::Database> + Type<R::Database>,
{
    fn take<T>(&mut self) -> Result<T, sqlx::Error>
    where
        for<'r> T: Decode<'r, R::Database> + Type<R::Database>,
    {
        let place = self.next;
        self.next += 1;
        self.row.try_get(place)
    }

    fn model_and_key(mut self) -> Result<(Model, Option<String>), sqlx::Error> {
        let model = self.model()?;
        let key = if self.row.len() > COLUMNS { Some(self.take()?) } else { None };
        Ok((model, key))
    }

    /// The columns in the order of the entity: the fields of a literal are evaluated as they are written.
    fn model(&mut self) -> Result<Model, sqlx::Error> {
        Ok(Model {
            id: self.take()?,
            kind: self.take()?,
            reference: self.take()?,
            filing_code: self.take()?,
            status: self.take()?,
            status_as_of: self.take()?,
            status_as_of_precision: self.take()?,
            closing_result: self.take()?,
            contested: self.take()?,
            original_language: self.take()?,
            content: self.take()?,
            mechanism: self.take()?,
            lead_id: self.take()?,
            due_on: self.take()?,
            due_precision: self.take()?,
            due_sort: self.take()?,
            original_due_on: self.take()?,
            information_due_on: self.take()?,
            priority: self.take()?,
            text_level: self.take()?,
            identity_level: self.take()?,
            filed_on: self.take()?,
            filed_on_precision: self.take()?,
            filed_sort: self.take()?,
            entered_on: self.take()?,
            narrowed_from: self.take()?,
            narrowed_on: self.take()?,
            narrowed_reason: self.take()?,
            version: self.take()?,
            position_own: self.take()?,
            position_secretariat: self.take()?,
            position_addressed: self.take()?,
            position_members: self.take()?,
            position_public: self.take()?,
            changed_own: self.take()?,
            changed_secretariat: self.take()?,
            changed_addressed: self.take()?,
            changed_members: self.take()?,
            changed_public: self.take()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::sea_query::ColumnType;
    use sea_orm::{ColumnTrait, ConnectionTrait, Database, DatabaseBackend, IdenStatic, Iterable, Statement};

    use super::*;
    use crate::entities::item::Column;

    /// A value for a column that no other column of its type has.
    fn distinct(column: Column, place: usize) -> String {
        match column.def().get_column_type() {
            ColumnType::Uuid => format!("X'{place:032}'"),
            ColumnType::String(_) => format!("'text {place}'"),
            ColumnType::Boolean => i32::from(matches!(column, Column::Contested)).to_string(),
            ColumnType::SmallInteger | ColumnType::BigInteger => place.to_string(),
            other => panic!("{column:?} has the type {other:?}"),
        }
    }

    #[tokio::test]
    async fn every_column_is_decoded_from_its_own_place() {
        assert_eq!(Column::iter().count(), COLUMNS);
        let values = Column::iter().enumerate();
        let values: Vec<_> = values
            .map(|(place, column)| format!("{} AS {}", distinct(column, place), column.as_str()))
            .collect();
        let database = Database::connect("sqlite::memory:").await.unwrap();
        let read = async |sql: String| {
            let statement = Statement::from_string(DatabaseBackend::Sqlite, sql);
            database.query_one_raw(statement).await.unwrap().unwrap()
        };
        let row = read(format!("SELECT {}", values.join(", "))).await;
        let by_name = Model::from_query_result(&row, "").unwrap();
        assert_eq!(ItemRow::from_query_result(&row, "").unwrap().0, by_name);
        assert!(Listed::from_query_result(&row, "").is_err(), "nothing stands behind the columns");
        let row = read(format!("SELECT {}, 'behind' AS sort_key", values.join(", "))).await;
        let listed = Listed::from_query_result(&row, "").unwrap();
        assert_eq!((listed.item, listed.place.key), (by_name, "behind".to_owned()));
    }
}
