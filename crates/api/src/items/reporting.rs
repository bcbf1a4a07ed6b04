//! How an item stands in the newest round that asks to report on it.

use qadam_app::directory::Directory;
use qadam_app::reporting_rounds::{ItemReporting, ItemReportingRow};
use serde::Serialize;
use utoipa::ToSchema;

use crate::links::Links;
use crate::reporting_rounds::RoundReference;
use crate::values::{Day, OrganisationReference, ReportStandingWord, RoundStateWord};

/// How an item stands in the newest round that asks to report on it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ItemReporting)]
pub(crate) struct ReportingBody {
    /// The round.
    round: RoundReference,
    /// The first day that reports are about.
    period_from: Day,
    /// The last day that reports are about.
    period_to: Day,
    /// The last day on which a report is in time.
    due_on: Day,
    /// Whether the round takes reports.
    state: RoundStateWord,
    /// How the item stands. Where several bodies are asked, as the one that lags most behind.
    standing: ReportStandingWord,
    /// The bodies that are asked.
    asked: Vec<ReportingRowBody>,
}

/// A body that is asked to report on an item.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ItemReportingRow)]
pub(crate) struct ReportingRowBody {
    /// The body.
    organisation: Option<OrganisationReference>,
    /// What became of its report.
    standing: ReportStandingWord,
    /// The day on which the first report was published.
    received_on: Option<Day>,
    /// Whether that was after the due day.
    late: bool,
    /// Id of the newest published report.
    #[schema(format = Uuid)]
    report: Option<String>,
}

impl ReportingBody {
    /// How an item stands, as JSON.
    pub(super) fn new(reporting: &ItemReporting, directory: &Directory, links: &Links) -> Self {
        let row = |row: &ItemReportingRow| ReportingRowBody {
            organisation: OrganisationReference::find(row.organisation, directory, links),
            standing: row.standing.into(),
            received_on: row.received_on.map(Day),
            late: row.late,
            report: row.report.map(|id| id.to_string()),
        };
        Self {
            round: RoundReference::new(reporting.round, &reporting.name, links),
            period_from: Day(reporting.period_from),
            period_to: Day(reporting.period_to),
            due_on: Day(reporting.due_on),
            state: reporting.state.into(),
            standing: reporting.standing.into(),
            asked: reporting.asked.iter().map(row).collect(),
        }
    }
}
