//! Table `deadline_revision`.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "deadline_revision")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) item_id: Uuid,
    pub(crate) position: i64,
    pub(crate) old_on: Option<String>,
    pub(crate) old_precision: Option<String>,
    pub(crate) new_on: Option<String>,
    pub(crate) new_precision: Option<String>,
    pub(crate) reason: String,
    pub(crate) recorded_on: String,
    pub(crate) role: String,
    pub(crate) organisation_id: Option<Uuid>,
    pub(crate) level: i16,
}

/// No relation is followed: queries join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
