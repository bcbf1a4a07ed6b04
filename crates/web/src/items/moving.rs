//! `/{language}/items/{item}/move/{status}`: moving an item. The table of moves says what the form asks for.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use qadam_app::Code;
use qadam_app::error::FieldCode;
use qadam_app::items::{self, ItemView, Key, StatusChangeInput};
use qadam_domain::items::moves::{Move, Need};
use qadam_domain::items::{ClosingResult, Item, Kind, Source, Status};
use qadam_domain::text::is_web_address;
use qadam_http::texts::TextLimit;

use super::inputs::{due, evidence, fields_of};
use super::key;
use super::offered::back;
use crate::failure::Failure;
use crate::form::{Form, Sent, named_in};
use crate::page::Page;
use crate::render::render_form;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "items/move.html")]
struct MovePage<'a> {
    page: &'a Page,
    view: &'a ItemView,
    row: &'a Move,
    form: &'a Form,
}

impl MovePage<'_> {
    /// Whether the form asks for something.
    fn asks(&self, need: Need) -> bool {
        self.row.needs.contains(&need)
    }

    /// Whether those who filed a proposal take it back: with a reason, if they want to give one.
    fn withdraws(&self) -> bool {
        self.row.kind == Kind::Proposal && self.row.to == Status::Withdrawn
    }

    fn asks_for_result(&self) -> bool {
        self.asks(Need::ClosingResult) || self.asks(Need::ClosingWithoutResult)
    }

    fn asks_for_source(&self) -> bool {
        self.asks(Need::AnnouncementSource) || self.asks(Need::NewSource) || self.asks(Need::Successor)
    }

    fn asks_for_target(&self) -> bool {
        self.asks(Need::Target) || self.asks(Need::Successor)
    }

    fn asks_for_lead(&self) -> bool {
        self.asks(Need::Lead) && !self.row.by.contains(&qadam_domain::items::moves::Mover::Lead)
    }

    /// The results that it can close with: code, name, nothing to explain.
    fn results(&self) -> Vec<(String, String, String)> {
        let fits = |result: &ClosingResult| {
            self.asks(Need::ClosingResult)
                || matches!(result, ClosingResult::Overtaken | ClosingResult::NotImplemented)
        };
        let all = ClosingResult::ALL.into_iter().filter(fits);
        all.map(|result| {
            let name = self.page.word("closing_result", result.code());
            (result.code().to_owned(), name, String::new())
        })
        .collect()
    }
}

/// The item, and the move that the viewer may make.
async fn find(visit: &Visit, item: &str, to: &str) -> Result<(ItemView, &'static Move), Failure> {
    visit.actor()?;
    let view = items::get(visit.app(), &visit.viewer(), key(item)?).await?;
    let to = Status::from_code(to).ok_or(Code::NotFound)?;
    let can = items::possibilities(visit.app(), &visit.viewer(), &view).await?;
    let row = can.moves.into_iter().find(|row| row.to == to).ok_or(Code::StatusConflict)?;
    Ok((view, row))
}

/// `GET /{language}/items/{item}/move/{status}`
pub(crate) async fn show(
    visit: Visit,
    Path((item, to)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let (view, row) = find(&visit, &item, &to).await?;
    let mut values = vec![("etag".to_owned(), view.etag.clone())];
    if let Some(lead) = view.item.lead() {
        values.push(("lead".to_owned(), visit.app().directory().code(lead).to_owned()));
    }
    if let Some(due) = &view.item.due {
        values.push(("due_on".to_owned(), due.on.to_string()));
        values.push(("due_precision".to_owned(), due.precision.code().to_owned()));
    }
    values.extend(fields_of("no_due_reason", &view.item.no_due_reason));
    Ok(form_page(&visit, &view, row, &Form::of(values)))
}

fn form_page(visit: &Visit, view: &ItemView, row: &Move, form: &Form) -> Response {
    let mut page = Page::new(visit, "items-title");
    page.title = page.move_name(row, &view.item.status);
    page.hide();
    render_form(&MovePage { page: &page, view, row, form }, form)
}

/// `POST /{language}/items/{item}/move/{status}`
pub(crate) async fn make(
    visit: Visit,
    Path((item, to)): Path<(String, String)>,
    mut form: Form,
) -> Result<Response, Failure> {
    if let Some(before) = form.sent_before() {
        // The item stands elsewhere since, where the same move is none.
        let view = items::get(visit.app(), &visit.viewer(), Key::Id(named_in(before, "items")?)).await?;
        return Ok(moved(&visit, &view.item, &to));
    }
    let (view, row) = find(&visit, &item, &to).await?;
    let input = read(&mut form, row);
    if form.is_wrong() {
        return Ok(form_page(&visit, &view, row, &form));
    }
    let key = Key::Id(view.item.id);
    let condition = Some(form.condition());
    let viewer = visit.viewer();
    let work = items::change_status(visit.app(), &viewer, key, condition, input, form.retry());
    match form.once(&visit, work).await {
        Ok(Sent::Now(made)) => Ok(moved(&visit, &made.view.item, &to)),
        Ok(Sent::Before(_)) => Ok(moved(&visit, &view.item, &to)),
        Err(error) => {
            form.take(error)?;
            // The form shows the item as it is now: sent again, it is meant for that.
            form.set("etag", &view.etag);
            Ok(form_page(&visit, &view, row, &form))
        }
    }
}

/// Back to an item that was moved.
fn moved(visit: &Visit, item: &Item, to: &str) -> Response {
    let done = if to == Status::Submitted.code() { "filed" } else { "moved" };
    back(&Page::new(visit, "items-title"), item, done)
}

/// What the form says, as far as the move asks for it.
fn read(form: &mut Form, row: &Move) -> StatusChangeInput {
    let asks = |need| row.needs.contains(&need);
    let named = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let mut input = StatusChangeInput::to(row.to);
    input.reason = form.map("reason", TextLimit::BODY);
    input.lead = named(form.text("lead"));
    if asks(Need::Answer) {
        input.answer = Some((form.required_map("answer.text", TextLimit::BODY), None));
    }
    if asks(Need::DueOrReason) {
        input.due = due(form);
        input.no_due_reason = form.map("no_due_reason", TextLimit::BODY);
    }
    input.evidence = evidence(form).into_iter().collect();
    input.closing_result = ClosingResult::from_code(form.text("closing_result"));
    input.source = source(form);
    if let Some(target) = named(form.text("target")) {
        input.target = key(&target).ok();
        if input.target.is_none() {
            form.refuse("target", FieldCode::UnknownReference);
        }
    }
    input
}

/// Where something was announced, or what replaces it.
fn source(form: &mut Form) -> Option<Source> {
    let source = Source {
        symbol: form.written("source.symbol", TextLimit::LABEL),
        quote: form.written("source.quote", TextLimit::BODY),
        url: form.written("source.url", TextLimit::BODY),
        published_on: form.day("source.published_on"),
        ..Source::default()
    };
    if source.url.as_deref().is_some_and(|url| !is_web_address(url)) {
        form.refuse("source.url", FieldCode::InvalidUrl);
    }
    (source != Source::default()).then_some(source)
}
