//! `/{language}/bulk`: the same report on several items at once. Each is a report of its own: what is wrong with one
//! keeps no other from being made. What is on offer is the [`choice`](super::choice) that the address makes.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use qadam_app::items::{self, ItemView, Key, Possibilities, UpdateInput};
use qadam_app::{AppError, Code};
use qadam_domain::ids::ItemId;
use qadam_domain::items::Status;
use qadam_domain::items::moves::{Move, Mover, Need, TABLE};

use super::choice::Choice;
use crate::failure::Failure;
use crate::form::{Form, done_once};
use crate::items::ShortList;
use crate::items::offered::{form_page, why};
use crate::items::reporting::reading::{self, STAYS};
use crate::page::Page;
use crate::render::render_form;
use crate::visit::Visit;

/// How many items are reported on at once: as many as REST takes.
pub(super) const ITEMS_MAX: usize = 100;
/// The field that names the items.
pub(super) const ITEM: &str = "item";

#[derive(Template)]
#[template(path = "work/bulk.html")]
struct BulkPage<'a> {
    page: &'a Page,
    form: &'a Form,
    list: ShortList,
    needs_approval: bool,
    choice: Choice,
    /// What was not reported, and why.
    refused: &'a [(ItemId, String)],
    /// How many reports were made all the same.
    made: u64,
}

impl BulkPage<'_> {
    /// The statuses: code, name, what the status needs.
    fn statuses(&self) -> Vec<(String, String, String)> {
        let stays = (STAYS.to_owned(), self.page.t("bulk-stays"), String::new());
        let moves = statuses().into_iter().map(|row| {
            let needs = if row.needs.contains(&Need::Evidence) { "report-needs_evidence" } else { "" };
            let needs = if needs.is_empty() { String::new() } else { self.page.t(needs) };
            (row.to.code().to_owned(), self.page.move_name(row, &Status::Planned), needs)
        });
        std::iter::once(stays).chain(moves).collect()
    }

    fn why(&self, view: &ItemView) -> Option<&str> {
        let found = self.refused.iter().find(|(id, _)| *id == view.item.id);
        found.map(|(_, why)| why.as_str())
    }

    fn is_chosen(&self, view: &ItemView) -> bool {
        self.form.has(ITEM, &view.item.id.to_string())
    }

    /// Where the form is sent: to the same choice, so that it is shown again where something is wrong.
    fn action(&self) -> String {
        self.choice.path(self.page, None)
    }

    /// The same with everything marked.
    fn all(&self) -> String {
        self.choice.path(self.page, Some(("all", "1")))
    }

    fn failed(&self) -> String {
        self.page.count("bulk-failed", &(self.refused.len() as u64))
    }
}

/// The moves of a lead that need no words of their own for each item.
fn statuses() -> Vec<&'static Move> {
    let apart = [Need::DueOrReason, Need::Answer, Need::Reason];
    let same =
        |row: &&Move| row.by.contains(&Mover::Lead) && !row.needs.iter().any(|need| apart.contains(need));
    let mut rows: Vec<&'static Move> = TABLE.iter().filter(same).collect();
    let mut seen = Vec::new();
    rows.retain(|row| {
        !seen.contains(&row.to) && {
            seen.push(row.to);
            true
        }
    });
    rows
}

/// `GET /{language}/bulk`
pub(super) async fn show(visit: Visit) -> Result<Response, Failure> {
    let page = page_with_count(&visit);
    let choice = Choice::read(&visit);
    let list = choice.list(&visit, &page).await?;
    let all = visit.parameter("all").is_some() || choice.is_by_name();
    let chosen = list.items.iter().filter(|_| all).map(|view| (ITEM.to_owned(), view.item.id.to_string()));
    let form = Form::of(chosen.chain([("status_change.to".to_owned(), STAYS.to_owned())]));
    bulk_page(&visit, &page, list, &form, &[], 0).await
}

fn page_with_count(visit: &Visit) -> Page {
    let mut page = form_page(visit, Choice::read(visit).title());
    let count = visit.parameter("made").and_then(|count| count.parse::<u64>().ok());
    if let Some(count) = count {
        page.notice = Some(page.count("bulk-made", &count));
    }
    page
}

async fn bulk_page(
    visit: &Visit,
    page: &Page,
    list: ShortList,
    form: &Form,
    refused: &[(ItemId, String)],
    made: u64,
) -> Result<Response, Failure> {
    let needs_approval = match list.items.first() {
        Some(first) => items::possibilities(visit.app(), &visit.viewer(), first).await?.needs_approval,
        None => false,
    };
    let choice = Choice::read(visit);
    let shown = BulkPage { page, form, list, needs_approval, choice, refused, made };
    let mut response = render_form(&shown, form);
    if !refused.is_empty() {
        *response.status_mut() = http::StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// `POST /{language}/bulk`
pub(super) async fn make(visit: Visit, mut form: Form) -> Result<Response, Failure> {
    let page = form_page(&visit, Choice::read(&visit).title());
    let chosen: Vec<ItemId> = form.all(ITEM).filter_map(|id| id.parse().ok()).collect();
    if chosen.is_empty() {
        form.refuse(ITEM, qadam_app::error::FieldCode::Required);
    } else if chosen.len() > ITEMS_MAX {
        form.refuse(ITEM, qadam_app::error::FieldCode::TooMany);
    }
    let rows = statuses();
    reading::read(&mut form, &rows, None, None, visit.language);
    if form.is_wrong() {
        let list = Choice::read(&visit).list(&visit, &page).await?;
        return bulk_page(&visit, &page, list, &form, &[], 0).await;
    }
    let (mut made, mut refused) = (0_u64, Vec::new());
    for id in chosen {
        match Box::pin(report(&visit, id, &form)).await {
            Ok(()) => made += 1,
            Err(error) => refused.push((id, why(&page, error)?)),
        }
    }
    if refused.is_empty() {
        return Ok(Redirect::to(&format!("{}?made={made}", page.to("bulk"))).into_response());
    }
    form.keep(ITEM, |id| refused.iter().any(|(known, _)| known.to_string() == id));
    let list = Choice::read(&visit).list(&visit, &page).await?;
    bulk_page(&visit, &page, list, &form, &refused, made).await
}

/// One of the reports, as if it had been made alone.
async fn report(visit: &Visit, id: ItemId, form: &Form) -> Result<(), AppError> {
    let viewer = visit.viewer();
    let retry = form.retry_of(visit, &id.to_string())?;
    let work = async {
        let view = items::get(visit.app(), &viewer, Key::Id(id)).await?;
        let can = items::possibilities(visit.app(), &viewer, &view).await?;
        let input = input_for(visit, &view, &can, form)?;
        items::report(visit.app(), &viewer, Key::Id(id), input, retry).await
    };
    done_once(visit, retry, Box::pin(work)).await.map(drop)
}

/// What the form says of one item: a move takes what it needs from where the item stands.
fn input_for(
    visit: &Visit,
    view: &ItemView,
    can: &Possibilities,
    form: &Form,
) -> Result<UpdateInput, AppError> {
    let wanted = form.text("status_change.to");
    let is_possible = wanted == STAYS || can.with_report.iter().any(|row| row.to.code() == wanted);
    if !is_possible {
        return Err(Code::MoveNotAllowed.into());
    }
    let mut own = form.clone();
    let written = reading::read(&mut own, &can.with_report, Some(&view.item), None, visit.language);
    let wrong: Vec<_> = own
        .all_wrong()
        .map(|(name, code)| qadam_app::error::FieldError::new(format!("/{}", name.replace('.', "/")), code))
        .collect();
    if wrong.is_empty() { Ok(written.input) } else { Err(AppError::Invalid(wrong)) }
}
