//! What organisations add to items.

mod asked;
mod content;
mod findings;
mod reports;
mod row;

use qadam_domain::ids::{ContributionId, ItemId, OrganisationId, ReportingRoundId, Uuid};
use qadam_domain::items::contributions::{Content, Contribution, ContributionKind};
use qadam_domain::items::files::File;
use qadam_domain::items::updates::UpdateState;
use qadam_domain::levels::Level;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use super::events::EVENTS_MAX;
use crate::db::Db;
use crate::db::sealed::Connection;
use crate::entities::contribution::{Column, Entity};
use crate::entities::evidence_file;
use crate::error::StorageError;
use crate::parents::first_of_each;
use crate::write::{Later, Tx};

pub use asked::asked_about;
pub use content::{RecordedFile, recorded_file};
pub use findings::findings;
pub use reports::reports_of;

/// The contributions to each item, the newest first.
const NEWEST: &str = "\"item_id\" ORDER BY \"position\" DESC, \"id\" DESC";

/// What somebody who reads some items reads of the contributions to them.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The items, each with the narrowest level that is read there of what others made.
    pub floors: Vec<(ItemId, Level)>,
    /// The organisation all of whose contributions are read, and all answers to it.
    pub own: Option<OrganisationId>,
}

impl Seen {
    /// Contributions to these items that may be read.
    fn condition(&self) -> Condition {
        let mut readable = crate::parents::at_floors(Column::ItemId, Column::TextLevel, &self.floors);
        let items = || Column::ItemId.is_in(self.floors.iter().map(|(item, _)| item.0));
        readable = readable.add(items().and(Column::TextLevel.is_null()));
        if let Some(own) = self.own {
            readable = readable.add(items().and(Column::OrganisationId.eq(own.0)));
            readable = readable.add(items().and(Column::HeardById.eq(own.0)));
        }
        readable
    }
}

/// Inserts a contribution. A file that comes with it belongs to it from then on.
pub async fn insert_contribution(tx: &Tx, contribution: &Contribution) -> Result<(), StorageError> {
    tx.later(Later::insert(row::active(contribution)?)).await?;
    let Some(file) = file_of(contribution) else { return Ok(()) };
    let update = evidence_file::Entity::update_many()
        .col_expr(evidence_file::Column::ContributionId, Expr::value(contribution.id.0))
        .filter(evidence_file::Column::Object.eq(file.object))
        .filter(evidence_file::Column::ContributionId.is_null());
    tx.later(Later::update_one(update, evidence_file::Column::Object)).await
}

/// Saves a contribution that was read with the version before, if its row still has that. A file that it no longer names
/// belongs to nothing from then on.
pub async fn update_contribution(
    tx: &Tx,
    before: &Contribution,
    after: &Contribution,
) -> Result<(), StorageError> {
    let update = Entity::update_many()
        .set(row::active(after)?)
        .filter(Column::Id.eq(after.id.0))
        .filter(Column::Version.eq(before.version));
    tx.later(Later::update_one(update, Column::Id)).await?;
    match (file_of(before), file_of(after)) {
        (Some(file), None) => release(tx, file).await,
        _ => Ok(()),
    }
}

/// A file that belongs to nothing from now on: it was there before anything that is swept.
async fn release(tx: &Tx, file: &File) -> Result<(), StorageError> {
    let update = evidence_file::Entity::update_many()
        .col_expr(evidence_file::Column::ContributionId, Expr::value(None::<Uuid>))
        .col_expr(evidence_file::Column::StoredAt, Expr::value(Some(0_i64)))
        .filter(evidence_file::Column::Object.eq(file.object));
    tx.later(Later::update_one(update, evidence_file::Column::Object)).await
}

const fn file_of(contribution: &Contribution) -> Option<&File> {
    match &contribution.content {
        Content::Evidence(evidence) => evidence.file.as_ref(),
        _ => None,
    }
}

/// Deletes a contribution that is in no ledger.
pub async fn delete_contribution(tx: &Tx, contribution: &Contribution) -> Result<(), StorageError> {
    let outcome = Entity::delete_many()
        .filter(Column::Id.eq(contribution.id.0))
        .filter(Column::Version.eq(contribution.version))
        .filter(Column::Position.eq(0))
        .exec(tx.inner())
        .await?;
    if outcome.rows_affected == 1 { Ok(()) } else { Err(StorageError::VersionConflict) }
}

/// The contribution with this identifier, whoever may read it.
pub async fn find_contribution(
    db: &impl Db,
    id: ContributionId,
) -> Result<Option<Contribution>, StorageError> {
    Entity::find_by_id(id.0).one(db.inner()).await?.map(row::contribution).transpose()
}

/// Those of the contributions that there are, whoever may read them, in no order.
pub async fn find_contributions(
    db: &impl Db,
    ids: &[ContributionId],
) -> Result<Vec<Contribution>, StorageError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Entity::find().filter(Column::Id.is_in(ids.iter().map(|id| id.0))).all(db.inner()).await?;
    rows.into_iter().map(row::contribution).collect()
}

/// The reports of a body for a round that it has not published, on these items, in the order they were last changed in;
/// those in no ledger first.
pub async fn reports_in_preparation(
    db: &impl Db,
    round: ReportingRoundId,
    organisation: OrganisationId,
    items: &[ItemId],
) -> Result<Vec<Contribution>, StorageError> {
    if items.is_empty() {
        return Ok(Vec::new());
    }
    let rows = Entity::find()
        .filter(Column::RoundId.eq(round.0))
        .filter(Column::OrganisationId.eq(organisation.0))
        .filter(Column::State.ne(UpdateState::Published.code()))
        .filter(Column::ItemId.is_in(items.iter().map(|id| id.0)))
        .order_by_asc(Column::Changed)
        .order_by_asc(Column::Id)
        .limit(EVENTS_MAX)
        .all(db.inner())
        .await?;
    rows.into_iter().map(row::contribution).collect()
}

/// The contributions to items of some kinds that may be read, oldest first. At most 1,000; with no kinds, of every
/// kind.
pub async fn contributions(
    db: &impl Db,
    seen: &Seen,
    kinds: &[ContributionKind],
) -> Result<Vec<Contribution>, StorageError> {
    contributions_after(db, seen, kinds, None).await
}

/// As [`contributions`], but all there are, however many: for a change that none of them may escape.
pub async fn all_contributions(
    db: &impl Db,
    seen: &Seen,
    kinds: &[ContributionKind],
) -> Result<Vec<Contribution>, StorageError> {
    let mut all = contributions_after(db, seen, kinds, None).await?;
    let mut read = all.len();
    while u64::try_from(read).is_ok_and(|read| read == EVENTS_MAX) {
        let next = contributions_after(db, seen, kinds, all.last()).await?;
        read = next.len();
        all.extend(next);
    }
    Ok(all)
}

async fn contributions_after(
    db: &impl Db,
    seen: &Seen,
    kinds: &[ContributionKind],
    after: Option<&Contribution>,
) -> Result<Vec<Contribution>, StorageError> {
    let mut select = Entity::find().filter(seen.condition()).filter(of_kinds(kinds));
    if let Some(after) = after {
        let same = Condition::all().add(Column::Position.eq(after.position)).add(Column::Id.gt(after.id.0));
        select = select.filter(Condition::any().add(Column::Position.gt(after.position)).add(same));
    }
    let rows = select
        .order_by_asc(Column::Position)
        .order_by_asc(Column::Id)
        .limit(EVENTS_MAX)
        .all(db.inner())
        .await?;
    rows.into_iter().map(row::contribution).collect()
}

/// The newest contributions of a kind to each of several items, oldest first; `each` to one item at most.
pub async fn newest_contributions(
    db: &impl Db,
    seen: &Seen,
    kind: ContributionKind,
    each: u64,
) -> Result<Vec<Contribution>, StorageError> {
    let readable = Condition::all().add(seen.condition()).add(of_kinds(&[kind]));
    let rows = Entity::find()
        .filter(Column::Id.in_subquery(first_of_each(Entity, Column::Id, NEWEST, readable, each)))
        .order_by_asc(Column::Position)
        .order_by_asc(Column::Id)
        .all(db.inner())
        .await?;
    rows.into_iter().map(row::contribution).collect()
}

/// How many contributions of a kind to an item an organisation made.
pub async fn count_contributions(
    db: &impl Db,
    item: ItemId,
    organisation: OrganisationId,
    kind: ContributionKind,
) -> Result<u64, StorageError> {
    let made = Entity::find()
        .filter(Column::ItemId.eq(item.0))
        .filter(Column::Kind.eq(kind.code()))
        .filter(Column::OrganisationId.eq(organisation.0));
    Ok(made.count(db.inner()).await?)
}

/// Contributions in order of their identifiers, whoever may read them, `limit` at most: for whoever checks a database,
/// and for nobody who asks by the network.
pub async fn every_contribution(
    db: &impl Db,
    after: Option<ContributionId>,
    limit: u64,
) -> Result<Vec<Contribution>, StorageError> {
    let mut select = Entity::find();
    if let Some(after) = after {
        select = select.filter(Column::Id.gt(after.0));
    }
    let rows = select.order_by_asc(Column::Id).limit(limit).all(db.inner()).await?;
    rows.into_iter().map(row::contribution).collect()
}

/// A row as what it says, and back: for who holds one against the other.
pub(super) fn decoded(row: crate::entities::contribution::Model) -> Result<Contribution, StorageError> {
    row::contribution(row)
}

/// The row of a contribution.
pub(super) fn encoded(
    contribution: &Contribution,
) -> Result<crate::entities::contribution::ActiveModel, StorageError> {
    row::active(contribution)
}

fn of_kinds(kinds: &[ContributionKind]) -> Condition {
    let all = Condition::all();
    if kinds.is_empty() { all } else { all.add(Column::Kind.is_in(kinds.iter().map(|kind| kind.code()))) }
}
