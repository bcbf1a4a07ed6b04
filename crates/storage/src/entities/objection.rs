//! Table `objection`.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "objection")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) meeting_id: Uuid,
    pub(crate) decision_id: Option<Uuid>,
    pub(crate) organisation_id: Uuid,
    pub(crate) role: String,
    pub(crate) identity_level: i16,
    pub(crate) raised_on: String,
    pub(crate) outcome: Option<String>,
    pub(crate) answered_on: Option<String>,
    pub(crate) content: String,
    pub(crate) version: i64,
}

/// No relation is followed: queries join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
