//! `/{language}/approvals`: what a body's officers handed in and its approver reads before everybody else: approved one by
//! one or many at once, each for itself, or returned with a reason.
//!
//! * `changes` – what each would change;
//! * `difference` – what of its text is new.

mod changes;
mod difference;

use askama::Template;
use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use qadam_app::items::{self, Embedded, Key, OwnReport, Part, StepInput};
use qadam_domain::accounts::Role;
use qadam_domain::ids::{ContributionId, ItemId};
use qadam_domain::items::updates::UpdateStep;
use qadam_domain::language::LanguageMap;
use qadam_http::texts::TextLimit;

use self::changes::Waiting;
use crate::failure::Failure;
use crate::form::{Form, done_once};
use crate::items::offered::{form_page, why};
use crate::page::Page;
use crate::render::{not_kept, render};
use crate::state::Web;
use crate::visit::Visit;

/// The pages.
pub(crate) fn routes() -> Router<Web> {
    Router::new().route("/approvals", get(show).post(decide))
}

#[derive(Template)]
#[template(path = "approvals/approvals.html")]
struct ApprovalsPage<'a> {
    page: &'a Page,
    waiting: Vec<Waiting<'a>>,
    form: &'a Form,
    /// Whether whoever looks approves.
    decides: bool,
    /// How many were approved just now, where others were not.
    approved: u64,
}

impl ApprovalsPage<'_> {
    fn amount(&self) -> String {
        self.page.number(&(self.waiting.len() as u64))
    }

    fn has_failed(&self) -> bool {
        self.waiting.iter().any(|one| one.refused.is_some())
    }

    fn failed_words(&self) -> String {
        let failed = self.waiting.iter().filter(|one| one.refused.is_some()).count() as u64;
        self.page.count("approvals-failed", &failed)
    }

    /// Whether its reason was begun, or it was to be returned.
    fn is_returned(&self, one: &Waiting<'_>) -> bool {
        !self.form.raw(&self.reason(one)).is_empty() || self.form.has("return", &one.name())
    }

    /// The name of the field with the reason for which a report is returned.
    fn reason(&self, one: &Waiting<'_>) -> String {
        reason_field(one.own.report.contribution.id, self.page)
    }
}

fn reason_field(id: ContributionId, page: &Page) -> String {
    format!("reason.{id}.{}", page.language)
}

/// `GET /{language}/approvals`
async fn show(visit: Visit) -> Result<Response, Failure> {
    page_of(&visit, &Form::default(), 0, Vec::new()).await
}

type Refused = Vec<(ContributionId, String)>;

async fn page_of(visit: &Visit, form: &Form, approved: u64, refused: Refused) -> Result<Response, Failure> {
    let actor = visit.actor()?;
    let mut page = form_page(visit, "approvals-title");
    if page.notice.is_none() {
        let count = visit.parameter("approved").and_then(|count| count.parse::<u64>().ok());
        page.notice = count.map(|count| page.count("approvals-approved", &count));
    }
    let reports = items::awaiting_approval(visit.app(), &visit.viewer()).await?;
    let with = published(visit, &reports).await?;
    let mut waiting: Vec<Waiting<'_>> = reports
        .iter()
        .filter_map(|own| {
            let with = with.iter().find(|(id, _)| *id == own.item.item.id).map(|(_, with)| with);
            Waiting::new(own, with)
        })
        .collect();
    for one in &mut waiting {
        let id = one.own.report.contribution.id;
        one.refused = refused.iter().find(|(known, _)| *known == id).map(|(_, why)| why.clone());
    }
    let decides = actor.role == Role::Approver;
    let mut response = not_kept(render(&ApprovalsPage { page: &page, waiting, form, decides, approved }));
    if !refused.is_empty() {
        *response.status_mut() = http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// The items of the reports with what was published on each.
async fn published(visit: &Visit, reports: &[OwnReport]) -> Result<Vec<(ItemId, Embedded)>, Failure> {
    let mut views: Vec<_> = reports.iter().map(|own| own.item.clone()).collect();
    views.sort_by_key(|view| view.item.id);
    views.dedup_by_key(|view| view.item.id);
    let with = items::embedded(visit.app(), &visit.viewer(), &views, &[Part::Updates]).await?;
    Ok(views.iter().map(|view| view.item.id).zip(with).collect())
}

/// A report and its item, as the form names them.
fn named(text: &str) -> Option<(ItemId, ContributionId)> {
    let (item, report) = text.split_once('/')?;
    Some((item.parse().ok()?, report.parse().ok()?))
}

/// `POST /{language}/approvals`
async fn decide(visit: Visit, mut form: Form) -> Result<Response, Failure> {
    let page = Page::new(&visit, "approvals-title");
    if let Some((item, report)) = named(form.text("return")) {
        let field = reason_field(report, &page);
        let words = form.written(&field, TextLimit::BODY);
        let mut reason = LanguageMap::default();
        reason.set(visit.language, words);
        return match step(&visit, &form, (item, report), UpdateStep::Return, reason).await {
            Ok(()) => Ok(to(&page, "done=report_sent_back")),
            Err(error) => {
                let refused = vec![(report, why(&page, error)?)];
                page_of(&visit, &form, 0, refused).await
            }
        };
    }
    let one = form.text("approve");
    let chosen: Vec<_> = match named(one) {
        Some(named) => vec![named],
        None => form.all("report").filter_map(named).collect(),
    };
    if chosen.is_empty() {
        return Ok(to(&page, "done=nothing_chosen"));
    }
    let (mut approved, mut refused) = (0, Refused::new());
    for (item, report) in chosen {
        match step(&visit, &form, (item, report), UpdateStep::Approve, LanguageMap::default()).await {
            Ok(()) => approved += 1,
            Err(error) => refused.push((report, why(&page, error)?)),
        }
    }
    if refused.is_empty() {
        return Ok(to(&page, &format!("approved={approved}")));
    }
    page_of(&visit, &form, approved, refused).await
}

/// Approves or returns one report, once.
async fn step(
    visit: &Visit,
    form: &Form,
    (item, report): (ItemId, ContributionId),
    step: UpdateStep,
    reason: LanguageMap,
) -> Result<(), qadam_app::AppError> {
    let (input, viewer) = (StepInput { step, reason }, visit.viewer());
    let retry = form.retry_of(visit, &report.to_string())?;
    let done = items::step(visit.app(), &viewer, Key::Id(item), report, input, retry);
    done_once(visit, retry, Box::pin(done)).await.map(drop)
}

fn to(page: &Page, what: &str) -> Response {
    Redirect::to(&format!("{}?{what}", page.to("approvals"))).into_response()
}
