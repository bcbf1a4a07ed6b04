//! `PUT /items/{item}/owners`.

use axum::extract::State;
use qadam_app::{Code, items};
use qadam_domain::policy::Action;
use serde::Deserialize;
use utoipa::ToSchema;

use super::inputs::OwnerCreate;
use super::view::ItemBody;
use super::{ItemKey, in_turn};
use crate::answer::Tagged;
use crate::extract::{ApiBody, ApiPath, ApiQuery, IfMatchHeader, NoParameters, SignedIn};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;

/// The bodies that answer for an item, whole.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OwnersReplace {
    /// The owners: one lead at most, and exactly one from `under_review`, `announced` or `planned` on.
    #[schema(max_items = 30)]
    owners: Vec<OwnerCreate>,
}

/// Replace an item's owners
#[utoipa::path(
    put,
    path = "/items/{item}/owners",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id.")),
    request_body = OwnersReplace,
    responses((status = OK, body = ItemBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::NARROWABLE, codes::QUERY, codes::BODY, codes::CONDITION, &[Code::RoleRequired],
    ]))))
)]
pub(crate) async fn replace_item_owners(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(ItemKey(key)): ApiPath<ItemKey>,
    query: ApiQuery<NoParameters>,
    condition: IfMatchHeader,
    body: ApiBody,
) -> Result<Tagged<ItemBody>, Problem> {
    let viewer = caller.viewer();
    items::get(&api.app, &viewer, key).await?;
    query.checked()?;
    let body = body.json().await?;
    let condition = condition.required()?;
    let input = body.input::<OwnersReplace>();
    let input = in_turn(&api, &viewer, key, Some(&condition), Action::ChangeOwners, input).await?;
    let owners = input.owners.into_iter().map(OwnerCreate::into_input).collect();
    let view = items::replace_owners(&api.app, &viewer, key, condition, owners).await?;
    Ok(Tagged::new(view.etag.clone(), ItemBody::new(&api.app, &api.links, view)))
}
