//! What is stored of the items that clients made: asked of the database itself, not of the program under test.

use std::collections::BTreeMap;

use serde_json::Value;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};

use crate::checker::Stored;
use crate::ground::Ground;

/// What marks of items begin with that clients make.
pub(crate) const MARK: &str = "mark ";

/// A row of three texts and a number.
type Row = (String, String, String, i64);

/// Runs a question whose rows are three texts and a number.
pub(crate) fn rows(ground: &Ground, sql: &str) -> Vec<Row> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        if ground.name == "SQLite" {
            let mut connection = SqliteConnection::connect(ground.database()).await.expect("the database");
            let rows = sqlx::query_as(AssertSqlSafe(sql.to_owned())).fetch_all(&mut connection).await;
            rows.expect("rows")
        } else {
            let mut connection = PgConnection::connect(ground.database()).await.expect("the database");
            let rows = sqlx::query_as(AssertSqlSafe(sql.to_owned())).fetch_all(&mut connection).await;
            rows.expect("rows")
        }
    })
}

/// Runs a statement, as somebody does who looks after the database.
pub(crate) fn execute(ground: &Ground, sql: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let sql = AssertSqlSafe(sql.to_owned());
        if ground.name == "SQLite" {
            let mut connection = SqliteConnection::connect(ground.database()).await.expect("the database");
            sqlx::raw_sql(sql).execute(&mut connection).await.expect("it was done");
        } else {
            let mut connection = PgConnection::connect(ground.database()).await.expect("the database");
            sqlx::raw_sql(sql).execute(&mut connection).await.expect("it was done");
        }
    });
}

/// A number that the database holds.
pub(crate) fn number(ground: &Ground, sql: &str) -> i64 {
    rows(ground, &format!("SELECT '', '', '', CAST(({sql}) AS BIGINT)")).pop().expect("a row").3
}

/// An identifier as text, on the database.
fn id(ground: &Ground, column: &str) -> String {
    if ground.name == "SQLite" {
        format!("lower(hex({column}))")
    } else {
        format!("replace(CAST({column} AS TEXT), '-', '')")
    }
}

/// Every item whose title bears a mark.
pub(crate) fn items(ground: &Ground) -> Vec<Stored> {
    let ours = format!("SELECT id FROM item WHERE content LIKE '%\"{MARK}%'");
    let item = id(ground, "id");
    let of_item = id(ground, "item_id");
    let mut found: BTreeMap<String, Stored> = BTreeMap::new();
    let sql = format!("SELECT {item}, status, content, CAST(0 AS BIGINT) FROM item WHERE id IN ({ours})");
    for (id, status, content, _) in rows(ground, &sql) {
        let content: Value = serde_json::from_str(&content).expect("JSON");
        let mark = content["title"]["en"].as_str().expect("a title").to_owned();
        found.insert(id, Stored { mark, status, ..Stored::default() });
    }
    let sql = format!(
        "SELECT {of_item}, to_status, '', position FROM status_change WHERE item_id IN ({ours}) ORDER BY position"
    );
    for (id, to, _, _) in rows(ground, &sql) {
        found.entry(id).or_default().moves.push(to);
    }
    let sql = format!(
        "SELECT {of_item}, e.subject_type, p.payload, e.position FROM ledger_entry e JOIN ledger_payload p ON \
         p.position = e.position WHERE item_id IN ({ours}) AND e.subject_type IN ('item', 'item_filing') ORDER BY \
         e.position"
    );
    for (id, subject, payload, position) in rows(ground, &sql) {
        let payload: Value = serde_json::from_str(&payload).expect("JSON");
        let item = found.entry(id).or_default();
        if subject == "item_filing" {
            item.filings += 1;
        } else {
            let status = payload["after"]["status"].as_str().expect("an entry says the status");
            item.entered.push((position, status.to_owned()));
        }
    }
    found.into_values().collect()
}
