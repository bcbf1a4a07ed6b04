//! Response clocks: found when a stage is due, kept with their item, and each of their steps once.

use qadam_domain::accounts::Viewer;
use qadam_domain::ids::{ClockId, EventId, ItemId};
use qadam_domain::items::response::{ClockKind, ResponseClock, Stage, Step, Terms};
use qadam_domain::items::{Item, Status};
use qadam_domain::levels::Level;
use qadam_storage::items::{self, Filter, Key, NextStage, Page, ResponseStep, Scope, Sort, SortField};
use qadam_storage::{Reader, StorageError, Store};

use crate::fixtures::{day, item, uuid};
use crate::support::on_both;

/// An announced commitment whose clock began on a day.
fn announced(number: u128, started_on: &str) -> Item {
    let id = ClockId(uuid(1_000 + number));
    let clock = ResponseClock::begin(id, ClockKind::Confirmation, day(started_on), &Terms::default());
    Item {
        status: Status::Announced,
        response: Some(clock),
        text_level: Level::Public,
        identity_level: Level::Public,
        ..item(number)
    }
}

async fn insert(store: &Store, all: Vec<Item>) {
    let inserted = store.write(|tx| {
        Box::pin(async move {
            for item in &all {
                items::insert(tx, item).await?;
            }
            Ok::<_, StorageError>(())
        })
    });
    inserted.await.unwrap();
}

async fn save(store: &Store, before: Item, mut after: Item) {
    after.version = before.version + 1;
    let saved = store.write(|tx| Box::pin(async move { items::update(tx, &before, &after).await }));
    saved.await.unwrap();
}

async fn find(db: &Reader, number: u128) -> Item {
    items::find_waiting(db, ItemId(uuid(number))).await.unwrap().unwrap()
}

/// The numbers of the items with a stage due, read in parts of two.
async fn due(db: &Reader, today: &str) -> Vec<u128> {
    let (mut numbers, mut last): (_, Option<NextStage>) = (Vec::new(), None);
    loop {
        let part = items::with_stage_due(db, day(today), last.as_ref(), 2).await.unwrap();
        assert!(part.len() <= 2);
        numbers.extend(part.iter().map(|next| next.item.0.as_u128()));
        last = part.last().cloned();
        if last.is_none() {
            return numbers;
        }
    }
}

#[tokio::test]
async fn items_are_found_when_the_day_of_their_next_stage_has_come() {
    on_both(async |database| {
        let (store, db) = (&database.store, database.store.read());
        let days = ["2025-03-03", "2025-03-01", "2025-03-01", "2025-03-02"];
        let all = days.into_iter().zip(1..).map(|(day, number)| announced(number, day)).collect();
        insert(store, all).await;
        insert(store, vec![item(9)]).await;
        assert_eq!(due(&db, "2025-03-25").await, Vec::<u128>::new());
        assert_eq!(due(&db, "2025-03-26").await, [2, 3], "due soon from five days before the end");
        assert_eq!(due(&db, "2025-03-28").await, [2, 3, 4, 1], "the longest ago first");
        let (before, clock) = (find(&db, 2).await, announced(2, "2025-03-01").response.unwrap());
        assert_eq!(before.response, Some(clock));
        let reached = clock.having_reached(Stage::DueSoon);
        save(store, before.clone(), Item { response: Some(reached), ..before }).await;
        assert_eq!(due(&db, "2025-03-28").await, [3, 4, 1], "recorded");
        assert_eq!(due(&db, "2025-04-01").await, [3, 4, 1, 2], "overdue is next");
        let sent = ResponseClock {
            letter_sent_on: Some(day("2025-05-01")),
            ..reached.having_reached(Stage::ListedForMeeting)
        };
        let before = find(&db, 2).await;
        save(store, before.clone(), Item { response: Some(sent), ..before }).await;
        assert_eq!(find(&db, 2).await.response, Some(sent));
        assert_eq!(due(&db, "2026-01-01").await, [3, 4, 1], "nothing is left to record");
        let before = find(&db, 3).await;
        save(store, before.clone(), Item { status: Status::Planned, response: None, ..before }).await;
        assert_eq!(due(&db, "2026-01-01").await, [4, 1], "it waits no more");
    })
    .await;
}

#[tokio::test]
async fn what_stands_on_the_list_of_the_next_meeting_is_told_to_who_sees_it() {
    on_both(async |database| {
        let (store, db) = (&database.store, database.store.read());
        let hidden =
            Item { text_level: Level::Own, identity_level: Level::Own, ..announced(4, "2025-01-01") };
        let all =
            vec![announced(1, "2025-03-01"), announced(2, "2025-02-01"), announced(3, "2025-06-01"), hidden];
        insert(store, all).await;
        let listed = async |today: &str| {
            let filter = Filter {
                stages: vec![Stage::ListedForMeeting],
                today: Some(day(today)),
                ..Filter::default()
            };
            let sort = Sort { field: SortField::Filed, descending: false };
            let page = Page { limit: 10, after: None, before: None };
            let found =
                items::list(&db, Scope::visible_to(Viewer::Anonymous), &filter, sort, &page).await.unwrap();
            let mut numbers: Vec<_> = found.iter().map(|(item, _)| item.id.0.as_u128()).collect();
            numbers.sort_unstable();
            numbers
        };
        assert_eq!(listed("2025-03-23").await, Vec::<u128>::new());
        assert_eq!(listed("2025-03-24").await, [2]);
        assert_eq!(listed("2025-06-30").await, [1, 2]);
        let planned = Item { status: Status::Planned, response: None, ..announced(2, "2025-02-01") };
        save(store, find(&db, 2).await, planned).await;
        assert_eq!(listed("2025-06-30").await, [1]);
        let scope = Scope::visible_to(Viewer::Anonymous);
        assert!(items::find(&db, scope, Key::Id(ItemId(uuid(4)))).await.unwrap().is_none());
        assert_eq!(find(&db, 4).await.text_level, Level::Own, "the program itself sees it");
    })
    .await;
}

#[tokio::test]
async fn a_step_is_kept_once_for_each_clock() {
    on_both(async |database| {
        let (store, db) = (&database.store, database.store.read());
        insert(store, vec![announced(1, "2025-03-01")]).await;
        let step = |id: u128, clock: u128, step: Step| ResponseStep {
            id: EventId(uuid(id)),
            item: ItemId(uuid(1)),
            position: i64::try_from(id).unwrap(),
            clock: ClockId(uuid(clock)),
            kind: ClockKind::Confirmation,
            started_on: day("2025-03-01"),
            step,
            due_on: day("2025-03-26"),
            recorded_on: day("2025-03-27"),
            role: None,
            organisation: None,
            level: Level::Public,
        };
        let write = async |step: ResponseStep| {
            store.write(|tx| Box::pin(async move { items::insert_response_step(tx, &step).await })).await
        };
        let soon = Step::Reached(Stage::DueSoon);
        let all = [step(1, 7, soon), step(2, 7, Step::LetterSent), step(3, 8, soon)];
        for step in all.clone() {
            write(step).await.unwrap();
        }
        write(step(4, 7, soon)).await.unwrap_err();
        write(step(5, 8, soon)).await.unwrap_err();
        assert_eq!(items::response_steps(&db, ItemId(uuid(1)), Level::Public).await.unwrap(), all);
        let floors = [(ItemId(uuid(1)), Level::Public)];
        assert_eq!(items::newest_response_steps(&db, &floors, 2).await.unwrap(), all[1..]);
    })
    .await;
}
