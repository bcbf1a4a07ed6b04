//! `GET /{language}/items/{item}/history`: every change that the viewer may know of, field by field, from the ledger
//! itself.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use chrono::{DateTime, NaiveDate};
use qadam_app::cursors::Edge;
use qadam_app::items::{self, HistoryEntry, HistoryPage, ItemView, Key};
use qadam_app::vocabularies::VocabularyKind;
use qadam_domain::ids::ContributionId;
use qadam_domain::language::Language;
use serde_json::{Map, Value};

use super::item::key;
use crate::failure::Failure;
use crate::markup::Dated;
use crate::page::Page;
use crate::render::{not_kept, render};
use crate::visit::Visit;

/// How many changes a page has.
const ON_A_PAGE: u64 = 50;
/// How many changes of an item are looked through for those of one of its parts.
const LOOKED_THROUGH: u64 = 200;

#[derive(Template)]
#[template(path = "items/history.html")]
struct HistoryTemplate<'a> {
    page: &'a Page,
    view: &'a ItemView,
    entries: Vec<Entry>,
    next: Option<String>,
    previous: Option<String>,
}

/// A change.
pub(super) struct Entry {
    pub(super) on: Option<Dated>,
    pub(super) what: String,
    pub(super) who: String,
    /// The number of its leaf, once it is in the tree.
    pub(super) seq: Option<u64>,
    pub(super) digest: String,
    pub(super) reason: Option<String>,
    /// Whether its words were removed.
    pub(super) redacted: bool,
    pub(super) changes: Vec<Change>,
}

/// What became of a field.
pub(super) struct Change {
    pub(super) field: String,
    pub(super) before: String,
    pub(super) after: String,
}

/// `GET /{language}/items/{item}/history`
pub(super) async fn show(visit: Visit, Path(item): Path<String>) -> Result<Response, Failure> {
    let (app, viewer) = (visit.app(), visit.viewer());
    let view = items::get(app, &viewer, key(&item)?).await?;
    let list = format!("history page {}", view.item.id);
    let read = |place: &str| place.parse().ok();
    let edge = visit.parameter("cursor").map(|cursor| app.open_edge(&list, &cursor, read)).transpose()?;
    let part = HistoryPage { edge, limit: ON_A_PAGE };
    let history = items::history(app, &viewer, key(&item)?, part).await?;
    let mut page = Page::new(&visit, "history-title");
    page.title = page.say("history-title_of", "ref", page.reference(&view.item));
    page.hide();
    let address = |edge: Edge<String>| -> Result<String, Failure> {
        let here = page.to(format!("items/{item}/history"));
        Ok(format!("{here}?cursor={}", app.seal_edge(&list, &edge)?))
    };
    let next = history.next.map(|place| address(Edge::After(place.to_string()))).transpose()?;
    let previous = history.previous.map(|place| address(Edge::Before(place.to_string()))).transpose()?;
    let entries = history.entries.iter().map(|entry| told(&page, entry)).collect();
    // The numbers of leaves come later than the entries.
    Ok(not_kept(render(&HistoryTemplate { page: &page, view: &view, entries, next, previous })))
}

/// What became of something that was added to an item, newest first: among the newest changes of the item.
pub(super) async fn of_part(
    visit: &Visit,
    page: &Page,
    view: &ItemView,
    part: ContributionId,
) -> Result<Vec<Entry>, Failure> {
    let wanted = HistoryPage { edge: None, limit: LOOKED_THROUGH };
    let all = items::history(visit.app(), &visit.viewer(), Key::Id(view.item.id), wanted).await?.entries;
    let id = part.to_string();
    let is_of_part = |entry: &&HistoryEntry| {
        let of = payload(entry).and_then(|payload| Some(payload.pointer("/subject/id")?.as_str()? == id));
        of.unwrap_or_default()
    };
    Ok(all.iter().filter(is_of_part).map(|entry| told(page, entry)).collect())
}

fn payload(entry: &HistoryEntry) -> Option<Value> {
    entry.payload.as_deref().and_then(|text| serde_json::from_str(text).ok())
}

fn told(page: &Page, entry: &HistoryEntry) -> Entry {
    let payload = payload(entry);
    let member = |name: &str| payload.as_ref()?.get(name).filter(|value| !value.is_null());
    let changes = match (member("before"), member("after")) {
        (Some(Value::Object(before)), Some(Value::Object(after))) => changes(page, before, after),
        _ => Vec::new(),
    };
    let directory = page.app().directory();
    let organisation = entry.actor_organisation.as_deref().and_then(|code| directory.find(code));
    let role = page.word("role", &entry.actor_role);
    let name = organisation.map(|organisation| page.organisation(&organisation.id));
    Entry {
        on: local_day(page, entry).map(|day| page.long_day(&day)),
        what: page.action(&entry.action),
        who: name.map_or(role.clone(), |name| format!("{name} ({role})")),
        seq: entry.seq,
        digest: entry.digest.clone(),
        reason: member("reason").and_then(|reason| reason_words(page, reason)),
        redacted: entry.payload.is_none(),
        changes,
    }
}

/// The day on which it was done, in the platform's time zone: the hour is nobody's business here.
fn local_day(page: &Page, entry: &HistoryEntry) -> Option<NaiveDate> {
    let at = DateTime::from_timestamp_millis(entry.at.0)?;
    Some(at.with_timezone(&page.app().settings().time_zone).date_naive())
}

/// The words for a code, if there are some.
fn known(page: &Page, set: &str, code: &str) -> Option<String> {
    let key = format!("{set}-{code}");
    qadam_localisation::exists(&key).then(|| page.t(&key))
}

/// The words of a reason: a text in some languages, or what stands in it.
fn reason_words(page: &Page, reason: &Value) -> Option<String> {
    match reason {
        Value::String(text) => Some(text.clone()),
        Value::Object(members) => {
            let text = members.get("text").or_else(|| members.get("reason")).unwrap_or(reason);
            let in_language = |language: Language| text.get(language.tag()).and_then(Value::as_str);
            let first = || Language::ALL.into_iter().find_map(in_language);
            in_language(page.lang()).or_else(first).map(str::to_owned)
        }
        _ => None,
    }
}

/// What became of each field that changed.
fn changes(page: &Page, before: &Map<String, Value>, after: &Map<String, Value>) -> Vec<Change> {
    let mut changes = Vec::new();
    for (name, was) in before {
        let is = after.get(name).unwrap_or(&Value::Null);
        let field = known(page, "record", name).unwrap_or_else(|| name.clone());
        match (was, is) {
            (Value::Object(was), Value::Object(is)) if is_language_map(was) && is_language_map(is) => {
                for language in Language::ALL {
                    let (was, is) = (was.get(language.tag()), is.get(language.tag()));
                    if was != is {
                        let language = qadam_localisation::text(language.tag(), "frame-language");
                        let field = format!("{field}, {language}");
                        changes.push(Change {
                            field,
                            before: shown(page, name, was),
                            after: shown(page, name, is),
                        });
                    }
                }
            }
            _ => changes.push(Change {
                field,
                before: shown(page, name, Some(was)),
                after: shown(page, name, Some(is)),
            }),
        }
    }
    changes
}

fn is_language_map(members: &Map<String, Value>) -> bool {
    let is_tag = |name: &String| Language::ALL.iter().any(|language| language.tag() == name);
    members.iter().all(|(name, value)| is_tag(name) && value.is_string())
}

/// A value as people read it: words for codes, lines for lists.
fn shown(page: &Page, field: &str, value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::Bool(yes)) => page.word("yes_no", if *yes { "true" } else { "false" }),
        Some(Value::String(text)) => {
            let set = match field {
                "status" => "status",
                "closing_result" => "closing_result",
                "text_level" | "identity_level" => "level",
                "due_precision" | "reached_precision" | "status_as_of_precision" | "precision" => "precision",
                "stage" => return page.term(VocabularyKind::LawStages.code(), text),
                _ => return text.clone(),
            };
            known(page, set, text).unwrap_or_else(|| text.clone())
        }
        Some(Value::Array(values)) => {
            let lines = values.iter().map(|value| shown(page, field, Some(value)));
            lines.collect::<Vec<_>>().join("\n")
        }
        Some(Value::Object(members)) => {
            let lines = members.iter().filter(|(_, value)| !value.is_null());
            let lines = lines.map(|(name, value)| {
                let called = known(page, "record", name).unwrap_or_else(|| name.clone());
                format!("{called}: {}", shown(page, name, Some(value)))
            });
            lines.collect::<Vec<_>>().join("\n")
        }
        Some(number) => number.to_string(),
    }
}
