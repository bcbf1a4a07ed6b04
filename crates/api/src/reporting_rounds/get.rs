//! `GET /reporting-rounds/{round}`.

use axum::extract::State;
use axum::response::Response;
use qadam_app::reporting_rounds;
use qadam_domain::ids::ReportingRoundId;

use super::view::RoundBody;
use crate::extract::{ApiPath, ApiQuery, Caller, IfNoneMatchHeader, RequestLanguage};
use crate::fields::{FieldsQuery, Members, answer};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::validators::{Fresh, ask};

/// Read a reporting round
#[utoipa::path(
    get,
    path = "/reporting-rounds/{round}",
    tag = "reporting rounds",
    params(("round" = String, Path, description = "Id of the round.", format = Uuid), FieldsQuery),
    responses((status = OK, body = RoundBody), (status = NOT_MODIFIED, description = "What you have holds.")),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::ONE, codes::QUERY]))))
)]
pub(crate) async fn get_reporting_round(
    State(api): State<ApiState>,
    caller: Caller,
    ApiPath(id): ApiPath<ReportingRoundId>,
    query: ApiQuery<FieldsQuery>,
    RequestLanguage(language): RequestLanguage,
    known: IfNoneMatchHeader,
) -> Result<Response, Problem> {
    let viewer = caller.viewer();
    let context = match ask(&api.app, &viewer, query.uri(), language, &known).await? {
        Fresh::NotModified(response) => return Ok(response),
        Fresh::Answer(context) => context,
    };
    let view = reporting_rounds::get(&api.app, &viewer, id).await?;
    let members = Members::of::<RoundBody>(query.checked()?.fields)?;
    let body = RoundBody::new(&api.app, &api.links, &view);
    Ok(context.tag(&view.etag, answer(body, members.as_ref())))
}
