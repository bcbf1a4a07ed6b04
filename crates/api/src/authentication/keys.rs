//! `GET /.well-known/jwks.json`.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::extract::{ApiQuery, NoParameters};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;

/// The public keys of access tokens: a JSON Web Key Set (RFC 7517), in `keys` one Ed25519 key (RFC 8037) with `kty`,
/// `crv`, `x`, `kid`, `alg` and `use`.
#[derive(Serialize, ToSchema)]
#[schema(as = JsonWebKeySet, value_type = Object)]
pub(crate) struct JsonWebKeySet(Value);

/// Tell the keys of access tokens
///
/// For services that check access tokens of this register themselves.
#[utoipa::path(
    get,
    path = "/.well-known/jwks.json",
    tag = "authentication",
    responses((status = OK, body = JsonWebKeySet)),
    security(()),
    extensions(("x-codes" = json!(codes::words(&[codes::QUERY]))))
)]
pub(crate) async fn get_token_keys(
    State(api): State<ApiState>,
    query: ApiQuery<NoParameters>,
) -> Result<Json<JsonWebKeySet>, Problem> {
    query.checked()?;
    Ok(Json(JsonWebKeySet(api.app.jwks())))
}
