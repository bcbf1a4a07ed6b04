//! `GET /{language}/organisations/{organisation}`: an organisation and its scorecard. Every number is its list.
#![expect(clippy::ref_option, reason = "templates pass by reference what they print")]

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use qadam_app::items::{self, ItemView};
use qadam_app::organisations::{self, Organisation};
use qadam_app::statistics::{self, OrganisationScorecard, Reported};
use qadam_domain::items::Status;
use qadam_http::statistics::{Count, Counting, Figures, NamedCount};
use serde_json::json;

use crate::failure::Failure;
use crate::format;
use crate::markup::Markup;
use crate::page::{Page, linked_data};
use crate::render::render;
use crate::visit::Visit;

/// What stands for a measure of nothing.
const UNKNOWN: &str = "–";

#[derive(Template)]
#[template(path = "organisations/organisation.html")]
struct OrganisationPage<'a> {
    page: &'a Page,
    organisation: &'a Organisation,
    former: Vec<String>,
    parent: Option<(String, String)>,
    card: Card,
    last: Option<ItemView>,
}

/// The numbers of an organisation, each with its list.
struct Card {
    led: Count,
    owned: Count,
    named: Count,
    by_status: Vec<NamedCount>,
    figures: Figures,
}

/// `GET /{language}/organisations/{organisation}`
pub(crate) async fn show(visit: Visit, Path(code): Path<String>) -> Result<Response, Failure> {
    let (app, viewer) = (visit.app(), visit.viewer());
    let organisation = organisations::get(app, &code)?;
    let mut page = Page::new(&visit, "organisations-title");
    page.title = page.organisation(&organisation.id);
    page.describe(page.say("organisations-description", "name", &page.title));
    let drafts = statistics::drafts(app, &viewer).await?;
    let counted = statistics::scorecard(app, &viewer, &drafts, organisation.id).await?;
    let reported = statistics::reported(app, &viewer, Some(organisation.id)).await?;
    let last = match counted.card.last_report {
        // Narrowed since it was counted, it is not shown.
        Some((id, _)) => items::get(app, &viewer, items::Key::Id(id)).await.ok(),
        None => None,
    };
    let parent = organisation.parent.map(|id| (page.organisation(&id), page.organisation_path(&id)));
    let former = organisation.names.iter().skip(1).map(|dated| page.words(&dated.name)).collect();
    let card = Card::new(&page, &organisation, &counted, reported);
    Ok(render(&OrganisationPage { page: &page, organisation: &organisation, former, parent, card, last }))
}

impl Card {
    fn new(
        page: &Page,
        organisation: &Organisation,
        counted: &OrganisationScorecard,
        reported: Reported,
    ) -> Self {
        let of = |filter: &str| {
            Counting::new(page.app(), page.to("items"), vec![(filter.to_owned(), organisation.code.clone())])
        };
        let (named, owned, led) = (of("organisation"), of("owner"), of("lead"));
        let card = &counted.card;
        let statuses = Status::ALL.iter().map(|status| status.code());
        Self {
            led: led.count(card.led.total, &[]),
            owned: owned.count(card.owned.iter().sum(), &[]),
            named: named.count(card.named, &[]),
            by_status: owned.words("status", statuses, &card.owned),
            figures: Figures::new(&led, &card.led, &counted.found, reported, counted.today),
        }
    }
}

impl OrganisationPage<'_> {
    /// The organisation for search engines (schema.org).
    fn described(&self) -> Markup {
        let kind = match self.organisation.kind {
            organisations::OrganisationKind::CivilSociety => "NGO",
            _ => "GovernmentOrganization",
        };
        linked_data(&json!({
            "@context": "https://schema.org",
            "@type": kind,
            "name": self.page.title,
            "identifier": self.organisation.code,
            "url": self.page.address(),
        }))
    }

    /// A median in days.
    fn days(&self, median: &Option<f64>) -> String {
        match median {
            Some(days) => self.page.say("organisations-days", "days", format!("{days}")),
            None => UNKNOWN.to_owned(),
        }
    }

    /// A share in percent.
    fn percent(&self, share: &Option<f64>) -> String {
        match share {
            Some(share) => format::percent(self.page.lang(), *share),
            None => UNKNOWN.to_owned(),
        }
    }
}
