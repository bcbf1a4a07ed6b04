//! The day's checkpoint, posted to those who keep it: what lies in their mailboxes nobody who runs the register can change.
//!
//! Each of them is sent one letter a day, by whichever node comes first. A node says so before it posts, for some minutes:
//! where it dies, or no mail server takes the letter, it is tried again after that.

use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;
use qadam_domain::calendar::Timestamp;
use qadam_domain::language::Language;
use qadam_mail::{CheckpointLetter, checkpoint_letter};
use qadam_storage::settings;

use super::day_checkpoint::{DayCheckpoint, day_checkpoint};
use crate::application::App;
use crate::error::AppError;
use crate::letters::{Delivery, post};

/// How often a node looks whether it is time.
const TICK: Duration = Duration::from_secs(30);

/// For how long a node has the letter to itself that it posts, in seconds.
const TURN_SECONDS: i64 = 600;

/// How a keeper's letter of a day stands, as it is kept: the day, and until when a node has it if it is not posted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Posted {
    day: NaiveDate,
    under_way_until: Option<Timestamp>,
}

impl Posted {
    fn read(text: &str) -> Option<Self> {
        let (day, until) = text.split_once(' ').map_or((text, None), |(day, until)| (day, Some(until)));
        let under_way_until = until.map(|until| until.parse().map(Timestamp)).transpose().ok()?;
        Some(Self { day: day.parse().ok()?, under_way_until })
    }

    fn written(self) -> String {
        let until = self.under_way_until.map(|until| format!(" {}", until.0)).unwrap_or_default();
        format!("{}{until}", self.day)
    }

    /// Whether a letter is to be posted, where the last stands so. A clock that was set back makes none due.
    fn is_due(last: Option<Self>, today: NaiveDate, now: Timestamp) -> bool {
        let Some(last) = last else { return true };
        last.day < today || (last.day == today && last.under_way_until.is_some_and(|until| until <= now))
    }
}

/// Posts what is due until the future is dropped.
pub async fn run(app: Arc<App>) {
    let mut tick = tokio::time::interval(TICK);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        if let Err(error) = post_due(&app).await {
            tracing::warn!(%error, "the day's checkpoint was not posted; trying again");
        }
    }
}

/// Posts the day's checkpoint to every keeper who was not sent it today. How many letters a mail server took.
pub async fn post_due(app: &Arc<App>) -> Result<usize, AppError> {
    if !app.letters.are_posted() || app.settings.checkpoint_keepers.is_empty() {
        return Ok(0);
    }
    let Some(checkpoint) = day_checkpoint(app).await? else { return Ok(0) };
    let mut posted = 0;
    for keeper in &app.settings.checkpoint_keepers {
        posted += usize::from(post_to(app, keeper, &checkpoint).await?);
    }
    Ok(posted)
}

/// Posts it to one keeper, if that is due and no other node does. Whether a mail server took it.
async fn post_to(app: &Arc<App>, keeper: &str, checkpoint: &DayCheckpoint) -> Result<bool, AppError> {
    // Addresses are kept nowhere but where the deployment names them.
    let name = format!("checkpoint_posted/{}", app.sealer.tag("checkpoint keeper", &[keeper.as_bytes()]));
    let (today, now) = (app.today(), app.now());
    let last = settings::get(&app.store.read(), &name).await?;
    if !Posted::is_due(last.as_deref().and_then(Posted::read), today, now) || !claim(app, &name).await? {
        return Ok(false);
    }
    let languages: Vec<Language> = app.settings.languages.iter().collect();
    let letter = checkpoint_letter(&CheckpointLetter {
        to: keeper,
        languages: &languages,
        platform: &app.settings.platform_name,
        size: checkpoint.checkpoint.size,
        today,
        signed_on: checkpoint.signed_on,
        note: &checkpoint.note,
        address: &app.settings.public_url,
    });
    if post(app, &letter).await != Delivery::Sent {
        return Ok(false);
    }
    let done = Posted { day: today, under_way_until: None }.written();
    app.store
        .write(move |tx| Box::pin(async move { Ok::<_, AppError>(settings::set(tx, &name, &done).await?) }))
        .await?;
    Ok(true)
}

/// Notes that this node posts it, unless another came first.
async fn claim(app: &Arc<App>, name: &str) -> Result<bool, AppError> {
    let (name, today, now) = (name.to_owned(), app.today(), app.now());
    let claimed = Posted { day: today, under_way_until: Some(app.after(TURN_SECONDS)) }.written();
    app.store
        .write(move |tx| {
            Box::pin(async move {
                let last = settings::get(tx, &name).await?;
                let due = Posted::is_due(last.as_deref().and_then(Posted::read), today, now);
                if due {
                    settings::set(tx, &name, &claimed).await?;
                }
                Ok::<_, AppError>(due)
            })
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_a_day_is_due_and_one_that_was_not_posted_is_again_after_its_turn() {
        let day = |day: u32| NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
        let (today, now) = (day(2), Timestamp(1_000));
        let posted = |on: u32| Some(Posted { day: day(on), under_way_until: None });
        let begun =
            |on: u32, until: i64| Some(Posted { day: day(on), under_way_until: Some(Timestamp(until)) });
        for (last, due) in [
            (None, true),
            (posted(1), true),
            (posted(2), false),
            (begun(1, 9_000), true),
            (begun(2, 1_001), false),
            (begun(2, 1_000), true),
            (posted(3), false),
            (begun(3, 0), false),
        ] {
            assert_eq!(Posted::is_due(last, today, now), due, "{last:?}");
            let read = last.map(|last| Posted::read(&last.written()));
            assert_eq!(read, last.map(Some), "it is read as it was written");
        }
        assert_eq!(["", "yesterday", "2026-03-02 soon"].map(Posted::read), [None; 3]);
    }
}
