//! Creating and changing organisations.

use std::sync::Arc;

use qadam_domain::accounts::{Actor, Viewer};
use qadam_domain::ids::OrganisationId;
use qadam_domain::organisations::{DatedName, Organisation, OrganisationKind};
use qadam_domain::policy::{Action, Subject, may};
use qadam_storage::{Tx, organisations as stored};

use super::fields::{check_code, clean_aliases, clean_names};
use super::{enter, etag};
use crate::accounts::has_members;
use crate::application::App;
use crate::directory::Directory;
use crate::error::{AppError, Code, FieldCode, FieldError};
use crate::idempotency::Retry;
use crate::ledger::Act;
use crate::precondition::IfMatch;
use crate::random::uuid;

/// A new organisation.
#[derive(Debug, Clone)]
pub struct NewOrganisation {
    /// Its code.
    pub code: String,
    /// What it is.
    pub kind: OrganisationKind,
    /// Its names, the present one first.
    pub names: Vec<DatedName>,
    /// Other spellings.
    pub aliases: Vec<String>,
    /// Code or identifier of the organisation it is part of.
    pub parent: Option<String>,
    /// Whether as an owner it is marked "by agreement".
    pub by_agreement: bool,
    /// Whether it takes part.
    pub active: bool,
}

/// What is changed of an organisation; `None` leaves it as it is.
#[derive(Debug, Clone, Default)]
pub struct OrganisationChanges {
    /// Its code. Not the host's: the settings name it.
    pub code: Option<String>,
    /// What it is; only before anybody of it has signed in, since roles and what they see depend on it.
    pub kind: Option<OrganisationKind>,
    /// All its names, the present one first.
    pub names: Option<Vec<DatedName>>,
    /// All other spellings.
    pub aliases: Option<Vec<String>>,
    /// Code or identifier of the organisation it is part of; `Some(None)` for none.
    pub parent: Option<Option<String>>,
    /// Whether as an owner it is marked "by agreement".
    pub by_agreement: Option<bool>,
    /// Whether it takes part. The host always does.
    pub active: Option<bool>,
}

/// Creates an organisation, for the secretariat and administrators.
pub async fn create(
    app: &Arc<App>,
    viewer: &Viewer,
    new: NewOrganisation,
    retry: Option<Retry>,
) -> Result<Organisation, AppError> {
    may(viewer, Action::ManageOrganisations, Subject::Register)?;
    let created = insert(app, viewer.actor().copied(), vec![new], retry).await?;
    created.into_iter().next().ok_or_else(|| AppError::Internal("no organisation created".to_owned()))
}

/// Creates organisations for whoever runs the program: the host, and those of a demonstration. A parent may stand
/// anywhere among them.
pub async fn provision(app: &Arc<App>, new: Vec<NewOrganisation>) -> Result<Vec<Organisation>, AppError> {
    insert(app, None, new, None).await
}

async fn insert(
    app: &Arc<App>,
    actor: Option<Actor>,
    new: Vec<NewOrganisation>,
    retry: Option<Retry>,
) -> Result<Vec<Organisation>, AppError> {
    let mut organisations = Vec::with_capacity(new.len());
    for new in &new {
        organisations.push(checked(app, new)?);
    }
    let parents: Vec<_> = new.into_iter().map(|new| new.parent).collect();
    let shared = Arc::clone(app);
    let organisations = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let act = Act::of(&shared, actor.as_ref());
                if let (Some(retry), Some(first)) = (retry, organisations.first()) {
                    retry.remember(&shared, tx, 201, &format!("/api/v1/organisations/{}", first.id)).await?;
                }
                for organisation in &organisations {
                    stored::insert(tx, organisation, act.at).await?;
                }
                let directory = directory(&shared, tx).await?;
                for (organisation, parent) in organisations.iter_mut().zip(&parents) {
                    set_parent(tx, &act, &directory, organisation, parent.as_deref()).await?;
                }
                let directory = self::directory(&shared, tx).await?;
                for organisation in &organisations {
                    check_no_cycle(&directory, organisation)?;
                    enter(&shared, tx, &act, None, organisation, &directory).await?;
                }
                Ok::<_, AppError>(organisations)
            })
        })
        .await?;
    app.committed();
    app.catch_up_with_own_writes().await?;
    Ok(organisations)
}

/// Writes the parent into a row that was just inserted. A parent may be inserted after its children.
async fn set_parent(
    tx: &Tx,
    act: &Act,
    directory: &Directory,
    organisation: &mut Organisation,
    parent: Option<&str>,
) -> Result<(), AppError> {
    let Some(parent) = parent else { return Ok(()) };
    let before = organisation.clone();
    let parent = find_parent(directory, parent).map_err(|error| AppError::Invalid(vec![error]))?;
    organisation.parent = Some(parent);
    Ok(stored::update(tx, &before, organisation, act.at).await?)
}

/// The organisation that the named values make, without its parent: all mistakes told at once.
fn checked(app: &App, new: &NewOrganisation) -> Result<Organisation, AppError> {
    let mut errors: Vec<FieldError> = check_code(&new.code).err().into_iter().collect();
    let names = clean_names(&new.names).unwrap_or_else(|mistakes| told(&mut errors, mistakes));
    let aliases = clean_aliases(&new.aliases).unwrap_or_else(|mistakes| told(&mut errors, mistakes));
    if !errors.is_empty() {
        return Err(AppError::Invalid(errors));
    }
    Ok(Organisation {
        id: OrganisationId(uuid(app.random.as_ref())),
        code: new.code.clone(),
        kind: new.kind,
        names,
        aliases,
        parent: None,
        by_agreement: new.by_agreement,
        active: new.active,
        version: 1,
    })
}

/// Adds mistakes to those found already; nothing stands in for the value.
fn told<T>(errors: &mut Vec<FieldError>, mistakes: Vec<FieldError>) -> Vec<T> {
    errors.extend(mistakes);
    Vec::new()
}

/// Changes an organisation, for the secretariat and administrators.
pub async fn change(
    app: &Arc<App>,
    viewer: &Viewer,
    code_or_id: &str,
    changes: OrganisationChanges,
    condition: Option<IfMatch>,
) -> Result<Organisation, AppError> {
    may(viewer, Action::ManageOrganisations, Subject::Register)?;
    let id = app.directory().find(code_or_id).ok_or(AppError::NotFound)?.id;
    let act = Act::of(app, viewer.actor());
    let shared = Arc::clone(app);
    let organisation = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let before = stored::find(tx, id).await?.ok_or(AppError::NotFound)?;
                if condition.is_some_and(|condition| !condition.allows(&etag(&shared, &before))) {
                    return Err(Code::PreconditionFailed.into());
                }
                let directory = directory(&shared, tx).await?;
                let mut after = changed(&shared, &directory, &before, changes)?;
                if after == before {
                    return Ok(after);
                }
                if after.kind != before.kind && has_members(tx, id).await? {
                    return Err(AppError::field("/kind", FieldCode::NotAllowed));
                }
                after.version += 1;
                check_no_cycle(&directory, &after)?;
                stored::update(tx, &before, &after, act.at).await?;
                enter(&shared, tx, &act, Some(&before), &after, &directory).await?;
                Ok::<_, AppError>(after)
            })
        })
        .await?;
    app.committed();
    app.catch_up_with_own_writes().await?;
    Ok(organisation)
}

/// The organisation after the change: all mistakes told at once.
fn changed(
    app: &App,
    directory: &Directory,
    before: &Organisation,
    changes: OrganisationChanges,
) -> Result<Organisation, AppError> {
    let mut errors = Vec::new();
    let mut after = before.clone();
    if let Some(code) = changes.code {
        errors.extend(check_code(&code).err());
        after.code = code;
    }
    after.kind = changes.kind.unwrap_or(after.kind);
    if let Some(names) = changes.names {
        after.names = clean_names(&names).unwrap_or_else(|mistakes| told(&mut errors, mistakes));
    }
    if let Some(aliases) = changes.aliases {
        after.aliases = clean_aliases(&aliases).unwrap_or_else(|mistakes| told(&mut errors, mistakes));
    }
    match changes.parent {
        None => {}
        Some(None) => after.parent = None,
        Some(Some(parent)) => match find_parent(directory, &parent) {
            Ok(parent) => after.parent = Some(parent),
            Err(error) => errors.push(error),
        },
    }
    after.by_agreement = changes.by_agreement.unwrap_or(after.by_agreement);
    after.active = changes.active.unwrap_or(after.active);
    if before.code == app.settings.host {
        errors.extend(host_changes(before, &after));
    }
    if errors.is_empty() { Ok(after) } else { Err(AppError::Invalid(errors)) }
}

/// What may not change of the host: the settings name it by its code, and it runs the platform.
fn host_changes(before: &Organisation, after: &Organisation) -> Vec<FieldError> {
    let refused = [("/code", after.code != before.code), ("/active", !after.active)];
    let refused = refused.into_iter().filter(|(_, changed)| *changed);
    refused.map(|(pointer, _)| FieldError::new(pointer, FieldCode::NotAllowed)).collect()
}

/// The organisations as the transaction sees them: another node may have changed one.
async fn directory(app: &App, tx: &Tx) -> Result<Directory, AppError> {
    Ok(Directory::new(stored::all(tx).await?, &app.settings.host))
}

fn find_parent(directory: &Directory, parent: &str) -> Result<OrganisationId, FieldError> {
    let found = directory.find(parent).map(|organisation| organisation.id);
    found.ok_or_else(|| FieldError::new("/parent", FieldCode::UnknownReference))
}

/// Nobody is part of a part of itself.
fn check_no_cycle(directory: &Directory, organisation: &Organisation) -> Result<(), AppError> {
    let mut above = organisation.parent;
    // A chain of parents is shorter than there are organisations.
    for _ in 0..=directory.all().len() {
        match above {
            None => return Ok(()),
            Some(id) if id == organisation.id => break,
            Some(id) => above = directory.get(id).and_then(|parent| parent.parent),
        }
    }
    Err(AppError::field("/parent", FieldCode::Contradiction))
}
