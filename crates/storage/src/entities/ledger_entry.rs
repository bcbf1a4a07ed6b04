//! Table `ledger_entry`.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ledger_entry")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) position: i64,
    pub(crate) action: String,
    pub(crate) subject_type: String,
    pub(crate) subject_id: String,
    pub(crate) subject_ref: Option<String>,
    pub(crate) item_id: Option<Uuid>,
    pub(crate) actor_role: String,
    pub(crate) actor_organisation: Option<String>,
    pub(crate) axis: String,
    pub(crate) level: i16,
    pub(crate) sealed: bool,
    pub(crate) at: i64,
    pub(crate) digest: Vec<u8>,
}

/// No relation is followed: queries join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
