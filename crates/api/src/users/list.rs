//! `GET /users`.

use axum::extract::State;
use qadam_app::accounts::{self, Place};
use qadam_app::cursors::Edge;
use qadam_app::{App, Code};
use serde::Deserialize;
use utoipa::IntoParams;

use super::view::UserBody;
use crate::extract::{ApiQuery, SignedIn};
use crate::fields::{Fields, Members};
use crate::list::{Limit, Neighbours, Page};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;

/// Which part of the list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(crate) struct UsersQuery {
    /// The members of each entry that are wanted; without it, all. Others are then absent, also required ones.
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, example = json!(["id", "url"]))]
    fields: Fields,
    /// Entries on a page.
    #[param(value_type = Option<u16>, minimum = 1, maximum = 2_147_483_647, example = 50)]
    limit: Limit,
    /// Where the page begins: as it stands in `next` or `prev`.
    #[param(max_length = 1000)]
    cursor: Option<String>,
}

impl UsersQuery {
    fn page(&self, app: &App, list: &str) -> Result<accounts::Page, Problem> {
        let edge =
            self.cursor.as_deref().map(|sealed| app.open_edge(list, sealed, read_place)).transpose()?;
        let (after, before) = match edge {
            None => (None, None),
            Some(Edge::After(place)) => (Some(place), None),
            Some(Edge::Before(place)) => (None, Some(place)),
        };
        Ok(accounts::Page { limit: u64::from(self.limit.get()), after, before })
    }
}

/// The place of an account in the list, as a cursor holds it: identifier, then address.
fn place((email, id): &Place) -> String {
    format!("{id} {email}")
}

/// Reads what [`place`] wrote.
fn read_place(place: &str) -> Option<Place> {
    let (id, email) = place.split_once(' ')?;
    Some((email.to_owned(), id.parse().ok()?))
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
    let members = Members::of::<UserBody>(asked.fields.clone())?;
    let list = api.links.list_name(query.uri());
    let page = accounts::list(&api.app, &caller.viewer(), asked.page(&api.app, &list)?).await?;
    let (next, previous) = (page.next.as_ref().map(place), page.previous.as_ref().map(place));
    let neighbours = Neighbours::sealed(&api.app, &list, next, previous)?;
    let users = page.accounts.iter().map(|account| UserBody::listed(&api, account)).collect();
    Ok(Page::new(users, &api.links, query.uri(), &neighbours).showing(members))
}
