//! `/{language}/organisations/new` and `/edit`: who takes part, for the secretariat and administrators.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::Days;
use qadam_app::Code;
use qadam_app::error::FieldCode;
use qadam_app::organisations::{
    self, DatedName, NewOrganisation, Organisation, OrganisationChanges, OrganisationKind,
};
use qadam_domain::accounts::Role;
use qadam_http::texts::TextLimit;

use crate::failure::Failure;
use crate::form::{Form, Sent};
use crate::items::inputs::fields_of;
use crate::page::Page;
use crate::render::render_form;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "administration/organisation.html")]
struct OrganisationPage<'a> {
    page: &'a Page,
    organisation: Option<&'a Organisation>,
    form: &'a Form,
    action: String,
}

impl OrganisationPage<'_> {
    fn kinds(&self) -> Vec<(String, String)> {
        let all = OrganisationKind::ALL.into_iter();
        all.map(|kind| (kind.code().to_owned(), self.page.word("organisation_kind", kind.code()))).collect()
    }

    /// What it can be part of.
    fn parents(&self) -> Vec<(String, String)> {
        let own = self.organisation.map(|organisation| organisation.id);
        let directory = self.page.app().directory();
        let others = directory.all().into_iter().filter(|one| Some(one.id) != own && one.active);
        let mut named: Vec<_> =
            others.map(|one| (one.code.clone(), self.page.organisation(&one.id))).collect();
        named.sort_by(|left, right| crate::format::in_order(self.page.lang(), &left.1, &right.1));
        named
    }
}

fn only_managers(visit: &Visit) -> Result<(), Failure> {
    let role = visit.actor()?.role;
    if matches!(role, Role::Secretariat | Role::Admin) { Ok(()) } else { Err(Code::RoleRequired.into()) }
}

fn organisation_page(visit: &Visit, organisation: Option<&Organisation>, form: &Form) -> Response {
    let title = if organisation.is_some() { "administration-organisation" } else { "administration-new" };
    let mut page = Page::new(visit, title);
    page.hide();
    let action = match organisation {
        Some(organisation) => page.to(format!("organisations/{}/edit", organisation.code)),
        None => page.to("organisations/new"),
    };
    render_form(&OrganisationPage { page: &page, organisation, form, action }, form)
}

/// `GET /{language}/organisations/new`
pub(super) async fn begin(visit: Visit) -> Result<Response, Failure> {
    only_managers(&visit)?;
    Ok(organisation_page(&visit, None, &Form::default().with("active", "yes")))
}

fn kind(form: &mut Form) -> Option<OrganisationKind> {
    let kind = OrganisationKind::from_code(form.text("kind"));
    if kind.is_none() {
        form.refuse("kind", FieldCode::Required);
    }
    kind
}

/// Other spellings, one a line.
fn aliases(form: &Form) -> Vec<String> {
    let lines = form.raw("aliases").lines().map(str::trim);
    lines.filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn parent(form: &Form) -> Option<String> {
    Some(form.text("parent").to_owned()).filter(|parent| !parent.is_empty())
}

/// `POST /{language}/organisations/new`
pub(super) async fn create(visit: Visit, mut form: Form) -> Result<Response, Failure> {
    only_managers(&visit)?;
    let kind = kind(&mut form);
    let name = form.required_map("name", TextLimit::LABEL);
    let Some(kind) = kind.filter(|_| !form.is_wrong()) else {
        return Ok(organisation_page(&visit, None, &form));
    };
    let new = NewOrganisation {
        code: form.text("code").to_owned(),
        kind,
        names: vec![DatedName { name, from: None, until: None }],
        aliases: aliases(&form),
        parent: parent(&form),
        by_agreement: form.has("by_agreement", "yes"),
        active: form.has("active", "yes"),
    };
    let (code, viewer) = (new.code.clone(), visit.viewer());
    let work = organisations::create(visit.app(), &viewer, new, form.retry());
    match form.once(&visit, work).await {
        Ok(Sent::Now(organisation)) => Ok(done(&visit, &organisation.code)),
        Ok(Sent::Before(_)) => Ok(done(&visit, &code)),
        Err(error) => {
            form.take(error)?;
            Ok(organisation_page(&visit, None, &form))
        }
    }
}

fn done(visit: &Visit, code: &str) -> Response {
    let path = visit.to(&format!("organisations/{code}"));
    Redirect::to(&format!("{path}?done=saved")).into_response()
}

fn find(visit: &Visit, organisation: &str) -> Result<Organisation, Failure> {
    only_managers(visit)?;
    Ok(organisations::get(visit.app(), organisation)?)
}

/// `GET /{language}/organisations/{organisation}/edit`
pub(super) async fn show(visit: Visit, Path(organisation): Path<String>) -> Result<Response, Failure> {
    let organisation = find(&visit, &organisation)?;
    let directory = visit.app().directory();
    let present = organisation.names.first();
    let mut form = Form::of(present.map(|dated| fields_of("name", &dated.name)).unwrap_or_default());
    form = form.with("code", &organisation.code).with("kind", organisation.kind.code());
    form = form.with("aliases", &organisation.aliases.join("\n"));
    form = form.with("etag", &organisations::etag(visit.app(), &organisation));
    if let Some(parent) = organisation.parent {
        form = form.with("parent", directory.code(parent));
    }
    for (name, holds) in [("by_agreement", organisation.by_agreement), ("active", organisation.active)] {
        form = if holds { form.with(name, "yes") } else { form };
    }
    Ok(organisation_page(&visit, Some(&organisation), &form))
}

/// The names as they are after the form: put right, or, where it was renamed on a day, one more.
fn names(form: &mut Form, before: &Organisation) -> Vec<DatedName> {
    let name = form.required_map("name", TextLimit::LABEL);
    let renamed = form.day("renamed_on");
    let mut names = before.names.clone();
    let Some(present) = names.first_mut() else { return vec![DatedName { name, from: None, until: None }] };
    match renamed {
        Some(on) if present.name != name => {
            present.until = on.checked_sub_days(Days::new(1));
            names.insert(0, DatedName { name, from: Some(on), until: None });
        }
        _ => present.name = name,
    }
    names
}

/// `POST /{language}/organisations/{organisation}/edit`
pub(super) async fn save(
    visit: Visit,
    Path(organisation): Path<String>,
    mut form: Form,
) -> Result<Response, Failure> {
    let organisation = find(&visit, &organisation)?;
    let changes = OrganisationChanges {
        code: Some(form.text("code").to_owned()),
        kind: kind(&mut form),
        names: Some(names(&mut form, &organisation)),
        aliases: Some(aliases(&form)),
        parent: Some(parent(&form)),
        by_agreement: Some(form.has("by_agreement", "yes")),
        active: Some(form.has("active", "yes")),
    };
    if form.is_wrong() {
        return Ok(organisation_page(&visit, Some(&organisation), &form));
    }
    let (code, condition) = (&organisation.code, Some(form.condition()));
    match organisations::change(visit.app(), &visit.viewer(), code, changes, condition).await {
        Ok(organisation) => Ok(done(&visit, &organisation.code)),
        Err(error) => {
            form.take(error)?;
            Ok(organisation_page(&visit, Some(&organisation), &form))
        }
    }
}
