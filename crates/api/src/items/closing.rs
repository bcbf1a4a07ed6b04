//! `GET` and `POST /items/{item}/closing-notices`.

use axum::extract::State;
use axum::response::Response;
use qadam_app::items::{self, Contributed, ContributionView};
use qadam_app::{App, Code};
use qadam_domain::items::contributions::{Content, ContributionKind};
use qadam_domain::language::LanguageMap;
use qadam_domain::policy::Action;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::view::{ItemBody, address};
use super::{ItemKey, Once, in_turn, once, replayed, replayed_part, retry};
use crate::answer::Tagged;
use crate::extract::{ApiBody, ApiPath, ApiQuery, Caller, IdempotencyKey, Input, NoParameters, SignedIn};
use crate::links::Links;
use crate::list::Page;
use crate::openapi::codes;
use crate::problems::Problem;
use crate::state::ApiState;
use crate::values::{Checks, Day, LanguageMapInput, LanguageMapView, OrganisationReference, TextLimit};

/// The announcement that an item will be closed as implemented.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ClosingNoticeCreate {
    /// Why.
    reason: LanguageMapInput,
}

/// The announcement that an item will be closed as implemented.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ClosingNotice)]
pub(crate) struct ClosingNoticeBody {
    /// Its identifier.
    #[schema(format = Uuid)]
    id: String,
    /// The item's identifier.
    #[schema(format = Uuid)]
    item: String,
    /// Why.
    reason: LanguageMapView,
    /// The last day on which those who found otherwise may object, by a new finding.
    objections_until: Day,
    /// The day it was made.
    recorded_on: Day,
    /// The organisation that made it.
    organisation: Option<OrganisationReference>,
}

impl ClosingNoticeCreate {
    fn checked(self) -> Input<LanguageMap> {
        let mut checks = Checks::new();
        let reason = self.reason.required("/reason", TextLimit::BODY, &mut checks);
        checks.finish(reason)
    }
}

impl ClosingNoticeBody {
    /// An announcement as JSON; nothing for other contributions.
    pub(super) fn new(app: &App, links: &Links, view: ContributionView) -> Option<Self> {
        let contribution = view.contribution;
        let Content::ClosingNotice(notice) = contribution.content else { return None };
        let organisation = contribution.organisation;
        Some(Self {
            id: contribution.id.to_string(),
            item: contribution.item.to_string(),
            reason: notice.reason.into(),
            objections_until: Day(notice.objections_until),
            recorded_on: Day(contribution.recorded_on),
            organisation: organisation
                .and_then(|id| OrganisationReference::find(id, &app.directory(), links)),
        })
    }
}

/// An item after a closing was announced.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ClosingNoticeResult {
    /// The item.
    item: ItemBody,
    /// The announcement.
    closing_notice: Option<ClosingNoticeBody>,
}

/// List the announcements that an item will be closed
///
/// Oldest first; at most 1,000.
#[utoipa::path(
    get,
    path = "/items/{item}/closing-notices",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id.")),
    responses((status = OK, body = Page<ClosingNoticeBody>)),
    extensions(("x-codes" = json!(codes::words(&[codes::TOKEN, codes::NARROWABLE, codes::QUERY]))))
)]
pub(crate) async fn list_closing_notices(
    State(api): State<ApiState>,
    caller: Caller,
    ApiPath(ItemKey(key)): ApiPath<ItemKey>,
    query: ApiQuery<NoParameters>,
) -> Result<Page<ClosingNoticeBody>, Problem> {
    let notices = items::closing_notices(&api.app, &caller.viewer(), key).await?;
    query.checked()?;
    let bodies = notices.into_iter().filter_map(|view| ClosingNoticeBody::new(&api.app, &api.links, view));
    Ok(Page::whole(bodies.collect(), &api.links, query.uri()))
}

/// Announce that an item will be closed as implemented
///
/// Needed where somebody found otherwise: closing is then possible after 30 days, in which they may object by a new
/// finding, and marks the item as contested. Needed, too, where the host owns the item: another person of the
/// secretariat then closes it.
#[utoipa::path(
    post,
    path = "/items/{item}/closing-notices",
    tag = "items",
    params(("item" = String, Path, description = "Ref or id.")),
    request_body = ClosingNoticeCreate,
    responses((status = CREATED, body = ClosingNoticeResult)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[
        codes::ACCOUNT, codes::NARROWABLE, codes::QUERY, codes::BODY, codes::KEY,
        &[Code::RoleRequired, Code::StatusConflict],
    ]))))
)]
pub(crate) async fn announce_closing(
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
    let input = request.input::<ClosingNoticeCreate>().and_then(ClosingNoticeCreate::checked);
    let reason = in_turn(&api, &viewer, key, None, Action::AnnounceClosing, input).await?;
    let work = items::announce_closing(&api.app, &viewer, key, reason, retry);
    let Contributed { item, contribution } = match once(&api.app, retry, work).await? {
        Once::Done(made) => made,
        Once::Repeated(replay) => {
            let (key, id) = (replayed(&replay)?, replayed_part(&replay)?);
            items::contribution(&api.app, &viewer, key, ContributionKind::ClosingNotice, id).await?
        }
    };
    let location = format!("{}/closing-notices", address(&item.item, &api.links));
    let etag = item.etag.clone();
    let closing_notice = ClosingNoticeBody::new(&api.app, &api.links, contribution);
    let item = ItemBody::new(&api.app, &api.links, item);
    Ok(Tagged::new(etag, ClosingNoticeResult { item, closing_notice }).created(&location))
}
