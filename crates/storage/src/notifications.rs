//! What accounts are told, and the entries of the ledger that it is made from.

use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::{ItemId, NotificationId, ReportingRoundId, UserId};
use qadam_domain::levels::Level;
use qadam_domain::notifications::NotificationReason;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Statement,
};

use crate::db::Db;
use crate::db::sealed::Connection;
use crate::entities::notification::{ActiveModel, Column, Entity, Model};
use crate::entities::{item, ledger_entry, ledger_payload};
use crate::error::StorageError;
use crate::items::Scope;
use crate::write::Tx;

/// What an account is told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum About {
    /// An item.
    Item(ItemId),
    /// A reporting round.
    Round(ReportingRoundId),
}

impl About {
    /// The item.
    pub const fn item(self) -> Option<ItemId> {
        match self {
            Self::Item(id) => Some(id),
            Self::Round(_) => None,
        }
    }

    /// The round.
    pub const fn round(self) -> Option<ReportingRoundId> {
        match self {
            Self::Round(id) => Some(id),
            Self::Item(_) => None,
        }
    }
}

/// Something an account is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// Its identifier.
    pub id: NotificationId,
    /// Who is told.
    pub account: UserId,
    /// The entry's place in the ledger.
    pub position: i64,
    /// What it is about.
    pub about: About,
    /// What was done.
    pub action: String,
    /// The kind of record it was done to.
    pub subject_type: String,
    /// The record's identifier.
    pub subject_id: String,
    /// Why they are told.
    pub reason: NotificationReason,
    /// When it was done; the beginning of the day where the hour is told to nobody.
    pub at: Timestamp,
    /// Whether they saw it.
    pub seen: bool,
}

/// An entry as those who are told of it need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// Its place in the ledger.
    pub position: i64,
    /// What was done.
    pub action: String,
    /// The kind of record.
    pub subject_type: String,
    /// The record's identifier.
    pub subject_id: String,
    /// The item, where it is part of that one's history.
    pub item: Option<ItemId>,
    /// Who may read it.
    pub level: Level,
    /// Whether its leaf stays closed.
    pub sealed: bool,
    /// When.
    pub at: Timestamp,
    /// The payload and the salt of its actor's digest, unless they were deleted.
    pub opened: Option<(String, Vec<u8>)>,
}

/// How many entries at most one act leaves about one record: one for each level at which it is told.
const ENTRIES_OF_AN_ACT: u64 = 3;

/// The entries about texts after a place, in order; and the place up to which there are none more. They are `limit` at
/// most, and the rest of the last act: who is told of an act by several of its entries is told once, and sees them
/// together for that.
pub async fn news_after(db: &impl Db, place: i64, limit: u64) -> Result<(Vec<News>, i64), StorageError> {
    let mut rows = ledger_entry::Entity::find()
        .filter(ledger_entry::Column::Position.gt(place))
        .order_by_asc(ledger_entry::Column::Position)
        .limit(limit.saturating_add(ENTRIES_OF_AN_ACT - 1))
        .all(db.inner())
        .await?;
    rows.truncate(whole_acts(&rows, usize::try_from(limit).unwrap_or(usize::MAX)));
    let until = rows.last().map_or(place, |row| row.position);
    let texts: Vec<_> = rows.into_iter().filter(|row| row.axis == "text").collect();
    let mut payloads: std::collections::HashMap<_, _> = ledger_payload::Entity::find()
        .filter(ledger_payload::Column::Position.is_in(texts.iter().map(|row| row.position)))
        .all(db.inner())
        .await?
        .into_iter()
        .map(|row| (row.position, (row.payload, row.actor_salt)))
        .collect();
    let news = |row: ledger_entry::Model| {
        let level = Level::from_rank(row.level).ok_or_else(|| StorageError::Inconsistent {
            table: "ledger_entry",
            column: "level",
            row: row.position.to_string(),
        })?;
        Ok(News {
            position: row.position,
            action: row.action,
            subject_type: row.subject_type,
            subject_id: row.subject_id,
            item: row.item_id.map(ItemId),
            level,
            sealed: row.sealed,
            at: Timestamp(row.at),
            opened: payloads.remove(&row.position),
        })
    };
    Ok((texts.into_iter().map(news).collect::<Result<_, StorageError>>()?, until))
}

/// How many of these entries come before a limit, or go on with the act of the last one that does.
fn whole_acts(rows: &[ledger_entry::Model], limit: usize) -> usize {
    let Some((before, after)) = rows.split_at_checked(limit) else { return rows.len() };
    let act = |row: &ledger_entry::Model| (row.at, row.action.clone(), row.subject_id.clone());
    let last = before.last().map(act);
    limit + after.iter().take_while(|row| Some(act(row)) == last).count()
}

/// Inserts notifications; what an account was told of an entry once it is not told again.
pub async fn insert(tx: &Tx, notifications: &[Notification]) -> Result<(), StorageError> {
    let row = |one: &Notification| ActiveModel {
        id: Set(one.id.0),
        account_id: Set(one.account.0),
        position: Set(one.position),
        item_id: Set(one.about.item().map(|id| id.0)),
        round_id: Set(one.about.round().map(|id| id.0)),
        action: Set(one.action.clone()),
        subject_type: Set(one.subject_type.clone()),
        subject_id: Set(one.subject_id.clone()),
        reason: Set(one.reason.code().to_owned()),
        at: Set(one.at.0),
        seen: Set(one.seen),
    };
    let once =
        OnConflict::columns([Column::AccountId, Column::Position, Column::ItemId]).do_nothing().to_owned();
    for chunk in notifications.chunks(500) {
        let insert = Entity::insert_many(chunk.iter().map(row)).on_conflict(once.clone());
        insert.exec_without_returning(tx.inner()).await?;
    }
    Ok(())
}

/// Deletes notifications of what happened before an instant, 1,000 at most, and tells how many.
pub async fn delete_older_than(tx: &Tx, at: Timestamp) -> Result<u64, StorageError> {
    let connection = tx.inner();
    let statement = Statement::from_sql_and_values(
        connection.get_database_backend(),
        "DELETE FROM notification WHERE id IN (SELECT id FROM notification WHERE at < $1 ORDER BY at LIMIT 1000)",
        [at.0.into()],
    );
    Ok(connection.execute_raw(statement).await?.rows_affected())
}

/// Where a notification stands in its list.
pub type Place = (i64, NotificationId);

/// Which notifications of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Only those that were not seen.
    pub unseen: bool,
    /// How many at most.
    pub limit: u64,
    /// After this one: older ones.
    pub after: Option<Place>,
    /// Before this one; they still come newest first.
    pub before: Option<Place>,
}

/// The notifications of an account about rounds, and about items that its scope contains now, newest first, one more than the limit where
/// there are more.
pub async fn list(
    db: &impl Db,
    scope: Scope,
    account: UserId,
    page: &Page,
) -> Result<Vec<(Notification, Place)>, StorageError> {
    let backwards = page.before.is_some();
    let mut select = visible(scope, account, page.unseen);
    if let Some((position, id)) = page.before.or(page.after) {
        let here = Expr::tuple([Expr::col(Column::Position), Expr::col(Column::Id)]);
        let there = Expr::tuple([Expr::value(position), Expr::value(id.0)]);
        select = select.filter(if backwards { here.gt(there) } else { here.lt(there) });
    }
    let order = if backwards { Order::Asc } else { Order::Desc };
    let mut rows = select
        .order_by(Column::Position, order.clone())
        .order_by(Column::Id, order)
        .limit(page.limit.saturating_add(1))
        .all(db.inner())
        .await?;
    if backwards {
        rows.reverse();
    }
    rows.into_iter()
        .map(|row| Ok(((row.position, NotificationId(row.id)), notification(row)?)))
        .map(swap)
        .collect()
}

fn swap<A, B>(both: Result<(A, B), StorageError>) -> Result<(B, A), StorageError> {
    both.map(|(one, other)| (other, one))
}

/// How many there are.
pub async fn count(db: &impl Db, scope: Scope, account: UserId, unseen: bool) -> Result<u64, StorageError> {
    Ok(visible(scope, account, unseen).count(db.inner()).await?)
}

fn visible(scope: Scope, account: UserId, unseen: bool) -> sea_orm::Select<Entity> {
    let seen = item::Entity::find().select_only().column(item::Column::Id).filter(scope.text());
    // Rounds are everybody's.
    let about = Condition::any()
        .add(Column::RoundId.is_not_null())
        .add(Expr::col((Entity, Column::ItemId)).in_subquery(seen.into_query()));
    let select = Entity::find().filter(Column::AccountId.eq(account.0)).filter(about);
    if unseen { select.filter(Column::Seen.eq(false)) } else { select }
}

/// Marks notifications of an account as seen: those named, or all up to a place.
pub async fn mark_seen(tx: &Tx, account: UserId, which: &Which) -> Result<(), StorageError> {
    let mine = Entity::update_many()
        .col_expr(Column::Seen, Expr::value(true))
        .filter(Column::AccountId.eq(account.0))
        .filter(Column::Seen.eq(false));
    let some = match which {
        Which::These(ids) => mine.filter(Column::Id.is_in(ids.iter().map(|id| id.0))),
        Which::UpTo(position) => mine.filter(Column::Position.lte(*position)),
    };
    some.exec(tx.inner()).await?;
    Ok(())
}

/// Which notifications were seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// These.
    These(Vec<NotificationId>),
    /// All up to a place in the ledger.
    UpTo(i64),
}

/// The place in the ledger of a notification of an account.
pub async fn position_of(
    db: &impl Db,
    account: UserId,
    id: NotificationId,
) -> Result<Option<i64>, StorageError> {
    let found = Entity::find_by_id(id.0).filter(Column::AccountId.eq(account.0)).one(db.inner()).await?;
    Ok(found.map(|row| row.position))
}

fn notification(row: Model) -> Result<Notification, StorageError> {
    let reason = NotificationReason::from_code(&row.reason).ok_or_else(|| StorageError::Inconsistent {
        table: "notification",
        column: "reason",
        row: row.id.to_string(),
    })?;
    let about = match (row.item_id, row.round_id) {
        (Some(item), _) => About::Item(ItemId(item)),
        (None, Some(round)) => About::Round(ReportingRoundId(round)),
        (None, None) => {
            let row = row.id.to_string();
            return Err(StorageError::Inconsistent { table: "notification", column: "item_id", row });
        }
    };
    Ok(Notification {
        id: NotificationId(row.id),
        account: UserId(row.account_id),
        position: row.position,
        about,
        action: row.action,
        subject_type: row.subject_type,
        subject_id: row.subject_id,
        reason,
        at: Timestamp(row.at),
        seen: row.seen,
    })
}
