//! Of whom reports are asked, and on what.

use qadam_domain::accounts::{Actor, Viewer};
use qadam_domain::ids::OrganisationId;
use qadam_domain::items::{Item, Kind};
use qadam_domain::levels::Level;
use qadam_domain::reporting_rounds::{
    Asked, BODIES_MAX, ITEMS_NAMED_MAX, ROWS_MAX, asked_about, is_asked_about_unnamed, may_be_asked_about,
    statuses_on_the_way,
};
use qadam_storage::Tx;
use qadam_storage::items::{self as stored, Filter, Key, Measures, Page, Scope, Sort, SortField};

use crate::application::App;
use crate::error::{AppError, FieldCode, FieldError};
use crate::items::body;

/// Where bodies and items stand in what is sent.
const ORGANISATIONS: &str = "/organisations";
const ITEMS: &str = "/items";

/// Whom a round asks, as named by a caller.
#[derive(Debug, Clone)]
pub struct AskInput {
    /// Codes or identifiers of bodies.
    pub organisations: Vec<String>,
    /// Items that they own; without them, all that are on their way and read by every member.
    pub items: Option<Vec<Key>>,
}

/// What a round asks for beside what it asks for already. Each of the bodies is asked for something.
pub(super) async fn choose(
    app: &App,
    tx: &Tx,
    actor: &Actor,
    input: &AskInput,
    already: &[Asked],
) -> Result<Vec<Asked>, AppError> {
    let bodies = bodies(app, &input.organisations)?;
    let scope = Scope::visible_to(Viewer::Account(*actor));
    let items = match &input.items {
        Some(keys) => named(tx, scope, keys, &bodies).await?,
        None => on_the_way(tx, scope, &bodies).await?,
    };
    let pairs = items.iter().flat_map(|item| {
        let asked = asked_about(item, &bodies);
        asked.into_iter().map(|organisation| Asked { organisation, item: item.id })
    });
    let mut chosen: Vec<Asked> = pairs.collect();
    let idle = if input.items.is_some() { FieldCode::Contradiction } else { FieldCode::NotAllowed };
    let asked_nothing = |body: &OrganisationId| !chosen.iter().any(|one| one.organisation == *body);
    let errors: Vec<FieldError> = bodies
        .iter()
        .enumerate()
        .filter(|(_, body)| asked_nothing(body))
        .map(|(index, _)| FieldError::new(format!("{ORGANISATIONS}/{index}"), idle))
        .collect();
    if !errors.is_empty() {
        return Err(AppError::Invalid(errors));
    }
    chosen.sort_unstable();
    chosen.retain(|one| already.binary_search(one).is_err());
    if already.len().saturating_add(chosen.len()) > ROWS_MAX {
        return Err(AppError::field(ORGANISATIONS, FieldCode::TooMany));
    }
    Ok(chosen)
}

/// The bodies with these codes or identifiers.
fn bodies(app: &App, named: &[String]) -> Result<Vec<OrganisationId>, AppError> {
    match named.len() {
        0 => return Err(AppError::field(ORGANISATIONS, FieldCode::Required)),
        count if count > BODIES_MAX => return Err(AppError::field(ORGANISATIONS, FieldCode::TooMany)),
        _ => {}
    }
    let directory = app.directory();
    let (mut found, mut errors) = (Vec::with_capacity(named.len()), Vec::new());
    for (index, name) in named.iter().enumerate() {
        let wrong = |code| FieldError::new(format!("{ORGANISATIONS}/{index}"), code);
        match body(directory.find(name)).map(|body| body.id) {
            None => errors.push(wrong(FieldCode::UnknownReference)),
            Some(id) if found.contains(&id) => errors.push(wrong(FieldCode::Duplicate)),
            Some(id) => found.push(id),
        }
    }
    if errors.is_empty() { Ok(found) } else { Err(AppError::Invalid(errors)) }
}

/// The items that were named, all of which a round may ask these bodies about.
async fn named(
    tx: &Tx,
    scope: Scope,
    keys: &[Key],
    bodies: &[OrganisationId],
) -> Result<Vec<Item>, AppError> {
    match keys.len() {
        0 => return Err(AppError::field(ITEMS, FieldCode::TooShort)),
        count if count > ITEMS_NAMED_MAX => return Err(AppError::field(ITEMS, FieldCode::TooMany)),
        _ => {}
    }
    let (mut found, mut errors): (Vec<Item>, Vec<FieldError>) = (Vec::with_capacity(keys.len()), Vec::new());
    for (index, key) in keys.iter().enumerate() {
        let wrong = |code| FieldError::new(format!("{ITEMS}/{index}"), code);
        match stored::find(tx, scope, *key).await? {
            None => errors.push(wrong(FieldCode::UnknownReference)),
            Some(item) if found.iter().any(|other| other.id == item.id) => {
                errors.push(wrong(FieldCode::Duplicate));
            }
            Some(item) if !may_be_asked_about(&item) => errors.push(wrong(FieldCode::NotAllowed)),
            Some(item) if asked_about(&item, bodies).is_empty() => {
                errors.push(wrong(FieldCode::Contradiction));
            }
            Some(item) => found.push(item),
        }
    }
    if errors.is_empty() { Ok(found) } else { Err(AppError::Invalid(errors)) }
}

/// What the bodies have on its way.
async fn on_the_way(tx: &Tx, scope: Scope, bodies: &[OrganisationId]) -> Result<Vec<Item>, AppError> {
    let filter = Filter {
        kinds: vec![Kind::Commitment, Kind::Recommendation],
        statuses: statuses_on_the_way(),
        text_levels: vec![Level::Members, Level::Public],
        measures: Measures { owners: bodies.to_vec(), owners_asked: true, ..Measures::default() },
        ..Filter::default()
    };
    // Each asks for a report at least: more items than that are too many, however few bodies own each, and one more than
    // the limit is read where there are more.
    let limit = u64::try_from(ROWS_MAX).unwrap_or(u64::MAX);
    let page = Page { limit, after: None, before: None };
    let sort = Sort { field: SortField::Entered, descending: false };
    let found = stored::list(tx, scope, &filter, sort, &page).await?;
    if found.len() > ROWS_MAX {
        return Err(AppError::field(ORGANISATIONS, FieldCode::TooMany));
    }
    let asked = |item: &Item| is_asked_about_unnamed(item) && !asked_about(item, bodies).is_empty();
    Ok(found.into_iter().map(|(item, _)| item).filter(asked).collect())
}
