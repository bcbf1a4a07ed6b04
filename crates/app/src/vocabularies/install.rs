//! Making the data files the vocabularies of a deployment.

use std::collections::HashSet;
use std::sync::Arc;

use qadam_domain::levels::Level;
use qadam_ledger::Subject;
use qadam_storage::Tx;
use qadam_storage::vocabularies::{self as stored, TermChange};
use serde_json::Value;

use super::{Term, VocabularyKind, term_record};
use crate::application::App;
use crate::error::AppError;
use crate::ledger::{Act, RecordEntry, enter_record};
use crate::record_difference::changed_members;

/// Makes `terms` the whole of the vocabularies they belong to, and tells how many terms that changed. Terms that
/// stay as they are leave no trace, so that every start may install the same files again.
///
/// The program itself acts: vocabularies come with a deployment and are changed by nobody's request.
pub async fn install(app: &Arc<App>, terms: &[Term]) -> Result<usize, AppError> {
    let lists = lists(app, terms)?;
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

/// The terms by vocabulary, where every reference from one vocabulary to another holds.
fn lists(app: &App, terms: &[Term]) -> Result<Vec<(VocabularyKind, Vec<Term>)>, AppError> {
    let known = known_codes(app, terms);
    if let Some(broken) = terms.iter().find(|term| !references_hold(term, &known)) {
        let (vocabulary, code) = (&broken.vocabulary, &broken.code);
        return Err(AppError::Internal(format!("{vocabulary}, term {code:?}: names an unknown code")));
    }
    let mut lists = Vec::new();
    for kind in VocabularyKind::ALL {
        let own: Vec<_> = terms.iter().filter(|term| term.vocabulary == kind.code()).cloned().collect();
        if !own.is_empty() {
            lists.push((kind, own));
        }
    }
    Ok(lists)
}

/// Every code there will be: those installed now, and those of vocabularies that stay.
fn known_codes(app: &App, terms: &[Term]) -> HashSet<(String, String)> {
    let vocabularies = app.vocabularies();
    let replaced: HashSet<_> = terms.iter().map(|term| term.vocabulary.as_str()).collect();
    let staying = VocabularyKind::ALL
        .into_iter()
        .filter(|kind| !replaced.contains(kind.code()))
        .flat_map(|kind| vocabularies.terms(kind.code()).iter().map(AsRef::as_ref));
    terms.iter().chain(staying).map(|term| (term.vocabulary.clone(), term.code.clone())).collect()
}

/// Whether the articles and targets that a theme names are there.
fn references_hold(term: &Term, known: &HashSet<(String, String)>) -> bool {
    [("uncat", VocabularyKind::LegalRefs), ("sdg", VocabularyKind::SdgTargets)].into_iter().all(
        |(member, vocabulary)| {
            let codes = term.data.get(member).and_then(Value::as_array);
            codes
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .all(|code| known.contains(&(vocabulary.code().to_owned(), code.to_owned())))
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
