//! `POST /items`.

use axum::extract::State;
use axum::response::Response;
use qadam_app::items::{self, NewItem, RecordedItem};
use qadam_app::{AppError, Code, FieldError};
use qadam_domain::calendar::{AsOf, Precision};
use qadam_domain::items::Answer;
use serde::Deserialize;
use utoipa::ToSchema;

use super::inputs::{EvidenceCreate, ItemCreate, RecordedFromInput};
use super::view::ItemBody;
use super::{Once, made, once};
use crate::extract::{Input, SignedIn};
use crate::openapi::codes;
use crate::order::CreatingRequest;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::{Checks, ClosingResultWord, Day, LanguageMapInput, PrecisionWord, StatusWord, TextLimit};

/// How an item stands by a document.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecordedInput {
    /// The document.
    from: RecordedFromInput,
    /// Where the item stands.
    status: StatusWord,
    /// Since when.
    as_of: Day,
    /// How exactly that day is known; without it, to the day.
    #[serde(default)]
    as_of_precision: Option<PrecisionWord>,
    /// With what result it was closed.
    #[serde(default)]
    closing_result: Option<ClosingResultWord>,
    /// The lead's answer.
    #[serde(default)]
    answer: Option<RecordedAnswer>,
    /// Code or id of the organisation that filed it, where the document names one.
    #[serde(default)]
    filed_by: Option<String>,
    /// The day it was filed.
    #[serde(default)]
    filed_on: Option<Day>,
    /// How exactly that day is known; without it, to the day.
    #[serde(default)]
    filed_on_precision: Option<PrecisionWord>,
    /// Evidence for the status.
    #[serde(default)]
    #[schema(max_items = 20)]
    evidence: Vec<EvidenceCreate>,
}

/// An answer as a document gives it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecordedAnswer {
    /// Its text.
    text: LanguageMapInput,
    /// Its day.
    on: Day,
}

/// What is created.
enum Creation {
    Draft(Box<NewItem>),
    Recorded(Box<RecordedItem>),
}

/// What a body asks for.
fn checked(mut body: ItemCreate) -> Input<Creation> {
    let mut checks = Checks::new();
    let recorded = body.recorded.take();
    let new = body.read(&mut checks);
    let creation = match recorded {
        None => Creation::Draft(Box::new(new)),
        Some(recorded) => Creation::Recorded(Box::new(recorded.read(new, &mut checks))),
    };
    checks.finish(creation)
}

impl RecordedInput {
    fn read(self, new: NewItem, checks: &mut Checks) -> RecordedItem {
        let period = |on: Day, precision: Option<PrecisionWord>| {
            let precision = precision.map_or(Precision::Day, |precision| precision.0);
            AsOf { on: precision.first_day(on.0), precision }
        };
        let evidence = self.evidence.into_iter().enumerate();
        RecordedItem {
            new,
            recorded_from: self.from.read("/recorded/from", checks),
            status: self.status.0,
            as_of: period(self.as_of, self.as_of_precision),
            closing_result: self.closing_result.map(|result| result.0),
            answer: self.answer.map(|answer| Answer {
                text: answer.text.required("/recorded/answer/text", TextLimit::BODY, checks),
                on: answer.on.0,
            }),
            filed_by: self.filed_by,
            filed_on: self.filed_on.map(|on| period(on, self.filed_on_precision)),
            translations: None,
            meeting: None,
            evidence: evidence.map(|(index, evidence)| evidence.read(index, checks)).collect(),
        }
    }
}

/// Create an item
///
/// A draft, which its author and the colleagues it names see; or with `recorded`, for the secretariat, an item as a
/// document gives it, which is public at once.
#[utoipa::path(
    post,
    path = "/items",
    tag = "items",
    request_body = ItemCreate,
    responses((status = CREATED, body = ItemBody)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::QUERY, codes::BODY, codes::KEY, &[Code::RoleRequired],
    ]))))
)]
pub(crate) async fn create_item(
    State(api): State<ApiState>,
    caller: SignedIn,
    request: CreatingRequest,
) -> Result<Response, Problem> {
    let (body, retry) = request.read(&api.app, &caller).await?;
    let creation = body.input::<ItemCreate>().and_then(checked);
    let creation = creation.map_err(|errors| refused(&caller, errors))?;
    let viewer = caller.viewer();
    let work = async {
        match creation {
            Creation::Draft(new) => Ok(items::create(&api.app, &viewer, *new, retry).await?.view),
            Creation::Recorded(recorded) => {
                items::record_from_document(&api.app, &viewer, *recorded, retry).await
            }
        }
    };
    let outcome: Once<_> = once(&api.app, retry, work).await?;
    made(&api, &viewer, outcome).await
}

/// A role that creates nothing at all is told so before what is wrong with the fields.
fn refused(caller: &SignedIn, errors: Vec<FieldError>) -> AppError {
    use qadam_domain::items::Kind;
    use qadam_domain::policy::{Action, Subject, may};
    let viewer = caller.viewer();
    let creates =
        Kind::ALL.into_iter().any(|kind| may(&viewer, Action::CreateItem(kind), Subject::Register).is_ok());
    if creates { AppError::Invalid(errors) } else { Code::RoleRequired.into() }
}
