//! The same counts, one item after another, by the definitions alone.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use qadam_domain::accounts::Viewer;
use qadam_domain::calendar::{Deadline, Precision};
use qadam_domain::ids::{OrganisationId, UserId, Uuid};
use qadam_domain::items::assessments::{Assessor, Finding};
use qadam_domain::items::translation_gaps::TranslationGap;
use qadam_domain::items::{Kind, Status};
use qadam_domain::levels::{Parties, Relation, relation};
use qadam_domain::statistics::{
    ANSWERS, Change, Codes, Counted, CountedFinding, Months, Names, Range, Selection, Series,
};

use crate::register::TODAY;

/// An item that a viewer sees.
#[derive(Clone, Copy)]
pub(crate) struct Seen<'a> {
    pub(crate) item: &'a Counted,
    relation: Relation,
    viewer: Viewer,
}

/// What a viewer sees.
pub(crate) struct Naive<'a>(Vec<Seen<'a>>);

impl<'a> Naive<'a> {
    pub(crate) fn of(items: &'a [Counted], viewer: Viewer) -> Self {
        let seen = items.iter().map(|item| {
            let parties = Parties {
                filed_by: item.filed_by.clone(),
                addressed: item.owners.iter().map(|(body, _)| *body).chain(item.addressees.clone()).collect(),
                drafters: vec![UserId(Uuid::from_u128(100))],
                draft: item.status == Status::Draft,
            };
            Seen { item, relation: relation(&viewer, &parties), viewer }
        });
        Self(seen.filter(|seen| seen.relation.reads(seen.item.text_level)).collect())
    }

    pub(crate) fn count(&self, of: impl Fn(Seen<'_>) -> bool) -> u64 {
        u64::try_from(self.0.iter().filter(|seen| of(**seen)).count()).unwrap()
    }

    /// Whether the lead says done while a current finding, there or on what it implements, contradicts.
    pub(crate) fn differs(&self, seen: Seen<'_>) -> bool {
        let contradicted = |seen: Seen<'_>| found(seen).iter().any(|finding| finding.contradicts_done());
        let implements = |other: &&Seen<'_>| seen.item.implements.contains(&other.item.id);
        let others = self.0.iter().filter(implements);
        seen.item.is_said_done && (contradicted(seen) || others.copied().any(contradicted))
    }

    pub(crate) fn all<T>(&self, of: impl Fn(Seen<'_>) -> Option<T>) -> Vec<T> {
        self.0.iter().filter_map(|seen| of(*seen)).collect()
    }

    pub(crate) fn only(&self, of: impl Fn(Seen<'_>) -> bool) -> Self {
        Self(self.0.iter().copied().filter(|seen| of(*seen)).collect())
    }

    pub(crate) fn trend(&self, months: Months) -> Vec<[u64; 6]> {
        let within =
            |day: NaiveDate, first: NaiveDate| (day.year(), day.month()) == (first.year(), first.month());
        let exact = |precision| matches!(precision, Precision::Day | Precision::Month);
        let month = |first: NaiveDate| {
            Series::ALL.map(|series| {
                self.count(|seen| match series {
                    Series::Filed => seen
                        .item
                        .filed_on
                        .is_some_and(|filed| exact(filed.precision) && within(filed.on, first)),
                    _ => changes(seen).any(|change| {
                        series.reached().contains(&change.to)
                            && exact(change.as_of.precision)
                            && within(change.as_of.on, first)
                    }),
                })
            })
        };
        months.all().map(|of| month(of.first_day())).collect()
    }
}

fn changes(seen: Seen<'_>) -> impl Iterator<Item = &Change> {
    seen.item.changes.iter().filter(move |change| seen.relation.reads(change.level))
}

fn days(from: NaiveDate, to: NaiveDate) -> i32 {
    i32::try_from((to - from).num_days()).unwrap()
}

fn positive(days: i32) -> Option<u32> {
    u32::try_from(days).ok()
}

pub(crate) fn days_late(seen: Seen<'_>) -> Option<u32> {
    let due = Deadline { on: seen.item.due_on?, precision: Precision::Day };
    let runs = seen.item.status.deadline_runs();
    Some(due.days_late(*TODAY)).filter(|late| runs && *late > 0)
}

fn slippage(seen: Seen<'_>) -> Option<i32> {
    Some(days(seen.item.original_due_on?, seen.item.due_on?))
}

pub(crate) fn slipped(seen: Seen<'_>) -> Option<u32> {
    slippage(seen).and_then(positive).filter(|days| *days > 0)
}

pub(crate) fn revisions(seen: Seen<'_>) -> usize {
    seen.item.revisions.iter().filter(|level| seen.relation.reads(**level)).count()
}

pub(crate) fn answered(seen: Seen<'_>) -> Option<bool> {
    let answers = |status: &Status| ANSWERS.contains(status);
    let has = answers(&seen.item.status) || changes(seen).any(|change| answers(&change.to));
    let asked = has || seen.item.status == Status::UnderReview;
    (seen.item.kind != Kind::Commitment && asked).then_some(has)
}

fn signed_answer_days(seen: Seen<'_>) -> Option<i32> {
    let filed = seen.item.filed_on.filter(|filed| filed.precision == Precision::Day)?;
    let answers = changes(seen).filter(|change| ANSWERS.contains(&change.to));
    let first = answers.map(|change| change.as_of).filter(|as_of| as_of.precision == Precision::Day);
    first.map(|as_of| days(filed.on, as_of.on)).min().filter(|_| seen.item.kind != Kind::Commitment)
}

pub(crate) fn answer_days(seen: Seen<'_>) -> Option<u32> {
    signed_answer_days(seen).and_then(positive)
}

pub(crate) fn open_days(seen: Seen<'_>) -> Option<u32> {
    let filed = seen.item.filed_on.filter(|_| seen.item.status.is_open())?;
    positive(days(filed.on, *TODAY))
}

pub(crate) fn takes_part(seen: Seen<'_>, body: OrganisationId) -> bool {
    let owns = seen.item.owners.iter().any(|(owner, _)| *owner == body);
    let files = seen.item.filed_by.contains(&body) && seen.relation.reads(seen.item.identity_level);
    owns || seen.item.addressees.contains(&body) || files
}

pub(crate) fn last_said_by(seen: Seen<'_>, body: OrganisationId) -> Option<NaiveDate> {
    changes(seen).filter(|change| change.organisation == Some(body)).map(|change| change.as_of.on).max()
}

/// What a list is narrowed to.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    pub(crate) kinds: Vec<Kind>,
    pub(crate) statuses: Vec<Status>,
    pub(crate) themes: Vec<String>,
    pub(crate) overdue: Option<bool>,
    pub(crate) organisations: Vec<OrganisationId>,
    pub(crate) owners: Vec<OrganisationId>,
    pub(crate) answered: Vec<bool>,
    pub(crate) slipped: Vec<bool>,
    pub(crate) revised: Option<bool>,
    pub(crate) reached: Vec<Status>,
    pub(crate) reached_after: Option<NaiveDate>,
    pub(crate) reached_before: Option<NaiveDate>,
    pub(crate) filed_before: Option<NaiveDate>,
    pub(crate) answer_days_max: Option<i32>,
    pub(crate) gaps: Vec<TranslationGap>,
}

fn numbers<T: Eq + std::hash::Hash + Clone>(codes: &Codes<T>, wanted: &[T]) -> Option<Vec<u16>> {
    (!wanted.is_empty()).then(|| wanted.iter().filter_map(|name| codes.find(name)).collect())
}

fn some<T: Clone>(wanted: &[T]) -> Option<Vec<T>> {
    (!wanted.is_empty()).then(|| wanted.to_vec())
}

impl Wanted {
    pub(crate) fn over(&self, names: &Names) -> Selection {
        Selection {
            kinds: some(&self.kinds),
            statuses: some(&self.statuses),
            themes: numbers(&names.themes, &self.themes),
            overdue: self.overdue,
            translation_gaps: some(&self.gaps),
            organisations: numbers(&names.organisations, &self.organisations),
            owners: numbers(&names.organisations, &self.owners),
            answered: some(&self.answered),
            slipped: some(&self.slipped),
            revised: self.revised,
            reached: some(&self.reached),
            reached_on: Range { min: self.reached_after, max: self.reached_before },
            filed: Range { min: None, max: self.filed_before },
            answer_days: Range { min: None, max: self.answer_days_max },
            ..Selection::default()
        }
    }

    pub(crate) fn with_status(&self, status: Status) -> Self {
        Self { statuses: vec![status], ..self.clone() }
    }

    pub(crate) fn with_kind(&self, kind: Kind) -> Self {
        Self { kinds: vec![kind], ..self.clone() }
    }

    pub(crate) fn with_theme(&self, theme: &str) -> Self {
        Self { themes: vec![theme.to_owned()], ..self.clone() }
    }

    pub(crate) fn with_overdue(&self, overdue: bool) -> Self {
        Self { overdue: Some(overdue), ..self.clone() }
    }

    pub(crate) fn with_gap(&self, gap: TranslationGap) -> Self {
        Self { gaps: vec![gap], ..self.clone() }
    }

    pub(crate) fn holds(&self, seen: Seen<'_>) -> bool {
        let item = seen.item;
        let reached = || {
            changes(seen).any(|change| {
                (self.reached.is_empty() || self.reached.contains(&change.to))
                    && self.reached_after.is_none_or(|after| change.as_of.on >= after)
                    && self
                        .reached_before
                        .is_none_or(|before| change.as_of.precision.last_day(change.as_of.on) <= before)
            })
        };
        let asks_reached =
            !self.reached.is_empty() || self.reached_after.is_some() || self.reached_before.is_some();
        (self.kinds.is_empty() || self.kinds.contains(&item.kind))
            && (self.statuses.is_empty() || self.statuses.contains(&item.status))
            && (self.themes.is_empty() || item.themes.iter().any(|theme| self.themes.contains(theme)))
            && (self.gaps.is_empty() || self.gaps.iter().any(|gap| item.translation_gaps.has(*gap)))
            && self.overdue.is_none_or(|overdue| days_late(seen).is_some() == overdue)
            && (self.organisations.is_empty()
                || self.organisations.iter().any(|body| takes_part(seen, *body)))
            && (self.owners.is_empty() || item.owners.iter().any(|(body, _)| self.owners.contains(body)))
            && (self.answered.is_empty() || answered(seen).is_some_and(|has| self.answered.contains(&has)))
            && (self.slipped.is_empty()
                || slippage(seen).is_some_and(|days| self.slipped.contains(&(days > 0))))
            && self.revised.is_none_or(|revised| (revisions(seen) > 0) == revised)
            && (!asks_reached || reached())
            && self.filed_before.is_none_or(|before| item.filed_on.is_some_and(|filed| filed.on <= before))
            && self.answer_days_max.is_none_or(|max| signed_answer_days(seen).is_some_and(|days| days <= max))
    }
}

/// The newest finding of each assessor that the viewer reads.
pub(crate) fn found(seen: Seen<'_>) -> Vec<Finding> {
    let item = seen.item;
    let addressed = item.owners.iter().map(|(body, _)| *body).chain(item.addressees.clone());
    let addressed: Vec<OrganisationId> = addressed.collect();
    let mut newest: BTreeMap<&Assessor, &CountedFinding> = BTreeMap::new();
    for finding in &item.findings {
        let parties = Parties {
            filed_by: finding.organisation.into_iter().collect(),
            addressed: addressed.clone(),
            ..Parties::default()
        };
        if finding.level.is_some_and(|level| !relation(&seen.viewer, &parties).reads(level)) {
            continue;
        }
        let held = newest.entry(&finding.assessor).or_insert(finding);
        if (finding.on, finding.position) >= (held.on, held.position) {
            *held = finding;
        }
    }
    newest.into_values().map(|finding| finding.finding).collect()
}
