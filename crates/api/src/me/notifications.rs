//! `GET /me/notifications` and `POST /me/notifications/read`.

use axum::extract::State;
use http::StatusCode;
use qadam_app::App;
use qadam_app::cursors::Edge;
use qadam_app::error::FieldCode;
use qadam_app::notifications::{self, NotificationSubject as About, NotificationView, Place, Seen};
use qadam_domain::ids::NotificationId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::extract::{ApiBody, ApiQuery, Input, NoParameters, Prefer, SignedIn};
use crate::items::ItemReference;
use crate::links::Links;
use crate::list::{Limit, Neighbours, Page};
use crate::openapi::codes;
use crate::problems::Problem;
use crate::reporting_rounds::RoundReference;
use crate::state::ApiState;
use crate::values::{Checks, Moment, NotificationReasonWord};

/// Which notifications.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub(crate) struct NotificationsQuery {
    /// Only those that were not read.
    unread: bool,
    /// Entries on a page.
    #[param(value_type = Option<u16>, minimum = 1, maximum = 2_147_483_647, example = 50)]
    limit: Limit,
    /// Where the page begins: as it stands in `next` or `prev`.
    #[param(max_length = 1000)]
    cursor: Option<String>,
}

impl NotificationsQuery {
    fn page(&self, app: &App, list: &str) -> Result<notifications::Page, Problem> {
        let edge =
            self.cursor.as_deref().map(|sealed| app.open_edge(list, sealed, read_place)).transpose()?;
        let (after, before) = match edge {
            None => (None, None),
            Some(Edge::After(place)) => (Some(place), None),
            Some(Edge::Before(place)) => (None, Some(place)),
        };
        let limit = u64::from(self.limit.get());
        Ok(notifications::Page { unseen: self.unread, limit, after, before })
    }
}

/// The place of a notification in the list, as a cursor holds it.
fn place((position, id): &Place) -> String {
    format!("{position} {id}")
}

/// Reads what [`place`] wrote.
fn read_place(place: &str) -> Option<Place> {
    let (position, id) = place.split_once(' ')?;
    Some((position.parse().ok()?, id.parse().ok()?))
}

/// Something that happened to an item or a reporting round, and why one is told.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Notification)]
pub(crate) struct NotificationBody {
    /// Its identifier.
    #[schema(format = Uuid)]
    id: String,
    /// The item that it is about, as it is now; null where it is about a round.
    item: Option<ItemReference>,
    /// The reporting round that it is about; null where it is about an item.
    round: Option<RoundReference>,
    /// What was done: as in the item's history, `item.status_changed`. New words may be added.
    #[schema(example = "item.status_changed")]
    action: String,
    /// To which record: the item itself, or something that was added to it.
    subject: NotificationSubject,
    /// Why one is told.
    reason: NotificationReasonWord,
    /// When it was done; the beginning of the day where the hour is told to nobody.
    at: Moment,
    /// Whether it was read.
    read: bool,
}

/// A record that something was done to.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NotificationSubject {
    /// The kind of record: `item`, `update`, `assessment`, `meeting`, `reporting_round`, … New words may be added.
    #[serde(rename = "type")]
    #[schema(example = "assessment")]
    kind: String,
    /// Its identifier.
    id: String,
}

/// Which notifications were read: those named, or one with all before it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NotificationsRead {
    /// Ids of notifications; at most 200.
    #[serde(default)]
    #[schema(max_items = 200)]
    ids: Option<Vec<String>>,
    /// Id of the newest that was read.
    #[serde(default)]
    up_to: Option<String>,
}

impl NotificationsRead {
    fn checked(self) -> Input<Seen> {
        let mut checks = Checks::new();
        let mut id = |pointer: String, named: &str| {
            let id = named.parse::<NotificationId>().ok();
            if id.is_none() {
                checks.refuse(pointer, FieldCode::UnknownReference);
            }
            id
        };
        let seen = match (&self.ids, &self.up_to) {
            (Some(ids), None) => {
                let read = ids.iter().enumerate().map(|(index, named)| id(format!("/ids/{index}"), named));
                read.collect::<Vec<_>>().into_iter().collect::<Option<Vec<_>>>().map(Seen::These)
            }
            (None, Some(named)) => id("/up_to".to_owned(), named).map(Seen::UpTo),
            (Some(_), Some(_)) => {
                checks.refuse("/up_to", FieldCode::Contradiction);
                None
            }
            (None, None) => {
                checks.refuse("/ids", FieldCode::Required);
                None
            }
        };
        // Where it is nothing, something was refused.
        checks.finish(seen.unwrap_or(Seen::These(Vec::new())))
    }
}

fn body(view: &NotificationView, links: &Links) -> NotificationBody {
    let NotificationView { notification, subject } = view;
    let (item, round) = match subject {
        About::Item(item) => (Some(ItemReference::new(item, links)), None),
        About::Round(round) => (None, Some(RoundReference::new(round.id, &round.name, links))),
    };
    NotificationBody {
        id: notification.id.to_string(),
        item,
        round,
        action: notification.action.clone(),
        subject: NotificationSubject {
            kind: notification.subject_type.clone(),
            id: notification.subject_id.clone(),
        },
        reason: notification.reason.into(),
        at: Moment(notification.at),
        read: notification.seen,
    }
}

/// List one's own notifications
///
/// What happened to items that one's organisation filed or owns, to those that implement them, and to those one follows;
/// and that one's body is asked to report; newest first.
#[utoipa::path(
    get,
    path = "/me/notifications",
    tag = "me",
    params(NotificationsQuery),
    responses((status = OK, body = Page<NotificationBody>)),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[codes::ACCOUNT, codes::LIST]))))
)]
pub(crate) async fn list_notifications(
    State(api): State<ApiState>,
    caller: SignedIn,
    query: ApiQuery<NotificationsQuery>,
    prefer: Prefer,
) -> Result<Page<NotificationBody>, Problem> {
    let asked = query.checked()?;
    let list = api.links.list_name(query.uri());
    let page = asked.page(&api.app, &list)?;
    let listed = notifications::list(&api.app, &caller.viewer(), &page, prefer.exact_count).await?;
    let (next, previous) = (listed.next.as_ref().map(place), listed.previous.as_ref().map(place));
    let neighbours = Neighbours::sealed(&api.app, &list, next, previous)?;
    let bodies = listed.notifications.iter().map(|view| body(view, &api.links)).collect();
    Ok(Page::new(bodies, &api.links, query.uri(), &neighbours).with_total(listed.total))
}

/// Mark one's own notifications as read
///
/// Those named, or one with all before it. Those of others are left alone.
#[utoipa::path(
    post,
    path = "/me/notifications/read",
    tag = "me",
    request_body = NotificationsRead,
    responses((status = NO_CONTENT, description = "They are marked.")),
    security(("bearer" = [])),
    extensions(("x-codes" = json!(codes::words(&[codes::ACCOUNT, codes::QUERY, codes::BODY]))))
)]
pub(crate) async fn mark_notifications_read(
    State(api): State<ApiState>,
    caller: SignedIn,
    query: ApiQuery<NoParameters>,
    request: ApiBody,
) -> Result<StatusCode, Problem> {
    query.checked()?;
    let request = request.json().await?;
    let input = request.input::<NotificationsRead>().and_then(NotificationsRead::checked);
    let seen = input.map_err(qadam_app::AppError::Invalid)?;
    notifications::mark_seen(&api.app, &caller.viewer(), seen).await?;
    Ok(StatusCode::NO_CONTENT)
}
