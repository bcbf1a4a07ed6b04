//! A meeting is read back whole, and its parts keep their identifiers through every change.

use qadam_domain::calendar::{Deadline, Precision};
use qadam_domain::ids::{AgendaItemId, DecisionId, ItemId, MeetingId, OrganisationId};
use qadam_domain::items::RecordedFrom;
use qadam_domain::language::{Language, LanguageMap};
use qadam_domain::levels::Level;
use qadam_domain::meetings::{
    AgendaItem, Attendance, Decision, Meeting, MeetingKind, OfficeHolder, ProtocolState,
};
use qadam_storage::meetings::{self, Key};
use qadam_storage::{StorageError, Store};

use crate::fixtures::{
    NOW, day, insert_items, insert_organisations, later, organisation, three_languages, uuid,
};
use crate::support::{Database, on_both};

/// Organisations 1 and 2, items 50 to 53.
async fn surroundings(database: &Database) {
    insert_organisations(&database.store, &[organisation(1, "MFA"), organisation(2, "GPO")]).await.unwrap();
    insert_items(&database.store, &[50, 51, 52, 53]).await.unwrap();
}

/// A meeting without parts, held on 11 February 2015.
pub(crate) fn meeting(number: u128, code: &str) -> Meeting {
    Meeting {
        id: MeetingId(uuid(number)),
        code: code.to_owned(),
        kind: MeetingKind::Plenary,
        title: three_languages("Отырыс", "Заседание", "Meeting"),
        topics: LanguageMap::default(),
        held_on: Some(day("2015-02-11")),
        held_on_precision: Precision::Day,
        held_until: None,
        published_on: None,
        place: LanguageMap::default(),
        chairs: Vec::new(),
        protocol: ProtocolState::Draft,
        objections_until: None,
        recorded_from: None,
        agenda: Vec::new(),
        decisions: Vec::new(),
        attendance: Vec::new(),
        version: 1,
        updated_at: NOW,
    }
}

fn line(number: i32, id: u128, items: &[u128]) -> AgendaItem {
    AgendaItem {
        id: AgendaItemId(uuid(id)),
        number,
        title: LanguageMap::single(Language::English, format!("Point {id}")),
        speakers: vec![OfficeHolder {
            office: LanguageMap::single(Language::Kazakh, "Сыртқы істер министрі"),
            holder: None,
            organisation: Some(OrganisationId(uuid(1))),
        }],
        items: items.iter().map(|id| ItemId(uuid(*id))).collect(),
        protocol_text: LanguageMap::single(Language::Russian, "Заслушали"),
        level: Level::Members,
    }
}

fn decision(number: i32, id: u128, line: Option<u128>, implements: &[u128]) -> Decision {
    Decision {
        id: DecisionId(uuid(id)),
        number,
        agenda_item: line.map(|id| AgendaItemId(uuid(id))),
        text: LanguageMap::single(Language::Russian, format!("Решение {id}")),
        lead: OrganisationId(uuid(2)),
        due: Some(Deadline::new(day("2015-06-01"), Precision::Quarter)),
        implements: implements.iter().map(|id| ItemId(uuid(*id))).collect(),
        commitment: None,
    }
}

/// A meeting with everything a meeting can have.
fn full_meeting() -> Meeting {
    Meeting {
        kind: MeetingKind::Subgroup,
        topics: LanguageMap::single(Language::Kazakh, "2014 жылдың қорытындысы"),
        held_until: Some(day("2015-02-12")),
        held_on_precision: Precision::Month,
        published_on: Some(day("2015-02-20")),
        place: three_languages("Астана", "Астана", "Astana"),
        chairs: vec![OfficeHolder {
            office: LanguageMap::single(Language::English, "Minister of Foreign Affairs"),
            holder: Some("E. Idrissov".to_owned()),
            organisation: Some(OrganisationId(uuid(1))),
        }],
        protocol: ProtocolState::Circulated,
        objections_until: Some(day("2015-03-01")),
        recorded_from: Some(RecordedFrom {
            label: "astanatimes.com, 2015-02".to_owned(),
            url: Some("https://astanatimes.com/2015/02/".to_owned()),
            on: Some(day("2015-02-20")),
            note: LanguageMap::single(Language::English, "A working group was set up"),
        }),
        agenda: vec![line(1, 61, &[53, 50]), line(2, 62, &[]), line(3, 63, &[51])],
        decisions: vec![
            decision(1, 71, Some(61), &[52, 50, 51]),
            Decision { due: None, commitment: Some(ItemId(uuid(53))), ..decision(2, 72, None, &[]) },
        ],
        attendance: vec![
            Attendance { organisation: OrganisationId(uuid(2)), level: Level::Public },
            Attendance { organisation: OrganisationId(uuid(1)), level: Level::Secretariat },
        ],
        version: 3,
        updated_at: later(5),
        ..meeting(40, "MT-2015-01")
    }
}

pub(crate) async fn insert(store: &Store, meeting: &Meeting) -> Result<(), StorageError> {
    let meeting = meeting.clone();
    store.write(|tx| Box::pin(async move { meetings::insert(tx, &meeting, 7).await })).await
}

async fn update(store: &Store, before: &Meeting, after: &Meeting) -> Result<(), StorageError> {
    let (before, after) = (before.clone(), after.clone());
    store.write(|tx| Box::pin(async move { meetings::update(tx, &before, &after, 8).await })).await
}

async fn stored(store: &Store) -> Meeting {
    let found = meetings::find(&store.read(), &Key::Id(MeetingId(uuid(40)))).await.unwrap();
    found.expect("the meeting is there")
}

#[tokio::test]
async fn a_meeting_is_read_back_whole_by_identifier_and_by_code() {
    on_both(async |database| {
        surroundings(database).await;
        insert(&database.store, &full_meeting()).await.unwrap();
        insert(&database.store, &meeting(41, "MT-2015-02")).await.unwrap();
        let db = database.store.read();
        assert_eq!(stored(&database.store).await, full_meeting());
        let by_code = meetings::find(&db, &Key::Code("MT-2015-01".to_owned())).await.unwrap();
        assert_eq!(by_code, Some(full_meeting()));
        let bare = meetings::find(&db, &Key::Code("MT-2015-02".to_owned())).await.unwrap();
        assert_eq!(bare, Some(meeting(41, "MT-2015-02")));
        assert_eq!(meetings::find(&db, &Key::Id(MeetingId(uuid(42)))).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_code_belongs_to_one_meeting() {
    on_both(async |database| {
        insert(&database.store, &meeting(40, "MT-2015-01")).await.unwrap();
        let refused = insert(&database.store, &meeting(41, "MT-2015-01")).await;
        assert!(matches!(refused, Err(StorageError::Taken(_))), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn parts_may_swap_numbers_come_and_go_and_keep_their_identifiers() {
    on_both(async |database| {
        surroundings(database).await;
        let before = full_meeting();
        insert(&database.store, &before).await.unwrap();
        let after = Meeting {
            version: 4,
            updated_at: later(9),
            // 62 goes, 61 and 63 swap, 64 takes the number of 62, the items of 61 are reordered.
            agenda: vec![line(1, 63, &[51]), line(2, 64, &[52]), line(3, 61, &[50, 53])],
            // 71 goes and its number with it to 72, which now stands under the new line; 73 is new.
            decisions: vec![
                Decision { agenda_item: Some(AgendaItemId(uuid(64))), ..decision(1, 72, None, &[51]) },
                decision(2, 73, Some(63), &[]),
            ],
            attendance: vec![Attendance { organisation: OrganisationId(uuid(1)), level: Level::Public }],
            ..before.clone()
        };
        update(&database.store, &before, &after).await.unwrap();
        assert_eq!(stored(&database.store).await, after);

        let swapped = Meeting {
            version: 5,
            decisions: vec![
                Decision { number: 1, ..after.decisions[1].clone() },
                Decision { number: 2, ..after.decisions[0].clone() },
            ],
            ..after.clone()
        };
        update(&database.store, &after, &swapped).await.unwrap();
        assert_eq!(stored(&database.store).await, swapped);

        let emptied = Meeting {
            version: 6,
            agenda: Vec::new(),
            decisions: Vec::new(),
            attendance: Vec::new(),
            ..swapped.clone()
        };
        update(&database.store, &swapped, &emptied).await.unwrap();
        assert_eq!(stored(&database.store).await, emptied);
    })
    .await;
}

#[tokio::test]
async fn a_change_of_the_meeting_alone_leaves_its_parts_as_they_are() {
    on_both(async |database| {
        surroundings(database).await;
        let before = full_meeting();
        insert(&database.store, &before).await.unwrap();
        let after = Meeting {
            version: 4,
            held_on: None,
            held_until: None,
            protocol: ProtocolState::Approved,
            recorded_from: None,
            title: LanguageMap::single(Language::Russian, "Другое заседание"),
            ..before.clone()
        };
        update(&database.store, &before, &after).await.unwrap();
        assert_eq!(stored(&database.store).await, after);
    })
    .await;
}

#[tokio::test]
async fn a_line_that_a_decision_stands_under_does_not_go() {
    on_both(async |database| {
        surroundings(database).await;
        let before = full_meeting();
        insert(&database.store, &before).await.unwrap();
        let after = Meeting { version: 4, agenda: vec![line(1, 62, &[])], ..before.clone() };
        let refused = update(&database.store, &before, &after).await;
        assert!(matches!(refused, Err(StorageError::ReferenceBroken)), "{refused:?}");
        assert_eq!(stored(&database.store).await, before);
    })
    .await;
}

#[tokio::test]
async fn a_line_of_another_meeting_is_not_taken_over() {
    on_both(async |database| {
        surroundings(database).await;
        insert(&database.store, &full_meeting()).await.unwrap();
        let other = meeting(41, "MT-2015-02");
        insert(&database.store, &other).await.unwrap();
        let thief = Meeting { version: 2, agenda: vec![line(1, 61, &[])], ..other.clone() };
        let refused = update(&database.store, &other, &thief).await;
        assert!(matches!(refused, Err(StorageError::Taken(_))), "{refused:?}");
        assert_eq!(stored(&database.store).await, full_meeting());
    })
    .await;
}

#[tokio::test]
async fn two_parts_with_one_number_are_refused() {
    on_both(async |database| {
        surroundings(database).await;
        let before = full_meeting();
        insert(&database.store, &before).await.unwrap();
        let after = Meeting {
            version: 4,
            decisions: vec![decision(1, 71, None, &[]), decision(1, 72, None, &[])],
            ..before.clone()
        };
        let refused = update(&database.store, &before, &after).await;
        assert!(matches!(refused, Err(StorageError::Taken(_))), "{refused:?}");
        assert_eq!(stored(&database.store).await, before);
    })
    .await;
}

#[tokio::test]
async fn a_meeting_is_saved_over_the_version_that_was_read_and_over_no_other() {
    on_both(async |database| {
        surroundings(database).await;
        let before = full_meeting();
        insert(&database.store, &before).await.unwrap();
        let stale = Meeting { version: 2, ..before.clone() };
        let late = Meeting { version: 3, agenda: Vec::new(), decisions: Vec::new(), ..before.clone() };
        let refused = update(&database.store, &stale, &late).await;
        assert!(matches!(refused, Err(StorageError::VersionConflict)), "{refused:?}");
        assert_eq!(stored(&database.store).await, before);
    })
    .await;
}

#[tokio::test]
async fn an_item_tells_under_which_lines_it_was_discussed() {
    on_both(async |database| {
        surroundings(database).await;
        insert(&database.store, &full_meeting()).await.unwrap();
        let earlier = Meeting {
            held_on: Some(day("2014-01-01")),
            agenda: vec![line(2, 65, &[50]), line(1, 66, &[50, 51])],
            ..meeting(41, "MT-2014-01")
        };
        insert(&database.store, &earlier).await.unwrap();
        let db = database.store.read();
        let place = |meeting, line| (MeetingId(uuid(meeting)), AgendaItemId(uuid(line)));
        let of_item = async |number| meetings::agenda_of_item(&db, ItemId(uuid(number))).await.unwrap();
        assert_eq!(of_item(50).await, [place(41, 66), place(41, 65), place(40, 61)]);
        assert_eq!(of_item(51).await, [place(41, 66), place(40, 63)]);
        assert_eq!(of_item(52).await, []);
    })
    .await;
}

#[tokio::test]
async fn a_damaged_part_is_named_and_not_guessed_at() {
    let damages = [
        ("UPDATE decision SET due_precision = 'week' WHERE due_on IS NOT NULL", "decision", "due_precision"),
        ("UPDATE agenda_item SET number = 5000000000 WHERE number = 3", "agenda_item", "number"),
        ("UPDATE meeting SET published_on = 'yesterday'", "meeting", "published_on"),
    ];
    for (damage, table, column) in damages {
        on_both(async |database| {
            surroundings(database).await;
            insert(&database.store, &full_meeting()).await.unwrap();
            database.execute(damage).await;
            let found = meetings::find(&database.store.read(), &Key::Id(MeetingId(uuid(40)))).await;
            let Err(StorageError::Inconsistent { table: named, column: at, .. }) = found else {
                panic!("a damaged {table} was read");
            };
            assert_eq!((named, at), (table, column));
        })
        .await;
    }
}
