//! `/{language}/items/{item}/indicators/{indicator}`: what is counted, with all its values. Whoever may name indicators gives
//! values there; one that was wrong is corrected by another that names it, and both stay.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use qadam_app::Code;
use qadam_app::error::FieldCode;
use qadam_app::items::{self, ContributionView, IndicatorValueInput, ItemView, Key, Possibility};
use qadam_domain::ids::ContributionId;
use qadam_domain::items::contributions::{Content, ContributionKind};
use qadam_domain::items::indicators::{Indicator, IndicatorValue, ValueSource};
use qadam_http::texts::TextLimit;

use crate::failure::Failure;
use crate::form::Form;
use crate::items::inputs::{fields_of, known_day, number, web_address};
use crate::items::key;
use crate::items::offered::form_page;
use crate::page::Page;
use crate::render::{not_kept, render_form};
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "adding/measuring.html")]
struct MeasuringPage<'a> {
    page: &'a Page,
    view: &'a ItemView,
    form: &'a Form,
    of: &'a Found,
    indicator: &'a Indicator,
    /// The value that is corrected.
    corrected: Option<&'a IndicatorValue>,
}

/// An indicator with its item.
struct Found {
    view: ItemView,
    one: ContributionView,
    /// Whether the viewer gives values.
    measures: bool,
}

impl MeasuringPage<'_> {
    fn path(&self) -> String {
        path(self.page, self.of)
    }

    /// Where a value is corrected; nothing for those who give none.
    fn correcting(&self) -> String {
        if self.of.measures { format!("{}?corrects=", self.path()) } else { String::new() }
    }
}

fn path(page: &Page, of: &Found) -> String {
    format!("{}/indicators/{}", page.item_path(&of.view.item), of.one.contribution.id)
}

async fn find(visit: &Visit, item: &str, indicator: &str) -> Result<Found, Failure> {
    let (app, viewer) = (visit.app(), visit.viewer());
    let id: ContributionId = indicator.parse().map_err(|_other| Code::NotFound)?;
    let found = items::contribution(app, &viewer, key(item)?, ContributionKind::Indicator, id).await?;
    let can = items::possibilities(app, &viewer, &found.item).await?;
    Ok(Found { measures: can.has(Possibility::AddIndicator), view: found.item, one: found.contribution })
}

fn indicator(of: &Found) -> Result<&Indicator, Failure> {
    match &of.one.contribution.content {
        Content::Indicator(indicator) => Ok(indicator),
        _ => Err(Code::NotFound.into()),
    }
}

/// A value that stands.
fn standing<'a>(indicator: &'a Indicator, id: &str) -> Option<&'a IndicatorValue> {
    indicator.standing().find(|value| value.id.to_string() == id)
}

/// `GET /{language}/items/{item}/indicators/{indicator}`; with `?corrects=` the form holds the value that is corrected.
pub(super) async fn show(
    visit: Visit,
    Path((item, indicator)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let found = find(&visit, &item, &indicator).await?;
    let asked = visit.parameter("corrects");
    let corrected = asked.and_then(|id| standing(self::indicator(&found).ok()?, &id));
    let form = corrected.map_or_else(Form::default, |value| Form::of(values(value)));
    page_of(&visit, &found, &form)
}

fn page_of(visit: &Visit, of: &Found, form: &Form) -> Result<Response, Failure> {
    let indicator = indicator(of)?;
    let mut page = form_page(visit, "items-indicators");
    page.title = page.words(&indicator.name);
    let corrected = standing(indicator, form.text("corrects"));
    let shown = MeasuringPage { page: &page, view: &of.view, form, of, indicator, corrected };
    Ok(not_kept(render_form(&shown, form)))
}

/// What the form of a correction begins with: the value as it was given.
fn values(value: &IndicatorValue) -> Vec<(String, String)> {
    let mut values = fields_of("scope", &value.scope);
    let mut add = |name: &str, value: String| values.push((name.to_owned(), value));
    add("corrects", value.id.to_string());
    add("value", value.value.to_string());
    add("on", value.on.on.to_string());
    add("precision", value.on.precision.code().to_owned());
    if let Some(source) = &value.source {
        add("source.label", source.label.clone());
        add("source.url", source.url.clone().unwrap_or_default());
        add("source.on", source.on.map(|on| on.to_string()).unwrap_or_default());
    }
    values
}

/// `POST /{language}/items/{item}/indicators/{indicator}`
pub(super) async fn make(
    visit: Visit,
    Path((item, indicator)): Path<(String, String)>,
    mut form: Form,
) -> Result<Response, Failure> {
    visit.actor()?;
    let found = find(&visit, &item, &indicator).await?;
    if !found.measures {
        return Err(Code::RoleRequired.into());
    }
    let Some(input) = read(&visit, &mut form).filter(|_| !form.is_wrong()) else {
        return page_of(&visit, &found, &form);
    };
    let (key, id, viewer) = (Key::Id(found.view.item.id), found.one.contribution.id, visit.viewer());
    let work = items::go_on(visit.app(), &viewer, key, id, None, input, form.retry());
    match form.once(&visit, work).await {
        Ok(_) => {
            let path = path(&Page::new(&visit, "items-title"), &found);
            Ok(Redirect::to(&format!("{path}?done=value_given")).into_response())
        }
        Err(error) => {
            form.take(error)?;
            page_of(&visit, &found, &form)
        }
    }
}

fn read(visit: &Visit, form: &mut Form) -> Option<IndicatorValueInput> {
    let on = known_day(form, "on", "precision");
    let value = number(form, "value");
    for (name, is_missing) in [("on", on.is_none()), ("value", value.is_none())] {
        if is_missing {
            form.refuse(name, FieldCode::Required);
        }
    }
    let label = form.written("source.label", TextLimit::LABEL);
    let (url, day) = (web_address(form, "source.url"), form.day("source.on"));
    // What names the document is missing: for the secretariat, and where its address or its day is given.
    if label.is_none() && (visit.viewer().is_secretariat() || url.is_some() || day.is_some()) {
        form.refuse("source.label", FieldCode::Required);
    }
    let corrects = form.text("corrects").parse().ok();
    let scope = form.map("scope", TextLimit::BODY);
    let source = label.map(|label| ValueSource { label, url, on: day });
    Some(IndicatorValueInput { on: on?, value: value?, scope, source, corrects })
}
