//! `GET /{language}/method`: how the register works, from the rules it works by.

use askama::Template;
use axum::response::Response;
use qadam_app::vocabularies::VocabularyKind;
use qadam_domain::items::assessments::Finding;
use qadam_domain::items::moves::TABLE;
use qadam_domain::items::{ClosingResult, Kind, OwnerRole, Status};
use qadam_domain::language::Language;
use qadam_domain::levels::Level;
use qadam_domain::organisations::OrganisationKind;
use qadam_localisation::text;

use super::described;
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

/// Words of the register in its three languages, in the order in which they are met.
fn glossary(page: &Page) -> Vec<[String; 3]> {
    let keys = |set: &str, codes: Vec<&str>| codes.into_iter().map(|code| format!("{set}-{code}")).collect();
    let sets: [Vec<String>; 5] = [
        keys("kind", Kind::ALL.iter().map(|kind| kind.code()).collect()),
        keys("status", Status::ALL.iter().map(|status| status.code()).collect()),
        keys("closing_result", ClosingResult::ALL.iter().map(|result| result.code()).collect()),
        keys("owner_role", OwnerRole::ALL.iter().map(|role| role.code()).collect()),
        keys("organisation_kind", OrganisationKind::ALL.iter().map(|kind| kind.code()).collect()),
    ];
    let words =
        sets.into_iter().flatten().map(|key| Language::ALL.map(|language| text(language.tag(), &key)));
    let vocabularies = page.app().vocabularies();
    let findings = Finding::ALL.iter().filter_map(|finding| {
        let term = vocabularies.get(VocabularyKind::Findings.code(), finding.code())?;
        Some(Language::ALL.map(|language| term.name.get(language).unwrap_or_default().to_owned()))
    });
    words.chain(findings).collect()
}
