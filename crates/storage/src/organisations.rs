//! Organisations with the names they had over time.

use chrono::NaiveDate;
use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::OrganisationId;
use qadam_domain::organisations::{DatedName, Organisation, OrganisationKind};
use sea_orm::ActiveValue::Set;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};

use crate::changes::keep_changes;
use crate::db::Db;
use crate::db::sealed::Connection;
use crate::entities::organisation::{self, ActiveModel, Entity, Model};
use crate::error::StorageError;
use crate::json::StoredText;
use crate::write::Tx;

/// How many organisations are read at most: all there are, since a deployment has some dozens or hundreds.
const ORGANISATIONS_MAX: u64 = 5_000;

/// All organisations by code; the first 5,000.
pub async fn all(db: &impl Db) -> Result<Vec<Organisation>, StorageError> {
    let rows = Entity::find()
        .order_by_asc(organisation::Column::Code)
        .limit(ORGANISATIONS_MAX)
        .all(db.inner())
        .await?;
    rows.into_iter().map(read).collect()
}

/// The organisation with this identifier.
pub async fn find(db: &impl Db, id: OrganisationId) -> Result<Option<Organisation>, StorageError> {
    Entity::find_by_id(id.0).one(db.inner()).await?.map(read).transpose()
}

/// The organisation with this code, exactly as written.
pub async fn find_by_code(db: &impl Db, code: &str) -> Result<Option<Organisation>, StorageError> {
    let row = Entity::find().filter(organisation::Column::Code.eq(code)).one(db.inner()).await?;
    row.map(read).transpose()
}

/// Inserts a new organisation; `Taken` where its code is.
pub async fn insert(tx: &Tx, organisation: &Organisation, updated_at: Timestamp) -> Result<(), StorageError> {
    Entity::insert(active(organisation, updated_at)?).exec_without_returning(tx.inner()).await?;
    Ok(())
}

/// Saves an organisation that was read as `before`, if its row still has that version. The caller raises the
/// version of `after`.
pub async fn update(
    tx: &Tx,
    before: &Organisation,
    after: &Organisation,
    updated_at: Timestamp,
) -> Result<(), StorageError> {
    let mut changes = keep_changes(active(after, updated_at)?, &active(before, updated_at)?);
    changes.updated_at = Set(updated_at.0);
    let outcome = Entity::update_many()
        .set(changes)
        .filter(organisation::Column::Id.eq(before.id.0))
        .filter(organisation::Column::Version.eq(before.version))
        .exec(tx.inner())
        .await?;
    if outcome.rows_affected == 1 { Ok(()) } else { Err(StorageError::VersionConflict) }
}

/// A dated name as stored.
#[derive(Debug, Serialize, Deserialize)]
struct StoredName {
    name: StoredText,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<String>,
}

impl From<&DatedName> for StoredName {
    fn from(dated: &DatedName) -> Self {
        Self {
            name: (&dated.name).into(),
            from: dated.from.map(|day| day.to_string()),
            until: dated.until.map(|day| day.to_string()),
        }
    }
}

impl StoredName {
    fn into_name(self) -> Result<DatedName, chrono::ParseError> {
        let (from, until) = (day(self.from.as_deref())?, day(self.until.as_deref())?);
        Ok(DatedName { name: self.name.into(), from, until })
    }
}

/// The day in a column; fails where there is one that cannot be read.
fn day(stored: Option<&str>) -> Result<Option<NaiveDate>, chrono::ParseError> {
    stored.map(str::parse).transpose()
}

fn read(row: Model) -> Result<Organisation, StorageError> {
    let id = row.id;
    decode(row).map_err(|column| unreadable(column, &OrganisationId(id)))
}

fn decode(row: Model) -> Result<Organisation, &'static str> {
    let names: Vec<StoredName> = serde_json::from_str(&row.names).map_err(|_| "names")?;
    Ok(Organisation {
        id: OrganisationId(row.id),
        code: row.code,
        kind: OrganisationKind::from_code(&row.kind).ok_or("kind")?,
        names: names.into_iter().map(StoredName::into_name).collect::<Result<_, _>>().map_err(|_| "names")?,
        aliases: serde_json::from_str(&row.aliases).map_err(|_| "aliases")?,
        parent: row.parent_id.map(OrganisationId),
        by_agreement: row.by_agreement,
        active: row.active,
        version: row.version,
    })
}

fn active(organisation: &Organisation, updated_at: Timestamp) -> Result<ActiveModel, StorageError> {
    let names: Vec<_> = organisation.names.iter().map(StoredName::from).collect();
    let names = serde_json::to_string(&names).map_err(|_| unreadable("names", &organisation.id))?;
    let aliases =
        serde_json::to_string(&organisation.aliases).map_err(|_| unreadable("aliases", &organisation.id))?;
    Ok(ActiveModel {
        id: Set(organisation.id.0),
        code: Set(organisation.code.clone()),
        kind: Set(organisation.kind.code().to_owned()),
        parent_id: Set(organisation.parent.map(|parent| parent.0)),
        by_agreement: Set(organisation.by_agreement),
        active: Set(organisation.active),
        names: Set(names),
        aliases: Set(aliases),
        version: Set(organisation.version),
        updated_at: Set(updated_at.0),
    })
}

fn unreadable(column: &'static str, id: &OrganisationId) -> StorageError {
    StorageError::Inconsistent { table: "organisation", column, row: id.to_string() }
}
