//! `GET /{language}/meetings/{meeting}`: one meeting, its agenda with what was discussed, and what was decided.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use qadam_app::meetings::{self, Key, MeetingView};
use qadam_domain::ids::ItemId;
use qadam_domain::items::Item;
use qadam_domain::meetings::{Decision, Meeting, OfficeHolder, ProtocolState};
use serde_json::json;

use crate::failure::Failure;
use crate::markup::{Dated, Markup, escape};
use crate::page::{Page, linked_data};
use crate::render::render;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "meetings/meeting.html")]
struct MeetingPage<'a> {
    page: &'a Page,
    view: &'a MeetingView,
    meeting: &'a Meeting,
}

/// `GET /{language}/meetings/{meeting}`
pub(crate) async fn show(visit: Visit, Path(meeting): Path<String>) -> Result<Response, Failure> {
    let view = meetings::get(visit.app(), &visit.viewer(), key(&meeting)).await?;
    let mut page = Page::new(&visit, "meetings-title");
    page.title = page.words(&view.meeting.title);
    let kind = page.word("meeting_kind", view.meeting.kind.code());
    let held = page.held(&view.meeting).map(|held| held.words).unwrap_or_default();
    let words = [kind, held, page.words(&view.meeting.topics)];
    let words: Vec<_> = words.into_iter().filter(|words| !words.is_empty()).collect();
    page.describe(words.join(". "));
    Ok(render(&MeetingPage { page: &page, meeting: &view.meeting, view: &view }))
}

/// A meeting by what its address names it with.
pub(super) fn key(text: &str) -> Key {
    text.parse().map_or_else(|_| Key::Code(text.to_owned()), Key::Id)
}

impl MeetingPage<'_> {
    /// Items by their identifiers, those that the viewer sees.
    fn items(&self, ids: &[ItemId]) -> Vec<&Item> {
        ids.iter().filter_map(|id| self.view.items.get(id)).collect()
    }

    fn commitment(&self, decision: &Decision) -> Option<&Item> {
        self.view.items.get(decision.commitment.as_ref()?)
    }

    /// Whether the viewer makes it.
    fn builds(&self) -> bool {
        self.page.is_secretariat()
    }

    /// Whether its protocol is circulated to the viewer, as one that took part.
    fn reads_protocol(&self) -> bool {
        self.meeting.protocol == ProtocolState::Circulated && self.page.account.is_some() && !self.builds()
    }

    /// The meeting for search engines (schema.org).
    fn event(&self) -> Markup {
        linked_data(&json!({
            "@context": "https://schema.org",
            "@type": "Event",
            "name": self.page.title,
            "description": self.page.description,
            "startDate": self.meeting.held_on.map(|on| on.to_string()),
            "endDate": self.meeting.held_until.map(|on| on.to_string()),
            "location": self.page.words(&self.meeting.place),
            "url": self.page.address(),
        }))
    }
}

impl Page {
    /// When a meeting was or will be held, as exactly as it is known.
    pub(crate) fn held(&self, meeting: &Meeting) -> Option<Dated> {
        let on = meeting.held_on?;
        let words = crate::format::period(self.lang(), on, meeting.held_on_precision);
        let until = meeting.held_until.map(|until| crate::format::long_day(self.lang(), until));
        Some(Dated {
            on: Some(on), words: until.map_or(words.clone(), |until| format!("{words} – {until}"))
        })
    }

    /// An office, who holds it, and for whom.
    pub(crate) fn office(&self, holder: &OfficeHolder) -> Markup {
        let mut text = self.said(&holder.office).map(|office| office.to_string()).unwrap_or_default();
        let mut add = |part: &str| {
            if !text.is_empty() {
                text.push_str(", ");
            }
            let _infallible = escape(part, &mut text);
        };
        if let Some(name) = &holder.holder {
            add(name);
        }
        if let Some(organisation) = &holder.organisation {
            add(&self.organisation(organisation));
        }
        Markup(text)
    }
}
