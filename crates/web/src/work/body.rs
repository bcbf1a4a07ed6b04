//! What a body works on: what is late, what is due soon, what waits for its answer or its approver, what was returned, and
//! who asks for reports.

use askama::Template;
use axum::response::Response;
use chrono::{Datelike as _, Days, Months, NaiveDate};
use qadam_app::items::{self, OwnReport};
use qadam_app::reporting_rounds::{self, Filter, Page as Rows};
use qadam_domain::accounts::{Actor, Role};
use qadam_domain::items::Status;
use qadam_domain::items::contributions::Content;
use qadam_domain::items::updates::{Update, UpdateState};
use qadam_domain::policy::can_be_reported_on;
use qadam_domain::reporting_rounds::RoundState;

use crate::failure::Failure;
use crate::items::{ShortList, short_list};
use crate::markup::Dated;
use crate::page::Page;
use crate::render::{not_kept, render};
use crate::visit::Visit;

/// How many days ahead what is due is shown by itself.
const SOON: u64 = 7;
/// How many rounds are shown; more are seldom open at once.
const ROUNDS: u64 = 5;

#[derive(Template)]
#[template(path = "work/body.html")]
struct BodyPage<'a> {
    page: &'a Page,
    lists: Vec<(&'static str, ShortList)>,
    /// Reports that wait for the approver.
    waiting: Vec<OwnReport>,
    /// Reports that are written on.
    unfinished: Vec<OwnReport>,
    rounds: Vec<Round>,
    approves: bool,
}

/// A round that asks the body.
struct Round {
    name: String,
    path: String,
    due: Dated,
    owed: u64,
}

/// `GET /{language}/work` of officers and approvers.
pub(super) async fn show(visit: &Visit, actor: &Actor) -> Result<Response, Failure> {
    let mut page = Page::new(visit, "work-title");
    page.hide();
    let own = visit.app().directory().code(actor.organisation).to_owned();
    let mut lists = Vec::new();
    for (name, parameters) in asked(&own, visit.app().today()) {
        let parameters: Vec<_> = parameters.iter().map(|(name, value)| (*name, value.as_str())).collect();
        lists.push((name, short_list(visit, &page, name, &parameters).await?));
    }
    let viewer = visit.viewer();
    let waiting = items::awaiting_approval(visit.app(), &viewer).await?;
    let unfinished =
        items::own_reports(visit.app(), &viewer, &[UpdateState::Returned, UpdateState::Draft]).await?;
    let rounds = rounds(visit, &page, actor).await?;
    let approves = actor.role == Role::Approver;
    Ok(not_kept(render(&BodyPage { page: &page, lists, waiting, unfinished, rounds, approves })))
}

type Lists = Vec<(&'static str, Vec<(&'static str, String)>)>;

/// Whether something is still to be reported in a status.
pub(super) fn is_on_the_way(status: Status) -> bool {
    status.is_open() && can_be_reported_on(status) && status != Status::ReportedDone
}

/// The statuses in which something is still to be reported.
pub(super) fn on_the_way() -> String {
    let statuses = Status::ALL.iter().filter(|status| is_on_the_way(**status));
    statuses.map(|status| status.code()).collect::<Vec<_>>().join(",")
}

/// The lists that a body comes for, each as its address asks for it.
fn asked(own: &str, today: NaiveDate) -> Lists {
    let owner = || ("owner", own.to_owned());
    let by_due = || ("sort", "due_on".to_owned());
    let until = |from: NaiveDate, to: NaiveDate| {
        vec![
            owner(),
            ("status", on_the_way()),
            ("due_after", from.to_string()),
            ("due_before", to.to_string()),
            by_due(),
        ]
    };
    let soon = today.checked_add_days(Days::new(SOON)).unwrap_or(today);
    let mut lists = vec![
        ("work-overdue", vec![owner(), ("overdue", "true".to_owned()), by_due()]),
        ("work-due_soon", until(today, soon)),
    ];
    if let Some((from, to)) = rest_of_month(today, soon) {
        lists.push(("work-due_this_month", until(from, to)));
    }
    let answers = ("status", "under_review,announced".to_owned());
    lists.push(("work-to_answer", vec![("lead", own.to_owned()), answers, ("sort", "filed_on".to_owned())]));
    lists.push(("work-of_organisation", vec![owner(), ("status", on_the_way()), by_due()]));
    lists
}

/// The days of this month that come after those that are soon; none at its end.
fn rest_of_month(today: NaiveDate, soon: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let from = soon.succ_opt()?;
    let last = today.with_day(1)?.checked_add_months(Months::new(1))?.pred_opt()?;
    (from <= last).then_some((from, last))
}

/// The open rounds that ask the body, with how much it still owes.
async fn rounds(visit: &Visit, page: &Page, actor: &Actor) -> Result<Vec<Round>, Failure> {
    let filter = Filter { states: vec![RoundState::Open], organisations: vec![actor.organisation] };
    let rows = Rows { limit: ROUNDS, after: None, before: None };
    let listed = reporting_rounds::list(visit.app(), &visit.viewer(), &filter, &rows).await?;
    let mut rounds = Vec::new();
    for (round, _) in listed.rounds {
        let view = reporting_rounds::get(visit.app(), &visit.viewer(), round.id).await?;
        let counts = view.count(|asked| asked.organisation == actor.organisation);
        rounds.push(Round {
            name: page.round_name(&round),
            path: page.to(format!("rounds/{}/fill", round.id)),
            due: page.long_day(&round.due_on),
            owed: counts.asked.saturating_sub(counts.received + counts.released),
        });
    }
    Ok(rounds)
}

#[expect(clippy::unused_self, reason = "templates call methods of what they show")]
impl BodyPage<'_> {
    /// The number on a list, as the page writes it.
    fn amount(&self, of: &[OwnReport]) -> String {
        self.page.number(&(of.len() as u64))
    }

    /// What all rounds together still ask for.
    fn owed(&self) -> String {
        self.page.number(&self.rounds.iter().map(|round| round.owed).sum())
    }

    fn update<'a>(&self, own: &'a OwnReport) -> Option<&'a Update> {
        match &own.report.contribution.content {
            Content::Update(update) => Some(update),
            _ => None,
        }
    }

    /// How a list is told apart.
    fn class(&self, name: &str) -> &'static str {
        if name == "work-overdue" { "alarm" } else { "" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn what_is_due_later_in_the_month_begins_after_what_is_due_soon() {
        let rest = |today: &str, soon: &str| rest_of_month(day(today), day(soon));
        assert_eq!(rest("2026-11-05", "2026-11-12"), Some((day("2026-11-13"), day("2026-11-30"))));
        assert_eq!(rest("2026-11-22", "2026-11-29"), Some((day("2026-11-30"), day("2026-11-30"))));
        assert_eq!(rest("2026-11-23", "2026-11-30"), None);
        assert_eq!(rest("2026-12-28", "2027-01-04"), None);
    }

    #[test]
    fn what_was_reported_done_or_ended_is_not_on_its_way() {
        let statuses = on_the_way();
        assert!(statuses.contains("in_progress") && statuses.contains("announced"), "{statuses}");
        assert!(!statuses.contains("reported_done") && !statuses.contains("closed"), "{statuses}");
    }
}
