//! `GET /{language}/items`: the list, what it is narrowed by, and what it can be narrowed by, with counts.
//!
//! The address is the view: it can be mailed and comes out the same for whoever may see the same.

use std::borrow::Cow;

use askama::Template;
use axum::response::Response;
use qadam_app::cursors::{Edge, item_place};
use qadam_app::items::{self, ItemView};
use qadam_app::statistics::{self, Facets};
use qadam_app::throttling;
use qadam_app::vocabularies::VocabularyKind;
use qadam_app::{AppError, Code};
use qadam_domain::statistics::Facet;
use qadam_http::addresses::write_query;
use qadam_http::item_filters::ItemFilters;
use qadam_http::statistics::{Counting, NamedCount, facet_values};
use qadam_http::{Refused, parameters};

use crate::failure::Failure;
use crate::page::Page;
use crate::render::render;
use crate::visit::Visit;

/// The parameters by which a list is asked for; others are left alone, as mail programs add some.
const FILTERS: [&str; 37] = [
    "answer_days_max",
    "answer_days_min",
    "answered",
    "assessed_by",
    "deadline_revised",
    "disagreement",
    "due_after",
    "due_before",
    "entered",
    "entered_after",
    "entered_before",
    "evidence_after",
    "filed_after",
    "filed_before",
    "filed_precision",
    "finding",
    "kind",
    "lead",
    "legal_ref",
    "mechanism",
    "meeting",
    "organisation",
    "overdue",
    "owner",
    "priority",
    "q",
    "reached",
    "reached_after",
    "reached_before",
    "reporting",
    "slipped",
    "stage",
    "status",
    "text_level",
    "theme",
    "translation",
    "updated_after",
];
/// What else a list's address says.
const OTHERS: [&str; 3] = ["sort", "cursor", "limit"];
/// The orders that are offered: parameter and name.
const ORDERS: [(&str, &str); 5] = [
    ("-updated_at", "items-sort_updated"),
    ("due_on", "items-sort_due"),
    ("-filed_on", "items-sort_filed"),
    ("ref", "items-sort_ref"),
    ("title", "items-sort_title"),
];

#[derive(Template)]
#[template(path = "items/list.html")]
struct ListPage<'a> {
    page: &'a Page,
    items: &'a [ItemView],
    total: u64,
    asked: &'a Asked,
    chips: Vec<(String, String)>,
    facets: Vec<FacetView>,
    orders: Vec<(String, String, bool)>,
    next: Option<String>,
    previous: Option<String>,
    as_data: String,
    /// Where several of the list are reported on at once, for those who report.
    bulk: Option<String>,
    /// Whether rows can be marked for that.
    choosing: bool,
}

/// Values of a field with how many items have each.
struct FacetView {
    name: String,
    /// Whether it is open without being asked to be.
    open: bool,
    values: Vec<FacetValue>,
}

/// A value: following it adds it to the filter or takes it away.
struct FacetValue {
    name: String,
    count: u64,
    href: String,
    is_current: bool,
}

/// The parameters of a list's address: each once, none empty.
#[derive(Debug, Clone)]
struct Asked {
    list: String,
    pairs: Vec<(String, String)>,
}

impl Asked {
    fn read(list: String, query: &str) -> Self {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let known = FILTERS.contains(&&*name) || OTHERS.contains(&&*name);
            let value = value.trim();
            if !known || value.is_empty() {
                continue;
            }
            // Boxes of a form send a value each.
            match pairs.iter_mut().find(|(before, _)| *before == *name) {
                Some((before, values)) if before != "q" => {
                    values.push(',');
                    values.push_str(value);
                }
                Some(_) => {}
                None => pairs.push((name.into_owned(), value.to_owned())),
            }
        }
        Self { list, pairs }
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// What is searched for.
    fn words(&self) -> &str {
        self.get("q").unwrap_or_default()
    }

    /// The filters, for a form that changes something else.
    fn filters(&self) -> impl Iterator<Item = (&str, &str)> {
        let filters = self.pairs.iter().filter(|(name, _)| name != "cursor" && name != "q");
        filters.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The same list with another value of a parameter; without a value, without it. It begins anew.
    fn with(&self, name: &str, value: Option<&str>) -> String {
        let others = self.pairs.iter().filter(|(known, _)| known != name && known != "cursor");
        let others = others.map(|(name, value)| (name.as_str(), value.as_str()));
        let mut address = self.list.clone();
        write_query(&mut address, others.chain(value.map(|value| (name, value))));
        address
    }

    /// The same list with a value of a filter added, or taken away where it is there.
    fn toggled(&self, name: &str, value: &str) -> String {
        let before = self.get(name).unwrap_or_default();
        let mut values: Vec<&str> = before.split(',').filter(|one| !one.is_empty()).collect();
        if values.contains(&value) {
            values.retain(|one| *one != value);
        } else {
            values.push(value);
        }
        let values = values.join(",");
        self.with(name, Some(&*values).filter(|values| !values.is_empty()))
    }

    fn has(&self, name: &str, value: &str) -> bool {
        self.get(name).is_some_and(|values| values.split(',').any(|one| one == value))
    }

    fn parsed(&self, without_place: bool) -> Result<ItemFilters, Failure> {
        let pairs = self.pairs.iter().filter(|(name, _)| !(without_place && OTHERS.contains(&name.as_str())));
        parameters::read(pairs.cloned().collect()).map_err(|_unread| Code::InvalidParameter.into())
    }
}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Parameter { code, .. } => code.into(),
            Refused::Other(error) => error.into(),
        }
    }
}

/// `GET /{language}/items`
pub(crate) async fn show(visit: Visit) -> Result<Response, Failure> {
    let (app, viewer, language) = (visit.app(), visit.viewer(), visit.language);
    let asked = Asked::read(visit.to("items"), &visit.query);
    let mut page = Page::new(&visit, "items-title");
    page.describe(page.t("items-description"));
    let filters = asked.parsed(false)?;
    let chips = chips(&page, &asked);
    if !chips.is_empty() {
        // Windows side by side are told apart by what each is narrowed to.
        let narrowed: Vec<_> = chips.iter().map(|(name, _)| name.as_str()).collect();
        page.title = format!("{} — {}", narrowed.join(", "), page.title);
    }
    // The place of a page is bound to the list, whatever the order of its parameters.
    let list = filters.list_name(asked.with("cursor", None), language);
    if filters.searches() {
        throttling::search(app, &viewer, &visit.origin)?;
    }
    let request = filters.request(app, &list, language, false)?;
    let listed = items::list(app, &viewer, request).await?;
    let edge = |edge: Edge<String>| -> Result<String, AppError> {
        let cursor = app.seal_edge(&list, &edge)?;
        let mut address = asked.with("cursor", None);
        address.push(if address.contains('?') { '&' } else { '?' });
        Ok(address + "cursor=" + &cursor)
    };
    let next = listed.next.as_ref().map(|place| edge(Edge::After(item_place(place)))).transpose()?;
    let previous = listed.previous.as_ref().map(|place| edge(Edge::Before(item_place(place)))).transpose()?;
    let drafts = statistics::drafts(app, &viewer).await?;
    let counted = statistics::facets(app, &viewer, &drafts, asked.parsed(true)?.filter(app)?).await?;
    let mut as_data = "/api/v1/items".to_owned();
    write_query(&mut as_data, asked.pairs.iter().filter(|(name, _)| name != "cursor").map(|(n, v)| (n, v)));
    Ok(render(&ListPage {
        items: &listed.items,
        total: counted.counts.total,
        chips,
        facets: facets(&page, &asked, &counted, visit.signed.is_some()),
        orders: orders(&page, &asked),
        asked: &asked,
        next,
        previous,
        as_data,
        bulk: page.reports().then(|| bulk_path(&page, &asked)),
        choosing: listed.items.iter().any(|view| page.reports_on(&view.item)),
        page: &page,
    }))
}

/// The filters in the address of a list: names and values.
pub(crate) fn filters_of(query: &str) -> Vec<(String, String)> {
    let asked = Asked::read(String::new(), query);
    asked.pairs.into_iter().filter(|(name, _)| FILTERS.contains(&name.as_str())).collect()
}

/// Where several of a list are reported on at once: the same filters, in an address that can be mailed.
fn bulk_path(page: &Page, asked: &Asked) -> String {
    let mut path = page.to("bulk");
    let filters = asked.pairs.iter().filter(|(name, _)| FILTERS.contains(&name.as_str()));
    write_query(&mut path, filters.map(|(name, value)| (name, value)));
    path
}

fn orders(page: &Page, asked: &Asked) -> Vec<(String, String, bool)> {
    let searching = asked.get("q").is_some();
    let usual = if searching { "-relevance" } else { "-updated_at" };
    let current = asked.get("sort").unwrap_or(usual);
    let relevance = searching.then_some(("-relevance", "items-sort_relevance"));
    let all = relevance.into_iter().chain(ORDERS);
    all.map(|(sort, key)| (page.t(key), asked.with("sort", Some(sort)), sort == current)).collect()
}

/// What the list is narrowed by: each value with the list without it.
fn chips(page: &Page, asked: &Asked) -> Vec<(String, String)> {
    let mut chips = Vec::new();
    for (name, values) in asked.pairs.iter().filter(|(name, _)| !OTHERS.contains(&name.as_str())) {
        let filter = page.t(&format!("filter-{name}"));
        if name == "q" {
            chips.push((format!("{filter}: {values}"), asked.with(name, None)));
            continue;
        }
        for value in values.split(',') {
            let shown = value_name(page, name, value);
            chips.push((format!("{filter}: {shown}"), asked.toggled(name, value)));
        }
    }
    chips
}

/// What people call a value of a filter.
fn value_name(page: &Page, name: &str, value: &str) -> String {
    let of_set = |set: &str| {
        let key = format!("{set}-{value}");
        if qadam_localisation::exists(&key) { page.t(&key) } else { value.to_owned() }
    };
    match name {
        // Names of texts hold no full stop.
        "translation" => page.t(&format!("translation-{}", value.replace('.', "_"))),
        "kind" => of_set("kind"),
        "status" | "reached" => of_set("status"),
        "finding" => page.term(VocabularyKind::Findings.code(), value),
        "stage" => of_set("response_stage"),
        "reporting" => of_set("report_standing"),
        "text_level" => of_set("level"),
        "filed_precision" => of_set("precision"),
        "theme" => page.term(VocabularyKind::Themes.code(), value),
        "legal_ref" => page.term(VocabularyKind::LegalRefs.code(), value),
        "mechanism" => page.term(VocabularyKind::Mechanisms.code(), value),
        "lead" | "organisation" | "owner" | "assessed_by" => {
            let directory = page.app().directory();
            match directory.find(value) {
                Some(organisation) => page.organisation(&organisation.id),
                None => page.term(VocabularyKind::Mechanisms.code(), value),
            }
        }
        "overdue" | "priority" | "disagreement" | "slipped" | "answered" | "deadline_revised" => {
            of_set("yes_no")
        }
        _ => value.to_owned(),
    }
}

fn facets(page: &Page, asked: &Asked, counted: &Facets, signed_in: bool) -> Vec<FacetView> {
    let told = Facet::ALL.into_iter().filter(|facet| match facet {
        Facet::TextLevel => signed_in,
        // What there is to do on texts is for those who do it; everybody has it in the interface.
        Facet::Translation => page.is_secretariat(),
        _ => true,
    });
    let view = |facet: Facet| {
        let field = facet.code();
        let values = values(page, facet, counted).into_iter().map(|value| FacetValue {
            name: shown_name(page, field, &value).into_owned(),
            count: value.value,
            href: asked.toggled(field, &value.code),
            is_current: asked.has(field, &value.code),
        });
        FacetView {
            name: page.t(&format!("filter-{field}")),
            open: asked.get(field).is_some() || matches!(facet, Facet::Kind | Facet::Status),
            values: values.collect(),
        }
    };
    told.map(view).filter(|view| !view.values.is_empty()).collect()
}

fn shown_name<'a>(page: &Page, field: &str, value: &'a NamedCount) -> Cow<'a, str> {
    match value.name.best(page.lang()) {
        "" => Cow::Owned(value_name(page, field, &value.code)),
        name => Cow::Borrowed(name),
    }
}

fn values(page: &Page, facet: Facet, counted: &Facets) -> Vec<NamedCount> {
    let counting = Counting::new(page.app(), String::new(), Vec::new());
    let mut values = facet_values(&counting, facet, counted);
    if matches!(facet, Facet::Priority | Facet::Overdue) {
        // Whoever wants those that are not so wants the list as it is.
        values.retain(|value| value.code == "true");
    }
    values
}
