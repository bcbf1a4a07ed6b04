//! `GET /items/{item}/receipt`.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header;
use qadam_app::items;

use super::ItemKey;
use crate::extract::{ApiPath, ApiQuery, NoParameters, SignedIn};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;

/// Read the receipt of a filing
///
/// What the filing of a proposal was answered with: a signed note that proves later that it was filed. For its
/// submitter; for everybody else there is none.
#[utoipa::path(
    get,
    path = "/items/{item}/receipt",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id.")),
    responses((status = OK, body = String, content_type = "text/plain", description = "The signed receipt.")),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[codes::ACCOUNT, codes::NARROWABLE, codes::QUERY]))))
)]
pub(crate) async fn get_item_receipt(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(ItemKey(key)): ApiPath<ItemKey>,
    query: ApiQuery<NoParameters>,
) -> Result<Response, Problem> {
    let receipt = items::receipt(&api.app, &caller.viewer(), key).await?;
    query.checked()?;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], receipt).into_response())
}
