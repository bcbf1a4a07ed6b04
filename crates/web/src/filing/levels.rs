//! `/{language}/items/{item}/levels`: who reads the text of a proposal and who knows the name of its author: two choices
//! that are made apart.
#![expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass by reference what they print")]

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use qadam_app::error::FieldCode;
use qadam_app::items::{
    self, ConsentInput, ConsentedTo, GivenConsent, ItemView, Key, LevelChangeInput, NarrowingReason,
    Possibility,
};
use qadam_app::{AppError, Code};
use qadam_domain::language::LanguageMap;
use qadam_domain::levels::{Axis, Level, Relation};
use qadam_http::texts::TextLimit;

use crate::failure::Failure;
use crate::form::Form;
use crate::items::key;
use crate::page::Page;
use crate::render::render_form;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "filing/levels.html")]
struct LevelsPage<'a> {
    page: &'a Page,
    view: &'a ItemView,
    consents: &'a [GivenConsent],
    form: &'a Form,
}

/// A level with its code, its name and what it means.
type Named = (String, String, String);

impl LevelsPage<'_> {
    /// Whether the viewer filed it.
    fn is_submitter(&self) -> bool {
        self.view.relation == Relation::Submitter
    }

    fn text_words(&self, level: &Level) -> String {
        self.page.t(&format!("filing-text_{}", level.code()))
    }

    fn name_level(&self) -> String {
        self.page.t(&format!("filing-name_{}", self.view.item.identity_level.code()))
    }

    /// How far the submitters agreed that the text may go.
    fn agreed(&self) -> Option<Level> {
        let levels = self.consents.iter().filter_map(|consent| match &consent.to {
            ConsentedTo::Level(Axis::Text, level) => Some(*level),
            _ => None,
        });
        levels.max()
    }

    /// Levels of the text beyond the present one.
    fn wider(&self, wanted: impl Fn(Level) -> bool) -> Vec<Named> {
        let wider =
            Level::ALL.into_iter().filter(|level| *level > self.view.item.text_level && wanted(*level));
        wider.map(|level| self.named("text", level)).collect()
    }

    /// Levels that the submitter can agree to.
    fn to_agree(&self) -> Vec<Named> {
        let agreed = self.agreed().unwrap_or(Level::Secretariat);
        self.wider(|level| level > agreed && level > Level::Secretariat)
    }

    /// Levels to which the secretariat can widen the text now.
    fn to_widen(&self) -> Vec<Named> {
        if self.is_submitter() {
            return Vec::new();
        }
        let agreed = self.agreed();
        self.wider(|level| agreed.is_some_and(|agreed| agreed >= level))
    }

    fn to_narrow(&self) -> Vec<Named> {
        let narrower = Level::ALL.into_iter();
        let narrower =
            narrower.filter(|level| *level >= Level::Secretariat && *level < self.view.item.text_level);
        narrower.map(|level| self.named("text", level)).collect()
    }

    /// Levels at which the name can be known: never further than the text.
    fn names(&self) -> Vec<Named> {
        let item = &self.view.item;
        let others = Level::ALL.into_iter();
        let others = others.filter(|level| *level <= item.text_level && *level != item.identity_level);
        others.map(|level| self.named("name", level)).collect()
    }

    fn reasons(&self) -> Vec<(String, String)> {
        let all = NarrowingReason::ALL.into_iter();
        all.map(|reason| (reason.code().to_owned(), self.page.word("narrowing_reason", reason.code())))
            .collect()
    }

    fn named(&self, axis: &str, level: Level) -> Named {
        let key = format!("filing-{axis}_{}", level.code());
        (level.code().to_owned(), self.page.t(&key), self.page.t(&format!("{key}_means")))
    }
}

async fn find(visit: &Visit, item: &str) -> Result<(ItemView, Vec<GivenConsent>), Failure> {
    visit.actor()?;
    let view = items::get(visit.app(), &visit.viewer(), key(item)?).await?;
    let can = items::possibilities(visit.app(), &visit.viewer(), &view).await?;
    let is_secretariat = visit.viewer().is_secretariat();
    if !can.has(Possibility::ChangeLevels) && !is_secretariat {
        return Err(Code::RoleRequired.into());
    }
    let consents = items::consents(visit.app(), &visit.viewer(), Key::Id(view.item.id)).await?;
    Ok((view, consents))
}

/// `GET /{language}/items/{item}/levels`
pub(super) async fn show(visit: Visit, Path(item): Path<String>) -> Result<Response, Failure> {
    let (view, consents) = find(&visit, &item).await?;
    Ok(levels_page(&visit, &view, &consents, &Form::default()))
}

fn levels_page(visit: &Visit, view: &ItemView, consents: &[GivenConsent], form: &Form) -> Response {
    let mut page = Page::new(visit, "levels-title");
    page.hide();
    render_form(&LevelsPage { page: &page, view, consents, form }, form)
}

/// `POST /{language}/items/{item}/levels`
pub(super) async fn change(
    visit: Visit,
    Path(item): Path<String>,
    mut form: Form,
) -> Result<Response, Failure> {
    let (view, consents) = find(&visit, &item).await?;
    match changed(&visit, &view, &mut form).await {
        Ok(view) => {
            let page = Page::new(&visit, "items-title");
            Ok(Redirect::to(&format!("{}/levels?done=levels", page.item_path(&view.item))).into_response())
        }
        Err(error) => {
            form.take(error)?;
            Ok(levels_page(&visit, &view, &consents, &form))
        }
    }
}

/// Makes the change that the form asks for: its field `what` says which.
async fn changed(visit: &Visit, view: &ItemView, form: &mut Form) -> Result<ItemView, AppError> {
    let (app, viewer, id) = (visit.app(), visit.viewer(), Key::Id(view.item.id));
    let name = form.text("what").to_owned();
    let level = Level::from_code(form.text(&name));
    let level = level.ok_or_else(|| AppError::field(format!("/{name}"), FieldCode::Required))?;
    let change = |axis, reason_class, reason| LevelChangeInput { axis, to: level, reason_class, reason };
    match name.as_str() {
        "agree" => {
            items::consent(app, &viewer, id, ConsentInput::Level { axis: Axis::Text, level }, None).await
        }
        "name" => {
            // A name goes public by two voices: the first one agrees, the second one makes it so.
            let widened = change(Axis::Identity, None, LanguageMap::default());
            match items::change_level(app, &viewer, id, widened, None).await {
                Err(AppError::Refused(Code::SecondPersonRequired)) => {
                    let voice = ConsentInput::Level { axis: Axis::Identity, level };
                    items::consent(app, &viewer, id, voice, None).await
                }
                other => other,
            }
        }
        _ => {
            let class = NarrowingReason::from_code(form.text("reason_class"));
            let reason = form.map("reason", TextLimit::BODY);
            items::change_level(app, &viewer, id, change(Axis::Text, class, reason), None).await
        }
    }
}
