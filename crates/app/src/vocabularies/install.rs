//! Making the data files the vocabularies of a deployment.

use std::collections::HashSet;
use std::sync::Arc;

use qadam_domain::levels::Level;
use qadam_ledger::Subject;
use qadam_storage::Tx;
use qadam_storage::vocabularies::{self as stored, TermChange};
use serde_json::Value;

use super::{FileError, Term, VocabularyKind, term_record};
use crate::application::App;
use crate::error::AppError;
use crate::ledger::{Act, RecordEntry, enter_record};
use crate::record_difference::changed_members;

/// Makes `terms` the whole of the vocabularies they belong to, and tells how many terms that changed. Terms that
/// stay as they are leave no trace, so that every start may install the same files again.
///
/// References that do not hold are a fault of who calls: see [`check_references`].
///
/// The program itself acts: vocabularies come with a deployment and are changed by nobody's request.
pub async fn install(app: &Arc<App>, terms: &[Term]) -> Result<usize, AppError> {
    check_references(app, terms).map_err(|error| AppError::Internal(error.to_string()))?;
    let lists = lists(terms);
    let shared = Arc::clone(app);
    let changed = app
        .store
        .write(move |tx| {
            Box::pin(async move {
                let act = Act::of(&shared, None);
                let mut changed = 0;
                for (kind, terms) in &lists {
                    let differences = stored::replace(tx, kind.code(), terms).await?;
                    changed += differences.len();
                    for change in differences {
                        enter(&shared, tx, &act, change).await?;
                    }
                }
                Ok::<_, AppError>(changed)
            })
        })
        .await?;
    if changed > 0 {
        app.committed();
        app.catch_up_with_own_writes().await?;
    }
    Ok(changed)
}

/// The terms by vocabulary.
fn lists(terms: &[Term]) -> Vec<(VocabularyKind, Vec<Term>)> {
    let own = |kind: VocabularyKind| terms.iter().filter(move |term| term.vocabulary == kind.code()).cloned();
    let lists = VocabularyKind::ALL.into_iter().map(|kind| (kind, own(kind).collect::<Vec<_>>()));
    lists.filter(|(_, own)| !own.is_empty()).collect()
}

/// Whether every reference from one vocabulary to another will hold once these terms are the whole of theirs:
/// references of what stays, too.
pub fn check_references(app: &App, terms: &[Term]) -> Result<(), FileError> {
    let vocabularies = app.vocabularies();
    let replaced: HashSet<_> = terms.iter().map(|term| term.vocabulary.as_str()).collect();
    let staying = VocabularyKind::ALL
        .into_iter()
        .filter(|kind| !replaced.contains(kind.code()))
        .flat_map(|kind| vocabularies.terms(kind.code()).iter().map(AsRef::as_ref));
    let all: Vec<&Term> = terms.iter().chain(staying).collect();
    let known: HashSet<_> = all.iter().map(|term| (term.vocabulary.as_str(), term.code.as_str())).collect();
    for term in all {
        let broken = references(term).find(|(of, named)| !known.contains(&(of.code(), named)));
        if let (Some((of, named)), Some(kind)) = (broken, VocabularyKind::from_code(&term.vocabulary)) {
            let (code, named) = (term.code.clone(), named.to_owned());
            return Err(FileError::Reference { vocabulary: kind.code(), code, named, of: of.code() });
        }
    }
    Ok(())
}

/// The articles and targets that a theme names.
fn references(term: &Term) -> impl Iterator<Item = (VocabularyKind, &str)> {
    [("uncat", VocabularyKind::LegalRefs), ("sdg", VocabularyKind::SdgTargets)].into_iter().flat_map(
        |(member, of)| {
            let codes = term.data.get(member).and_then(Value::as_array);
            codes.into_iter().flatten().filter_map(Value::as_str).map(move |code| (of, code))
        },
    )
}

async fn enter(app: &Arc<App>, tx: &Tx, act: &Act, change: TermChange) -> Result<(), AppError> {
    let TermChange { before, after } = change;
    let Some(term) = after.as_ref().or(before.as_ref()) else { return Ok(()) };
    let action = match (&before, &after) {
        (None, _) => "vocabulary_term.created",
        (Some(_), Some(_)) => "vocabulary_term.changed",
        (Some(_), None) => "vocabulary_term.removed",
    };
    let subject = Subject {
        kind: "vocabulary_term".to_owned(),
        id: format!("{}/{}", term.vocabulary, term.code),
        reference: None,
    };
    let before = before.as_ref().map(term_record);
    let after = after.as_ref().map(term_record);
    let entry = RecordEntry {
        action,
        subject,
        level: Level::Public,
        before: changed_members(before, after.as_ref()),
        after: after.map_or(Value::Null, Value::Object),
        reason: Value::Null,
    };
    enter_record(app, tx, act, entry).await?;
    Ok(())
}
