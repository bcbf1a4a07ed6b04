//! The table of a round: row by row what it asks for, as one viewer sees it.

use std::collections::HashMap;

use chrono::NaiveDate;
use qadam_domain::accounts::Viewer;
use qadam_domain::ids::{ContributionId, ItemId, OrganisationId, ReportingRoundId};
use qadam_domain::items::Item;
use qadam_domain::items::contributions::Contribution;
use qadam_domain::levels::may_see_own;
use qadam_domain::reporting_rounds::{ReportStanding, ReportingRound};
use qadam_storage::Reader;
use qadam_storage::items::{self as stored_items, Scope};
use qadam_storage::reporting_rounds::{self as stored, Came, RowCursor, RowPage, TableRow};

use crate::application::App;
use crate::error::AppError;
use crate::paging::{Cut, Read};

/// What a table is narrowed to. Values in one field are alternatives; fields must all hold.
#[derive(Debug, Clone, Default)]
pub struct RowFilter {
    /// Bodies.
    pub organisations: Vec<OrganisationId>,
    /// What became of the reports.
    pub standings: Vec<ReportStanding>,
    /// Whether the first report came after the due day.
    pub late: Option<bool>,
}

/// A row of a table.
#[derive(Debug, Clone)]
pub struct RowView {
    /// The item.
    pub item: Item,
    /// Whole days past its deadline.
    pub days_late: u32,
    /// The body that is asked.
    pub organisation: OrganisationId,
    /// What became of its report.
    pub standing: ReportStanding,
    /// The local day on which the first one was published.
    pub received_on: Option<NaiveDate>,
    /// Whether that was after the due day.
    pub late: bool,
    /// The local day on which it ceased to be asked for.
    pub released_on: Option<NaiveDate>,
    /// The newest published report.
    pub report: Option<Contribution>,
    /// What the viewer's own body has not published, the newest of it.
    pub in_preparation: Option<Contribution>,
}

/// A part of a table.
#[derive(Debug, Clone)]
pub struct Table {
    /// The rows; those about items due first come first.
    pub rows: Vec<RowView>,
    /// Where the next part begins, if there is one.
    pub next: Option<RowCursor>,
    /// Where the previous part ends, if there is one.
    pub previous: Option<RowCursor>,
    /// How many rows there are in all, where that was asked for.
    pub total: Option<u64>,
}

/// The table of a round, as far as the viewer sees the items.
pub async fn rows(
    app: &App,
    viewer: &Viewer,
    id: ReportingRoundId,
    filter: &RowFilter,
    page: &RowPage,
    counted: bool,
) -> Result<Table, AppError> {
    let reader = app.store.read();
    let scope = Scope::visible_to(*viewer);
    let round = stored::find(&reader, id).await?.ok_or(AppError::NotFound)?;
    let today = app.today();
    let filter = stored_filter(filter, &round, today);
    let (rows, total) = stored::rows(&reader, scope, id, &filter, page, counted).await?;
    let cut = Cut::new(rows, page.limit, Read::of(page.after.as_ref(), page.before.as_ref()));
    let parts = Parts::load(&reader, viewer, id, &cut.rows).await?;
    let rows = cut.rows.iter().filter_map(|row| parts.row(row, &round, today)).collect();
    Ok(Table { rows, next: cut.next, previous: cut.previous, total })
}

/// On a day, what is owed is either awaited or missing in all rows of a round.
fn stored_filter(filter: &RowFilter, round: &ReportingRound, today: NaiveDate) -> stored::RowFilter {
    let choices = [
        (ReportStanding::Received, Came::Received),
        (ReportStanding::Released, Came::Released),
        (round.standing_of_owed(today), Came::Owed),
    ];
    let wanted = choices.iter().filter(|(standing, _)| filter.standings.contains(standing));
    stored::RowFilter {
        organisations: filter.organisations.clone(),
        came: (!filter.standings.is_empty()).then(|| wanted.map(|(_, came)| *came).collect()),
        late: filter.late.map(|late| (round.due_on, late)),
    }
}

/// What rows are made of.
struct Parts {
    items: HashMap<ItemId, Item>,
    reports: HashMap<ContributionId, Contribution>,
    in_preparation: HashMap<ItemId, Contribution>,
    own: Option<OrganisationId>,
}

impl Parts {
    async fn load(
        reader: &Reader,
        viewer: &Viewer,
        round: ReportingRoundId,
        rows: &[TableRow],
    ) -> Result<Self, AppError> {
        let mut ids: Vec<ItemId> = rows.iter().map(|row| row.asked.item).collect();
        ids.sort_unstable();
        ids.dedup();
        let items = stored_items::find_many(reader, Scope::visible_to(*viewer), &ids).await?;
        let reports: Vec<_> = rows.iter().filter_map(|row| row.report).collect();
        let reports = stored_items::find_contributions(reader, &reports).await?;
        let own = viewer.actor().filter(|actor| may_see_own(actor.role, actor.confirmed));
        let own = own.map(|actor| actor.organisation);
        let mut in_preparation = HashMap::new();
        if let Some(body) = own.filter(|body| rows.iter().any(|row| row.asked.organisation == *body)) {
            let found = stored_items::reports_in_preparation(reader, round, body, &ids).await?;
            in_preparation.extend(found.into_iter().map(|report| (report.item, report)));
        }
        Ok(Self {
            items: items.into_iter().map(|item| (item.id, item)).collect(),
            reports: reports.into_iter().map(|report| (report.id, report)).collect(),
            in_preparation,
            own,
        })
    }

    /// A row; nothing where the item went meanwhile.
    fn row(&self, row: &TableRow, round: &ReportingRound, today: NaiveDate) -> Option<RowView> {
        let item = self.items.get(&row.asked.item)?;
        let organisation = row.asked.organisation;
        let own = self.own == Some(organisation);
        Some(RowView {
            days_late: item.days_late(today),
            item: item.clone(),
            organisation,
            standing: round.standing(row.outcome, today),
            received_on: row.outcome.received_on,
            released_on: row.outcome.released_on,
            late: row.outcome.received_on.is_some_and(|day| day > round.due_on),
            report: row.report.and_then(|report| self.reports.get(&report)).cloned(),
            in_preparation: self.in_preparation.get(&item.id).filter(|_| own).cloned(),
        })
    }
}
