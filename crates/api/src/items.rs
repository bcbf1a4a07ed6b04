//! Items: proposals, commitments and recommendations.

mod adding;
mod answers;
mod assessments;
mod closing;
mod co_filing;
mod consents;
mod create;
mod deadlines;
mod delete;
mod edit;
mod embedding;
mod evidence;
mod facet_parameters;
mod files;
mod get;
mod history;
mod indicators;
mod inputs;
mod levels;
mod links;
mod list;
mod milestones;
mod moves;
mod owners;
mod parts;
mod passing;
mod positions;
mod questions;
mod readings;
mod receipts;
mod redactions;
mod reporting;
mod response;
mod similar;
mod splitting;
mod updates;
mod view;

use std::str::FromStr;

use axum::response::Response;
use qadam_app::error::AppError;
use qadam_app::idempotency::{Replay, Retry};
use qadam_app::items::{self, ItemView, Key};
use qadam_app::precondition::IfMatch;
use qadam_app::{App, Code};
use qadam_domain::accounts::Viewer;
use qadam_domain::policy::Action;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::Tagged;
use crate::extract::{IdempotencyKey, Input, JsonBody, SignedIn};
use crate::problems::Problem;
use crate::state::ApiState;

pub(crate) use facet_parameters::FacetParameters;
pub(crate) use inputs::{RecordedFromInput, due, item_key};
pub(crate) use parts::RecordedFromBody;
pub(crate) use qadam_http::item_filters::{ItemFilters, organisations};
pub(crate) use response::letter::written;
pub(crate) use view::{ItemBody, ItemReference};

/// The operations.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list::list_items, create::create_item))
        .routes(routes!(similar::list_similar_items))
        .routes(routes!(splitting::split_item))
        .routes(routes!(get::get_item, edit::edit_item, delete::delete_item))
        .routes(routes!(moves::list_status_changes, moves::change_item_status))
        .routes(routes!(consents::list_consents, consents::give_consent))
        .routes(routes!(co_filing::list_co_filing_invitations, co_filing::invite_to_file))
        .routes(routes!(co_filing::withdraw_co_filing_invitation))
        .routes(routes!(co_filing::leave_co_filing))
        .routes(routes!(levels::change_item_level))
        .routes(routes!(redactions::redact_item))
        .routes(routes!(deadlines::list_deadline_revisions, deadlines::revise_item_deadline))
        .routes(routes!(response::list_response_stages))
        .routes(routes!(response::letter::get_response_letter))
        .routes(routes!(response::note_response_letter_sent))
        .routes(routes!(owners::replace_item_owners))
        .routes(routes!(links::list_item_links, links::link_item))
        .routes(routes!(links::unlink_item))
        .routes(routes!(history::get_item_history))
        .routes(routes!(receipts::get_item_receipt))
        .routes(routes!(readings::list_readings))
        .routes(routes!(assessments::list_assessments, assessments::assess_item))
        .routes(routes!(assessments::get_assessment))
        .routes(routes!(assessments::reply_to_assessment))
        .routes(routes!(closing::list_closing_notices, closing::announce_closing))
        .routes(routes!(milestones::list_milestones, milestones::plan_milestone))
        .routes(routes!(milestones::get_milestone, milestones::edit_milestone))
        .routes(routes!(indicators::list_indicators, indicators::name_indicator))
        .routes(routes!(indicators::get_indicator))
        .routes(routes!(indicators::give_indicator_value))
        .routes(routes!(evidence::list_evidence, evidence::add_evidence))
        .routes(routes!(evidence::get_evidence))
        .routes(routes!(files::get_evidence_file))
        .routes(routes!(questions::list_questions, questions::ask_question))
        .routes(routes!(questions::get_question))
        .routes(routes!(questions::pass_question_on))
        .routes(routes!(answers::list_answers, answers::answer_question))
        .routes(routes!(answers::get_answer))
        .routes(routes!(answers::pass_answer_on))
        .routes(routes!(updates::list_updates, updates::report_on_item))
        .routes(routes!(updates::bulk::report_on_items))
        .routes(routes!(updates::get_update, updates::edit_update))
        .routes(routes!(updates::take_update_step))
}

/// An item as a path names it: by ref or by id.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ItemKey(pub(crate) Key);

impl FromStr for ItemKey {
    type Err = Code;

    fn from_str(name: &str) -> Result<Self, Code> {
        let reference = name.parse().map(Key::Reference).ok();
        reference.or_else(|| name.parse().map(Key::Id).ok()).map(Self).ok_or(Code::NotFound)
    }
}

/// A body that was read, or the refusal in its turn: whether the caller read the item as it is and may do this at all
/// comes before what is wrong with the fields.
pub(super) async fn in_turn<T>(
    api: &ApiState,
    viewer: &Viewer,
    key: Key,
    condition: Option<&IfMatch>,
    action: Action,
    input: Input<T>,
) -> Result<T, Problem> {
    match input {
        Ok(read) => Ok(read),
        Err(errors) => {
            items::allowed(&api.app, viewer, key, condition, action).await?;
            Err(AppError::Invalid(errors).into())
        }
    }
}

/// What a request to change an item says beside its body's fields.
pub(super) struct Asked<T> {
    /// The state that the change is conditional on.
    pub(super) condition: Option<IfMatch>,
    /// By which a repetition is known.
    pub(super) retry: Option<Retry>,
    /// The body's fields, or what is wrong with them.
    pub(super) input: Input<T>,
}

/// What a request says, once it is certain that the caller sees the item where that matters for the answer: what is
/// wrong with a request comes after 404, and so does what a repetition was told.
///
/// A request that is all right needs no look at the item before the change itself looks.
pub(super) async fn seen_first<T>(
    api: &ApiState,
    viewer: &Viewer,
    key: Key,
    asked: Result<Asked<T>, Problem>,
) -> Result<Asked<T>, Problem> {
    if asked.as_ref().is_ok_and(|asked| asked.retry.is_none() && asked.input.is_ok()) {
        return asked;
    }
    items::get(&api.app, viewer, key).await?;
    asked
}

/// The key of a request that may be a repetition.
pub(crate) fn retry(
    app: &App,
    caller: &SignedIn,
    key: &IdempotencyKey,
    body: &JsonBody,
) -> Result<Option<Retry>, Problem> {
    let Some(named) = key.read()? else { return Ok(None) };
    Ok(Some(Retry::new(app, caller.0.account.id, key.route(), named, body.bytes())?))
}

/// What a request did before, or what it does now.
#[derive(Debug)]
pub(crate) enum Once<T> {
    /// It came before.
    Repeated(Replay),
    /// It did this now.
    Done(T),
}

/// Does something once: a repetition, also one that runs side by side, is told what the first one did.
pub(crate) async fn once<T>(
    app: &App,
    retry: Option<Retry>,
    work: impl Future<Output = Result<T, AppError>>,
) -> Result<Once<T>, Problem> {
    let Some(retry) = retry else { return Ok(Once::Done(work.await?)) };
    if let Some(replay) = retry.find(app).await? {
        return Ok(Once::Repeated(replay));
    }
    match work.await {
        Ok(done) => Ok(Once::Done(done)),
        // Whatever it tripped over may be what the first one did meanwhile: its etag is gone, its move is made.
        Err(error) => match retry.find_settled(app).await? {
            Some(replay) => Ok(Once::Repeated(replay)),
            None => Err(error.into()),
        },
    }
}

/// The item that a request made or changed, now or before: 201 with its address.
pub(crate) async fn made(
    api: &ApiState,
    viewer: &Viewer,
    outcome: Once<ItemView>,
) -> Result<Response, Problem> {
    let view = match outcome {
        Once::Done(view) => view,
        Once::Repeated(replay) => items::get(&api.app, viewer, replayed(&replay)?).await?,
    };
    let location = view::address(&view.item, &api.links);
    let etag = view.etag.clone();
    Ok(Tagged::new(etag, view::ItemBody::new(&api.app, &api.links, view)).created(&location))
}

/// The item that a repeated request was about.
pub(super) fn replayed(replay: &Replay) -> Result<Key, Problem> {
    Ok(Key::Id(replayed_id(replay)?))
}

/// The identifier of the resource that a repeated request was about.
pub(crate) fn replayed_id<T: FromStr>(replay: &Replay) -> Result<T, Problem> {
    segment(replay, 4)
}

/// The identifier of the part of a resource that a repeated request made.
pub(crate) fn replayed_part<T: FromStr>(replay: &Replay) -> Result<T, Problem> {
    segment(replay, 6)
}

/// A segment of a remembered address: `/api/v1/items/{4}/status-changes/{6}`.
fn segment<T: FromStr>(replay: &Replay, index: usize) -> Result<T, Problem> {
    let id = replay.location.split('/').nth(index).and_then(|id| id.parse().ok());
    id.ok_or_else(|| Problem::internal("a remembered address names no resource"))
}
