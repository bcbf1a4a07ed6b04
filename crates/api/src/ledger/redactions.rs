//! `POST /ledger/redactions`.

use axum::extract::State;
use axum::response::Response;
use qadam_app::Code;
use qadam_app::error::FieldCode;
use qadam_app::ledger::redaction::{self, LEAVES_MAX, RedactionInput};
use qadam_domain::policy::Action;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::extract::{Input, SignedIn};
use crate::items::{ItemBody, made, once};
use crate::openapi::codes;
use crate::order::CreatingRequest;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::{Checks, LanguageMapInput, RedactionGroundWord, TextLimit};

/// Which payloads go, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RedactionCreate {
    /// The numbers of the leaves whose payloads are removed: each once, all about one item or about one
    /// thing that was added to one.
    #[schema(min_items = 1, max_items = 100, example = json!([12, 15]))]
    seqs: Vec<u64>,
    /// The ground.
    ground: RedactionGroundWord,
    /// Why, in words, without repeating what is removed: whoever could read it reads this.
    reason: LanguageMapInput,
}

impl RedactionCreate {
    fn checked(self) -> Input<RedactionInput> {
        let mut checks = Checks::new();
        if self.seqs.is_empty() {
            checks.refuse("/seqs", FieldCode::TooShort);
        }
        if self.seqs.len() > LEAVES_MAX {
            checks.refuse("/seqs", FieldCode::TooMany);
        }
        let reason = self.reason.required("/reason", TextLimit::BODY, &mut checks);
        checks.finish(RedactionInput { seqs: self.seqs, ground: self.ground.0, reason })
    }
}

/// Remove payloads from the ledger
///
/// For good, on a legal ground, by the secretariat. The leaves stay, so that the tree still holds; a new entry names
/// them, the ground and who did it, and carries the item as it then stands. A payload holds the whole item as it
/// was and the next one what changed: edit the item first, then name every entry that says what is to go. A finding, a
/// report, evidence, a question or an answer is not edited: its words go with the payloads.
#[utoipa::path(
    post,
    path = "/ledger/redactions",
    tag = "ledger",
    request_body = RedactionCreate,
    responses((status = CREATED, body = ItemBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::QUERY, codes::BODY, codes::KEY, &[Code::RoleRequired],
    ]))))
)]
pub(crate) async fn redact_ledger_entries(
    State(api): State<ApiState>,
    caller: SignedIn,
    request: CreatingRequest,
) -> Result<Response, Problem> {
    let viewer = caller.viewer();
    let redaction = request.read_for(Action::Redact, &api.app, &caller, RedactionCreate::checked);
    let (input, retry) = redaction.await?;
    let outcome = once(&api.app, retry, redaction::redact(&api.app, &viewer, input, retry)).await?;
    made(&api, &viewer, outcome).await
}
