//! `GET /items/{item}/readings`.

use axum::extract::State;
use qadam_app::App;
use qadam_app::readings::{self, ReadingView};
use serde::Serialize;
use utoipa::ToSchema;

use super::ItemKey;
use crate::extract::{ApiPath, ApiQuery, NoParameters, SignedIn};
use crate::links::Links;
use crate::list::Page;
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::{Day, OrganisationReference, RoleWord};

/// That people of an organisation were given what is not public, on a day.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Reading)]
pub(crate) struct ReadingBody {
    /// The day.
    on: Day,
    /// For whom they read; null for an organisation of civil society that is not the caller's.
    organisation: Option<OrganisationReference>,
    /// In which role.
    role: RoleWord,
    /// Whether they looked at it; else it stood in a list that they were given.
    opened: bool,
    /// How many people.
    people: u32,
    /// Their names, where they are the caller's colleagues.
    names: Vec<String>,
    /// The id of what was added to the item, where they read that and not the item itself.
    #[schema(format = Uuid)]
    added: Option<String>,
}

impl ReadingBody {
    fn new(app: &App, links: &Links, view: ReadingView) -> Self {
        let directory = app.directory();
        Self {
            on: Day(view.on),
            organisation: view.organisation.and_then(|id| OrganisationReference::find(id, &directory, links)),
            role: view.role.into(),
            opened: view.opened,
            people: view.people,
            names: view.names,
            added: view.added.map(|id| id.to_string()),
        }
    }
}

/// List who read what is not public about an item
///
/// The newest day first; at most 1,000. Whoever filed the item, or added something to it, is told of all who read that while
/// it was not public; everybody else of their own organisation's people. A reading is told within seconds.
#[utoipa::path(
    get,
    path = "/items/{item}/readings",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id.")),
    responses((status = OK, body = Page<ReadingBody>)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[codes::ACCOUNT, codes::NARROWABLE, codes::QUERY]))))
)]
pub(crate) async fn list_readings(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(ItemKey(key)): ApiPath<ItemKey>,
    query: ApiQuery<NoParameters>,
) -> Result<Page<ReadingBody>, Problem> {
    let views = readings::readings(&api.app, &caller.viewer(), key).await?;
    query.checked()?;
    let body = |view| ReadingBody::new(&api.app, &api.links, view);
    Ok(Page::whole(views.into_iter().map(body).collect(), &api.links, query.uri()))
}
