//! Rounds as JSON.

use std::collections::BTreeMap;

use qadam_app::App;
use qadam_app::directory::Directory;
use qadam_app::reporting_rounds::{Counts, RoundView};
use qadam_domain::ids::{OrganisationId, ReportingRoundId};
use qadam_domain::language::LanguageMap;
use qadam_domain::reporting_rounds::{ReportStanding, ReportingRound};
use serde::Serialize;
use utoipa::ToSchema;

use crate::links::Links;
use crate::values::{Day, LanguageMapView, OrganisationReference, RoundStateWord};

/// A round in which bodies are asked to report.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ReportingRound)]
pub(crate) struct RoundBody {
    /// Its identifier.
    #[schema(format = Uuid)]
    id: String,
    /// What it is called.
    name: LanguageMapView,
    /// The first day that reports are about.
    period_from: Day,
    /// The last day that reports are about.
    period_to: Day,
    /// The last day on which a report is in time. From the next local day on, what was not received is shown as not
    /// received; late reports are taken until the round is closed.
    due_on: Day,
    /// Whether it takes reports.
    state: RoundStateWord,
    /// The day it was opened.
    opened_on: Day,
    /// The day it was closed.
    closed_on: Option<Day>,
    /// The day on which bodies that owed reports were reminded of the due day.
    reminded_on: Option<Day>,
    /// How much of what it asks for was received, as far as the caller sees the items.
    counts: RoundCounts,
    /// The bodies that it asks, and about what, as far as the caller sees the items. Absent in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    asked: Option<Vec<AskedBody>>,
    /// Its validator, for `If-Match`. Absent in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    etag: Option<String>,
    /// Its address.
    #[schema(format = "uri")]
    url: String,
}

/// A body that a round asks.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct AskedBody {
    /// The body.
    organisation: OrganisationReference,
    /// The identifiers of the items that it is asked about.
    items: Vec<String>,
    /// How much of that was received.
    counts: RoundCounts,
}

/// How many reports are asked for, and what became of them.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct RoundCounts {
    /// Asked for.
    asked: RowCount,
    /// Received.
    received: RowCount,
    /// Of those received: after the due day.
    late: RowCount,
    /// Not asked for any more: before they were due the item ended, or the body ceased to own it or to read it.
    released: RowCount,
    /// Not received while there is time still.
    awaited: RowCount,
    /// Not received, and the due day has passed or the round is closed.
    not_received: RowCount,
}

/// How many rows of a round's table there are, and which.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct RowCount {
    /// How many.
    value: u64,
    /// The rows: as many for whoever was told the number.
    #[schema(format = "uri")]
    rows: String,
}

/// A round as others name it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ReportingRoundReference)]
pub(crate) struct RoundReference {
    /// Its identifier.
    #[schema(format = Uuid)]
    id: String,
    /// What it is called.
    name: LanguageMapView,
    /// Its address.
    #[schema(format = "uri")]
    url: String,
}

impl RoundReference {
    /// A round as others name it.
    pub(crate) fn new(id: ReportingRoundId, name: &LanguageMap, links: &Links) -> Self {
        Self { id: id.to_string(), name: name.into(), url: address(id, links) }
    }
}

/// The address of a round.
pub(super) fn address(id: ReportingRoundId, links: &Links) -> String {
    links.to(&["reporting-rounds", &id.to_string()])
}

/// What counts are made with.
struct Counting<'a> {
    links: &'a Links,
    round: &'a ReportingRound,
    today: chrono::NaiveDate,
}

impl Counting<'_> {
    fn counts(&self, counts: Counts, organisation: Option<&str>) -> RoundCounts {
        let id = self.round.id.to_string();
        let row = |value: u64, filters: &[(&str, &str)]| {
            let all = organisation.map(|code| ("organisation", code)).into_iter();
            let all = all.chain(filters.iter().copied());
            RowCount { value, rows: self.links.list(&["reporting-rounds", &id, "rows"], all) }
        };
        let standing = |standing: ReportStanding| ("standing", standing.code());
        let owed = counts.asked.saturating_sub(counts.received + counts.released);
        let of = |which: ReportStanding| {
            let value = if self.round.standing_of_owed(self.today) == which { owed } else { 0 };
            row(value, &[standing(which)])
        };
        RoundCounts {
            asked: row(counts.asked, &[]),
            received: row(counts.received, &[standing(ReportStanding::Received)]),
            late: row(counts.late, &[("late", "true")]),
            released: row(counts.released, &[standing(ReportStanding::Released)]),
            awaited: of(ReportStanding::Awaited),
            not_received: of(ReportStanding::NotReceived),
        }
    }
}

impl RoundBody {
    /// A round as JSON, with everything that it asks for.
    pub(super) fn new(app: &App, links: &Links, view: &RoundView) -> Self {
        let counting = Counting { links, round: &view.round, today: app.today() };
        let asked = asked(&app.directory(), &counting, view);
        Self {
            asked: Some(asked),
            etag: Some(view.etag.clone()),
            ..Self::listed(app, links, &view.round, view.counts())
        }
    }

    /// A round as JSON in a list.
    pub(super) fn listed(app: &App, links: &Links, round: &ReportingRound, counts: Counts) -> Self {
        let counting = Counting { links, round, today: app.today() };
        Self {
            id: round.id.to_string(),
            name: (&round.name).into(),
            period_from: Day(round.period_from),
            period_to: Day(round.period_to),
            due_on: Day(round.due_on),
            state: round.state.into(),
            opened_on: Day(round.opened_on),
            closed_on: round.closed_on.map(Day),
            reminded_on: round.reminded_on.map(Day),
            counts: counting.counts(counts, None),
            asked: None,
            etag: None,
            url: address(round.id, links),
        }
    }
}

/// The bodies by code, each with its items: in the order in which the ledger keeps them.
fn asked(directory: &Directory, counting: &Counting<'_>, view: &RoundView) -> Vec<AskedBody> {
    let mut by_body: BTreeMap<&str, (OrganisationId, Vec<String>)> = BTreeMap::new();
    for row in &view.asked {
        let id = row.asked.organisation;
        let (_, items) = by_body.entry(directory.code(id)).or_insert_with(|| (id, Vec::new()));
        items.push(row.asked.item.to_string());
    }
    let body = |(code, (id, mut items)): (&str, (OrganisationId, Vec<String>))| {
        items.sort_unstable();
        let counts = view.count(|asked| asked.organisation == id);
        Some(AskedBody {
            organisation: OrganisationReference::find(id, directory, counting.links)?,
            items,
            counts: counting.counts(counts, Some(code)),
        })
    };
    by_body.into_iter().filter_map(body).collect()
}
