//! `/{language}/rounds/{round}/fill`: what a body still owes in a round, in one form: a line an item. What is filled is
//! handed in, each row for itself; what was left empty stays owed.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use qadam_app::items::{self, Key, has_approver};
use qadam_app::reporting_rounds::{self, RowView};
use qadam_domain::accounts::{Actor, Role};
use qadam_domain::ids::ItemId;
use qadam_domain::items::contributions::Contribution;
use qadam_domain::items::{Item, Status};
use qadam_domain::language::Language;
use qadam_domain::reporting_rounds::{ReportingRound, RoundState};

use super::key;
use super::rows::{Filled, filler, input, moves, owed, rows_filled};
use crate::failure::Failure;
use crate::form::{Form, done_once};
use crate::items::offered::{form_page, why};
use crate::page::Page;
use crate::render::render_form;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "rounds/fill.html")]
struct FillPage<'a> {
    page: &'a Page,
    round: &'a ReportingRound,
    rows: &'a [RowView],
    form: &'a Form,
    actor: &'a Actor,
    needs_approval: bool,
    refused: &'a [Refused],
    made: u64,
}

/// A row that was filled, and why it was refused.
struct Refused {
    row: RowView,
    why: String,
}

#[expect(clippy::unused_self, reason = "templates call methods of what they show")]
impl FillPage<'_> {
    fn field(&self, item: &Item, name: &str) -> String {
        field(item.id, name)
    }

    /// The statuses that a row can bring: code, name.
    fn statuses(&self, item: &Item) -> Vec<(String, String)> {
        let rows = moves(item, self.actor.organisation).into_iter();
        rows.map(|row| (row.to.code().to_owned(), self.page.move_name(row, &item.status))).collect()
    }

    fn why(&self, item: &Item) -> Option<&str> {
        self.refused.iter().find(|refused| refused.row.item.id == item.id).map(|refused| refused.why.as_str())
    }

    /// The report that is on its way, unless another was written beside it, which is not to be lost.
    fn in_preparation<'b>(&self, row: &'b RowView) -> Option<&'b Contribution> {
        row.in_preparation.as_ref().filter(|_| self.why(&row.item).is_none())
    }

    fn failed(&self) -> String {
        self.page.count("bulk-failed", &(self.refused.len() as u64))
    }

    fn is_open(&self) -> bool {
        self.round.state == RoundState::Open
    }
}

fn field(item: ItemId, name: &str) -> String {
    format!("row.{item}.{name}")
}

/// `GET /{language}/rounds/{round}/fill`
pub(super) async fn show(visit: Visit, Path(round): Path<String>) -> Result<Response, Failure> {
    page_of(&visit, &round, &Form::default(), &[], 0).await
}

async fn page_of(
    visit: &Visit,
    round: &str,
    form: &Form,
    refused: &[Refused],
    made: u64,
) -> Result<Response, Failure> {
    let actor = filler(visit)?;
    let viewer = visit.viewer();
    let view = reporting_rounds::get(visit.app(), &viewer, key(round)?).await?;
    let mut rows = owed(visit.app(), &viewer, &actor, view.round.id).await?;
    let is_shown = |refused: &&Refused| rows.iter().any(|row| row.item.id == refused.row.item.id);
    let others: Vec<_> =
        refused.iter().filter(|refused| !is_shown(refused)).map(|refused| refused.row.clone()).collect();
    rows.splice(..0, others);
    let mut page = form_page(visit, "rounds-fill");
    if let Some(count) = visit.parameter("made").and_then(|count| count.parse::<u64>().ok()) {
        page.notice = Some(page.count("bulk-made", &count));
    }
    let needs_approval =
        actor.role != Role::Approver && has_approver(visit.app(), actor.organisation).await?;
    let shown = FillPage {
        page: &page,
        round: &view.round,
        rows: &rows,
        form,
        actor: &actor,
        needs_approval,
        refused,
        made,
    };
    let mut response = render_form(&shown, form);
    if !refused.is_empty() {
        *response.status_mut() = http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// A row as the form sent it.
fn filled(form: &Form, item: ItemId) -> Filled {
    Filled {
        to: Status::from_code(form.text(&field(item, "to"))),
        text: form.raw(&field(item, "text")).trim().to_owned(),
        document: form.text(&field(item, "document")).to_owned(),
    }
}

/// `POST /{language}/rounds/{round}/fill`
pub(super) async fn hand_in(
    visit: Visit,
    Path(round): Path<String>,
    form: Form,
) -> Result<Response, Failure> {
    let actor = filler(&visit)?;
    let id = key(&round)?;
    let page = Page::new(&visit, "rounds-fill");
    let language = form.text("language").parse::<Language>().unwrap_or(visit.language);
    let is_filled = |item| !filled(&form, item).is_empty();
    let rows = rows_filled(visit.app(), &visit.viewer(), &actor, id, is_filled).await?;
    let (mut made, mut refused) = (0_u64, Vec::new());
    for row in rows {
        let filled = filled(&form, row.item.id);
        let retry = form.retry_of(&visit, &row.item.id.to_string())?;
        let report = async {
            let input = input(&row.item, actor.organisation, id, language, &filled)?;
            let viewer = visit.viewer();
            items::report(visit.app(), &viewer, Key::Id(row.item.id), input, retry).await
        };
        match done_once(&visit, retry, Box::pin(report)).await {
            Ok(_) => made += 1,
            Err(error) => refused.push(Refused { why: why(&page, error)?, row }),
        }
    }
    let path = page.to(format!("rounds/{id}/fill"));
    match (made, refused.is_empty()) {
        (0, true) => Ok(Redirect::to(&format!("{path}?done=nothing_filled")).into_response()),
        (_, true) => Ok(Redirect::to(&format!("{path}?made={made}")).into_response()),
        _ => page_of(&visit, &round, &form, &refused, made).await,
    }
}
