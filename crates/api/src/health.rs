//! Whether the program runs and can answer. For machines: no account, and no data.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::problems::Problem;
use crate::state::ApiState;

/// That all is well. What is not well is a problem.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub(crate) struct Health {
    /// `ok`.
    status: &'static str,
}

const OK: Health = Health { status: "ok" };

pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(get_liveness)).routes(routes!(get_readiness))
}

/// Tell that the process runs
#[utoipa::path(get, path = "/livez", tag = "service", responses((status = OK, body = Health)), security(()))]
pub(crate) async fn get_liveness() -> Json<Health> {
    Json(OK)
}

/// Tell whether requests can be answered
///
/// The database answers and its schema is the one this program needs.
#[utoipa::path(
    get,
    path = "/readyz",
    tag = "service",
    responses((status = OK, body = Health)),
    security(()),
    extensions(("x-codes" = json!(["unavailable"])))
)]
pub(crate) async fn get_readiness(State(api): State<ApiState>) -> Result<Json<Health>, Problem> {
    api.app.ready().await?;
    Ok(Json(OK))
}
