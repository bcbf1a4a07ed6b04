//! Organisations: who takes part, under which names, part of whom.
//!
//! Everybody reads them; the secretariat and the administrators keep them. They are few and in memory
//! ([`crate::directory`]), so lists and searches ask no database.

mod change;
mod fields;

use std::sync::Arc;

use qadam_domain::language::LanguageMap;
use qadam_domain::levels::Level;
pub use qadam_domain::organisations::{DatedName, Organisation, OrganisationKind};
use qadam_ledger::Subject;
use qadam_search::fold;
use qadam_storage::Tx;
use serde_json::{Map, Value, json};

pub use self::change::{NewOrganisation, OrganisationChanges, change, create, provision};
use crate::application::App;
use crate::cursors::Edge;
use crate::directory::Directory;
use crate::error::AppError;
use crate::items::record::language_map;
use crate::ledger::{Act, RecordEntry, enter_record};
use crate::record_difference::changed_members;

/// Which organisations are wanted. All of them by default.
#[derive(Debug, Clone, Default)]
pub struct OrganisationFilter {
    /// Of one of these kinds; of any where none is named.
    pub kinds: Vec<OrganisationKind>,
    /// With all of these words, or beginnings of them, in a name, an alias or the code.
    pub text: Option<String>,
    /// Still taking part, or no longer.
    pub active: Option<bool>,
}

/// A page of organisations by code.
#[derive(Debug, Clone)]
pub struct OrganisationPage {
    /// The organisations.
    pub organisations: Vec<Organisation>,
    /// The code after which the next page begins, if there is one.
    pub next: Option<String>,
    /// The code before which the previous page ends, if there is one.
    pub previous: Option<String>,
    /// How many there are on all pages.
    pub total: usize,
}

/// Lists organisations by code, after or before one. `limit` is at least 1.
pub fn list(
    app: &App,
    filter: &OrganisationFilter,
    edge: Option<&Edge<String>>,
    limit: usize,
) -> OrganisationPage {
    let directory = app.directory();
    let words = filter.text.as_deref().map(words).unwrap_or_default();
    let wanted: Vec<_> = directory
        .all()
        .into_iter()
        .filter(|organisation| filter.kinds.is_empty() || filter.kinds.contains(&organisation.kind))
        .filter(|organisation| filter.active.is_none_or(|active| organisation.active == active))
        .filter(|organisation| words.is_empty() || is_found(organisation, &words))
        .collect();
    let place = |code: &String| wanted.partition_point(|organisation| organisation.code < *code);
    let limit = limit.max(1);
    let (from, until) = match edge {
        None => (0, limit),
        Some(Edge::Before(code)) => (place(code).saturating_sub(limit), place(code)),
        Some(Edge::After(code)) => {
            let seen = wanted.partition_point(|organisation| organisation.code <= *code);
            (seen, seen.saturating_add(limit))
        }
    };
    let until = until.min(wanted.len());
    let shown = wanted.get(from..until).unwrap_or_default();
    OrganisationPage {
        next: shown.last().filter(|_| until < wanted.len()).map(|last| last.code.clone()),
        previous: shown.first().filter(|_| from > 0).map(|first| first.code.clone()),
        organisations: shown.iter().copied().cloned().collect(),
        total: wanted.len(),
    }
}

/// The organisation with this code or identifier.
pub fn get(app: &App, code_or_id: &str) -> Result<Organisation, AppError> {
    app.directory().find(code_or_id).cloned().ok_or(AppError::NotFound)
}

/// The validator of an organisation.
pub fn etag(app: &App, organisation: &Organisation) -> String {
    app.sealer.tag("organisation etag", &[organisation.id.0.as_bytes(), &organisation.version.to_be_bytes()])
}

/// The words of a text as they are compared: Kazakh letters, case and accents do not matter.
fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let words = folded.split(|character: char| !character.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Whether each word asked for begins a word of the organisation's names, aliases or code.
fn is_found(organisation: &Organisation, wanted: &[String]) -> bool {
    let names = organisation.names.iter().flat_map(|dated| dated.name.entries().map(|(_, text)| text));
    let aliases = organisation.aliases.iter().map(String::as_str);
    let own: Vec<String> = names.chain(aliases).chain([organisation.code.as_str()]).flat_map(words).collect();
    wanted.iter().all(|wanted| own.iter().any(|word| word.starts_with(wanted.as_str())))
}

/// An organisation as the ledger keeps it and as it is served.
pub fn record(directory: &Directory, organisation: &Organisation) -> Map<String, Value> {
    let value = json!({
        "id": organisation.id.to_string(),
        "code": organisation.code,
        "kind": organisation.kind.code(),
        "names": organisation.names.iter().map(dated_name).collect::<Vec<_>>(),
        "aliases": organisation.aliases,
        "parent": organisation.parent.map(|parent| directory.code(parent).to_owned()),
        "by_agreement": organisation.by_agreement,
        "active": organisation.active,
    });
    match value {
        Value::Object(record) => record,
        _ => Map::new(),
    }
}

fn dated_name(dated: &DatedName) -> Value {
    let name: &LanguageMap = &dated.name;
    json!({
        "name": language_map(name),
        "from": dated.from.map(|day| day.to_string()),
        "until": dated.until.map(|day| day.to_string()),
    })
}

/// Enters a change of an organisation. `directory` knows the codes of parents.
async fn enter(
    app: &Arc<App>,
    tx: &Tx,
    act: &Act,
    before: Option<&Organisation>,
    after: &Organisation,
    directory: &Directory,
) -> Result<(), AppError> {
    let action = if before.is_some() { "organisation.changed" } else { "organisation.created" };
    let after_record = record(directory, after);
    let entry = RecordEntry {
        action,
        subject: Subject {
            kind: "organisation".to_owned(),
            id: after.id.to_string(),
            reference: Some(after.code.clone()),
        },
        level: Level::Public,
        before: changed_members(before.map(|before| record(directory, before)), Some(&after_record)),
        after: Value::Object(after_record),
        reason: Value::Null,
    };
    enter_record(app, tx, act, entry).await?;
    Ok(())
}
