//! Removing the words of something that was added to an item, together with the entries that say them.

use qadam_domain::ids::{ContributionId, Uuid};
use qadam_domain::items::Item;
use qadam_domain::items::contributions::{Content, Contribution};
use qadam_domain::levels::Level;
use qadam_storage::items as stored;
use serde_json::Value;

use crate::error::AppError;
use crate::items::editing::Editing;
use crate::ledger::{ContributionChange, enter_contribution};

/// The action of the entries that tell of it.
pub(crate) const CONTRIBUTION_REDACTED: &str = "contribution.redacted";

/// Which leaves an entry names, and the level at which it is sealed, if it is.
pub(crate) type Told = Vec<(Option<Level>, Vec<u64>)>;

/// Removes the words for good. Each group of leaves is told by an entry of its own; and whoever reads what is left is
/// told of that, even where what was removed was sealed to them. Gives the item, and the file that is to be removed from
/// the store once this is committed.
pub(crate) async fn remove_words(
    editing: &Editing<'_>,
    id: ContributionId,
    mut told: Told,
    reason: Value,
) -> Result<(Item, Option<Uuid>), AppError> {
    let before = stored::find_contribution(editing.tx, id).await?.ok_or(AppError::NotFound)?;
    let content = before.content.clone().without_words();
    let mut after = Contribution { content, version: before.version + 1, ..before.clone() };
    let mut item = editing.before.clone();
    if told.iter().all(|(sealed_at, _)| sealed_at.is_some()) {
        told.push((None, Vec::new()));
    }
    // The one that all readers read comes last: it says how the record stands.
    told.sort_by_key(|(sealed_at, _)| sealed_at.is_none());
    for (sealed_at, redacted) in told {
        // How it stood before are the words that go.
        let change = ContributionChange {
            tells_before: false,
            redacted,
            sealed_at,
            ..ContributionChange::new(CONTRIBUTION_REDACTED, Some(&before), reason.clone())
        };
        enter_contribution(editing.app, editing.tx, &editing.act, &mut item, &mut after, change).await?;
    }
    let item = editing.note(item).await?;
    stored::update_contribution(editing.tx, &before, &after).await?;
    let file = match before.content {
        Content::Evidence(evidence) => evidence.file.map(|file| file.object),
        _ => None,
    };
    Ok((item, file))
}
