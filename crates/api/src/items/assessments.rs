//! `/items/{item}/assessments`: findings of those who do not own the item.

mod body;

use axum::extract::State;
use axum::response::Response;
use qadam_app::Code;
use qadam_app::error::FieldCode;
use qadam_app::items::{self, AssessmentInput, ReplyInput};
use qadam_domain::calendar::Precision;
use qadam_domain::ids::ContributionId;
use qadam_domain::items::assessments::Transcribed;
use serde::Deserialize;
use utoipa::ToSchema;

use super::ItemKey;
use super::adding::{self, Asking, Readable};
use super::inputs::{EvidenceCreate, RecordedFromInput};
use crate::extract::{
    ApiBody, ApiPath, ApiPathPair, ApiQuery, Caller, IdempotencyKey, Input, NoParameters, SignedIn,
};
use crate::list::Page;
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::{
    Checks, ConfidenceWord, Day, FindingWord, LanguageMapInput, LevelWord, NoJudgementWord, PrecisionWord,
    TextLimit,
};

pub(crate) use body::AssessmentBody;
use body::AssessmentResult;

/// A finding.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AssessmentCreate {
    /// What was found.
    finding: FindingWord,
    /// Why nothing can be said; needed where it cannot be assessed.
    #[serde(default)]
    no_judgement_reason: Option<NoJudgementWord>,
    /// The grade on the assessor's own scale.
    #[serde(default)]
    scale_code: Option<String>,
    /// Since when it holds; without it, today. Never in the future.
    #[serde(default)]
    as_of: Option<Day>,
    /// How exactly that day is known; without it, to the day.
    #[serde(default)]
    as_of_precision: Option<PrecisionWord>,
    /// Why it was found so. Needed, unless it is transcribed.
    #[serde(default)]
    rationale: LanguageMapInput,
    /// What it rests on; at most 20.
    #[serde(default)]
    #[schema(max_items = 20)]
    evidence: Vec<EvidenceCreate>,
    /// The last day of what was looked at.
    #[serde(default)]
    evidence_until: Option<Day>,
    /// How sure the assessor is.
    #[serde(default)]
    confidence: Option<ConfidenceWord>,
    /// Who reads it (civil society); without it, whoever reads the item.
    #[serde(default)]
    text_level: Option<LevelWord>,
    /// Who reads who found it (civil society); without it, as with what the organisation filed there, and its own
    /// where it filed nothing.
    #[serde(default)]
    identity_level: Option<LevelWord>,
    /// Where it is transcribed: code or id of the organisation, or code of the mechanism, that found it.
    #[serde(default)]
    assessor: Option<String>,
    /// Where it is transcribed: the document.
    #[serde(default)]
    recorded_from: Option<TranscribedInput>,
}

/// The document a finding is transcribed from.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TranscribedInput {
    /// Its name.
    label: String,
    /// Its address.
    #[serde(default)]
    url: Option<String>,
    /// Its day.
    #[serde(default)]
    on: Option<Day>,
    /// What the reader must know about the record.
    #[serde(default)]
    note: LanguageMapInput,
    /// Its symbol.
    #[serde(default)]
    symbol: Option<String>,
    /// The paragraph.
    #[serde(default)]
    paragraph: Option<String>,
}

/// The body's reply to a finding.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReplyCreate {
    /// What it says.
    text: LanguageMapInput,
}

impl Readable for AssessmentCreate {
    type Input = AssessmentInput;

    fn checked(self) -> Input<AssessmentInput> {
        let mut checks = Checks::new();
        if self.as_of.is_none() && self.as_of_precision.is_some() {
            checks.refuse("/as_of", FieldCode::Required);
        }
        let precision = self.as_of_precision.map_or(Precision::Day, |precision| precision.0);
        let assessor = checks.optional_text("/assessor", self.assessor.as_deref(), TextLimit::LABEL);
        let transcribed = match (assessor, self.recorded_from) {
            (Some(assessor), Some(from)) => Some((assessor, from.read(&mut checks))),
            (None, None) => None,
            (Some(_), None) => {
                checks.refuse("/recorded_from", FieldCode::Required);
                None
            }
            (None, Some(_)) => {
                checks.refuse("/assessor", FieldCode::Required);
                None
            }
        };
        let evidence = self.evidence.into_iter().enumerate();
        let input = AssessmentInput {
            finding: self.finding.0,
            no_judgement: self.no_judgement_reason.map(|reason| reason.0),
            scale_code: checks.optional_text("/scale_code", self.scale_code.as_deref(), TextLimit::LABEL),
            as_of: self.as_of.map(|on| (on.0, precision)),
            rationale: self.rationale.map("/rationale", TextLimit::BODY, &mut checks),
            evidence: evidence.map(|(index, evidence)| evidence.read(index, &mut checks)).collect(),
            evidence_until: self.evidence_until.map(|day| day.0),
            confidence: self.confidence.map(|confidence| confidence.0),
            text_level: self.text_level.map(|level| level.0),
            identity_level: self.identity_level.map(|level| level.0),
            transcribed,
        };
        checks.finish(input)
    }
}

impl TranscribedInput {
    fn read(self, checks: &mut Checks) -> Transcribed {
        let mut label = |field: &str, text: &Option<String>| {
            checks.optional_text(format!("/recorded_from/{field}"), text.as_deref(), TextLimit::LABEL)
        };
        let (symbol, paragraph) = (label("symbol", &self.symbol), label("paragraph", &self.paragraph));
        let document = RecordedFromInput { label: self.label, url: self.url, on: self.on, note: self.note };
        Transcribed { from: document.read("/recorded_from", checks), symbol, paragraph }
    }
}

impl Readable for ReplyCreate {
    type Input = ReplyInput;

    fn checked(self) -> Input<ReplyInput> {
        let mut checks = Checks::new();
        let text = self.text.required("/text", TextLimit::BODY, &mut checks);
        checks.finish(ReplyInput(text))
    }
}

/// List the findings on an item
///
/// All that the caller may see, oldest first; at most 1,000. A newer one of the same assessor supersedes the older.
#[utoipa::path(
    get,
    path = "/items/{item}/assessments",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id.")),
    responses((status = OK, body = Page<AssessmentBody>)),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::NARROWABLE, codes::QUERY]))))
)]
pub(crate) async fn list_assessments(
    State(api): State<ApiState>,
    caller: Caller,
    ApiPath(ItemKey(key)): ApiPath<ItemKey>,
    query: ApiQuery<NoParameters>,
) -> Result<Page<AssessmentBody>, Problem> {
    let views = items::assessments(&api.app, &caller.viewer(), key).await?;
    query.checked()?;
    Ok(adding::page(&api, views, &query))
}

/// Give a finding on an item
///
/// In the name of an organisation of civil society or an independent institution that neither owns the item nor is
/// parent or child of one that does; or, for the secretariat, transcribed from a document.
#[utoipa::path(
    post,
    path = "/items/{item}/assessments",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id.")),
    request_body = AssessmentCreate,
    responses((status = CREATED, body = AssessmentResult)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::NARROWABLE, codes::QUERY, codes::BODY, codes::KEY,
        &[Code::RoleRequired, Code::NotAnAssessor, Code::StatusConflict, Code::TooManyAdded],
    ]))))
)]
pub(crate) async fn assess_item(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(ItemKey(key)): ApiPath<ItemKey>,
    query: ApiQuery<NoParameters>,
    repeated: IdempotencyKey,
    request: ApiBody,
) -> Result<Response, Problem> {
    let asking = Asking { api: &api, caller: &caller, key, query };
    asking.add::<AssessmentBody, AssessmentCreate>(&repeated, request).await
}

/// Get a finding
#[utoipa::path(
    get,
    path = "/items/{item}/assessments/{assessment}",
    tag = "items",
    params(
        ("item" = String, Path, description = "Ref or id."),
        ("assessment" = String, Path, description = "Id of the finding.", format = Uuid)
    ),
    responses((status = OK, body = AssessmentBody)),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::NARROWABLE, codes::QUERY]))))
)]
pub(crate) async fn get_assessment(
    State(api): State<ApiState>,
    caller: Caller,
    ApiPathPair(ItemKey(key), id): ApiPathPair<ItemKey, ContributionId>,
    query: ApiQuery<NoParameters>,
) -> Result<axum::Json<AssessmentBody>, Problem> {
    adding::one(&api, &caller, (key, id), query).await
}

/// Reply to a finding
///
/// Once, for a body that owns the item; in a body with an approver, by an approver.
#[utoipa::path(
    post,
    path = "/items/{item}/assessments/{assessment}/reply",
    tag = "items",
    params(
        ("item" = String, Path, description = "Ref or id."),
        ("assessment" = String, Path, description = "Id of the finding.", format = Uuid)
    ),
    request_body = ReplyCreate,
    responses((status = CREATED, body = AssessmentResult)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::NARROWABLE, codes::QUERY, codes::BODY, codes::KEY,
        &[Code::RoleRequired, Code::ApprovalRequired, Code::AlreadyReplied],
    ]))))
)]
pub(crate) async fn reply_to_assessment(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPathPair(ItemKey(key), id): ApiPathPair<ItemKey, ContributionId>,
    query: ApiQuery<NoParameters>,
    repeated: IdempotencyKey,
    request: ApiBody,
) -> Result<Response, Problem> {
    let asking = Asking { api: &api, caller: &caller, key, query };
    asking.go_on::<AssessmentBody, ReplyCreate>(id, &repeated, request).await
}
