//! `?embed=`: what belongs to an item, given with it.

use qadam_app::items::{Embedded, ItemView, Part};
use qadam_domain::ids::OrganisationId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::consents::ConsentBody;
use super::deadlines::DeadlineRevisionBody;
use super::history::HistoryEntryBody;
use super::links::LinkBody;
use super::moves::StatusChangeBody;
use super::view::ItemBody;
use crate::fields::{Fields, Members};
use crate::meetings::MeetingBody;
use crate::organisations::OrganisationBody;
use crate::problems::Problem;
use crate::state::ApiState;

/// How many items a page has at most where something is embedded in each.
pub(super) const PAGE_MAX: u16 = 50;

/// What stands in `?embed=`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(transparent)]
pub(crate) struct Embed(Vec<String>);

impl Embed {
    /// Whether nothing is asked for.
    pub(super) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a history is asked for: its entries get the numbers of their leaves later, without another entry by
    /// which a validator would know.
    pub(super) fn has_history(&self) -> bool {
        self.0.iter().any(|word| word == Part::History.code())
    }
}

/// The query of an operation that answers with one item.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(crate) struct ItemQuery {
    /// The members that are wanted; without it, all. Others are then absent, also required ones.
    #[param(value_type = Option<String>, example = "id,ref,status")]
    pub(super) fields: Fields,
    /// What is given with the item, in `embedded`: `status_changes`, `deadline_revisions`, `consents`, `links`,
    /// `history`, `meeting`, `organisations`; the newest 20 of each.
    #[param(value_type = Option<String>, example = "links,status_changes")]
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
        let mut parts = embed.0.iter().map(part).collect::<Result<Vec<_>, _>>()?;
        // A part that was named twice is given once.
        let mut seen = Vec::new();
        parts.retain(|part| {
            !seen.contains(part) && {
                seen.push(*part);
                true
            }
        });
        let members = fields.of::<ItemBody>()?;
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
    /// The consents given for it; for its submitter and the secretariat.
    #[serde(skip_serializing_if = "Option::is_none")]
    consents: Option<Vec<ConsentBody>>,
    /// Its links.
    #[serde(skip_serializing_if = "Option::is_none")]
    links: Option<Vec<LinkBody>>,
    /// Its history.
    #[serde(skip_serializing_if = "Option::is_none")]
    history: Option<Vec<HistoryEntryBody>>,
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
        let change = |change| StatusChangeBody::new(app, links, change);
        let consents = |consents: Vec<_>| consents.iter().map(ConsentBody::from).collect();
        Self {
            status_changes: embedded.status_changes.map(|all| all.into_iter().map(change).collect()),
            deadline_revisions: embedded
                .deadline_revisions
                .map(|all| all.into_iter().map(revision).collect()),
            consents: embedded.consents.map(consents),
            links: embedded.links.map(|all| all.iter().map(|link| LinkBody::new(link, links)).collect()),
            history: embedded.history.map(|all| all.into_iter().map(HistoryEntryBody::new).collect()),
            meeting: embedded.meeting.map(|meeting| MeetingBody::new(app, links, meeting)),
            organisations: embedded.organisations.then(|| organisations(api, view)),
        }
    }

    /// What was embedded in the items of a list.
    pub(super) fn all(api: &ApiState, views: &[ItemView], embedded: Vec<Embedded>) -> Vec<Self> {
        views.iter().zip(embedded).map(|(view, embedded)| Self::new(api, view, embedded)).collect()
    }
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
