//! What a meeting opens with: items of four groups, each in the order of its deadlines or of filing.
//!
//! The groups are read one after the other from where the page begins, until it is full. An item is in the first
//! group it belongs to: later ones leave it out.

use std::collections::HashMap;

use chrono::NaiveDate;
use qadam_domain::ids::{DecisionId, ItemId, MeetingId};
use qadam_domain::items::response::Stage;
use qadam_domain::items::{Item, Kind, Status};
use qadam_domain::levels::Level;
use qadam_domain::meetings::carry_over::{CarryOverGroup, OPEN_COMMITMENT, waits_for_answer};
use qadam_domain::meetings::{Meeting, MeetingKind, ProtocolState};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, Order, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

use super::row::NO_DAY;
use crate::db::Db;
use crate::entities::{agenda_item, agenda_item_item, decision, item, meeting};
use crate::error::StorageError;
use crate::items::{ItemRow, Scope, at_stages, item as read_item, late};

/// The meetings before one, among those of its kind: that ended before it does, or on the same day with a lower
/// code. One of unknown day is past where its protocol is approved, and else planned for no day yet.
#[derive(Debug, Clone)]
pub struct Earlier {
    kind: MeetingKind,
    than: MeetingId,
    /// Last day and code; `None` where it comes after all that have a day.
    turn: Option<(String, String)>,
}

impl Earlier {
    /// The meetings before this one.
    pub fn than(meeting: &Meeting) -> Self {
        let turn = match meeting.ends_on() {
            Some(day) => Some((day.to_string(), meeting.code.clone())),
            None if meeting.protocol == ProtocolState::Approved => {
                Some((NO_DAY.to_owned(), meeting.code.clone()))
            }
            None => None,
        };
        Self { kind: meeting.kind, than: meeting.id, turn }
    }

    fn condition(&self) -> Condition {
        let own = |column| Expr::col((meeting::Entity, column));
        let mut all = Condition::all()
            .add(own(meeting::Column::Kind).eq(self.kind.code()))
            .add(own(meeting::Column::Id).ne(self.than.0))
            // Planned for no day yet: no meeting of unknown day that is not over comes before any.
            .add(
                Condition::any()
                    .add(own(meeting::Column::EndsSort).ne(NO_DAY))
                    .add(own(meeting::Column::Protocol).eq(ProtocolState::Approved.code())),
            );
        if let Some((day, code)) = &self.turn {
            let here = Expr::tuple([own(meeting::Column::EndsSort), own(meeting::Column::Code)]);
            all = all.add(here.lt(Expr::tuple([Expr::value(day.clone()), Expr::value(code.clone())])));
        }
        all
    }
}

/// A row of the list.
#[derive(Debug, Clone)]
pub struct Carried {
    /// Why it is there.
    pub group: CarryOverGroup,
    /// The item.
    pub item: Item,
}

/// Where a page begins: the sort values of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarryOverCursor {
    /// Its group.
    pub group: CarryOverGroup,
    /// The day by which its group is ordered.
    pub day: String,
    /// The item.
    pub id: ItemId,
}

/// Which rows of the list, of which viewer, on which day.
#[derive(Debug, Clone)]
pub struct CarryOverPage {
    /// How many at most.
    pub limit: u64,
    /// After this row.
    pub after: Option<CarryOverCursor>,
    /// Before this row; rows still come in the list's order.
    pub before: Option<CarryOverCursor>,
    /// The local day.
    pub today: NaiveDate,
    /// The narrowest level at which the viewer reads lines of agendas.
    pub floor: Level,
}

/// The rows of a page in order with their cursors, one more than the limit where there are more (with `before`, the
/// surplus one is the first).
pub async fn carry_over(
    db: &impl Db,
    scope: Scope,
    earlier: &Earlier,
    page: &CarryOverPage,
) -> Result<Vec<(Carried, CarryOverCursor)>, StorageError> {
    let backwards = page.before.is_some();
    let edge = page.before.as_ref().or(page.after.as_ref());
    let wanted = page.limit.saturating_add(1);
    let mut groups = CarryOverGroup::ALL.to_vec();
    if backwards {
        groups.reverse();
    }
    groups.retain(|group| {
        edge.is_none_or(|edge| if backwards { *group <= edge.group } else { *group >= edge.group })
    });
    let mut rows = Vec::new();
    for group in groups {
        let left = wanted.saturating_sub(u64::try_from(rows.len()).unwrap_or(u64::MAX));
        if left == 0 {
            break;
        }
        let edge = edge.filter(|edge| edge.group == group);
        rows.extend(of_group(db, scope, earlier, page, group, edge, left).await?);
    }
    if backwards {
        rows.reverse();
    }
    Ok(rows)
}

/// At most `left` rows of one group beyond an edge, in the direction in which the page is read.
async fn of_group(
    db: &impl Db,
    scope: Scope,
    earlier: &Earlier,
    page: &CarryOverPage,
    group: CarryOverGroup,
    edge: Option<&CarryOverCursor>,
    left: u64,
) -> Result<Vec<(Carried, CarryOverCursor)>, StorageError> {
    let backwards = page.before.is_some();
    let day = match group {
        CarryOverGroup::OpenDecision | CarryOverGroup::Overdue => item::Column::DueSort,
        CarryOverGroup::Unanswered | CarryOverGroup::ListedForMeeting => item::Column::FiledSort,
    };
    let mut select = item::Entity::find().filter(scope.text()).filter(members(earlier, page, group));
    for before in CarryOverGroup::ALL.into_iter().filter(|before| *before < group) {
        select = select.filter(members(earlier, page, before).not());
    }
    if let Some(edge) = edge {
        let here = Expr::tuple([Expr::col((item::Entity, day)), Expr::col((item::Entity, item::Column::Id))]);
        let there = Expr::tuple([Expr::value(edge.day.clone()), Expr::value(edge.id.0)]);
        select = select.filter(if backwards { here.lt(there) } else { here.gt(there) });
    }
    let order = if backwards { Order::Desc } else { Order::Asc };
    let rows = select
        .order_by(day, order.clone())
        .order_by(item::Column::Id, order)
        .limit(left)
        .into_model::<ItemRow>()
        .all(db.inner())
        .await?;
    rows.into_iter()
        .map(|ItemRow(row)| {
            let sorted_by = match group {
                CarryOverGroup::OpenDecision | CarryOverGroup::Overdue => row.due_sort.clone(),
                CarryOverGroup::Unanswered | CarryOverGroup::ListedForMeeting => row.filed_sort.clone(),
            };
            let cursor = CarryOverCursor { group, day: sorted_by, id: ItemId(row.id) };
            Ok((Carried { group, item: read_item(row)? }, cursor))
        })
        .collect()
}

/// Which items a group has.
fn members(earlier: &Earlier, page: &CarryOverPage, group: CarryOverGroup) -> Condition {
    let id = || Expr::col((item::Entity, item::Column::Id));
    match group {
        CarryOverGroup::OpenDecision => Condition::all()
            .add(id().in_subquery(decided(earlier)))
            .add(item::Column::Status.is_in(OPEN_COMMITMENT.map(Status::code))),
        CarryOverGroup::Overdue => late(page.today),
        CarryOverGroup::Unanswered => {
            Condition::all().add(id().in_subquery(discussed(earlier, page.floor))).add(waiting())
        }
        CarryOverGroup::ListedForMeeting => {
            Condition::all().add_option(at_stages(&[Stage::ListedForMeeting], page.today))
        }
    }
}

/// The commitments that decisions of earlier meetings made.
fn decided(earlier: &Earlier) -> SelectStatement {
    Query::select()
        .column((decision::Entity, decision::Column::CommitmentId))
        .from(decision::Entity)
        .inner_join(
            meeting::Entity,
            Expr::col((meeting::Entity, meeting::Column::Id))
                .equals((decision::Entity, decision::Column::MeetingId)),
        )
        .cond_where(earlier.condition())
        .and_where(decision::Column::CommitmentId.is_not_null())
        .and_where(meeting::Column::Protocol.eq(ProtocolState::Approved.code()))
        .to_owned()
}

/// The items under lines of the agendas of earlier meetings that are read at a level.
fn discussed(earlier: &Earlier, floor: Level) -> SelectStatement {
    let mut lines = on_agendas(earlier, floor);
    lines.column((agenda_item_item::Entity, agenda_item_item::Column::ItemId));
    lines
}

fn on_agendas(earlier: &Earlier, floor: Level) -> SelectStatement {
    Query::select()
        .from(agenda_item_item::Entity)
        .inner_join(
            agenda_item::Entity,
            Expr::col((agenda_item::Entity, agenda_item::Column::Id))
                .equals((agenda_item_item::Entity, agenda_item_item::Column::AgendaItemId)),
        )
        .inner_join(
            meeting::Entity,
            Expr::col((meeting::Entity, meeting::Column::Id))
                .equals((agenda_item::Entity, agenda_item::Column::MeetingId)),
        )
        .cond_where(earlier.condition())
        .and_where(Expr::col((agenda_item::Entity, agenda_item::Column::Level)).gte(floor.rank()))
        .to_owned()
}

/// Items that wait for an answer.
fn waiting() -> Condition {
    let of_kind = |kind: Kind| -> SimpleExpr {
        let statuses = waits_for_answer(kind).iter().map(|status| status.code());
        item::Column::Kind.eq(kind.code()).and(item::Column::Status.is_in(statuses))
    };
    Kind::ALL
        .into_iter()
        .filter(|kind| !waits_for_answer(*kind).is_empty())
        .fold(Condition::any(), |any, kind| any.add(of_kind(kind)))
}

/// A line that says where an item was discussed.
#[derive(FromQueryResult)]
struct Line {
    item_id: Uuid,
    meeting_id: Uuid,
}

/// The latest earlier meeting at which each of the items stood on an agenda, under a line that is read at a level.
pub async fn discussed_at(
    db: &impl Db,
    earlier: &Earlier,
    floor: Level,
    items: &[ItemId],
) -> Result<HashMap<ItemId, MeetingId>, StorageError> {
    if items.is_empty() {
        return Ok(HashMap::new());
    }
    let mut lines = on_agendas(earlier, floor);
    lines
        .column((agenda_item_item::Entity, agenda_item_item::Column::ItemId))
        .column((agenda_item::Entity, agenda_item::Column::MeetingId))
        .and_where(
            Expr::col((agenda_item_item::Entity, agenda_item_item::Column::ItemId))
                .is_in(items.iter().map(|id| id.0)),
        )
        .order_by((meeting::Entity, meeting::Column::EndsSort), Order::Asc)
        .order_by((meeting::Entity, meeting::Column::Code), Order::Asc);
    let connection = db.inner();
    let statement = sea_orm::ConnectionTrait::get_database_backend(connection).build(&lines);
    let rows = Line::find_by_statement(statement).all(connection).await?;
    // Those that come later take the place of earlier ones.
    Ok(rows.into_iter().map(|line| (ItemId(line.item_id), MeetingId(line.meeting_id))).collect())
}

/// The decision of an approved protocol that made each of the items, with its meeting.
pub async fn decided_at(
    db: &impl Db,
    items: &[ItemId],
) -> Result<HashMap<ItemId, (MeetingId, DecisionId)>, StorageError> {
    if items.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Option<Uuid>, Uuid, Uuid)> = decision::Entity::find()
        .select_only()
        .columns([decision::Column::CommitmentId, decision::Column::MeetingId, decision::Column::Id])
        .filter(decision::Column::CommitmentId.is_in(items.iter().map(|id| id.0)))
        .filter(decision::Column::MeetingId.in_subquery(approved()))
        .into_tuple()
        .all(db.inner())
        .await?;
    let made = |(item, meeting, decision): (Option<Uuid>, Uuid, Uuid)| {
        Some((ItemId(item?), (MeetingId(meeting), DecisionId(decision))))
    };
    Ok(rows.into_iter().filter_map(made).collect())
}

fn approved() -> SelectStatement {
    Query::select()
        .column(meeting::Column::Id)
        .from(meeting::Entity)
        .and_where(meeting::Column::Protocol.eq(ProtocolState::Approved.code()))
        .to_owned()
}
