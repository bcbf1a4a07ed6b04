//! What is added to an item beside reports, a form each: a later deadline, a finding and the reply to it, a question and its
//! answer, the announcement of a closing, evidence, milestones and indicators.
//!
//! * `deadline` – another deadline, with its reason;
//! * `finding`, `reply` – what was found, and what the body says to it;
//! * `question`, `asked` – asking; answering, and what the secretariat passes on;
//! * `closing` – announcing that it will be closed;
//! * `bringing`, `planning`, `counting` – evidence, milestones, indicators;
//! * `progress`, `measuring` – going on with a milestone; the values of an indicator;
//! * `levels` – who reads what civil society adds, and its name.

mod asked;
mod bringing;
mod closing;
mod counting;
mod deadline;
mod finding;
mod levels;
mod measuring;
mod planning;
mod progress;
mod question;
mod reply;

use axum::Router;
use axum::response::Response;
use axum::routing::get;
use qadam_app::items::{self, Addition, Continuation, ItemView, Key};
use qadam_domain::ids::ContributionId;
use qadam_domain::items::RecordedFrom;
use qadam_http::texts::TextLimit;

use super::inputs::web_address;
use super::offered::back;
use crate::failure::Failure;
use crate::form::Form;
use crate::page::Page;
use crate::state::Web;
use crate::visit::Visit;

/// The pages.
pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/items/{item}/deadline", get(deadline::show).post(deadline::make))
        .route("/items/{item}/finding", get(finding::show).post(finding::make))
        .route("/items/{item}/findings/{finding}/reply", get(reply::show).post(reply::make))
        .route("/items/{item}/question", get(question::show).post(question::make))
        .route("/items/{item}/questions/{question}", get(asked::show).post(asked::make))
        .route("/items/{item}/closing", get(closing::show).post(closing::make))
        .route("/items/{item}/evidence", get(bringing::show).post(bringing::make))
        .route("/items/{item}/evidence/{evidence}/file", get(bringing::file))
        .route("/items/{item}/milestone", get(planning::show).post(planning::make))
        .route("/items/{item}/milestones/{milestone}", get(progress::show).post(progress::make))
        .route("/items/{item}/indicator", get(counting::show).post(counting::make))
        .route("/items/{item}/indicators/{indicator}", get(measuring::show).post(measuring::make))
}

/// Adds something to an item, and goes back to it; nothing where the form has to be shown again.
async fn add<A: Addition>(
    visit: &Visit,
    view: &ItemView,
    form: &mut Form,
    addition: A,
    done: &str,
) -> Result<Option<Response>, Failure> {
    let (key, viewer) = (Key::Id(view.item.id), visit.viewer());
    match form.once(visit, items::add(visit.app(), &viewer, key, addition, form.retry())).await {
        Ok(_) => Ok(Some(back(&Page::new(visit, "items-title"), &view.item, done))),
        Err(error) => {
            form.take(error)?;
            Ok(None)
        }
    }
}

/// Goes on with what was added to an item, and goes back to it; nothing where the form has to be shown again.
async fn go_on<C: Continuation>(
    visit: &Visit,
    view: &ItemView,
    form: &mut Form,
    (id, continuation): (ContributionId, C),
    done: &str,
) -> Result<Option<Response>, Failure> {
    let (key, viewer) = (Key::Id(view.item.id), visit.viewer());
    let work = items::go_on(visit.app(), &viewer, key, id, None, continuation, form.retry());
    match form.once(visit, work).await {
        Ok(_) => Ok(Some(back(&Page::new(visit, "items-title"), &view.item, done))),
        Err(error) => {
            form.take(error)?;
            Ok(None)
        }
    }
}

/// The document that something is recorded from, as the secretariat names it.
fn recorded_from(form: &mut Form) -> Option<RecordedFrom> {
    let label = form.written("recorded_from.label", TextLimit::LABEL);
    let url = web_address(form, "recorded_from.url");
    let on = form.day("recorded_from.on");
    Some(RecordedFrom { label: label?, url, on, note: qadam_domain::language::LanguageMap::default() })
}
