//! An item as the ledger keeps it: what its JSON has that is stored, without what is derived when it is asked
//! for (overdue, days late, positions, etag, addresses).
//!
//! Organisations stand by code, meetings and decisions by identifier. Every member is always there, so that a
//! record compares with the resource member by member.

use std::fmt::Display;

use qadam_domain::items::contributions::{Contribution, Sight};
use qadam_domain::items::{Answer, ClosingResult, Item, Owner, RecordedFrom, Source};
use qadam_domain::language::{Language, LanguageMap, Translations};
use serde_json::{Map, Value, json};

use crate::directory::Directory;

/// What an item says, for readers of its text.
pub fn text_record(directory: &Directory, item: &Item) -> Map<String, Value> {
    object([
        ("id", item.id.to_string().into()),
        ("ref", shown(item.reference)),
        ("kind", item.kind.code().into()),
        ("status", item.status.code().into()),
        ("status_as_of", item.status_as_of.on.to_string().into()),
        ("status_as_of_precision", item.status_as_of.precision.code().into()),
        ("closing_result", item.closing_result.map(ClosingResult::code).into()),
        ("contested", item.contested.into()),
        ("title", language_map(&item.title)),
        ("summary", language_map(&item.summary)),
        ("original_language", item.original_language.tag().into()),
        ("translations", translations(item.translations)),
        ("themes", item.themes.clone().into()),
        ("legal_refs", item.legal_refs.clone().into()),
        ("groups", item.groups.clone().into()),
        ("sdg_targets", item.sdg_targets.clone().into()),
        ("owners", item.owners.iter().map(|owner| self::owner(directory, owner)).collect()),
        ("addressees", item.addressees.iter().map(|id| directory.code(*id)).collect()),
        ("source", source(&item.source)),
        ("recorded_from", item.recorded_from.as_ref().map(recorded_from).into()),
        ("answer", item.answer.as_ref().map(answer).into()),
        ("due_on", shown(item.due.map(|due| due.on))),
        ("due_precision", item.due.map(|due| due.precision.code()).into()),
        ("no_due_reason", language_map(&item.no_due_reason)),
        ("original_due_on", shown(item.original_due_on)),
        ("information_due_on", shown(item.information_due_on)),
        ("priority", item.priority.into()),
        ("grounds", language_map(&item.grounds)),
        ("expected_result", language_map(&item.expected_result)),
        ("completion_form", language_map(&item.completion_form)),
        ("followup_selected", item.followup_selected.into()),
        ("information_quality", item.information_quality.clone().into()),
        ("text_level", item.text_level.code().into()),
        ("filed_on", shown(item.filed_on.map(|filed| filed.on))),
        ("filed_on_precision", item.filed_on.map(|filed| filed.precision.code()).into()),
        ("entered_on", item.entered_on.to_string().into()),
    ])
}

/// An object of these members. `json!` would write each value out once more.
fn object<const N: usize>(members: [(&str, Value); N]) -> Map<String, Value> {
    members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// As people write it, or null.
fn shown(value: Option<impl Display>) -> Value {
    value.map(|value| value.to_string()).into()
}

/// Who filed an item, for readers of its identity.
pub fn filing_record(directory: &Directory, item: &Item) -> Map<String, Value> {
    let filed_by: Vec<Value> = item.filed_by.iter().map(|id| directory.code(*id).into()).collect();
    object([("filed_by", filed_by.into()), ("identity_level", item.identity_level.code().into())])
}

/// Who made a contribution, for readers of its author.
pub fn contribution_filing_record(directory: &Directory, contribution: &Contribution) -> Value {
    let identity = match contribution.sight {
        Sight::AsItem => Value::Null,
        Sight::Levels { identity, .. } => identity.code().into(),
    };
    let organisation = contribution.organisation.map(|id| directory.code(id).to_owned());
    json!({"organisation": organisation, "identity_level": identity})
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

/// The document something was recorded from.
pub(super) fn recorded_from(recorded: &RecordedFrom) -> Value {
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
