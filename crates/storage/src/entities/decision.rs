//! Table `decision`.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "decision")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) meeting_id: Uuid,
    pub(crate) number: i64,
    pub(crate) agenda_item_id: Option<Uuid>,
    pub(crate) content: String,
    pub(crate) lead_id: Uuid,
    pub(crate) due_on: Option<String>,
    pub(crate) due_precision: Option<String>,
    pub(crate) commitment_id: Option<Uuid>,
}

/// No relation is followed: queries join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
