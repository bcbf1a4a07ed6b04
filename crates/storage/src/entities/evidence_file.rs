//! Table `evidence_file`.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evidence_file")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) object: Uuid,
    pub(crate) item_id: Uuid,
    pub(crate) organisation_id: Uuid,
    pub(crate) contribution_id: Option<Uuid>,
    pub(crate) account_id: Option<Uuid>,
    pub(crate) stored_at: Option<i64>,
}

/// No relation is followed: queries join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
