//! Lists of meetings: newest first, in pages that neither repeat nor lose a meeting.

use qadam_domain::ids::OrganisationId;
use qadam_domain::levels::Level;
use qadam_domain::meetings::{Attendance, Meeting, MeetingKind};
use qadam_storage::Reader;
use qadam_storage::meetings::{Cursor, Filter, Page, list};

use crate::fixtures::{day, insert_organisations, organisation, uuid};
use crate::meetings::{insert, meeting};
use crate::support::{Database, on_both};

/// Numbers of the meetings of [`history`], newest first, the one of unknown day last.
const NEWEST_FIRST: [u128; 6] = [6, 5, 4, 2, 1, 3];

/// Six meetings: two on one day, one of an unknown day, one subgroup.
async fn history(database: &Database) {
    insert_organisations(&database.store, &[organisation(9, "MFA")]).await.unwrap();
    let held = |number: u128, on: Option<&str>| Meeting {
        held_on: on.map(day),
        attendance: vec![Attendance { organisation: OrganisationId(uuid(9)), level: Level::Public }],
        ..meeting(number, &format!("MT-{number}"))
    };
    let subgroup = Meeting { kind: MeetingKind::Subgroup, ..held(5, Some("2024-12-31")) };
    let all = [
        held(1, Some("2015-02-11")),
        held(2, Some("2023-12-01")),
        held(3, None),
        held(4, Some("2024-01-01")),
        subgroup,
        held(6, Some("2024-12-31")),
    ];
    for meeting in all {
        insert(&database.store, &meeting).await.unwrap();
    }
}

async fn page(
    db: &Reader,
    filter: &Filter,
    limit: u64,
    after: Option<Cursor>,
    before: Option<Cursor>,
) -> Vec<(u128, Cursor)> {
    let listed = list(db, filter, &Page { limit, after, before }).await.unwrap();
    listed.into_iter().map(|(meeting, cursor)| (meeting.id.0.as_u128(), cursor)).collect()
}

fn numbers(page: &[(u128, Cursor)]) -> Vec<u128> {
    page.iter().map(|(number, _)| *number).collect()
}

#[tokio::test]
async fn meetings_are_listed_newest_first_with_all_their_parts() {
    on_both(async |database| {
        history(database).await;
        let db = database.store.read();
        let all = Page { limit: 10, after: None, before: None };
        let listed = list(&db, &Filter::default(), &all).await.unwrap();
        let found: Vec<_> = listed.iter().map(|(meeting, _)| meeting.id.0.as_u128()).collect();
        assert_eq!(found, NEWEST_FIRST);
        assert!(listed.iter().all(|(meeting, _)| meeting.attendance.len() == 1));
    })
    .await;
}

#[tokio::test]
async fn pages_forward_and_backward_meet_every_meeting_once() {
    on_both(async |database| {
        history(database).await;
        let db = database.store.read();
        let all = Filter::default();
        // A page of two brings a third row that tells that there is more.
        let first = page(&db, &all, 2, None, None).await;
        assert_eq!(numbers(&first), [6, 5, 4]);
        let second = page(&db, &all, 2, Some(first[1].1.clone()), None).await;
        assert_eq!(numbers(&second), [4, 2, 1]);
        let third = page(&db, &all, 2, Some(second[1].1.clone()), None).await;
        assert_eq!(numbers(&third), [1, 3]);
        assert_eq!(numbers(&page(&db, &all, 2, Some(third[1].1.clone()), None).await), []);

        let back = page(&db, &all, 2, None, Some(third[0].1.clone())).await;
        assert_eq!(numbers(&back), [5, 4, 2]);
        let start = page(&db, &all, 2, None, Some(back[1].1.clone())).await;
        assert_eq!(numbers(&start), [6, 5]);
    })
    .await;
}

#[tokio::test]
async fn filters_by_kind_and_year_hold_together() {
    on_both(async |database| {
        history(database).await;
        let db = database.store.read();
        let years = |from_year, to_year| Filter { from_year, to_year, ..Filter::default() };
        let cases = [
            (years(Some(2024), None), vec![6, 5, 4]),
            (years(None, Some(2023)), vec![2, 1]),
            (years(Some(2016), Some(2023)), vec![2]),
            (years(Some(2016), Some(2022)), vec![]),
            (years(Some(0), Some(9999)), vec![6, 5, 4, 2, 1]),
            (Filter { kinds: vec![MeetingKind::Subgroup], ..Filter::default() }, vec![5]),
            (Filter { kinds: vec![MeetingKind::Plenary], ..years(Some(2024), Some(2024)) }, vec![6, 4]),
            (Filter { kinds: MeetingKind::ALL.to_vec(), ..Filter::default() }, NEWEST_FIRST.to_vec()),
        ];
        for (filter, expected) in cases {
            assert_eq!(numbers(&page(&db, &filter, 10, None, None).await), expected, "{filter:?}");
        }
    })
    .await;
}
