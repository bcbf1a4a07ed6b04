//! How items stand in the newest round that asks about them: shown where the items are.

use std::collections::HashMap;

use chrono::NaiveDate;
use qadam_domain::ids::{ContributionId, ItemId, OrganisationId, ReportingRoundId};
use qadam_domain::language::LanguageMap;
use qadam_domain::reporting_rounds::{ReportStanding, RoundState, standing};
use qadam_storage::Db;
use qadam_storage::reporting_rounds::{self as stored, ItemRow};

use crate::error::AppError;

/// How an item stands in the newest round that asks about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemReporting {
    /// The round.
    pub round: ReportingRoundId,
    /// What it is called.
    pub name: LanguageMap,
    /// The first day that reports are about.
    pub period_from: NaiveDate,
    /// The last day that reports are about.
    pub period_to: NaiveDate,
    /// The last local day on which a report is in time.
    pub due_on: NaiveDate,
    /// Whether it takes reports.
    pub state: RoundState,
    /// How the item stands: as the body that lags most behind.
    pub standing: ReportStanding,
    /// The bodies that are asked.
    pub asked: Vec<ItemReportingRow>,
}

/// A body that is asked to report on an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemReportingRow {
    /// The body.
    pub organisation: OrganisationId,
    /// What became of its report.
    pub standing: ReportStanding,
    /// The local day on which the first one was published.
    pub received_on: Option<NaiveDate>,
    /// Whether that was after the due day.
    pub late: bool,
    /// The newest one.
    pub report: Option<ContributionId>,
}

/// How each of some items stands that the viewer sees, in one query. Items about which no round ever asked are left out.
pub(crate) async fn reporting_on(
    db: &impl Db,
    items: &[ItemId],
    today: NaiveDate,
) -> Result<HashMap<ItemId, ItemReporting>, AppError> {
    let mut all: HashMap<ItemId, ItemReporting> = HashMap::new();
    for row in stored::newest_of(db, items).await? {
        let body = of_row(&row, today);
        let item = all.entry(row.item).or_insert_with(|| ItemReporting {
            round: row.round,
            name: row.name,
            period_from: row.period_from,
            period_to: row.period_to,
            due_on: row.due_on,
            state: row.state,
            standing: body.standing,
            asked: Vec::new(),
        });
        // They are in the order in which they lag behind.
        item.standing = item.standing.max(body.standing);
        item.asked.push(body);
    }
    Ok(all)
}

fn of_row(row: &ItemRow, today: NaiveDate) -> ItemReportingRow {
    ItemReportingRow {
        organisation: row.organisation,
        standing: standing(row.state, row.due_on, row.outcome, today),
        received_on: row.outcome.received_on,
        late: row.outcome.received_on.is_some_and(|day| day > row.due_on),
        report: row.report,
    }
}
