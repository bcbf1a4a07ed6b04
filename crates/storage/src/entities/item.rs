//! Table `item`. The column `row_id` is the database's own and read by the search index alone.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "item")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    pub(crate) reference: Option<String>,
    pub(crate) filing_code: Option<String>,
    pub(crate) status: String,
    pub(crate) status_as_of: String,
    pub(crate) status_as_of_precision: String,
    pub(crate) closing_result: Option<String>,
    pub(crate) contested: bool,
    pub(crate) original_language: String,
    pub(crate) content: String,
    pub(crate) mechanism: Option<String>,
    pub(crate) lead_id: Option<Uuid>,
    pub(crate) due_on: Option<String>,
    pub(crate) due_precision: Option<String>,
    pub(crate) due_sort: String,
    pub(crate) original_due_on: Option<String>,
    pub(crate) information_due_on: Option<String>,
    pub(crate) priority: bool,
    pub(crate) text_level: i16,
    pub(crate) identity_level: i16,
    pub(crate) filed_on: Option<String>,
    pub(crate) filed_on_precision: Option<String>,
    pub(crate) filed_sort: String,
    pub(crate) entered_on: String,
    pub(crate) narrowed_from: Option<i16>,
    pub(crate) narrowed_on: Option<String>,
    pub(crate) narrowed_reason: Option<String>,
    pub(crate) version: i64,
    pub(crate) position_own: i64,
    pub(crate) position_secretariat: i64,
    pub(crate) position_addressed: i64,
    pub(crate) position_members: i64,
    pub(crate) position_public: i64,
    pub(crate) changed_own: i64,
    pub(crate) changed_secretariat: i64,
    pub(crate) changed_addressed: i64,
    pub(crate) changed_members: i64,
    pub(crate) changed_public: i64,
}

/// No relation is followed: queries join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
