//! The items of the demonstration, each recorded from the document that the files name, and the links between
//! them.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use qadam_app::App;
use qadam_app::items::{self, DueInput, Key, LinkInput, NewItem, OwnerInput, RecordedItem};
use qadam_domain::accounts::Viewer;
use qadam_domain::calendar::AsOf;
use qadam_domain::ids::ItemId;
use qadam_domain::items::links::LinkKind;
use qadam_domain::items::{
    Evidence, EvidenceKind, EvidenceRelation, Kind, OwnerRole, RecordedFrom, Source, Status,
};
use qadam_domain::language::{Language, LanguageMap, Translation, TranslationState, Translations};

use super::LoadError;
use super::files::{DocumentFile, EvidenceFile, ItemFile, OwnerFile, Text, lines, map_or_empty, precision};
use super::meetings::Held;

/// Records the items one after another, so that refs follow the files, and links them. Gives their identifiers by
/// the id they have in the files.
pub(super) async fn load(
    app: &Arc<App>,
    secretariat: &Viewer,
    files: &[ItemFile],
    meetings: &Held,
) -> Result<HashMap<String, ItemId>, LoadError> {
    let mut recorded = HashMap::with_capacity(files.len());
    for file in files {
        let item = item(app, file, meetings)?;
        let view = items::record_from_document(app, secretariat, item, None).await;
        recorded.insert(file.id.clone(), view.map_err(LoadError::refused(&file.id))?.item.id);
    }
    link(app, secretariat, files, &recorded).await?;
    Ok(recorded)
}

/// Links each pair once, though the files name it at both ends.
async fn link(
    app: &Arc<App>,
    secretariat: &Viewer,
    files: &[ItemFile],
    recorded: &HashMap<String, ItemId>,
) -> Result<(), LoadError> {
    let mut linked = HashSet::new();
    for file in files {
        for other in &file.relates_to {
            let (one, two) = if file.id < *other { (&file.id, other) } else { (other, &file.id) };
            if !linked.insert((one, two)) {
                continue;
            }
            let find = |id: &String| {
                recorded.get(id).copied().ok_or_else(|| LoadError::unknown(&file.id, "item", id))
            };
            let input = LinkInput { kind: LinkKind::RelatesTo, to: Key::Id(find(other)?) };
            let made = items::link(app, secretariat, Key::Id(find(&file.id)?), input, None).await;
            made.map_err(LoadError::refused(&file.id))?;
        }
    }
    Ok(())
}

fn item(app: &App, file: &ItemFile, meetings: &Held) -> Result<RecordedItem, LoadError> {
    let id = file.id.as_str();
    let status =
        Status::from_code(&file.status).ok_or_else(|| LoadError::unknown(id, "status", &file.status))?;
    let held = file.source.meeting.as_deref().map(|meeting| meetings.get(id, meeting)).transpose()?;
    let mut evidence =
        file.evidence.iter().map(|file| self::evidence(id, file)).collect::<Result<Vec<_>, _>>()?;
    evidence.extend(file.superseded_by.as_ref().and_then(|by| by.document.as_ref()).map(successor));
    let as_of = as_of(app, id, file.as_of, Some(&file.as_of_precision))?;
    let filed_on = file.filed_on.map(|on| self::as_of(app, id, on, file.filed_on_precision.as_deref()));
    Ok(RecordedItem {
        new: new_item(file)?,
        recorded_from: recorded_from(file),
        status,
        as_of,
        closing_result: None,
        answer: None,
        filed_by: file.filed_by.clone(),
        filed_on: filed_on.transpose()?,
        translations: Some(translations(file)?),
        meeting: held,
        evidence,
    })
}

fn new_item(file: &ItemFile) -> Result<NewItem, LoadError> {
    let id = file.id.as_str();
    let kind = Kind::from_code(&file.kind).ok_or_else(|| LoadError::unknown(id, "kind", &file.kind))?;
    let original_language: Language = file
        .original_language
        .parse()
        .map_err(|_| LoadError::unknown(id, "language", &file.original_language))?;
    let due_precision = precision(id, file.due_precision.as_deref())?;
    let owners = file.owners.iter().map(|file| owner(id, file)).collect::<Result<Vec<_>, _>>()?;
    Ok(NewItem {
        original_language: Some(original_language),
        themes: file.themes.clone(),
        legal_refs: file.legal_refs.clone(),
        groups: file.groups.clone(),
        sdg_targets: file.sdg_targets.clone(),
        owners,
        due: file.due_on.map(|on| DueInput { on, precision: due_precision }),
        no_due_reason: map_or_empty(file.no_due_reason.as_ref()),
        information_due_on: file.information_due_on,
        source: source(file),
        // Mechanisms choose among their own recommendations.
        followup_selected: (kind == Kind::Recommendation).then_some(file.source.followup_selected),
        ..NewItem::new(kind, file.title.map())
    })
}

/// Where the item comes from. The words that an announcement rests on, and their address, stand in it.
fn source(file: &ItemFile) -> Source {
    let announced = file.announced.as_ref();
    Source {
        mechanism: file.source.mechanism.clone(),
        symbol: file.source.symbol.clone(),
        paragraph: file.source.paragraph.clone(),
        paragraph_verified: Some(file.source.paragraph_verified),
        url: announced.and_then(|words| words.source.url.clone()).or_else(|| file.source.url.clone()),
        published_on: announced.and_then(|words| words.source.on).or(file.source.published_on),
        quote: announced.map(|words| words.quote.clone()),
        meeting: None,
        decision: None,
    }
}

/// The document, with what a reader must know: whose wording it is, where in the document it stands, what the
/// compiler noted.
fn recorded_from(file: &ItemFile) -> RecordedFrom {
    let mut notes = Vec::new();
    if file.reported_concern {
        notes.push(reported_concern());
    }
    notes.extend([&file.source.paragraph_note, &file.note].into_iter().flatten().map(Text::map));
    file.recorded_from.recorded_from(lines(&notes))
}

/// Said of a proposal that nobody is known to have made in these words.
fn reported_concern() -> LanguageMap {
    LanguageMap {
        kk: Some("Хабарланған мәселе: тұжырым құрастырушынікі".to_owned()),
        ru: Some("Сообщённая проблема: формулировка принадлежит составителю".to_owned()),
        en: Some("Reported concern: the wording is the compiler’s".to_owned()),
    }
}

fn translations(file: &ItemFile) -> Result<Translations, LoadError> {
    let mut translations = Translations::of(&file.title.map());
    for (tag, code) in &file.translations {
        let language: Language = tag.parse().map_err(|_| LoadError::unknown(&file.id, "language", tag))?;
        let state = TranslationState::from_code(code)
            .ok_or_else(|| LoadError::unknown(&file.id, "translation", code))?;
        translations.set(language, Translation { state, stale: false });
    }
    Ok(translations)
}

fn owner(id: &str, file: &OwnerFile) -> Result<OwnerInput, LoadError> {
    let role =
        OwnerRole::from_code(&file.role).ok_or_else(|| LoadError::unknown(id, "owner's role", &file.role))?;
    Ok(OwnerInput { organisation: file.organisation.clone(), role, by_agreement: Some(file.by_agreement) })
}

fn evidence(id: &str, file: &EvidenceFile) -> Result<Evidence, LoadError> {
    let kind = EvidenceKind::from_code(&file.kind)
        .ok_or_else(|| LoadError::unknown(id, "kind of evidence", &file.kind))?;
    let relation = EvidenceRelation::from_code(&file.relation)
        .ok_or_else(|| LoadError::unknown(id, "relation of evidence", &file.relation))?;
    Ok(Evidence {
        kind,
        relation,
        title: file.title.map(),
        url: file.url.clone(),
        number: file.number.clone(),
        issued_on: file.issued_on,
        issuer: file.issuer.clone(),
    })
}

/// The document that replaced the item. Symbols and days read alike in every language.
fn successor(document: &DocumentFile) -> Evidence {
    let label = Some(document.label.clone());
    Evidence {
        kind: if document.url.is_some() { EvidenceKind::Link } else { EvidenceKind::Named },
        relation: EvidenceRelation::Supports,
        title: LanguageMap { kk: label.clone(), ru: label.clone(), en: label },
        url: document.url.clone(),
        number: None,
        issued_on: document.on,
        issuer: None,
    }
}

fn as_of(app: &App, id: &str, on: chrono::NaiveDate, code: Option<&str>) -> Result<AsOf, LoadError> {
    let precision = precision(id, code)?;
    AsOf::new(on, precision, app.today())
        .ok_or_else(|| LoadError::unknown(id, "day that has come", &on.to_string()))
}
