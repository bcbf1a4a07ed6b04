//! `/{language}/items/new` and `/{language}/items/{item}/edit/{part}`: writing an item, a part a page.
//!
//! Each page saves what is on it. With scripts it is saved while it is typed, too: the same form is sent with
//! `X-Autosave`, and the answer says when it was kept.

use askama::Template;
use axum::Json;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::DateTime;
use http::HeaderMap;
use qadam_app::Code;
use qadam_app::items::{self, ItemView, Key, Possibilities, Similar};
use qadam_app::vocabularies::VocabularyKind;
use qadam_domain::items::fields::Field;
use qadam_domain::items::{Kind, Status};
use serde_json::json;

use super::parts::{Part, draft};
use crate::failure::Failure;
use crate::form::{Form, Sent, named_in};
use crate::items::key;
use crate::page::Page;
use crate::render::render_form;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "filing/part.html")]
struct PartPage<'a> {
    page: &'a Page,
    kind: Kind,
    part: Part,
    /// The draft, once there is one.
    view: Option<&'a ItemView>,
    fields: &'a [Field],
    form: &'a Form,
    /// Why it was returned.
    returned: Option<String>,
    similar: &'a [Similar],
    /// Where the form is sent.
    action: String,
}

impl PartPage<'_> {
    /// The parts, to go to each of them.
    fn steps(&self) -> Vec<(String, Option<String>, bool)> {
        let step = |part: &Part| {
            let name = self.page.t(&format!("filing-part_{}", part.segment()));
            let path =
                self.view.map(|view| format!("{}/edit/{}", self.page.item_path(&view.item), part.segment()));
            (name, path, *part == self.part)
        };
        let open = Part::of(self.kind).iter().filter(|part| self.view.is_none() || part.is_open(self.fields));
        open.map(step).collect()
    }

    /// What is written in parts.
    fn whole(&self) -> String {
        self.page.t(&format!("filing-new_{}", self.kind.code()))
    }

    /// What the page is called: its step, and that of how many.
    fn heading(&self) -> String {
        self.page.t(&format!("filing-heading_{}_{}", self.kind.code(), self.part.segment()))
    }

    /// Whether it is on its way to be filed, and not a mending of what stands in the register.
    fn is_draft(&self) -> bool {
        self.view.is_none_or(|view| matches!(view.item.status, Status::Draft | Status::Returned))
    }

    fn has(&self, field: Field) -> bool {
        self.view.is_none() || self.fields.contains(&field)
    }
}

/// The kind that is to be written: what the account's role files, unless the address says.
fn asked_kind(visit: &Visit) -> Result<Kind, Failure> {
    visit.actor()?;
    let asked = visit.parameter("kind").and_then(|code| Kind::from_code(&code));
    let may = |kind: &Kind| items::may_create(&visit.viewer(), *kind);
    let kind = asked.or_else(|| Kind::ALL.into_iter().find(may)).filter(may);
    kind.ok_or_else(|| Code::RoleRequired.into())
}

/// `GET /{language}/items/new`
pub(super) async fn begin(visit: Visit) -> Result<Response, Failure> {
    let kind = asked_kind(&visit)?;
    Ok(new_page(&visit, kind, &Form::default()))
}

fn new_page(visit: &Visit, kind: Kind, form: &Form) -> Response {
    let mut page = Page::new(visit, &format!("filing-new_{}", kind.code()));
    page.hide();
    let action = format!("{}?kind={}", page.to("items/new"), kind.code());
    render_form(
        &PartPage {
            page: &page,
            kind,
            part: Part::What,
            view: None,
            fields: &[],
            form,
            returned: None,
            similar: &[],
            action,
        },
        form,
    )
}

/// `POST /{language}/items/new`: begins a draft with its first part.
pub(super) async fn create(visit: Visit, headers: HeaderMap, mut form: Form) -> Result<Response, Failure> {
    let kind = asked_kind(&visit)?;
    form.is_kept_only();
    if let Some(before) = form.begun_before() {
        // It was begun by this form: while it was typed, or before somebody went back to it. What stands in it now is kept.
        let view = items::get(visit.app(), &visit.viewer(), Key::Id(named_in(before, "items")?)).await?;
        return save_part(&visit, &headers, (&view, Part::What), form, &view.etag).await;
    }
    let new = draft(kind, &mut form, visit.language);
    if form.is_wrong() {
        return Ok(new_page(&visit, kind, &form));
    }
    let viewer = visit.viewer();
    let work = items::create(visit.app(), &viewer, new, form.retry());
    match form.once(&visit, work).await {
        Ok(Sent::Now(created)) => Ok(saved(&visit, &headers, &created.view, Part::What, &form)),
        Ok(Sent::Before(before)) => {
            let view = items::get(visit.app(), &viewer, Key::Id(named_in(&before, "items")?)).await?;
            Ok(saved(&visit, &headers, &view, Part::What, &form))
        }
        Err(error) => {
            form.take(error)?;
            Ok(new_page(&visit, kind, &form))
        }
    }
}

/// The item, what may be done with it, and the part of it.
async fn find(visit: &Visit, item: &str, segment: &str) -> Result<(ItemView, Possibilities, Part), Failure> {
    visit.actor()?;
    let view = items::get(visit.app(), &visit.viewer(), key(item)?).await?;
    let can = items::possibilities(visit.app(), &visit.viewer(), &view).await?;
    let part = Part::find(view.item.kind, segment).ok_or(Code::NotFound)?;
    if !part.is_open(&can.fields) {
        return Err(Code::FieldLocked.into());
    }
    Ok((view, can, part))
}

/// `GET /{language}/items/{item}/edit`: the first part that is open.
pub(super) async fn show_first(visit: Visit, Path(item): Path<String>) -> Result<Response, Failure> {
    visit.actor()?;
    let view = items::get(visit.app(), &visit.viewer(), key(&item)?).await?;
    let can = items::possibilities(visit.app(), &visit.viewer(), &view).await?;
    let first = Part::of(view.item.kind).iter().find(|part| part.is_open(&can.fields));
    let first = first.ok_or(Code::FieldLocked)?;
    let page = Page::new(&visit, "items-title");
    Ok(Redirect::to(&format!("{}/edit/{}", page.item_path(&view.item), first.segment())).into_response())
}

/// `GET /{language}/items/{item}/edit/{part}`
pub(super) async fn show(
    visit: Visit,
    Path((item, segment)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let (view, can, part) = find(&visit, &item, &segment).await?;
    let directory = visit.app().directory();
    let addressees: Vec<String> =
        view.item.addressees.iter().map(|id| directory.code(*id).to_owned()).collect();
    let form = part.fields(&view.item, &addressees).with("etag", &view.etag);
    part_page(&visit, &view, &can, part, &form).await
}

async fn part_page(
    visit: &Visit,
    view: &ItemView,
    can: &Possibilities,
    part: Part,
    form: &Form,
) -> Result<Response, Failure> {
    let mut page = Page::new(visit, &format!("filing-new_{}", view.item.kind.code()));
    page.title = format!("{} — {}", page.t(&format!("filing-part_{}", part.segment())), page.title);
    page.hide();
    let similar = if part == Part::What { Vec::new() } else { super::similar::to(visit, view).await? };
    let returned =
        if view.item.status == Status::Returned { returned(visit, &page, view).await? } else { None };
    let action = format!("{}/edit/{}", page.item_path(&view.item), part.segment());
    let shown = PartPage {
        page: &page,
        kind: view.item.kind,
        part,
        view: Some(view),
        fields: &can.fields,
        form,
        returned,
        similar: &similar,
        action,
    };
    Ok(render_form(&shown, form))
}

/// Why the secretariat returned it.
async fn returned(visit: &Visit, page: &Page, view: &ItemView) -> Result<Option<String>, Failure> {
    let changes = items::status_changes(visit.app(), &visit.viewer(), Key::Id(view.item.id)).await?;
    let last = changes.into_iter().rev().find(|change| change.to == Status::Returned);
    Ok(last.map(|change| page.words(&change.reason)))
}

/// `POST /{language}/items/{item}/edit/{part}`
pub(super) async fn save(
    visit: Visit,
    Path((item, segment)): Path<(String, String)>,
    headers: HeaderMap,
    mut form: Form,
) -> Result<Response, Failure> {
    let (view, _, part) = find(&visit, &item, &segment).await?;
    if matches!(view.item.status, Status::Draft | Status::Returned) {
        form.is_kept_only();
    }
    let etag = form.text("etag").to_owned();
    save_part(&visit, &headers, (&view, part), form, &etag).await
}

/// Keeps what was written in a part, if the item still is as its etag says.
async fn save_part(
    visit: &Visit,
    headers: &HeaderMap,
    (view, part): (&ItemView, Part),
    mut form: Form,
    etag: &str,
) -> Result<Response, Failure> {
    let can = items::possibilities(visit.app(), &visit.viewer(), view).await?;
    if !part.is_open(&can.fields) {
        return Err(Code::FieldLocked.into());
    }
    let edit = part.edit(&mut form, &can.fields);
    if form.is_wrong() {
        return part_page(visit, view, &can, part, &form).await;
    }
    form.set("etag", etag);
    let id = Key::Id(view.item.id);
    match items::edit(visit.app(), &visit.viewer(), id, form.condition(), edit).await {
        Ok(view) => Ok(saved(visit, headers, &view, part, &form)),
        Err(error) => {
            form.take(error)?;
            part_page(visit, view, &can, part, &form).await
        }
    }
}

/// Where to go on after a part was kept; while it is typed, that it was kept and when.
fn saved(visit: &Visit, headers: &HeaderMap, view: &ItemView, part: Part, form: &Form) -> Response {
    let page = Page::new(visit, "items-title");
    let root = page.item_path(&view.item);
    if headers.contains_key("x-autosave") {
        let at = DateTime::from_timestamp_millis(visit.app().now().0);
        let at = at.map(|at| at.with_timezone(&visit.app().settings().time_zone).format("%H:%M").to_string());
        let said = page.say("filing-saved", "time", at.unwrap_or_default());
        let action = format!("{root}/edit/{}", part.segment());
        return Json(json!({"said": said, "etag": view.etag, "action": action})).into_response();
    }
    let is_draft = matches!(view.item.status, Status::Draft | Status::Returned);
    if !is_draft {
        return Redirect::to(&format!("{root}?done=edited")).into_response();
    }
    if form.has("then", "stop") {
        return Redirect::to(&format!("{}?done=kept", page.to("work"))).into_response();
    }
    let next = Part::of(view.item.kind).iter().skip_while(|one| **one != part).nth(1);
    let next = next.map_or_else(|| "check".to_owned(), |part| format!("edit/{}", part.segment()));
    Redirect::to(&format!("{root}/{next}")).into_response()
}

impl Page {
    /// The terms of a vocabulary in the order of their names: code and name.
    pub(crate) fn terms(&self, kind: VocabularyKind) -> Vec<(String, String)> {
        let vocabularies = self.app().vocabularies();
        let terms = vocabularies.terms(kind.code()).iter();
        let mut named: Vec<_> = terms.map(|term| (term.code.clone(), self.words(&term.name))).collect();
        named.sort_by(|left, right| crate::format::in_order(self.lang(), &left.1, &right.1));
        named
    }

    /// Who hosts the platform: whose staff reads what is filed.
    pub(crate) fn host(&self) -> String {
        let host = self.app().directory().host();
        host.map(|host| self.organisation(&host)).unwrap_or_default()
    }
}
