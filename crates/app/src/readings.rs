//! Who was given what is not public: kept for whoever filed it, and for the organisation whose people looked.
//!
//! A reading is of a day, by an account that did not file or add the record. It is heard where views are made, in memory,
//! and written down within a second: a reader does not wait for a write, and reads on while the disk is full. Each is
//! written once a day, so that reading costs no writes. Of what was heard and not written a node that is killed loses a
//! second; where so much waits that memory would grow, what is not public is refused ([`Code::Unavailable`]) and not
//! given unheard.
//!
//! Organisations of civil society that read are not named to others: whoever files could lay out what only few read, to
//! see who comes.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::NaiveDate;
use qadam_domain::accounts::{Actor, Role, Viewer};
use qadam_domain::ids::{ContributionId, OrganisationId, UserId, Uuid};
use qadam_domain::items::contributions::Contribution;
use qadam_domain::items::{Item, Status};
use qadam_domain::levels::{Level, Relation};
use qadam_domain::organisations::OrganisationKind;
use qadam_storage::accounts;
use qadam_storage::items::{self as stored_items, Key};
use qadam_storage::readings::{self as stored, Reading, Shown};

use crate::application::App;
use crate::error::{AppError, Code};
use crate::items::{find_visible, seen};

/// How long is gathered before it is written down.
const GATHERED: Duration = Duration::from_secs(1);

/// How many readings a node remembers to have heard today; beyond them it begins anew, and writes some twice.
const HEARD_MAX: usize = 200_000;

/// How many readings may wait to be written.
const WAITING_MAX: usize = 50_000;

/// How many are written down at once.
const BATCH: usize = 2_000;

/// How many readings are shown of an item at most.
const SHOWN_MAX: u64 = 1_000;

/// What a node heard.
#[derive(Debug, Default)]
pub(crate) struct Heard {
    state: Mutex<State>,
    something: tokio::sync::Notify,
}

#[derive(Debug, Default)]
struct State {
    day: NaiveDate,
    /// What was heard on that day, and whether the record was opened.
    heard: HashMap<(Uuid, UserId), bool>,
    waiting: Vec<Reading>,
}

impl Heard {
    /// Hears of a reading. It is an error where too much waits to be written.
    fn hear(&self, reading: Reading) -> Result<(), AppError> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.day != reading.on || state.heard.len() >= HEARD_MAX {
            state.day = reading.on;
            state.heard.clear();
        }
        let full = state.waiting.len() >= WAITING_MAX;
        match state.heard.entry((reading.record, reading.account)) {
            Entry::Occupied(known) if *known.get() || !reading.opened => return Ok(()),
            _ if full => return Err(Code::Unavailable.into()),
            Entry::Occupied(mut known) => *known.get_mut() = true,
            Entry::Vacant(new) => {
                new.insert(reading.opened);
            }
        }
        state.waiting.push(reading);
        drop(state);
        self.something.notify_one();
        Ok(())
    }

    fn take(&self) -> Vec<Reading> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let many = state.waiting.len().min(BATCH);
        state.waiting.drain(..many).collect()
    }

    /// Puts back what could not be written.
    fn put_back(&self, mut readings: Vec<Reading>) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        readings.append(&mut state.waiting);
        state.waiting = readings;
    }
}

/// Hears that a viewer is given items: opened, or in a list.
pub(crate) fn hear_items<'a>(
    app: &App,
    viewer: &Viewer,
    items: impl IntoIterator<Item = &'a Item>,
    opened: bool,
) -> Result<(), AppError> {
    let Some(actor) = viewer.actor() else { return Ok(()) };
    for item in items {
        // A draft is read by those alone who write it, and what whoever files reads is its own.
        let is_own = item.status == Status::Draft || item.relation(viewer) == Relation::Submitter;
        if item.text_level < Level::Public && !is_own {
            hear(app, actor, item.id.0, opened)?;
        }
    }
    Ok(())
}

/// Hears that a viewer is given what was said about an item while it was not public.
pub(crate) fn hear_earlier(app: &App, viewer: &Viewer, item: &Item) -> Result<(), AppError> {
    match viewer.actor() {
        Some(actor) if item.relation(viewer) != Relation::Submitter => hear(app, actor, item.id.0, true),
        _ => Ok(()),
    }
}

/// Hears that a viewer is given something that was added to an item.
pub(crate) fn hear_added(
    app: &App,
    viewer: &Viewer,
    item: &Item,
    added: &Contribution,
) -> Result<(), AppError> {
    let Some(actor) = viewer.actor() else { return Ok(()) };
    let own = [added.organisation, added.readership.heard_by].contains(&Some(actor.organisation));
    // What is read as the item is heard of with the item.
    let level = added.sight.text_on(item.text_level);
    if own || level == item.text_level || added.position == 0 {
        return Ok(());
    }
    hear(app, actor, added.id.0, true)
}

/// Hears that a viewer is given what the ledger tells few of things that were added to items. Those read it whom no author
/// is among: at these levels the ledger serves the secretariat alone.
pub(crate) fn hear_of_additions(
    app: &App,
    viewer: &Viewer,
    added: impl IntoIterator<Item = ContributionId>,
) -> Result<(), AppError> {
    let Some(actor) = viewer.actor() else { return Ok(()) };
    added.into_iter().try_for_each(|id| hear(app, actor, id.0, true))
}

fn hear(app: &App, actor: &Actor, record: Uuid, opened: bool) -> Result<(), AppError> {
    app.heard.hear(Reading {
        record,
        on: app.today(),
        account: actor.user,
        organisation: actor.organisation,
        role: actor.role,
        opened,
    })
}

/// Writes down what is heard until the future is dropped.
pub async fn run(app: Arc<App>) {
    loop {
        app.heard.something.notified().await;
        tokio::time::sleep(GATHERED).await;
        if let Err(error) = write_down(&app).await {
            tracing::warn!(%error, "who read what is not public was not written down; trying again");
            app.heard.something.notify_one();
        }
    }
}

/// Writes down all that was heard. How many readings that were.
pub async fn write_down(app: &App) -> Result<usize, AppError> {
    let mut written = 0;
    loop {
        let readings = app.heard.take();
        if readings.is_empty() {
            return Ok(written);
        }
        let batch = readings.clone();
        let outcome = app
            .store
            .write(move |tx| Box::pin(async move { Ok::<_, AppError>(stored::insert(tx, &batch).await?) }))
            .await;
        if let Err(error) = outcome {
            app.heard.put_back(readings);
            return Err(error);
        }
        written += readings.len();
    }
}

/// Forgets the readings of a day that are older than they are kept. How many there were.
pub(crate) async fn forget_old(app: &App) -> Result<u64, AppError> {
    let kept = chrono::Days::new(u64::from(app.settings.reading_days));
    let before = app.today().checked_sub_days(kept).unwrap_or_default();
    app.store
        .write(move |tx| {
            Box::pin(async move { Ok::<_, AppError>(stored::delete_a_day_before(tx, before).await?) })
        })
        .await
}

/// That people of an organisation were given something on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingView {
    /// What was added to the item, where it was that and not the item.
    pub added: Option<ContributionId>,
    /// The local day.
    pub on: NaiveDate,
    /// For whom; `None` for an organisation of civil society that is not the viewer's.
    pub organisation: Option<OrganisationId>,
    /// In which role.
    pub role: Role,
    /// Whether they looked at it, and it did not just stand in a list.
    pub opened: bool,
    /// How many people.
    pub people: u32,
    /// Their names, where they are the viewer's colleagues.
    pub names: Vec<String>,
}

/// Who was given what is not public about an item, the newest day first: all of them for whoever filed it or added
/// something, and for everybody else those of their own organisation.
pub async fn readings(app: &App, viewer: &Viewer, key: Key) -> Result<Vec<ReadingView>, AppError> {
    let actor = viewer.actor().ok_or(Code::Unauthenticated)?;
    let reader = app.store.read();
    let item = find_visible(&reader, viewer, key).await?;
    let added = stored_items::contributions(&reader, &seen(viewer, [&item]), &[]).await?;
    let own = added.iter().filter(|one| one.organisation == Some(actor.organisation));
    let mut shown = Shown { all_of: own.map(|one| one.id.0).collect(), own_of: None };
    if item.relation(viewer) == Relation::Submitter {
        shown.all_of.push(item.id.0);
    } else {
        shown.own_of = Some((item.id.0, actor.organisation));
    }
    let found = stored::newest(&reader, &shown, SHOWN_MAX).await?;
    let mut views: Vec<ReadingView> = Vec::new();
    for reading in found {
        let name = if reading.organisation == actor.organisation {
            accounts::find(&reader, reading.account).await?.map(|account| account.name)
        } else {
            None
        };
        gather(&mut views, &view(app, actor, &item, &reading), name);
    }
    views.sort_by_key(|view| std::cmp::Reverse(view.on));
    Ok(views)
}

fn view(app: &App, actor: &Actor, item: &Item, reading: &Reading) -> ReadingView {
    let directory = app.directory();
    let kind = directory.get(reading.organisation).map(|organisation| organisation.kind);
    let is_named = reading.organisation == actor.organisation || kind != Some(OrganisationKind::CivilSociety);
    ReadingView {
        added: (reading.record != item.id.0).then_some(ContributionId(reading.record)),
        on: reading.on,
        organisation: is_named.then_some(reading.organisation),
        role: reading.role,
        opened: reading.opened,
        people: 0,
        names: Vec::new(),
    }
}

/// Counts a reading with those that say the same.
fn gather(views: &mut Vec<ReadingView>, one: &ReadingView, name: Option<String>) {
    let same = |view: &ReadingView| {
        (view.added, view.on, view.organisation, view.role, view.opened)
            == (one.added, one.on, one.organisation, one.role, one.opened)
    };
    let place = views.iter().position(same).unwrap_or_else(|| {
        views.push(one.clone());
        views.len() - 1
    });
    if let Some(view) = views.get_mut(place) {
        view.people += 1;
        view.names.extend(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(record: u128, day: &str, opened: bool) -> Reading {
        Reading {
            record: Uuid::from_u128(record),
            on: day.parse().unwrap(),
            account: UserId(Uuid::from_u128(7)),
            organisation: OrganisationId(Uuid::from_u128(8)),
            role: Role::Officer,
            opened,
        }
    }

    #[test]
    fn a_reading_waits_once_a_day_and_once_more_when_the_record_is_opened() {
        let heard = Heard::default();
        for (record, day, opened, waits) in [
            (1, "2026-03-01", false, 1),
            (1, "2026-03-01", false, 0),
            (1, "2026-03-01", true, 1),
            (1, "2026-03-01", true, 0),
            (1, "2026-03-01", false, 0),
            (2, "2026-03-01", true, 1),
            (1, "2026-03-02", false, 1),
        ] {
            heard.hear(reading(record, day, opened)).unwrap();
            assert_eq!(heard.take().len(), waits, "{record} {day} {opened}");
        }
    }

    #[test]
    fn what_is_not_public_is_refused_before_it_is_given_unheard() {
        let heard = Heard::default();
        for record in 0..WAITING_MAX {
            heard.hear(reading(record as u128, "2026-03-01", true)).unwrap();
        }
        let refused = heard.hear(reading(u128::MAX, "2026-03-01", true));
        assert!(matches!(refused, Err(AppError::Refused(Code::Unavailable))));
        heard.hear(reading(1, "2026-03-01", true)).expect("that was heard already");
        let taken = heard.take();
        assert_eq!(taken.len(), BATCH);
        heard.put_back(taken.clone());
        assert_eq!(heard.take(), taken, "what could not be written comes first again");
        heard.hear(reading(u128::MAX, "2026-03-01", true)).expect("there is room again");
    }
}
