//! What a meeting opens with: `GET /meetings/{meeting}/carry-over`.

use axum::extract::State;
use axum::response::Response;
use qadam_app::App;
use qadam_app::cursors::Edge;
use qadam_app::meetings::{self, CarriedOver, CarryOverCursor, CarryOverRequest, Origin};
use qadam_domain::meetings::carry_over::CarryOverGroup;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::MeetingKey;
use super::view::MeetingReference;
use crate::extract::{ApiPath, ApiQuery, Caller, IfNoneMatchHeader, RequestLanguage};
use crate::items::ItemReference;
use crate::links::Links;
use crate::list::{Limit, Neighbours, Page};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::validators::{Fresh, ask};
use crate::values::{CarryOverGroupWord, Day, OrganisationReference, PrecisionWord};

/// Which part of the list.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(crate) struct CarryOverParameters {
    /// Entries on a page.
    #[param(value_type = Option<u16>, minimum = 1, maximum = 2_147_483_647, example = 25)]
    limit: Limit,
    /// Where the page begins: as it stands in `next` or `prev`.
    #[param(max_length = 1000)]
    cursor: Option<String>,
}

impl CarryOverParameters {
    fn request(&self, app: &App, list: &str) -> Result<CarryOverRequest, Problem> {
        let limit = u64::from(self.limit.get());
        let edge =
            self.cursor.as_deref().map(|sealed| app.open_edge(list, sealed, read_place)).transpose()?;
        Ok(match edge {
            None => CarryOverRequest { limit, after: None, before: None },
            Some(Edge::After(cursor)) => CarryOverRequest { limit, after: Some(cursor), before: None },
            Some(Edge::Before(cursor)) => CarryOverRequest { limit, after: None, before: Some(cursor) },
        })
    }
}

/// The place of a row in the list, as a cursor holds it.
fn place(cursor: &CarryOverCursor) -> String {
    format!("{}{} {}", cursor.id, cursor.group.code(), cursor.day)
}

/// Reads what [`place`] wrote.
fn read_place(place: &str) -> Option<CarryOverCursor> {
    let (id, rest) = place.split_at_checked(36)?;
    let (group, day) = rest.split_once(' ')?;
    let group = CarryOverGroup::from_code(group)?;
    Some(CarryOverCursor { group, day: day.to_owned(), id: id.parse().ok()? })
}

/// Something with which a meeting opens.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CarryOverEntry)]
pub(crate) struct CarryOverBody {
    /// Why it is there: the first reason that holds.
    group: CarryOverGroupWord,
    /// The item.
    item: ItemReference,
    /// The body that leads.
    lead: Option<OrganisationReference>,
    /// When it is due: the last day of the period.
    due_on: Option<Day>,
    /// How exact the due date is.
    due_precision: Option<PrecisionWord>,
    /// Whole days past the deadline; 0 where it has not passed.
    days_late: u32,
    /// The earlier meeting that decided it, or else the latest that discussed it.
    meeting: Option<MeetingReference>,
    /// The decision that made it.
    decision: Option<DecisionReference>,
}

/// A decision as others name it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DecisionReference {
    /// Its identifier.
    #[schema(format = Uuid)]
    id: String,
    /// Its number in the protocol.
    number: i32,
}

impl CarryOverBody {
    /// A row as JSON.
    fn new(app: &App, links: &Links, row: &CarriedOver) -> Self {
        let directory = app.directory();
        let item = &row.item;
        let lead = item.lead().and_then(|lead| OrganisationReference::find(lead, &directory, links));
        let decision = |origin: &Origin| {
            origin.decision.map(|(id, number)| DecisionReference { id: id.to_string(), number })
        };
        Self {
            group: row.group.into(),
            item: ItemReference::new(item, links),
            lead,
            due_on: item.due.map(|due| Day(due.on)),
            due_precision: item.due.map(|due| due.precision.into()),
            days_late: row.days_late,
            meeting: row.origin.as_ref().map(|origin| MeetingReference::new(&origin.meeting, links)),
            decision: row.origin.as_ref().and_then(decision),
        }
    }
}

/// List what a meeting opens with
///
/// As of today, and as far as the caller sees it: commitments that decisions of earlier meetings of its kind made and
/// that are open; then everything that is late; then what stood on the agenda of an earlier meeting of its kind and
/// has no answer. Each item once; in a group the longest due or filed first.
#[utoipa::path(
    get,
    path = "/meetings/{meeting}/carry-over",
    tag = "meetings",
    params(("meeting" = String, Path, description = "Code or id."), CarryOverParameters),
    responses(
        (status = OK, body = Page<CarryOverBody>),
        (status = NOT_MODIFIED, description = "What you have holds.")
    ),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::ONE, codes::LIST]))))
)]
pub(crate) async fn get_carry_over(
    State(api): State<ApiState>,
    caller: Caller,
    ApiPath(MeetingKey(key)): ApiPath<MeetingKey>,
    query: ApiQuery<CarryOverParameters>,
    RequestLanguage(language): RequestLanguage,
    known: IfNoneMatchHeader,
) -> Result<Response, Problem> {
    let viewer = caller.viewer();
    let context = match ask(&api.app, &viewer, query.uri(), language, &known).await? {
        Fresh::NotModified(response) => return Ok(response),
        Fresh::Answer(context) => context,
    };
    meetings::get(&api.app, &viewer, key.clone()).await?;
    let uri = query.uri().clone();
    let list = api.links.list_name(&uri);
    let request = query.checked()?.request(&api.app, &list)?;
    let carried = meetings::carry_over(&api.app, &viewer, key, request).await?;
    let (next, previous) = (carried.next.as_ref().map(place), carried.previous.as_ref().map(place));
    let neighbours = Neighbours::sealed(&api.app, &list, next, previous)?;
    let bodies = carried.rows.iter().map(|row| CarryOverBody::new(&api.app, &api.links, row)).collect();
    Ok(context.tag_list(Page::new(bodies, &api.links, &uri, &neighbours)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_back_and_anything_else_is_none() {
        let id: qadam_domain::ids::ItemId = "0f8fad5b-d9cb-469f-a165-70867728950e".parse().unwrap();
        let cursor = CarryOverCursor { group: CarryOverGroup::Overdue, day: "2026-03-01".to_owned(), id };
        assert_eq!(read_place(&place(&cursor)), Some(cursor));
        for other in
            ["", "x", "0f8fad5b-d9cb-469f-a165-70867728950e", "0f8fad5b-d9cb-469f-a165-70867728950enone 1"]
        {
            assert_eq!(read_place(other), None, "{other}");
        }
    }
}
