//! Drafts that nobody touches are deleted, after those who write them were told: what nobody will file need not lie where
//! it can be taken.

use std::sync::Arc;

use chrono::NaiveDate;
use qadam_domain::calendar::Timestamp;
use qadam_domain::items::retention::{DRAFT_NOTICE_DAYS, DraftFate};
use qadam_domain::items::{Item, Status};
use qadam_storage::Tx;
use qadam_storage::accounts::{self, Account};
use qadam_storage::items::{self as stored, Key, Scope};

use crate::application::App;
use crate::clock::local_day;
use crate::error::AppError;
use crate::letters::tell_of_draft;

/// A day in seconds.
const DAY: i64 = 86_400;

/// What was done to a draft.
enum Done {
    /// Those who write it are told.
    Told(Vec<Account>),
    /// It is deleted.
    Deleted,
}

/// Tells of drafts that they will be deleted, and deletes those whose time has come; each in a write of its own in which it
/// is read anew, so that of several nodes one does it and whoever touches it meanwhile keeps it. Of how many drafts, a
/// hundred at most: call it again while it is not zero.
pub(crate) async fn end_stale_drafts(app: &Arc<App>) -> Result<u64, AppError> {
    let (term, now) = (app.settings.draft_term, app.now());
    let told_by = app.after(-i64::from(DRAFT_NOTICE_DAYS) * DAY);
    let stale = stored::stale_drafts(&app.store.read(), term.touched_before(now), told_by).await?;
    let mut done = 0;
    for draft in stale {
        let shared = Arc::clone(app);
        let write = app
            .store
            .write(move |tx| Box::pin(async move { end(&shared, tx, Key::Id(draft.id), now).await }));
        match write.await? {
            Some(Done::Told(writers)) => {
                let until = local_day(app.after(i64::from(DRAFT_NOTICE_DAYS) * DAY), app.settings.time_zone);
                for writer in &writers {
                    tell_of_draft(app, writer, until).await;
                }
                done += 1;
            }
            Some(Done::Deleted) => done += 1,
            None => {}
        }
    }
    Ok(done)
}

async fn end(app: &App, tx: &Tx, key: Key, now: Timestamp) -> Result<Option<Done>, AppError> {
    let found = stored::find(tx, Scope::everything(), key).await?;
    let Some(item) = found.filter(|item| item.status == Status::Draft) else { return Ok(None) };
    let told_at = stored::draft_told_at(tx, item.id).await?;
    match app.settings.draft_term.fate(touched_at(&item), told_at, now) {
        DraftFate::Stays => Ok(None),
        DraftFate::IsTold => {
            stored::note_draft_told(tx, item.id, now).await?;
            let mut writers = Vec::new();
            for id in &item.drafters {
                writers.extend(accounts::find(tx, *id).await?);
            }
            Ok(Some(Done::Told(writers)))
        }
        DraftFate::Ends => {
            stored::delete(tx, &item).await?;
            Ok(Some(Done::Deleted))
        }
    }
}

/// Until when a draft stays at least, if nobody touches it; nothing for what was filed, which stays.
pub(super) fn kept_until(app: &App, item: &Item) -> Option<NaiveDate> {
    let until = app.settings.draft_term.kept_until(touched_at(item));
    (item.status == Status::Draft).then(|| local_day(until, app.settings.time_zone))
}

/// When a draft was last touched.
const fn touched_at(item: &Item) -> Timestamp {
    let [own, ..] = item.changed;
    own.at
}
