//! The list: what is open and public first, and how much there is to do in each language.

use askama::Template;
use axum::response::Response;
use qadam_app::AppError;
use qadam_app::cursors::{Edge, item_place, read_item_place};
use qadam_app::items::{self, Cursor, ItemView, ListRequest, Page as Part};
use qadam_app::statistics::{self, Facets};
use qadam_domain::items::translation_gaps::{Lack, TranslationGap};
use qadam_domain::items::{Item, Kind};
use qadam_domain::language::Language;
use qadam_domain::statistics::Facet;
use qadam_localisation::text;

use super::chosen::Chosen;
use super::only_secretariat;
use crate::failure::Failure;
use crate::page::Page;
use crate::render::{not_kept, render};
use crate::visit::Visit;

/// How many items a page of the list has.
const ITEMS: u64 = 25;

#[derive(Template)]
#[template(path = "translations/desk.html")]
struct DeskPage<'a> {
    page: &'a Page,
    chosen: Chosen,
    languages: Vec<LanguageRow>,
    kinds: Vec<Number>,
    items: Vec<ItemView>,
    total: u64,
    next: Option<String>,
    previous: Option<String>,
}

/// How much there is to do in a language.
pub(crate) struct LanguageRow {
    pub(crate) tag: &'static str,
    pub(crate) name: String,
    pub(crate) numbers: Vec<Number>,
}

/// A number with the list that it counts.
pub(crate) struct Number {
    pub(crate) name: String,
    pub(crate) count: u64,
    pub(crate) href: String,
    pub(crate) is_current: bool,
}

/// `GET /{language}/translations`
pub(super) async fn show(visit: Visit) -> Result<Response, Failure> {
    only_secretariat(&visit)?;
    let chosen = chosen(&visit).await?;
    let mut page = Page::new(&visit, "translations-title");
    page.hide();
    // Windows side by side are told apart by what each is narrowed to.
    page.title = format!("{} — {}", chosen_words(&page, chosen), page.title);
    let counted = counted(&visit, chosen.kinds(), Some(chosen.gap)).await?;
    let list = chosen.path(&page, "");
    let listed = items::list(visit.app(), &visit.viewer(), request(&visit, chosen, &list)?).await?;
    let edge = |edge: Edge<String>| -> Result<String, AppError> {
        Ok(format!("{list}&cursor={}", visit.app().seal_edge(&list, &edge)?))
    };
    let next = listed.next.as_ref().map(|place| edge(Edge::After(item_place(place)))).transpose()?;
    let previous = listed.previous.as_ref().map(|place| edge(Edge::Before(item_place(place)))).transpose()?;
    Ok(not_kept(render(&DeskPage {
        chosen,
        languages: languages(&page, chosen, Some(chosen.gap), &counted),
        kinds: kinds(&page, chosen, &counted),
        items: listed.items,
        total: counted.counts.total,
        next,
        previous,
        page: &page,
    })))
}

/// What the address asks for; where it does not say what there is to do, the first of which there is something, in the
/// language that it names or else in any, the page's own first.
async fn chosen(visit: &Visit) -> Result<Chosen, Failure> {
    let chosen = Chosen::read(visit)?;
    if visit.parameter("state").is_some() {
        return Ok(chosen);
    }
    let counted = counted(visit, chosen.kinds(), None).await?;
    let counts = counted.counts.of(Facet::Translation);
    let named = visit.parameter("language").is_some();
    let offered = visit.app().settings().languages;
    let first = |gap: &TranslationGap| gap.language == chosen.gap.language;
    let other = |gap: &TranslationGap| !named && !first(gap) && offered.find(gap.language.tag()).is_some();
    let all = TranslationGap::ALL.into_iter();
    let mut gaps = all.clone().filter(first).chain(all.filter(other));
    let gap = gaps.find(|gap| counts.get(gap.place()).is_some_and(|count| *count > 0));
    Ok(Chosen { gap: gap.unwrap_or(chosen.gap), ..chosen })
}

/// Counts of the desk: of what there is to do, whatever of it is chosen, and of kinds.
async fn counted(visit: &Visit, kinds: Vec<Kind>, gap: Option<TranslationGap>) -> Result<Facets, AppError> {
    let (app, viewer) = (visit.app(), visit.viewer());
    let drafts = statistics::drafts(app, &viewer).await?;
    statistics::facets(app, &viewer, &drafts, items::desk(kinds, gap)).await
}

fn request(visit: &Visit, chosen: Chosen, list: &str) -> Result<ListRequest, Failure> {
    let edge = visit.parameter("cursor");
    let edge = edge.map(|cursor| visit.app().open_edge(list, &cursor, read_item_place)).transpose()?;
    let (after, before): (Option<Cursor>, Option<Cursor>) = match edge {
        None => (None, None),
        Some(Edge::After(place)) => (Some(place), None),
        Some(Edge::Before(place)) => (None, Some(place)),
    };
    Ok(ListRequest {
        filter: items::desk(chosen.kinds(), Some(chosen.gap)),
        sort: items::desk_order(chosen.gap),
        page: Part { limit: ITEMS, after, before },
        counted: false,
    })
}

/// How much there is to do in each language, for a page that leads to the desk.
pub(crate) async fn to_do(visit: &Visit, page: &Page) -> Result<Vec<LanguageRow>, Failure> {
    let counted = counted(visit, Vec::new(), None).await?;
    let all = Chosen { gap: TranslationGap::new(page.lang(), Lack::Missing), kind: None };
    Ok(languages(page, all, None, &counted))
}

fn languages(
    page: &Page,
    chosen: Chosen,
    current: Option<TranslationGap>,
    counted: &Facets,
) -> Vec<LanguageRow> {
    let counts = counted.counts.of(Facet::Translation);
    let number = |gap: TranslationGap| Number {
        name: page.word("lack", gap.lack.code()),
        count: counts.get(gap.place()).copied().unwrap_or_default(),
        href: Chosen { gap, ..chosen }.path(page, ""),
        is_current: current == Some(gap),
    };
    let offered = page.app().settings().languages;
    let row = |language: Language| LanguageRow {
        tag: language.tag(),
        name: text(language.tag(), "frame-language"),
        numbers: Lack::ALL.into_iter().map(|lack| number(TranslationGap::new(language, lack))).collect(),
    };
    Language::ALL.into_iter().filter(|language| offered.find(language.tag()).is_some()).map(row).collect()
}

fn kinds(page: &Page, chosen: Chosen, counted: &Facets) -> Vec<Number> {
    let counts = counted.counts.of(Facet::Kind);
    let number = |kind: Option<Kind>, name: String, count: u64| Number {
        name,
        count,
        href: Chosen { kind, ..chosen }.path(page, ""),
        is_current: kind == chosen.kind,
    };
    let all = number(None, page.t("translations-all_kinds"), counts.iter().sum());
    let one = |(kind, count): (Kind, &u64)| number(Some(kind), page.word("kind", kind.code()), *count);
    std::iter::once(all).chain(Kind::ALL.into_iter().zip(counts).map(one)).collect()
}

/// What is chosen, in words.
fn chosen_words(page: &Page, chosen: Chosen) -> String {
    let language = text(chosen.gap.language.tag(), "frame-language");
    format!("{language}: {}", page.word("lack", chosen.gap.lack.code()))
}

impl Page {
    /// What there can be to do on texts, in words.
    pub(crate) fn lacks(&self) -> Vec<String> {
        Lack::ALL.into_iter().map(|lack| self.word("lack", lack.code())).collect()
    }
}

impl DeskPage<'_> {
    fn chosen(&self) -> String {
        chosen_words(self.page, self.chosen)
    }

    fn path(&self, item: &Item) -> String {
        self.chosen.path(self.page, &item.id.to_string())
    }

    fn written_in(&self, item: &Item) -> String {
        let language = text(item.original_language.tag(), "frame-language");
        self.page.say("translations-written_in", "language", language)
    }
}
