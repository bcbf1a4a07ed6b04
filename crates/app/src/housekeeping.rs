//! What ends by itself is removed: sessions, refresh tokens, one-time links, the keys of repeated requests,
//! files that belong to nothing, drafts that nobody touches, notifications and
//! readings of long ago.
//!
//! Nothing depends on it: what has ended admits nobody. It keeps the tables small, and what is known of people short.

use std::sync::Arc;
use std::time::Duration;

use qadam_storage::{notifications, settings};

use crate::application::App;
use crate::authentication::forget_expired;
use crate::error::AppError;
use crate::idempotency::forget_old;
use crate::items::{end_stale_drafts, sweep};
use crate::readings;

/// How often the register is tidied, by whichever node comes first, in milliseconds.
const EVERY: i64 = 60 * 60 * 1000;

/// How often a node looks whether it is time.
const TICK: Duration = Duration::from_mins(5);

/// The setting that keeps when it was tidied last.
const TIDIED_AT: &str = "tidied_at";

/// Tidies the register until the future is dropped.
pub async fn run(app: Arc<App>) {
    let mut tick = tokio::time::interval(TICK);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        match tidy(&app).await {
            Ok(Some(removed)) => tracing::debug!(removed, "rows that had ended were removed"),
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "what has ended was not removed; trying again later"),
        }
    }
}

/// Removes everything that has ended, if it is time and no other node did. How many rows that were.
pub async fn tidy(app: &Arc<App>) -> Result<Option<u64>, AppError> {
    if !claim(app).await? {
        return Ok(None);
    }
    let mut removed = 0;
    // In writes of 1,000 rows at most, between which others get their turn.
    loop {
        let done = forget_old(app).await? + forget_expired(app).await? + sweep(app).await?;
        match done
            + forget_notifications(app).await?
            + end_stale_drafts(app).await?
            + readings::forget_old(app).await?
        {
            0 => return Ok(Some(removed)),
            more => removed += more,
        }
    }
}

async fn forget_notifications(app: &App) -> Result<u64, AppError> {
    let before = app.after(-i64::from(app.settings.notification_days) * 86_400);
    app.store
        .write(move |tx| {
            Box::pin(async move { Ok::<_, AppError>(notifications::delete_older_than(tx, before).await?) })
        })
        .await
}

/// Notes that this node does it now, unless one did within the hour.
async fn claim(app: &App) -> Result<bool, AppError> {
    let now = app.now().0;
    // Looked at outside the write: where another node did it, nobody waits.
    if !is_due(settings::get(&app.store.read(), TIDIED_AT).await?, now) {
        return Ok(false);
    }
    app.store
        .write(move |tx| {
            Box::pin(async move {
                let due = is_due(settings::get(tx, TIDIED_AT).await?, now);
                if due {
                    settings::set(tx, TIDIED_AT, &now.to_string()).await?;
                }
                Ok::<_, AppError>(due)
            })
        })
        .await
}

/// A clock that was set back makes it due too, or it would not be for as long as it was ahead.
fn is_due(tidied_at: Option<String>, now: i64) -> bool {
    let since = tidied_at.and_then(|text| text.parse::<i64>().ok()).map(|at| now - at);
    since.is_none_or(|since| !(0..EVERY).contains(&since))
}
