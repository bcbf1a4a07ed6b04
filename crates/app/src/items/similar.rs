//! Likely duplicates: items whose titles say nearly what a title says, in whatever language, among those that the
//! viewer sees. How alike two titles are depends on nothing but the two.

use std::cmp::Reverse;

use qadam_domain::accounts::Viewer;
use qadam_domain::items::{Item, Kind};
use qadam_search::{Likeness, Synonyms};
use qadam_storage::items::{self as stored, Scope};

use crate::application::App;
use crate::error::AppError;
use crate::vocabularies::VocabularyKind;

/// How many are named at most.
const SIMILAR_MAX: usize = 10;

/// Less alike than this, in hundredths, is another thing.
const SCORE_MIN: u8 = 30;

/// An item that is like what was asked for.
#[derive(Debug, Clone)]
pub struct Similar {
    /// How alike, from 30 to 100.
    pub score: u8,
    /// The item.
    pub item: Item,
}

/// The items most like a title, the most alike first; of these kinds where some are named. At most ten.
pub async fn similar(
    app: &App,
    viewer: &Viewer,
    title: &str,
    kinds: &[Kind],
) -> Result<Vec<Similar>, AppError> {
    let Some(likeness) = Likeness::of(title, &names(app)) else { return Ok(Vec::new()) };
    let candidates = stored::similar(&app.store.read(), Scope::visible_to(*viewer), &likeness, kinds).await?;
    let scored = candidates.into_iter().map(|item| Similar { score: score(&likeness, &item), item });
    let mut alike: Vec<Similar> = scored.filter(|similar| similar.score >= SCORE_MIN).collect();
    alike.sort_by_cached_key(|similar| {
        let reference = similar.item.reference.map(|reference| reference.to_string());
        (Reverse(similar.score), reference.is_none(), reference, similar.item.id)
    });
    alike.truncate(SIMILAR_MAX);
    Ok(alike)
}

/// As alike as the title in the language in which it is most alike.
fn score(likeness: &Likeness, item: &Item) -> u8 {
    item.title.entries().map(|(_, title)| likeness.score(title)).max().unwrap_or_default()
}

/// What the same things are called in the languages of the register: the terms of the vocabularies and the
/// organisations, with their codes and other names.
fn names(app: &App) -> Synonyms {
    let vocabularies = app.vocabularies();
    let kinds = [VocabularyKind::Themes, VocabularyKind::Groups, VocabularyKind::Mechanisms];
    let terms = kinds.iter().flat_map(|kind| vocabularies.terms(kind.code()));
    let terms = terms.map(|term| term.name.entries().map(|(_, name)| name.to_owned()).collect::<Vec<_>>());
    let directory = app.directory();
    let organisations = directory.all().into_iter().map(|organisation| {
        let present = organisation.names.first().into_iter();
        let names = present.flat_map(|dated| dated.name.entries().map(|(_, name)| name.to_owned()));
        names.chain([organisation.code.clone()]).chain(organisation.aliases.iter().cloned()).collect()
    });
    Synonyms::new(terms.chain(organisations).collect::<Vec<Vec<String>>>())
}
