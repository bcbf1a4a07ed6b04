//! Table `account_link`.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account_link")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) token_digest: Vec<u8>,
    pub(crate) account_id: Uuid,
    pub(crate) expires_at: i64,
    pub(crate) used_at: Option<i64>,
    pub(crate) purpose: String,
    pub(crate) asked_by: Option<Uuid>,
    pub(crate) vouched_by: Option<Uuid>,
}

/// No relation is followed: queries join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
