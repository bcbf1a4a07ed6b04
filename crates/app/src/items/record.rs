//! An item as the ledger keeps it: what its JSON has that is stored, without what is derived when it is asked
//! for (overdue, days late, positions, etag, addresses).
//!
//! Organisations stand by code, meetings and decisions by identifier. Every member is always there, so that a
//! record compares with the resource member by member.

use qadam_domain::items::{Answer, Item, Owner, RecordedFrom, Source};
use qadam_domain::language::{Language, LanguageMap, Translations};
use serde_json::{Map, Value, json};

use crate::directory::Directory;

/// What an item says, for readers of its text.
pub fn text_record(directory: &Directory, item: &Item) -> Map<String, Value> {
    let value = json!({
        "id": item.id.to_string(),
        "ref": item.reference.map(|reference| reference.to_string()),
        "kind": item.kind.code(),
        "status": item.status.code(),
        "status_as_of": item.status_as_of.on.to_string(),
        "status_as_of_precision": item.status_as_of.precision.code(),
        "closing_result": item.closing_result.map(qadam_domain::items::ClosingResult::code),
        "contested": item.contested,
        "title": language_map(&item.title),
        "summary": language_map(&item.summary),
        "original_language": item.original_language.tag(),
        "translations": translations(item.translations),
        "themes": item.themes,
        "legal_refs": item.legal_refs,
        "groups": item.groups,
        "sdg_targets": item.sdg_targets,
        "owners": item.owners.iter().map(|owner| self::owner(directory, owner)).collect::<Vec<_>>(),
        "addressees": item.addressees.iter().map(|id| directory.code(*id)).collect::<Vec<_>>(),
        "source": source(&item.source),
        "recorded_from": item.recorded_from.as_ref().map(recorded_from),
        "answer": item.answer.as_ref().map(answer),
        "due_on": item.due.map(|due| due.on.to_string()),
        "due_precision": item.due.map(|due| due.precision.code()),
        "no_due_reason": language_map(&item.no_due_reason),
        "original_due_on": item.original_due_on.map(|day| day.to_string()),
        "information_due_on": item.information_due_on.map(|day| day.to_string()),
        "priority": item.priority,
        "grounds": language_map(&item.grounds),
        "expected_result": language_map(&item.expected_result),
        "completion_form": language_map(&item.completion_form),
        "followup_selected": item.followup_selected,
        "information_quality": item.information_quality,
        "text_level": item.text_level.code(),
        "filed_on": item.filed_on.map(|filed| filed.on.to_string()),
        "filed_on_precision": item.filed_on.map(|filed| filed.precision.code()),
        "entered_on": item.entered_on.to_string(),
    });
    match value {
        Value::Object(record) => record,
        _ => Map::new(),
    }
}

/// Who filed an item, for readers of its identity.
pub fn filing_record(directory: &Directory, item: &Item) -> Map<String, Value> {
    let filed_by: Vec<Value> = item.filed_by.iter().map(|id| directory.code(*id).into()).collect();
    let mut record = Map::new();
    record.insert("filed_by".to_owned(), filed_by.into());
    record.insert("identity_level".to_owned(), item.identity_level.code().into());
    record
}

/// A language map: languages without a text are left out.
pub fn language_map(text: &LanguageMap) -> Value {
    Value::Object(text.entries().map(|(language, text)| (language.tag().to_owned(), text.into())).collect())
}

fn translations(translations: Translations) -> Value {
    let one = |language: Language| {
        let translation = translations.get(language);
        (language.tag().to_owned(), json!({"state": translation.state.code(), "stale": translation.stale}))
    };
    Value::Object(Language::ALL.into_iter().map(one).collect())
}

fn owner(directory: &Directory, owner: &Owner) -> Value {
    json!({
        "organisation": directory.code(owner.organisation),
        "role": owner.role.code(),
        "by_agreement": owner.by_agreement,
    })
}

fn source(source: &Source) -> Value {
    json!({
        "mechanism": source.mechanism,
        "symbol": source.symbol,
        "paragraph": source.paragraph,
        "paragraph_verified": source.paragraph_verified,
        "url": source.url,
        "published_on": source.published_on.map(|day| day.to_string()),
        "quote": source.quote,
        "meeting": source.meeting.map(|id| id.to_string()),
        "decision": source.decision.map(|id| id.to_string()),
    })
}

fn recorded_from(recorded: &RecordedFrom) -> Value {
    json!({
        "label": recorded.label,
        "url": recorded.url,
        "on": recorded.on.map(|day| day.to_string()),
        "note": language_map(&recorded.note),
    })
}

fn answer(answer: &Answer) -> Value {
    json!({"text": language_map(&answer.text), "on": answer.on.to_string()})
}
