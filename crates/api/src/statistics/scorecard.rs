//! `GET /organisations/{organisation}/scorecard`.

use axum::extract::State;
use axum::response::Response;
use qadam_app::AppError;
use qadam_app::items::{self, Key};
use qadam_app::organisations::{self, Organisation};
use qadam_app::statistics::{self, Drafts};
use qadam_domain::accounts::Viewer;
use qadam_domain::items::Status;
use qadam_http::statistics::{Count, Counting, Figures, NamedCount};
use serde::Serialize;
use utoipa::ToSchema;

use super::answers::Answers;
use crate::extract::{ApiPath, ApiQuery, Caller, IfNoneMatchHeader, NoParameters, RequestLanguage};
use crate::items::ItemReference;
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::validators::{Fresh, ask};
use crate::values::{Day, OrganisationReference};

/// The numbers of one organisation.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Scorecard)]
struct ScorecardBody {
    /// The organisation.
    organisation: OrganisationReference,
    /// The local day for which they hold.
    counted_on: Day,
    /// Items in which it has a part: owner, addressee, or filer where the caller may know it.
    named: Count,
    /// Items that it owns, whatever its part.
    owned: Count,
    /// The same by status.
    owned_by_status: Vec<NamedCount>,
    /// Items that it leads: only the lead moves an item's status and its deadline.
    led: Count,
    /// What is measured on items that it leads.
    figures: Figures,
    /// Where it last said where an item stands that it leads; null where it never did.
    last_report: Option<LastReport>,
}

/// When a body last said where an item stands.
#[derive(Debug, Serialize, ToSchema)]
struct LastReport {
    /// The day as of which it said so.
    on: Day,
    /// The item.
    item: ItemReference,
}

/// Read the scorecard of an organisation
///
/// For whoever asks: each number counts what the caller can list, and comes with the list.
#[utoipa::path(
    get,
    path = "/organisations/{organisation}/scorecard",
    tag = "statistics",
    params(("organisation" = String, Path, description = "Code or id.", example = "MOH")),
    responses(
        (status = OK, body = ScorecardBody),
        (status = NOT_MODIFIED, description = "What you have holds.")
    ),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::ONE, codes::QUERY]))))
)]
pub(super) async fn get_scorecard(
    State(api): State<ApiState>,
    caller: Caller,
    ApiPath(key): ApiPath<String>,
    query: ApiQuery<NoParameters>,
    RequestLanguage(language): RequestLanguage,
    known: IfNoneMatchHeader,
) -> Result<Response, Problem> {
    let viewer = caller.viewer();
    let context = match ask(&api.app, &viewer, query.uri(), language, &known).await? {
        Fresh::NotModified(response) => return Ok(response),
        Fresh::Answer(context) => context,
    };
    let organisation = organisations::get(&api.app, &key)?;
    query.checked()?;
    let make = async |drafts: Drafts| scorecard(&api, &viewer, &drafts, &organisation).await;
    let answer = Answers::give(&api, &viewer, &api.links.here(query.uri()), make).await?;
    Ok(context.tag_list(answer))
}

async fn scorecard(
    api: &ApiState,
    viewer: &Viewer,
    drafts: &Drafts,
    organisation: &Organisation,
) -> Result<ScorecardBody, Problem> {
    let counted = statistics::scorecard(&api.app, viewer, drafts, organisation.id).await?;
    let reported = statistics::reported(&api.app, viewer, Some(organisation.id)).await?;
    let (today, card) = (counted.today, &counted.card);
    let of = |filter: &str| {
        Counting::new(
            &api.app,
            api.links.to(&["items"]),
            vec![(filter.to_owned(), organisation.code.clone())],
        )
    };
    let (named, owned, led) = (of("organisation"), of("owner"), of("lead"));
    let statuses = Status::ALL.iter().map(|status| status.code());
    let last_report = match card.last_report {
        None => None,
        Some((item, on)) => match items::get(&api.app, viewer, Key::Id(item)).await {
            Ok(view) => Some(LastReport { on: Day(on), item: ItemReference::new(&view.item, &api.links) }),
            // Narrowed since it was counted.
            Err(AppError::NotFound | AppError::Gone { .. }) => None,
            Err(error) => return Err(error.into()),
        },
    };
    Ok(ScorecardBody {
        organisation: OrganisationReference::new(organisation, &api.links),
        counted_on: Day(today),
        named: named.count(card.named, &[]),
        owned: owned.count(card.owned.iter().sum(), &[]),
        owned_by_status: owned.words("status", statuses, &card.owned),
        led: led.count(card.led.total, &[]),
        figures: Figures::new(&led, &card.led, &counted.found, reported, today),
        last_report,
    })
}
