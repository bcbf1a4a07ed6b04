//! `POST /items/{item}/redactions`.

use axum::extract::State;
use axum::response::Response;
use qadam_app::Code;
use qadam_app::items::{self, PassagesInput};
use qadam_domain::policy::Action;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::ItemBody;
use super::{ItemKey, in_turn, made, once, retry};
use crate::extract::{ApiBody, ApiPath, ApiQuery, IdempotencyKey, Input, NoParameters, SignedIn};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::{Checks, LanguageMapInput, OriginalWord, RedactionGroundWord, TextLimit};

/// What is taken out, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PassagesRedactionCreate {
    /// The passages as they stand in the texts, each from 3 to 1,000 characters, without `[`, `]` and `…`. Name every form in
    /// which a name stands.
    #[schema(min_items = 1, max_items = 50, example = json!(["the inmate's name"]))]
    passages: Vec<String>,
    /// What becomes of what said them: the secretariat and whoever filed go on reading it, or it is deleted for everybody.
    original: OriginalWord,
    /// The ground.
    ground: RedactionGroundWord,
    /// Why, in words, without repeating what is taken out: whoever reads the item reads this.
    reason: LanguageMapInput,
}

impl PassagesRedactionCreate {
    fn checked(self) -> Input<PassagesInput> {
        let mut checks = Checks::new();
        let reason = self.reason.required("/reason", TextLimit::BODY, &mut checks);
        let (original, ground) = (self.original.0, self.ground.0);
        checks.finish(PassagesInput { passages: self.passages, original, ground, reason })
    }
}

/// Take passages out of all that is said about an item
///
/// For the secretariat, on a legal ground. A mark, `[…]`, takes the place of each passage wherever it stands: in the item,
/// beside its statuses and deadlines, in what was added to it, in every language; an address that has one is removed.
/// Nothing else changes. The ledger's entries that say them are named by a new one, and either kept for the secretariat
/// and whoever filed, or deleted for good (from the day on after they were made). Files are not looked into: evidence that
/// is a file loses it by `POST /ledger/redactions`.
#[utoipa::path(
    post,
    path = "/items/{item}/redactions",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id.")),
    request_body = PassagesRedactionCreate,
    responses((status = CREATED, body = ItemBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::NARROWABLE, codes::QUERY, codes::BODY, codes::KEY,
        &[Code::RoleRequired, Code::StatusConflict],
    ]))))
)]
pub(crate) async fn redact_item(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(ItemKey(key)): ApiPath<ItemKey>,
    query: ApiQuery<NoParameters>,
    repeated: IdempotencyKey,
    body: ApiBody,
) -> Result<Response, Problem> {
    let viewer = caller.viewer();
    items::get(&api.app, &viewer, key).await?;
    query.checked()?;
    let body = body.json().await?;
    let retry = retry(&api.app, &caller, &repeated, &body)?;
    let input = body.input::<PassagesRedactionCreate>().and_then(PassagesRedactionCreate::checked);
    let input = in_turn(&api, &viewer, key, None, Action::Redact, input).await?;
    let outcome = once(&api.app, retry, items::take_out(&api.app, &viewer, key, input, retry)).await?;
    made(&api, &viewer, outcome).await
}
