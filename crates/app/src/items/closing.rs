//! Closing as implemented: announcing it, and what it rests on.

use std::sync::Arc;

use qadam_domain::accounts::Viewer;
use qadam_domain::items::closing::{ClosingFacts, ClosingNotice};
use qadam_domain::items::contributions::{Content, Contribution, ContributionKind, Sight};
use qadam_domain::items::positions::{Found, current};
use qadam_domain::language::LanguageMap;
use qadam_domain::levels::Level;
use qadam_domain::policy::Action;
use qadam_storage::items::{self as stored, Key, Seen};

use super::contributions::{Contributed, ContributionView, contributions};
use super::editing::Editing;
use super::record::language_map;
use crate::application::App;
use crate::error::{AppError, Code, FieldCode};
use crate::idempotency::Retry;

/// Announces that an item will be closed as implemented.
pub async fn announce_closing(
    app: &Arc<App>,
    viewer: &Viewer,
    key: Key,
    reason: LanguageMap,
    retry: Option<Retry>,
) -> Result<Contributed, AppError> {
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let shared = Arc::clone(app);
    let (item, made) = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let editing = Editing::open(&shared, tx, actor, key, None).await?;
                editing.may(Action::AnnounceClosing)?;
                if reason.is_empty() {
                    return Err(AppError::field("/reason", FieldCode::Required));
                }
                let words = language_map(&reason);
                let notice = ClosingNotice::new(reason, editing.act.today);
                let made = editing.contribution(Content::ClosingNotice(notice), Sight::AsItem);
                if let Some(retry) = retry {
                    let location = format!("/api/v1/items/{}/closing-notices/{}", made.item, made.id);
                    retry.remember(&shared, tx, 201, &location).await?;
                }
                editing.contribute(made, "closing.announced", words).await
            })
        })
        .await?;
    app.committed();
    Contributed::load(app, viewer, item, made).await
}

/// The announcements on an item, oldest first.
pub async fn closing_notices(
    app: &App,
    viewer: &Viewer,
    key: Key,
) -> Result<Vec<ContributionView>, AppError> {
    Ok(contributions(app, viewer, key, &[ContributionKind::ClosingNotice]).await?.1)
}

/// What closing as implemented rests on: what the public reads, and what was announced since the item was reported
/// done.
pub(super) async fn closing_facts(editing: &Editing<'_>) -> Result<ClosingFacts, AppError> {
    let item = &editing.before;
    let public = Seen { floors: vec![(item.id, Level::Public)], own: None };
    let kinds = [ContributionKind::Assessment, ContributionKind::ClosingNotice];
    let contributions = stored::contributions(editing.tx, &public, &kinds).await?;
    let found: Vec<Found> =
        contributions.iter().filter_map(|contribution| Found::of(contribution, item, false)).collect();
    // Not by the day it holds for, which the body names: by the place in the ledger.
    let reported = stored::status_changes(editing.tx, item.id, Level::Own).await?;
    let since = reported.last().map_or(0, |change| change.position);
    Ok(ClosingFacts {
        findings: current(&found).into_iter().map(|found| found.finding).collect(),
        notices: contributions.iter().filter(|one| one.position > since).filter_map(announced).collect(),
        host_owns: editing
            .app
            .directory()
            .host()
            .is_some_and(|host| item.owners.iter().any(|owner| owner.organisation == host)),
    })
}

fn announced(contribution: &Contribution) -> Option<(qadam_domain::ids::UserId, chrono::NaiveDate)> {
    match &contribution.content {
        Content::ClosingNotice(notice) => Some((contribution.user, notice.objections_until)),
        _ => None,
    }
}
