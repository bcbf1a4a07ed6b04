//! Redaction: removing the payload of an entry for good, on a legal ground.
//!
//! The leaf stays, so the tree still proves that nothing else moved. The redaction is itself an entry: it names the
//! leaf, the ground and who did it, and carries the whole record as it then stands, which becomes the last entry
//! that a verifier compares with. What was sealed is told in a sealed entry, for those who could read it.

use std::collections::BTreeMap;
use std::sync::Arc;

use qadam_domain::accounts::Viewer;
use qadam_domain::ids::{ContributionId, ItemId};
use qadam_domain::items::contributions::ContributionKind;
use qadam_domain::language::LanguageMap;
use qadam_domain::levels::{Axis, Level};
use qadam_domain::policy::{Action, Subject, may};
use qadam_storage::Tx;
use qadam_storage::items::{Key, find_contribution};
use qadam_storage::ledger::{self as stored, EntrySubject};
use serde_json::{Value, json};

use super::sequencer::admit_waiting;
use super::{Axes, ITEM, ItemChange};
use crate::application::App;
use crate::error::{AppError, Code, FieldCode};
use crate::idempotency::Retry;
use crate::items::record::language_map;
use crate::items::{CONTRIBUTION_REDACTED, Editing, ItemView, remove_files, remove_words};

/// On what ground a payload is removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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

/// How many payloads one redaction removes at most.
pub const LEAVES_MAX: usize = 100;

/// A redaction as named by a caller.
#[derive(Debug, Clone)]
pub struct RedactionInput {
    /// The numbers of the leaves whose payloads go: all about one item.
    pub seqs: Vec<u64>,
    /// On what ground.
    pub ground: RedactionGround,
    /// Why, in words, without repeating what is removed.
    pub reason: LanguageMap,
}

/// What is removed together and told by one entry: leaves of one axis, and `Some` level where the entry that tells
/// of them is sealed.
type Group = (Axis, Option<Level>);

/// What payloads that are removed are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum About {
    /// An item.
    Item(ItemId),
    /// Something that was added to an item.
    Contribution(ItemId, ContributionId),
}

impl About {
    const fn item(self) -> ItemId {
        match self {
            Self::Item(item) | Self::Contribution(item, _) => item,
        }
    }
}

/// Removes the payloads of entries about an item, or about something that was added to one, for good. Gives the item as
/// it stands.
///
/// A payload holds the whole record as it stood, and the one after it what changed: what is to disappear must first
/// be edited out of the item, and then every entry that says it be named. What was added is not edited: its words go
/// with the payloads, and whichever of them is named, all go.
pub async fn redact(
    app: &Arc<App>,
    viewer: &Viewer,
    input: RedactionInput,
    retry: Option<Retry>,
) -> Result<ItemView, AppError> {
    may(viewer, Action::Redact, Subject::Register)?;
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let shared = Arc::clone(app);
    let (item, file) = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let seqs = with_the_rest(&shared, tx, &input.seqs).await?;
                let (about, groups) = remove(tx, &seqs).await?;
                let key = Key::Id(about.item());
                let mut item = Editing::open(&shared, tx, actor, key, None).await?.before;
                if let Some(retry) = retry {
                    retry.remember(&shared, tx, 201, &format!("/api/v1/items/{}", item.id)).await?;
                }
                if let About::Contribution(_, id) = about {
                    let editing = Editing::open(&shared, tx, actor, key, None).await?;
                    let told = groups.into_iter().map(|((_, sealed_at), seqs)| (sealed_at, seqs)).collect();
                    return remove_words(&editing, id, told, reason(&input)).await;
                }
                for (group, seqs) in groups {
                    let editing = Editing::open(&shared, tx, actor, key, None).await?;
                    let change = change(&input, group, seqs);
                    item = editing.save(editing.before.clone(), change).await?.0;
                }
                Ok::<_, AppError>((item, None))
            })
        })
        .await?;
    app.committed();
    if let Some(file) = file
        && let Err(error) = remove_files(app, &[file]).await
    {
        tracing::warn!(%error, "a redacted file was not removed from the store; it is tried again within the hour");
    }
    ItemView::load(app, viewer, item).await
}

fn reason(input: &RedactionInput) -> Value {
    json!({"ground": input.ground.code(), "text": language_map(&input.reason)})
}

fn change(input: &RedactionInput, (axis, sealed_at): Group, seqs: Vec<u64>) -> ItemChange {
    ItemChange {
        action: "item.redacted",
        reason: reason(input),
        axes: if axis == Axis::Text { Axes::Text } else { Axes::Identity },
        redacted: seqs,
        sealed_at,
        ..ItemChange::default()
    }
}

/// The leaves that are named; and where they are about something that was added, all others that say it: its words are
/// removed from the record, and an entry that kept them would go on telling them.
async fn with_the_rest(app: &Arc<App>, tx: &Tx, named: &[u64]) -> Result<Vec<u64>, AppError> {
    let mut seqs = named.to_vec();
    let Some(&first) = named.first() else { return Ok(seqs) };
    if let Some((_, About::Contribution(..), entry)) = find(tx, first).await? {
        Box::pin(admit_waiting(app, tx)).await?;
        let all = stored::readable_leaves_of(tx, &entry.kind, &entry.id, CONTRIBUTION_REDACTED).await?;
        seqs.extend(all.into_iter().filter(|seq| !named.contains(seq)));
    }
    Ok(seqs)
}

/// Deletes the payloads behind leaves, with their salts. Gives what they are about, and the leaves by the entry that will
/// tell of them.
async fn remove(tx: &Tx, seqs: &[u64]) -> Result<(About, BTreeMap<Group, Vec<u64>>), AppError> {
    let mut about = None;
    let mut groups: BTreeMap<Group, Vec<u64>> = BTreeMap::new();
    for (index, &seq) in seqs.iter().enumerate() {
        let wrong = |code| AppError::field(format!("/seqs/{index}"), code);
        let (position, this, entry) =
            find(tx, seq).await?.ok_or_else(|| wrong(FieldCode::UnknownReference))?;
        if *about.get_or_insert(this) != this {
            return Err(wrong(FieldCode::Contradiction));
        }
        let payload = stored::delete_payload(tx, position).await?;
        let payload = payload.ok_or_else(|| wrong(FieldCode::Duplicate))?;
        // An open entry that named a sealed leaf would tell everybody what that leaf is about. One for the public
        // that is sealed would be told anew by the day's batch as what somebody else did.
        let sealed_at = entry.sealed.then_some(entry.level.min(Level::Members));
        let told = groups.entry((entry.axis, sealed_at)).or_default();
        told.push(seq);
        // What an earlier redaction removed would be missing without a word once that redaction's own payload is gone.
        told.extend(removed_by(&payload));
    }
    for seqs in groups.values_mut() {
        seqs.sort_unstable();
        seqs.dedup();
    }
    let about = about.ok_or_else(|| AppError::field("/seqs", FieldCode::TooShort))?;
    Ok((about, groups))
}

/// The leaves that a payload says were redacted.
pub(crate) fn removed_by(payload: &str) -> Vec<u64> {
    let payload: Value = serde_json::from_str(payload).unwrap_or_default();
    let named = payload.get("redacted").and_then(Value::as_array);
    named.into_iter().flatten().filter_map(Value::as_u64).collect()
}

/// Whether an entry is about an item itself, at a level the secretariat reads.
fn is_of_an_item(entry: &EntrySubject) -> bool {
    entry.level >= Level::Secretariat && matches!(entry.kind.as_str(), ITEM | stored::ITEM_FILING)
}

/// The entry behind a leaf: one about an item or what was added to one, at a level the secretariat reads.
async fn find(tx: &Tx, seq: u64) -> Result<Option<(i64, About, EntrySubject)>, AppError> {
    let Some(position) = stored::position_of(tx, seq).await? else { return Ok(None) };
    let Some(entry) = stored::entry_at(tx, position).await? else { return Ok(None) };
    // It holds no text, and says which payloads are withheld.
    if entry.action == stored::NARROWED {
        return Ok(None);
    }
    if is_of_an_item(&entry) {
        return Ok(entry.item.map(|item| (position, About::Item(item), entry)));
    }
    if entry.level < Level::Secretariat || ContributionKind::from_code(&entry.kind).is_none() {
        return Ok(None);
    }
    let Ok(id) = entry.id.parse::<ContributionId>() else { return Ok(None) };
    let found = find_contribution(tx, id).await?;
    Ok(found.map(|found| (position, About::Contribution(found.item, id), entry)))
}
