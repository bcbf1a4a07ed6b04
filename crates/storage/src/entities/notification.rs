//! Table `notification`.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notification")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) account_id: Uuid,
    pub(crate) position: i64,
    pub(crate) item_id: Option<Uuid>,
    pub(crate) action: String,
    pub(crate) subject_type: String,
    pub(crate) subject_id: String,
    pub(crate) reason: String,
    pub(crate) at: i64,
    pub(crate) seen: bool,
    pub(crate) round_id: Option<Uuid>,
}

/// No relation is followed: queries join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
