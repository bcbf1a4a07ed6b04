//! `GET /ledger/proofs/inclusion` and `GET /ledger/proofs/consistency`.

use axum::Json;
use axum::extract::State;
use qadam_app::ledger::reading;
use qadam_ledger::Digest;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::extract::{ApiQuery, Caller};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;

/// Which leaf in which tree.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct InclusionQuery {
    /// Number of the leaf, from 0.
    #[param(minimum = 0, example = 7)]
    seq: u64,
    /// How many leaves the tree has: the size in a checkpoint.
    #[param(minimum = 1, example = 100)]
    size: u64,
}

/// Which two trees.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ConsistencyQuery {
    /// How many leaves the older tree has.
    #[param(minimum = 0, example = 50)]
    from: u64,
    /// How many leaves the newer tree has.
    #[param(minimum = 0, example = 100)]
    to: u64,
}

/// A proof as RFC 9162, section 2.1, makes it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LedgerProof {
    /// Its hashes in their order, in hexadecimal.
    #[schema(value_type = Vec<String>)]
    hashes: Vec<Digest>,
}

/// Prove that a leaf is in a tree
///
/// `not_found` where the tree has no such leaf, or the ledger is not that large yet.
#[utoipa::path(
    get,
    path = "/ledger/proofs/inclusion",
    tag = "ledger",
    params(InclusionQuery),
    responses((status = OK, body = LedgerProof)),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::ONE, codes::QUERY]))))
)]
pub(crate) async fn prove_inclusion(
    State(api): State<ApiState>,
    _caller: Caller,
    query: ApiQuery<InclusionQuery>,
) -> Result<Json<LedgerProof>, Problem> {
    let asked = query.checked()?;
    Ok(Json(LedgerProof { hashes: reading::inclusion(&api.app, asked.seq, asked.size).await? }))
}

/// Prove that a tree continues an older one
///
/// `not_found` where the newer tree is smaller, or the ledger is not that large yet. The proof is empty between trees
/// of one size, and from the tree without leaves.
#[utoipa::path(
    get,
    path = "/ledger/proofs/consistency",
    tag = "ledger",
    params(ConsistencyQuery),
    responses((status = OK, body = LedgerProof)),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::ONE, codes::QUERY]))))
)]
pub(crate) async fn prove_consistency(
    State(api): State<ApiState>,
    _caller: Caller,
    query: ApiQuery<ConsistencyQuery>,
) -> Result<Json<LedgerProof>, Problem> {
    let asked = query.checked()?;
    Ok(Json(LedgerProof { hashes: reading::consistency(&api.app, asked.from, asked.to).await? }))
}
