//! `GET /meetings`.

use axum::extract::State;
use axum::response::Response;
use qadam_app::App;
use qadam_app::cursors::{Edge, meeting_place, read_meeting_place};
use qadam_app::meetings::{self, Filter, Page as Rows};
use serde::Deserialize;
use utoipa::IntoParams;

use super::view::MeetingBody;
use crate::extract::{ApiQuery, Caller, IfNoneMatchHeader, RequestLanguage};
use crate::fields::{Fields, Members};
use crate::list::{Limit, Neighbours, Page};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::validators::{Fresh, ask};
use crate::values::MeetingKindWord;

/// In which order meetings are listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub(crate) enum Order {
    /// The newest first.
    #[default]
    #[serde(rename = "-held_on")]
    NewestFirst,
    /// The earliest first.
    #[serde(rename = "held_on")]
    EarliestFirst,
}

/// Filters of a list of meetings.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(crate) struct MeetingFilters {
    /// Kinds.
    #[param(value_type = Option<Vec<MeetingKindWord>>, inline, style = Form, explode = false, example = json!(["plenary"]))]
    kind: Vec<MeetingKindWord>,
    /// Held, or planned to be held, in this year: some day of the meeting, or of the period in which it takes place,
    /// is in it. A meeting of unknown day is in no year.
    #[param(maximum = 65535, example = 2025)]
    year: Option<u16>,
    /// By the day: `-held_on` the newest first, which is the default, `held_on` the earliest first, as a plan of
    /// work is read.
    #[param(value_type = Option<String>, pattern = "^-?held_on$", example = "held_on")]
    sort: Order,
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

impl MeetingFilters {
    fn filter(&self) -> Filter {
        let year = self.year.map(i32::from);
        Filter {
            kinds: self.kind.iter().map(|kind| kind.0).collect(),
            from_year: year,
            to_year: year,
            earliest_first: self.sort == Order::EarliestFirst,
        }
    }

    fn rows(&self, app: &App, list: &str) -> Result<Rows, Problem> {
        let limit = u64::from(self.limit.get());
        Ok(
            match self
                .cursor
                .as_deref()
                .map(|sealed| app.open_edge(list, sealed, read_meeting_place))
                .transpose()?
            {
                None => Rows { limit, after: None, before: None },
                Some(Edge::After(cursor)) => Rows { limit, after: Some(cursor), before: None },
                Some(Edge::Before(cursor)) => Rows { limit, after: None, before: Some(cursor) },
            },
        )
    }
}

/// List meetings
///
/// Held and planned ones, the newest first; those of unknown day last. With `year` and `sort=held_on` it is the plan
/// of work of a year.
#[utoipa::path(
    get,
    path = "/meetings",
    tag = "meetings",
    params(MeetingFilters),
    responses((status = OK, body = Page<MeetingBody>), (status = NOT_MODIFIED, description = "What you have holds.")),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::LIST]))))
)]
pub(crate) async fn list_meetings(
    State(api): State<ApiState>,
    caller: Caller,
    query: ApiQuery<MeetingFilters>,
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
    let members = Members::of::<MeetingBody>(filters.fields.clone())?;
    let list = api.links.list_name(&uri);
    let rows = filters.rows(&api.app, &list)?;
    let listed = meetings::list(&api.app, &viewer, &filters.filter(), &rows).await?;
    let (next, previous) =
        (listed.next.as_ref().map(meeting_place), listed.previous.as_ref().map(meeting_place));
    let neighbours = Neighbours::sealed(&api.app, &list, next, previous)?;
    let bodies = listed.meetings.into_iter().map(|view| MeetingBody::new(&api.app, &api.links, view));
    let page = Page::new(bodies.collect(), &api.links, &uri, &neighbours).showing(members);
    Ok(context.tag_list(page))
}
