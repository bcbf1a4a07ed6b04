//! `/items/{item}/questions`: what is asked about an item, through the secretariat.

use axum::extract::State;
use axum::response::Response;
use qadam_app::items::{self, ContributionView, QuestionInput, QuestionPassing};
use qadam_app::{App, Code};
use qadam_domain::ids::ContributionId;
use qadam_domain::items::contributions::{Content, ContributionKind};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::ItemKey;
use super::adding::{self, Added, Asking, Readable, Speaker};
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
    AskedWord, Checks, Day, LanguageMapInput, LanguageMapView, LevelWord, OrganisationReference, PassingWord,
    RoleWord, TextLimit,
};

/// A question.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct QuestionCreate {
    /// Who is asked: the secretariat says it; for others it follows from who they are.
    #[serde(default)]
    to: Option<AskedWord>,
    /// What is asked.
    text: LanguageMapInput,
    /// Who reads it once it is passed on (civil society); without it, whoever reads the item. Who is asked must read it.
    #[serde(default)]
    text_level: Option<LevelWord>,
    /// Who reads who asked (civil society); without it, as with what the organisation filed there, and its own where it
    /// filed nothing.
    #[serde(default)]
    identity_level: Option<LevelWord>,
}

/// What becomes of a question.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(as = QuestionPassingCreate)]
pub(crate) struct QuestionPassingCreate(PassingCreate);

/// A question.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Question)]
pub(crate) struct QuestionBody {
    /// Its identifier.
    #[schema(format = Uuid)]
    id: String,
    /// The item's identifier.
    #[schema(format = Uuid)]
    item: String,
    /// Who is asked.
    to: AskedWord,
    /// What is asked.
    text: LanguageMapView,
    /// Whether the secretariat passed it on.
    state: PassingWord,
    /// Why it was not passed on.
    not_passed_on_reason: LanguageMapView,
    /// Who asked; null where the caller may not know.
    organisation: Option<OrganisationReference>,
    /// Who reads it; null where whoever reads the item does.
    text_level: Option<LevelWord>,
    /// Who reads who asked; null where whoever reads the item does, and where the caller may not know.
    identity_level: Option<LevelWord>,
    /// The role that asked.
    role: RoleWord,
    /// The day it was asked.
    recorded_on: Day,
}

/// An item with a question.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QuestionResult {
    /// The item.
    item: ItemBody,
    /// The question.
    question: Option<QuestionBody>,
}

impl Readable for QuestionCreate {
    type Input = QuestionInput;

    fn checked(self) -> Input<QuestionInput> {
        let mut checks = Checks::new();
        let input = QuestionInput {
            to: self.to.map(|to| to.0),
            text: self.text.required("/text", TextLimit::BODY, &mut checks),
            text_level: self.text_level.map(|level| level.0),
            identity_level: self.identity_level.map(|level| level.0),
        };
        checks.finish(input)
    }
}

impl Readable for QuestionPassingCreate {
    type Input = QuestionPassing;

    fn checked(self) -> Input<QuestionPassing> {
        self.0.checked().map(QuestionPassing)
    }
}

impl Added for QuestionBody {
    const KIND: ContributionKind = ContributionKind::Question;
    const PATH: &'static str = "questions";
    type Result = QuestionResult;

    fn new(app: &App, links: &Links, view: ContributionView) -> Option<Self> {
        let speaker = Speaker::of(app, links, &view);
        let contribution = view.contribution;
        let Content::Question(said) = contribution.content else { return None };
        Some(Self {
            id: contribution.id.to_string(),
            item: contribution.item.to_string(),
            to: said.to.into(),
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

    fn result(item: ItemBody, question: Option<Self>) -> QuestionResult {
        QuestionResult { item, question }
    }
}

/// List the questions on an item
///
/// All that the caller may see, oldest first; at most 1,000. What waits for the secretariat, or was not passed on, is
/// seen by it and by who asked.
#[utoipa::path(
    get,
    path = "/items/{item}/questions",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id.")),
    responses((status = OK, body = Page<QuestionBody>)),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::NARROWABLE, codes::QUERY]))))
)]
pub(crate) async fn list_questions(
    State(api): State<ApiState>,
    caller: Caller,
    ApiPath(ItemKey(key)): ApiPath<ItemKey>,
    query: ApiQuery<NoParameters>,
) -> Result<Page<QuestionBody>, Problem> {
    let views = items::questions(&api.app, &caller.viewer(), key).await?;
    query.checked()?;
    Ok(adding::page(&api, views, &query))
}

/// Ask a question
///
/// A body that owns the item asks those who filed it (in a body with an approver, an approver); organisations of civil
/// society and independent institutions that stand apart from its owners ask the owners. The secretariat passes a
/// question on or says why not, and asks either side itself.
#[utoipa::path(
    post,
    path = "/items/{item}/questions",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id.")),
    request_body = QuestionCreate,
    responses((status = CREATED, body = QuestionResult)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::NARROWABLE, codes::QUERY, codes::BODY, codes::KEY,
        &[Code::RoleRequired, Code::ApprovalRequired, Code::NotAnAssessor, Code::StatusConflict, Code::NobodyToAsk, Code::TooManyAdded],
    ]))))
)]
pub(crate) async fn ask_question(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(ItemKey(key)): ApiPath<ItemKey>,
    query: ApiQuery<NoParameters>,
    repeated: IdempotencyKey,
    request: ApiBody,
) -> Result<Response, Problem> {
    let asking = Asking { api: &api, caller: &caller, key, query };
    asking.add::<QuestionBody, QuestionCreate>(&repeated, request).await
}

/// Get a question
#[utoipa::path(
    get,
    path = "/items/{item}/questions/{question}",
    tag = "items",
    params(
        ("item" = String, Path, description = "Ref or id."),
        ("question" = String, Path, description = "Id of the question.", format = Uuid)
    ),
    responses((status = OK, body = QuestionBody)),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::NARROWABLE, codes::QUERY]))))
)]
pub(crate) async fn get_question(
    State(api): State<ApiState>,
    caller: Caller,
    ApiPathPair(ItemKey(key), id): ApiPathPair<ItemKey, ContributionId>,
    query: ApiQuery<NoParameters>,
) -> Result<axum::Json<QuestionBody>, Problem> {
    adding::one(&api, &caller, (key, id), query).await
}

/// Pass a question on, or not
///
/// For the secretariat, once.
#[utoipa::path(
    post,
    path = "/items/{item}/questions/{question}/passing",
    tag = "items",
    params(
        ("item" = String, Path, description = "Ref or id."),
        ("question" = String, Path, description = "Id of the question.", format = Uuid)
    ),
    request_body = PassingCreate,
    responses((status = CREATED, body = QuestionResult)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::NARROWABLE, codes::QUERY, codes::BODY, codes::KEY,
        &[Code::RoleRequired, Code::AlreadyDecided],
    ]))))
)]
pub(crate) async fn pass_question_on(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPathPair(ItemKey(key), id): ApiPathPair<ItemKey, ContributionId>,
    query: ApiQuery<NoParameters>,
    repeated: IdempotencyKey,
    request: ApiBody,
) -> Result<Response, Problem> {
    let asking = Asking { api: &api, caller: &caller, key, query };
    asking.go_on::<QuestionBody, QuestionPassingCreate>(id, &repeated, request).await
}
