//! What an account follows.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use qadam_app::follows;
use qadam_app::items::ItemView;

use crate::failure::Failure;
use crate::form::Form;
use crate::items::key;
use crate::page::Page;
use crate::render::render;
use crate::visit::Visit;

/// How many items a page has.
const ON_A_PAGE: u64 = 100;

#[derive(Template)]
#[template(path = "account/follows.html")]
struct FollowsPage<'a> {
    page: &'a Page,
    items: &'a [ItemView],
    next: Option<String>,
}

/// `GET /{language}/account/follows`
pub(super) async fn show(visit: Visit) -> Result<Response, Failure> {
    visit.actor()?;
    let after = visit.parameter("after").and_then(|id| id.parse().ok());
    let followed = follows::followed(visit.app(), &visit.viewer(), after, ON_A_PAGE).await?;
    let page = Page::new(&visit, "follows-title");
    let next = followed.next.map(|id| format!("{}?after={id}", page.to("account/follows")));
    Ok(render(&FollowsPage { page: &page, items: &followed.items, next }))
}

/// `POST /{language}/items/{item}/follow`
pub(super) async fn follow(visit: Visit, Path(item): Path<String>, _form: Form) -> Result<Response, Failure> {
    follows::follow(visit.app(), &visit.viewer(), key(&item)?).await?;
    Ok(Redirect::to(&format!("{}?done=followed", visit.to(&format!("items/{item}")))).into_response())
}

/// `POST /{language}/items/{item}/unfollow`
pub(super) async fn unfollow(
    visit: Visit,
    Path(item): Path<String>,
    _form: Form,
) -> Result<Response, Failure> {
    follows::unfollow(visit.app(), &visit.viewer(), key(&item)?).await?;
    Ok(Redirect::to(&format!("{}?done=unfollowed", visit.to("account/follows"))).into_response())
}
