//! Which tables there are, with their columns, in an order in which rows come after those that they point to.

use std::collections::{BTreeMap, BTreeSet};

use qadam_archive::{Column, ColumnKind, Table};
use sea_orm::{ConnectionTrait, DatabaseBackend, QueryResult, Statement};

use super::LEFT_OUT;
use super::schema::MIGRATIONS;
use crate::error::StorageError;

/// The search index, which is made anew.
const DERIVED: &str = "item_search";
/// A column that the database fills by itself and that says nothing but in which order rows were written.
const OWN_ROW: &str = "row_id";

/// Columns with their tables and types, in their order; those of a primary key with their place in it.
const SQLITE_COLUMNS: &str = "SELECT t.name, c.name, c.type, c.pk FROM pragma_table_list AS t \
    JOIN pragma_table_info(t.name) AS c WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' \
    ESCAPE '\\' ORDER BY t.name, c.cid";
const POSTGRES_COLUMNS: &str = "SELECT CAST(t.relname AS text), CAST(c.attname AS text), \
    format_type(c.atttypid, c.atttypmod), CAST(COALESCE(array_position(CAST(k.indkey AS int2[]), c.attnum) + 1, 0) AS \
    bigint) FROM pg_class AS t JOIN pg_attribute AS c ON c.attrelid = t.oid LEFT JOIN pg_index AS k ON k.indrelid = t.oid \
    AND k.indisprimary WHERE t.relnamespace = CAST(current_schema() AS regnamespace) AND t.relkind IN ('r', 'p') AND \
    c.attnum > 0 AND NOT c.attisdropped ORDER BY t.relname COLLATE \"C\", c.attnum";

/// Which table points to which.
const SQLITE_REFERENCES: &str = "SELECT t.name, r.\"table\" FROM pragma_table_list AS t \
    JOIN pragma_foreign_key_list(t.name) AS r WHERE t.schema = 'main' AND t.type = 'table'";
const POSTGRES_REFERENCES: &str = "SELECT CAST(t.relname AS text), CAST(r.relname AS text) FROM pg_constraint AS c \
    JOIN pg_class AS t ON t.oid = c.conrelid JOIN pg_class AS r ON r.oid = c.confrelid WHERE c.contype = 'f' AND \
    t.relnamespace = CAST(current_schema() AS regnamespace)";

/// A table as a database has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StoredTable {
    /// What both databases say of it.
    pub(super) table: Table,
    /// The type of each column in the words of this database.
    pub(super) types: Vec<String>,
    /// The columns that its rows are ordered by, each row in a place of its own.
    pub(super) order: Vec<String>,
}

/// The tables that are backed up.
pub(super) async fn tables(connection: &impl ConnectionTrait) -> Result<Vec<StoredTable>, StorageError> {
    let sqlite = connection.get_database_backend() == DatabaseBackend::Sqlite;
    let columns = all(connection, if sqlite { SQLITE_COLUMNS } else { POSTGRES_COLUMNS }).await?;
    let mut tables: BTreeMap<String, StoredTable> = BTreeMap::new();
    let mut keys: BTreeMap<String, Vec<(i64, String)>> = BTreeMap::new();
    for row in &columns {
        let (name, column): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        if name == DERIVED || name == MIGRATIONS || LEFT_OUT.contains(&name.as_str()) {
            continue;
        }
        let (native, key): (String, i64) = (row.try_get_by_index(2)?, row.try_get_by_index(3)?);
        if key > 0 {
            keys.entry(name.clone()).or_default().push((key, column.clone()));
        }
        let stored = tables.entry(name.clone()).or_insert_with(|| StoredTable {
            table: Table { name: name.clone(), columns: Vec::new() },
            types: Vec::new(),
            order: Vec::new(),
        });
        if column == OWN_ROW {
            continue;
        }
        let kind = kind(&native).ok_or_else(|| unknown(&name, &column, &native))?;
        stored.table.columns.push(Column { name: column, kind });
        stored.types.push(native);
    }
    for (name, mut columns) in keys {
        columns.sort_unstable();
        if let Some(stored) = tables.get_mut(&name) {
            stored.order = columns.into_iter().map(|(_, column)| column).collect();
        }
    }
    let references = references(connection, sqlite).await?;
    in_order(tables, &references)
}

async fn references(
    connection: &impl ConnectionTrait,
    sqlite: bool,
) -> Result<BTreeMap<String, BTreeSet<String>>, StorageError> {
    let mut references: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in all(connection, if sqlite { SQLITE_REFERENCES } else { POSTGRES_REFERENCES }).await? {
        let (from, to): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        // Rows that point to others of their own table are compared once all are there.
        if from != to {
            references.entry(from).or_default().insert(to);
        }
    }
    Ok(references)
}

async fn all(connection: &impl ConnectionTrait, sql: &str) -> Result<Vec<QueryResult>, StorageError> {
    let statement = Statement::from_string(connection.get_database_backend(), sql);
    Ok(connection.query_all_raw(statement).await?)
}

/// Tables after those that they point to, else by name, so that both databases give the same order.
fn in_order(
    mut tables: BTreeMap<String, StoredTable>,
    references: &BTreeMap<String, BTreeSet<String>>,
) -> Result<Vec<StoredTable>, StorageError> {
    let mut ordered = Vec::with_capacity(tables.len());
    while !tables.is_empty() {
        let waits = |name: &String| {
            references.get(name).is_some_and(|targets| targets.iter().any(|to| tables.contains_key(to)))
        };
        let free = tables.keys().find(|name| !waits(name)).cloned();
        let next = free.and_then(|name| tables.remove(&name));
        ordered.push(next.ok_or_else(|| {
            StorageError::Refused("tables point to each other in a circle: rows cannot be ordered".to_owned())
        })?);
    }
    Ok(ordered)
}

/// What a type of either database keeps.
fn kind(native: &str) -> Option<ColumnKind> {
    match native {
        "INTEGER" | "bigint" | "smallint" | "boolean" => Some(ColumnKind::Integer),
        "TEXT" | "text" => Some(ColumnKind::Text),
        "BLOB" | "bytea" | "uuid" => Some(ColumnKind::Bytes),
        _ => None,
    }
}

fn unknown(table: &str, column: &str, native: &str) -> StorageError {
    StorageError::Refused(format!("no backup knows the type {native} of {table}.{column}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(name: &str) -> StoredTable {
        let table = Table { name: name.to_owned(), columns: Vec::new() };
        StoredTable { table, types: Vec::new(), order: Vec::new() }
    }

    fn ordered(names: &[&str], references: &[(&str, &str)]) -> Result<Vec<String>, StorageError> {
        let tables = names.iter().map(|name| ((*name).to_owned(), stored(name))).collect();
        let mut map: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (from, to) in references {
            map.entry((*from).to_owned()).or_default().insert((*to).to_owned());
        }
        Ok(in_order(tables, &map)?.into_iter().map(|stored| stored.table.name).collect())
    }

    #[test]
    fn tables_come_after_those_that_they_point_to_and_else_by_name() {
        let references = [("a", "c"), ("b", "a"), ("d", "left_out")];
        assert_eq!(ordered(&["d", "b", "c", "a"], &references).unwrap(), ["c", "a", "b", "d"]);
    }

    #[test]
    fn a_circle_is_refused() {
        assert!(ordered(&["a", "b"], &[("a", "b"), ("b", "a")]).is_err());
    }
}
