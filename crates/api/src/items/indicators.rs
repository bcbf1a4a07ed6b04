//! `/items/{item}/indicators`: what is counted, and the values.

use axum::extract::State;
use axum::response::Response;
use qadam_app::error::FieldCode;
use qadam_app::items::{self, ContributionView, IndicatorInput, IndicatorValueInput};
use qadam_app::{App, Code};
use qadam_domain::calendar::Precision;
use qadam_domain::ids::ContributionId;
use qadam_domain::items::contributions::{Content, ContributionKind};
use qadam_domain::items::indicators::{Decimal, Indicator, IndicatorValue, ValueSource};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::ItemKey;
use super::adding::{self, Added, Asking, Readable};
use super::inputs::{RecordedFromInput, identifier};
use super::parts::RecordedFromBody;
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
    Checks, Day, LanguageMapInput, LanguageMapView, OrganisationReference, PrecisionWord, RoleWord, TextLimit,
};

/// An indicator.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct IndicatorCreate {
    /// What is counted.
    name: LanguageMapInput,
    /// In what unit.
    unit: LanguageMapInput,
    /// How much it was before anything was done: a decimal number.
    #[serde(default)]
    #[schema(example = "243")]
    baseline: Option<String>,
    /// How much it should become: a decimal number.
    #[serde(default)]
    #[schema(example = "608")]
    target: Option<String>,
    /// The document it is recorded from. The secretariat names one, and nobody else does.
    #[serde(default)]
    recorded_from: Option<RecordedFromInput>,
}

/// A value of an indicator.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct IndicatorValueCreate {
    /// The day it holds for: a day of the period. Never in the future.
    on: Day,
    /// How exactly that day is known; without it, to the day.
    #[serde(default)]
    precision: Option<PrecisionWord>,
    /// How much: a decimal number of at most 15 digits, and 6 after the point.
    #[schema(example = "39000")]
    value: String,
    /// What exactly was counted: where, of whom, by what rule.
    #[serde(default)]
    scope: LanguageMapInput,
    /// Where it stands. The secretariat names it.
    #[serde(default)]
    source: Option<ValueSourceInput>,
    /// Id of the value that it corrects: one that no other corrects.
    #[serde(default)]
    #[schema(format = Uuid)]
    corrects: Option<String>,
}

/// The document in which a value stands.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ValueSourceInput {
    /// Its name.
    label: String,
    /// Its address.
    #[serde(default)]
    url: Option<String>,
    /// Its day.
    #[serde(default)]
    on: Option<Day>,
}

/// What is counted to see whether something changes.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Indicator)]
pub(crate) struct IndicatorBody {
    /// Its identifier.
    #[schema(format = Uuid)]
    id: String,
    /// The item's identifier.
    #[schema(format = Uuid)]
    item: String,
    /// What is counted.
    name: LanguageMapView,
    /// In what unit.
    unit: LanguageMapView,
    /// How much it was before anything was done: a decimal number.
    baseline: Option<String>,
    /// How much it should become: a decimal number.
    target: Option<String>,
    /// The values, in the order in which they were given; at most 200.
    values: Vec<IndicatorValueBody>,
    /// The document it was recorded from.
    recorded_from: Option<RecordedFromBody>,
    /// The organisation that added it.
    organisation: Option<OrganisationReference>,
    /// The role that added it.
    role: RoleWord,
    /// The day it was added.
    recorded_on: Day,
}

/// A value of an indicator.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = IndicatorValue)]
pub(crate) struct IndicatorValueBody {
    /// Its identifier.
    #[schema(format = Uuid)]
    id: String,
    /// The day it holds for: the first day of the period.
    on: Day,
    /// How exactly that day is known.
    precision: PrecisionWord,
    /// How much: a decimal number.
    value: String,
    /// What exactly was counted.
    scope: LanguageMapView,
    /// Where it stands.
    source: Option<ValueSourceBody>,
    /// Id of the value that it corrects.
    #[schema(format = Uuid)]
    corrects: Option<String>,
    /// Id of the value that corrects it.
    #[schema(format = Uuid)]
    corrected_by: Option<String>,
    /// The organisation that gave it.
    organisation: Option<OrganisationReference>,
    /// The role that gave it.
    role: RoleWord,
    /// The day it was recorded.
    recorded_on: Day,
}

/// The document in which a value stands.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ValueSource)]
pub(crate) struct ValueSourceBody {
    /// Its name.
    label: String,
    /// Its address.
    url: Option<String>,
    /// Its day.
    on: Option<Day>,
}

/// An item with an indicator.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IndicatorResult {
    /// The item.
    item: ItemBody,
    /// The indicator.
    indicator: Option<IndicatorBody>,
}

fn number(pointer: &str, text: &str, checks: &mut Checks) -> Option<Decimal> {
    let number = text.parse().ok();
    if number.is_none() {
        checks.refuse(pointer, FieldCode::InvalidNumber);
    }
    number
}

impl Readable for IndicatorCreate {
    type Input = IndicatorInput;

    fn checked(self) -> Input<IndicatorInput> {
        let mut checks = Checks::new();
        let input = IndicatorInput {
            name: self.name.required("/name", TextLimit::TITLE, &mut checks),
            unit: self.unit.required("/unit", TextLimit::LABEL, &mut checks),
            baseline: self.baseline.and_then(|text| number("/baseline", &text, &mut checks)),
            target: self.target.and_then(|text| number("/target", &text, &mut checks)),
            recorded_from: self.recorded_from.map(|from| from.read("/recorded_from", &mut checks)),
        };
        checks.finish(input)
    }
}

impl Readable for IndicatorValueCreate {
    type Input = IndicatorValueInput;

    fn checked(self) -> Input<IndicatorValueInput> {
        let mut checks = Checks::new();
        let scope = self.scope.map("/scope", TextLimit::BODY, &mut checks);
        let source = self.source.map(|source| ValueSource {
            label: checks.text("/source/label", &source.label, TextLimit::LABEL),
            url: source.url.map(|url| checks.web_address("/source/url", url)),
            on: source.on.map(|day| day.0),
        });
        let corrects = identifier("/corrects", self.corrects.as_deref(), &mut checks).map(ContributionId);
        let precision = self.precision.map_or(Precision::Day, |precision| precision.0);
        let on = (self.on.0, precision);
        match number("/value", &self.value, &mut checks) {
            Some(value) => checks.finish(IndicatorValueInput { on, value, scope, source, corrects }),
            None => Err(checks.finish(()).err().unwrap_or_default()),
        }
    }
}

impl IndicatorValueBody {
    fn new(app: &App, links: &Links, indicator: &Indicator, value: &IndicatorValue) -> Self {
        let source = |source: &ValueSource| ValueSourceBody {
            label: source.label.clone(),
            url: source.url.clone(),
            on: source.on.map(Day),
        };
        Self {
            id: value.id.to_string(),
            on: Day(value.on.on),
            precision: value.on.precision.into(),
            value: value.value.to_string(),
            scope: value.scope.clone().into(),
            source: value.source.as_ref().map(source),
            corrects: value.corrects.map(|id| id.to_string()),
            corrected_by: indicator.corrected_by(value.id).map(|id| id.to_string()),
            organisation: OrganisationReference::find(value.organisation, &app.directory(), links),
            role: value.role.into(),
            recorded_on: Day(value.recorded_on),
        }
    }
}

impl Added for IndicatorBody {
    const KIND: ContributionKind = ContributionKind::Indicator;
    const PATH: &'static str = "indicators";
    type Result = IndicatorResult;

    fn new(app: &App, links: &Links, view: ContributionView) -> Option<Self> {
        let contribution = view.contribution;
        let Content::Indicator(indicator) = contribution.content else { return None };
        let values = indicator.values.iter();
        Some(Self {
            id: contribution.id.to_string(),
            item: contribution.item.to_string(),
            values: values.map(|value| IndicatorValueBody::new(app, links, &indicator, value)).collect(),
            name: indicator.name.into(),
            unit: indicator.unit.into(),
            baseline: indicator.baseline.map(|number| number.to_string()),
            target: indicator.target.map(|number| number.to_string()),
            recorded_from: indicator.recorded_from.map(Into::into),
            organisation: contribution
                .organisation
                .and_then(|id| OrganisationReference::find(id, &app.directory(), links)),
            role: contribution.role.into(),
            recorded_on: Day(contribution.recorded_on),
        })
    }

    fn result(item: ItemBody, indicator: Option<Self>) -> IndicatorResult {
        IndicatorResult { item, indicator }
    }
}

/// List the indicators of an item
///
/// With their values, oldest first; at most 1,000.
#[utoipa::path(
    get,
    path = "/items/{item}/indicators",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id.")),
    responses((status = OK, body = Page<IndicatorBody>)),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::NARROWABLE, codes::QUERY]))))
)]
pub(crate) async fn list_indicators(
    State(api): State<ApiState>,
    caller: Caller,
    ApiPath(ItemKey(key)): ApiPath<ItemKey>,
    query: ApiQuery<NoParameters>,
) -> Result<Page<IndicatorBody>, Problem> {
    let views = items::indicators(&api.app, &caller.viewer(), key).await?;
    query.checked()?;
    Ok(adding::page(&api, views, &query))
}

/// Name an indicator of an item
///
/// For a body that owns it, in one with an approver by an approver; for an independent institution that is neither
/// parent nor child of an owner; or, for the secretariat, recorded from a document.
#[utoipa::path(
    post,
    path = "/items/{item}/indicators",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id.")),
    request_body = IndicatorCreate,
    responses((status = CREATED, body = IndicatorResult)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::NARROWABLE, codes::QUERY, codes::BODY, codes::KEY,
        &[Code::RoleRequired, Code::ApprovalRequired, Code::NotAnAssessor, Code::StatusConflict, Code::TooManyAdded],
    ]))))
)]
pub(crate) async fn name_indicator(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPath(ItemKey(key)): ApiPath<ItemKey>,
    query: ApiQuery<NoParameters>,
    repeated: IdempotencyKey,
    request: ApiBody,
) -> Result<Response, Problem> {
    let asking = Asking { api: &api, caller: &caller, key, query };
    asking.add::<IndicatorBody, IndicatorCreate>(&repeated, request).await
}

/// Get an indicator with its values
#[utoipa::path(
    get,
    path = "/items/{item}/indicators/{indicator}",
    tag = "items",
    params(
        ("item" = String, Path, description = "Ref or id."),
        ("indicator" = String, Path, description = "Id of the indicator.", format = Uuid)
    ),
    responses((status = OK, body = IndicatorBody)),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::NARROWABLE, codes::QUERY]))))
)]
pub(crate) async fn get_indicator(
    State(api): State<ApiState>,
    caller: Caller,
    ApiPathPair(ItemKey(key), id): ApiPathPair<ItemKey, ContributionId>,
    query: ApiQuery<NoParameters>,
) -> Result<axum::Json<IndicatorBody>, Problem> {
    adding::one(&api, &caller, (key, id), query).await
}

/// Give a value of an indicator
///
/// Values stay as they are: one that was wrong is corrected by another that names it, and both are shown. For whoever
/// may name indicators of the item.
#[utoipa::path(
    post,
    path = "/items/{item}/indicators/{indicator}/values",
    tag = "items",
    params(
        ("item" = String, Path, description = "Ref or id."),
        ("indicator" = String, Path, description = "Id of the indicator.", format = Uuid)
    ),
    request_body = IndicatorValueCreate,
    responses((status = CREATED, body = IndicatorResult)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::NARROWABLE, codes::QUERY, codes::BODY, codes::KEY,
        &[Code::RoleRequired, Code::ApprovalRequired, Code::NotAnAssessor, Code::StatusConflict],
    ]))))
)]
pub(crate) async fn give_indicator_value(
    State(api): State<ApiState>,
    caller: SignedIn,
    ApiPathPair(ItemKey(key), id): ApiPathPair<ItemKey, ContributionId>,
    query: ApiQuery<NoParameters>,
    repeated: IdempotencyKey,
    request: ApiBody,
) -> Result<Response, Problem> {
    let asking = Asking { api: &api, caller: &caller, key, query };
    asking.go_on::<IndicatorBody, IndicatorValueCreate>(id, &repeated, request).await
}
