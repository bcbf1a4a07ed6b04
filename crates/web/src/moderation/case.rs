//! One case: what was filed, what to look out for, and passing it on to a body in one step.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use qadam_app::error::FieldCode;
use qadam_app::items::{
    self, ConsentedTo, ItemView, Key, LevelChangeInput, Possibilities, Similar, StatusChangeInput,
};
use qadam_app::{AppError, Code};
use qadam_domain::items::Status;
use qadam_domain::language::LanguageMap;
use qadam_domain::levels::{Axis, Level};

use super::only_secretariat;
use super::queue::signs_in;
use crate::failure::Failure;
use crate::form::{Form, Sent};
use crate::items::key;
use crate::page::Page;
use crate::render::render_form;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "moderation/case.html")]
struct CasePage<'a> {
    page: &'a Page,
    view: &'a ItemView,
    can: &'a Possibilities,
    similar: &'a [Similar],
    /// How far its submitters agreed that the text may go.
    agreed: Option<Level>,
    form: &'a Form,
}

impl CasePage<'_> {
    fn texts(&self) -> Vec<(&'static str, &LanguageMap)> {
        let item = &self.view.item;
        let all = [
            ("field_name-summary", &item.summary),
            ("field_name-grounds", &item.grounds),
            ("field_name-expected_result", &item.expected_result),
        ];
        all.into_iter().filter(|(_, text)| !text.is_empty()).collect()
    }

    /// Whether it can be passed on: a body may read it.
    fn can_be_passed_on(&self) -> bool {
        self.agreed.is_some_and(|agreed| agreed >= Level::Addressed)
    }

    /// How far it can be read then: code, name, what it means.
    fn levels(&self) -> Vec<(String, String, String)> {
        let agreed = self.agreed.unwrap_or(Level::Secretariat);
        let levels = Level::ALL.into_iter().filter(|level| *level >= Level::Addressed && *level <= agreed);
        let named = |level: Level| {
            let key = format!("filing-text_{}", level.code());
            (level.code().to_owned(), self.page.t(&key), self.page.t(&format!("{key}_means")))
        };
        levels.map(named).collect()
    }

    fn agreed_words(&self) -> String {
        let agreed = self.agreed.unwrap_or(Level::Secretariat);
        self.page.t(&format!("filing-text_{}", agreed.code()))
    }

    /// The other moves that can be made with it.
    fn others(&self) -> Vec<(String, String)> {
        let others = self.can.moves.iter().filter(|row| row.to != Status::UnderReview);
        let root = self.page.item_path(&self.view.item);
        let name = |to: Status| format!("{root}/move/{}", to.code());
        others.map(|row| (self.page.move_name(row, &self.view.item.status), name(row.to))).collect()
    }
}

/// A case with what is known of it.
struct Case {
    view: ItemView,
    can: Possibilities,
    agreed: Option<Level>,
}

async fn find(visit: &Visit, item: &str) -> Result<Case, Failure> {
    only_secretariat(visit)?;
    let (app, viewer) = (visit.app(), visit.viewer());
    let view = items::get(app, &viewer, key(item)?).await?;
    if view.item.status != Status::Submitted {
        return Err(Code::StatusConflict.into());
    }
    let can = items::possibilities(app, &viewer, &view).await?;
    let consents = items::consents(app, &viewer, Key::Id(view.item.id)).await?;
    let levels = consents.iter().filter_map(|consent| match &consent.to {
        ConsentedTo::Level(Axis::Text, level) => Some(*level),
        _ => None,
    });
    Ok(Case { agreed: levels.max(), view, can })
}

/// `GET /{language}/queue/{item}`
pub(super) async fn show(visit: Visit, Path(item): Path<String>) -> Result<Response, Failure> {
    let case = find(&visit, &item).await?;
    let directory = visit.app().directory();
    let mut form = Form::default().with("etag", &case.view.etag);
    if let [addressee] = case.view.item.addressees.as_slice() {
        form = form.with("lead", directory.code(*addressee));
    }
    if let Some(agreed) = case.agreed {
        form = form.with("level", agreed.code());
    }
    case_page(&visit, &case, form).await
}

async fn case_page(visit: &Visit, case: &Case, mut form: Form) -> Result<Response, Failure> {
    let item = &case.view.item;
    for text in [&item.title, &item.summary, &item.grounds, &item.expected_result] {
        form.look_at(text);
    }
    let mut page = Page::new(visit, "queue-case");
    page.hide();
    let similar = crate::filing::similar_to(visit, &case.view).await?;
    let shown = CasePage {
        page: &page,
        view: &case.view,
        can: &case.can,
        similar: &similar,
        agreed: case.agreed,
        form: &form,
    };
    Ok(render_form(&shown, &form))
}

/// `POST /{language}/queue/{item}`: passes it on to a body, and lets it be read as far as was agreed and is wanted.
pub(super) async fn pass_on(
    visit: Visit,
    Path(item): Path<String>,
    mut form: Form,
) -> Result<Response, Failure> {
    if form.sent_before().is_some() {
        return Ok(passed_on(&visit));
    }
    let case = find(&visit, &item).await?;
    let level = Level::from_code(form.text("level"));
    if level.is_none() {
        form.refuse("level", FieldCode::Required);
    }
    if form.text("lead").is_empty() {
        form.refuse("lead", FieldCode::Required);
    }
    if !signs_in(&case.view.item).is_empty() && !form.has("looked", "yes") {
        form.refuse("looked", FieldCode::Required);
    }
    let Some(level) = level.filter(|_| !form.is_wrong()) else {
        return case_page(&visit, &case, form).await;
    };
    match pass_on_now(&visit, &case.view, &form, level).await {
        Ok(()) => Ok(passed_on(&visit)),
        Err(error) => {
            form.take(error)?;
            case_page(&visit, &case, form).await
        }
    }
}

fn passed_on(visit: &Visit) -> Response {
    Redirect::to(&format!("{}?done=passed_on", visit.to("queue"))).into_response()
}

/// Passes it on, then lets more people read it: were the second to fail, fewer read it than was wanted, never more.
async fn pass_on_now(visit: &Visit, view: &ItemView, form: &Form, level: Level) -> Result<(), AppError> {
    let (app, viewer, id) = (visit.app(), visit.viewer(), Key::Id(view.item.id));
    let passing = StatusChangeInput {
        lead: Some(form.text("lead").to_owned()),
        ..StatusChangeInput::to(Status::UnderReview)
    };
    let condition = Some(form.condition());
    let moving = items::change_status(app, &viewer, id, condition, passing, form.retry());
    let Sent::Now(moved) = form.once(visit, moving).await? else { return Ok(()) };
    if level > moved.view.item.text_level {
        let widening = LevelChangeInput {
            axis: Axis::Text,
            to: level,
            reason_class: None,
            reason: LanguageMap::default(),
        };
        items::change_level(app, &viewer, id, widening, None).await?;
    }
    Ok(())
}
