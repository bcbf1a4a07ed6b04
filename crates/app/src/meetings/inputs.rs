//! What callers name in a meeting, and how it is found.

use qadam_domain::accounts::{Actor, Viewer};
use qadam_domain::ids::{ItemId, OrganisationId};
use qadam_domain::items::Status;
use qadam_domain::language::{Language, LanguageMap};
use qadam_domain::levels::Level;
use qadam_domain::meetings::OfficeHolder;
use qadam_storage::Db;
use qadam_storage::items::{self as stored_items, Key as ItemKey, Scope};

use crate::application::App;
use crate::error::{AppError, FieldCode, FieldError};

/// How many office holders a meeting or an agenda line names.
const HOLDERS_MAX: usize = 50;

/// How many items an agenda line or a decision points to.
const ITEMS_MAX: usize = 100;

/// An office and who held it, as named by a caller.
#[derive(Debug, Clone)]
pub struct OfficeHolderInput {
    /// The office.
    pub office: LanguageMap,
    /// The holder's name as published, if it was.
    pub holder: Option<String>,
    /// Code or identifier of the organisation spoken for.
    pub organisation: Option<String>,
}

/// The office holders named by a caller; every mistake told.
pub(super) fn office_holders(
    app: &App,
    pointer: &str,
    named: &[OfficeHolderInput],
) -> Result<Vec<OfficeHolder>, Vec<FieldError>> {
    if named.len() > HOLDERS_MAX {
        return Err(vec![FieldError::new(pointer, FieldCode::TooMany)]);
    }
    let directory = app.directory();
    let mut errors = Vec::new();
    let mut found = Vec::with_capacity(named.len());
    for (index, holder) in named.iter().enumerate() {
        if holder.office.is_empty() {
            errors.push(FieldError::new(format!("{pointer}/{index}/office"), FieldCode::Required));
        }
        let organisation = holder.organisation.as_deref().map(|name| directory.find(name).map(|one| one.id));
        if organisation == Some(None) {
            let at = format!("{pointer}/{index}/organisation");
            errors.push(FieldError::new(at, FieldCode::UnknownReference));
        }
        found.push(OfficeHolder {
            office: holder.office.clone(),
            holder: holder.holder.clone(),
            organisation: organisation.flatten(),
        });
    }
    if errors.is_empty() { Ok(found) } else { Err(errors) }
}

/// Whether a level can stand in a meeting. A meeting has no submitter and names no bodies, so that `own` and
/// `addressed` would be read by nobody whom they mean.
pub(super) fn check_level(pointer: &str, level: Level) -> Result<(), FieldError> {
    match level {
        Level::Secretariat | Level::Members | Level::Public => Ok(()),
        Level::Own | Level::Addressed => Err(FieldError::new(pointer, FieldCode::NotAllowed)),
    }
}

/// The items named by a caller that the actor sees, in their order. Drafts are not discussed.
pub(super) async fn items(
    db: &impl Db,
    actor: &Actor,
    pointer: &str,
    named: &[ItemKey],
) -> Result<Vec<ItemId>, AppError> {
    if named.len() > ITEMS_MAX {
        return Err(AppError::field(pointer, FieldCode::TooMany));
    }
    let scope = Scope::visible_to(Viewer::Account(*actor));
    let mut errors = Vec::new();
    let mut found: Vec<ItemId> = Vec::with_capacity(named.len());
    for (index, key) in named.iter().enumerate() {
        let at = format!("{pointer}/{index}");
        match stored_items::find(db, scope, *key).await? {
            None => errors.push(FieldError::new(at, FieldCode::UnknownReference)),
            Some(item) if item.status == Status::Draft => {
                errors.push(FieldError::new(at, FieldCode::NotAllowed));
            }
            Some(item) if found.contains(&item.id) => errors.push(FieldError::new(at, FieldCode::Duplicate)),
            Some(item) => found.push(item.id),
        }
    }
    if errors.is_empty() { Ok(found) } else { Err(AppError::Invalid(errors)) }
}

/// The body with this code or identifier that can own items.
pub(super) fn body(app: &App, pointer: &str, name: &str) -> Result<OrganisationId, FieldError> {
    let directory = app.directory();
    let found = crate::items::body(directory.find(name)).map(|body| body.id);
    found.ok_or_else(|| FieldError::new(pointer, FieldCode::UnknownReference))
}

/// A text after changes by language, where something must be left.
pub(super) fn changed_text(
    pointer: &str,
    before: &LanguageMap,
    changes: Vec<(Language, Option<String>)>,
) -> Result<LanguageMap, FieldError> {
    let text = edited_text(before, changes);
    if text.is_empty() { Err(FieldError::new(pointer, FieldCode::Required)) } else { Ok(text) }
}

/// A text after changes by language.
pub(super) fn edited_text(before: &LanguageMap, changes: Vec<(Language, Option<String>)>) -> LanguageMap {
    let mut text = before.clone();
    for (language, change) in changes {
        text.set(language, change);
    }
    text
}

/// The number of a new part: the one that is asked for if it is free, or the next.
pub(super) fn free_number(taken: &[i32], wanted: Option<i32>) -> Result<i32, FieldError> {
    let next = taken.iter().max().map_or(1, |last| last.saturating_add(1));
    check_number(taken, wanted.unwrap_or(next))
}

/// A number that nothing else has: from 1 to 999.
pub(super) fn check_number(taken: &[i32], number: i32) -> Result<i32, FieldError> {
    if !(1..=999).contains(&number) {
        return Err(FieldError::new("/number", FieldCode::NotAllowed));
    }
    if taken.contains(&number) { Err(FieldError::new("/number", FieldCode::Duplicate)) } else { Ok(number) }
}

/// Field errors of a part, seen from the whole body.
pub(super) fn below(part: &str, error: AppError) -> AppError {
    let AppError::Invalid(mut mistakes) = error else { return error };
    for mistake in &mut mistakes {
        mistake.pointer.insert_str(0, part);
    }
    AppError::Invalid(mistakes)
}
