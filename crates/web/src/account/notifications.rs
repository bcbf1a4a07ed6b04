//! What an account is told: what happened, on what, and why it is told.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::DateTime;
use qadam_app::notifications::{self, NotificationSubject, NotificationView, Page as Part, Place, Seen};

use crate::failure::Failure;
use crate::form::Form;
use crate::markup::Dated;
use crate::page::Page;
use crate::render::render;
use crate::visit::Visit;

/// How many notifications a page has.
const ON_A_PAGE: u64 = 50;

#[derive(Template)]
#[template(path = "account/notifications.html")]
struct NotificationsPage<'a> {
    page: &'a Page,
    told: Vec<Told>,
    /// The newest, up to which all can be marked as seen.
    newest: Option<String>,
    next: Option<String>,
}

/// Something an account is told.
pub(crate) struct Told {
    pub(crate) on: Option<Dated>,
    pub(crate) what: String,
    why: String,
    pub(crate) title: String,
    pub(crate) path: String,
    seen: bool,
}

/// `GET /{language}/account/notifications`
pub(super) async fn show(visit: Visit) -> Result<Response, Failure> {
    visit.actor()?;
    let app = visit.app();
    let list = "notifications page";
    let after = match visit.parameter("after") {
        Some(cursor) => read_place(&app.open_cursor(list, &cursor)?),
        None => None,
    };
    let part = Part { unseen: false, limit: ON_A_PAGE, after, before: None };
    let listed = notifications::list(app, &visit.viewer(), &part, false).await?;
    let page = Page::new(&visit, "notifications-title");
    let next = match &listed.next {
        Some((position, id)) => {
            let cursor = app.seal_cursor(list, &format!("{position} {id}"))?;
            Some(format!("{}?after={cursor}", page.to("account/notifications")))
        }
        None => None,
    };
    let newest = listed.notifications.first().map(|view| view.notification.id.to_string());
    let told = listed.notifications.iter().map(|view| told(&page, view)).collect();
    Ok(render(&NotificationsPage { page: &page, told, newest, next }))
}

/// What the account that asks was told and has not marked as read, the newest of it.
pub(crate) async fn unseen(visit: &Visit, page: &Page, limit: u64) -> Result<Vec<Told>, Failure> {
    let part = Part { unseen: true, limit, after: None, before: None };
    let listed = notifications::list(visit.app(), &visit.viewer(), &part, false).await?;
    Ok(listed.notifications.iter().map(|view| told(page, view)).collect())
}

fn read_place(text: &str) -> Option<Place> {
    let (position, id) = text.split_once(' ')?;
    Some((position.parse().ok()?, id.parse().ok()?))
}

fn told(page: &Page, view: &NotificationView) -> Told {
    let notification = &view.notification;
    let (title, path) = match &view.subject {
        NotificationSubject::Item(item) => {
            let title = format!("{} {}", page.reference(item), page.item_title(item).words());
            (title, page.item_path(item))
        }
        NotificationSubject::Round(round) => {
            (page.words(&round.name), page.to(format!("rounds/{}", round.id)))
        }
    };
    let at = DateTime::from_timestamp_millis(notification.at.0);
    let on = at.map(|at| at.with_timezone(&page.app().settings().time_zone).date_naive());
    Told {
        on: on.map(|day| page.long_day(&day)),
        what: page.action(&notification.action),
        why: page.word("notification_reason", notification.reason.code()),
        title,
        path,
        seen: notification.seen,
    }
}

/// `POST /{language}/account/notifications`: marks all up to one as seen.
pub(super) async fn mark(visit: Visit, form: Form) -> Result<Response, Failure> {
    if let Ok(newest) = form.text("up_to").parse() {
        notifications::mark_seen(visit.app(), &visit.viewer(), Seen::UpTo(newest)).await?;
    }
    Ok(Redirect::to(&visit.to("account/notifications")).into_response())
}
