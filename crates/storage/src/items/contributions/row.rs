//! A contribution as a row, and back.

use qadam_domain::accounts::Role;
use qadam_domain::ids::{ContributionId, ItemId, OrganisationId, UserId};
use qadam_domain::items::contributions::{Content, Contribution, ContributionKind, Readership, Sight};
use qadam_domain::items::questions::{Answer, Question};
use qadam_domain::levels::Level;
use sea_orm::ActiveValue::Set;

use super::content::StoredContent;
use crate::entities::contribution::{ActiveModel, Model};
use crate::error::StorageError;
use crate::items::assessor;

/// The row of a contribution.
pub(super) fn active(contribution: &Contribution) -> Result<ActiveModel, StorageError> {
    let stored = StoredContent::of(&contribution.content);
    let content = serde_json::to_string(&stored).map_err(|_| unreadable("content", contribution.id))?;
    let (text, identity) = match contribution.sight {
        Sight::AsItem => (None, None),
        Sight::Levels { text, identity } => (Some(text.rank()), Some(identity.rank())),
    };
    let (mut state, mut round, mut finding, mut by, mut as_of) = (None, None, None, None, None);
    match &contribution.content {
        Content::Update(update) => {
            state = Some(update.state.code().to_owned());
            round = update.round.map(|round| round.0);
            as_of = Some(update.as_of.on.to_string());
        }
        Content::Assessment(assessment) => {
            finding = Some(assessment.finding.code().to_owned());
            by = Some(assessor::key(&assessment.assessor));
            as_of = Some(assessment.as_of.on.to_string());
        }
        Content::Question(Question { said, .. }) | Content::Answer(Answer { said, .. }) => {
            state = Some(said.passing.code().to_owned());
        }
        Content::ClosingNotice(_) | Content::Milestone(_) | Content::Indicator(_) | Content::Evidence(_) => {}
    }
    Ok(ActiveModel {
        id: Set(contribution.id.0),
        item_id: Set(contribution.item.0),
        kind: Set(contribution.content.kind().code().to_owned()),
        organisation_id: Set(contribution.organisation.map(|id| id.0)),
        role: Set(contribution.role.code().to_owned()),
        account_id: Set(contribution.user.0),
        text_level: Set(text),
        identity_level: Set(identity),
        recorded_on: Set(contribution.recorded_on.to_string()),
        position: Set(contribution.position),
        changed: Set(contribution.changed),
        version: Set(contribution.version),
        state: Set(state),
        round_id: Set(round),
        finding: Set(finding),
        assessor: Set(by),
        as_of: Set(as_of),
        content: Set(content),
        heard_by_id: Set(contribution.readership.heard_by.map(|id| id.0)),
        held: Set(contribution.readership.held),
        publication_asked_by_id: Set(contribution.readership.publication_asked_by.map(|id| id.0)),
    })
}

/// The contribution in a row.
#[expect(clippy::needless_pass_by_value, reason = "rows are handed on one after the other")]
pub(super) fn contribution(row: Model) -> Result<Contribution, StorageError> {
    let id = ContributionId(row.id);
    read(&row).map_err(|column| unreadable(column, id))
}

fn read(row: &Model) -> Result<Contribution, &'static str> {
    let stored: StoredContent = serde_json::from_str(&row.content).map_err(|_| "content")?;
    let sight = match (row.text_level, row.identity_level) {
        (Some(text), Some(identity)) => Sight::Levels {
            text: Level::from_rank(text).ok_or("text_level")?,
            identity: Level::from_rank(identity).ok_or("identity_level")?,
        },
        _ => Sight::AsItem,
    };
    let kind = ContributionKind::from_code(&row.kind).ok_or("kind")?;
    let content = stored.into_content().filter(|content| content.kind() == kind).ok_or("content")?;
    Ok(Contribution {
        id: ContributionId(row.id),
        item: ItemId(row.item_id),
        organisation: row.organisation_id.map(OrganisationId),
        role: Role::from_code(&row.role).ok_or("role")?,
        user: UserId(row.account_id),
        sight,
        readership: Readership {
            heard_by: row.heard_by_id.map(OrganisationId),
            held: row.held,
            publication_asked_by: row.publication_asked_by_id.map(UserId),
        },
        recorded_on: row.recorded_on.parse().map_err(|_| "recorded_on")?,
        position: row.position,
        changed: row.changed,
        version: row.version,
        content,
    })
}

fn unreadable(column: &'static str, id: ContributionId) -> StorageError {
    StorageError::Inconsistent { table: "contribution", column, row: id.to_string() }
}
