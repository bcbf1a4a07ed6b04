//! The ledger: what anybody needs to prove that nothing recorded was rewritten or dropped.

mod checkpoint;
mod entries;
mod proofs;
mod redactions;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::state::ApiState;

/// The operations.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(checkpoint::get_ledger_checkpoint))
        .routes(routes!(checkpoint::get_ledger_key))
        .routes(routes!(checkpoint::list_ledger_keys))
        .routes(routes!(entries::list_ledger_entries))
        .routes(routes!(proofs::prove_inclusion))
        .routes(routes!(proofs::prove_consistency))
        .routes(routes!(redactions::redact_ledger_entries))
}

#[cfg(test)]
mod tests;
