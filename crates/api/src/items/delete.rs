//! `DELETE /items/{item}`.

use axum::extract::State;
use http::StatusCode;
use qadam_app::{Code, items};

use super::ItemKey;
use crate::extract::{ApiPath, ApiQuery, IfMatchHeader, NoParameters, SignedIn};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;

/// Delete an own draft
#[utoipa::path(
    delete,
    path = "/items/{item}",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id.")),
    responses((status = NO_CONTENT, description = "It is gone.")),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::NARROWABLE, codes::QUERY, codes::CONDITION, &[Code::RoleRequired, Code::NotADraft],
    ]))))
)]
pub(crate) async fn delete_item(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(ItemKey(key)): ApiPath<ItemKey>,
    query: ApiQuery<NoParameters>,
    condition: IfMatchHeader,
) -> Result<StatusCode, Problem> {
    items::get(&api.app, &caller.viewer(), key).await?;
    query.checked()?;
    items::delete_draft(&api.app, &caller.viewer(), key, condition.required()?).await?;
    Ok(StatusCode::NO_CONTENT)
}
