//! Table `meeting`.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "meeting")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) code: String,
    pub(crate) kind: String,
    pub(crate) held_on: Option<String>,
    pub(crate) held_on_precision: String,
    pub(crate) held_until: Option<String>,
    pub(crate) held_sort: String,
    pub(crate) published_on: Option<String>,
    pub(crate) protocol: String,
    pub(crate) objections_until: Option<String>,
    pub(crate) content: String,
    pub(crate) version: i64,
    pub(crate) position: i64,
    pub(crate) updated_at: i64,
    pub(crate) ends_sort: String,
}

/// No relation is followed: queries join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
