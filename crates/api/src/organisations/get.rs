//! `GET /organisations/{organisation}`.

use axum::extract::State;
use axum::response::Response;
use qadam_app::organisations;

use super::view::OrganisationBody;
use crate::extract::{ApiPath, ApiQuery, Caller, IfNoneMatchHeader, RequestLanguage};
use crate::fields::{FieldsQuery, Members, answer};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::validators::{Fresh, ask};

/// Read an organisation
#[utoipa::path(
    get,
    path = "/organisations/{organisation}",
    tag = "organisations",
    params(("organisation" = String, Path, description = "Code or id.", example = "MOH"), FieldsQuery),
    responses(
        (status = OK, body = OrganisationBody),
        (status = NOT_MODIFIED, description = "What you have holds.")
    ),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::ONE, codes::QUERY]))))
)]
pub(crate) async fn get_organisation(
    State(api): State<ApiState>,
    caller: Caller,
    ApiPath(key): ApiPath<String>,
    query: ApiQuery<FieldsQuery>,
    RequestLanguage(language): RequestLanguage,
    known: IfNoneMatchHeader,
) -> Result<Response, Problem> {
    let context = match ask(&api.app, &caller.viewer(), query.uri(), language, &known).await? {
        Fresh::NotModified(response) => return Ok(response),
        Fresh::Answer(context) => context,
    };
    let organisation = organisations::get(&api.app, &key)?;
    let members = Members::of::<OrganisationBody>(query.checked()?.fields)?;
    let etag = organisations::etag(&api.app, &organisation);
    let body = OrganisationBody::new(&api.app, &api.links, &organisation);
    Ok(context.tag(&etag, answer(body, members.as_ref())))
}
