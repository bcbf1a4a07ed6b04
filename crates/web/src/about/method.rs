//! `GET /{language}/method`: how the register works, from the rules it works by.

use askama::Template;
use axum::response::Response;
use qadam_domain::items::Status;
use qadam_domain::items::assessments::Finding;
use qadam_domain::items::moves::TABLE;
use qadam_domain::levels::Level;

use super::described;
use crate::glossary::glossary;
use crate::markup::Markup;
use crate::page::Page;
use crate::render::render;
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "about/method.html")]
struct MethodPage<'a> {
    page: &'a Page,
    statuses: Vec<StatusRow>,
    findings: Vec<Markup>,
    levels: Vec<String>,
    clocks: String,
    glossary: Vec<[String; 3]>,
}

/// A status: its tag, what it means, who moves an item on from there.
struct StatusRow {
    tag: Markup,
    meaning: String,
    movers: String,
}

/// `GET /{language}/method`
pub(super) async fn show(visit: Visit) -> Response {
    let page = described(&visit, "method");
    let levels = Level::ALL.iter().map(|level| page.word("level", level.code())).collect();
    render(&MethodPage {
        statuses: Status::ALL.iter().map(|status| row(&page, *status)).collect(),
        findings: Finding::ALL.iter().map(|finding| page.finding_tag(finding)).collect(),
        levels,
        clocks: clocks(&page),
        glossary: glossary(&page),
        page: &page,
    })
}

fn row(page: &Page, status: Status) -> StatusRow {
    let mut movers: Vec<String> = Vec::new();
    for entry in TABLE.iter().filter(|entry| entry.from.contains(&status)) {
        let mover = entry.by.iter().map(|mover| page.word("mover", mover.code()));
        movers.extend(mover);
    }
    movers.sort();
    movers.dedup();
    StatusRow {
        tag: page.plain_status_tag(status),
        meaning: page.t(&format!("status_about-{}", status.code())),
        movers: if movers.is_empty() { page.t("method-nobody") } else { movers.join(", ") },
    }
}

fn clocks(page: &Page) -> String {
    let terms = &page.app().settings().response;
    let (review, answer) = (terms.review.to_string(), terms.answer.to_string());
    let confirmation = terms.confirmation.to_string();
    page.say3(
        "method-clocks_text",
        [("review", &review), ("answer", &answer), ("confirmation", &confirmation)],
    )
}
