//! What counts need to know of items, read past their texts.

use std::collections::HashMap;

use qadam_domain::ids::{ItemId, OrganisationId};
use qadam_domain::items::assessments::Finding;
use qadam_domain::items::links::LinkKind;
use qadam_domain::items::positions::says_done;
use qadam_domain::items::translation_gaps::{TranslationGap, TranslationGaps};
use qadam_domain::items::{ClosingResult, Kind, OwnerRole, Status};
use qadam_domain::levels::Level;
use qadam_domain::statistics::{Change, Counted, CountedFinding};
use sea_orm::{ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::assessor;
use super::conditions::{Tags, conditions};
use super::list::Filter;
use super::row::as_of;
use super::scope::Scope;
use crate::db::Db;
use crate::entities::{
    contribution, deadline_revision, item, item_drafter, item_link, item_party, item_tag,
    item_translation_gap, status_change,
};
use crate::error::StorageError;

/// How many items are asked for by their identifiers at once.
const IDS_MAX: usize = 200;

/// Items in the order of their identifiers after one, drafts left out, `limit` at most: for whoever counts all of
/// them, and then decides for each row who may see it.
pub async fn counted_after(
    db: &impl Db,
    after: Option<ItemId>,
    limit: u64,
) -> Result<Vec<Counted>, StorageError> {
    let mut filter = Condition::all().add(item::Column::Status.ne(Status::Draft.code()));
    filter = filter.add_option(after.map(|after| item::Column::Id.gt(after.0)));
    read(db, filter, Some(limit)).await
}

/// Those of the items that are there and no drafts.
pub async fn counted(db: &impl Db, ids: &[ItemId]) -> Result<Vec<Counted>, StorageError> {
    let mut all = Vec::with_capacity(ids.len());
    for ids in ids.chunks(IDS_MAX) {
        let filter = Condition::all()
            .add(item::Column::Id.is_in(ids.iter().map(|id| id.0)))
            .add(item::Column::Status.ne(Status::Draft.code()));
        all.extend(read(db, filter, None).await?);
    }
    Ok(all)
}

/// The drafts that a viewer writes.
pub async fn counted_drafts(db: &impl Db, scope: Scope) -> Result<Vec<Counted>, StorageError> {
    let Some(actor) = scope.viewer().actor() else { return Ok(Vec::new()) };
    // Asked for by themselves: as a condition on items, they have SQLite look through everybody's drafts.
    let written: Vec<Uuid> = item_drafter::Entity::find()
        .select_only()
        .column(item_drafter::Column::ItemId)
        .filter(item_drafter::Column::AccountId.eq(actor.user.0))
        .order_by_asc(item_drafter::Column::ItemId)
        .into_tuple()
        .all(db.inner())
        .await?;
    let mut all = Vec::new();
    for ids in written.chunks(IDS_MAX) {
        let filter = Condition::all()
            .add(scope.text())
            .add(item::Column::Status.eq(Status::Draft.code()))
            .add(item::Column::Id.is_in(ids.iter().copied()));
        all.extend(read(db, filter, None).await?);
    }
    Ok(all)
}

#[derive(Debug, FromQueryResult)]
struct ItemFacts {
    id: Uuid,
    kind: String,
    status: String,
    priority: bool,
    mechanism: Option<String>,
    text_level: i16,
    identity_level: i16,
    due_on: Option<String>,
    original_due_on: Option<String>,
    filed_on: Option<String>,
    filed_on_precision: Option<String>,
    entered_on: String,
    narrowed_on: Option<String>,
    closing_result: Option<String>,
}

const COLUMNS: [item::Column; 14] = [
    item::Column::Id,
    item::Column::Kind,
    item::Column::Status,
    item::Column::Priority,
    item::Column::Mechanism,
    item::Column::TextLevel,
    item::Column::IdentityLevel,
    item::Column::DueOn,
    item::Column::OriginalDueOn,
    item::Column::FiledOn,
    item::Column::FiledOnPrecision,
    item::Column::EnteredOn,
    item::Column::NarrowedOn,
    item::Column::ClosingResult,
];

/// Items with what belongs to them, in the order of their identifiers.
async fn read(db: &impl Db, filter: Condition, limit: Option<u64>) -> Result<Vec<Counted>, StorageError> {
    let select = item::Entity::find().select_only().columns(COLUMNS).filter(filter);
    let select = select.order_by_asc(item::Column::Id).limit(limit);
    let rows = select.into_model::<ItemFacts>().all(db.inner()).await?;
    let mut items: Vec<Counted> = rows.into_iter().map(facts).collect::<Result<_, _>>()?;
    if items.is_empty() {
        return Ok(items);
    }
    let places: HashMap<Uuid, usize> =
        items.iter().enumerate().map(|(place, item)| (item.id.0, place)).collect();
    // In the order of their identifiers, or few: what belongs to them lies between the first and the last.
    let ids: Vec<Uuid> = items.iter().map(|item| item.id.0).collect();
    let of = Of { ids, places, limited: limit.is_some() };
    add_parties(db, &of, &mut items).await?;
    add_tags(db, &of, &mut items).await?;
    add_translation_gaps(db, &of, &mut items).await?;
    add_changes(db, &of, &mut items).await?;
    add_revisions(db, &of, &mut items).await?;
    add_findings(db, &of, &mut items).await?;
    add_implemented(db, &of, &mut items).await?;
    Ok(items)
}

/// Of which items something is read.
struct Of {
    ids: Vec<Uuid>,
    places: HashMap<Uuid, usize>,
    /// Whether the items stand side by side in the order of their identifiers.
    limited: bool,
}

impl Of {
    fn condition<C: ColumnTrait>(&self, column: C) -> Condition {
        match (self.limited, self.ids.first(), self.ids.last()) {
            (true, Some(first), Some(last)) => Condition::all().add(column.between(*first, *last)),
            _ => Condition::all().add(column.is_in(self.ids.iter().copied())),
        }
    }

    fn item<'a>(&self, items: &'a mut [Counted], id: Uuid) -> Option<&'a mut Counted> {
        self.places.get(&id).and_then(|place| items.get_mut(*place))
    }
}

fn facts(row: ItemFacts) -> Result<Counted, StorageError> {
    let id = row.id;
    read_facts(row).ok_or_else(|| unreadable("item", "status", id))
}

fn read_facts(row: ItemFacts) -> Option<Counted> {
    let status = Status::from_code(&row.status)?;
    let result = match &row.closing_result {
        Some(code) => Some(ClosingResult::from_code(code)?),
        None => None,
    };
    Some(Counted {
        id: ItemId(row.id),
        kind: Kind::from_code(&row.kind)?,
        status,
        priority: row.priority,
        translation_gaps: TranslationGaps::default(),
        mechanism: row.mechanism,
        owners: Vec::new(),
        addressees: Vec::new(),
        filed_by: Vec::new(),
        themes: Vec::new(),
        legal_refs: Vec::new(),
        text_level: Level::from_rank(row.text_level)?,
        identity_level: Level::from_rank(row.identity_level)?,
        due_on: day(row.due_on)?,
        original_due_on: day(row.original_due_on)?,
        filed_on: match (row.filed_on, row.filed_on_precision) {
            (Some(on), Some(precision)) => Some(as_of(&on, &precision)?),
            _ => None,
        },
        entered_on: row.entered_on.parse().ok()?,
        narrowed_on: day(row.narrowed_on)?,
        changes: Vec::new(),
        revisions: Vec::new(),
        is_said_done: says_done(status, result),
        findings: Vec::new(),
        implements: Vec::new(),
    })
}

#[expect(clippy::option_option, reason = "the outer option is unreadable, the inner one is no day")]
fn day(text: Option<String>) -> Option<Option<chrono::NaiveDate>> {
    text.map(|text| text.parse().ok()).map_or(Some(None), |day| day.map(Some))
}

async fn add_parties(db: &impl Db, of: &Of, items: &mut [Counted]) -> Result<(), StorageError> {
    use item_party::Column::{ItemId, OrganisationId as Organisation, Part, Place, Role};
    let select = item_party::Entity::find().select_only().columns([ItemId, Part, Organisation, Role]);
    let select = select.filter(of.condition(ItemId)).order_by_asc(ItemId).order_by_asc(Place);
    let rows: Vec<(Uuid, String, Uuid, Option<String>)> = select.into_tuple().all(db.inner()).await?;
    for (id, part, organisation, role) in rows {
        let Some(item) = of.item(items, id) else { continue };
        let organisation = OrganisationId(organisation);
        match (part.as_str(), role.as_deref().and_then(OwnerRole::from_code)) {
            ("owner", Some(role)) => item.owners.push((organisation, role)),
            ("addressee", _) => item.addressees.push(organisation),
            ("filer", _) => item.filed_by.push(organisation),
            _ => return Err(unreadable("item_party", "part", id)),
        }
    }
    Ok(())
}

async fn add_tags(db: &impl Db, of: &Of, items: &mut [Counted]) -> Result<(), StorageError> {
    use item_tag::Column::{Code, ItemId, Vocabulary};
    let select = item_tag::Entity::find().select_only().columns([ItemId, Vocabulary, Code]);
    let select = select.filter(of.condition(ItemId)).filter(Vocabulary.is_in(["theme", "legal_ref"]));
    let rows: Vec<(Uuid, String, String)> = select.into_tuple().all(db.inner()).await?;
    for (id, vocabulary, code) in rows {
        let Some(item) = of.item(items, id) else { continue };
        let codes = if vocabulary == "theme" { &mut item.themes } else { &mut item.legal_refs };
        codes.push(code);
    }
    Ok(())
}

async fn add_translation_gaps(db: &impl Db, of: &Of, items: &mut [Counted]) -> Result<(), StorageError> {
    use item_translation_gap::Column::{Gap, ItemId};
    let select = item_translation_gap::Entity::find().select_only().columns([ItemId, Gap]);
    let rows: Vec<(Uuid, String)> = select.filter(of.condition(ItemId)).into_tuple().all(db.inner()).await?;
    for (id, gap) in rows {
        let Some(item) = of.item(items, id) else { continue };
        let gap =
            TranslationGap::from_code(&gap).ok_or_else(|| unreadable("item_translation_gap", "gap", id))?;
        item.translation_gaps.insert(gap);
    }
    Ok(())
}

async fn add_changes(db: &impl Db, of: &Of, items: &mut [Counted]) -> Result<(), StorageError> {
    use status_change::Column::{
        AsOf as On, AsOfPrecision, ItemId, Level as Sight, OrganisationId as Organisation, Position, ToStatus,
    };
    let columns = [ItemId, ToStatus, On, AsOfPrecision, Sight, Organisation];
    let select = status_change::Entity::find().select_only().columns(columns);
    let select = select.filter(of.condition(ItemId)).order_by_asc(ItemId).order_by_asc(Position);
    let rows: Vec<(Uuid, String, String, String, i16, Option<Uuid>)> =
        select.into_tuple().all(db.inner()).await?;
    for (id, to, on, precision, level, organisation) in rows {
        let Some(item) = of.item(items, id) else { continue };
        let read = || {
            Some(Change {
                to: Status::from_code(&to)?,
                as_of: as_of(&on, &precision)?,
                level: Level::from_rank(level)?,
                organisation: organisation.map(OrganisationId),
            })
        };
        item.changes.push(read().ok_or_else(|| unreadable("status_change", "to_status", id))?);
    }
    Ok(())
}

async fn add_revisions(db: &impl Db, of: &Of, items: &mut [Counted]) -> Result<(), StorageError> {
    use deadline_revision::Column::{ItemId, Level as Sight};
    let select = deadline_revision::Entity::find().select_only().columns([ItemId, Sight]);
    let rows: Vec<(Uuid, i16)> = select.filter(of.condition(ItemId)).into_tuple().all(db.inner()).await?;
    for (id, level) in rows {
        let Some(item) = of.item(items, id) else { continue };
        let level = Level::from_rank(level).ok_or_else(|| unreadable("deadline_revision", "level", id))?;
        item.revisions.push(level);
    }
    Ok(())
}

/// Item, assessor, organisation, finding, level, day, place in the ledger.
type FindingRow = (Uuid, String, Option<Uuid>, String, Option<i16>, String, i64);

async fn add_findings(db: &impl Db, of: &Of, items: &mut [Counted]) -> Result<(), StorageError> {
    use contribution::Column::{
        AsOf as On, Assessor, Finding as Found, ItemId, OrganisationId as Organisation, Position, TextLevel,
    };
    let columns = [ItemId, Assessor, Organisation, Found, TextLevel, On, Position];
    let select = contribution::Entity::find().select_only().columns(columns);
    let select = select.filter(of.condition(ItemId)).filter(Found.is_not_null());
    let rows: Vec<FindingRow> = select.into_tuple().all(db.inner()).await?;
    for (id, by, organisation, found, level, on, position) in rows {
        let Some(item) = of.item(items, id) else { continue };
        let level = level
            .map(|rank| Level::from_rank(rank).ok_or_else(|| unreadable("contribution", "text_level", id)));
        item.findings.push(CountedFinding {
            assessor: assessor::from_key(by),
            organisation: organisation.map(OrganisationId),
            finding: Finding::from_code(&found).ok_or_else(|| unreadable("contribution", "finding", id))?,
            level: level.transpose()?,
            on: on.parse().map_err(|_| unreadable("contribution", "as_of", id))?,
            position,
        });
    }
    Ok(())
}

async fn add_implemented(db: &impl Db, of: &Of, items: &mut [Counted]) -> Result<(), StorageError> {
    use item_link::Column::{FromId, Kind as How, ToId};
    let select = item_link::Entity::find().select_only().columns([FromId, ToId]);
    let select = select.filter(of.condition(FromId)).filter(How.eq(LinkKind::Implements.code()));
    let rows: Vec<(Uuid, Uuid)> = select.into_tuple().all(db.inner()).await?;
    for (from, to) in rows {
        if let Some(item) = of.item(items, from) {
            item.implements.push(ItemId(to));
        }
    }
    Ok(())
}

fn unreadable(table: &'static str, column: &'static str, id: Uuid) -> StorageError {
    StorageError::Inconsistent { table, column, row: id.to_string() }
}

/// Which of the items that a viewer may see pass a filter: for filters that rows cannot answer.
pub async fn ids(db: &impl Db, scope: Scope, filter: &Filter) -> Result<Vec<ItemId>, StorageError> {
    let found = conditions(db, scope, filter, Tags::Joined);
    let select = item::Entity::find().select_only().column(item::Column::Id).filter(found);
    let ids: Vec<Uuid> = select.into_tuple().all(db.inner()).await?;
    Ok(ids.into_iter().map(ItemId).collect())
}
