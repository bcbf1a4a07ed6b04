//! Table `status_change`.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "status_change")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) item_id: Uuid,
    pub(crate) position: i64,
    pub(crate) from_status: Option<String>,
    pub(crate) to_status: String,
    pub(crate) as_of: String,
    pub(crate) as_of_precision: String,
    pub(crate) recorded_on: String,
    pub(crate) content: String,
    pub(crate) role: String,
    pub(crate) organisation_id: Option<Uuid>,
    pub(crate) level: i16,
}

/// No relation is followed: queries join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
