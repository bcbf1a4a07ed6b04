//! Table `contribution`.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "contribution")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: Uuid,
    pub(crate) item_id: Uuid,
    pub(crate) kind: String,
    pub(crate) organisation_id: Option<Uuid>,
    pub(crate) role: String,
    pub(crate) account_id: Uuid,
    pub(crate) text_level: Option<i16>,
    pub(crate) identity_level: Option<i16>,
    pub(crate) recorded_on: String,
    pub(crate) position: i64,
    pub(crate) changed: i64,
    pub(crate) version: i64,
    pub(crate) state: Option<String>,
    pub(crate) round_id: Option<Uuid>,
    pub(crate) finding: Option<String>,
    pub(crate) assessor: Option<String>,
    pub(crate) as_of: Option<String>,
    pub(crate) content: String,
    pub(crate) heard_by_id: Option<Uuid>,
    pub(crate) held: bool,
    pub(crate) publication_asked_by_id: Option<Uuid>,
}

/// No relation is followed: queries join by hand.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
