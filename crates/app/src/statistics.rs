//! Counts: the register's numbers, scorecards of organisations, and lists by facet. Each counts what the viewer can
//! list, and names the list.
//!
//! Every node keeps a compact row of each item in memory ([`kept`]) and counts in one pass over them. Filters that no
//! row answers are asked of the database, which tells which items pass.

mod kept;
mod selection;

use chrono::NaiveDate;
use qadam_domain::accounts::Viewer;
use qadam_domain::ids::{ItemId, OrganisationId};
use qadam_domain::reporting_rounds::ReportStanding;
use qadam_domain::statistics::{
    self as domain, Codes, Counted, Eyes, Facet, FacetCounts, Names, Rows, Scorecard, StatusCounts, Tally,
    Withheld, fresh_since,
};
use qadam_storage::items::{self as stored, Filter, FindingFilter, Scope};

pub(crate) use kept::Kept;
pub use qadam_domain::statistics::{FindingCounts, Month, Months, ON_THEIR_WAY, Quarter, Series, median};

use crate::application::App;
use crate::error::AppError;

/// Of how many quarters it is told how many proposals wait, are returned or narrowed: three years.
const QUARTERS: usize = 12;

/// The numbers of the register for a viewer.
#[derive(Debug, Clone)]
pub struct Statistics {
    /// The local day for which they hold.
    pub today: NaiveDate,
    /// What was counted.
    pub tally: Tally,
    /// Counts by theme code.
    pub themes: Vec<(String, u64)>,
    /// Counts by mechanism code.
    pub mechanisms: Vec<(String, u64)>,
    /// Counts by lead body.
    pub leads: Vec<(OrganisationId, u64)>,
    /// The same by status, in the same order.
    pub lead_statuses: Vec<(OrganisationId, StatusCounts)>,
    /// What others found.
    pub found: FindingCounts,
    /// The months of the trend.
    pub months: Months,
    /// Proposals by quarter, whoever may see them.
    pub withheld: Vec<Withheld>,
}

/// The numbers of one organisation for a viewer.
#[derive(Debug, Clone)]
pub struct OrganisationScorecard {
    /// The local day for which they hold.
    pub today: NaiveDate,
    /// What was counted.
    pub card: Scorecard,
    /// What others found on items that it leads.
    pub found: FindingCounts,
}

/// How many items were reported on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reported {
    /// Items on their way, or said to be done, of which something was reported, found or shown since `fresh_since`.
    pub fresh: u64,
    /// The first day of what is fresh.
    pub fresh_since: NaiveDate,
    /// Items that the newest round which asks about them got every report on.
    pub received: u64,
    /// Items on which it asks for none any more.
    pub released: u64,
    /// Items on which it waits for one.
    pub awaited: u64,
    /// Items on which it got none that was due.
    pub not_received: u64,
}

/// A list by facets for a viewer.
#[derive(Debug, Clone)]
pub struct Facets {
    /// How many items the list has, and how many with each value of a field that is no code.
    pub counts: FacetCounts,
    /// Counts by theme code.
    pub themes: Vec<(String, u64)>,
    /// Counts by mechanism code.
    pub mechanisms: Vec<(String, u64)>,
    /// Counts by legal reference code.
    pub legal_refs: Vec<(String, u64)>,
    /// Counts by lead body.
    pub leads: Vec<(OrganisationId, u64)>,
}

/// Reads what is counted, so that nobody has to wait for it. Who needs it before waits for it.
pub async fn prepare(app: &App) -> Result<(), AppError> {
    version(app, &Viewer::Anonymous).await.map(drop)
}

/// The newest place in the ledger that is counted now: what is counted does not change while it and the day do not.
/// It is never told.
pub async fn version(app: &App, viewer: &Viewer) -> Result<i64, AppError> {
    app.counted.catch_up(&app.store, viewer, app.now()).await
}

/// What the viewer counts beside what the ledger tells of: its drafts, which change without an entry. Read once for an
/// answer, so that whoever keeps the answer knows what was counted.
#[derive(Debug)]
pub struct Drafts(Vec<Counted>);

impl Drafts {
    /// Whether there is none: then others who stand like the viewer count the same.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The drafts that the viewer counts now.
pub async fn drafts(app: &App, viewer: &Viewer) -> Result<Drafts, AppError> {
    Ok(Drafts(stored::counted_drafts(&app.store.read(), Scope::visible_to(*viewer)).await?))
}

/// The register's numbers, with a trend over months.
pub async fn statistics(
    app: &App,
    viewer: &Viewer,
    drafts: &Drafts,
    months: Months,
) -> Result<Statistics, AppError> {
    let today = app.today();
    count(app, viewer, drafts, |rows, names, eyes| {
        let tally = domain::tally(rows, names, eyes, today, months);
        // Drafts are nobody's but their authors'.
        let withheld = rows.first().map(|rows| domain::withheld(rows, today, QUARTERS)).unwrap_or_default();
        Statistics {
            today,
            themes: named(&names.themes, &tally.themes),
            mechanisms: named(&names.mechanisms, &tally.mechanisms),
            lead_statuses: by_status(names, &tally),
            leads: named(&names.organisations, &tally.leads),
            tally,
            found: domain::findings(rows, eyes, |_| true),
            months,
            withheld,
        }
    })
    .await
}

/// The numbers of one organisation.
pub async fn scorecard(
    app: &App,
    viewer: &Viewer,
    drafts: &Drafts,
    organisation: OrganisationId,
) -> Result<OrganisationScorecard, AppError> {
    let today = app.today();
    count(app, viewer, drafts, |rows, names, eyes| {
        let body = names.organisations.find(&organisation);
        let found = domain::findings(rows, eyes, |row| row.lead().is_some() && row.lead() == body);
        OrganisationScorecard { today, card: domain::scorecard(rows, names, eyes, today, body), found }
    })
    .await
}

/// How many items of a list have each value of each facet.
pub async fn facets(app: &App, viewer: &Viewer, drafts: &Drafts, filter: Filter) -> Result<Facets, AppError> {
    let today = app.today();
    let among = among(app, viewer, &filter).await?;
    count(app, viewer, drafts, |rows, names, eyes| {
        let selection = selection::of(&filter, names, among);
        let counts = domain::facets(rows, names, eyes, &selection, today);
        Facets {
            themes: named(&names.themes, counts.of(Facet::Theme)),
            mechanisms: named(&names.mechanisms, counts.of(Facet::Mechanism)),
            legal_refs: named(&names.legal_refs, counts.of(Facet::LegalRef)),
            leads: named(&names.organisations, counts.of(Facet::Lead)),
            counts,
        }
    })
    .await
}

/// What was reported, on all items or on those that an organisation leads. Counted in the database: who may know of
/// evidence depends on more than a row holds, and reports answer rounds.
pub async fn reported(
    app: &App,
    viewer: &Viewer,
    lead: Option<OrganisationId>,
) -> Result<Reported, AppError> {
    let count = async |filter: Filter| {
        let filter = Filter { leads: lead.into_iter().collect(), today: Some(app.today()), ..filter };
        stored::count(&app.store.read(), Scope::visible_to(*viewer), &filter).await
    };
    let standing = |standing| count(Filter { reporting: vec![standing], ..Filter::default() });
    let today = app.today();
    let fresh_since = fresh_since(today);
    let fresh = Filter {
        statuses: ON_THEIR_WAY.to_vec(),
        findings: FindingFilter { evidence_after: Some(fresh_since), ..FindingFilter::default() },
        ..Filter::default()
    };
    Ok(Reported {
        fresh: count(fresh).await?,
        fresh_since,
        received: standing(ReportStanding::Received).await?,
        released: standing(ReportStanding::Released).await?,
        awaited: standing(ReportStanding::Awaited).await?,
        not_received: standing(ReportStanding::NotReceived).await?,
    })
}

/// The items that pass the filters which no row answers, where there are any.
async fn among(app: &App, viewer: &Viewer, filter: &Filter) -> Result<Option<Vec<ItemId>>, AppError> {
    let Some(rest) = selection::rest(filter, app.today()) else { return Ok(None) };
    Ok(Some(stored::ids(&app.store.read(), Scope::visible_to(*viewer), &rest).await?))
}

/// Counts over every row, and over the viewer's own drafts, which are in no ledger and in no row.
async fn count<T>(
    app: &App,
    viewer: &Viewer,
    drafts: &Drafts,
    count: impl FnOnce(&[&Rows], &Names, Eyes) -> T,
) -> Result<T, AppError> {
    version(app, viewer).await?;
    app.counted.with(&drafts.0, |rows, names| count(rows, names, Eyes::of(*viewer, names)))
}

/// Counts of each lead body by status, the body with most items first.
fn by_status(names: &Names, tally: &Tally) -> Vec<(OrganisationId, StatusCounts)> {
    let of = |id: &OrganisationId| names.organisations.find(id).map(usize::from);
    let leads = named(&names.organisations, &tally.leads).into_iter();
    leads.filter_map(|(id, _)| Some((id, *tally.lead_statuses.get(of(&id)?)?))).collect()
}

/// Counts by name, those that are not 0, the greatest first.
fn named<T: Eq + std::hash::Hash + Clone + Ord>(codes: &Codes<T>, counts: &[u64]) -> Vec<(T, u64)> {
    let counts = counts.iter().copied().enumerate().filter(|(_, count)| *count > 0);
    let mut named: Vec<_> =
        counts.filter_map(|(place, count)| Some((codes.name(place)?.clone(), count))).collect();
    named.sort_by(|(left, more), (right, less)| less.cmp(more).then_with(|| left.cmp(right)));
    named
}
