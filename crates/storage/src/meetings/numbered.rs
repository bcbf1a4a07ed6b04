//! Tables of what has a number in a meeting and points to items, agenda lines and decisions: both are written alike.

use std::collections::HashMap;

use qadam_domain::ids::ItemId;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::difference::{Difference, Numbered};
use super::parts::{ROWS_PER_STATEMENT, place_number};
use crate::db::Db;
use crate::db::sealed::Connection;
use crate::error::StorageError;
use crate::write::Tx;

/// The table of the parts themselves.
pub(super) struct PartTable<E: EntityTrait> {
    pub(super) id: E::Column,
    pub(super) meeting: E::Column,
    pub(super) number: E::Column,
    /// What may change in a row, the number too.
    pub(super) changing: &'static [E::Column],
}

impl<E: EntityTrait> PartTable<E> {
    /// The rows of meetings, each meeting's by number.
    pub(super) async fn of(&self, db: &impl Db, meetings: &[Uuid]) -> Result<Vec<E::Model>, StorageError> {
        let rows = E::find()
            .filter(self.meeting.is_in(meetings.iter().copied()))
            .order_by_asc(self.meeting)
            .order_by_asc(self.number)
            .all(db.inner())
            .await?;
        Ok(rows)
    }

    /// Writes new and changed rows; those that are gone are out of the way, and still there.
    pub(super) async fn save<T, A>(
        &self,
        tx: &Tx,
        difference: &Difference<'_, T>,
        row: impl Fn(&T) -> Result<A, StorageError> + Sync,
    ) -> Result<(), StorageError>
    where
        T: Sync,
        A: ActiveModelTrait<Entity = E> + Send,
    {
        let connection = tx.inner();
        if !difference.renumbered.is_empty() {
            // Out of the way, so that numbers can be swapped: they are unique in a meeting at every moment.
            E::update_many()
                .col_expr(self.number, Expr::value(-1_i64).sub(Expr::col(self.number)))
                .filter(self.id.is_in(difference.renumbered.iter().copied()))
                .exec(connection)
                .await?;
        }
        for parts in difference.changed.chunks(ROWS_PER_STATEMENT) {
            let rows = parts.iter().map(|part| row(part)).collect::<Result<Vec<_>, _>>()?;
            let changing = self.changing.iter().copied();
            E::insert_many(rows)
                .on_conflict(OnConflict::column(self.id).update_columns(changing).to_owned())
                .exec_without_returning(connection)
                .await?;
        }
        for parts in difference.new.chunks(ROWS_PER_STATEMENT) {
            let rows = parts.iter().map(|part| row(part)).collect::<Result<Vec<_>, _>>()?;
            E::insert_many(rows).exec_without_returning(connection).await?;
        }
        Ok(())
    }

    /// Removes the rows of parts that are no more; `ReferenceBroken` where something still points to one.
    pub(super) async fn delete_gone<T: Sync>(
        &self,
        tx: &Tx,
        difference: &Difference<'_, T>,
    ) -> Result<(), StorageError> {
        delete::<E>(tx, self.id, &difference.gone).await
    }
}

/// The table of the items that parts point to.
pub(super) struct PointerTable<E: EntityTrait> {
    pub(super) part: E::Column,
    pub(super) item: E::Column,
    pub(super) place: E::Column,
}

impl<E: EntityTrait> PointerTable<E> {
    /// The items of each part of some meetings, in order.
    pub(super) async fn of<P: EntityTrait>(
        &self,
        db: &impl Db,
        parts: &PartTable<P>,
        meetings: &[Uuid],
    ) -> Result<HashMap<Uuid, Vec<ItemId>>, StorageError> {
        let of_meetings = Query::select()
            .column(parts.id)
            .from(P::default())
            .and_where(parts.meeting.is_in(meetings.iter().copied()))
            .to_owned();
        let rows: Vec<(Uuid, Uuid)> = E::find()
            .select_only()
            .columns([self.part, self.item])
            .filter(self.part.in_subquery(of_meetings))
            .order_by_asc(self.part)
            .order_by_asc(self.place)
            .into_tuple()
            .all(db.inner())
            .await?;
        let mut items: HashMap<Uuid, Vec<ItemId>> = HashMap::new();
        for (part, item) in rows {
            items.entry(part).or_default().push(ItemId(item));
        }
        Ok(items)
    }

    /// Removes the items of those parts whose items changed or that are no more.
    pub(super) async fn unlink<T: Sync>(
        &self,
        tx: &Tx,
        difference: &Difference<'_, T>,
    ) -> Result<(), StorageError> {
        delete::<E>(tx, self.part, &difference.unlinked).await
    }

    /// Writes the items of those parts whose items changed or that are new: `row` makes a row of part, item and place.
    pub(super) async fn link<T, A>(
        &self,
        tx: &Tx,
        difference: &Difference<'_, T>,
        row: fn(Uuid, Uuid, i64) -> A,
    ) -> Result<(), StorageError>
    where
        T: Numbered + Sync,
        A: ActiveModelTrait<Entity = E> + Send,
    {
        let of_part = |part: &&T| {
            let id = part.id();
            let placed = part.items().iter().enumerate();
            placed.map(|(place, item)| row(id, item.0, place_number(place))).collect::<Vec<_>>()
        };
        let rows: Vec<A> = difference.linked.iter().flat_map(of_part).collect();
        for rows in rows.chunks(ROWS_PER_STATEMENT) {
            E::insert_many(rows.to_vec()).exec_without_returning(tx.inner()).await?;
        }
        Ok(())
    }
}

/// Removes the rows that this column says belong to one of `ids`.
async fn delete<E: EntityTrait>(tx: &Tx, column: E::Column, ids: &[Uuid]) -> Result<(), StorageError> {
    if !ids.is_empty() {
        E::delete_many().filter(column.is_in(ids.iter().copied())).exec(tx.inner()).await?;
    }
    Ok(())
}
