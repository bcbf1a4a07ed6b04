//! A row of the table of items.

use sqlx::{ColumnIndex, Decode, Row, Type};
use uuid::Uuid;

/// The columns of [`ItemRow`], in its order.
pub(super) const COLUMNS: &str = "item.id, item.kind, item.reference, item.status, item.status_as_of, \
    item.status_as_of_precision, item.closing_result, item.contested, item.original_language, item.due_on, \
    item.due_precision, item.original_due_on, item.information_due_on, item.priority, item.identity_level, \
    item.filed_on, item.filed_on_precision, item.entered_on, item.changed_public, item.position_public, \
    item.content";

/// A row.
#[derive(Debug)]
pub(super) struct ItemRow {
    pub(super) id: Uuid,
    pub(super) kind: String,
    pub(super) reference: Option<String>,
    pub(super) status: String,
    pub(super) status_as_of: String,
    pub(super) status_as_of_precision: String,
    pub(super) closing_result: Option<String>,
    pub(super) contested: bool,
    pub(super) original_language: String,
    pub(super) due_on: Option<String>,
    pub(super) due_precision: Option<String>,
    pub(super) original_due_on: Option<String>,
    pub(super) information_due_on: Option<String>,
    pub(super) priority: bool,
    pub(super) identity_level: i16,
    pub(super) filed_on: Option<String>,
    pub(super) filed_on_precision: Option<String>,
    pub(super) entered_on: String,
    pub(super) changed_public: i64,
    pub(super) position_public: i64,
    pub(super) content: String,
}

impl ItemRow {
    /// Reads a row of either database.
    pub(super) fn read<R: Row>(row: &R) -> Result<Self, sqlx::Error>
    where
        usize: ColumnIndex<R>,
        for<'r> Uuid: Decode<'r, R::Database> + Type<R::Database>,
        for<'r> String: Decode<'r, R::Database> + Type<R::Database>,
        for<'r> bool: Decode<'r, R::Database> + Type<R::Database>,
        for<'r> i16: Decode<'r, R::Database> + Type<R::Database>,
        for<'r> i64: Decode<'r, R::Database> + Type<R::Database>,
    {
        Ok(Self {
            id: row.try_get(0)?,
            kind: row.try_get(1)?,
            reference: row.try_get(2)?,
            status: row.try_get(3)?,
            status_as_of: row.try_get(4)?,
            status_as_of_precision: row.try_get(5)?,
            closing_result: row.try_get(6)?,
            contested: row.try_get(7)?,
            original_language: row.try_get(8)?,
            due_on: row.try_get(9)?,
            due_precision: row.try_get(10)?,
            original_due_on: row.try_get(11)?,
            information_due_on: row.try_get(12)?,
            priority: row.try_get(13)?,
            identity_level: row.try_get(14)?,
            filed_on: row.try_get(15)?,
            filed_on_precision: row.try_get(16)?,
            entered_on: row.try_get(17)?,
            changed_public: row.try_get(18)?,
            position_public: row.try_get(19)?,
            content: row.try_get(20)?,
        })
    }
}
