//! Reporting rounds, by tables written by hand: when reports are due, what became of them on which day, when bodies are
//! reminded, and who is asked about what.

#![cfg(test)]

mod samples;

use chrono::NaiveDate;
use proptest::prelude::*;
use qadam_domain::ids::{OrganisationId, ReportingRoundId, Uuid};
use qadam_domain::items::{Item, Kind, Owner, OwnerRole, Status};
use qadam_domain::language::LanguageMap;
use qadam_domain::levels::Level;
use qadam_domain::reporting_rounds::{
    ASKED_AS, Outcome, ReportStanding, ReportingRound, RoundState, WrongDueDay, asked_about, default_due_on,
    is_asked_about_unnamed, last_half_year, may_be_asked_about, reminder_day, statuses_on_the_way,
    still_asked_about, wrong_due_day,
};
use samples::item;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn round(due_on: &str) -> ReportingRound {
    ReportingRound {
        id: ReportingRoundId(Uuid::nil()),
        name: LanguageMap::default(),
        period_from: day("2026-01-01"),
        period_to: day("2026-06-30"),
        due_on: day(due_on),
        state: RoundState::Open,
        opened_on: day("2026-07-01"),
        closed_on: None,
        reminded_on: None,
        opened: 1,
        version: 1,
    }
}

#[test]
fn the_half_year_that_ended_last() {
    for (today, from, to) in [
        ("2026-01-01", "2025-07-01", "2025-12-31"),
        ("2026-06-30", "2025-07-01", "2025-12-31"),
        ("2026-07-01", "2026-01-01", "2026-06-30"),
        ("2026-12-31", "2026-01-01", "2026-06-30"),
        ("2024-02-29", "2023-07-01", "2023-12-31"),
    ] {
        assert_eq!(last_half_year(day(today)), (day(from), day(to)), "{today}");
    }
}

#[test]
fn reports_are_due_on_the_15th_of_the_month_after_the_period_or_after_the_present_one() {
    for (period_to, today, due) in [
        ("2026-06-30", "2026-07-01", "2026-07-15"),
        ("2026-06-30", "2026-07-15", "2026-07-15"),
        ("2026-06-30", "2026-07-16", "2026-08-15"),
        ("2026-06-30", "2026-06-01", "2026-07-15"),
        ("2026-06-30", "2026-11-22", "2026-12-15"),
        ("2025-12-31", "2026-01-10", "2026-01-15"),
        ("2025-12-31", "2026-12-20", "2027-01-15"),
        ("2026-01-31", "2026-02-03", "2026-02-15"),
        ("2026-12-31", "2026-12-31", "2027-01-15"),
    ] {
        assert_eq!(default_due_on(day(period_to), day(today)), day(due), "{period_to} on {today}");
    }
}

#[test]
fn nobody_reports_on_a_period_that_is_not_over_nor_in_the_past() {
    use WrongDueDay::{Past, WithinPeriod};
    for (due_on, today, wrong) in [
        ("2026-06-29", "2026-07-01", Some(WithinPeriod)),
        ("2026-06-30", "2026-06-30", None),
        ("2026-06-30", "2026-07-01", Some(Past)),
        ("2026-07-01", "2026-07-01", None),
        ("2026-07-15", "2026-05-01", None),
    ] {
        assert_eq!(wrong_due_day(day(due_on), day("2026-06-30"), day(today)), wrong, "{due_on} on {today}");
    }
}

#[test]
fn what_was_not_received_is_awaited_until_the_due_day_is_over_and_missing_then_or_once_the_round_is_closed() {
    use ReportStanding::{Awaited, NotReceived, Received, Released};
    let open = round("2026-07-15");
    let closed = ReportingRound { state: RoundState::Closed, ..open.clone() };
    for (received_on, today, while_open, once_closed) in [
        (None, "2026-07-01", Awaited, NotReceived),
        (None, "2026-07-15", Awaited, NotReceived),
        (None, "2026-07-16", NotReceived, NotReceived),
        (None, "2027-07-16", NotReceived, NotReceived),
        (Some("2026-07-15"), "2026-07-15", Received, Received),
        (Some("2026-07-20"), "2026-07-20", Received, Received),
    ] {
        let outcome = Outcome { received_on: received_on.map(day), released_on: None };
        assert_eq!(open.standing(outcome, day(today)), while_open, "{received_on:?} {today}");
        assert_eq!(closed.standing(outcome, day(today)), once_closed, "{received_on:?} {today}");
        let released = Outcome { released_on: Some(day("2026-07-02")), ..outcome };
        let expected = if received_on.is_some() { Received } else { Released };
        assert_eq!(open.standing(released, day(today)), expected, "{received_on:?} {today}");
        assert_eq!(closed.standing(released, day(today)), expected, "{received_on:?} {today}");
    }
    assert!(
        Received < Released && Released < Awaited && Awaited < NotReceived,
        "in the order in which bodies lag behind"
    );
}

#[test]
fn a_round_is_under_way_while_it_is_open_and_its_due_day_is_not_over() {
    let open = round("2026-07-15");
    let closed = ReportingRound { state: RoundState::Closed, ..open.clone() };
    for (today, under_way) in [("2026-07-01", true), ("2026-07-15", true), ("2026-07-16", false)] {
        assert_eq!(open.is_under_way(day(today)), under_way, "{today}");
        assert!(!closed.is_under_way(day(today)), "{today}");
    }
}

#[test]
fn what_was_not_received_is_released_once_it_is_not_asked_for_and_until_it_is_asked_for_again() {
    let (earlier, today) = (Some(day("2026-07-02")), day("2026-07-09"));
    for (received_on, released_on, still_asked, expected) in [
        (None, None, true, None),
        (None, None, false, Some(today)),
        (None, earlier, false, earlier),
        (None, earlier, true, None),
        (earlier, None, false, None),
        (earlier, None, true, None),
    ] {
        let followed = Outcome { received_on, released_on }.followed(still_asked, today);
        assert_eq!(
            followed,
            Outcome { received_on, released_on: expected },
            "{received_on:?} {released_on:?}"
        );
    }
}

#[test]
fn bodies_are_reminded_in_the_last_seven_days_once_for_each_due_day() {
    let new = round("2026-07-15");
    let reminded = ReportingRound { reminded_on: Some(day("2026-07-08")), ..new.clone() };
    let closed = ReportingRound { state: RoundState::Closed, ..new.clone() };
    let just_opened = ReportingRound { opened_on: day("2026-07-08"), ..new.clone() };
    for (today, reminds) in
        [("2026-07-07", false), ("2026-07-08", true), ("2026-07-15", true), ("2026-07-16", false)]
    {
        assert_eq!(new.reminds(day(today)), reminds, "{today}");
        for other in [&reminded, &closed, &just_opened] {
            assert!(!other.reminds(day(today)), "{today} {other:?}");
        }
    }
    let today = day("2026-07-10");
    let later = reminded.clone().with_due_on(day("2026-08-15"), today);
    assert_eq!((later.due_on, later.reminded_on), (day("2026-08-15"), None), "its reminder is to come");
    let near = reminded.with_due_on(day("2026-07-14"), today);
    assert_eq!(near.reminded_on, Some(day("2026-07-08")), "they were reminded already");
}

#[test]
fn a_round_asks_about_these_statuses() {
    let mut named = Vec::new();
    let mut unnamed = Vec::new();
    for kind in Kind::ALL {
        for status in kind.statuses() {
            let item = Item { kind, status: *status, text_level: Level::Public, ..item(1) };
            if may_be_asked_about(&item) {
                named.push((kind.code(), status.code()));
            }
            if is_asked_about_unnamed(&item) {
                unnamed.push((kind.code(), status.code()));
            }
            // What is listed by status is all asked about: nothing that is not takes its place in a list with an end.
            let listed = kind != Kind::Proposal && statuses_on_the_way().contains(status);
            assert_eq!(is_asked_about_unnamed(&item), listed, "{kind:?} {status:?}");
        }
    }
    assert_eq!(
        named,
        [
            ("proposal", "under_review"),
            ("proposal", "accepted"),
            ("proposal", "partly_accepted"),
            ("commitment", "announced"),
            ("commitment", "planned"),
            ("commitment", "in_progress"),
            ("commitment", "reported_done"),
            ("recommendation", "registered"),
            ("recommendation", "under_review"),
            ("recommendation", "accepted"),
            ("recommendation", "partly_accepted"),
            ("recommendation", "planned"),
            ("recommendation", "in_progress"),
            ("recommendation", "reported_done"),
        ]
    );
    assert_eq!(
        unnamed,
        [
            ("commitment", "planned"),
            ("commitment", "in_progress"),
            ("commitment", "reported_done"),
            ("recommendation", "registered"),
            ("recommendation", "accepted"),
            ("recommendation", "partly_accepted"),
            ("recommendation", "planned"),
            ("recommendation", "in_progress"),
            ("recommendation", "reported_done"),
        ]
    );
}

#[test]
fn a_round_asks_about_nothing_that_not_every_member_reads() {
    for level in Level::ALL {
        let item = Item { kind: Kind::Commitment, status: Status::Planned, text_level: level, ..item(1) };
        let read = matches!(level, Level::Members | Level::Public);
        assert_eq!((may_be_asked_about(&item), is_asked_about_unnamed(&item)), (read, read), "{level:?}");
    }
}

#[test]
fn leads_and_co_owners_are_asked_and_those_with_oversight_are_not() {
    let body = |number: u128| OrganisationId(Uuid::from_u128(number));
    let owner = |number, role| Owner { organisation: body(number), role, by_agreement: false };
    let owners = vec![owner(1, OwnerRole::Lead), owner(2, OwnerRole::Co), owner(3, OwnerRole::Oversight)];
    let item = Item { owners, ..item(1) };
    for (bodies, asked) in [
        (vec![1, 2, 3, 4], vec![1, 2]),
        (vec![2], vec![2]),
        (vec![3], vec![]),
        (vec![4], vec![]),
        (vec![], vec![]),
    ] {
        let named: Vec<_> = bodies.iter().copied().map(body).collect();
        let expected: Vec<_> = asked.into_iter().map(body).collect();
        assert_eq!(asked_about(&item, &named), expected, "{bodies:?}");
    }
    let item = Item { text_level: Level::Addressed, ..item };
    assert_eq!(ASKED_AS, [OwnerRole::Lead, OwnerRole::Co]);
    assert_eq!(still_asked_about(&item), [body(1), body(2)]);
    for level in Level::ALL {
        let read = level >= Level::Addressed;
        let expected = if read { vec![body(1), body(2)] } else { Vec::new() };
        let item = Item { text_level: level, ..item.clone() };
        assert_eq!(still_asked_about(&item), expected, "nobody reports on what they may not read: {level:?}");
    }
    for ended in [Status::Closed, Status::Withdrawn, Status::Superseded, Status::Declined] {
        assert_eq!(still_asked_about(&Item { status: ended, ..item.clone() }), [], "{ended:?}");
    }
}

#[test]
fn codes_are_read_back() {
    for state in RoundState::ALL {
        assert_eq!(RoundState::from_code(state.code()), Some(*state));
    }
    for standing in ReportStanding::ALL {
        assert_eq!(ReportStanding::from_code(standing.code()), Some(*standing));
    }
}

prop_compose! {
    fn any_day()(days in 0_i64..40_000) -> NaiveDate {
        day("1990-01-01") + chrono::Duration::days(days)
    }
}

proptest! {
    #[test]
    fn a_default_due_day_is_a_15th_that_is_not_past_and_after_the_period(period_to in any_day(), today in any_day()) {
        let due = default_due_on(period_to, today);
        prop_assert_eq!(due.format("%d").to_string(), "15");
        prop_assert!(due >= today && due > period_to);
    }

    #[test]
    fn the_last_half_year_ended_before_today_and_the_next_one_did_not(today in any_day()) {
        let (from, to) = last_half_year(today);
        prop_assert!(from < to && to < today && (today - to).num_days() <= 184);
    }

    #[test]
    fn a_round_reminds_on_no_day_but_the_last_eight(due in any_day(), opened in any_day(), today in any_day()) {
        let round = ReportingRound { due_on: due, opened_on: opened, ..round("2026-07-15") };
        if round.reminds(today) {
            prop_assert!(reminder_day(due) <= today && today <= due && opened < today);
        }
    }
}
