//! Table `reporting_round`.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "reporting_round")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) period_from: String,
    pub(crate) period_to: String,
    pub(crate) due_on: String,
    pub(crate) state: String,
    pub(crate) opened_on: String,
    pub(crate) closed_on: Option<String>,
    pub(crate) reminded_on: Option<String>,
    pub(crate) opened: i64,
    pub(crate) version: i64,
}

/// No relation is followed: queries join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
