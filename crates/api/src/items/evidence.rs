//! `/items/{item}/evidence`: what supports or contradicts what is said of an item.

use axum::extract::State;
use axum::response::Response;
use qadam_app::error::FieldCode;
use qadam_app::items::{self, ContributionView, ItemEvidenceInput};
use qadam_app::{App, Code, FieldError};
use qadam_domain::ids::ContributionId;
use qadam_domain::items::EvidenceKind;
use qadam_domain::items::contributions::{Content, ContributionKind};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::ItemKey;
use super::adding::{self, Added, Asking, Readable, Speaker};
use super::files::{self, EvidenceForm, FileBody};
use super::inputs::{EvidenceCreate, identifier};
use super::view::ItemBody;
use crate::extract::{
    ApiBody, ApiPath, ApiPathPair, ApiQuery, Caller, IdempotencyKey, Input, JsonBody, NoParameters, SignedIn,
};
use crate::links::Links;
use crate::list::Page;
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::{
    Checks, Day, EvidenceKindWord, EvidenceRelationWord, LanguageMapInput, LanguageMapView, LevelWord,
    OrganisationReference, RoleWord,
};

/// A piece of evidence of an item.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ItemEvidenceCreate {
    /// How it is at hand.
    kind: EvidenceKindWord,
    /// What it says about the claim; without it, that it supports it.
    #[serde(default)]
    relation: Option<EvidenceRelationWord>,
    /// What it is.
    title: LanguageMapInput,
    /// Its address, for a link.
    #[serde(default)]
    url: Option<String>,
    /// Its number, for a named document.
    #[serde(default)]
    number: Option<String>,
    /// Its day.
    #[serde(default)]
    issued_on: Option<Day>,
    /// Who issued it.
    #[serde(default)]
    issuer: Option<String>,
    /// Id of the finding or report that it is about; without it, it is about the item. Who reads the evidence must read
    /// that too.
    #[serde(default)]
    #[schema(format = Uuid)]
    about: Option<String>,
    /// Who reads it (civil society); without it, whoever reads the item.
    #[serde(default)]
    text_level: Option<LevelWord>,
    /// Who reads who brought it (civil society); without it, as with what the organisation filed there, and its own
    /// where it filed nothing.
    #[serde(default)]
    identity_level: Option<LevelWord>,
}

/// A piece of evidence of an item.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ItemEvidence)]
pub(crate) struct ItemEvidenceBody {
    /// Its identifier.
    #[schema(format = Uuid)]
    id: String,
    /// The item's identifier.
    #[schema(format = Uuid)]
    item: String,
    /// How it is at hand.
    kind: EvidenceKindWord,
    /// What it says about the claim.
    relation: EvidenceRelationWord,
    /// What it is.
    title: LanguageMapView,
    /// Its address.
    url: Option<String>,
    /// Its number.
    number: Option<String>,
    /// Its day.
    issued_on: Option<Day>,
    /// Who issued it.
    issuer: Option<String>,
    /// Its file; null for other kinds.
    file: Option<FileBody>,
    /// Id of the finding or report that it is about.
    #[schema(format = Uuid)]
    about: Option<String>,
    /// Who brought it; null where the caller may not know.
    organisation: Option<OrganisationReference>,
    /// Who reads it; null where whoever reads the item does.
    text_level: Option<LevelWord>,
    /// Who reads who brought it; null where whoever reads the item does, and where the caller may not know.
    identity_level: Option<LevelWord>,
    /// The role that brought it.
    role: RoleWord,
    /// The day it was brought.
    recorded_on: Day,
}

/// An item with a piece of evidence.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ItemEvidenceResult {
    /// The item.
    item: ItemBody,
    /// The evidence.
    evidence: Option<ItemEvidenceBody>,
}

impl Readable for ItemEvidenceCreate {
    type Input = ItemEvidenceInput;

    fn checked(self) -> Input<ItemEvidenceInput> {
        let mut checks = Checks::new();
        if self.kind.0 == EvidenceKind::File {
            checks.refuse("/file", FieldCode::Required);
        }
        self.read(checks)
    }
}

impl ItemEvidenceCreate {
    /// The evidence that comes with a file, from the part of the form that it is.
    pub(super) fn with_file(part: Option<JsonBody>) -> Input<(JsonBody, ItemEvidenceInput)> {
        let part = part.ok_or_else(|| vec![FieldError::new("/evidence", FieldCode::Required)])?;
        let read: Self = part.clone().input()?;
        let mut checks = Checks::new();
        if read.kind.0 != EvidenceKind::File {
            checks.refuse("/kind", FieldCode::Contradiction);
        }
        Ok((part, read.read(checks)?))
    }

    fn read(self, mut checks: Checks) -> Input<ItemEvidenceInput> {
        let evidence = EvidenceCreate {
            kind: self.kind,
            relation: self.relation,
            title: self.title,
            url: self.url,
            number: self.number,
            issued_on: self.issued_on,
            issuer: self.issuer,
        };
        let input = ItemEvidenceInput {
            evidence: evidence.read_at("", &mut checks),
            file: None,
            about: identifier("/about", self.about.as_deref(), &mut checks).map(ContributionId),
            text_level: self.text_level.map(|level| level.0),
            identity_level: self.identity_level.map(|level| level.0),
        };
        checks.finish(input)
    }
}

impl Added for ItemEvidenceBody {
    const KIND: ContributionKind = ContributionKind::Evidence;
    const PATH: &'static str = "evidence";
    type Result = ItemEvidenceResult;

    fn new(app: &App, links: &Links, view: ContributionView) -> Option<Self> {
        let speaker = Speaker::of(app, links, &view);
        let contribution = view.contribution;
        let Content::Evidence(brought) = contribution.content else { return None };
        let evidence = brought.evidence;
        let address =
            links.to(&["items", &contribution.item.to_string(), Self::PATH, &contribution.id.to_string()]);
        Some(Self {
            id: contribution.id.to_string(),
            item: contribution.item.to_string(),
            kind: evidence.kind.into(),
            relation: evidence.relation.into(),
            title: evidence.title.into(),
            url: evidence.url,
            number: evidence.number,
            issued_on: evidence.issued_on.map(Day),
            issuer: evidence.issuer,
            file: brought.file.as_ref().map(|file| FileBody::new(file, &address)),
            about: brought.about.map(|id| id.to_string()),
            organisation: speaker.organisation,
            text_level: speaker.text_level,
            identity_level: speaker.identity_level,
            role: contribution.role.into(),
            recorded_on: Day(contribution.recorded_on),
        })
    }

    fn result(item: ItemBody, evidence: Option<Self>) -> ItemEvidenceResult {
        ItemEvidenceResult { item, evidence }
    }
}

/// List the evidence of an item
///
/// All that the caller may see, oldest first; at most 1,000. Evidence of single findings, reports and status changes
/// that was given with them stands there.
#[utoipa::path(
    get,
    path = "/items/{item}/evidence",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id.")),
    responses((status = OK, body = Page<ItemEvidenceBody>)),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::NARROWABLE, codes::QUERY]))))
)]
pub(crate) async fn list_evidence(
    State(api): State<ApiState>,
    caller: Caller,
    ApiPath(ItemKey(key)): ApiPath<ItemKey>,
    query: ApiQuery<NoParameters>,
) -> Result<Page<ItemEvidenceBody>, Problem> {
    let views = items::evidence(&api.app, &caller.viewer(), key).await?;
    query.checked()?;
    Ok(adding::page(&api, views, &query))
}

/// Bring evidence of an item
///
/// For a body that owns it, in one with an approver by an approver; for organisations of civil society and independent
/// institutions that are neither parent nor child of an owner; for the secretariat. A file is sent in a form, after the
/// evidence that it belongs to; whether the caller may send it is decided before it is read. Images are kept without what
/// does not draw them. An account brings 30 files an hour, two at a time, and an organisation 50 to one item, where the
/// register is not set otherwise; files that are refused count within the hour. A file has 5 minutes, and comes with 16 KiB a
/// second on the whole after the first 30 seconds.
#[utoipa::path(
    post,
    path = "/items/{item}/evidence",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id.")),
    request_body(content((ItemEvidenceCreate = "application/json"), (EvidenceForm = "multipart/form-data"))),
    responses((status = CREATED, body = ItemEvidenceResult)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::NARROWABLE, codes::QUERY, codes::BODY, codes::KEY,
        &[Code::RoleRequired, Code::ApprovalRequired, Code::NotAnAssessor, Code::StatusConflict, Code::TooManyAdded],
        &[Code::TooManyFiles, Code::TooManyUploads, Code::Busy],
    ]))))
)]
pub(crate) async fn add_evidence(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(ItemKey(key)): ApiPath<ItemKey>,
    query: ApiQuery<NoParameters>,
    repeated: IdempotencyKey,
    request: ApiBody,
) -> Result<Response, Problem> {
    let asking = Asking { api: &api, caller: &caller, key, query };
    if request.is_form() {
        return Box::pin(files::add(asking, &repeated, request)).await;
    }
    asking.add::<ItemEvidenceBody, ItemEvidenceCreate>(&repeated, request).await
}

/// Get a piece of evidence
#[utoipa::path(
    get,
    path = "/items/{item}/evidence/{evidence}",
    tag = "items",
    params(
        ("item" = String, Path, description = "Ref or id."),
        ("evidence" = String, Path, description = "Id of the evidence.", format = Uuid)
    ),
    responses((status = OK, body = ItemEvidenceBody)),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::NARROWABLE, codes::QUERY]))))
)]
pub(crate) async fn get_evidence(
    State(api): State<ApiState>,
    caller: Caller,
    ApiPathPair(ItemKey(key), id): ApiPathPair<ItemKey, ContributionId>,
    query: ApiQuery<NoParameters>,
) -> Result<axum::Json<ItemEvidenceBody>, Problem> {
    adding::one(&api, &caller, (key, id), query).await
}
