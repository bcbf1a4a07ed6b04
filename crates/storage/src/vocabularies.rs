//! Code lists: themes, legal references, groups, development targets, mechanisms.

use std::collections::{BTreeMap, HashSet};

use qadam_domain::language::LanguageMap;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::db::Db;
use crate::db::sealed::Connection;
use crate::entities::vocabulary_term::{ActiveModel, Column, Entity, Model};
use crate::error::StorageError;
use crate::json::StoredText;
use crate::write::Tx;

/// How many terms are read at most, in all vocabularies together.
const TERMS_MAX: u64 = 20_000;

/// How many rows one statement writes: a row has five parameters, and SQLite takes 32,766.
const ROWS_PER_STATEMENT: usize = 500;

/// A term of a vocabulary.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// The vocabulary, `theme`.
    pub vocabulary: String,
    /// The term's code, unique in its vocabulary.
    pub code: String,
    /// Its place in the vocabulary, from 0.
    pub place: i64,
    /// What people read.
    pub name: LanguageMap,
    /// What the vocabulary has beyond code and name.
    pub data: serde_json::Value,
}

/// What became of one term.
#[derive(Debug, Clone, PartialEq)]
pub struct TermChange {
    /// The term as it was; `None` where it is new.
    pub before: Option<Term>,
    /// The term as it is; `None` where it is gone.
    pub after: Option<Term>,
}

/// All terms, vocabulary by vocabulary in their places; the first 20,000.
pub async fn all(db: &impl Db) -> Result<Vec<Term>, StorageError> {
    let rows = Entity::find()
        .order_by_asc(Column::Vocabulary)
        .order_by_asc(Column::Place)
        .order_by_asc(Column::Code)
        .limit(TERMS_MAX)
        .all(db.inner())
        .await?;
    rows.into_iter().map(read).collect()
}

/// Makes `terms` the whole of a vocabulary and tells what that changed. Terms that stay as they are cost nothing.
///
/// A term of another vocabulary among them, or the same code twice, is refused before anything is written.
pub async fn replace(tx: &Tx, vocabulary: &str, terms: &[Term]) -> Result<Vec<TermChange>, StorageError> {
    let mut codes = HashSet::new();
    if let Some(term) = terms.iter().find(|term| term.vocabulary != vocabulary || !codes.insert(&term.code)) {
        return Err(StorageError::Refused(format!(
            "vocabulary {vocabulary}: term {} of {} is out of place",
            term.code, term.vocabulary
        )));
    }
    let rows = Entity::find().filter(Column::Vocabulary.eq(vocabulary)).all(tx.inner()).await?;
    let stored: Vec<Term> = rows.into_iter().map(read).collect::<Result<_, _>>()?;
    let changes = difference(stored, terms);
    delete(tx, vocabulary, &changes).await?;
    save(tx, &changes).await?;
    Ok(changes)
}

/// What turns the stored terms into the wanted ones, by code.
fn difference(stored: Vec<Term>, wanted: &[Term]) -> Vec<TermChange> {
    let mut pairs: BTreeMap<String, TermChange> = BTreeMap::new();
    for term in stored {
        pairs.insert(term.code.clone(), TermChange { before: Some(term), after: None });
    }
    for term in wanted {
        let pair = pairs.entry(term.code.clone()).or_insert_with(|| TermChange { before: None, after: None });
        pair.after = Some(term.clone());
    }
    pairs.into_values().filter(|pair| pair.before != pair.after).collect()
}

async fn delete(tx: &Tx, vocabulary: &str, changes: &[TermChange]) -> Result<(), StorageError> {
    let gone = changes.iter().filter(|change| change.after.is_none());
    let codes: Vec<_> =
        gone.filter_map(|change| change.before.as_ref().map(|term| term.code.as_str())).collect();
    for codes in codes.chunks(ROWS_PER_STATEMENT) {
        Entity::delete_many()
            .filter(Column::Vocabulary.eq(vocabulary))
            .filter(Column::Code.is_in(codes.iter().copied()))
            .exec(tx.inner())
            .await?;
    }
    Ok(())
}

async fn save(tx: &Tx, changes: &[TermChange]) -> Result<(), StorageError> {
    let rows: Vec<_> = changes.iter().filter_map(|change| change.after.as_ref()).collect();
    for rows in rows.chunks(ROWS_PER_STATEMENT) {
        let rows = rows.iter().map(|term| active(term)).collect::<Result<Vec<_>, _>>()?;
        Entity::insert_many(rows)
            .on_conflict(
                OnConflict::columns([Column::Vocabulary, Column::Code])
                    .update_columns([Column::Place, Column::Name, Column::Data])
                    .to_owned(),
            )
            .exec_without_returning(tx.inner())
            .await?;
    }
    Ok(())
}

fn read(row: Model) -> Result<Term, StorageError> {
    let unreadable = |column| unreadable(column, &row.vocabulary, &row.code);
    let name: StoredText = serde_json::from_str(&row.name).map_err(|_| unreadable("name"))?;
    let data = serde_json::from_str(&row.data).map_err(|_| unreadable("data"))?;
    Ok(Term { vocabulary: row.vocabulary, code: row.code, place: row.place, name: name.into(), data })
}

fn active(term: &Term) -> Result<ActiveModel, StorageError> {
    let unreadable = |column| unreadable(column, &term.vocabulary, &term.code);
    let name = serde_json::to_string(&StoredText::from(&term.name)).map_err(|_| unreadable("name"))?;
    let data = serde_json::to_string(&term.data).map_err(|_| unreadable("data"))?;
    Ok(ActiveModel {
        vocabulary: Set(term.vocabulary.clone()),
        code: Set(term.code.clone()),
        place: Set(term.place),
        name: Set(name),
        data: Set(data),
    })
}

fn unreadable(column: &'static str, vocabulary: &str, code: &str) -> StorageError {
    StorageError::Inconsistent { table: "vocabulary_term", column, row: format!("{vocabulary} {code}") }
}
