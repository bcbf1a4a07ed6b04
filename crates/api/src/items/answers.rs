//! `/items/{item}/answers`: what is answered to questions about an item, through the secretariat.

use axum::extract::State;
use axum::response::Response;
use qadam_app::items::{self, AnswerInput, AnswerPassing, ContributionView};
use qadam_app::{App, Code};
use qadam_domain::ids::{ContributionId, Uuid};
use qadam_domain::items::contributions::{Content, ContributionKind};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::ItemKey;
use super::adding::{self, Added, Asking, Readable, Speaker};
use super::inputs::identifier;
use super::passing::PassingCreate;
use super::view::ItemBody;
use crate::extract::{
    ApiBody, ApiPath, ApiPathPair, ApiQuery, Caller, IdempotencyKey, Input, NoParameters, SignedIn,
};
use crate::links::Links;
use crate::list::Page;
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::{
    Checks, Day, LanguageMapInput, LanguageMapView, LevelWord, OrganisationReference, PassingWord, RoleWord,
    TextLimit,
};

/// An answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = QuestionAnswerCreate)]
pub(crate) struct AnswerCreate {
    /// Id of the question. Who reads that reads the answer.
    #[schema(format = Uuid)]
    question: String,
    /// What is answered.
    text: LanguageMapInput,
    /// Who reads who answered (submitters); without it, and at most, who reads who filed the item.
    #[serde(default)]
    identity_level: Option<LevelWord>,
}

/// What becomes of an answer.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(as = AnswerPassingCreate)]
pub(crate) struct AnswerPassingCreate(PassingCreate);

/// An answer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QuestionAnswer)]
pub(crate) struct AnswerBody {
    /// Its identifier.
    #[schema(format = Uuid)]
    id: String,
    /// The item's identifier.
    #[schema(format = Uuid)]
    item: String,
    /// Id of the question.
    #[schema(format = Uuid)]
    question: String,
    /// What is answered.
    text: LanguageMapView,
    /// Whether the secretariat passed it on.
    state: PassingWord,
    /// Why it was not passed on.
    not_passed_on_reason: LanguageMapView,
    /// Who answered; null where the caller may not know.
    organisation: Option<OrganisationReference>,
    /// Who reads it; null where whoever reads the item does.
    text_level: Option<LevelWord>,
    /// Who reads who answered; null where whoever reads the item does, and where the caller may not know.
    identity_level: Option<LevelWord>,
    /// The role that answered.
    role: RoleWord,
    /// The day it was given.
    recorded_on: Day,
}

/// An item with an answer.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QuestionAnswerResult)]
pub(crate) struct AnswerResult {
    /// The item.
    item: ItemBody,
    /// The answer.
    answer: Option<AnswerBody>,
}

impl Readable for AnswerCreate {
    type Input = AnswerInput;

    fn checked(self) -> Input<AnswerInput> {
        let mut checks = Checks::new();
        let question = identifier("/question", Some(&self.question), &mut checks).map(ContributionId);
        let text = self.text.required("/text", TextLimit::BODY, &mut checks);
        let identity_level = self.identity_level.map(|level| level.0);
        // Without an identifier the input is refused below.
        let question = question.unwrap_or(ContributionId(Uuid::nil()));
        checks.finish(AnswerInput { question, text, identity_level })
    }
}

impl Readable for AnswerPassingCreate {
    type Input = AnswerPassing;

    fn checked(self) -> Input<AnswerPassing> {
        self.0.checked().map(AnswerPassing)
    }
}

impl Added for AnswerBody {
    const KIND: ContributionKind = ContributionKind::Answer;
    const PATH: &'static str = "answers";
    type Result = AnswerResult;

    fn new(app: &App, links: &Links, view: ContributionView) -> Option<Self> {
        let speaker = Speaker::of(app, links, &view);
        let contribution = view.contribution;
        let Content::Answer(said) = contribution.content else { return None };
        Some(Self {
            id: contribution.id.to_string(),
            item: contribution.item.to_string(),
            question: said.question.to_string(),
            text: said.said.text.into(),
            state: said.said.passing.into(),
            not_passed_on_reason: said.said.refusal.into(),
            organisation: speaker.organisation,
            text_level: speaker.text_level,
            identity_level: speaker.identity_level,
            role: contribution.role.into(),
            recorded_on: Day(contribution.recorded_on),
        })
    }

    fn result(item: ItemBody, answer: Option<Self>) -> AnswerResult {
        AnswerResult { item, answer }
    }
}

/// List the answers to questions on an item
///
/// All that the caller may see, oldest first; at most 1,000. What waits for the secretariat, or was not passed on, is
/// seen by it and by who answered.
#[utoipa::path(
    get,
    path = "/items/{item}/answers",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id.")),
    responses((status = OK, body = Page<AnswerBody>)),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::NARROWABLE, codes::QUERY]))))
)]
pub(crate) async fn list_answers(
    State(api): State<ApiState>,
    caller: Caller,
    ApiPath(ItemKey(key)): ApiPath<ItemKey>,
    query: ApiQuery<NoParameters>,
) -> Result<Page<AnswerBody>, Problem> {
    let views = items::answers(&api.app, &caller.viewer(), key).await?;
    query.checked()?;
    Ok(adding::page(&api, views, &query))
}

/// Answer a question
///
/// For those who were asked: a body that owns the item (in one with an approver, an approver), or an organisation that
/// filed it. The secretariat passes an answer on or says why not.
#[utoipa::path(
    post,
    path = "/items/{item}/answers",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id.")),
    request_body = AnswerCreate,
    responses((status = CREATED, body = AnswerResult)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::NARROWABLE, codes::QUERY, codes::BODY, codes::KEY,
        &[Code::RoleRequired, Code::ApprovalRequired, Code::StatusConflict, Code::TooManyAdded],
    ]))))
)]
pub(crate) async fn answer_question(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(ItemKey(key)): ApiPath<ItemKey>,
    query: ApiQuery<NoParameters>,
    repeated: IdempotencyKey,
    request: ApiBody,
) -> Result<Response, Problem> {
    let asking = Asking { api: &api, caller: &caller, key, query };
    asking.add::<AnswerBody, AnswerCreate>(&repeated, request).await
}

/// Get an answer
#[utoipa::path(
    get,
    path = "/items/{item}/answers/{answer}",
    tag = "items",
    params(
        ("item" = String, Path, description = "Ref or id."),
        ("answer" = String, Path, description = "Id of the answer.", format = Uuid)
    ),
    responses((status = OK, body = AnswerBody)),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::NARROWABLE, codes::QUERY]))))
)]
pub(crate) async fn get_answer(
    State(api): State<ApiState>,
    caller: Caller,
    ApiPathPair(ItemKey(key), id): ApiPathPair<ItemKey, ContributionId>,
    query: ApiQuery<NoParameters>,
) -> Result<axum::Json<AnswerBody>, Problem> {
    adding::one(&api, &caller, (key, id), query).await
}

/// Pass an answer on, or not
///
/// For the secretariat, once.
#[utoipa::path(
    post,
    path = "/items/{item}/answers/{answer}/passing",
    tag = "items",
    params(
        ("item" = String, Path, description = "Ref or id."),
        ("answer" = String, Path, description = "Id of the answer.", format = Uuid)
    ),
    request_body = PassingCreate,
    responses((status = CREATED, body = AnswerResult)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::NARROWABLE, codes::QUERY, codes::BODY, codes::KEY,
        &[Code::RoleRequired, Code::AlreadyDecided],
    ]))))
)]
pub(crate) async fn pass_answer_on(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPathPair(ItemKey(key), id): ApiPathPair<ItemKey, ContributionId>,
    query: ApiQuery<NoParameters>,
    repeated: IdempotencyKey,
    request: ApiBody,
) -> Result<Response, Problem> {
    let asking = Asking { api: &api, caller: &caller, key, query };
    asking.go_on::<AnswerBody, AnswerPassingCreate>(id, &repeated, request).await
}
