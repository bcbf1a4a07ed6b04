//! What is followed by topic and by mechanism: how its items stand, and which they are.

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use chrono::NaiveDate;
use qadam_app::items::{self, Filter, ItemView, ListRequest, Page as Part, Sort, SortField};
use qadam_app::statistics::{self, Facets};
use qadam_app::vocabularies::VocabularyKind;
use qadam_app::{AppError, Code};
use qadam_domain::statistics::Facet;
use qadam_http::statistics::Counting;

use crate::charts::{self, Part as BarPart};
use crate::failure::Failure;
use crate::markup::Markup;
use crate::page::Page;
use crate::render::render;
use crate::state::Web;
use crate::tone::{Tone, counted_in, grouped};
use crate::visit::Visit;

/// How many of its items are shown before their list is led to.
const SHOWN: u64 = 50;

/// The pages.
pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route("/topics", get(list))
        .route("/topics/{code}", get(topic))
        .route("/mechanisms/{code}", get(mechanism))
}

#[derive(Template)]
#[template(path = "topics/list.html")]
struct ListPage<'a> {
    page: &'a Page,
    topics: Vec<(String, String, u64)>,
    mechanisms: Vec<(String, String, u64)>,
}

/// `GET /{language}/topics`
async fn list(visit: Visit) -> Result<Response, Failure> {
    let mut page = Page::new(&visit, "topics-title");
    page.describe(page.t("topics-description"));
    let counted = counted(&visit, Filter::default()).await?;
    let named = |counts: &[(String, u64)], kind: VocabularyKind, path: &str| {
        let of = |(code, count): &(String, u64)| {
            (page.term(kind.code(), code), page.to(format!("{path}/{code}")), *count)
        };
        counts.iter().map(of).collect()
    };
    Ok(render(&ListPage {
        topics: named(&counted.themes, VocabularyKind::Themes, "topics"),
        mechanisms: named(&counted.mechanisms, VocabularyKind::Mechanisms, "mechanisms"),
        page: &page,
    }))
}

#[derive(Template)]
#[template(path = "topics/topic.html")]
struct TopicPage<'a> {
    page: &'a Page,
    /// What it is called among its kind.
    kind: String,
    total: u64,
    all: String,
    sentence: String,
    bar: Markup,
    groups: Vec<BarPart>,
    items: &'a [ItemView],
    /// The next day by which the mechanism wants information.
    information_due: Option<NaiveDate>,
}

/// `GET /{language}/topics/{code}`
async fn topic(visit: Visit, Path(code): Path<String>) -> Result<Response, Failure> {
    let filter = Filter { themes: vec![code.clone()], ..Filter::default() };
    show(&visit, VocabularyKind::Themes, "theme", &code, filter).await
}

/// `GET /{language}/mechanisms/{code}`
async fn mechanism(visit: Visit, Path(code): Path<String>) -> Result<Response, Failure> {
    let filter = Filter { mechanisms: vec![code.clone()], ..Filter::default() };
    show(&visit, VocabularyKind::Mechanisms, "mechanism", &code, filter).await
}

async fn counted(visit: &Visit, filter: Filter) -> Result<Facets, AppError> {
    let drafts = statistics::drafts(visit.app(), &visit.viewer()).await?;
    statistics::facets(visit.app(), &visit.viewer(), &drafts, filter).await
}

async fn show(
    visit: &Visit,
    vocabulary: VocabularyKind,
    field: &str,
    code: &str,
    filter: Filter,
) -> Result<Response, Failure> {
    if !visit.app().vocabularies().contains(vocabulary.code(), code) {
        return Err(Code::NotFound.into());
    }
    let mut page = Page::titled(visit, String::new());
    page.title = page.term(vocabulary.code(), code);
    page.describe(page.say("topics-about", "topic", &page.title));
    let counted = counted(visit, filter.clone()).await?;
    let request = ListRequest {
        filter,
        sort: Sort { field: SortField::Updated, descending: true },
        page: Part { limit: SHOWN, after: None, before: None },
        counted: false,
    };
    let listed = items::list(visit.app(), &visit.viewer(), request).await?;
    let counting = Counting::new(page.app(), page.to("items"), vec![(field.to_owned(), code.to_owned())]);
    let statuses = counted.counts.of(Facet::Status);
    let group = |tone: Tone| {
        let value = grouped(statuses, tone);
        let name = page.t(&format!("home-group_{}", tone.class()));
        BarPart { tone, name, value, href: counting.count(value, &[("status", &counted_in(tone))]).items }
    };
    let groups: Vec<BarPart> = Tone::COUNTED.into_iter().map(group).collect();
    let (moving, claimed) = (grouped(statuses, Tone::Moving), grouped(statuses, Tone::Claimed));
    let today = visit.app().today();
    let wanted = listed.items.iter().filter_map(|view| view.item.information_due_on);
    Ok(render(&TopicPage {
        kind: page.t(&format!("filter-{field}")),
        total: counted.counts.total,
        all: counting.count(counted.counts.total, &[]).items,
        sentence: page.say2(
            "home-standing_sentence",
            "moving",
            page.number(&moving),
            "claimed",
            page.number(&claimed),
        ),
        bar: charts::stacked_bar(&page.t("home-standing"), &groups),
        groups,
        information_due: wanted.filter(|day| *day >= today).min(),
        items: &listed.items,
        page: &page,
    }))
}
