//! `/items/{item}/assessments`: findings of those who do not own the item.

use axum::extract::State;
use axum::response::Response;
use qadam_app::error::{AppError, FieldCode};
use qadam_app::items::{self, AssessmentInput, AssessmentView, Contributed, Key};
use qadam_app::{App, Code};
use qadam_domain::accounts::Viewer;
use qadam_domain::calendar::Precision;
use qadam_domain::ids::ContributionId;
use qadam_domain::items::assessments::{Reply, Transcribed};
use qadam_domain::items::contributions::{Content, ContributionKind, Sight};
use qadam_domain::language::LanguageMap;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::inputs::{EvidenceCreate, RecordedFromInput};
use super::parts::EvidenceBody;
use super::positions::assessor;
use super::view::{ItemBody, address};
use super::{ItemKey, Once, once, replayed, replayed_part, retry};
use crate::answer::Tagged;
use crate::extract::{
    ApiBody, ApiPath, ApiPathPair, ApiQuery, Caller, IdempotencyKey, Input, NoParameters, SignedIn,
};
use crate::links::Links;
use crate::list::Page;
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::{
    Checks, ConfidenceWord, Day, FindingWord, LanguageMapInput, LanguageMapView, LevelWord, NoJudgementWord,
    OrganisationReference, PrecisionWord, RoleWord, TextLimit, VoiceWord,
};

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

/// A finding of somebody who does not own the item.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Assessment)]
pub(crate) struct AssessmentBody {
    /// Its identifier.
    #[schema(format = Uuid)]
    id: String,
    /// The item's identifier.
    #[schema(format = Uuid)]
    item: String,
    /// Whose voice it is.
    voice: VoiceWord,
    /// Who found it; null where the caller may not know, and for a mechanism that is no organisation here.
    organisation: Option<OrganisationReference>,
    /// Code of the mechanism.
    mechanism: Option<String>,
    /// What was found.
    finding: FindingWord,
    /// Why nothing can be said.
    no_judgement_reason: Option<NoJudgementWord>,
    /// The grade on the assessor's own scale.
    scale_code: Option<String>,
    /// Since when it holds: the first day of the period.
    as_of: Day,
    /// How exactly that day is known.
    as_of_precision: PrecisionWord,
    /// Why it was found so.
    rationale: LanguageMapView,
    /// What it rests on.
    evidence: Vec<EvidenceBody>,
    /// The last day of what was looked at.
    evidence_until: Option<Day>,
    /// How sure the assessor is.
    confidence: Option<ConfidenceWord>,
    /// The document it was transcribed from.
    recorded_from: Option<TranscribedBody>,
    /// The reply of a body that owns the item.
    reply: Option<ReplyBody>,
    /// Whether a newer finding of the same assessor stands.
    superseded: bool,
    /// Who reads it; null where whoever reads the item does.
    text_level: Option<LevelWord>,
    /// Who reads who found it; null where whoever reads the item does, and where the caller may not know.
    identity_level: Option<LevelWord>,
    /// The role that recorded it.
    role: RoleWord,
    /// The day it was recorded.
    recorded_on: Day,
}

/// The document a finding was transcribed from.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Transcribed)]
pub(crate) struct TranscribedBody {
    /// Its name.
    label: String,
    /// Its address.
    url: Option<String>,
    /// Its day.
    on: Option<Day>,
    /// What the reader must know about the record.
    note: LanguageMapView,
    /// Its symbol.
    symbol: Option<String>,
    /// The paragraph.
    paragraph: Option<String>,
}

/// The reply of a body that owns the item.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Reply)]
pub(crate) struct ReplyBody {
    /// What it says.
    text: LanguageMapView,
    /// Its day.
    on: Day,
    /// The body.
    organisation: Option<OrganisationReference>,
}

/// An item with a finding on it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AssessmentResult {
    /// The item.
    item: ItemBody,
    /// The finding.
    assessment: Option<AssessmentBody>,
}

impl AssessmentCreate {
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

impl ReplyCreate {
    fn checked(self) -> Input<LanguageMap> {
        let mut checks = Checks::new();
        let text = self.text.required("/text", TextLimit::BODY, &mut checks);
        checks.finish(text)
    }
}

impl From<Transcribed> for TranscribedBody {
    fn from(transcribed: Transcribed) -> Self {
        let document = transcribed.from;
        Self {
            label: document.label,
            url: document.url,
            on: document.on.map(Day),
            note: document.note.into(),
            symbol: transcribed.symbol,
            paragraph: transcribed.paragraph,
        }
    }
}

impl AssessmentBody {
    /// A finding as JSON; nothing for other contributions.
    pub(super) fn new(app: &App, links: &Links, view: AssessmentView) -> Option<Self> {
        let AssessmentView { view, superseded } = view;
        let (contribution, named) = (view.contribution, view.named);
        let Content::Assessment(assessment) = contribution.content else { return None };
        let directory = app.directory();
        let (organisation, mechanism) = assessor(&assessment.assessor, named, &directory, links);
        let (text_level, identity_level) = match contribution.sight {
            Sight::AsItem => (None, None),
            Sight::Levels { text, identity } => (Some(text), named.then_some(identity)),
        };
        let reply = |reply: Reply| ReplyBody {
            text: reply.text.into(),
            on: Day(reply.on),
            organisation: OrganisationReference::find(reply.organisation, &directory, links),
        };
        Some(Self {
            id: contribution.id.to_string(),
            item: contribution.item.to_string(),
            voice: assessment.voice.into(),
            organisation,
            mechanism,
            finding: assessment.finding.into(),
            no_judgement_reason: assessment.no_judgement.map(Into::into),
            scale_code: assessment.scale_code,
            as_of: Day(assessment.as_of.on),
            as_of_precision: assessment.as_of.precision.into(),
            rationale: assessment.rationale.into(),
            evidence: assessment.evidence.iter().map(EvidenceBody::from).collect(),
            evidence_until: assessment.evidence_until.map(Day),
            confidence: assessment.confidence.map(Into::into),
            recorded_from: assessment.transcribed.map(Into::into),
            reply: assessment.reply.map(reply),
            superseded,
            text_level: text_level.map(Into::into),
            identity_level: identity_level.map(Into::into),
            role: contribution.role.into(),
            recorded_on: Day(contribution.recorded_on),
        })
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
    let found = items::assessments(&api.app, &caller.viewer(), key).await?;
    query.checked()?;
    let bodies = found.into_iter().filter_map(|view| AssessmentBody::new(&api.app, &api.links, view));
    Ok(Page::whole(bodies.collect(), &api.links, query.uri()))
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
    let viewer = caller.viewer();
    items::get(&api.app, &viewer, key).await?;
    query.checked()?;
    let request = request.json().await?;
    let retry = retry(&api.app, &caller, &repeated, &request)?;
    let input = match request.input::<AssessmentCreate>().and_then(AssessmentCreate::checked) {
        Ok(input) => input,
        Err(errors) => {
            items::may_assess(&api.app, &viewer, key).await?;
            return Err(AppError::Invalid(errors).into());
        }
    };
    let made = match once(&api.app, retry, items::assess(&api.app, &viewer, key, input, retry)).await? {
        Once::Done(made) => made,
        Once::Repeated(replay) => found(&api, &viewer, replayed(&replay)?, replayed_part(&replay)?).await?,
    };
    Ok(answer(&api, made))
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
    let made = found(&api, &caller.viewer(), key, id).await?;
    query.checked()?;
    let body = AssessmentBody::new(&api.app, &api.links, current(made).1);
    body.map(axum::Json).ok_or_else(|| Code::NotFound.into())
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
    let viewer = caller.viewer();
    found(&api, &viewer, key, id).await?;
    query.checked()?;
    let request = request.json().await?;
    let retry = retry(&api.app, &caller, &repeated, &request)?;
    let text = match request.input::<ReplyCreate>().and_then(ReplyCreate::checked) {
        Ok(text) => text,
        Err(errors) => {
            items::may_reply(&api.app, &viewer, key).await?;
            return Err(AppError::Invalid(errors).into());
        }
    };
    let work = items::reply(&api.app, &viewer, key, id, text, retry);
    let made = match once(&api.app, retry, work).await? {
        Once::Done(made) => made,
        Once::Repeated(replay) => found(&api, &viewer, replayed(&replay)?, replayed_part(&replay)?).await?,
    };
    Ok(answer(&api, made))
}

/// A finding that the caller reads, with its item.
async fn found(
    api: &ApiState,
    viewer: &Viewer,
    key: Key,
    id: ContributionId,
) -> Result<Contributed, Problem> {
    Ok(items::contribution(&api.app, viewer, key, ContributionKind::Assessment, id).await?)
}

/// A finding with its item, and whether a newer one stands: then it is not in the item's positions.
fn current(made: Contributed) -> (items::ItemView, AssessmentView) {
    let Contributed { item, contribution } = made;
    let superseded = !item.positions.has_latest(contribution.contribution.id);
    (item, AssessmentView { view: contribution, superseded })
}

fn answer(api: &ApiState, made: Contributed) -> Response {
    let (item, view) = current(made);
    let id = view.view.contribution.id;
    let location = format!("{}/assessments/{id}", address(&item.item, &api.links));
    let assessment = AssessmentBody::new(&api.app, &api.links, view);
    let etag = item.etag.clone();
    let item = ItemBody::new(&api.app, &api.links, item);
    Tagged::new(etag, AssessmentResult { item, assessment }).created(&location)
}
