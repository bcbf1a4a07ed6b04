//! Table `account`.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) email: String,
    pub(crate) name: String,
    pub(crate) organisation_id: Uuid,
    pub(crate) role: String,
    pub(crate) state: String,
    pub(crate) confirmed: bool,
    pub(crate) language: String,
    pub(crate) password_hash: Option<String>,
    pub(crate) created_on: String,
    pub(crate) version: i64,
    pub(crate) second_factor: bool,
    pub(crate) has_passkey: bool,
}

/// No relation is followed: queries join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
