//! Lists of items that an account comes for.

use askama::Template;
use axum::response::Response;
use qadam_app::items::{self, InvitedTo};
use qadam_domain::accounts::{Actor, Role};

use crate::failure::Failure;
use crate::items::{ShortList, short_list};
use crate::page::Page;
use crate::render::render;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "work/own_items.html")]
struct OwnItemsPage<'a> {
    page: &'a Page,
    lists: Vec<ShortList>,
    /// What the organisation is invited to file with others.
    invitations: Vec<InvitedTo>,
}

/// What the organisation of the account answers for or filed.
pub(super) async fn show(visit: &Visit, actor: &Actor) -> Result<Response, Failure> {
    let page = Page::new(visit, "work-title");
    let own = visit.app().directory().code(actor.organisation).to_owned();
    let mut lists = Vec::new();
    for (name, parameters) in asked(actor.role, &own) {
        lists.push(short_list(visit, &page, name, &parameters).await?);
    }
    let invitations = items::invitations_of_mine(visit.app(), &visit.viewer()).await?;
    Ok(render(&OwnItemsPage { page: &page, lists, invitations }))
}

type Lists<'a> = Vec<(&'static str, Vec<(&'static str, &'a str)>)>;

/// The lists that somebody with a role comes for.
fn asked(role: Role, own: &str) -> Lists<'_> {
    match role {
        Role::NgoMember => vec![
            ("work-drafts", vec![("organisation", own), ("status", "draft,returned")]),
            ("work-filed", vec![("organisation", own), ("kind", "proposal"), ("sort", "-updated_at")]),
            ("work-disagreement", vec![("disagreement", "true"), ("sort", "-updated_at")]),
        ],
        Role::Secretariat => vec![
            ("work-submitted", vec![("status", "submitted"), ("sort", "filed_on")]),
            ("work-overdue_all", vec![("overdue", "true"), ("sort", "due_on")]),
            ("work-reported_done", vec![("status", "reported_done")]),
        ],
        _ => vec![("work-changed", vec![("sort", "-updated_at")])],
    }
}
