//! `/{language}/items/{item}/check`: everything that was written, who will read it, and the button that files it; and
//! throwing a draft away.
#![expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass by reference what they print")]

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use qadam_app::items::{
    self, ConsentInput, ItemView, Key, LevelChangeInput, Possibilities, Possibility, Similar,
    StatusChangeInput,
};
use qadam_app::{AppError, Code};
use qadam_domain::items::moves::Move;
use qadam_domain::items::{Item, Kind, Status};
use qadam_domain::language::LanguageMap;
use qadam_domain::levels::{Axis, Level};

use super::parts::Part;
use crate::failure::Failure;
use crate::form::{Form, Sent, named_in};
use crate::items::key;
use crate::page::Page;
use crate::render::render_form;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "filing/check.html")]
struct CheckPage<'a> {
    page: &'a Page,
    view: &'a ItemView,
    can: &'a Possibilities,
    form: &'a Form,
    similar: &'a [Similar],
}

/// A text that was written, by the name of its field.
struct Written<'a> {
    name: &'static str,
    part: Part,
    text: &'a LanguageMap,
}

impl CheckPage<'_> {
    /// The texts, in the order in which they were asked for.
    fn written(&self) -> Vec<Written<'_>> {
        let item = &self.view.item;
        let all = [
            ("field_name-title", Part::What, &item.title),
            ("field_name-summary", Part::What, &item.summary),
            ("field_name-grounds", Part::Why, &item.grounds),
            ("field_name-expected_result", Part::Outcome, &item.expected_result),
            ("field_name-completion_form", Part::Terms, &item.completion_form),
        ];
        let own = all.into_iter().filter(|(_, part, _)| Part::of(item.kind).contains(part));
        own.map(|(name, part, text)| Written { name, part, text }).collect()
    }

    fn edit_path(&self, part: &Part) -> String {
        format!("{}/edit/{}", self.page.item_path(&self.view.item), part.segment())
    }

    /// The move that files it.
    fn filing(&self) -> Option<&Move> {
        self.can.moves.iter().copied().find(|row| row.to == Status::Submitted)
    }

    /// The other moves that lead a draft into the register.
    fn others(&self) -> Vec<&Move> {
        self.can.moves.iter().copied().filter(|row| row.to != Status::Submitted).collect()
    }

    fn is_first_filing(&self) -> bool {
        self.view.item.status == Status::Draft
    }

    /// How far the text may go: code, name, what it means.
    fn text_levels(&self) -> Vec<(String, String, String)> {
        let levels = [Level::Secretariat, Level::Addressed, Level::Members, Level::Public];
        levels.map(|level| self.level("text", level)).to_vec()
    }

    /// Who may know who filed it, from the start.
    fn name_levels(&self) -> Vec<(String, String, String)> {
        [Level::Own, Level::Secretariat].map(|level| self.level("name", level)).to_vec()
    }

    fn level(&self, axis: &str, level: Level) -> (String, String, String) {
        let key = format!("filing-{axis}_{}", level.code());
        (level.code().to_owned(), self.page.t(&key), self.page.t(&format!("{key}_means")))
    }
}

async fn find(visit: &Visit, item: &str) -> Result<(ItemView, Possibilities), Failure> {
    visit.actor()?;
    let view = items::get(visit.app(), &visit.viewer(), key(item)?).await?;
    if !matches!(view.item.status, Status::Draft | Status::Returned) {
        return Err(Code::StatusConflict.into());
    }
    let can = items::possibilities(visit.app(), &visit.viewer(), &view).await?;
    Ok((view, can))
}

/// `GET /{language}/items/{item}/check`
pub(super) async fn show(visit: Visit, Path(item): Path<String>) -> Result<Response, Failure> {
    let (view, can) = find(&visit, &item).await?;
    let mut form = Form::default().with("etag", &view.etag);
    if view.item.kind == Kind::Proposal && view.item.status == Status::Draft {
        form = form.with("text_level", Level::Public.code()).with("identity_level", Level::Own.code());
    }
    check_page(&visit, &view, &can, form).await
}

async fn check_page(
    visit: &Visit,
    view: &ItemView,
    can: &Possibilities,
    mut form: Form,
) -> Result<Response, Failure> {
    for text in [&view.item.title, &view.item.summary, &view.item.grounds, &view.item.expected_result] {
        form.look_at(text);
    }
    let mut page = Page::new(visit, "filing-check");
    page.hide();
    let similar = super::similar::to(visit, view).await?;
    Ok(render_form(&CheckPage { page: &page, view, can, form: &form, similar: &similar }, &form))
}

/// `POST /{language}/items/{item}/check`: files it.
pub(super) async fn file(
    visit: Visit,
    Path(item): Path<String>,
    mut form: Form,
) -> Result<Response, Failure> {
    if let Some(before) = form.sent_before() {
        // It is no draft any more.
        let view = items::get(visit.app(), &visit.viewer(), Key::Id(named_in(before, "items")?)).await?;
        return Ok(filed(&visit, &view.item));
    }
    let (view, can) = find(&visit, &item).await?;
    for text in [&view.item.title, &view.item.summary, &view.item.grounds, &view.item.expected_result] {
        form.look_at(text);
    }
    form.is_sent();
    if form.is_wrong() {
        return check_page(&visit, &view, &can, form).await;
    }
    match file_once(&visit, &view, &form).await {
        Ok(()) => Ok(filed(&visit, &view.item)),
        Err(error) => {
            form.take(error)?;
            check_page(&visit, &view, &can, form).await
        }
    }
}

/// The receipt of what was filed.
fn filed(visit: &Visit, item: &Item) -> Response {
    let path = Page::new(visit, "items-title").item_path(item);
    Redirect::to(&format!("{path}/receipt?done=filed")).into_response()
}

/// Files it, and lets the secretariat know the name where that is wanted. Each is a write of its own: where a later one
/// fails, less is known to others than was wanted, never more.
async fn file_once(visit: &Visit, view: &ItemView, form: &Form) -> Result<(), AppError> {
    let sent = form.once(visit, file_now(visit, view, form)).await?;
    let name = Level::from_code(form.text("identity_level")).filter(|level| *level == Level::Secretariat);
    let (Sent::Now(()), Some(to)) = (sent, name) else { return Ok(()) };
    let change =
        LevelChangeInput { axis: Axis::Identity, to, reason_class: None, reason: LanguageMap::default() };
    let id = Key::Id(view.item.id);
    items::change_level(visit.app(), &visit.viewer(), id, change, None).await.map(drop)
}

/// Agrees to how far the text may go, and files it.
async fn file_now(visit: &Visit, view: &ItemView, form: &Form) -> Result<(), AppError> {
    let (app, viewer, id) = (visit.app(), visit.viewer(), Key::Id(view.item.id));
    if !form.condition().allows(&view.etag) {
        return Err(Code::PreconditionFailed.into());
    }
    let text = Level::from_code(form.text("text_level")).filter(|level| *level > Level::Secretariat);
    let filing = StatusChangeInput::to(Status::Submitted);
    if let Some(level) = text {
        items::consent(app, &viewer, id, ConsentInput::Level { axis: Axis::Text, level }, None).await?;
    }
    items::change_status(app, &viewer, id, None, filing, form.retry()).await.map(drop)
}

#[derive(Template)]
#[template(path = "filing/deletion.html")]
struct DeletionPage<'a> {
    page: &'a Page,
    view: &'a ItemView,
    form: &'a Form,
}

/// `GET /{language}/items/{item}/delete`
pub(super) async fn show_deletion(visit: Visit, Path(item): Path<String>) -> Result<Response, Failure> {
    let (view, can) = find(&visit, &item).await?;
    if !can.has(Possibility::Delete) {
        return Err(Code::NotADraft.into());
    }
    let form = Form::default().with("etag", &view.etag);
    Ok(deletion_page(&visit, &view, &form))
}

fn deletion_page(visit: &Visit, view: &ItemView, form: &Form) -> Response {
    let mut page = Page::new(visit, "filing-delete");
    page.hide();
    render_form(&DeletionPage { page: &page, view, form }, form)
}

/// `POST /{language}/items/{item}/delete`
pub(super) async fn delete(
    visit: Visit,
    Path(item): Path<String>,
    mut form: Form,
) -> Result<Response, Failure> {
    let (view, _can) = find(&visit, &item).await?;
    let condition = form.condition();
    match items::delete_draft(visit.app(), &visit.viewer(), Key::Id(view.item.id), condition).await {
        Ok(()) => Ok(Redirect::to(&format!("{}?done=deleted", visit.to("work"))).into_response()),
        Err(error) => {
            form.take(error)?;
            Ok(deletion_page(&visit, &view, &form))
        }
    }
}
