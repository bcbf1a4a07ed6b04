//! Consents: how far a submitter lets a text or a name go, and into what it lets its item be merged.
//!
//! They are told to submitter and secretariat; what concerns the name, to those who may know it.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use qadam_domain::accounts::Viewer;
use qadam_domain::ids::{EventId, ItemId};
use qadam_domain::items::{Item, Status};
use qadam_domain::levels::{Axis, Level, Relation};
use qadam_domain::policy::Action;
use qadam_storage::Reader;
use qadam_storage::items::{self as stored, Consent, Key, MergeConsent, Scope};
use serde_json::json;

use super::editing::{Editing, find_visible};
use super::view::ItemView;
use crate::application::App;
use crate::error::{AppError, Code, FieldCode};
use crate::idempotency::Retry;
use crate::ledger::{Axes, ItemChange};
use crate::random::uuid;

/// How many consents of an item are told at most.
const CONSENTS_MAX: u64 = 1_000;

/// A consent as named by a caller.
#[derive(Debug, Clone, Copy)]
pub enum ConsentInput {
    /// To a level.
    Level {
        /// Of which axis.
        axis: Axis,
        /// Up to which level.
        level: Level,
    },
    /// To a merge into another item.
    Merge {
        /// Which one.
        target: Key,
    },
}

/// What a consent is about.
#[derive(Debug, Clone)]
pub enum ConsentedTo {
    /// A level of an axis.
    Level(Axis, Level),
    /// A merge into this item.
    Merge(Box<Item>),
}

/// A consent that was given.
#[derive(Debug, Clone)]
pub struct GivenConsent {
    /// Its identifier.
    pub id: EventId,
    /// The item.
    pub item: ItemId,
    /// What it is about.
    pub to: ConsentedTo,
    /// The local day.
    pub given_on: NaiveDate,
}

/// Records a submitter's consent.
pub async fn consent(
    app: &Arc<App>,
    viewer: &Viewer,
    key: Key,
    input: ConsentInput,
    retry: Option<Retry>,
) -> Result<ItemView, AppError> {
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let shared = Arc::clone(app);
    let item = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let editing = Editing::open(&shared, tx, actor, key, None).await?;
                if let Some(retry) = retry {
                    let location = format!("/api/v1/items/{}/consents", editing.before.id);
                    retry.remember(&shared, tx, 201, &location).await?;
                }
                editing.may(Action::Consent)?;
                let item = give(&editing, input).await?;
                Ok::<_, AppError>(item)
            })
        })
        .await?;
    app.committed();
    ItemView::load(app, viewer, item).await
}

async fn give(editing: &Editing<'_>, input: ConsentInput) -> Result<Item, AppError> {
    match input {
        ConsentInput::Level { axis, level } => agree_to_level(editing, axis, level).await,
        ConsentInput::Merge { target } => agree_to_merge(editing, target).await,
    }
}

async fn agree_to_level(editing: &Editing<'_>, axis: Axis, level: Level) -> Result<Item, AppError> {
    let meaningful = match axis {
        Axis::Text => level > Level::Secretariat,
        // On the identity axis a consent is the first of the two voices that make a name public; where several file
        // together, each agrees to what the others ask for.
        Axis::Identity if editing.before.filed_by.len() > 1 => level > Level::Own,
        Axis::Identity => level == Level::Public,
    };
    if !meaningful {
        return Err(AppError::field("/level", FieldCode::NotAllowed));
    }
    let consent = Consent {
        id: EventId(uuid(editing.app.random.as_ref())),
        item: editing.before.id,
        axis,
        level,
        organisation: editing.actor.organisation,
        user: editing.actor.user,
        given_on: editing.act.today,
    };
    stored::insert_consent(editing.tx, &consent).await?;
    // That a text may go further is told to its readers, who consented to those who may know the name.
    let told = if axis == Axis::Text { Axes::Both } else { Axes::Identity };
    let change = ItemChange {
        action: "item.consented",
        reason: json!({"axis": axis.code(), "level": level.code()}),
        axes: told,
        ..ItemChange::default()
    };
    Ok(editing.save(editing.before.clone(), change).await?.0)
}

/// Agrees to a merge into an item of the same kind that the submitter sees and that stands in the register.
async fn agree_to_merge(editing: &Editing<'_>, target: Key) -> Result<Item, AppError> {
    let target = match find_visible(editing.tx, &editing.viewer(), target).await {
        Err(AppError::NotFound | AppError::Gone { .. }) => {
            return Err(AppError::field("/target", FieldCode::UnknownReference));
        }
        found => found?,
    };
    let ended = matches!(target.status, Status::Draft | Status::Merged | Status::Withdrawn);
    if ended || target.kind != editing.before.kind || target.id == editing.before.id {
        return Err(AppError::field("/target", FieldCode::NotAllowed));
    }
    let consent = MergeConsent {
        id: EventId(uuid(editing.app.random.as_ref())),
        item: editing.before.id,
        target: target.id,
        organisation: editing.actor.organisation,
        user: editing.actor.user,
        given_on: editing.act.today,
    };
    stored::insert_merge_consent(editing.tx, &consent).await?;
    // The secretariat, which sees both, merges; others are told by the merge itself. Who agreed is told on the
    // identity axis.
    let change = ItemChange {
        action: "item.merge_consented",
        reason: json!({"target": target.id.to_string()}),
        axes: Axes::Both,
        sealed_at: Some(Level::Secretariat),
        ..ItemChange::default()
    };
    Ok(editing.save(editing.before.clone(), change).await?.0)
}

/// Whether every organisation that filed an item agreed to its merge into another one. An item that was recorded
/// from a document and filed by nobody needs no consent.
pub(super) async fn all_agree_to_merge(editing: &Editing<'_>, target: ItemId) -> Result<bool, AppError> {
    let given = stored::merge_consents(editing.tx, &[editing.before.id]).await?;
    Ok(agree(&editing.before, &given, target))
}

fn agree(item: &Item, given: &[MergeConsent], target: ItemId) -> bool {
    let of = |organisation| {
        given.iter().any(|consent| {
            (consent.item, consent.target, consent.organisation) == (item.id, target, organisation)
        })
    };
    item.filed_by.iter().all(|organisation| of(*organisation))
}

/// The consents given for an item, oldest first; the newest 1,000.
pub async fn consents(app: &App, viewer: &Viewer, key: Key) -> Result<Vec<GivenConsent>, AppError> {
    let reader = app.store.read();
    let item = find_visible(&reader, viewer, key).await?;
    let relation = item.relation(viewer);
    if !are_told_to(relation) {
        return Err(Code::RoleRequired.into());
    }
    told_consents(&reader, viewer, &[(&item, relation)], CONSENTS_MAX).await
}

/// Whether somebody is told of consents at all.
pub(super) fn are_told_to(relation: Relation) -> bool {
    relation >= Relation::Secretariat
}

/// The consents given for items that somebody is told of, oldest first; the newest `each` of an item.
pub(super) async fn told_consents(
    reader: &Reader,
    viewer: &Viewer,
    items: &[(&Item, Relation)],
    each: u64,
) -> Result<Vec<GivenConsent>, AppError> {
    let told: Vec<_> = items.iter().filter(|(_, relation)| are_told_to(*relation)).copied().collect();
    let named = |(item, relation): &(&Item, Relation)| (item.id, relation.reads(item.identity_level));
    let of: Vec<_> = told.iter().map(named).collect();
    let levels = stored::newest_consents(reader, &of, each).await?;
    let mut all: Vec<GivenConsent> = told
        .iter()
        .flat_map(|(item, relation)| told_of(item, *relation, &levels))
        .map(|consent| GivenConsent {
            id: consent.id,
            item: consent.item,
            to: ConsentedTo::Level(consent.axis, consent.level),
            given_on: consent.given_on,
        })
        .collect();
    all.extend(told_merges(reader, viewer, &told).await?);
    all.sort_by_key(|consent| (consent.given_on, consent.id));
    Ok(newest_of_each(all, each))
}

/// The consents to levels of an item: all of them for its submitters, and for others those that every submitter gave,
/// once, because several would tell that there are several.
fn told_of<'a>(item: &Item, relation: Relation, given: &'a [Consent]) -> Vec<&'a Consent> {
    let of: Vec<_> = given.iter().filter(|consent| consent.item == item.id).collect();
    if relation.reads(item.identity_level) {
        return of;
    }
    let all_agree = |axis, level| {
        item.filed_by.iter().all(|filer| {
            of.iter().any(|one| one.organisation == *filer && one.axis == axis && one.level >= level)
        })
    };
    let mut told: Vec<&Consent> = Vec::new();
    for consent in of.iter().copied() {
        let again = told.iter().any(|one| (one.axis, one.level) == (consent.axis, consent.level));
        if !again && all_agree(consent.axis, consent.level) {
            told.push(consent);
        }
    }
    told
}

/// The consents to merges into items that the viewer sees: all of them for the submitters, and for others those that
/// every submitter gave, once, because several would tell that there are several.
async fn told_merges(
    reader: &Reader,
    viewer: &Viewer,
    told: &[(&Item, Relation)],
) -> Result<Vec<GivenConsent>, AppError> {
    let ids: Vec<_> = told.iter().map(|(item, _)| item.id).collect();
    let given = stored::merge_consents(reader, &ids).await?;
    let mut targets: Vec<_> = given.iter().map(|consent| consent.target).collect();
    targets.sort_unstable();
    targets.dedup();
    let mut seen: HashMap<ItemId, Item> = HashMap::new();
    for chunk in targets.chunks(200) {
        let found = stored::find_many(reader, Scope::visible_to(*viewer), chunk).await?;
        seen.extend(found.into_iter().map(|item| (item.id, item)));
    }
    let mut merges: Vec<GivenConsent> = Vec::new();
    // The newest one of several tells that now all agree.
    for consent in given.iter().rev() {
        let of = told.iter().find(|(item, _)| item.id == consent.item);
        let (Some((item, relation)), Some(target)) = (of, seen.get(&consent.target)) else { continue };
        let knows = relation.reads(item.identity_level);
        let same = |told: &GivenConsent| {
            told.item == item.id && matches!(&told.to, ConsentedTo::Merge(other) if other.id == target.id)
        };
        if knows || (agree(item, &given, target.id) && !merges.iter().any(same)) {
            merges.push(GivenConsent {
                id: consent.id,
                item: item.id,
                to: ConsentedTo::Merge(Box::new(target.clone())),
                given_on: consent.given_on,
            });
        }
    }
    Ok(merges)
}

/// The newest `each` of every item, in their order.
fn newest_of_each(mut all: Vec<GivenConsent>, each: u64) -> Vec<GivenConsent> {
    let mut counts: HashMap<ItemId, u64> = HashMap::new();
    all.reverse();
    all.retain(|consent| {
        let count = counts.entry(consent.item).or_default();
        *count += 1;
        *count <= each
    });
    all.reverse();
    all
}
