//! An item as a row, and back.

use qadam_domain::calendar::{AsOf, Deadline, Precision, Timestamp};
use qadam_domain::ids::{ItemId, OrganisationId};
use qadam_domain::items::{ChangedAt, ClosingResult, Item, Kind, Status};
use qadam_domain::language::Language;
use qadam_domain::levels::Level;
use sea_orm::ActiveValue::{NotSet, Set};
use sea_orm::{ActiveModelTrait, Iterable};

use super::content::{Content, StoredAnswer, StoredClock, user_ids};
use crate::entities::item::{ActiveModel, Column, Model};
use crate::error::StorageError;
use crate::json::decode_translations;

/// Sorts after every real day: items without a date come last.
pub(crate) const NO_DAY: &str = "9999-12-31";

/// The item in a row.
pub(crate) fn item(row: Model) -> Result<Item, StorageError> {
    let id = row.id;
    read(row).map_err(|column| StorageError::Inconsistent { table: "item", column, row: id.to_string() })
}

fn read(row: Model) -> Result<Item, &'static str> {
    let content: Content = serde_json::from_str(&row.content).map_err(|_| "content")?;
    let due = match (&row.due_on, &row.due_precision) {
        (Some(on), Some(precision)) => Some(Deadline {
            on: on.parse().map_err(|_| "due_on")?,
            precision: Precision::from_code(precision).ok_or("due_precision")?,
        }),
        _ => None,
    };
    let filed_on = match (&row.filed_on, &row.filed_on_precision) {
        (Some(on), Some(precision)) => Some(as_of(on, precision).ok_or("filed_on")?),
        _ => None,
    };
    let changed = changed(&row);
    Ok(Item {
        id: ItemId(row.id),
        kind: Kind::from_code(&row.kind).ok_or("kind")?,
        reference: row.reference.map(|text| text.parse()).transpose().map_err(|_| "reference")?,
        filing_code: row.filing_code,
        status: Status::from_code(&row.status).ok_or("status")?,
        status_as_of: as_of(&row.status_as_of, &row.status_as_of_precision).ok_or("status_as_of")?,
        closing_result: optional(row.closing_result.as_deref(), ClosingResult::from_code)
            .ok_or("closing_result")?,
        contested: row.contested,
        title: content.title.into(),
        summary: content.summary.into(),
        original_language: row.original_language.parse::<Language>().map_err(|_| "original_language")?,
        translations: decode_translations(&content.translations).ok_or("content.translations")?,
        themes: content.themes,
        legal_refs: content.legal_refs,
        groups: content.groups,
        sdg_targets: content.sdg_targets,
        owners: Content::owners(content.owners).ok_or("content.owners")?,
        addressees: content.addressees.into_iter().map(OrganisationId).collect(),
        filed_by: content.filed_by.into_iter().map(OrganisationId).collect(),
        drafters: user_ids(content.drafters),
        source: content.source.map(Into::into).unwrap_or_default(),
        recorded_from: content.recorded_from.map(Into::into),
        answer: optional(content.answer, StoredAnswer::into_answer).ok_or("content.answer")?,
        due,
        no_due_reason: content.no_due_reason.into(),
        original_due_on: row
            .original_due_on
            .map(|day| day.parse())
            .transpose()
            .map_err(|_| "original_due_on")?,
        information_due_on: row
            .information_due_on
            .map(|day| day.parse())
            .transpose()
            .map_err(|_| "information_due_on")?,
        priority: row.priority,
        grounds: content.grounds.into(),
        expected_result: content.expected_result.into(),
        completion_form: content.completion_form.into(),
        followup_selected: content.followup_selected,
        information_quality: content.information_quality,
        text_level: Level::from_rank(row.text_level).ok_or("text_level")?,
        identity_level: Level::from_rank(row.identity_level).ok_or("identity_level")?,
        filed_on,
        response: optional(content.response, StoredClock::into_clock).ok_or("content.response")?,
        entered_on: row.entered_on.parse().map_err(|_| "entered_on")?,
        version: row.version,
        changed,
    })
}

const fn changed(row: &Model) -> [ChangedAt; 5] {
    const fn at(position: i64, at: i64) -> ChangedAt {
        ChangedAt { position, at: Timestamp(at) }
    }
    [
        at(row.position_own, row.changed_own),
        at(row.position_secretariat, row.changed_secretariat),
        at(row.position_addressed, row.changed_addressed),
        at(row.position_members, row.changed_members),
        at(row.position_public, row.changed_public),
    ]
}

/// The row of an item. `row_id` is the database's own.
pub(crate) fn active(item: &Item) -> Result<ActiveModel, StorageError> {
    Ok(ActiveModel { content: Set(written(item.id, &Content::of(item))?), ..columns(item) })
}

/// What of an item's row is not as it was before. Only that is written, so that only its indexes are.
pub(super) fn changes(before: &Item, after: &Item) -> Result<ActiveModel, StorageError> {
    let mut changes = columns(after);
    let old = columns(before);
    for column in Column::iter() {
        if changes.get(column).into_value() == old.get(column).into_value() {
            changes.not_set(column);
        }
    }
    let content = Content::of(after);
    if content != Content::of(before) {
        changes.content = Set(written(after.id, &content)?);
    }
    Ok(changes)
}

fn written(item: ItemId, content: &Content) -> Result<String, StorageError> {
    serde_json::to_string(content).map_err(|_| StorageError::Inconsistent {
        table: "item",
        column: "content",
        row: item.to_string(),
    })
}

/// The columns beside the descriptive part.
fn columns(item: &Item) -> ActiveModel {
    let [own, secretariat, addressed, members, public] = item.changed;
    ActiveModel {
        id: Set(item.id.0),
        kind: Set(item.kind.code().to_owned()),
        reference: Set(item.reference.map(|reference| reference.to_string())),
        filing_code: Set(item.filing_code.clone()),
        status: Set(item.status.code().to_owned()),
        status_as_of: Set(item.status_as_of.on.to_string()),
        status_as_of_precision: Set(item.status_as_of.precision.code().to_owned()),
        closing_result: Set(item.closing_result.map(|result| result.code().to_owned())),
        contested: Set(item.contested),
        original_language: Set(item.original_language.tag().to_owned()),
        content: NotSet,
        mechanism: Set(item.source.mechanism.clone()),
        lead_id: Set(item.lead().map(|id| id.0)),
        due_on: Set(item.due.map(|due| due.on.to_string())),
        due_precision: Set(item.due.map(|due| due.precision.code().to_owned())),
        due_sort: Set(item.due.map_or_else(|| NO_DAY.to_owned(), |due| due.on.to_string())),
        original_due_on: Set(item.original_due_on.map(|day| day.to_string())),
        information_due_on: Set(item.information_due_on.map(|day| day.to_string())),
        priority: Set(item.priority),
        text_level: Set(item.text_level.rank()),
        identity_level: Set(item.identity_level.rank()),
        filed_on: Set(item.filed_on.map(|filed| filed.on.to_string())),
        filed_on_precision: Set(item.filed_on.map(|filed| filed.precision.code().to_owned())),
        filed_sort: Set(item.filed_on.map_or_else(|| NO_DAY.to_owned(), |filed| filed.on.to_string())),
        entered_on: Set(item.entered_on.to_string()),
        narrowed_from: NotSet,
        narrowed_on: NotSet,
        narrowed_reason: NotSet,
        version: Set(item.version),
        position_own: Set(own.position),
        position_secretariat: Set(secretariat.position),
        position_addressed: Set(addressed.position),
        position_members: Set(members.position),
        position_public: Set(public.position),
        changed_own: Set(own.at.0),
        changed_secretariat: Set(secretariat.at.0),
        changed_addressed: Set(addressed.at.0),
        changed_members: Set(members.at.0),
        changed_public: Set(public.at.0),
    }
}

/// A day with its precision.
pub(crate) fn as_of(on: &str, precision: &str) -> Option<AsOf> {
    Some(AsOf { on: on.parse().ok()?, precision: Precision::from_code(precision)? })
}

/// `Some(None)` for nothing, `None` for something unreadable.
#[expect(clippy::option_option, reason = "the outer option is unreadable, the inner one is nothing stored")]
fn optional<S, T>(stored: Option<S>, decode: impl FnOnce(S) -> Option<T>) -> Option<Option<T>> {
    match stored {
        None => Some(None),
        Some(value) => decode(value).map(Some),
    }
}
