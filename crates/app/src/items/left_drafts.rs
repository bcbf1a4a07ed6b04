//! Drafts that nobody is left to write pass to those who work beside whoever wrote them.

use qadam_domain::accounts::Role;
use qadam_domain::ids::OrganisationId;
use qadam_domain::items::Item;
use qadam_storage::Tx;
use qadam_storage::items::{self as stored, Scope};

use crate::error::AppError;

/// Lets an organisation's active and confirmed accounts on the side of a role write the drafts that accounts on it wrote
/// and none of whom is left. Where nobody is there, the drafts wait for the next who comes. Drafts are in no ledger.
pub(crate) async fn pass_on(tx: &Tx, organisation: OrganisationId, role: Role) -> Result<(), AppError> {
    let orphaned = stored::orphaned_drafts(tx, organisation, role.side()).await?;
    if orphaned.is_empty() {
        return Ok(());
    }
    let heirs = stored::heirs(tx, organisation, role.side()).await?;
    if heirs.is_empty() {
        return Ok(());
    }
    for before in stored::find_many(tx, Scope::everything(), &orphaned).await? {
        let mut after = Item { version: before.version + 1, ..before.clone() };
        after.drafters.extend(&heirs);
        stored::update(tx, &before, &after).await?;
    }
    Ok(())
}
