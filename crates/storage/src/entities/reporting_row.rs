//! Table `reporting_row`.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reporting_row")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) round_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) item_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) organisation_id: Uuid,
    pub(crate) opened: i64,
    pub(crate) received_on: Option<String>,
    pub(crate) report_id: Option<Uuid>,
    pub(crate) released_on: Option<String>,
}

/// No relation is followed: queries join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
