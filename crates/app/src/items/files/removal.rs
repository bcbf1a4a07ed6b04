//! Removing files that belong to nothing: at once where that is known, and once an hour what was left behind.

use qadam_domain::calendar::Timestamp;
use qadam_domain::ids::Uuid;
use qadam_storage::files::{FileStoreError, rows};

use super::{HOUR, unavailable};
use crate::application::App;
use crate::error::AppError;

/// How long a file may lie without evidence, in milliseconds: longer than any upload takes.
const LEFT_BEHIND: i64 = 24 * HOUR;
/// How many files are swept at once.
const SWEPT: u64 = 100;
/// After how many failures one after another the store is left alone: it does not answer, and would let each wait.
const FAILURES_MAX: usize = 10;

/// What became of files that were to be removed.
#[derive(Debug, Default)]
struct Removal {
    gone: Vec<Uuid>,
    kept: Vec<Uuid>,
    /// Why the first of those that are still there is.
    failure: Option<FileStoreError>,
}

/// Forgets who brought files when, and removes files that belong to nothing. How many that were; those that the store does not
/// give up are tried again in an hour, after all others.
pub(crate) async fn sweep(app: &App) -> Result<u64, AppError> {
    let now = app.now().0;
    // First what no store can keep from being done.
    let before = Timestamp(now - HOUR);
    let forgotten: u64 = app
        .store
        .write(move |tx| Box::pin(async move { rows::forget_bringers(tx, before).await }))
        .await
        .map_err(AppError::from)?;
    let left = rows::left_behind(&app.store.read(), Timestamp(now - LEFT_BEHIND), SWEPT).await?;
    let removal = take_away(app, left).await?;
    if let Some(error) = removal.failure {
        tracing::warn!(%error, files = removal.kept.len(), "files that nobody needs were not removed; trying again in an hour");
        let from = Timestamp(now - LEFT_BEHIND + HOUR);
        app.store
            .write(move |tx| Box::pin(async move { rows::postpone(tx, &removal.kept, from).await }))
            .await
            .map_err(AppError::from)?;
    }
    Ok(forgotten + removal.gone.len() as u64)
}

/// Removes files, if they belong to nothing.
pub(crate) async fn remove(app: &App, objects: &[Uuid]) -> Result<(), AppError> {
    match take_away(app, objects.to_vec()).await?.failure {
        None => Ok(()),
        Some(error) => Err(unavailable(&error)),
    }
}

/// Removes files from the store, and then their rows: a file is known of for as long as it lies there.
///
/// Which of them belong to nothing is asked in a write. One that failed for whoever began it may have been committed after
/// all, when the connection broke at its end; writes take turns, so that by the next one it is known.
async fn take_away(app: &App, objects: Vec<Uuid>) -> Result<Removal, AppError> {
    let mut removal = Removal::default();
    if objects.is_empty() {
        return Ok(removal);
    }
    let needless: Vec<Uuid> = app
        .store
        .write(move |tx| Box::pin(async move { rows::belonging_to_nothing(tx, &objects).await }))
        .await
        .map_err(AppError::from)?;
    let mut in_a_row = 0;
    for object in needless {
        match app.files.remove(object).await {
            Ok(()) => {
                removal.gone.push(object);
                in_a_row = 0;
            }
            Err(error) => {
                removal.kept.push(object);
                removal.failure.get_or_insert(error);
                in_a_row += 1;
            }
        }
        if in_a_row == FAILURES_MAX {
            break;
        }
    }
    let gone = removal.gone.clone();
    app.store
        .write(move |tx| Box::pin(async move { rows::forget(tx, &gone).await }))
        .await
        .map_err(AppError::from)?;
    Ok(removal)
}
