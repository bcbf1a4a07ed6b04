//! Table `response_step`.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "response_step")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) item_id: Uuid,
    pub(crate) position: i64,
    pub(crate) clock_id: Uuid,
    pub(crate) clock: String,
    pub(crate) started_on: String,
    pub(crate) step: String,
    pub(crate) due_on: String,
    pub(crate) recorded_on: String,
    pub(crate) role: Option<String>,
    pub(crate) organisation_id: Option<Uuid>,
    pub(crate) level: i16,
}

/// No relation is followed: queries join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
