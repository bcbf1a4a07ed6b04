//! `?embed=`: what belongs to an item, given with it.

use qadam_app::items::{Embedded, GivenConsent, ItemView, Part};
use qadam_domain::ids::OrganisationId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::adding::Added;
use super::answers::AnswerBody;
use super::assessments::AssessmentBody;
use super::closing::ClosingNoticeBody;
use super::consents::ConsentBody;
use super::deadlines::DeadlineRevisionBody;
use super::evidence::ItemEvidenceBody;
use super::history::HistoryEntryBody;
use super::indicators::IndicatorBody;
use super::links::LinkBody;
use super::milestones::MilestoneBody;
use super::moves::StatusChangeBody;
use super::questions::QuestionBody;
use super::response::ResponseStepBody;
use super::updates::UpdateBody;
use super::view::ItemBody;
use crate::fields::{Fields, Members};
use crate::meetings::MeetingBody;
use crate::organisations::OrganisationBody;
use crate::problems::Problem;
use crate::state::ApiState;
use qadam_http::item_filters::{Embed, EmbedWord};

/// The query of an operation that answers with one item.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(crate) struct ItemQuery {
    /// The members that are wanted; without it, all. Others are then absent, also required ones.
    #[param(value_type = Option<Vec<String>>, style = Form, explode = false, example = json!(["id", "ref", "status"]))]
    pub(super) fields: Fields,
    /// What is given with the item, in `embedded`: `status_changes`, `deadline_revisions`, `response_stages`,
    /// `consents`, `links`, `history`, `updates`, `assessments`, `closing_notices`, `milestones`, `indicators`,
    /// `evidence`, `questions`, `answers`, `meeting`, `organisations`; the newest 20 of each.
    #[param(value_type = Option<Vec<EmbedWord>>, inline, style = Form, explode = false, example = json!(["links", "status_changes"]))]
    pub(super) embed: Embed,
}

/// What is given of items, and with them.
#[derive(Debug)]
pub(super) struct Wanted {
    /// Their members; `None` for all.
    pub(super) members: Option<Members>,
    /// What is embedded.
    pub(super) parts: Vec<Part>,
}

impl Wanted {
    /// What two parameters ask for; 400 names the first word that means nothing.
    pub(super) fn read(fields: Fields, embed: &Embed) -> Result<Self, Problem> {
        let part = |word: &String| Part::from_code(word).ok_or_else(|| Problem::unknown_word("embed", word));
        let mut parts = embed.words().map(part).collect::<Result<Vec<_>, _>>()?;
        // A part that was named twice is given once.
        let mut seen = Vec::new();
        parts.retain(|part| {
            !seen.contains(part) && {
                seen.push(*part);
                true
            }
        });
        let members = Members::of::<ItemBody>(fields)?;
        // Who asks for parts wants to see them.
        let members =
            if parts.is_empty() { members } else { members.map(|members| members.with("embedded")) };
        Ok(Self { members, parts })
    }
}

/// What belongs to an item, as far as it was asked for and the caller may read it: the newest 20 entries of each
/// part, in the order of its own list.
#[derive(Debug, Default, Serialize, ToSchema)]
#[schema(as = EmbeddedInItem)]
pub(crate) struct EmbeddedBody {
    /// Its status changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    status_changes: Option<Vec<StatusChangeBody>>,
    /// Its deadline revisions.
    #[serde(skip_serializing_if = "Option::is_none")]
    deadline_revisions: Option<Vec<DeadlineRevisionBody>>,
    /// How silence escalated on its waits, and which letters were sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    response_stages: Option<Vec<ResponseStepBody>>,
    /// The consents given for it; for its submitter and the secretariat.
    #[serde(skip_serializing_if = "Option::is_none")]
    consents: Option<Vec<ConsentBody>>,
    /// Its links.
    #[serde(skip_serializing_if = "Option::is_none")]
    links: Option<Vec<LinkBody>>,
    /// Its history.
    #[serde(skip_serializing_if = "Option::is_none")]
    history: Option<Vec<HistoryEntryBody>>,
    /// The reports of its owners.
    #[serde(skip_serializing_if = "Option::is_none")]
    updates: Option<Vec<UpdateBody>>,
    /// The findings on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    assessments: Option<Vec<AssessmentBody>>,
    /// The announcements that it will be closed as implemented.
    #[serde(skip_serializing_if = "Option::is_none")]
    closing_notices: Option<Vec<ClosingNoticeBody>>,
    /// Its milestones.
    #[serde(skip_serializing_if = "Option::is_none")]
    milestones: Option<Vec<MilestoneBody>>,
    /// Its indicators with their values.
    #[serde(skip_serializing_if = "Option::is_none")]
    indicators: Option<Vec<IndicatorBody>>,
    /// The evidence of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<Vec<ItemEvidenceBody>>,
    /// The questions on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    questions: Option<Vec<QuestionBody>>,
    /// The answers to them.
    #[serde(skip_serializing_if = "Option::is_none")]
    answers: Option<Vec<AnswerBody>>,
    /// The meeting it was made at, with agenda and decisions.
    #[serde(skip_serializing_if = "Option::is_none")]
    meeting: Option<MeetingBody>,
    /// The organisations that own it and that it is addressed to. Who filed it is not among them.
    #[serde(skip_serializing_if = "Option::is_none")]
    organisations: Option<Vec<OrganisationBody>>,
}

impl EmbeddedBody {
    /// What was embedded in an item, as JSON.
    pub(super) fn new(api: &ApiState, view: &ItemView, embedded: Embedded) -> Self {
        let (app, links) = (&*api.app, &api.links);
        let revision = |revision| DeadlineRevisionBody::new(app, links, revision);
        let steps =
            |steps: Vec<_>| steps.iter().map(|step| ResponseStepBody::new(app, links, step)).collect();
        let change = |change| StatusChangeBody::new(app, links, change);
        let consent = |consent: &GivenConsent| ConsentBody::new(consent, links);
        Self {
            status_changes: embedded.status_changes.map(|all| all.into_iter().map(change).collect()),
            deadline_revisions: embedded
                .deadline_revisions
                .map(|all| all.into_iter().map(revision).collect()),
            response_stages: embedded.response_steps.map(steps),
            consents: embedded.consents.map(|all| all.iter().map(consent).collect()),
            links: embedded.links.map(|all| all.iter().map(|link| LinkBody::new(link, app, links)).collect()),
            history: embedded.history.map(|all| all.into_iter().map(HistoryEntryBody::new).collect()),
            updates: bodies(embedded.updates, |view| UpdateBody::new(app, links, view)),
            assessments: bodies(embedded.assessments, |view| AssessmentBody::new(app, links, view)),
            closing_notices: bodies(embedded.closing_notices, |view| {
                ClosingNoticeBody::new(app, links, view)
            }),
            milestones: bodies(embedded.milestones, |view| MilestoneBody::new(app, links, view)),
            indicators: bodies(embedded.indicators, |view| IndicatorBody::new(app, links, view)),
            evidence: bodies(embedded.evidence, |view| ItemEvidenceBody::new(app, links, view)),
            questions: bodies(embedded.questions, |view| QuestionBody::new(app, links, view)),
            answers: bodies(embedded.answers, |view| AnswerBody::new(app, links, view)),
            meeting: embedded.meeting.map(|meeting| MeetingBody::new(app, links, meeting)),
            organisations: embedded.organisations.then(|| organisations(api, view)),
        }
    }

    /// What was embedded in the items of a list.
    pub(super) fn all(api: &ApiState, views: &[ItemView], embedded: Vec<Embedded>) -> Vec<Self> {
        views.iter().zip(embedded).map(|(view, embedded)| Self::new(api, view, embedded)).collect()
    }
}

fn bodies<V, B>(views: Option<Vec<V>>, body: impl Fn(V) -> Option<B>) -> Option<Vec<B>> {
    views.map(|views| views.into_iter().filter_map(body).collect())
}

/// Owners and addressees, each once.
fn organisations(api: &ApiState, view: &ItemView) -> Vec<OrganisationBody> {
    let owners = view.item.owners.iter().map(|owner| owner.organisation);
    let mut ids: Vec<OrganisationId> = Vec::new();
    for id in owners.chain(view.item.addressees.iter().copied()) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let directory = api.app.directory();
    let body = |organisation| OrganisationBody::new(&api.app, &api.links, organisation);
    ids.into_iter().filter_map(|id| directory.get(id)).map(body).collect()
}
