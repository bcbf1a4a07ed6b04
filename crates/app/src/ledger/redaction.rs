//! Redaction: removing the payload of an entry for good, on a legal ground.
//!
//! The leaf stays, so the tree still proves that nothing else moved. The redaction is itself an entry: it names the
//! leaf, the ground and who did it, and carries the whole record as it then stands, which becomes the last entry
//! that a verifier compares with.

use std::sync::Arc;

use qadam_domain::accounts::Viewer;
use qadam_domain::ids::ItemId;
use qadam_domain::language::LanguageMap;
use qadam_domain::levels::{Axis, Level};
use qadam_domain::policy::{Action, Subject, may};
use qadam_storage::Tx;
use qadam_storage::items::Key;
use qadam_storage::ledger as stored;
use serde_json::json;

use super::{Axes, ItemChange};
use crate::application::App;
use crate::error::{AppError, Code, FieldCode};
use crate::items::record::language_map;
use crate::items::{Editing, ItemView};

/// On what ground a payload is removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RedactionGround {
    /// It names a victim or a person at risk.
    PersonAtRisk,
    /// A person asked for the erasure of their data.
    ErasureRequest,
    /// A court or a law demands it.
    LegalOrder,
}

impl RedactionGround {
    /// All grounds.
    pub const ALL: [Self; 3] = [Self::PersonAtRisk, Self::ErasureRequest, Self::LegalOrder];

    /// The code used in the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::PersonAtRisk => "person_at_risk",
            Self::ErasureRequest => "erasure_request",
            Self::LegalOrder => "legal_order",
        }
    }

    /// The ground with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.code() == code)
    }
}

/// A redaction as named by a caller.
#[derive(Debug, Clone)]
pub struct RedactionInput {
    /// The number of the leaf whose payload goes.
    pub seq: u64,
    /// On what ground.
    pub ground: RedactionGround,
    /// Why, in words, without repeating what is removed.
    pub reason: LanguageMap,
}

/// Removes the payload of an entry about an item, for good. Gives the item as it stands.
pub async fn redact(app: &Arc<App>, viewer: &Viewer, input: RedactionInput) -> Result<ItemView, AppError> {
    may(viewer, Action::Redact, Subject::Register)?;
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let shared = Arc::clone(app);
    let item = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let (position, item, axis) = find(tx, input.seq).await?;
                let editing = Editing::open(&shared, tx, actor, Key::Id(item), None).await?;
                if !stored::delete_payload(tx, position).await? {
                    return Err(AppError::field("/seq", FieldCode::Duplicate));
                }
                let reason = json!({
                    "ground": input.ground.code(),
                    "text": language_map(&input.reason),
                });
                let concerned = if axis == Axis::Text { Axes::Text } else { Axes::Identity };
                let change = ItemChange {
                    action: "item.redacted",
                    reason,
                    axes: concerned,
                    redacted: vec![input.seq],
                    ..ItemChange::default()
                };
                Ok::<_, AppError>(editing.save(editing.before.clone(), change).await?.0)
            })
        })
        .await?;
    app.committed().await;
    Ok(ItemView::new(app, viewer, item, app.today()))
}

/// The entry behind a leaf: one about an item, at a level the secretariat reads.
async fn find(tx: &Tx, seq: u64) -> Result<(i64, ItemId, Axis), AppError> {
    let unknown = || AppError::field("/seq", FieldCode::UnknownReference);
    let position = stored::position_of(tx, seq).await?.ok_or_else(unknown)?;
    let entry = stored::entry_at(tx, position).await?.ok_or_else(unknown)?;
    let item = entry.item.filter(|_| entry.level >= Level::Secretariat).ok_or_else(unknown)?;
    Ok((position, item, entry.axis))
}
