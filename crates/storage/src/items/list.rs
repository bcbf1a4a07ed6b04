//! Lists of items: filters, order, pages.
//!
//! Pages go by key and not by offset: `(sort value, id)` of the last row seen, compared as a row value, so that
//! the last page costs what the first does and rows neither repeat nor vanish while others write.

use std::collections::HashMap;

use chrono::NaiveDate;
use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::{ItemId, MeetingId, OrganisationId};
use qadam_domain::items::response::Stage;
use qadam_domain::items::translation_gaps::TranslationGap;
use qadam_domain::items::{Item, Kind, Status};
use qadam_domain::levels::Level;
use qadam_domain::reporting_rounds::ReportStanding;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select,
};

use super::conditions::{Tags, conditions};
use super::decoding::ItemRow;
use super::finding_conditions::FindingFilter;
use super::measures::Measures;
use super::order::{Cursor, Keys, Listed, Place, Sort};
use super::row;
use super::scope::Scope;
use crate::db::{Db, is_sqlite};
use crate::entities::item;
use crate::error::StorageError;

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
    /// These items; any where none is named.
    pub items: Vec<ItemId>,
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
    /// What was found.
    pub findings: FindingFilter,
    /// What there is to do on texts in other languages.
    pub translation_gaps: Vec<TranslationGap>,
    /// Yes-or-no filters.
    pub flags: Flags,
    /// How far silence has escalated on the local day of the filter.
    pub stages: Vec<Stage>,
    /// How items stand in the newest round that asks to report on them, on the local day of the filter.
    pub reporting: Vec<ReportStanding>,
    /// The local day on which overdue, stages and rounds are judged.
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
    /// What is measured on items.
    pub measures: Measures,
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

/// How often a page is read whose rows change meanwhile.
const ATTEMPTS_MAX: usize = 3;

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
        in_two_steps(db, scope, &select, &keys).await?
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
    select: &Select<item::Entity>,
    keys: &Keys,
) -> Result<Vec<Listed>, StorageError> {
    let mut listed = Vec::new();
    for _ in 0..ATTEMPTS_MAX {
        let places = places(db, select.clone(), keys).await?;
        let count = places.len();
        listed = at_places(db, scope, places).await?;
        // A row that went, or was narrowed, between the two steps is not on the page, and the one after it would
        // be missed.
        if listed.len() == count {
            break;
        }
    }
    Ok(listed)
}

async fn places(db: &impl Db, select: Select<item::Entity>, keys: &Keys) -> Result<Vec<Place>, StorageError> {
    let places = keys.select(select.select_only().column(item::Column::Id));
    Ok(places.into_model::<Place>().all(db.inner()).await?)
}

async fn at_places(db: &impl Db, scope: Scope, places: Vec<Place>) -> Result<Vec<Listed>, StorageError> {
    if places.is_empty() {
        return Ok(Vec::new());
    }
    let ids = places.iter().map(|place| place.id.0);
    let rows = item::Entity::find().filter(scope.text()).filter(item::Column::Id.is_in(ids));
    let rows = rows.into_model::<ItemRow>().all(db.inner()).await?;
    let mut rows: HashMap<_, _> = rows.into_iter().map(|ItemRow(row)| (row.id, row)).collect();
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
    let tags = if keys.sorts() || is_sqlite(db) { Tags::Joined } else { Tags::Probed };
    let mut select = keys.join(item::Entity::find()).filter(conditions(db, scope, filter, tags));
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
    Ok(item::Entity::find().filter(conditions(db, scope, filter, Tags::Joined)).count(db.inner()).await?)
}
