//! `GET /users`.

use axum::extract::State;
use qadam_app::{App, Code, accounts};
use qadam_domain::ids::UserId;
use serde::Deserialize;
use utoipa::IntoParams;

use super::view::UserBody;
use crate::extract::{ApiQuery, SignedIn};
use crate::list::{Limit, Neighbours, Page};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;

/// Which part of the list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(crate) struct UsersQuery {
    /// Entries on a page.
    #[param(value_type = Option<u16>, minimum = 1, example = 50)]
    limit: Limit,
    /// Where the page begins: as it stands in `next`.
    cursor: Option<String>,
}

/// The account after which a page begins, as its cursor tells: identifier, then address.
fn opened(app: &App, list: &str, cursor: &str) -> Result<(String, UserId), Problem> {
    let text = app.open_cursor(list, cursor)?;
    let place = text.split_once(' ').and_then(|(id, email)| Some((email.to_owned(), id.parse().ok()?)));
    place.ok_or_else(|| Code::InvalidCursor.into())
}

/// List accounts
///
/// All of them by address, for administrators.
#[utoipa::path(
    get,
    path = "/users",
    tag = "users",
    params(UsersQuery),
    responses((status = OK, body = Page<UserBody>)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[codes::ACCOUNT, codes::LIST, &[Code::RoleRequired]]))))
)]
pub(crate) async fn list_users(
    State(api): State<ApiState>,
    caller: SignedIn,
    query: ApiQuery<UsersQuery>,
) -> Result<Page<UserBody>, Problem> {
    let asked = query.checked()?;
    let list = api.links.list_name(query.uri());
    let after = asked.cursor.as_deref().map(|cursor| opened(&api.app, &list, cursor)).transpose()?;
    let page = accounts::list(&api.app, &caller.viewer(), after, u64::from(asked.limit.get())).await?;
    let place = page.next.map(|(email, id)| format!("{id} {email}"));
    let next = place.map(|place| api.app.seal_cursor(&list, &place)).transpose()?;
    let users = page.accounts.iter().map(|account| UserBody::listed(&api, account)).collect();
    Ok(Page::new(users, &api.links, query.uri(), &Neighbours { next, prev: None }))
}
