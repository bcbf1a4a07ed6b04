//! Full-text search: the index of item texts and the conditions that ask it.
//!
//! Folding and stemming happen in `qadam_search`, the same for both databases. SQLite keeps the index in an FTS5
//! table whose rows are named by `item.row_id`, PostgreSQL in `tsvector` columns.

use qadam_domain::ids::ItemId;
use qadam_domain::items::Item;
use qadam_domain::language::LanguageMap;
use qadam_search::{Query, index_text};
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{ConnectionTrait, Statement};

use crate::db::sealed::Connection;
use crate::db::{Db, is_sqlite};
use crate::error::StorageError;
use crate::items;
use crate::write::{Later, Tx};

/// Whether what is indexed of an item changed.
pub(crate) fn text_changed(before: &Item, after: &Item) -> bool {
    before.reference != after.reference
        || before.source.symbol != after.source.symbol
        || texts(before).into_iter().ne(texts(after))
}

/// The texts of an item that are searched beside its title.
fn texts(item: &Item) -> [&LanguageMap; 5] {
    [&item.title, &item.summary, &item.grounds, &item.expected_result, &item.completion_form]
}

/// Writes an item's texts to the index, in place of what stood there.
pub(crate) async fn index_anew(tx: &Tx, item: &Item) -> Result<(), StorageError> {
    remove_item(tx, item.id).await?;
    index_new(tx, item).await
}

/// How an item is written to the index, with `?` for its tokens and its identifier.
const INSERT_SQLITE: &str =
    "INSERT INTO item_search (title_text, body_text, rowid) SELECT ?, ?, row_id FROM item WHERE id = ?";
const INSERT_POSTGRES: &str = "INSERT INTO item_search (title_text, whole_text, item_id) VALUES (\
    array_to_tsvector(string_to_array(?, ' ')), array_to_tsvector(string_to_array(?, ' ')), ?)";

/// How many items are read at once when all are indexed.
const PAGE: u64 = 500;

/// Writes the texts of an item that is not in the index.
pub(crate) async fn index_new(tx: &Tx, item: &Item) -> Result<(), StorageError> {
    let sqlite = is_sqlite(tx);
    let (title, body) = indexed(item, !sqlite);
    let sql = if sqlite { INSERT_SQLITE } else { INSERT_POSTGRES };
    tx.later(Later::raw("item_search", sql, [title.into(), body.into(), item.id.0.into()])).await
}

/// Writes the texts of all items to an index that is empty. Whether it came to its end: it asks whether to go on.
pub(crate) async fn index_all(db: &impl Db, go_on: &mut dyn FnMut() -> bool) -> Result<bool, StorageError> {
    let (sqlite, connection) = (is_sqlite(db), db.inner());
    let backend = connection.get_database_backend();
    let sql = if sqlite { INSERT_SQLITE.to_owned() } else { numbered(INSERT_POSTGRES) };
    let mut after = None;
    loop {
        let page = items::every(db, after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(true) };
        after = Some(last.id);
        if !go_on() {
            return Ok(false);
        }
        for item in &page {
            let (title, body) = indexed(item, !sqlite);
            let values = [title.into(), body.into(), item.id.0.into()];
            connection.execute_raw(Statement::from_sql_and_values(backend, &sql, values)).await?;
        }
    }
}

/// The statement with its values numbered, as PostgreSQL wants them.
fn numbered(sql: &str) -> String {
    let mut pieces = sql.split('?');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.zip(1..).fold(first, |text, (piece, number)| format!("{text}${number}{piece}"))
}

/// The tokens of an item's title, and those of everything else, with the title's where both stand together.
fn indexed(item: &Item, with_title: bool) -> (String, String) {
    let title = || item.title.entries().map(|(_, text)| text.to_owned());
    let reference = item.reference.map(|reference| reference.to_string());
    let bodies = texts(item).into_iter().skip(1);
    let rest = reference
        .into_iter()
        .chain(item.source.symbol.clone())
        .chain(bodies.flat_map(|text| text.entries().map(|(_, text)| text.to_owned())));
    let body = if with_title { index_text(title().chain(rest)) } else { index_text(rest) };
    (index_text(title()), body)
}

/// Removes an item from the index.
pub(crate) async fn remove_item(tx: &Tx, item: ItemId) -> Result<(), StorageError> {
    let sql = if is_sqlite(tx) {
        "DELETE FROM item_search WHERE rowid = (SELECT row_id FROM item WHERE id = $1)"
    } else {
        "DELETE FROM item_search WHERE item_id = $1"
    };
    let connection = tx.inner();
    connection
        .execute_raw(Statement::from_sql_and_values(connection.get_database_backend(), sql, [item.0.into()]))
        .await?;
    Ok(())
}

/// Items in which every word of the query is found.
pub(crate) fn matches(db: &impl Db, query: &Query) -> SimpleExpr {
    if is_sqlite(db) {
        let sql = "\"item\".\"row_id\" IN (SELECT rowid FROM item_search WHERE item_search MATCH ?)";
        return Expr::cust_with_values(sql, [query.to_fts5()]);
    }
    let sql = "\"item\".\"id\" IN (SELECT item_id FROM item_search WHERE whole_text @@ CAST(CAST($1 AS text) AS tsquery))";
    Expr::cust_with_values(sql, [query.to_tsquery()])
}

/// 1 for items in whose title alone every word of the query is found, else 0.
pub(crate) fn title_rank(db: &impl Db, query: &Query) -> SimpleExpr {
    if is_sqlite(db) {
        let sql = "CASE WHEN \"item\".\"row_id\" IN (SELECT rowid FROM item_search WHERE item_search MATCH ?) \
                   THEN 1 ELSE 0 END";
        return Expr::cust_with_values(sql, [query.to_fts5_in("title_text")]);
    }
    let sql = "(SELECT CAST(title_text @@ CAST(CAST($1 AS text) AS tsquery) AS integer) FROM item_search \
               WHERE item_id = \"item\".\"id\")";
    Expr::cust_with_values(sql, [query.to_tsquery()])
}
