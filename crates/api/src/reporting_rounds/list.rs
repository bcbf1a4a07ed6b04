//! `GET /reporting-rounds`.

use axum::extract::State;
use axum::response::Response;
use qadam_app::App;
use qadam_app::cursors::Edge;
use qadam_app::reporting_rounds::{self, Cursor, Filter, Page as Rows};
use serde::Deserialize;
use utoipa::IntoParams;

use super::view::RoundBody;
use crate::extract::{ApiQuery, Caller, IfNoneMatchHeader, RequestLanguage};
use crate::fields::{Fields, Members};
use crate::items::organisations;
use crate::list::{Limit, Neighbours, Page};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::validators::{Fresh, ask};
use crate::values::RoundStateWord;

/// Filters of a list of rounds. Values separated by commas are alternatives; different filters must all hold.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(crate) struct RoundFilters {
    /// Codes or ids of bodies that are asked about something that the caller sees.
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, example = json!(["GPO"]))]
    organisation: Vec<String>,
    /// States.
    #[param(value_type = Option<Vec<RoundStateWord>>, inline, style = Form, explode = false, example = json!(["open"]))]
    state: Vec<RoundStateWord>,
    /// The members of each entry that are wanted; without it, all. Others are then absent, also required ones.
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, example = json!(["id", "url"]))]
    fields: Fields,
    /// Entries on a page.
    #[param(value_type = Option<u16>, minimum = 1, maximum = 2_147_483_647, example = 25)]
    limit: Limit,
    /// Where the page begins: as it stands in `next` or `prev`.
    #[param(max_length = 1000)]
    cursor: Option<String>,
}

impl RoundFilters {
    fn filter(&self, app: &App) -> Result<Filter, Problem> {
        Ok(Filter {
            states: self.state.iter().map(|state| state.0).collect(),
            organisations: organisations(app, "organisation", &self.organisation)?,
        })
    }

    fn rows(&self, app: &App, list: &str) -> Result<Rows, Problem> {
        let limit = u64::from(self.limit.get());
        let edge =
            self.cursor.as_deref().map(|sealed| app.open_edge(list, sealed, read_place)).transpose()?;
        Ok(match edge {
            None => Rows { limit, after: None, before: None },
            Some(Edge::After(cursor)) => Rows { limit, after: Some(cursor), before: None },
            Some(Edge::Before(cursor)) => Rows { limit, after: None, before: Some(cursor) },
        })
    }
}

/// The place of a round in the list, as a cursor holds it.
fn place(cursor: &Cursor) -> String {
    format!("{} {}", cursor.opened, cursor.id)
}

/// Reads what [`place`] wrote.
fn read_place(place: &str) -> Option<Cursor> {
    let (opened, id) = place.split_once(' ')?;
    Some(Cursor { opened: opened.parse().ok()?, id: id.parse().ok()? })
}

/// List reporting rounds
///
/// The newest first, with how much of what they ask for was received, as far as the caller sees the items.
#[utoipa::path(
    get,
    path = "/reporting-rounds",
    tag = "reporting rounds",
    params(RoundFilters),
    responses((status = OK, body = Page<RoundBody>), (status = NOT_MODIFIED, description = "What you have holds.")),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::LIST]))))
)]
pub(crate) async fn list_reporting_rounds(
    State(api): State<ApiState>,
    caller: Caller,
    query: ApiQuery<RoundFilters>,
    RequestLanguage(language): RequestLanguage,
    known: IfNoneMatchHeader,
) -> Result<Response, Problem> {
    let viewer = caller.viewer();
    let context = match ask(&api.app, &viewer, query.uri(), language, &known).await? {
        Fresh::NotModified(response) => return Ok(response),
        Fresh::Answer(context) => context,
    };
    let uri = query.uri().clone();
    let filters = query.checked()?;
    let members = Members::of::<RoundBody>(filters.fields.clone())?;
    let list = api.links.list_name(&uri);
    let rows = filters.rows(&api.app, &list)?;
    let listed = reporting_rounds::list(&api.app, &viewer, &filters.filter(&api.app)?, &rows).await?;
    let (next, previous) = (listed.next.as_ref().map(place), listed.previous.as_ref().map(place));
    let neighbours = Neighbours::sealed(&api.app, &list, next, previous)?;
    let body = |(round, counts)| RoundBody::listed(&api.app, &api.links, &round, counts);
    let page = Page::new(listed.rounds.into_iter().map(body).collect(), &api.links, &uri, &neighbours);
    Ok(context.tag_list(page.showing(members)))
}
