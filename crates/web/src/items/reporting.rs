//! `/{language}/items/{item}/report` and `/reports/{report}`: what an owner reports. A status, a paragraph, and it is said;
//! a document, the day and the letter's number where there are any.
//!
//! * `reading` – what the form says, and a report as the form shows it;
//! * `showing` – the form, and a report that is on its way.

pub(crate) mod reading;
mod showing;

use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use qadam_app::Code;
use qadam_app::items::{self, Contributed, ItemView, Key, Possibilities, Possibility, StepInput};
use qadam_domain::ids::ContributionId;
use qadam_domain::items::contributions::{Content, Contribution, ContributionKind};
use qadam_domain::items::updates::{Update, UpdateState, UpdateStep};
use qadam_domain::language::LanguageMap;

use self::reading::{CORRECTS, Written, values, values_of_correction};
use self::showing::{Shown, report_page, show_form};
use super::offered::{found, offered};
use crate::failure::Failure;
use crate::form::{Form, Sent, named_in};
use crate::page::Page;
use crate::state::Web;
use crate::visit::Visit;

/// The pages.
pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/items/{item}/report", get(begin).post(make))
        .route("/items/{item}/reports/{report}", get(show).post(write))
        .route("/items/{item}/reports/{report}/discard", post(discard))
}

/// `GET /{language}/items/{item}/report`
async fn begin(visit: Visit, Path(item): Path<String>) -> Result<Response, Failure> {
    let (view, can) = offered(&visit, &item, Possibility::Report).await?;
    let asked = visit.parameter(CORRECTS).unwrap_or_default();
    let corrected = corrected(&visit, &view, &asked).await?;
    if let Some((report, update)) = corrected.as_ref().and_then(published) {
        let form = Form::of(values_of_correction(report.id, update));
        let shown = Shown { corrected: Some(report), ..Shown::new(&view, &can) };
        return Ok(show_form(&visit, &shown, &form));
    }
    let mut known = vec![("status_change.to".to_owned(), reading::STAYS.to_owned())];
    known.extend(["round", "status_change.to"].into_iter().filter_map(|name| {
        let value = visit.parameter(name)?;
        (value.len() <= 40).then(|| (name.to_owned(), value))
    }));
    Ok(show_form(&visit, &Shown::new(&view, &can), &Form::of(known)))
}

/// `POST /{language}/items/{item}/report`
async fn make(visit: Visit, Path(item): Path<String>, mut form: Form) -> Result<Response, Failure> {
    let (view, can) = offered(&visit, &item, Possibility::Report).await?;
    let corrected = corrected(&visit, &view, form.text(CORRECTS)).await?;
    let shown = Shown { corrected: corrected.as_ref(), ..Shown::new(&view, &can) };
    let Some(written) = taken(&visit, &shown, &mut form, None) else {
        return Ok(show_form(&visit, &shown, &form));
    };
    if written.previews {
        return Ok(show_form(&visit, &Shown { preview: Some(&written.input), ..shown }, &form));
    }
    let (key, viewer) = (Key::Id(view.item.id), visit.viewer());
    let work = items::report(visit.app(), &viewer, key, written.input, form.retry());
    match form.once(&visit, work).await {
        Ok(sent) => Ok(done(&visit, &reported(&visit, sent).await?, form.text("round"))),
        Err(error) => {
            form.take(error)?;
            Ok(show_form(&visit, &shown, &form))
        }
    }
}

/// The report that a form made, now or when it came before.
async fn reported(visit: &Visit, sent: Sent<Contributed>) -> Result<Contributed, Failure> {
    let before = match sent {
        Sent::Now(made) => return Ok(made),
        Sent::Before(before) => before,
    };
    let (item, id) = (named_in(&before, "items")?, named_in(&before, "updates")?);
    let (key, kind) = (Key::Id(item), ContributionKind::Update);
    Ok(items::contribution(visit.app(), &visit.viewer(), key, kind, id).await?)
}

/// What was sent, where nothing is wrong with it.
fn taken(visit: &Visit, shown: &Shown<'_>, form: &mut Form, before: Option<&Update>) -> Option<Written> {
    let written = reading::read(form, &shown.can.with_report, Some(&shown.view.item), before, visit.language);
    (!form.is_wrong()).then_some(written)
}

/// A report of the viewer's body, with what the viewer may do with its item.
async fn own(
    visit: &Visit,
    item: &str,
    report: &str,
) -> Result<(ItemView, Possibilities, Contribution), Failure> {
    let (view, can) = found(visit, item).await?;
    let id: ContributionId = report.parse().map_err(|_other| Code::NotFound)?;
    let key = Key::Id(view.item.id);
    let one = items::contribution(visit.app(), &visit.viewer(), key, ContributionKind::Update, id).await?;
    Ok((view, can, one.contribution.contribution))
}

/// The published report of the viewer's body that is to be corrected, if that is named.
async fn corrected(visit: &Visit, view: &ItemView, named: &str) -> Result<Option<Contribution>, Failure> {
    let (Ok(id), actor) = (named.parse(), visit.actor()?) else { return Ok(None) };
    let (key, kind) = (Key::Id(view.item.id), ContributionKind::Update);
    let found = match items::contribution(visit.app(), &visit.viewer(), key, kind, id).await {
        Err(error) if error.code() == Code::NotFound => return Ok(None),
        found => found?.contribution.contribution,
    };
    let is_own = found.organisation == Some(actor.organisation) && published(&found).is_some();
    Ok(is_own.then_some(found))
}

/// A report that everybody reads who reads its item.
fn published(report: &Contribution) -> Option<(&Contribution, &Update)> {
    let Content::Update(update) = &report.content else { return None };
    (update.state == UpdateState::Published).then_some((report, update))
}

/// A report that can be written on.
fn open(report: &Contribution) -> Option<&Update> {
    let Content::Update(update) = &report.content else { return None };
    matches!(update.state, UpdateState::Draft | UpdateState::Returned).then_some(update)
}

/// `GET /{language}/items/{item}/reports/{report}`
async fn show(visit: Visit, Path((item, report)): Path<(String, String)>) -> Result<Response, Failure> {
    let (view, can, report) = own(&visit, &item, &report).await?;
    match open(&report) {
        Some(update) if can.has(Possibility::Report) => {
            let named = update.corrects.map(|id| id.to_string()).unwrap_or_default();
            let corrected = corrected(&visit, &view, &named).await?;
            let before = Some((&report, update));
            let shown = Shown { before, corrected: corrected.as_ref(), ..Shown::new(&view, &can) };
            Ok(show_form(&visit, &shown, &Form::of(values(update))))
        }
        _ => report_page(&visit, (&view, &can), &report).await,
    }
}

/// `POST /{language}/items/{item}/reports/{report}`
async fn write(
    visit: Visit,
    Path((item, report)): Path<(String, String)>,
    mut form: Form,
) -> Result<Response, Failure> {
    let (view, can, report) = own(&visit, &item, &report).await?;
    let Some(update) = open(&report) else {
        // It was handed in meanwhile: by this form already, or by somebody else of the body. What became of it is shown.
        let root = Page::new(&visit, "report-title").item_path(&view.item);
        return Ok(Redirect::to(&format!("{root}/reports/{}", report.id)).into_response());
    };
    let shown = Shown { before: Some((&report, update)), ..Shown::new(&view, &can) };
    let Some(written) = taken(&visit, &shown, &mut form, Some(update)) else {
        return Ok(show_form(&visit, &shown, &form));
    };
    if written.previews {
        return Ok(show_form(&visit, &Shown { preview: Some(&written.input), ..shown }, &form));
    }
    let key = Key::Id(view.item.id);
    match items::edit_update(visit.app(), &visit.viewer(), key, report.id, written.input).await {
        Ok(made) => Ok(done(&visit, &made, form.text("round"))),
        Err(error) => {
            form.take(error)?;
            Ok(show_form(&visit, &shown, &form))
        }
    }
}

/// Where to go on: a draft stays open, what answers a round goes back to the round's table.
fn done(visit: &Visit, made: &Contributed, round: &str) -> Response {
    let page = Page::new(visit, "report-title");
    let contribution = &made.contribution.contribution;
    let root = page.item_path(&made.item.item);
    let back = if round.is_empty() { root.clone() } else { page.to(format!("rounds/{round}/fill")) };
    let state = match &contribution.content {
        Content::Update(update) => update.state,
        _ => UpdateState::Published,
    };
    let to = match state {
        UpdateState::Draft | UpdateState::Returned => {
            format!("{root}/reports/{}?done=report_saved", contribution.id)
        }
        UpdateState::AwaitingApproval => format!("{back}?done=report_waits"),
        UpdateState::Published => format!("{back}?done=report_published"),
    };
    Redirect::to(&to).into_response()
}

/// `POST /{language}/items/{item}/reports/{report}/discard`
async fn discard(
    visit: Visit,
    Path((item, report)): Path<(String, String)>,
    _form: Form,
) -> Result<Response, Failure> {
    let (view, _, report) = own(&visit, &item, &report).await?;
    let step = StepInput { step: UpdateStep::Discard, reason: LanguageMap::default() };
    items::step(visit.app(), &visit.viewer(), Key::Id(view.item.id), report.id, step, None).await?;
    Ok(Redirect::to(&format!("{}?done=report_discarded", visit.to("work"))).into_response())
}
