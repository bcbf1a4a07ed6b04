//! A list's filter, as rows answer it.

use std::hash::Hash;

use chrono::NaiveDate;
use qadam_domain::ids::ItemId;
use qadam_domain::statistics::{Codes, Names, Range, Selection};
use qadam_storage::items::{Filter, FindingFilter, Measures};

/// The filter over rows with these names. `among` are the items that pass the [`rest`].
pub(super) fn of(filter: &Filter, names: &Names, among: Option<Vec<ItemId>>) -> Selection {
    // Every field is named: whoever adds one decides whether rows answer it.
    let Filter {
        items: _,
        kinds,
        statuses,
        themes,
        legal_refs,
        organisations,
        leads,
        meetings: _,
        mechanisms,
        text_levels,
        translation_gaps,
        flags,
        today: _,
        due_after,
        due_before,
        filed_after,
        filed_before,
        entered_after,
        entered_before,
        updated_after: _,
        measures,
        findings: _,
        stages: _,
        reporting: _,
        query: _,
    } = filter;
    let Measures {
        owners,
        owners_asked: _,
        answered,
        answer_days_min,
        answer_days_max,
        slipped,
        revised,
        reached,
        reached_after,
        reached_before,
        filed_precisions,
    } = measures;
    Selection {
        kinds: alternatives(kinds),
        statuses: alternatives(statuses),
        themes: numbers(&names.themes, themes),
        leads: numbers(&names.organisations, leads),
        mechanisms: numbers(&names.mechanisms, mechanisms),
        legal_refs: numbers(&names.legal_refs, legal_refs),
        text_levels: alternatives(text_levels),
        translation_gaps: alternatives(translation_gaps),
        priority: flags.priority,
        overdue: flags.overdue,
        owners: numbers(&names.organisations, owners),
        organisations: numbers(&names.organisations, organisations),
        due: Range { min: *due_after, max: *due_before },
        filed: Range { min: *filed_after, max: *filed_before },
        filed_precisions: alternatives(filed_precisions),
        entered: Range { min: *entered_after, max: *entered_before },
        answered: alternatives(answered),
        answer_days: Range { min: *answer_days_min, max: *answer_days_max },
        slipped: alternatives(slipped),
        revised: *revised,
        reached: alternatives(reached),
        reached_on: Range { min: *reached_after, max: *reached_before },
        among: among.map(|among| among.into_iter().collect()),
    }
}

/// What of a filter no row answers; `None` where rows answer all of it.
pub(super) fn rest(filter: &Filter, today: NaiveDate) -> Option<Filter> {
    let Filter { items, meetings, updated_after, measures, findings, stages, reporting, query, .. } = filter;
    let FindingFilter { findings: found, assessed_by, disagreement, evidence_after } = findings;
    let found =
        !found.is_empty() || !assessed_by.is_empty() || disagreement.is_some() || evidence_after.is_some();
    let by_day = !stages.is_empty() || !reporting.is_empty();
    if items.is_empty()
        && meetings.is_empty()
        && updated_after.is_none()
        && !measures.owners_asked
        && !found
        && !by_day
        && query.is_none()
    {
        return None;
    }
    Some(Filter {
        items: items.clone(),
        meetings: meetings.clone(),
        updated_after: *updated_after,
        measures: owned(measures),
        findings: findings.clone(),
        stages: stages.clone(),
        reporting: reporting.clone(),
        query: query.clone(),
        today: Some(today),
        ..Filter::default()
    })
}

/// A row knows its owners, and not as what they own it.
fn owned(measures: &Measures) -> Measures {
    let owners = if measures.owners_asked { measures.owners.clone() } else { Vec::new() };
    Measures { owners, owners_asked: measures.owners_asked, ..Measures::default() }
}

fn alternatives<T: Clone>(wanted: &[T]) -> Option<Vec<T>> {
    (!wanted.is_empty()).then(|| wanted.to_vec())
}

/// The numbers of names; those that no row has are left out.
fn numbers<T: Eq + Hash + Clone>(codes: &Codes<T>, wanted: &[T]) -> Option<Vec<u16>> {
    (!wanted.is_empty()).then(|| wanted.iter().filter_map(|name| codes.find(name)).collect())
}
