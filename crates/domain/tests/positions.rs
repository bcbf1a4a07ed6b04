//! Positions over all combinations of what the body says and what others found.

#![expect(clippy::unwrap_used, reason = "a test that meets the unexpected fails")]

#[path = "samples/mod.rs"]
mod samples;

use chrono::NaiveDate;
use proptest::prelude::*;
use qadam_domain::calendar::{AsOf, Precision};
use qadam_domain::ids::{ContributionId, ItemId, OrganisationId, Uuid};
use qadam_domain::items::assessments::{Assessor, Finding, Voice};
use qadam_domain::items::positions::{Found, current, positions};
use qadam_domain::items::{ClosingResult, Item, Owner, OwnerRole, Status};
use qadam_domain::levels::Level;

const ITEM: ItemId = ItemId(Uuid::from_u128(1));
const AIM: ItemId = ItemId(Uuid::from_u128(2));

fn day(number: u32) -> AsOf {
    AsOf { on: NaiveDate::from_ymd_opt(2026, 1, number).unwrap(), precision: Precision::Day }
}

fn organisation(number: u128) -> Assessor {
    Assessor::Organisation(OrganisationId(Uuid::from_u128(number)))
}

fn found(place: i64, item: ItemId, by: u128, voice: Voice, finding: Finding, on: u32) -> Found {
    Found {
        id: ContributionId(Uuid::from_u128(u128::from(place.unsigned_abs()))),
        item,
        assessor: organisation(by),
        voice,
        finding,
        scale_code: None,
        as_of: day(on),
        position: place,
        changed: place,
        level: Level::Public,
        named: true,
    }
}

fn item(status: Status, result: Option<ClosingResult>) -> Item {
    let lead = Owner {
        organisation: OrganisationId(Uuid::from_u128(99)),
        role: OwnerRole::Lead,
        by_agreement: false,
    };
    Item { id: ITEM, status, closing_result: result, owners: vec![lead], ..samples::item(1) }
}

/// The statuses at which the responsible body has said something, by hand.
const SPOKEN: [&str; 8] =
    ["accepted", "partly_accepted", "noted", "declined", "planned", "in_progress", "reported_done", "closed"];

#[test]
fn positions_differ_where_done_is_said_and_the_contrary_found_whatever_the_combination() {
    let contrary = ["initial_steps", "not_implemented", "counteracted", "regressed"];
    let mut combinations = 0;
    for status in Status::ALL {
        let results: Vec<Option<ClosingResult>> = if *status == Status::Closed {
            ClosingResult::ALL.into_iter().map(Some).chain([None]).collect()
        } else {
            vec![None]
        };
        for result in results {
            let done = status.code() == "reported_done"
                || (status.code() == "closed" && result == Some(ClosingResult::Implemented));
            for voice in Voice::ALL {
                for finding in Finding::ALL {
                    for on in [ITEM, AIM] {
                        let item = item(*status, result);
                        let positions = positions(&item, &[found(1, on, 7, *voice, *finding, 1)]);
                        let differs = done && contrary.contains(&finding.code());
                        assert_eq!(positions.disagreement, differs, "{status:?} {result:?} {finding:?}");
                        let spoken = SPOKEN.contains(&status.code());
                        assert_eq!(positions.state.map(|it| it.status), spoken.then_some(*status));
                        let voices =
                            [&positions.civil_society, &positions.independent, &positions.mechanisms];
                        for (other, position) in Voice::ALL.iter().zip(voices) {
                            assert_eq!(position.is_some(), other == voice, "{voice:?} {other:?}");
                            let counted = position.as_ref().map_or(0, |it| it.counts.values().sum());
                            assert_eq!(counted, u64::from(other == voice && on == ITEM));
                        }
                        combinations += 1;
                    }
                }
            }
        }
    }
    assert!(combinations > 1_000, "{combinations}");
}

#[test]
fn nobody_speaks_for_the_state_where_nobody_owns_the_item() {
    let orphan = Item { owners: Vec::new(), ..item(Status::Planned, None) };
    assert_eq!(positions(&orphan, &[]).state, None);
}

#[test]
fn the_newest_finding_of_an_assessor_counts_by_the_day_it_holds_for() {
    let independent = Voice::Independent;
    let all = [
        found(1, ITEM, 7, independent, Finding::NotImplemented, 20),
        // Recorded later, about an earlier day.
        found(2, ITEM, 7, independent, Finding::Implemented, 10),
        found(3, ITEM, 8, independent, Finding::InitialSteps, 5),
        // The same day: the later word.
        found(4, ITEM, 8, independent, Finding::Implemented, 5),
        found(5, AIM, 8, independent, Finding::Regressed, 1),
    ];
    let kept: Vec<i64> = current(&all).into_iter().map(|found| found.position).collect();
    assert_eq!(kept, [1, 4, 5], "newest first");
    let voice = positions(&item(Status::Planned, None), &all).independent.unwrap();
    let latest: Vec<i64> = voice.latest.iter().map(|found| found.position).collect();
    assert_eq!(latest, [1, 4, 5], "those on the aim after its own");
    assert_eq!(voice.counts.values().sum::<u64>(), 2);
}

proptest! {
    #[test]
    fn one_finding_an_assessor_and_item_is_current_and_none_is_older_than_one_that_is_not(
        given in prop::collection::vec((0u128..4, 0usize..2, 0usize..9, 1u32..28), 0..30)
    ) {
        let all: Vec<Found> = given
            .iter()
            .enumerate()
            .map(|(place, (by, on, finding, day))| {
                let place = i64::try_from(place).unwrap() + 1;
                found(place, [ITEM, AIM][*on], *by, Voice::CivilSociety, Finding::ALL[*finding], *day)
            })
            .collect();
        let kept = current(&all);
        for one in &all {
            let same: Vec<_> =
                kept.iter().filter(|it| it.item == one.item && it.assessor == one.assessor).collect();
            prop_assert_eq!(same.len(), 1);
            prop_assert!((same[0].as_of.on, same[0].position) >= (one.as_of.on, one.position));
        }
        let item = item(Status::ReportedDone, None);
        let positions = positions(&item, &all);
        prop_assert_eq!(positions.disagreement, kept.iter().any(|it| it.finding.contradicts_done()));
        prop_assert!(kept.iter().all(|it| positions.has_latest(it.id)));
    }
}
