//! `GET /{language}/organisations`: the organisations that take part, by kind and name.

use askama::Template;
use axum::response::Response;
use qadam_domain::organisations::{Organisation, OrganisationKind};

use crate::failure::Failure;
use crate::format;
use crate::page::Page;
use crate::render::render;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "organisations/list.html")]
struct ListPage<'a> {
    page: &'a Page,
    kinds: Vec<(String, Vec<Named>)>,
}

/// An organisation in the list.
struct Named {
    name: String,
    path: String,
    code: String,
    active: bool,
}

/// `GET /{language}/organisations`
pub(crate) async fn show(visit: Visit) -> Result<Response, Failure> {
    let mut page = Page::new(&visit, "organisations-title");
    page.describe(page.t("organisations-about"));
    let directory = visit.app().directory();
    let all = directory.all();
    let of_kind = |kind: OrganisationKind| {
        let of_kind = all.iter().filter(|organisation| organisation.kind == kind);
        let mut named: Vec<Named> = of_kind.map(|organisation| named(&page, organisation)).collect();
        named.sort_by(|left, right| format::in_order(page.lang(), &left.name, &right.name));
        (page.word("organisation_kinds", kind.code()), named)
    };
    let kinds = OrganisationKind::ALL.iter().map(|kind| of_kind(*kind)).collect();
    Ok(render(&ListPage { page: &page, kinds }))
}

fn named(page: &Page, organisation: &Organisation) -> Named {
    Named {
        name: page.organisation(&organisation.id),
        path: page.organisation_path(&organisation.id),
        code: organisation.code.clone(),
        active: organisation.active,
    }
}
