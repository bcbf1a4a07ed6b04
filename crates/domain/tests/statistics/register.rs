//! Any register: items in any state, and any viewer.

use std::sync::LazyLock;

use chrono::{Days, NaiveDate};
use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use qadam_domain::accounts::{Actor, Role, Viewer};
use qadam_domain::calendar::{AsOf, Precision};
use qadam_domain::ids::{ItemId, OrganisationId, UserId, Uuid};
use qadam_domain::items::assessments::{Assessor, Finding};
use qadam_domain::items::translation_gaps::TranslationGap;
use qadam_domain::items::{Kind, OwnerRole, Status};
use qadam_domain::levels::Level;
use qadam_domain::statistics::{Change, Counted, CountedFinding};

pub(crate) use crate::naive::Wanted;

pub(crate) static TODAY: LazyLock<NaiveDate> = LazyLock::new(|| "2026-03-10".parse().unwrap());

pub(crate) fn organisation(number: u128) -> OrganisationId {
    OrganisationId(Uuid::from_u128(number))
}

pub(crate) fn secretariat() -> Viewer {
    account(Role::Secretariat, 9, true)
}

fn account(role: Role, of: u128, confirmed: bool) -> Viewer {
    let user = UserId(Uuid::from_u128(100));
    Viewer::Account(Actor { user, organisation: organisation(of), role, confirmed })
}

pub(crate) fn viewer() -> impl Strategy<Value = Viewer> {
    let somebody = (select(&Role::ALL[..]), 1u128..6, any::<bool>());
    prop_oneof![
        1 => Just(Viewer::Anonymous),
        6 => somebody.prop_map(|(role, of, confirmed)| account(role, of, confirmed)),
    ]
}

fn day() -> impl Strategy<Value = NaiveDate> {
    (0u64..900).prop_map(|back| TODAY.checked_sub_days(Days::new(back)).unwrap())
}

fn dated() -> impl Strategy<Value = AsOf> {
    (day(), select(&Precision::ALL[..]))
        .prop_map(|(day, precision)| AsOf::new(day, precision, *TODAY).unwrap())
}

fn change() -> impl Strategy<Value = Change> {
    let by = option::of((1u128..5).prop_map(organisation));
    (select(Status::ALL), dated(), select(&Level::ALL[..]), by)
        .prop_map(|(to, as_of, level, organisation)| Change { to, as_of, level, organisation })
}

prop_compose! {
    fn finding()(
        by in 1u128..5,
        of in option::of(1u128..5),
        finding in select(Finding::ALL),
        level in option::of(select(&Level::ALL[..])),
        on in day(),
    ) -> CountedFinding {
        CountedFinding {
            assessor: Assessor::Organisation(organisation(by)),
            organisation: of.map(organisation),
            finding,
            level,
            on,
            position: 0,
        }
    }
}

fn others() -> impl Strategy<Value = Vec<ItemId>> {
    btree_set(0u128..60, 0..3).prop_map(|ids| ids.into_iter().map(|id| ItemId(Uuid::from_u128(id))).collect())
}

fn organisations() -> impl Strategy<Value = Vec<OrganisationId>> {
    btree_set(1u128..6, 0..3).prop_map(|numbers| numbers.into_iter().map(organisation).collect())
}

fn codes(among: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    btree_set(select(among), 0..3).prop_map(|codes| codes.into_iter().map(str::to_owned).collect())
}

pub(crate) const THEMES: [&str; 3] = ["custody", "redress", "training"];

prop_compose! {
    fn item()(
        id in 0u128..60,
        kind in select(&Kind::ALL[..]),
        status in select(Status::ALL),
        (priority, gaps) in (any::<bool>(), vec(select(&TranslationGap::ALL[..]), 0..4)),
        mechanism in option::of(select(&["CAT", "UPR"][..])),
        (owners, addressees, filed_by) in (organisations(), organisations(), organisations()),
        (themes, legal_refs) in (codes(&THEMES), codes(&["CAT-11", "CAT-14"])),
        (text, identity) in (select(&Level::ALL[..]), select(&Level::ALL[..])),
        (due_on, original_due_on) in (option::of(day()), option::of(day())),
        (filed_on, entered_on) in (option::of(dated()), day()),
        changes in vec(change(), 0..5),
        revisions in vec(select(&Level::ALL[..]), 0..3),
        (is_said_done, findings, implements) in (any::<bool>(), vec(finding(), 0..5), others()),
    ) -> Counted {
        let role = |place| if place == 0 { OwnerRole::Lead } else { OwnerRole::Co };
        Counted {
            id: ItemId(Uuid::from_u128(id)),
            kind,
            status,
            priority,
            translation_gaps: gaps.into_iter().collect(),
            mechanism: mechanism.map(str::to_owned),
            owners: owners.into_iter().enumerate().map(|(place, body)| (body, role(place))).collect(),
            addressees,
            filed_by,
            themes,
            legal_refs,
            text_level: text,
            identity_level: identity.min(text),
            due_on,
            original_due_on,
            filed_on,
            entered_on,
            narrowed_on: None,
            changes,
            revisions,
            is_said_done,
            findings,
            implements,
        }
    }
}

/// Items, each with an identifier of its own.
pub(crate) fn items() -> impl Strategy<Value = Vec<Counted>> {
    vec(item(), 0..40).prop_map(|items| {
        let mut items = items;
        // No two entries have one place.
        let findings = items.iter_mut().flat_map(|item| &mut item.findings);
        for (position, finding) in (1..).zip(findings) {
            finding.position = position;
        }
        let by_id: std::collections::BTreeMap<_, _> = items.into_iter().map(|item| (item.id, item)).collect();
        by_id.into_values().collect()
    })
}

prop_compose! {
    pub(crate) fn selection()(
        kinds in vec(select(&Kind::ALL[..]), 0..3),
        statuses in vec(select(Status::ALL), 0..9),
        themes in codes(&THEMES),
        overdue in option::of(any::<bool>()),
        organisations in organisations(),
        owners in organisations(),
        answered in vec(any::<bool>(), 0..2),
        slipped in vec(any::<bool>(), 0..2),
        revised in option::of(any::<bool>()),
        reached in vec(select(Status::ALL), 0..6),
        (reached_after, filed_before) in (option::of(day()), option::of(day())),
        reached_before in option::of(day()),
        answer_days_max in option::of(0i32..400),
        gaps in vec(select(&TranslationGap::ALL[..]), 0..3),
    ) -> Wanted {
        Wanted {
            kinds, statuses, themes, overdue, organisations, owners, answered, slipped, revised, reached,
            reached_after, reached_before, filed_before, answer_days_max, gaps,
        }
    }
}
