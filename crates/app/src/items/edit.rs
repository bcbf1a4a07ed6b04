//! Editing fields. Who may edit which field in which status is the table in `qadam_domain::items::fields`.

use std::sync::Arc;

use chrono::NaiveDate;
use qadam_domain::accounts::Viewer;
use qadam_domain::ids::UserId;
use qadam_domain::items::fields::Field;
use qadam_domain::items::translation_gaps::texts;
use qadam_domain::items::{Item, Source};
use qadam_domain::language::{Language, TranslationState};
use qadam_domain::policy::Action;
use qadam_storage::items::Key;

use super::create::keep_drafters_of_others;
use super::editing::Editing;
use super::inputs::{DueInput, check_classification, check_mechanism, organisations};
use super::view::ItemView;
use crate::application::App;
use crate::error::{AppError, Code, FieldCode, FieldError};
use crate::ledger::ItemChange;
use crate::precondition::IfMatch;

/// What an edit changes. `None` leaves a field alone.
#[derive(Debug, Clone, Default)]
pub struct ItemEdit {
    /// Changes of the title by language.
    pub title: Vec<(Language, Option<String>)>,
    /// Changes of the summary by language.
    pub summary: Vec<(Language, Option<String>)>,
    /// Changes of the grounds by language.
    pub grounds: Vec<(Language, Option<String>)>,
    /// Changes of the expected result by language.
    pub expected_result: Vec<(Language, Option<String>)>,
    /// Changes of the completion form by language.
    pub completion_form: Vec<(Language, Option<String>)>,
    /// States of translations by language.
    pub translations: Vec<(Language, TranslationState)>,
    /// The language it is written in.
    pub original_language: Option<Language>,
    /// Theme codes.
    pub themes: Option<Vec<String>>,
    /// Legal reference codes.
    pub legal_refs: Option<Vec<String>>,
    /// Codes of affected groups.
    pub groups: Option<Vec<String>>,
    /// Development targets.
    pub sdg_targets: Option<Vec<String>>,
    /// Codes or identifiers of the organisations it is addressed to.
    pub addressees: Option<Vec<String>>,
    /// When it is due, or that it has no due date.
    pub due: Option<Option<DueInput>>,
    /// Changes of the reason why it has no due date.
    pub no_due_reason: Vec<(Language, Option<String>)>,
    /// When a mechanism wants information.
    pub information_due_on: Option<Option<NaiveDate>>,
    /// The source, whole; meeting and decision stay.
    pub source: Option<Source>,
    /// Chosen for the mechanism's follow-up procedure.
    pub followup_selected: Option<Option<bool>>,
    /// The mechanism's grade of the information received.
    pub information_quality: Option<Option<String>>,
    /// The secretariat's mark.
    pub priority: Option<bool>,
    /// Colleagues who may read and edit the draft.
    pub drafters: Option<Vec<UserId>>,
}

/// Edits an item. An edit that changes nothing writes nothing.
pub async fn edit(
    app: &Arc<App>,
    viewer: &Viewer,
    key: Key,
    condition: IfMatch,
    edit: ItemEdit,
) -> Result<ItemView, AppError> {
    let actor = *viewer.actor().ok_or(Code::Unauthenticated)?;
    let shared = Arc::clone(app);
    let item = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let editing = Editing::open(&shared, tx, actor, key, Some(&condition)).await?;
                let mut after = apply(&editing, &edit)?;
                for field in changed_fields(&editing.before, &after) {
                    editing.may(Action::EditField(field))?;
                }
                check(&editing, &edit, &after)?;
                if after == editing.before {
                    return Ok(after);
                }
                if after.drafters != editing.before.drafters {
                    keep_drafters_of_others(tx, &actor, &editing.before, &mut after).await?;
                }
                let change = ItemChange { action: "item.edited", ..ItemChange::default() };
                Ok::<_, AppError>(editing.save(after, change).await?.0)
            })
        })
        .await?;
    app.committed();
    ItemView::load(app, viewer, item).await
}

/// The item with the edit applied.
fn apply(editing: &Editing<'_>, edit: &ItemEdit) -> Result<Item, AppError> {
    let mut after = editing.before.clone();
    apply_texts(&mut after, edit);
    let lists = [
        (&edit.themes, &mut after.themes),
        (&edit.legal_refs, &mut after.legal_refs),
        (&edit.groups, &mut after.groups),
        (&edit.sdg_targets, &mut after.sdg_targets),
    ];
    for (new, list) in lists {
        if let Some(new) = new {
            list.clone_from(new);
        }
    }
    if let Some(named) = &edit.addressees {
        after.addressees = match organisations(editing.app, "/addressees", named) {
            Ok(addressees) => addressees,
            Err(mistakes) => {
                // 403 comes before 422.
                editing.may(Action::EditField(Field::Addressees))?;
                return Err(AppError::Invalid(mistakes));
            }
        };
    }
    if let Some(due) = edit.due {
        after.due = due.map(DueInput::deadline);
    }
    if let Some(source) = &edit.source {
        let (meeting, decision) = (after.source.meeting, after.source.decision);
        after.source = Source { meeting, decision, ..source.clone() };
    }
    after.information_due_on = edit.information_due_on.unwrap_or(after.information_due_on);
    after.followup_selected = edit.followup_selected.unwrap_or(after.followup_selected);
    after.priority = edit.priority.unwrap_or(after.priority);
    if let Some(quality) = &edit.information_quality {
        after.information_quality.clone_from(quality);
    }
    if let Some(drafters) = &edit.drafters {
        // The author stays: a draft nobody can see could not be deleted either.
        let author = editing.before.drafters.first().copied();
        let others = drafters.iter().copied().filter(|drafter| Some(*drafter) != author);
        after.drafters = author.into_iter().chain(others).collect();
    }
    Ok(after)
}

fn apply_texts(after: &mut Item, edit: &ItemEdit) {
    let before = texts(after).map(Clone::clone);
    let edited = [
        (&edit.title, &mut after.title),
        (&edit.summary, &mut after.summary),
        (&edit.grounds, &mut after.grounds),
        (&edit.expected_result, &mut after.expected_result),
        (&edit.completion_form, &mut after.completion_form),
        (&edit.no_due_reason, &mut after.no_due_reason),
    ];
    for (changes, text) in edited {
        for (language, new) in changes {
            text.set(*language, new.clone());
        }
    }
    after.original_language = edit.original_language.unwrap_or(after.original_language);
    let original = after.original_language;
    let mut translations = after.translations;
    for (place, (before, after)) in before.iter().zip(texts(after)).enumerate() {
        // The first is the title, which the states are about.
        translations = if place == 0 {
            translations.after_edit(original, before, after)
        } else {
            translations.after_edit_beside(original, before, after)
        };
    }
    after.translations = translations;
    for (language, state) in &edit.translations {
        after
            .translations
            .set(*language, qadam_domain::language::Translation { state: *state, stale: false });
    }
}

/// The fields of the field table that differ.
fn changed_fields(before: &Item, after: &Item) -> Vec<Field> {
    let original = before.original_language;
    let pairs: Vec<_> = texts(before).into_iter().zip(texts(after)).collect();
    let in_original = pairs.iter().any(|(old, new)| old.get(original) != new.get(original));
    let in_others = Language::ALL
        .into_iter()
        .filter(|language| *language != original)
        .any(|language| pairs.iter().any(|(old, new)| old.get(language) != new.get(language)));
    let differences = [
        (Field::Text, in_original || before.original_language != after.original_language),
        (Field::Translation, in_others || (before.translations != after.translations && !in_original)),
        (Field::Addressees, before.addressees != after.addressees),
        (
            Field::Classification,
            (&before.themes, &before.legal_refs, &before.groups, &before.sdg_targets)
                != (&after.themes, &after.legal_refs, &after.groups, &after.sdg_targets),
        ),
        (Field::Due, (before.due, &before.no_due_reason) != (after.due, &after.no_due_reason)),
        (Field::InformationDue, before.information_due_on != after.information_due_on),
        (Field::Source, before.source != after.source),
        (
            Field::Followup,
            (before.followup_selected, &before.information_quality)
                != (after.followup_selected, &after.information_quality),
        ),
        (Field::Priority, before.priority != after.priority),
        (Field::Drafters, before.drafters != after.drafters),
    ];
    differences.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect()
}

/// What the item must meet after the edit. Authorization was decided before: 403 comes before 422.
fn check(editing: &Editing<'_>, edit: &ItemEdit, after: &Item) -> Result<(), AppError> {
    let mut errors = check_classification(
        editing.app,
        [&after.themes, &after.legal_refs, &after.groups, &after.sdg_targets],
    );
    if edit.source.is_some() {
        errors.extend(check_mechanism(editing.app, &after.source));
    }
    let original = after.original_language;
    if after.title.get(original).is_none() {
        errors.push(FieldError::new(format!("/title/{original}"), FieldCode::Required));
    }
    for (language, state) in &edit.translations {
        let there = after.title.get(*language).is_some();
        if there == (*state == TranslationState::Missing) {
            errors.push(FieldError::new(format!("/translations/{language}"), FieldCode::Contradiction));
        }
    }
    if after.due.is_some() && !after.no_due_reason.is_empty() {
        errors.push(FieldError::new("/no_due_reason", FieldCode::Contradiction));
    }
    if errors.is_empty() { Ok(()) } else { Err(AppError::Invalid(errors)) }
}
