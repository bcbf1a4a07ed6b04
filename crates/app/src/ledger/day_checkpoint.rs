//! The checkpoint of a day, which every page shows: the newest that was signed before the day began.
//!
//! All who look at the register on one day see the same one, wherever they look and whichever node answers, so that they
//! can compare what they see. It changes with the local day, as every page does anyway: were it always the newest, each
//! write would change every page. On the first day of a ledger there is none from before, and it is the newest.

use std::sync::Arc;

use arc_swap::ArcSwapOption;
use chrono::{NaiveDate, NaiveTime, TimeZone as _};
use qadam_domain::calendar::Timestamp;
use qadam_ledger::{Checkpoint, SignedNote};
use qadam_storage::ledger as stored;

use crate::application::App;
use crate::clock::local_day;
use crate::error::AppError;

/// A checkpoint with what a page says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayCheckpoint {
    /// What it says.
    pub checkpoint: Checkpoint,
    /// The local day on which it was signed.
    pub signed_on: NaiveDate,
    /// The signed note, as it is published.
    pub note: String,
}

/// The day's checkpoint in a node's memory.
#[derive(Debug, Default)]
pub(crate) struct Remembered(ArcSwapOption<OfDay>);

#[derive(Debug)]
struct OfDay {
    day: NaiveDate,
    checkpoint: Option<Arc<DayCheckpoint>>,
    /// Whether it stays for all of the day.
    stays: bool,
}

/// The checkpoint of today; nothing where the ledger was never signed. Asked of the database once a day.
pub async fn day_checkpoint(app: &App) -> Result<Option<Arc<DayCheckpoint>>, AppError> {
    let remembered = app.day_checkpoint.0.load();
    match remembered.as_deref() {
        Some(of_day) if of_day.day == app.today() => Ok(of_day.checkpoint.clone()),
        _ => read(app).await,
    }
}

/// Reads it anew where it may be another: after entries were admitted, on the first day.
pub(super) async fn refresh(app: &App) -> Result<(), AppError> {
    let remembered = app.day_checkpoint.0.load();
    let stays = remembered.as_deref().is_some_and(|of_day| of_day.stays && of_day.day == app.today());
    if !stays {
        read(app).await?;
    }
    Ok(())
}

async fn read(app: &App) -> Result<Option<Arc<DayCheckpoint>>, AppError> {
    let day = app.today();
    let reader = app.store.read();
    let before = stored::checkpoint_before(&reader, beginning(app, day)).await?;
    let stays = before.is_some();
    let found = match before {
        Some(found) => Some(found),
        None => stored::checkpoint_before(&reader, Timestamp(i64::MAX)).await?,
    };
    let checkpoint = found.map(|(note, signed_at)| told(app, note, signed_at)).transpose()?.map(Arc::new);
    app.day_checkpoint.0.store(Some(Arc::new(OfDay { day, checkpoint: checkpoint.clone(), stays })));
    Ok(checkpoint)
}

/// When a local day begins.
fn beginning(app: &App, day: NaiveDate) -> Timestamp {
    let midnight = day.and_time(NaiveTime::MIN);
    let local = app.settings.time_zone.from_local_datetime(&midnight).earliest();
    Timestamp(local.map_or_else(|| midnight.and_utc().timestamp_millis(), |local| local.timestamp_millis()))
}

fn told(app: &App, note: String, signed_at: Timestamp) -> Result<DayCheckpoint, AppError> {
    let broken = |error: &dyn std::fmt::Display| AppError::Internal(format!("a stored checkpoint: {error}"));
    // It was signed here, or by the key before: what it says is shown, and whoever wants to checks it.
    let text = note.parse::<SignedNote>().map_err(|error| broken(&error))?;
    let checkpoint = Checkpoint::from_text(text.unverified_text()).map_err(|error| broken(&error))?;
    Ok(DayCheckpoint { checkpoint, signed_on: local_day(signed_at, app.settings.time_zone), note })
}
