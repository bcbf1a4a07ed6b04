//! Counts over compact rows are those of a naive recount, item by item, whoever looks.

#![expect(clippy::unwrap_used, reason = "a test that meets the unexpected fails")]

mod naive;
mod register;

use proptest::prelude::*;
use qadam_domain::items::assessments::Finding;
use qadam_domain::items::translation_gaps::TranslationGap;
use qadam_domain::items::{Kind, Status};
use qadam_domain::statistics::{
    Counted, Eyes, Facet, FindingCounts, Months, Names, Rows, Selection, facets, findings, fresh_since,
    median, scorecard, tally,
};

use crate::naive::Naive;
use crate::register::{TODAY, items, organisation, selection, viewer};

/// Rows of items that are no drafts, and of those that are.
fn rows(items: &[Counted], names: &mut Names) -> [Rows; 2] {
    let (drafts, others): (Vec<_>, Vec<_>) =
        items.iter().cloned().partition(|item| item.status == Status::Draft);
    [Rows::of(&others, names).unwrap(), Rows::of(&drafts, names).unwrap()]
}

fn months() -> Months {
    let month = |year, month| qadam_domain::statistics::Month::new(year, month).unwrap();
    Months::new(month(2024, 3), month(2026, 3)).unwrap()
}

#[test]
fn a_trend_goes_up_to_the_present_month_and_over_three_years_where_nobody_says_otherwise() {
    let month = |year, month| qadam_domain::statistics::Month::new(year, month);
    let today = "2026-03-02".parse().unwrap();
    for (from, to, expected) in [
        (None, None, (month(2023, 4), month(2026, 3))),
        (None, month(2024, 12), (month(2022, 1), month(2024, 12))),
        (month(2026, 1), None, (month(2026, 1), month(2026, 3))),
        (month(2024, 1), month(2024, 1), (month(2024, 1), month(2024, 1))),
    ] {
        let (first, last) = (expected.0.unwrap(), expected.1.unwrap());
        assert_eq!(Months::asked(from, to, today), Months::new(first, last), "{from:?} {to:?}");
    }
    assert_eq!(Months::asked(month(2026, 4), None, today), None);
}

#[test]
fn what_is_half_a_year_old_is_fresh() {
    assert_eq!(
        fresh_since("2026-07-03".parse().unwrap()),
        "2026-01-01".parse::<chrono::NaiveDate>().unwrap()
    );
}

proptest! {
    #[test]
    fn findings_are_counted_as_one_after_another(items in items(), viewer in viewer(), lead in 1u128..6) {
        let mut names = Names::default();
        let [others, drafts] = rows(&items, &mut names);
        let eyes = Eyes::of(viewer, &names);
        let lead = organisation(lead);
        let naive = Naive::of(&items, viewer);
        let number = names.organisations.find(&lead);
        for (led, counted) in [
            (false, findings(&[&others, &drafts], eyes, |_| true)),
            (true, findings(&[&others, &drafts], eyes, |row| number.is_some() && row.lead() == number)),
        ] {
            let is_counted = |seen: naive::Seen<'_>| !led || seen.item.lead() == Some(lead);
            let assessed = naive.count(|seen| is_counted(seen) && !naive::found(seen).is_empty());
            let confirmed =
                naive.count(|seen| is_counted(seen) && naive::found(seen).contains(&Finding::Implemented));
            let differing = naive.all(|seen| {
                Some(seen.item.id).filter(|_| is_counted(seen) && naive.differs(seen))
            });
            prop_assert_eq!(counted, FindingCounts { assessed, confirmed, differing });
        }
    }

    #[test]
    fn a_tally_is_the_naive_one(items in items(), viewer in viewer()) {
        let mut names = Names::default();
        let [others, drafts] = rows(&items, &mut names);
        let eyes = Eyes::of(viewer, &names);
        let counted = tally(&[&others, &drafts], &names, eyes, *TODAY, months());
        let naive = Naive::of(&items, viewer);
        prop_assert_eq!(counted.total, naive.count(|_| true));
        for (kind, count) in Kind::ALL.into_iter().zip(&counted.kinds) {
            prop_assert_eq!(*count, naive.count(|seen| seen.item.kind == kind));
        }
        for (status, count) in Status::ALL.iter().zip(&counted.statuses) {
            prop_assert_eq!(*count, naive.count(|seen| seen.item.status == *status));
        }
        for (place, count) in counted.themes.iter().enumerate() {
            let theme = names.themes.name(place).unwrap();
            prop_assert_eq!(*count, naive.count(|seen| seen.item.themes.contains(theme)));
        }
        for (place, count) in counted.leads.iter().enumerate() {
            let lead = names.organisations.name(place).copied();
            prop_assert_eq!(*count, naive.count(|seen| seen.item.lead() == lead));
        }
        let sorted = |mut numbers: Vec<u32>| { numbers.sort_unstable(); numbers };
        prop_assert_eq!(sorted(counted.days_late), sorted(naive.all(naive::days_late)));
        prop_assert_eq!(sorted(counted.slippage), sorted(naive.all(naive::slipped)));
        prop_assert_eq!(sorted(counted.answer_days), sorted(naive.all(naive::answer_days)));
        prop_assert_eq!(sorted(counted.ages), sorted(naive.all(naive::open_days)));
        prop_assert_eq!(counted.asked, naive.count(|seen| naive::answered(seen).is_some()));
        prop_assert_eq!(counted.answered, naive.count(|seen| naive::answered(seen) == Some(true)));
        prop_assert_eq!(counted.revised, naive.count(|seen| naive::revisions(seen) > 0));
        prop_assert_eq!(counted.trend, naive.trend(months()));
        // What is counted by status is counted by kind, and is all.
        prop_assert_eq!(counted.statuses.iter().sum::<u64>(), counted.total);
        prop_assert_eq!(counted.kinds.iter().sum::<u64>(), counted.total);
    }

    #[test]
    fn a_scorecard_is_the_tally_of_what_a_body_leads(items in items(), viewer in viewer(), body in 1u128..5) {
        let mut names = Names::default();
        let [others, drafts] = rows(&items, &mut names);
        let body = organisation(body);
        let (eyes, number) = (Eyes::of(viewer, &names), names.organisations.find(&body));
        let card = scorecard(&[&others, &drafts], &names, eyes, *TODAY, number);
        let naive = Naive::of(&items, viewer);
        prop_assert_eq!(card.named, naive.count(|seen| naive::takes_part(seen, body)));
        let owns = |item: &Counted| item.owners.iter().any(|(owner, _)| *owner == body);
        prop_assert_eq!(card.owned.iter().sum::<u64>(), naive.count(|seen| owns(seen.item)));
        let leads = naive.only(|seen| seen.item.lead() == Some(body));
        prop_assert_eq!(card.led.total, leads.count(|_| true));
        let late = leads.count(|seen| naive::days_late(seen).is_some());
        prop_assert_eq!(u64::try_from(card.led.days_late.len()).unwrap(), late);
        let said = leads.all(|seen| naive::last_said_by(seen, body)).into_iter().max();
        prop_assert_eq!(card.last_report.map(|(_, on)| on), said);
    }

    #[test]
    fn each_facet_counts_the_list_with_a_value_in_its_place(
        items in items(), viewer in viewer(), wanted in selection(),
    ) {
        let mut names = Names::default();
        let [others, drafts] = rows(&items, &mut names);
        let (eyes, naive) = (Eyes::of(viewer, &names), Naive::of(&items, viewer));
        let selected = wanted.over(&names);
        let counts = facets(&[&others, &drafts], &names, eyes, &selected, *TODAY);
        prop_assert_eq!(counts.total, naive.count(|seen| wanted.holds(seen)));
        for (status, count) in Status::ALL.iter().zip(counts.of(Facet::Status)) {
            let instead = wanted.with_status(*status);
            prop_assert_eq!(*count, naive.count(|seen| instead.holds(seen)));
        }
        for (kind, count) in Kind::ALL.into_iter().zip(counts.of(Facet::Kind)) {
            let instead = wanted.with_kind(kind);
            prop_assert_eq!(*count, naive.count(|seen| instead.holds(seen)));
        }
        for (place, count) in counts.of(Facet::Theme).iter().enumerate() {
            let instead = wanted.with_theme(names.themes.name(place).unwrap());
            prop_assert_eq!(*count, naive.count(|seen| instead.holds(seen)));
        }
        for (gap, count) in TranslationGap::ALL.into_iter().zip(counts.of(Facet::Translation)) {
            let instead = wanted.with_gap(gap);
            prop_assert_eq!(*count, naive.count(|seen| instead.holds(seen)));
        }
        for (late, count) in [false, true].into_iter().zip(counts.of(Facet::Overdue)) {
            let instead = wanted.with_overdue(late);
            prop_assert_eq!(*count, naive.count(|seen| instead.holds(seen)));
        }
    }

    #[test]
    fn rows_that_were_changed_are_those_that_were_always_so(
        first in items(), then in items(), gone in proptest::collection::vec(any::<bool>(), 40),
    ) {
        let mut names = Names::default();
        let mut rows = Rows::of(&first, &mut names).unwrap();
        // Often enough for what is no longer used to be cleared away.
        for _ in 0..40 {
            for item in first.iter().chain(&then) {
                rows.put(item, &mut names).unwrap();
            }
        }
        let mut last: std::collections::BTreeMap<_, _> = first.iter().map(|item| (item.id, item)).collect();
        last.extend(then.iter().map(|item| (item.id, item)));
        for (item, _) in first.iter().zip(gone).filter(|(_, gone)| *gone) {
            rows.remove(item.id);
            last.remove(&item.id);
        }
        let last: Vec<_> = last.into_values().cloned().collect();
        let anew = Rows::of(&last, &mut names).unwrap();
        prop_assert_eq!(rows.count(), last.len());
        let eyes = Eyes::of(register::secretariat(), &names);
        let all = Selection::default();
        prop_assert_eq!(
            facets(&[&rows], &names, eyes, &all, *TODAY),
            facets(&[&anew], &names, eyes, &all, *TODAY)
        );
        prop_assert_eq!(
            tally(&[&rows], &names, eyes, *TODAY, months()),
            tally(&[&anew], &names, eyes, *TODAY, months())
        );
    }

    #[test]
    fn as_many_are_below_the_median_as_above(numbers in proptest::collection::vec(0u32..20, 1..30)) {
        let middle = median(&numbers).unwrap();
        let below = numbers.iter().filter(|number| f64::from(**number) < middle).count();
        let above = numbers.iter().filter(|number| f64::from(**number) > middle).count();
        prop_assert!(below <= numbers.len() / 2 && above <= numbers.len() / 2);
    }
}

#[test]
fn medians_of_few() {
    assert_eq!((median(&[]), median(&[7]), median(&[4, 1])), (None, Some(7.0), Some(2.5)));
    assert_eq!((median(&[9, 1, 2]), median(&[4, 4, 1, 9])), (Some(2.0), Some(4.0)));
}
