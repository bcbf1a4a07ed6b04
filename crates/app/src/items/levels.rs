//! Widening and narrowing.

use std::sync::Arc;

use qadam_domain::accounts::Viewer;
use qadam_domain::items::Item;
use qadam_domain::language::LanguageMap;
use qadam_domain::levels::{Axis, Level};
use qadam_domain::policy::{Action, identity_after_narrowing};
use qadam_storage::items::{self as stored, Key, Narrowing};
use serde_json::{Value, json};

use super::contributions::follow_identity;
use super::editing::Editing;
use super::record::language_map;
use super::view::ItemView;
use crate::application::App;
use crate::error::{AppError, Code, FieldCode};
use crate::idempotency::Retry;
use crate::ledger::{self, Axes, ItemChange};

/// Why the secretariat narrows a text: one of a short list, because the class of reason is told to those who
/// could read it before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NarrowingReason {
    /// The submitter asked.
    SubmitterRequest,
    /// It names a victim or a person at risk.
    PersonAtRisk,
    /// It contains personal data.
    PersonalData,
    /// A court or a law demands it.
    LegalOrder,
    /// It was published by mistake.
    PublishedByMistake,
}

impl NarrowingReason {
    /// All reasons.
    pub const ALL: [Self; 5] = [
        Self::SubmitterRequest,
        Self::PersonAtRisk,
        Self::PersonalData,
        Self::LegalOrder,
        Self::PublishedByMistake,
    ];

    /// The code used in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::SubmitterRequest => "submitter_request",
            Self::PersonAtRisk => "person_at_risk",
            Self::PersonalData => "personal_data",
            Self::LegalOrder => "legal_order",
            Self::PublishedByMistake => "published_by_mistake",
        }
    }

    /// The reason with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

/// A change of a level as named by a caller.
#[derive(Debug, Clone)]
pub struct LevelChangeInput {
    /// Which axis.
    pub axis: Axis,
    /// To which level.
    pub to: Level,
    /// The class of reason, which the secretariat gives when it narrows.
    pub reason_class: Option<NarrowingReason>,
    /// Why, in words.
    pub reason: LanguageMap,
}

/// Changes a level.
pub async fn change_level(
    app: &Arc<App>,
    viewer: &Viewer,
    key: Key,
    input: LevelChangeInput,
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
                    let location = format!("/api/v1/items/{}", editing.before.id);
                    retry.remember(&shared, tx, 201, &location).await?;
                }
                editing.may(Action::ChangeLevel { axis: input.axis, to: input.to })?;
                let item = change(&editing, &input).await?;
                Ok::<_, AppError>(item)
            })
        })
        .await?;
    app.committed();
    ItemView::load(app, viewer, item).await
}

async fn change(editing: &Editing<'_>, input: &LevelChangeInput) -> Result<Item, AppError> {
    let before = &editing.before;
    let mut after = before.clone();
    // Words about a name would be told to those who are to forget it.
    if input.axis == Axis::Identity && !input.reason.is_empty() {
        return Err(AppError::field("/reason", FieldCode::NotAllowed));
    }
    let reason = if input.reason.is_empty() { Value::Null } else { language_map(&input.reason) };
    let mut change = ItemChange { action: "item.level_changed", reason, ..ItemChange::default() };
    match input.axis {
        Axis::Identity => {
            after.identity_level = input.to;
            change.action = "item.identity_level_changed";
            change.axes = Axes::Identity;
        }
        Axis::Text => {
            after.text_level = input.to;
            after.identity_level = identity_after_narrowing(input.to, before.identity_level);
            if after.identity_level != before.identity_level {
                change.axes = Axes::Both;
            }
        }
    }
    if input.axis == Axis::Text && input.to < before.text_level {
        return narrow(editing, input, after, change).await;
    }
    if input.axis == Axis::Identity && before.identity_level == Level::Public {
        change.withheld = public_leaves(editing, Axis::Identity).await?;
    }
    if input.axis == Axis::Identity && input.to < before.identity_level {
        // A name that becomes public once more needs two voices once more.
        stored::withdraw_consents(editing.tx, after.id, Axis::Identity, after.identity_level).await?;
    }
    let (after, _) = editing.save(after, change).await?;
    if input.axis == Axis::Text {
        stored::narrow(editing.tx, &after, None).await?;
    }
    Box::pin(follow_identity(editing, after)).await
}

/// Narrows the text: tells those who could read it the day and the class of reason, and takes back the consent
/// to more, or the secretariat could undo it at once.
async fn narrow(
    editing: &Editing<'_>,
    input: &LevelChangeInput,
    after: Item,
    mut change: ItemChange,
) -> Result<Item, AppError> {
    let by_submitter = editing.before.filed_by.contains(&editing.actor.organisation);
    let class = match input.reason_class {
        Some(class) => class,
        None if by_submitter => NarrowingReason::SubmitterRequest,
        None => return Err(AppError::field("/reason_class", FieldCode::Required)),
    };
    let from = editing.before.text_level;
    if from == Level::Public {
        change.withheld = public_leaves(editing, Axis::Text).await?;
        if editing.before.identity_level == Level::Public {
            change.withheld.extend(public_leaves(editing, Axis::Identity).await?);
            change.withheld.sort_unstable();
        }
    }
    change.action = "item.narrowed";
    change.reason = json!({"class": class.code(), "on": editing.act.today.to_string()});
    if by_submitter {
        stored::withdraw_consents(editing.tx, after.id, Axis::Text, after.text_level).await?;
    }
    let (after, _) = editing.save(after, change).await?;
    let narrowing = Narrowing { from, on: editing.act.today, reason: class.code().to_owned() };
    stored::narrow(editing.tx, &after, Some(&narrowing)).await?;
    Box::pin(follow_identity(editing, after)).await
}

/// The leaves about one axis of the item whose payloads the public no longer gets.
async fn public_leaves(editing: &Editing<'_>, axis: Axis) -> Result<Vec<u64>, AppError> {
    ledger::public_leaves(editing.app, editing.tx, editing.before.id, axis).await
}
