//! The types that differ between the databases, and how one SQL text becomes each one's statements.

use sea_orm_migration::sea_orm::DatabaseBackend;

/// What a placeholder becomes: its name, on SQLite, on PostgreSQL.
///
/// SQLite tables are STRICT, which knows five types only.
const PLACEHOLDERS: [(&str, &str, &str); 8] = [
    ("{uuid}", "BLOB", "UUID"),
    ("{int}", "INTEGER", "BIGINT"),
    ("{small}", "INTEGER", "SMALLINT"),
    ("{bool}", "INTEGER", "BOOLEAN"),
    ("{bytes}", "BLOB", "BYTEA"),
    // Sorted and compared by bytes on both, so that both give the same order.
    ("{text}", "TEXT", "TEXT COLLATE \"C\""),
    ("{strict}", "STRICT", ""),
    ("{rowid}", "INTEGER PRIMARY KEY", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"),
];

/// The statements of an SQL text for a database.
///
/// Statements are separated by a line that holds only `;;`, because trigger bodies contain semicolons.
/// A statement that begins with `-- sqlite` or `-- postgres` is for that database alone.
pub(crate) fn statements(sql: &str, backend: DatabaseBackend) -> Vec<String> {
    let sqlite = backend == DatabaseBackend::Sqlite;
    let (own, foreign) = if sqlite { ("-- sqlite", "-- postgres") } else { ("-- postgres", "-- sqlite") };
    sql.split("\n;;\n")
        .map(str::trim)
        .filter(|statement| !statement.is_empty() && !statement.starts_with(foreign))
        .map(|statement| {
            let statement = statement.strip_prefix(own).unwrap_or(statement).trim();
            PLACEHOLDERS.iter().fold(statement.to_owned(), |text, (name, on_sqlite, on_postgres)| {
                text.replace(name, if sqlite { on_sqlite } else { on_postgres })
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_database_gets_its_own_types_and_statements() {
        let sql = "CREATE TABLE a (id {uuid}, done {bool}) {strict}\n;;\n-- sqlite\nSELECT 1\n;;\n-- postgres\nSELECT 2\n;;\n";
        assert_eq!(
            statements(sql, DatabaseBackend::Sqlite),
            ["CREATE TABLE a (id BLOB, done INTEGER) STRICT", "SELECT 1"]
        );
        assert_eq!(
            statements(sql, DatabaseBackend::Postgres),
            ["CREATE TABLE a (id UUID, done BOOLEAN) ", "SELECT 2"]
        );
    }
}
