//! Lists of items: filters, order, pages.
//!
//! Pages go by key and not by offset: `(sort value, id)` of the last row seen, compared as a row value, so that
//! the last page costs what the first does and rows neither repeat nor vanish while others write.

use std::collections::HashMap;

use chrono::NaiveDate;
use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::{MeetingId, OrganisationId};
use qadam_domain::items::{Item, Kind, Status};
use qadam_domain::levels::Level;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select, Value,
};

use super::decoding::ItemRow;
use super::order::{Cursor, Keys, Listed, Place, Sort};
use super::row;
use super::scope::Scope;
use crate::db::{Db, is_sqlite};
use crate::entities::{agenda_item, agenda_item_item, decision, item, item_party, item_tag, meeting};
use crate::error::StorageError;
use crate::search;

/// Yes-or-no filters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Flags {
    /// Marked by the secretariat.
    pub priority: Option<bool>,
    /// Past its deadline on the local day of the filter.
    pub overdue: Option<bool>,
}

/// What a list is narrowed to. Values in one field are alternatives; fields must all hold. Days are inclusive.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Kinds.
    pub kinds: Vec<Kind>,
    /// Statuses.
    pub statuses: Vec<Status>,
    /// Theme codes.
    pub themes: Vec<String>,
    /// Legal reference codes.
    pub legal_refs: Vec<String>,
    /// Organisations with a part in the item: owner, addressee, or filer where the viewer may know it.
    pub organisations: Vec<OrganisationId>,
    /// Lead bodies.
    pub leads: Vec<OrganisationId>,
    /// Meetings that discussed or created the item.
    pub meetings: Vec<MeetingId>,
    /// Mechanism codes.
    pub mechanisms: Vec<String>,
    /// Text levels.
    pub text_levels: Vec<Level>,
    /// Yes-or-no filters.
    pub flags: Flags,
    /// The local day on which overdue is judged.
    pub today: Option<NaiveDate>,
    /// Due on or after.
    pub due_after: Option<NaiveDate>,
    /// Due on or before.
    pub due_before: Option<NaiveDate>,
    /// Filed on or after.
    pub filed_after: Option<NaiveDate>,
    /// Filed on or before.
    pub filed_before: Option<NaiveDate>,
    /// Entered into the register on or after.
    pub entered_after: Option<NaiveDate>,
    /// Entered into the register on or before.
    pub entered_before: Option<NaiveDate>,
    /// Changed, as the viewer may see it, at or after.
    pub updated_after: Option<Timestamp>,
    /// Words to find.
    pub query: Option<qadam_search::Query>,
}

/// Which rows of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// How many at most.
    pub limit: u64,
    /// After this row.
    pub after: Option<Cursor>,
    /// Before this row; rows still come in the list's order.
    pub before: Option<Cursor>,
}

/// The rows of a page in order with their cursors, one more than the limit where there are more.
pub async fn list(
    db: &impl Db,
    scope: Scope,
    filter: &Filter,
    sort: Sort,
    page: &Page,
) -> Result<Vec<(Item, Cursor)>, StorageError> {
    let keys = Keys::of(db, scope, filter, sort);
    let select = select(db, scope, filter, sort, page, &keys)?;
    let listed = if keys.sorts() {
        in_two_steps(db, scope, select, &keys).await?
    } else {
        in_one(db, select, &keys).await?
    };
    let mut items = Vec::with_capacity(listed.len());
    for Listed { item, place } in listed {
        items.push((row::item(item)?, keys.cursor(place)));
    }
    if page.before.is_some() {
        items.reverse();
    }
    Ok(items)
}

/// Rows that an index gives in their order.
async fn in_one(
    db: &impl Db,
    select: Select<item::Entity>,
    keys: &Keys,
) -> Result<Vec<Listed>, StorageError> {
    Ok(keys.select(select).into_model::<Listed>().all(db.inner()).await?)
}

/// Rows that have to be sorted: first their places alone, so that long texts of rows that are not on the page are
/// neither read nor moved about.
async fn in_two_steps(
    db: &impl Db,
    scope: Scope,
    select: Select<item::Entity>,
    keys: &Keys,
) -> Result<Vec<Listed>, StorageError> {
    let places = keys.select(select.select_only().column(item::Column::Id));
    let places = places.into_model::<Place>().all(db.inner()).await?;
    if places.is_empty() {
        return Ok(Vec::new());
    }
    let ids = places.iter().map(|place| place.id.0);
    let rows = item::Entity::find().filter(scope.text()).filter(item::Column::Id.is_in(ids));
    let rows = rows.into_model::<ItemRow>().all(db.inner()).await?;
    let mut rows: HashMap<_, _> = rows.into_iter().map(|ItemRow(row)| (row.id, row)).collect();
    // A row that went, or was narrowed, between the two steps is not on the page.
    let listed = |place: Place| Some(Listed { item: rows.remove(&place.id.0)?, place });
    Ok(places.into_iter().filter_map(listed).collect())
}

/// How the database reads a page, in its own words, a line a step: for whoever looks after its speed.
pub async fn plan(
    db: &impl Db,
    scope: Scope,
    filter: &Filter,
    sort: Sort,
    page: &Page,
) -> Result<Vec<String>, StorageError> {
    let keys = Keys::of(db, scope, filter, sort);
    let connection = db.inner();
    let backend = connection.get_database_backend();
    let mut statement = keys.select(select(db, scope, filter, sort, page, &keys)?).build(backend);
    let (explain, column) = if is_sqlite(db) { ("EXPLAIN QUERY PLAN", 3) } else { ("EXPLAIN", 0) };
    statement.sql = format!("{explain} {}", statement.sql);
    let rows = connection.query_all_raw(statement).await?;
    Ok(rows.iter().map(|row| row.try_get_by_index(column)).collect::<Result<_, _>>()?)
}

/// The query of a page. A page before an edge is read backwards.
fn select(
    db: &impl Db,
    scope: Scope,
    filter: &Filter,
    sort: Sort,
    page: &Page,
    keys: &Keys,
) -> Result<Select<item::Entity>, StorageError> {
    let descending = sort.descending != page.before.is_some();
    let mut select = keys.join(item::Entity::find()).filter(conditions(db, scope, filter));
    if let Some(edge) = page.before.as_ref().or(page.after.as_ref()) {
        select = select.filter(keys.beyond(edge, descending)?);
    }
    let order = if descending { Order::Desc } else { Order::Asc };
    for key in keys.all() {
        select = select.order_by(key, order.clone());
    }
    Ok(select.limit(page.limit + 1))
}

/// How many items the list has.
pub async fn count(db: &impl Db, scope: Scope, filter: &Filter) -> Result<u64, StorageError> {
    Ok(item::Entity::find().filter(conditions(db, scope, filter)).count(db.inner()).await?)
}

/// Everything a list's rows must meet, beginning with the viewer's scope.
fn conditions(db: &impl Db, scope: Scope, filter: &Filter) -> Condition {
    let mut all = Condition::all().add(scope.text());
    all = all.add_option(one_of(item::Column::Kind, filter.kinds.iter().map(|kind| kind.code())));
    all = all.add_option(one_of(item::Column::Status, filter.statuses.iter().map(|status| status.code())));
    all = all.add_option(one_of(item::Column::Mechanism, filter.mechanisms.iter().map(String::as_str)));
    all = all.add_option(one_of(item::Column::LeadId, filter.leads.iter().map(|id| id.0)));
    all =
        all.add_option(one_of(item::Column::TextLevel, filter.text_levels.iter().map(|level| level.rank())));
    all = all.add_option(tagged("theme", &filter.themes));
    all = all.add_option(tagged("legal_ref", &filter.legal_refs));
    all = all.add_option(with_organisations(scope, &filter.organisations));
    all = all.add_option(at_meetings(&filter.meetings));
    all = all.add_option(filter.flags.priority.map(|priority| item::Column::Priority.eq(priority)));
    all = all.add_option(overdue(filter));
    all = days(all, filter);
    if let Some(after) = filter.updated_after {
        all = all.add(scope.changed().gte(after.0));
    }
    if let Some(query) = &filter.query {
        all = all.add(search::matches(db, query));
    }
    all
}

/// The column has one of the values; one value is compared directly, which indexes serve in order.
fn one_of<V: Into<Value>>(column: item::Column, values: impl Iterator<Item = V>) -> Option<SimpleExpr> {
    let values: Vec<Value> = values.map(Into::into).collect();
    match values.as_slice() {
        [] => None,
        [one] => Some(Expr::col((item::Entity, column)).eq(one.clone())),
        _ => Some(Expr::col((item::Entity, column)).is_in(values)),
    }
}

/// Items with one of the codes of a vocabulary.
fn tagged(vocabulary: &str, codes: &[String]) -> Option<SimpleExpr> {
    if codes.is_empty() {
        return None;
    }
    let mut tags = Query::select();
    tags.expr(Expr::val(1))
        .from(item_tag::Entity)
        .and_where(item_tag::Column::Vocabulary.eq(vocabulary))
        .and_where(item_tag::Column::Code.is_in(codes))
        .and_where(
            Expr::col((item_tag::Entity, item_tag::Column::ItemId))
                .eq(Expr::col((item::Entity, item::Column::Id))),
        );
    Some(Expr::exists(tags))
}

/// Items in which one of the organisations has a part the viewer may know of.
fn with_organisations(scope: Scope, organisations: &[OrganisationId]) -> Option<Condition> {
    if organisations.is_empty() {
        return None;
    }
    let having = |parts: &[&str]| {
        let mut parties = Query::select();
        parties
            .expr(Expr::val(1))
            .from(item_party::Entity)
            .and_where(item_party::Column::OrganisationId.is_in(organisations.iter().map(|id| id.0)))
            .and_where(item_party::Column::Part.is_in(parts.iter().copied()))
            .and_where(
                Expr::col((item_party::Entity, item_party::Column::ItemId))
                    .eq(Expr::col((item::Entity, item::Column::Id))),
            );
        Expr::exists(parties)
    };
    let filed = Condition::all().add(scope.identity()).add(having(&["filer"]));
    Some(Condition::any().add(having(&["owner", "addressee"])).add(filed))
}

/// Items that one of the meetings discussed under a public line of its agenda, or that its approved protocol
/// created.
fn at_meetings(meetings: &[MeetingId]) -> Option<Condition> {
    if meetings.is_empty() {
        return None;
    }
    let ids = || meetings.iter().map(|id| id.0);
    let discussed = Query::select()
        .column((agenda_item_item::Entity, agenda_item_item::Column::ItemId))
        .from(agenda_item_item::Entity)
        .inner_join(
            agenda_item::Entity,
            Expr::col((agenda_item::Entity, agenda_item::Column::Id))
                .equals((agenda_item_item::Entity, agenda_item_item::Column::AgendaItemId)),
        )
        .and_where(agenda_item::Column::Level.eq(Level::Public.rank()))
        .and_where(agenda_item::Column::MeetingId.is_in(ids()))
        .to_owned();
    let created = Query::select()
        .column((decision::Entity, decision::Column::CommitmentId))
        .from(decision::Entity)
        .inner_join(
            meeting::Entity,
            Expr::col((meeting::Entity, meeting::Column::Id))
                .equals((decision::Entity, decision::Column::MeetingId)),
        )
        .and_where(meeting::Column::Protocol.eq("approved"))
        .and_where(decision::Column::CommitmentId.is_not_null())
        .and_where(decision::Column::MeetingId.is_in(ids()))
        .to_owned();
    let id = || Expr::col((item::Entity, item::Column::Id));
    Some(Condition::any().add(id().in_subquery(discussed)).add(id().in_subquery(created)))
}

/// Overdue on the filter's day: what `Item::days_late` says, for rows.
fn overdue(filter: &Filter) -> Option<Condition> {
    let (wanted, today) = (filter.flags.overdue?, filter.today?);
    let running: Vec<_> =
        Status::ALL.iter().filter(|status| status.deadline_runs()).map(|status| status.code()).collect();
    let late = Condition::all()
        .add(item::Column::DueSort.lt(today.to_string()))
        .add(item::Column::Status.is_in(running));
    Some(if wanted { late } else { late.not() })
}

/// Bounds on days. An item without the day is never inside bounds.
fn days(mut all: Condition, filter: &Filter) -> Condition {
    let bounds = [
        (item::Column::DueSort, filter.due_after, filter.due_before),
        (item::Column::FiledSort, filter.filed_after, filter.filed_before),
        (item::Column::EnteredOn, filter.entered_after, filter.entered_before),
    ];
    for (column, after, before) in bounds {
        if after.is_some() || before.is_some() {
            all = all.add(column.ne(row::NO_DAY));
        }
        all = all.add_option(after.map(|day| column.gte(day.to_string())));
        all = all.add_option(before.map(|day| column.lte(day.to_string())));
    }
    all
}
