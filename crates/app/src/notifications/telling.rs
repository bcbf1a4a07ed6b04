//! Telling accounts of what happened: entry after entry of the ledger, each once, on whichever node comes first.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use qadam_domain::ids::NotificationId;
use qadam_storage::notifications::{self as stored, News, Notification};
use qadam_storage::{ledger, settings};

use super::recipients::{Told, told_of};
use crate::application::App;
use crate::error::AppError;
use crate::random::uuid;

/// The setting that keeps the place in the ledger up to which accounts were told.
const TOLD_UNTIL: &str = "notified_until";

/// How many entries are looked at together.
const BATCH: u64 = 100;

/// How often it is looked for new entries.
const TICK: Duration = Duration::from_secs(1);

/// Tells accounts until the future is dropped.
pub async fn run(app: Arc<App>) {
    let mut tick = tokio::time::interval(TICK);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        if let Err(error) = tell_due(&app).await {
            tracing::warn!(%error, "accounts were not told of what happened; trying again");
        }
    }
}

/// Begins to tell with what happens from now on: what a register was filled with is no news.
pub async fn begin_here(app: &App) -> Result<(), AppError> {
    let newest = ledger::last_position(&app.store.read()).await?;
    app.store
        .write(move |tx| {
            Box::pin(
                async move { Ok::<_, AppError>(settings::set(tx, TOLD_UNTIL, &newest.to_string()).await?) },
            )
        })
        .await
}

/// Tells accounts of every entry that they were not told of. How many entries that were.
pub async fn tell_due(app: &Arc<App>) -> Result<usize, AppError> {
    // Who owns what, and who belongs to whom, may have changed on other nodes.
    app.newest_public().await?;
    let mut told = 0;
    loop {
        let reader = app.store.read();
        let place = settings::get(&reader, TOLD_UNTIL).await?;
        let place = match place.as_deref().map(str::parse::<i64>) {
            Some(Ok(place)) => place,
            Some(Err(_)) => return Err(AppError::Internal(format!("{TOLD_UNTIL} is no place"))),
            // An installation that never told anything: the first entry is the beginning.
            None => 0,
        };
        let (news, until) = stored::news_after(&reader, place, BATCH).await?;
        if until == place {
            return Ok(told);
        }
        let notifications = notifications(app, &news).await?;
        told += news.len();
        keep(app, place, until, notifications).await?;
    }
}

/// What accounts are told of some entries.
async fn notifications(app: &App, news: &[News]) -> Result<Vec<Notification>, AppError> {
    let reader = app.store.read();
    let mut notifications = Vec::new();
    // One act may be told by several entries, one a level: nobody is told of it twice.
    let mut seen = HashSet::new();
    for one in news {
        for Told { account, about, reason } in told_of(app, &reader, one).await? {
            if !seen.insert((account, about, one.action.clone(), one.subject_id.clone(), one.at)) {
                continue;
            }
            notifications.push(Notification {
                id: NotificationId(uuid(app.random.as_ref())),
                account,
                position: one.position,
                about,
                action: one.action.clone(),
                subject_type: one.subject_type.clone(),
                subject_id: one.subject_id.clone(),
                reason,
                at: one.at,
                seen: false,
            });
        }
    }
    Ok(notifications)
}

/// Keeps notifications and the place, unless another node did meanwhile.
async fn keep(app: &App, from: i64, until: i64, notifications: Vec<Notification>) -> Result<(), AppError> {
    app.store
        .write(move |tx| {
            Box::pin(async move {
                let place = settings::get(tx, TOLD_UNTIL).await?;
                if place.as_deref().unwrap_or("0") != from.to_string() {
                    return Ok(());
                }
                stored::insert(tx, &notifications).await?;
                Ok::<_, AppError>(settings::set(tx, TOLD_UNTIL, &until.to_string()).await?)
            })
        })
        .await
}
